class Core1500000000001 {
  async up(q) { await q.query("CREATE TABLE note (id int PRIMARY KEY, slug text)") }
  async down(q) { await q.query("DROP TABLE note") }
}
exports.Core1500000000001 = Core1500000000001
