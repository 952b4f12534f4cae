import { BaseEntity, generateEntityId } from "@medusajs/medusa"
import { BeforeInsert, Check, Column, Entity, Index } from "typeorm"

/** A place where customers of one country collect their orders. */
// The types of columns are spelled out because esbuild emits no decorator metadata.
@Entity()
@Index(["country_code", "postal_code"])
@Check("pickup_point_capacity_positive", `"capacity" > 0`)
export class PickupPoint extends BaseEntity {
  @Column({ type: "varchar" })
  name: string

  @Column({ type: "varchar" })
  address_1: string

  @Column({ type: "varchar" })
  city: string

  @Column({ type: "varchar" })
  postal_code: string

  /** ISO 3166-1 alpha-2 in lower case, as in Medusa's table `country`. */
  @Column({ type: "varchar", length: 2 })
  country_code: string

  /** How many parcels fit at a time. */
  @Column({ type: "integer", default: 50 })
  capacity: number

  /** For instance { "mon-fri": "09:00-18:00" }. */
  @Column({ type: "jsonb", nullable: true })
  opening_hours: Record<string, string> | null

  @Column({ type: "boolean", default: true })
  is_active: boolean

  @BeforeInsert()
  private beforeInsert(): void {
    this.id = generateEntityId(this.id, "pickup")
  }
}
