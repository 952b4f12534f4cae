import {
  Table,
  TableColumn,
  TableForeignKey,
  TableIndex,
  type MigrationInterface,
  type QueryRunner,
} from "typeorm"

export class CreateSupplier1698746119023 implements MigrationInterface {
  name = "CreateSupplier1698746119023"

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: "supplier",
        columns: [
          { name: "id", type: "varchar", isPrimary: true, primaryKeyConstraintName: "PK_supplier_id" },
          { name: "name", type: "varchar" },
          { name: "email", type: "varchar", isNullable: true },
          { name: "country_code", type: "varchar", isNullable: true },
          { name: "metadata", type: "jsonb", isNullable: true },
          { name: "created_at", type: "timestamptz", default: "now()" },
          { name: "updated_at", type: "timestamptz", default: "now()" },
        ],
        uniques: [{ name: "UQ_supplier_name", columnNames: ["name"] }],
        foreignKeys: [
          {
            name: "FK_supplier_country_code",
            columnNames: ["country_code"],
            referencedTableName: "country",
            referencedColumnNames: ["iso_2"],
          },
        ],
      })
    )

    await queryRunner.addColumn(
      "product",
      new TableColumn({ name: "supplier_id", type: "varchar", isNullable: true })
    )

    // Version 0.9 had no migrations: its shops made these by hand, under another name. They are
    // copied and left where they are, so that going back loses nothing.
    if (await queryRunner.hasTable("vendor")) {
      await queryRunner.query(
        `INSERT INTO "supplier" ("id", "name", "email") SELECT "id", "name", "email" FROM "vendor"`
      )
      if (await queryRunner.hasColumn("product", "vendor_id")) {
        await queryRunner.query(
          `UPDATE "product" SET "supplier_id" = "vendor_id" WHERE "vendor_id" IN (SELECT "id" FROM "supplier")`
        )
      }
    }

    // A product outlives its supplier.
    await queryRunner.createForeignKey(
      "product",
      new TableForeignKey({
        name: "FK_product_supplier_id",
        columnNames: ["supplier_id"],
        referencedTableName: "supplier",
        referencedColumnNames: ["id"],
        onDelete: "SET NULL",
      })
    )
    await queryRunner.createIndex(
      "product",
      new TableIndex({ name: "IDX_product_supplier_id", columnNames: ["supplier_id"] })
    )
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex("product", "IDX_product_supplier_id")
    await queryRunner.dropForeignKey("product", "FK_product_supplier_id")
    await queryRunner.dropColumn("product", "supplier_id")
    await queryRunner.dropTable("supplier")
  }
}
