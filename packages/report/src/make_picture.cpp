// SPDX-License-Identifier: MIT
#include "medusa/report/make_picture.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "medusa/catalog/program.hpp"
#include "medusa/plan/comparison.hpp"
#include "medusa/plan/plan.hpp"
#include "medusa/plan/prediction.hpp"
#include "medusa/plan/upgrade_order.hpp"

#include "cause_text.hpp"
#include "footprint_text.hpp"

namespace medusa {

namespace {

/// Relative to the workspace, or from node_modules on: the page names no folders of this machine.
std::string source_text(const std::filesystem::path& source, const std::filesystem::path& root) {
  const std::filesystem::path relative = source.lexically_relative(root);
  if (!relative.empty() && *relative.begin() != "..") {
    return relative.string();
  }
  std::filesystem::path inside;
  for (const std::filesystem::path& part : source) {
    if (!inside.empty() || part == "node_modules") {
      inside /= part;
    }
  }
  return inside.empty() ? source.string() : inside.string();
}

PictureEdgeKind kind_of(OrderReason::Kind kind) {
  switch (kind) {
    case OrderReason::Kind::Declared:
      return PictureEdgeKind::Declared;
    case OrderReason::Kind::Inferred:
      return PictureEdgeKind::Inferred;
    case OrderReason::Kind::SameMember:
      break;
  }
  return PictureEdgeKind::SameMember;
}

/// The order that an empty database would see, with all that members need of each other among its
/// edges. What cannot be placed there comes last.
UpgradeOrder order_of_all(const Catalog& catalog, const UpgradeFacts& facts) {
  UpgradeFacts empty = facts;
  empty.snapshot.objects.clear();
  Prediction prediction = predict_upgrade(catalog, History(), empty);
  UpgradeOrder order = std::move(prediction.order);
  for (OrderEdge& need : prediction.needs) {
    const auto same = [&need](const OrderEdge& edge) {
      return edge.before == need.before && edge.after == need.after;
    };
    std::vector<OrderEdge>& edges = order.ordering.edges;
    if (std::none_of(edges.begin(), edges.end(), same)) {
      edges.push_back(std::move(need));
    }
  }
  std::vector<bool> placed(order.pending.size());
  for (const std::size_t node : order.ordering.sequence) {
    placed[node] = true;
  }
  for (std::size_t node = 0; node < placed.size(); ++node) {
    if (!placed[node]) {
      order.ordering.sequence.push_back(node);
    }
  }
  return order;
}

class PictureMaker {
 public:
  PictureMaker(const PictureSubject& subject,
               const Catalog& catalog,
               const History& history,
               const Recordings& recordings,
               const UpgradeFacts& facts)
      : subject_(subject),
        catalog_(catalog),
        history_(history),
        prediction_(predict_upgrade(catalog, history, facts)),
        order_(order_of_all(catalog, facts)) {
    for (const AppliedMigration& row : history.rows()) {
      const Recording* const recording = recordings.of(row);
      const Migration* const migration = recording == nullptr ? nullptr : catalog.find(row.name);
      if (migration != nullptr && is_change(compare(*migration, *recording))) {
        changed_.insert(row.name);
      }
    }
    picture_.title = subject.title;
    picture_.database = subject.database;
  }

  MigrationPicture make() {
    add_ordered();
    add_disabled();
    add_missing();
    sort_strays();
    place_in_lanes();
    connect();
    add_conflicts();
    return std::move(picture_);
  }

 private:
  struct Entry {
    std::string member = {};
    PictureNode node = {};
    std::optional<std::size_t> ordered = {};  ///< Its node in the order of all.
  };

  [[nodiscard]] MigrationState applied_state(const std::string& name) const {
    return changed_.contains(name) ? MigrationState::Changed : MigrationState::Applied;
  }

  /// What the next run does with each pending migration.
  [[nodiscard]] std::unordered_map<std::string, PlanStep> next_run() const {
    std::unordered_map<std::string, PlanStep> steps;
    for (PlanStep& step : upgrade_steps(prediction_, history_)) {
      step.id = static_cast<std::int64_t>(steps.size()) + 1;
      steps.emplace(step.migration.name, std::move(step));
    }
    return steps;
  }

  [[nodiscard]] Entry entry_of(const Migration& migration, MigrationState state) const {
    const Lowering up = load_lowering(migration, true);
    return {.member = migration.member,
            .node = {.name = migration.name,
                     .timestamp = migration.timestamp,
                     .state = state,
                     .source = source_text(migration.source, subject_.root),
                     .dynamic_reason = up.program.has_value() ? "" : up.reason,
                     .sql = up.program.has_value() ? readable_sql(up) : "",
                     .footprint = up.program.has_value() ? footprint_lines(*up.program)
                                                         : std::vector<std::string>()}};
  }

  /// The order that an empty database would see: what is applied stands in it, too.
  void add_ordered() {
    const std::unordered_map<std::string, PlanStep> steps = next_run();
    for (const std::size_t ordered : order_.ordering.sequence) {
      const Migration& migration = *order_.pending[ordered];
      const auto step = steps.find(migration.name);
      const bool is_next = step != steps.end();
      Entry entry =
          entry_of(migration, is_next ? step->second.state : applied_state(migration.name));
      entry.ordered = ordered;
      if (is_next) {
        entry.node.position = static_cast<std::size_t>(*step->second.id);
        const std::string& reason = step->second.reason;
        entry.node.why_here = reason.empty() ? "its place by timestamp" : reason;
        entry.node.notes = chain_text(step->second.causes);
      }
      if (entry.node.state == MigrationState::Changed) {
        entry.node.why_here = "applied, and changed since: it does not run again";
      }
      entries_.push_back(std::move(entry));
    }
  }

  void add_disabled() {
    for (const Migration& migration : catalog_.migrations()) {
      if (!migration.enabled) {
        Entry entry = entry_of(migration,
                               history_.contains(migration.name) ? applied_state(migration.name)
                                                                 : MigrationState::Disabled);
        entry.node.why_here = "needs the feature flag " + migration.flags;
        strays_.push_back(std::move(entry));
      }
    }
  }

  void add_missing() {
    for (const AppliedMigration& row : history_.rows()) {
      if (catalog_.find(row.name) == nullptr) {
        strays_.push_back({.node = {.name = row.name,
                                    .timestamp = row.timestamp,
                                    .state = MigrationState::Missing,
                                    .why_here = "applied, but no member ships it"}});
      }
    }
  }

  /// Each goes in front of the first ordered migration that is younger.
  void sort_strays() {
    std::stable_sort(strays_.begin(), strays_.end(), [](const Entry& a, const Entry& b) {
      return a.node.timestamp < b.node.timestamp;
    });
    std::vector<Entry> merged;
    auto stray = strays_.begin();
    for (Entry& entry : entries_) {
      for (; stray != strays_.end() && stray->node.timestamp < entry.node.timestamp; ++stray) {
        merged.push_back(std::move(*stray));
      }
      merged.push_back(std::move(entry));
    }
    merged.insert(
        merged.end(), std::make_move_iterator(stray), std::make_move_iterator(strays_.end()));
    entries_ = std::move(merged);
  }

  /// Lanes in collection order, only those that have something; what no member ships comes last.
  void place_in_lanes() {
    std::vector<PictureLane> lanes = subject_.members;
    lanes.push_back({});
    for (PictureLane& lane : lanes) {
      bool is_used = false;
      for (Entry& entry : entries_) {
        if (entry.member == lane.name) {
          entry.node.lane = picture_.lanes.size();
          is_used = true;
        }
      }
      if (is_used) {
        picture_.lanes.push_back(std::move(lane));
      }
    }
    for (Entry& entry : entries_) {
      picture_.nodes.push_back(std::move(entry.node));
    }
  }

  void connect() {
    std::vector<std::size_t> rows(order_.pending.size());
    for (std::size_t row = 0; row < entries_.size(); ++row) {
      if (entries_[row].ordered.has_value()) {
        rows[*entries_[row].ordered] = row;
      }
    }
    for (const OrderEdge& edge : order_.ordering.edges) {
      if (rows[edge.before] > rows[edge.after]) {
        continue;  // part of a circle
      }
      const PictureEdgeKind kind = kind_of(edge.reason.kind);
      picture_.edges.push_back(
          {.from = rows[edge.before],
           .to = rows[edge.after],
           .kind = kind,
           .reason = kind == PictureEdgeKind::SameMember
                         ? ""
                         : reason_text(edge.reason, *order_.pending[edge.before])});
    }
    std::sort(picture_.edges.begin(),
              picture_.edges.end(),
              [](const PictureEdge& a, const PictureEdge& b) {
                return std::tie(a.to, a.from, a.kind, a.reason) <
                       std::tie(b.to, b.from, b.kind, b.reason);
              });
  }

  void add_conflicts() {
    std::unordered_map<std::string, std::size_t> rows;
    for (std::size_t row = 0; row < picture_.nodes.size(); ++row) {
      const PictureNode& node = picture_.nodes[row];
      rows.emplace(picture_.lanes[node.lane].name + '/' + node.name, row);
    }
    for (const Conflict& conflict : prediction_.conflicts) {
      const auto first = rows.find(conflict.first);
      const auto second = rows.find(conflict.second);
      if (first != rows.end() && second != rows.end()) {
        const auto [earlier, later] = std::minmax(first->second, second->second);
        picture_.conflicts.push_back({.first = earlier, .second = later, .text = conflict.text});
      }
    }
  }

  const PictureSubject& subject_;
  const Catalog& catalog_;
  const History& history_;
  Prediction prediction_;                         ///< Of the next upgrade.
  UpgradeOrder order_;                            ///< Of all.
  std::unordered_set<std::string> changed_ = {};  ///< Applied, and not what it was.
  std::vector<Entry> entries_;
  std::vector<Entry> strays_;
  MigrationPicture picture_;
};

}  // namespace

MigrationPicture make_picture(const PictureSubject& subject,
                              const Catalog& catalog,
                              const History& history,
                              const Recordings& recordings,
                              const UpgradeFacts& facts) {
  return PictureMaker(subject, catalog, history, recordings, facts).make();
}

}  // namespace medusa
