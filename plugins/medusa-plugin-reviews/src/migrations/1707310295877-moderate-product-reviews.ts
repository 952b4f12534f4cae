import type { MigrationInterface, QueryRunner } from "typeorm"

export class ModerateProductReviews1707310295877 implements MigrationInterface {
  name = "ModerateProductReviews1707310295877"

  public async up(queryRunner: QueryRunner): Promise<void> {
    // Version 1.0 took whatever the form sent; the check below would refuse such a row.
    await queryRunner.query(
      `UPDATE "product_review" SET "rating" = LEAST(GREATEST("rating", $1), $2) WHERE "rating" NOT BETWEEN $1 AND $2`,
      [1, 5]
    )
    await queryRunner.query(
      `ALTER TABLE "product_review" ADD CONSTRAINT "CHK_product_review_rating" CHECK ("rating" BETWEEN 1 AND 5)`
    )
    // Reviews that were public before there was moderation stay so; new ones wait.
    await queryRunner.query(
      `ALTER TABLE "product_review" ADD "is_approved" boolean NOT NULL DEFAULT true`
    )
    await queryRunner.query(
      `ALTER TABLE "product_review" ALTER COLUMN "is_approved" SET DEFAULT false`
    )
    await queryRunner.query(
      `CREATE INDEX "IDX_product_review_approved" ON "product_review" ("product_id", "created_at" DESC) WHERE "is_approved"`
    )
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    // The clamped ratings are not put back: what they were is not known any more.
    await queryRunner.query(`DROP INDEX "IDX_product_review_approved"`)
    await queryRunner.query(`ALTER TABLE "product_review" DROP COLUMN "is_approved"`)
    await queryRunner.query(
      `ALTER TABLE "product_review" DROP CONSTRAINT "CHK_product_review_rating"`
    )
  }
}
