import type { MigrationInterface, QueryRunner } from "typeorm"

export class CreateProductReview1688372584210 implements MigrationInterface {
  name = "CreateProductReview1688372584210"

  public async up(queryRunner: QueryRunner): Promise<void> {
    // A review goes with its product, but stays, without a name, when its customer goes.
    await queryRunner.query(`
      CREATE TABLE "product_review" (
        "id" character varying NOT NULL,
        "product_id" character varying NOT NULL,
        "customer_id" character varying,
        "rating" integer NOT NULL,
        "title" character varying,
        "content" text NOT NULL,
        "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
        "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
        CONSTRAINT "PK_product_review_id" PRIMARY KEY ("id")
      )
    `)
    await queryRunner.query(`
      ALTER TABLE "product_review"
        ADD CONSTRAINT "FK_product_review_product_id"
        FOREIGN KEY ("product_id") REFERENCES "product" ("id") ON DELETE CASCADE
    `)
    await queryRunner.query(`
      ALTER TABLE "product_review"
        ADD CONSTRAINT "FK_product_review_customer_id"
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE SET NULL
    `)
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "product_review"`)
  }
}
