class DropSlug1600000000001 {
  async up(q) { await q.query("ALTER TABLE note DROP COLUMN slug") }
  async down(q) { await q.query("ALTER TABLE note ADD COLUMN slug text") }
}
exports.DropSlug1600000000001 = DropSlug1600000000001
