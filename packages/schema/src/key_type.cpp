// SPDX-License-Identifier: MIT
#include "key_type.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace medusa {

namespace {

/// A type of keys, and the types that PostgreSQL compares with it or turns into it by itself
/// (source: ATAddForeignKeyConstraint; the operator families of btree in pg_amop.dat, and
/// pg_cast.dat).
struct KeyType {
  std::string_view name;
  std::string_view referring;
};

constexpr auto kKeyTypes =
    std::to_array<KeyType>({{"bool", " bool "},
                            {"bpchar", " bpchar text varchar "},
                            {"bytea", " bytea "},
                            {"date", " date timestamp timestamptz "},
                            {"float4", " float4 float8 int2 int4 int8 numeric "},
                            {"float8", " float4 float8 int2 int4 int8 numeric "},
                            {"int2", " int2 int4 int8 "},
                            {"int4", " int2 int4 int8 "},
                            {"int8", " int2 int4 int8 "},
                            {"jsonb", " jsonb "},
                            {"numeric", " int2 int4 int8 numeric "},
                            {"text", " bpchar text varchar "},
                            {"time", " time "},
                            {"timestamp", " date timestamp timestamptz "},
                            {"timestamptz", " date timestamp timestamptz "},
                            {"timetz", " time timetz "},
                            {"uuid", " uuid "},
                            {"varchar", " bpchar text varchar "}});

const KeyType* find(std::string_view type) {
  const std::string_view name = type.substr(0, type.find('('));
  const auto* const found = std::find_if(
      kKeyTypes.begin(), kKeyTypes.end(), [&](const KeyType& each) { return each.name == name; });
  return found == kKeyTypes.end() ? nullptr : found;
}

}  // namespace

bool can_refer(std::string_view foreign_key, std::string_view key) {
  const KeyType* const referring = find(foreign_key);
  const KeyType* const referred = find(key);
  if (referring == nullptr || referred == nullptr) {
    return true;
  }
  return referred->referring.find(" " + std::string(referring->name) + " ") !=
         std::string_view::npos;
}

}  // namespace medusa
