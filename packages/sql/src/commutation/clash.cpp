// SPDX-License-Identifier: MIT
#include "commutation/clash.hpp"

#include <utility>

#include "commutation/clash_rules.hpp"
#include "commutation/effect_nature.hpp"
#include "commutation/overlap.hpp"

namespace medusa {

namespace {

std::string structure_clash(const Effect& change,
                            const Effect& other,
                            const ClashContext& context) {
  if (change.object.kind == ObjectKind::Column) {
    if (std::string reason = column_clash(change, other); !reason.empty()) {
      return reason;
    }
  }
  using Rule = std::string (*)(const Effect&, const Effect&, const ClashContext&);
  constexpr Rule kRules[] = {relation_clash, key_clash, drop_clash, type_clash};
  for (const Rule rule : kRules) {
    if (std::string reason = rule(change, other, context); !reason.empty()) {
      return reason;
    }
  }
  return namespace_clash(change, other);
}

std::string directed(const Effect& change, const Effect& other, const ClashContext& context) {
  if (only_looks(change)) {
    return {};
  }
  if (change.object.kind == ObjectKind::Setting) {
    return said(change, other, ", which may mean something else then");
  }
  const bool sequence_moves =
      change.object.kind == ObjectKind::Sequence && change.action != Action::Create;
  if (sequence_moves && changes_rows(other) && !context.known.rows_ignore(other, change.object)) {
    return said(change, other, ", whose default may draw from it");
  }
  if (change.action != Action::Write) {
    if (std::string reason = structure_clash(change, other, context); !reason.empty()) {
      return reason;
    }
  }
  return rows_clash(change, other, context);
}

// The object itself, or one it is made of, is what the other changes.
bool meet(const Effect& change, const Effect& other) {
  const auto same = [&](const ObjectRef& object) {
    const auto is_it = [&](const ObjectRef& changed) {
      // Parts are compared as parts; a relation and its parts by the rules for relations.
      return overlap(object, changed) && object.part.empty() == changed.part.empty();
    };
    return is_it(change.object) || (change.renamed_to && is_it(*change.renamed_to));
  };
  return touches(other, same);
}

bool whole_meets_part(const Effect& change, const Effect& other) {
  // A table or type that comes, goes or is renamed: so do its parts.
  if (!change.object.part.empty() || change.action == Action::Write) {
    return false;
  }
  return touches(other, [&](const ObjectRef& object) {
    return !object.part.empty() && (overlap(object, change.object) ||
                                    (change.renamed_to && overlap(object, *change.renamed_to)));
  });
}

}  // namespace

std::string clash(const Effect& a, const Effect& b, const ClashContext& context) {
  if (only_looks(a) && only_looks(b)) {
    return {};
  }
  if (names_compete(a, b)) {
    return said(a, b, ", and their names compete");
  }
  for (const auto& [change, other] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    if (only_looks(*change)) {
      continue;
    }
    const bool met = meet(*change, *other) || whole_meets_part(*change, *other);
    // Rows have rules of their own.
    if (met && !changes_rows(*change)) {
      return said(a, b, "");
    }
  }
  std::string reason = directed(a, b, context);
  if (reason.empty()) {
    reason = directed(b, a, context);
    for (char& c : reason) {
      c = c == kOfFirst ? kOfSecond : c == kOfSecond ? kOfFirst : c;
    }
  }
  return reason;
}

}  // namespace medusa
