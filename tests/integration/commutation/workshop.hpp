// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "medusa/database/connection.hpp"

#include "postgres_fixture.hpp"

namespace medusa {

/// What counts of a database, as one text: no order of columns, no object identifiers.
inline constexpr std::string_view kProbe = R"sql(
CREATE SCHEMA probe;
CREATE FUNCTION probe.rows() RETURNS text LANGUAGE plpgsql AS $$
DECLARE one record; part text; whole text := '';
BEGIN
  FOR one IN SELECT c.oid::regclass AS name, c.relkind AS kind FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname NOT IN ('information_schema', 'probe')
        AND c.relkind IN ('r', 'm', 'S') ORDER BY n.nspname, c.relname LOOP
    IF one.kind = 'S' THEN
      EXECUTE format('SELECT last_value::text || '' '' || is_called::text FROM %s', one.name) INTO part;
    ELSE
      EXECUTE format('SELECT string_agg(to_jsonb(t)::text, E''\n'' ORDER BY to_jsonb(t)::text) FROM %s t', one.name)
        INTO part;
    END IF;
    whole := whole || one.name || ': ' || coalesce(part, '') || E'\n';
  END LOOP;
  RETURN whole;
END $$;
CREATE VIEW probe.things AS
WITH spaces AS (SELECT oid, nspname FROM pg_namespace
    WHERE nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'probe')),
  relations AS (SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relkind
    FROM pg_class c JOIN spaces n ON n.oid = c.relnamespace)
SELECT 'schema ' || nspname AS thing FROM spaces
UNION ALL SELECT relkind::text || ' ' || name || ' ' || coalesce(obj_description(oid, 'pg_class'), '') FROM relations
UNION ALL SELECT 'column ' || r.name || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' '
    || a.attnotnull::text || a.attidentity::text || a.attgenerated::text || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
    || ' ' || coalesce(col_description(r.oid, a.attnum), '')
  FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum WHERE r.relkind IN ('r', 'v', 'm')
UNION ALL SELECT 'constraint ' || r.name || '.' || c.conname || ' ' || pg_get_constraintdef(c.oid) || c.convalidated::text
  FROM pg_constraint c JOIN relations r ON r.oid = c.conrelid
UNION ALL SELECT 'index ' || pg_get_indexdef(oid) FROM relations WHERE relkind = 'i'
UNION ALL SELECT 'view ' || name || ' ' || pg_get_viewdef(oid) FROM relations WHERE relkind IN ('v', 'm')
UNION ALL SELECT 'type ' || n.nspname || '.' || t.typname || ' ' || t.typtype::text || ' ' || coalesce(
    (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid), '')
  FROM pg_type t JOIN spaces n ON n.oid = t.typnamespace WHERE t.typtype IN ('e', 'd')
UNION ALL SELECT 'function ' || p.proname || ' ' || p.prosrc FROM pg_proc p JOIN spaces n ON n.oid = p.pronamespace
UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE NOT t.tgisinternal
UNION ALL SELECT 'owned ' || s.name || ' by ' || r.name || '.' || a.attname
  FROM pg_depend d JOIN relations s ON s.oid = d.objid AND s.relkind = 'S'
  JOIN relations r ON r.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = d.refobjsubid
  WHERE d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i');
CREATE FUNCTION probe.state() RETURNS text LANGUAGE sql AS $$
  SELECT (SELECT string_agg(thing, E'\n' ORDER BY thing) FROM probe.things) || E'\n' || probe.rows() $$;
)sql";

/// A database in which both orders of a pair can be tried again and again.
class Workshop {
 public:
  /// @param base what the database has.
  /// @param before done each time before the statements that are tried.
  explicit Workshop(std::string_view base, std::string before = {})
      : before_(std::move(before)),
        connection_(DatabaseUrl::parse(
            PostgresFixture::shared().url(PostgresFixture::shared().create_database()),
            "the test")) {
    connection_.execute(std::string(base));
    connection_.execute(std::string(kProbe));
    connection_.execute("SET client_min_messages = error; SET synchronous_commit = off");
  }

  /// Where statements are run that stay: what is tried later is tried behind them.
  [[nodiscard]] Connection& connection() { return connection_; }

  /// The database after these statements; nothing if they fail. Leaves no trace.
  std::string after(const std::string& sql) {
    connection_.execute("BEGIN");
    std::string state;
    try {
      connection_.execute(before_ + sql);
      // When it was tried is no difference.
      const auto results = connection_.execute(
          "SET search_path = public; "
          "SELECT replace(probe.state(), to_jsonb(now())::text, '\"now\"')");
      state = results.back().rows.front().front().value_or("");
    } catch (const SqlError&) {
      state.clear();
    }
    connection_.roll_back();
    return state;
  }

 private:
  std::string before_;
  Connection connection_;
};

}  // namespace medusa
