import { TableColumn, TableIndex, type MigrationInterface, type QueryRunner } from "typeorm"

/** "Rösterei Müller & Söhne" becomes "rosterei-muller-sohne". */
function slug(name: string): string {
  const plain = name.normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
  return plain.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || "supplier"
}

/**
 * Gives every supplier a code, and every product the supplier that its metadata names.
 *
 * Reads rows and decides in JavaScript, so what it sends to the database is not known beforehand.
 */
export class AssignSuppliers1712566430912 implements MigrationInterface {
  name = "AssignSuppliers1712566430912"

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn(
      "supplier",
      new TableColumn({ name: "code", type: "varchar", isNullable: true })
    )

    const suppliers: { id: string; name: string }[] = await queryRunner.query(
      `SELECT "id", "name" FROM "supplier" ORDER BY "created_at", "id"`
    )
    const idOf = new Map<string, string>()
    const codes = new Set<string>()
    const assignCode = async (id: string, name: string) => {
      // Two names may have one slug: the second one becomes "name-2".
      const base = slug(name)
      let code = base
      for (let n = 2; codes.has(code); n++) {
        code = `${base}-${n}`
      }
      codes.add(code)
      idOf.set(name, id)
      await queryRunner.query(`UPDATE "supplier" SET "code" = $1 WHERE "id" = $2`, [code, id])
    }
    for (const { id, name } of suppliers) {
      await assignCode(id, name)
    }

    const products: { id: string; supplier: string }[] = await queryRunner.manager
      .createQueryBuilder()
      .select("product.id", "id")
      .addSelect("trim(product.metadata ->> 'supplier')", "supplier")
      .from("product", "product")
      .where("product.supplier_id IS NULL")
      .andWhere("trim(product.metadata ->> 'supplier') <> :none", { none: "" })
      .orderBy("product.id")
      .getRawMany()
    for (const { id: productId, supplier: name } of products) {
      let supplierId = idOf.get(name)
      if (supplierId === undefined) {
        // Derived from the product's id, so that two runs on equal data give equal rows.
        supplierId = `supp_${productId}`
        await queryRunner.query(
          `INSERT INTO "supplier" ("id", "name", "metadata") VALUES ($1, $2, $3)`,
          [supplierId, name, JSON.stringify({ created_by: this.name })]
        )
        await assignCode(supplierId, name)
      }
      await queryRunner.query(`UPDATE "product" SET "supplier_id" = $1 WHERE "id" = $2`, [
        supplierId,
        productId,
      ])
    }

    // Not changeColumn(): where it sees a difference of types, it drops the column and its data.
    await queryRunner.query(`ALTER TABLE "supplier" ALTER COLUMN "code" SET NOT NULL`)
    await queryRunner.createIndex(
      "supplier",
      new TableIndex({ name: "IDX_supplier_code", columnNames: ["code"], isUnique: true })
    )
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex("supplier", "IDX_supplier_code")
    // Takes the products' supplier_id along (ON DELETE SET NULL); their metadata still names it.
    await queryRunner.query(`DELETE FROM "supplier" WHERE "metadata" ->> 'created_by' = $1`, [
      this.name,
    ])
    await queryRunner.dropColumn("supplier", "code")
  }
}
