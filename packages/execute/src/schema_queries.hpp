// SPDX-License-Identifier: MIT
// What a database is asked about its schema.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace medusa {

// The statements of one round trip; the results come in this order. Objects made by initdb have
// OIDs below 16384 (FirstNormalObjectId), which keeps PostgreSQL's own out of the larger catalogs.
// Indexes that were left unfinished are none: who builds them drops them first. Columns are those
// of what has names for them, not of indexes or TOAST tables, which together have most; a type that
// depends on something internally is that thing's own (of its rows, an array of it).
// Measuring a table opens it, and so does writing its CHECKs as text; that waits for whoever has it
// locked, which planning must not: such tables are not measured.
inline constexpr std::string_view kSchemaQueries = R"sql(
SELECT oid, nspname FROM pg_catalog.pg_namespace
  WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema';
SELECT oid, extname FROM pg_catalog.pg_extension WHERE extname <> 'plpgsql';
SELECT name FROM pg_catalog.pg_available_extensions;
SELECT oid, relnamespace, relname, relkind, reltype FROM pg_catalog.pg_class
  WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'i', 'I') AND relnamespace IN (
    SELECT oid FROM pg_catalog.pg_namespace
      WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema')
    AND NOT (relkind = 'i' AND oid IN (
      SELECT indexrelid FROM pg_catalog.pg_index WHERE NOT indisvalid));
SELECT t.oid, t.typnamespace, t.typname, t.typarray, t.typrelid
  FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
  WHERE t.typtype IN ('b', 'e', 'd', 'r', 'c') AND t.oid >= 16384
    AND (t.typtype <> 'c' OR c.relkind = 'c') AND NOT (t.typtype = 'b' AND t.typelem <> 0);
SELECT enumtypid, enumlabel FROM pg_catalog.pg_enum;
SELECT attrelid, attnum, attname, atttypid, atttypmod, attnotnull FROM pg_catalog.pg_attribute
  WHERE attnum > 0 AND NOT attisdropped AND attrelid >= 16384 AND attrelid IN (
    SELECT oid FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'c'))
  ORDER BY attrelid, attnum;
SELECT oid, conrelid, contypid, conname FROM pg_catalog.pg_constraint
  WHERE contype IN ('c', 'f', 'p', 'u', 'x') AND oid >= 16384;
SELECT oid, tgrelid, tgname FROM pg_catalog.pg_trigger WHERE NOT tgisinternal;
SELECT oid, pronamespace, proname, proargtypes, prorettype, proretset, prokind,
    proallargtypes IS NULL
  FROM pg_catalog.pg_proc WHERE oid >= 16384;
SELECT oid, ev_class, CASE WHEN rulename <> '_RETURN' THEN rulename END
  FROM pg_catalog.pg_rewrite WHERE oid >= 16384;
SELECT oid, adrelid, adnum FROM pg_catalog.pg_attrdef;
SELECT classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype
  FROM pg_catalog.pg_depend WHERE objid >= 16384 AND refobjid >= 16384
    AND NOT (deptype = 'i' AND classid = 'pg_catalog.pg_type'::pg_catalog.regclass);
SELECT pg_catalog.current_setting('search_path'), current_user,
  pg_catalog.current_setting('server_version_num');
WITH locked AS MATERIALIZED (
  SELECT l.relation FROM pg_catalog.pg_locks l
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation >= 16384
      AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
                          WHERE d.datname = pg_catalog.current_database())
), locked_table AS MATERIALIZED (
  SELECT relation FROM locked
  UNION SELECT i.indrelid FROM pg_catalog.pg_index i JOIN locked ON i.indexrelid = locked.relation
  UNION SELECT c.oid FROM pg_catalog.pg_class c JOIN locked ON c.reltoastrelid = locked.relation
)
SELECT c.oid, CASE c.relkind WHEN 'p' THEN 0 ELSE c.reltuples::bigint END,
    CASE WHEN c.oid IN (SELECT relation FROM locked_table) THEN NULL
         WHEN pg_catalog.pg_relation_size(c.oid) = 0 THEN 0
         ELSE pg_catalog.pg_total_relation_size(c.oid) END,
    (SELECT i.inhparent FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid LIMIT 1)
  FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'p', 'm') AND c.oid >= 16384;
WITH locked AS MATERIALIZED (
  SELECT l.relation FROM pg_catalog.pg_locks l
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation >= 16384
      AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
                          WHERE d.datname = pg_catalog.current_database())
)
SELECT k.conrelid, a.attnum FROM pg_catalog.pg_constraint k
  JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
  WHERE k.contype = 'c' AND k.convalidated AND pg_catalog.cardinality(k.conkey) = 1
    AND k.oid >= 16384
    AND CASE WHEN k.conrelid IN (SELECT relation FROM locked) THEN false
             ELSE pg_catalog.pg_get_constraintdef(k.oid) =
               'CHECK ((' || pg_catalog.quote_ident(a.attname) || ' IS NOT NULL))' END;
SELECT i.indexrelid, a.attname, i.indisprimary
  FROM pg_catalog.pg_index i
  CROSS JOIN LATERAL pg_catalog.unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
  JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
  WHERE i.indexrelid >= 16384 AND i.indisunique AND i.indimmediate AND i.indisvalid
    AND i.indpred IS NULL AND i.indexprs IS NULL AND k.place <= i.indnkeyatts
  ORDER BY i.indexrelid, k.place;
)sql";

enum QueryNumber : std::size_t {
  kSchemas,
  kExtensions,
  kAvailable,
  kRelations,
  kTypes,
  kEnumValues,
  kColumns,
  kConstraints,
  kTriggers,
  kFunctions,
  kRules,
  kDefaults,
  kDependencies,
  kConnection,
  kSizes,
  kNotNullChecks,
  kKeys,
  kQueryCount,
};

using Oid = std::uint32_t;

/// OIDs of the catalogs in pg_depend, the same in all versions (src/include/catalog/*.h).
enum CatalogId : std::uint32_t {
  kPgType = 1247,
  kPgProc = 1255,
  kPgClass = 1259,
  kPgAttrdef = 2604,
  kPgConstraint = 2606,
  kPgNamespace = 2615,
  kPgRewrite = 2618,
  kPgTrigger = 2620,
  kPgExtension = 3079,
};

}  // namespace medusa
