import { MigrationInterface, QueryRunner } from "typeorm";

export class CreatePickupPoint1714027563318 implements MigrationInterface {
    name = 'CreatePickupPoint1714027563318'

    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query(`
            CREATE TABLE "pickup_point" (
                "id" character varying NOT NULL,
                "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
                "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
                "name" character varying NOT NULL,
                "address_1" character varying NOT NULL,
                "city" character varying NOT NULL,
                "postal_code" character varying NOT NULL,
                "country_code" character varying(2) NOT NULL,
                "capacity" integer NOT NULL DEFAULT '50',
                "opening_hours" jsonb,
                "is_active" boolean NOT NULL DEFAULT true,
                CONSTRAINT "pickup_point_capacity_positive" CHECK ("capacity" > 0),
                CONSTRAINT "PK_9433b0417c214a3cd2fd39d402c" PRIMARY KEY ("id")
            )
        `);
        await queryRunner.query(`
            CREATE INDEX "IDX_27dd30802385d71a3ad93f74a9" ON "pickup_point" ("country_code", "postal_code")
        `);
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query(`
            DROP INDEX "IDX_27dd30802385d71a3ad93f74a9"
        `);
        await queryRunner.query(`
            DROP TABLE "pickup_point"
        `);
    }
}
