// SPDX-License-Identifier: MIT
#include "commutation/clash_rules.hpp"
#include "commutation/effect_nature.hpp"

namespace medusa {

namespace {

std::string extension_clash(const Effect& change, const Effect& other) {
  if (change.object.kind != ObjectKind::Extension) {
    return {};
  }
  const bool apart =
      other.object.kind == ObjectKind::Schema ||
      (other.object.kind == ObjectKind::Extension && other.object.name != change.object.name);
  return apart ? "" : said(change, other, ", which may use what the extension brings");
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
