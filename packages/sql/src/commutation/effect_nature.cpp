// SPDX-License-Identifier: MIT
#include "commutation/effect_nature.hpp"

#include "commutation/overlap.hpp"

namespace medusa {

namespace {

// "alter the column t.x", of one: "alters".
std::string told(const Effect& effect, bool by_one) {
  return std::string(to_string(effect.action)) + (by_one ? "s the " : " the ") +
         std::string(to_string(effect.object.kind)) + " " + effect.object.text();
}

}  // namespace

bool only_looks(const Effect& effect) {
  return effect.action == Action::Need || effect.action == Action::Read;
}

bool is(const Effect& effect, Action action, ObjectKind kind) {
  return effect.action == action && effect.object.kind == kind;
}

bool changes_rows(const Effect& effect) {
  return effect.action == Action::Write && belongs_to_relation(effect.object);
}

bool reads_rows(const Effect& effect) {
  return effect.action == Action::Read && belongs_to_relation(effect.object);
}

bool is_foreign_key(const Effect& effect) {
  return is(effect, Action::Create, ObjectKind::Constraint) &&
         effect.definition.starts_with("FOREIGN KEY");
}

std::string said(const Effect& a, const Effect& b, std::string_view why) {
  if (told(a, false) == told(b, false)) {
    return "both " + told(a, false) + std::string(why);
  }
  return kOfFirst + (' ' + told(a, true)) + ", " + kOfSecond + ' ' + told(b, true) +
         std::string(why);
}

const ObjectRef& new_name(const Effect& effect) {
  return effect.renamed_to ? *effect.renamed_to : effect.object;
}

}  // namespace medusa
