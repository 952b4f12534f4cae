// SPDX-License-Identifier: MIT
// What a database is asked about its schema.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace medusa {

// The statements of one round trip; the results come in this order. Objects made by initdb have
// OIDs below 16384 (FirstNormalObjectId), which keeps PostgreSQL's own out of the larger catalogs.
inline constexpr std::string_view kSchemaQueries = R"sql(
SELECT oid, nspname FROM pg_catalog.pg_namespace
  WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema';
SELECT oid, extname FROM pg_catalog.pg_extension WHERE extname <> 'plpgsql';
SELECT name FROM pg_catalog.pg_available_extensions;
SELECT oid, relnamespace, relname, relkind, reltype FROM pg_catalog.pg_class
  WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'i', 'I');
SELECT t.oid, t.typnamespace, t.typname, t.typarray, t.typrelid
  FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
  WHERE t.typtype IN ('b', 'e', 'd', 'r', 'c') AND t.oid >= 16384
    AND (t.typtype <> 'c' OR c.relkind = 'c') AND NOT (t.typtype = 'b' AND t.typelem <> 0);
SELECT enumtypid, enumlabel FROM pg_catalog.pg_enum;
SELECT attrelid, attnum, attname, atttypid FROM pg_catalog.pg_attribute
  WHERE attnum > 0 AND NOT attisdropped AND attrelid >= 16384 ORDER BY attrelid, attnum;
SELECT oid, conrelid, contypid, conname FROM pg_catalog.pg_constraint
  WHERE contype IN ('c', 'f', 'p', 'u', 'x') AND oid >= 16384;
SELECT oid, tgrelid, tgname FROM pg_catalog.pg_trigger WHERE NOT tgisinternal;
SELECT oid, pronamespace, proname FROM pg_catalog.pg_proc WHERE oid >= 16384;
SELECT oid, ev_class, CASE WHEN rulename <> '_RETURN' THEN rulename END
  FROM pg_catalog.pg_rewrite WHERE oid >= 16384;
SELECT oid, adrelid, adnum FROM pg_catalog.pg_attrdef;
SELECT classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype = 'n'
  FROM pg_catalog.pg_depend WHERE objid >= 16384 AND refobjid >= 16384;
SELECT pg_catalog.current_setting('search_path'), current_user,
  pg_catalog.current_setting('server_version_num');
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
  kQueryCount,
};

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
