// SPDX-License-Identifier: MIT
// Which extension a name comes from: those of PostgreSQL's contrib, PostGIS and pgvector.
#include <algorithm>
#include <array>

#include "footprint/builtin.hpp"

namespace medusa {

namespace {

struct Provided {
  std::string_view name;  // With "*" at the end: any name that begins so.
  std::string_view extension;
};

constexpr auto kTypes = std::to_array<Provided>({
    {"citext", "citext"},
    {"hstore", "hstore"},
    {"ltree", "ltree"},
    {"lquery", "ltree"},
    {"ltxtquery", "ltree"},
    {"cube", "cube"},
    {"earth", "earthdistance"},
    {"seg", "seg"},
    {"query_int", "intarray"},
    {"isbn", "isn"},
    {"isbn13", "isn"},
    {"issn", "isn"},
    {"issn13", "isn"},
    {"ismn", "isn"},
    {"ismn13", "isn"},
    {"ean13", "isn"},
    {"upc", "isn"},
    {"lo", "lo"},
    {"geometry", "postgis"},
    {"geography", "postgis"},
    {"box2d", "postgis"},
    {"box3d", "postgis"},
    {"raster", "postgis_raster"},
    {"vector", "vector"},
    {"halfvec", "vector"},
    {"sparsevec", "vector"},
});

constexpr auto kFunctions = std::to_array<Provided>({
    {"uuid_generate_v*", "uuid-ossp"},
    {"uuid_nil", "uuid-ossp"},
    {"uuid_ns_*", "uuid-ossp"},
    {"similarity", "pg_trgm"},
    {"word_similarity", "pg_trgm"},
    {"strict_word_similarity", "pg_trgm"},
    {"show_trgm", "pg_trgm"},
    {"unaccent", "unaccent"},
    {"crypt", "pgcrypto"},
    {"gen_salt", "pgcrypto"},
    {"gen_random_bytes", "pgcrypto"},
    {"digest", "pgcrypto"},
    {"hmac", "pgcrypto"},
    {"encrypt", "pgcrypto"},
    {"encrypt_iv", "pgcrypto"},
    {"decrypt", "pgcrypto"},
    {"decrypt_iv", "pgcrypto"},
    {"pgp_*", "pgcrypto"},
    {"armor", "pgcrypto"},
    {"dearmor", "pgcrypto"},
    {"citext", "citext"},
    {"hstore", "hstore"},
    {"hstore_to_*", "hstore"},
    {"akeys", "hstore"},
    {"avals", "hstore"},
    {"skeys", "hstore"},
    {"svals", "hstore"},
    {"nlevel", "ltree"},
    {"subltree", "ltree"},
    {"subpath", "ltree"},
    {"lca", "ltree"},
    {"text2ltree", "ltree"},
    {"ltree2text", "ltree"},
    {"cube", "cube"},
    {"cube_*", "cube"},
    {"earth", "earthdistance"},
    {"earth_*", "earthdistance"},
    {"ll_to_earth", "earthdistance"},
    {"levenshtein", "fuzzystrmatch"},
    {"levenshtein_less_equal", "fuzzystrmatch"},
    {"metaphone", "fuzzystrmatch"},
    {"dmetaphone", "fuzzystrmatch"},
    {"dmetaphone_alt", "fuzzystrmatch"},
    {"soundex", "fuzzystrmatch"},
    {"difference", "fuzzystrmatch"},
    {"icount", "intarray"},
    {"uniq", "intarray"},
    {"intset", "intarray"},
    {"normal_rand", "tablefunc"},
    {"st_*", "postgis"},
    {"cosine_distance", "vector"},
    {"l2_distance", "vector"},
    {"inner_product", "vector"},
});

constexpr auto kOperatorClasses = std::to_array<Provided>({
    {"gin_trgm_ops", "pg_trgm"},
    {"gist_trgm_ops", "pg_trgm"},
    {"citext_ops", "citext"},
    {"citext_pattern_ops", "citext"},
    {"gin_hstore_ops", "hstore"},
    {"gist_hstore_ops", "hstore"},
    {"btree_hstore_ops", "hstore"},
    {"hash_hstore_ops", "hstore"},
    {"ltree_ops", "ltree"},
    {"gist_ltree_ops", "ltree"},
    {"gist__ltree_ops", "ltree"},
    {"cube_ops", "cube"},
    {"gist_cube_ops", "cube"},
    {"gin__int_ops", "intarray"},
    {"gist__int_ops", "intarray"},
    {"gist__intbig_ops", "intarray"},
    {"gist_seg_ops", "seg"},
    {"seg_ops", "seg"},
    {"vector_*", "vector"},
    {"halfvec_*", "vector"},
    {"gist_geometry_ops*", "postgis"},
    {"gist_geography_ops", "postgis"},
});

// The classes of btree_gist are called gist_<type>_ops, those of btree_gin <type>_ops.
constexpr auto kBtreeGist = std::to_array<std::string_view>(
    {"bit",      "bool",      "bpchar",      "bytea",   "cash", "cidr", "date",
     "enum",     "float4",    "float8",      "inet",    "int2", "int4", "int8",
     "interval", "macaddr8",  "macaddr",     "numeric", "oid",  "text", "time",
     "uuid",     "timestamp", "timestamptz", "vbit"});

template <std::size_t size>
std::optional<std::string_view> look_up(const std::array<Provided, size>& table,
                                        std::string_view name) {
  const auto* const found =
      std::find_if(table.begin(), table.end(), [name](const Provided& provided) {
        return provided.name.ends_with('*')
                   ? name.starts_with(provided.name.substr(0, provided.name.size() - 1))
                   : name == provided.name;
      });
  return found == table.end() ? std::nullopt : std::optional(found->extension);
}

}  // namespace

std::optional<std::string_view> extension_of_type(std::string_view name) {
  return look_up(kTypes, name);
}

std::optional<std::string_view> extension_of_function(std::string_view name) {
  return look_up(kFunctions, name);
}

std::optional<std::string_view> extension_of_operator_class(std::string_view name,
                                                            std::string_view access_method) {
  if (const auto found = look_up(kOperatorClasses, name)) {
    return found;
  }
  constexpr std::string_view kPrefix = "gist_";
  constexpr std::string_view kSuffix = "_ops";
  if (access_method == "gist" && name.starts_with(kPrefix) && name.ends_with(kSuffix)) {
    const std::string_view type =
        name.substr(kPrefix.size(), name.size() - kPrefix.size() - kSuffix.size());
    if (std::find(kBtreeGist.begin(), kBtreeGist.end(), type) != kBtreeGist.end()) {
      return "btree_gist";
    }
  }
  const bool built_in_for_gin = name == "array_ops" || name == "tsvector_ops" ||
                                name == "jsonb_ops" || name == "jsonb_path_ops";
  if (access_method == "gin" && name.ends_with(kSuffix) && !built_in_for_gin) {
    return "btree_gin";
  }
  return std::nullopt;
}

}  // namespace medusa
