// SPDX-License-Identifier: MIT
#include "type_names.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace medusa {

namespace {

struct TypeName {
  Oid oid;
  std::string_view name;
};

/// The same in all versions (src/include/catalog/pg_type.dat). Others tell nothing here.
constexpr auto kTypeNames = std::to_array<TypeName>(
    {{16, "bool"},     {17, "bytea"},       {20, "int8"},          {21, "int2"},
     {23, "int4"},     {25, "text"},        {114, "json"},         {700, "float4"},
     {701, "float8"},  {1042, "bpchar"},    {1043, "varchar"},     {1082, "date"},
     {1083, "time"},   {1114, "timestamp"}, {1184, "timestamptz"}, {1266, "timetz"},
     {1562, "varbit"}, {1700, "numeric"},   {2950, "uuid"},        {3802, "jsonb"}});

/// What functions have besides.
constexpr auto kFunctionTypes = std::to_array<TypeName>({{1007, "int4[]"},
                                                         {1009, "text[]"},
                                                         {1015, "varchar[]"},
                                                         {1016, "int8[]"},
                                                         {1186, "interval"},
                                                         {2249, "record"},
                                                         {2278, "void"},
                                                         {2279, "trigger"},
                                                         {2951, "uuid[]"},
                                                         {3838, "event_trigger"}});

std::string_view name_among(std::span<const TypeName> types, Oid oid) {
  const auto found = std::find_if(
      types.begin(), types.end(), [&](const TypeName& type) { return type.oid == oid; });
  return found == types.end() ? std::string_view() : found->name;
}

constexpr int kHeader = 4;  // VARHDRSZ, which typmods of lengths include

/// What stands in the type's parentheses (source: the typmodout functions).
std::vector<int> arguments_of(std::string_view type, int modifier) {
  if (modifier < 0) {
    return {};
  }
  if (type == "varchar" || type == "bpchar") {
    return {modifier - kHeader};
  }
  if (type == "numeric") {
    const int scale = (modifier - kHeader) & 0x7FF;
    return {((modifier - kHeader) >> 16) & 0xFFFF, (scale ^ 1024) - 1024};
  }
  return {modifier};
}

}  // namespace

ColumnType column_type_of(Oid oid, int modifier) {
  const std::string_view name = name_among(kTypeNames, oid);
  return name.empty()
             ? ColumnType()
             : ColumnType{.name = std::string(name), .arguments = arguments_of(name, modifier)};
}

std::string function_type_of(Oid oid) {
  const std::string_view name = name_among(kTypeNames, oid);
  return std::string(name.empty() ? name_among(kFunctionTypes, oid) : name);
}

}  // namespace medusa
