// SPDX-License-Identifier: MIT
#include "medusa/plan/baseline.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <utility>

#include "medusa/core/text.hpp"

#include "baseline_order.hpp"

namespace medusa {

namespace {

bool is_word(char c) {
  return c == '_' || static_cast<unsigned char>(c) >= 0x80 ||
         std::isalnum(static_cast<unsigned char>(c)) != 0;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
  });
  return text;
}

/// Whether the name stands there as a word, whatever its case.
bool mentions(const std::string& text, const std::string& name) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]))) {
      return true;
    }
  }
  return false;
}

class BaselineMaker {
 public:
  BaselineMaker(const Catalog& catalog,
                const History& history,
                const UpgradeFacts& facts,
                const MigrationText& text)
      : catalog_(catalog),
        history_(history),
        text_(text),
        journal_(facts.journal),
        pending_(pending_migrations(catalog, history)),
        known_(catalog, history, pending_, facts),
        state_(replayed_schema(known_, facts)),
        live_(facts.schema,
              facts.snapshot,
              facts.schema_is_set ? PathRule::Entered : PathRule::Connection) {}

  Baseline make(const std::optional<std::string>& last) {
    const UpgradeOrder order = baseline_order(catalog_, history_, known_, state_);
    PlanGroup group;
    for (const std::size_t node : nodes_up_to(order, last)) {
      numbers_.push_back(known_.applied() + static_cast<MigrationNumber>(node));
      group.steps.push_back({.migration = *pending_[node], .state = state_of(*pending_[node])});
    }
    if (!group.steps.empty()) {
      baseline_.plan.groups.push_back(std::move(group));
    }
    look_for_half_done();
    run_on_paper();
    look_for_created();
    look_for_dropped();
    tell_unchecked();
    return std::move(baseline_);
  }

 private:
  [[nodiscard]] MigrationState state_of(const Migration& migration) const {
    return migration.timestamp < history_.newest_timestamp() ? MigrationState::Late
                                                             : MigrationState::Pending;
  }

  [[nodiscard]] std::vector<std::size_t> nodes_up_to(const UpgradeOrder& order,
                                                     const std::optional<std::string>& last) const {
    std::vector<std::size_t> nodes = order.ordering.sequence;
    if (!last.has_value()) {
      return nodes;
    }
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](std::size_t node) {
      return pending_[node]->name == *last || pending_[node]->id() == *last;
    });
    if (found == nodes.end()) {
      refuse_last(*last);
    }
    nodes.erase(found + 1, nodes.end());
    return nodes;
  }

  [[noreturn]] void refuse_last(const std::string& last) const {
    std::vector<std::string> names;
    for (const Migration* migration : pending_) {
      names.push_back(migration->name);
    }
    const std::string name = last.substr(last.rfind('/') + 1);
    const auto close = closest_match(name, names);
    throw Error({.code = history_.contains(name) ? ErrorCode::Plan : ErrorCode::Usage,
                 .message = history_.contains(name)
                                ? "'" + last + "' is applied already"
                                : "no pending migration is called '" + last + "'",
                 .hint = close.has_value() ? "did you mean '" + *close + "'?"
                                           : "medusa migrations show lists what is pending"});
  }

  /// Its journal knows that it is not there as a whole, whatever the schema looks like.
  void look_for_half_done() {
    for (const MigrationNumber number : numbers_) {
      if (const BegunMigration* begun = journal_.applying(known_.at(number).name)) {
        baseline_.differences.push_back(
            {.code = ErrorCode::Plan,
             .message = known_.at(number).id() + " is " + half_done_text(*begun),
             .location = Location{.file = known_.at(number).source},
             .hint = "medusa migrations run goes on with it"});
      }
    }
  }

  void run_on_paper() {
    for (const MigrationNumber number : numbers_) {
      static_cast<void>(state_.apply(number, known_.footprint(number).statements));
    }
  }

  void look_for_created() {
    std::vector<ObjectRef> missing;
    for (const CreatedObject& created : state_.created()) {
      if (created.creator < known_.applied()) {
        continue;
      }
      leaves_something_.insert(created.creator);
      if (live_.contains(created.object)) {
        continue;
      }
      // Who misses a table need not be told of its columns and indexes.
      const bool goes_along =
          std::any_of(created.owners.begin(), created.owners.end(), [&](const ObjectRef& owner) {
            return std::find(missing.begin(), missing.end(), owner) != missing.end();
          });
      missing.push_back(created.object);
      if (!goes_along) {
        differ(created.creator, Action::Create, created.object, "is not there");
      }
    }
  }

  /// What a migration drops or renames is gone, unless a later one made it anew.
  void look_for_dropped() {
    std::set<ObjectRef> told;
    for (const MigrationNumber number : numbers_) {
      for (const StatementFootprint& statement : known_.footprint(number).statements) {
        for (const Effect& effect : statement.effects) {
          const bool takes = effect.action == Action::Drop || effect.action == Action::Rename;
          if (takes && is_told_by_name(effect.object) && live_.contains(effect.object) &&
              !state_.contains(effect.object) && told.insert(effect.object).second) {
            differ(number, effect.action, effect.object, "is still there");
          }
        }
      }
    }
  }

  /// Functions are known without their arguments: another one may have the name.
  static bool is_told_by_name(const ObjectRef& object) {
    return object.kind != ObjectKind::Function && object.kind != ObjectKind::Setting;
  }

  void differ(MigrationNumber number,
              Action action,
              const ObjectRef& object,
              const std::string& finding) {
    const DirectionFootprint footprint = known_.footprint(number);
    const std::string does = action == Action::Create ? "creates "
                             : action == Action::Drop ? "drops "
                                                      : "renames ";
    if (is_asked(footprint, action, object)) {
      unchecked_[number].push_back(does + known_.text(object) +
                                   " only after a question of its own, and that " + finding);
      return;
    }
    if (const auto other = explanation_since(number, object)) {
      unchecked_[number].push_back(does + known_.text(object) + ", which " + finding + ": " +
                                   (*other == number ? "it" : known_.at(*other).id()) +
                                   " may be the reason");
      return;
    }
    baseline_.differences.push_back({.code = ErrorCode::Plan,
                                     .message = known_.at(number).id() + ' ' + does +
                                                known_.text(object) + ", which " + finding,
                                     .location = known_.place_of(number, action, object)});
  }

  /// A later one of what is recorded, of which not everything is known and which names the object.
  [[nodiscard]] std::optional<MigrationNumber> explanation_since(MigrationNumber number,
                                                                 const ObjectRef& object) const {
    for (auto each = std::find(numbers_.begin(), numbers_.end(), number); each != numbers_.end();
         ++each) {
      if (known_.footprint(*each).doubt().empty()) {
        continue;
      }
      const std::string text = lower(text_(known_.at(*each)));
      if (text.empty() || (mentions(text, lower(object.name)) &&
                           (object.part.empty() || mentions(text, lower(object.part))))) {
        return *each;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] static bool is_asked(const DirectionFootprint& footprint,
                                     Action action,
                                     const ObjectRef& object) {
    for (std::size_t i = 0; i < footprint.statements.size(); ++i) {
      for (const Effect& effect : footprint.statements[i].effects) {
        if (effect.action == action && effect.object.name == object.name &&
            effect.object.part == object.part && i < footprint.asked.size() && footprint.asked[i]) {
          return true;
        }
      }
    }
    return false;
  }

  void tell_unchecked() {
    for (const MigrationNumber number : numbers_) {
      std::vector<std::string> reasons = unchecked_[number];
      const DirectionFootprint footprint = known_.footprint(number);
      if (const std::string doubt = footprint.doubt(); !doubt.empty()) {
        reasons.push_back(doubt);
      }
      if (const std::string written = written_tables(footprint); !written.empty()) {
        reasons.push_back("changes rows of " + written);
      }
      if (reasons.empty() && !leaves_something_.contains(number) && !takes_something(footprint)) {
        reasons.emplace_back("creates nothing that could be looked for");
      }
      if (!reasons.empty()) {
        baseline_.unchecked.push_back(
            {.migration = known_.at(number).id(), .reason = join(reasons, "; ")});
      }
    }
  }

  [[nodiscard]] std::string written_tables(const DirectionFootprint& footprint) const {
    std::set<std::string> tables;
    for (const StatementFootprint& statement : footprint.statements) {
      for (const Effect& effect : statement.effects) {
        if (effect.action == Action::Write && effect.object.kind != ObjectKind::Setting &&
            effect.object.kind != ObjectKind::Sequence) {
          tables.insert(effect.object.name);
        }
      }
    }
    return join({tables.begin(), tables.end()}, ", ");
  }

  [[nodiscard]] static bool takes_something(const DirectionFootprint& footprint) {
    return std::any_of(
        footprint.statements.begin(), footprint.statements.end(), [](const auto& statement) {
          return std::any_of(
              statement.effects.begin(), statement.effects.end(), [](const Effect& effect) {
                return effect.action == Action::Drop && is_told_by_name(effect.object);
              });
        });
  }

  const Catalog& catalog_;
  const History& history_;
  const MigrationText& text_;
  const Journal& journal_;
  std::vector<const Migration*> pending_;
  KnownMigrations known_;
  SchemaState state_;  ///< As the migrations would have made it.
  SchemaState live_;
  std::vector<MigrationNumber> numbers_ = {};  ///< What is to be recorded, in order.
  std::set<MigrationNumber> leaves_something_ = {};
  std::map<MigrationNumber, std::vector<std::string>> unchecked_ = {};
  Baseline baseline_ = {};
};

}  // namespace

Baseline make_baseline(const Catalog& catalog,
                       const History& history,
                       const UpgradeFacts& facts,
                       const MigrationText& text,
                       const std::optional<std::string>& last) {
  return BaselineMaker(catalog, history, facts, text).make(last);
}

}  // namespace medusa
