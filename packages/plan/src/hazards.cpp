// SPDX-License-Identifier: MIT
#include "hazards.hpp"

#include <algorithm>
#include <utility>

#include "medusa/core/text.hpp"

#include "hazard_text.hpp"
#include "live_tables.hpp"

namespace medusa {

namespace {

class HazardJudge {
 public:
  explicit HazardJudge(const UpgradeFacts& facts) : facts_(facts), tables_(facts) {}

  void judge(const PlanStep& step, std::size_t position) {
    if (tables_.empty() && !facts_.footprints.may_have_hazards(step.migration)) {
      return;  // and no table to follow
    }
    const DirectionFootprint& footprint = facts_.footprints.up(step.migration);
    for (std::size_t i = 0; i < footprint.statements.size(); ++i) {
      const StatementFootprint& statement = footprint.statements[i];
      const bool asked = i < footprint.asked.size() && footprint.asked[i];
      for (const Hazard& hazard : statement.hazards) {
        const auto work = work_of(hazard);
        if (!work.has_value() || is_allowed(hazard.rule, step.migration)) {
          continue;
        }
        PlannedHazard planned = planned_of(hazard, *work);
        planned.position = position;
        planned.migration = step.migration.id();
        planned.place = i < footprint.places.size() ? footprint.places[i] : Location{};
        if (planned.place.file.empty()) {
          planned.place.file = step.migration.source;
        }
        planned.asked = asked;
        found_.push_back(std::move(planned));
      }
      if (!asked) {
        tables_.apply(statement);
      }
    }
  }

  [[nodiscard]] std::vector<PlannedHazard> take() { return std::move(found_); }

 private:
  /// What it costs this database; nothing: it is no hazard here.
  [[nodiscard]] std::optional<TableWork> work_of(const Hazard& hazard) const {
    switch (hazard.rule) {
      case HazardRule::TransactionControl:
        return std::nullopt;  // outside a transaction it may, inside it is refused
      case HazardRule::NameTruncated:
        return hazard.work;
      default:
        break;
    }
    if (tables_.find(hazard.table) == nullptr) {
      return std::nullopt;
    }
    const FilledTable::Column* const column = tables_.column(hazard.table, hazard.name);
    if (hazard.rule == HazardRule::NotNullScans && column != nullptr && column->never_null) {
      return std::nullopt;
    }
    if (hazard.rule == HazardRule::ColumnTypeRewrites && hazard.type.has_value()) {
      const TableWork work =
          work_of_type_change(column == nullptr ? ColumnType{} : column->type, *hazard.type);
      return work == TableWork::Catalog ? std::nullopt : std::optional(work);
    }
    return hazard.work;
  }

  [[nodiscard]] bool is_allowed(HazardRule rule, const Migration& migration) const {
    const std::vector<std::string>& own = migration.allowed_hazards;
    const std::vector<std::string>& all = facts_.allowed_hazards;
    return std::find(own.begin(), own.end(), code_of(rule)) != own.end() ||
           std::find(all.begin(), all.end(), code_of(rule)) != all.end();
  }

  [[nodiscard]] PlannedHazard planned_of(const Hazard& hazard, TableWork work) const {
    PlannedHazard planned{
        .rule = hazard.rule, .lock = hazard.lock, .work = work, .safer = hazard.safer};
    const FilledTable* const table = tables_.find(hazard.table);
    ObjectRef name = hazard.table;
    if (name.schema == facts_.schema) {
      name.schema.clear();
    }
    planned.table = name.name.empty() ? std::string() : name.text();
    if (table != nullptr) {
      planned.rows = table->rows;
      planned.bytes = table->bytes;
    }
    planned.message = hazard_text(hazard, planned);
    return planned;
  }

  const UpgradeFacts& facts_;
  LiveTables tables_;
  std::vector<PlannedHazard> found_ = {};
};

}  // namespace

std::vector<PlannedHazard> find_hazards(const Plan& plan, const UpgradeFacts& facts) {
  HazardJudge judge(facts);
  std::size_t position = 0;
  for (const PlanGroup& group : plan.groups) {
    for (const PlanStep& step : group.steps) {
      judge.judge(step, ++position);
    }
  }
  return judge.take();
}

std::vector<Diagnostic> hazard_refusals(const std::vector<PlannedHazard>& hazards) {
  std::vector<Diagnostic> refusals;
  for (const PlannedHazard& hazard : hazards) {
    const std::string code(code_of(hazard.rule));
    Diagnostic refusal{
        .code = ErrorCode::Plan,
        .message = code + ": " + hazard.message,
        .location = hazard.place,
        .notes = {"step " + std::to_string(hazard.position) + ", " + hazard.migration},
        .hint = "medusa explain " + code};
    if (hazard.lock != TableLock::None) {
      refusal.notes.front() += ", " + std::string(to_string(hazard.lock)) + " lock";
    }
    for (const std::string_view line : lines(hazard.safer)) {
      refusal.notes.push_back("safer: " + std::string(line));
    }
    refusals.push_back(std::move(refusal));
  }
  if (!refusals.empty()) {
    refusals.back().notes.emplace_back(
        "nothing ran; '-- medusa:allow CODE: reason' in a migration allows one, hazards = \"warn\" "
        "under [migrations] all");
  }
  return refusals;
}

}  // namespace medusa
