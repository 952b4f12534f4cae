// SPDX-License-Identifier: MIT
#include "medusa/plan/migration_place.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <utility>

#include "medusa/core/text.hpp"

namespace medusa {

namespace {

bool belongs_to_name(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_' ||
         character == '-' || character == '/' || character == '@';
}

bool names(const Diagnostic& diagnostic, const Migration& migration) {
  const std::string id = migration.id();
  return (diagnostic.location.has_value() && diagnostic.location->file == migration.source) ||
         names_migration(diagnostic.message, id) ||
         std::any_of(diagnostic.notes.begin(), diagnostic.notes.end(), [&](const auto& note) {
           return names_migration(note, id);
         });
}

void keep_refusals(NextRun& next, const Migration& migration, std::vector<Diagnostic> refusals) {
  next.refused = !refusals.empty();
  std::copy_if(std::make_move_iterator(refusals.begin()),
               std::make_move_iterator(refusals.end()),
               std::back_inserter(next.refusals),
               [&](const Diagnostic& refusal) { return names(refusal, migration); });
}

NextRun next_run(const Migration& migration,
                 const Catalog& catalog,
                 const History& history,
                 const UpgradeFacts& facts) {
  NextRun next;
  try {
    Prediction prediction = predict_upgrade(catalog, history, facts);
    std::vector<PlanStep> steps = upgrade_steps(prediction, history);
    next.steps = prediction.order.pending.size();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (steps[i].migration.id() == migration.id()) {
        next.position = i + 1;
        next.step = std::move(steps[i]);
      }
    }
    for (std::size_t node = 0; node < prediction.late.size(); ++node) {
      if (prediction.order.pending[node]->id() == migration.id()) {
        next.late = prediction.late[node];
      }
    }
    for (const auto* warnings : {&prediction.order.warnings, &prediction.warnings}) {
      std::copy_if(warnings->begin(),
                   warnings->end(),
                   std::back_inserter(next.warnings),
                   [&](const std::string& text) { return names_migration(text, migration.id()); });
    }
    std::vector<Diagnostic> refusals = std::move(prediction.impossible);
    std::move(prediction.refusals.begin(), prediction.refusals.end(), std::back_inserter(refusals));
    keep_refusals(next, migration, std::move(refusals));
  } catch (const Error& error) {  // declarations that cannot be followed: there is no order
    keep_refusals(next, migration, error.diagnostics());
  }
  return next;
}

}  // namespace

bool names_migration(std::string_view text, std::string_view id) {
  for (std::size_t at = text.find(id); at != std::string_view::npos; at = text.find(id, at + 1)) {
    const std::size_t end = at + id.size();
    if ((at == 0 || !belongs_to_name(text[at - 1])) &&
        (end == text.size() || !belongs_to_name(text[end]))) {
      return true;
    }
  }
  return false;
}

MigrationPlace place_of(const std::string& name,
                        const Catalog& catalog,
                        const History& history,
                        const Recordings& recordings,
                        const Journal& journal,
                        const std::function<UpgradeFacts()>& facts) {
  MigrationPlace place{.row = status_of(name, catalog, history, recordings, journal)};
  if (is_pending(place.row)) {
    place.next = next_run(*place.row.migration, catalog, history, facts());
  }
  return place;
}

}  // namespace medusa
