// SPDX-License-Identifier: MIT
#include "refusal.hpp"

#include <optional>
#include <utility>

#include "medusa/core/text.hpp"

namespace medusa {

namespace {

/// "file.sql:12", as much of it as is known.
std::string short_text(const Location& place) {
  return place.file.filename().string() +
         (place.line > 0 ? ':' + std::to_string(place.line) : std::string());
}

/// Words for one problem of one migration.
class Refusal {
 public:
  Refusal(const ForeseenProblem& foreseen, const KnownMigrations& known, const Renaming* renaming)
      : problem_(foreseen.problem),
        renaming_(renaming),
        migration_(foreseen.migration),
        known_(known),
        who_(known.at(foreseen.migration).id()),
        what_(known.text(foreseen.problem.object)) {}

  Diagnostic diagnostic() {
    Diagnostic diagnostic{.code = ErrorCode::Plan,
                          .location = known_.place(migration_, problem_.statement)};
    switch (problem_.kind) {
      case SchemaProblemKind::NeverThere:
        never_there(diagnostic);
        break;
      case SchemaProblemKind::DroppedBefore:
        gone(diagnostic, problem_.other, Action::Drop);
        break;
      case SchemaProblemKind::RenamedBefore:
        gone(diagnostic, problem_.other, Action::Rename);
        break;
      case SchemaProblemKind::AlreadyThere:
        already_there(diagnostic);
        break;
      case SchemaProblemKind::HiddenDifference:
        hidden_difference(diagnostic);
        break;
      case SchemaProblemKind::Blocked:
        blocked(diagnostic);
        break;
      case SchemaProblemKind::ExtensionMissing:
        extension_missing(diagnostic);
        break;
      case SchemaProblemKind::UncommittedValue:
        uncommitted_value(diagnostic);
        break;
      case SchemaProblemKind::NoKey:
        no_key(diagnostic);
        break;
      case SchemaProblemKind::NoArbiter:
        no_arbiter(diagnostic);
        break;
      case SchemaProblemKind::TypesDiffer:
        diagnostic.message = who_ + " makes a foreign key of " + what_ +
                             " to a column that it cannot be compared with";
        diagnostic.notes.push_back(problem_.detail);
        diagnostic.hint = "give both columns one type";
        break;
      case SchemaProblemKind::CannotReplace:
        cannot_replace(diagnostic);
        break;
    }
    return diagnostic;
  }

 private:
  /// The database does not have it: maybe because an applied migration took it away.
  void never_there(Diagnostic& diagnostic) const {
    for (MigrationNumber number = known_.applied(); number-- > 0;) {
      for (const Action action : {Action::Drop, Action::Rename}) {
        if (known_.does(number, action, problem_.object)) {
          gone(diagnostic, number, action);
          return;
        }
      }
    }
    diagnostic.message = who_ + " needs " + what_ + ", which nothing creates";
    for (MigrationNumber number = 0; number < known_.applied(); ++number) {
      if (known_.does(number, Action::Create, problem_.object)) {
        diagnostic.notes.push_back(side(number, Action::Create, "creates") +
                                   " and is applied, but the database does not have it");
      }
    }
    diagnostic.hint =
        "add the plugin that creates it to [workspace] plugins, or create it in an "
        "earlier migration";
  }

  void gone(Diagnostic& diagnostic, std::optional<MigrationNumber> other, Action action) const {
    const std::string verb = action == Action::Drop ? "drops" : "renames";
    diagnostic.message = who_ + " uses " + what_ + ", which ";
    if (!other.has_value()) {
      diagnostic.message += action == Action::Drop ? "was dropped before" : "was renamed before";
      return;
    }
    const bool own = *other == migration_;
    diagnostic.message += own ? "it " + verb + " itself" : known_.at(*other).id() + ' ' + verb;
    if (problem_.renamed_to.has_value()) {
      diagnostic.message += " to " + new_name();
    }
    diagnostic.message += *other < known_.applied() ? " (applied)" : own ? " before" : " before it";
    diagnostic.notes.push_back(side(*other, action, verb));
    if (problem_.renamed_to.has_value()) {
      diagnostic.hint =
          "use " + new_name() + " in " + short_text(diagnostic.location.value_or(Location{}));
    } else if (!own && *other >= known_.applied()) {
      diagnostic.hint = "let it run first: [order.\"" + who_ + "\"] before = [\"" +
                        known_.at(*other).id() + "\"]; or change it to do without";
    } else {
      diagnostic.hint =
          "change " + short_text(diagnostic.location.value_or(Location{})) + " to do without it";
    }
  }

  void already_there(Diagnostic& diagnostic) const {
    if (!problem_.other.has_value()) {
      diagnostic.message = who_ + " creates " + what_ + ", which the database has already";
      if (renaming_ != nullptr) {
        diagnostic.notes.push_back(
            renaming_->applied.name +
            ", which is applied and in no member, has the same timestamp: it "
            "may be this one under its old name");
        diagnostic.hint = old_name_hint(*renaming_);
        return;
      }
      diagnostic.notes.emplace_back("no applied migration of this workspace created it");
      diagnostic.hint = "drop or rename what is there, or use CREATE ... IF NOT EXISTS";
      return;
    }
    const bool own = *problem_.other == migration_;
    diagnostic.message =
        own ? who_ + " creates " + what_ + " twice"
            : known_.at(*problem_.other).id() + " and " + who_ + " both create " + what_;
    diagnostic.notes.push_back(side(*problem_.other, Action::Create, "creates") +
                               (problem_.definitions_differ ? ", with another definition" : ""));
    diagnostic.hint =
        own ? "remove one of the two" : "rename one of them, or let one member create it for both";
  }

  void hidden_difference(Diagnostic& diagnostic) const {
    diagnostic.message = who_ + " would skip creating " + what_ +
                         " (IF NOT EXISTS): it is there with another definition" +
                         (problem_.detail.empty() ? "" : " (" + problem_.detail + ')');
    diagnostic.notes.push_back(problem_.other.has_value()
                                   ? side(*problem_.other, Action::Create, "creates")
                                   : "the database had it before the first migration");
    diagnostic.hint = "give it another name, or one definition in both places";
  }

  void blocked(Diagnostic& diagnostic) const {
    std::vector<std::string> dependents;
    for (const ObjectRef& dependent : problem_.dependents) {
      dependents.push_back(known_.text(dependent));
    }
    diagnostic.message = who_ + " drops " + what_ + ", but " + join(dependents, ", ") +
                         (dependents.size() == 1 ? " depends" : " depend") + " on it";
    diagnostic.hint = "drop what depends on it first, or say CASCADE";
  }

  void extension_missing(Diagnostic& diagnostic) const {
    const std::string& name = problem_.object.name;
    diagnostic.message = who_ + " needs extension '" + name + "', which the database does not have";
    diagnostic.hint = "[database] extensions = [\"" + name +
                      "\"] in medusa.toml; the server needs "
                      "it installed";
  }

  [[nodiscard]] const std::string& table() const { return problem_.object.name; }

  void no_key(Diagnostic& diagnostic) const {
    const std::string& columns = problem_.detail;
    diagnostic.message =
        who_ + " makes a foreign key to " + what_ +
        (columns.empty() ? ", which has no primary key"
                         : " (" + columns + "), of which nothing says that it is unique");
    diagnostic.notes.emplace_back(
        "PostgreSQL asks for a primary key or a unique constraint or index of just these columns, "
        "without a condition");
    diagnostic.hint = columns.empty() ? "name the columns: REFERENCES " + table() + " (column)"
                                      : "ALTER TABLE " + table() + " ADD UNIQUE (" + columns + ");";
  }

  void no_arbiter(Diagnostic& diagnostic) const {
    diagnostic.message = who_ + " says ON CONFLICT (" + problem_.detail + ") of " + what_ +
                         ", which has no unique index of these columns";
    diagnostic.hint = "CREATE UNIQUE INDEX ON " + table() + " (" + problem_.detail + ");";
  }

  void cannot_replace(Diagnostic& diagnostic) const {
    const bool is_view = problem_.object.kind == ObjectKind::View;
    diagnostic.message = who_ + " replaces " + what_ +
                         (is_view ? " by one without its column " + problem_.detail +
                                        ", or with another in its place"
                                  : " and changes what it returns, " + problem_.detail);
    if (problem_.other.has_value()) {
      diagnostic.notes.push_back(side(*problem_.other, Action::Create, "creates"));
    }
    diagnostic.notes.emplace_back(is_view
                                      ? "OR REPLACE can only add columns behind those there are"
                                      : "OR REPLACE can change anything but a function's result");
    diagnostic.hint =
        std::string("put DROP ") + (is_view ? "VIEW " : "FUNCTION ") + table() + "; in front of it";
  }

  /// By others it adds would have been committed first, so it is its own.
  void uncommitted_value(Diagnostic& diagnostic) const {
    diagnostic.message = who_ + " adds " + what_ + " and uses it in one transaction";
    diagnostic.notes.push_back(side(migration_, Action::Create, "adds"));
    diagnostic.notes.emplace_back(
        "PostgreSQL refuses a new value of an enum until it is committed (SQLSTATE 55P04)");
    diagnostic.hint = "add the value in a migration of its own, with an earlier timestamp";
  }

  [[nodiscard]] std::string new_name() const {
    const std::string text = known_.text(*problem_.renamed_to);
    return text.substr(text.find(' ') + 1);  // without the kind, which stays
  }

  /// "reviews/AddTable1700000000000 drops it in 1700000000000-add.sql:3".
  [[nodiscard]] std::string side(MigrationNumber number,
                                 Action action,
                                 const std::string& verb) const {
    return known_.at(number).id() + ' ' + verb + " it in " +
           short_text(known_.place_of(number, action, problem_.object));
  }

  const SchemaProblem& problem_;
  const Renaming* renaming_;
  MigrationNumber migration_;
  const KnownMigrations& known_;
  std::string who_;
  std::string what_;
};

}  // namespace

Diagnostic refusal_of(const ForeseenProblem& problem,
                      const KnownMigrations& known,
                      const Renaming* renaming) {
  return Refusal(problem, known, renaming).diagnostic();
}

}  // namespace medusa
