// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace medusa {

/// Puts a row, all of whose required texts are 'x', into each empty table that takes one.
inline constexpr std::string_view kFilling = R"sql(DO $$
DECLARE one record; columns text; vals text;
BEGIN
  FOR pass IN 1..3 LOOP
    FOR one IN SELECT c.oid, c.oid::regclass AS name FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname = 'public' ORDER BY c.relname LOOP
      SELECT string_agg(quote_ident(a.attname), ', '), string_agg(CASE
          WHEN t.typtype = 'e' THEN
            (SELECT quote_literal(min(e.enumlabel::text)) FROM pg_enum e WHERE e.enumtypid = t.oid)
          WHEN t.typcategory = 'N' THEN '1'
          WHEN t.typcategory = 'B' THEN 'true'
          WHEN t.typcategory = 'D' THEN 'now()'
          WHEN t.typname IN ('json', 'jsonb') THEN quote_literal('{}')
          ELSE quote_literal('x') END, ', ')
        INTO columns, vals FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
        WHERE a.attrelid = one.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull
          AND NOT a.atthasdef;
      BEGIN
        EXECUTE format('INSERT INTO %s (%s) SELECT %s WHERE NOT EXISTS (SELECT FROM %s)',
          one.name, columns, vals, one.name);
      EXCEPTION WHEN OTHERS THEN NULL;
      END;
    END LOOP;
  END LOOP;
END $$)sql";

/// Removes all rows.
inline constexpr std::string_view kEmptying = R"sql(DO $$
DECLARE names text;
BEGIN
  SELECT string_agg(c.oid::regclass::text, ', ') INTO names FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = 'public';
  EXECUTE 'TRUNCATE ' || names;
END $$)sql";

}  // namespace medusa
