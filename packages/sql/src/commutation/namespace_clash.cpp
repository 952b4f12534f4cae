// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "commutation/clash_rules.hpp"
#include "commutation/effect_nature.hpp"
#include "commutation/key_definition.hpp"
#include "footprint/builtin.hpp"

namespace medusa {

namespace {

// Brings no relations, and types and functions by the names that footprints know.
bool is_well_known(const ObjectRef& extension) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"btree_gin", "btree_gist", "citext", "pg_trgm", "pgcrypto", "unaccent", "uuid-ossp"});
  return std::find(kNames.begin(), kNames.end(), extension.name) != kNames.end();
}

// Whether it works without the extension and means the same with it. Operators and operator classes
// do not show in footprints: those that the well-known extensions bring only make work what fails
// without them.
bool is_self_sufficient(const Effect& effect) {
  return !touches(effect, [](const ObjectRef& object) {
    return object.kind == ObjectKind::Extension || object.kind == ObjectKind::Function ||
           extension_of_type(object.name).has_value() ||
           extension_of_function(object.name).has_value();
  });
}

std::string extension_clash(const Effect& change, const Effect& other) {
  if (change.object.kind != ObjectKind::Extension) {
    return {};
  }
  const bool apart =
      other.object.kind == ObjectKind::Schema ||
      (other.object.kind == ObjectKind::Extension && other.object.name != change.object.name);
  const bool is_unconcerned =
      change.action == Action::Create && is_well_known(change.object) && is_self_sufficient(other);
  return apart || is_unconcerned ? ""
                                 : said(change, other, ", which may use what the extension brings");
}

std::string schema_clash(const Effect& change, const Effect& other) {
  if (change.object.kind != ObjectKind::Schema) {
    return {};
  }
  const auto inside = [&](const ObjectRef& object) {
    const bool unqualified = object.schema.empty() && object.kind != ObjectKind::Schema &&
                             object.kind != ObjectKind::Extension;
    return object.schema == change.object.name ||
           (change.renamed_to && object.schema == change.renamed_to->name) ||
           // A new schema changes nothing for names that are found without it.
           (unqualified && change.action != Action::Create);
  };
  return touches(other, inside) ? said(change, other, "") : "";
}

}  // namespace

std::string namespace_clash(const Effect& change, const Effect& other) {
  std::string reason = extension_clash(change, other);
  return reason.empty() ? schema_clash(change, other) : reason;
}

}  // namespace medusa
