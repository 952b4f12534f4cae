// SPDX-License-Identifier: MIT
#include "shape.hpp"

namespace medusa::fault {

namespace {

constexpr const char* kShape = R"(
WITH relation AS (SELECT oid, relname, relkind, relpersistence FROM pg_class
                  WHERE relnamespace = 'public'::regnamespace),
line(text) AS (
  SELECT format('relation %s %s %s', relname, relkind, relpersistence) FROM relation
  UNION ALL
  SELECT format('column %s.%s %s %s %s %s %s', r.relname, a.attname, a.attnum,
                format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
                pg_get_expr(d.adbin, d.adrelid))
  FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid
  LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT format('constraint %s %s %s', r.relname, c.conname, pg_get_constraintdef(c.oid))
  FROM relation r JOIN pg_constraint c ON c.conrelid = r.oid
  UNION ALL
  SELECT format('index %s %s %s', pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisready)
  FROM relation r JOIN pg_index i ON i.indexrelid = r.oid
  UNION ALL
  SELECT 'function ' || oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL
  SELECT format('type %s %s', typname, typtype) FROM pg_type
  WHERE typnamespace = 'public'::regnamespace
  UNION ALL
  SELECT format('data %s %s', relname,
                query_to_xml(format('SELECT * FROM public.%I AS t ORDER BY t', relname), true,
                             false, ''))
  FROM relation WHERE relkind = 'r' AND relname <> 'migrations' AND relname NOT LIKE 'medusa%')
SELECT string_agg(text, E'\n' ORDER BY text) FROM line)";

}  // namespace

std::string shape_of(Connection& connection) {
  return connection.execute(kShape, {}).rows.at(0).at(0).value_or("");
}

std::string dump_of(const TestDatabase& database) {
  return database.dump({"--exclude-table-data=migrations", "--exclude-table-data=medusa_*"});
}

}  // namespace medusa::fault
