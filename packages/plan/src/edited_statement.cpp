// SPDX-License-Identifier: MIT
#include "medusa/plan/edited_statement.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "medusa/sql/plain_statement.hpp"

namespace medusa {

namespace {

/// A buffer may have been sent as bytes, and is written in bytea's hex format here.
bool may_be_binary(const LoweredStatement& statement) {
  return statement.parameters.has_value() &&
         std::any_of(
             statement.parameters->begin(), statement.parameters->end(), [](const auto& value) {
               return value.has_value() && value->starts_with("\\x");
             });
}

/// Goes through a program beside the journal.
class WayBeside {
 public:
  explicit WayBeside(const std::vector<JournalledStatement>& journalled) {
    for (const JournalledStatement& each : journalled) {
      journalled_.emplace(each.ordinal, &each);
    }
  }

  std::optional<EditedStatement> edited(const LoweredProgram& program) const {
    return journalled_.empty() ? std::nullopt : follow({{&program, 0}}, 0);
  }

 private:
  /// What is still to be gone through: the innermost branch last, each with its next node.
  using Way = std::vector<std::pair<const LoweredProgram*, std::size_t>>;

  [[nodiscard]] std::size_t last() const { return journalled_.rbegin()->first; }

  // As deep as the recorder's bound on questions.
  std::optional<EditedStatement> follow(Way way, std::size_t ordinal) const {
    while (!way.empty() && ordinal < last()) {
      auto& [program, next] = way.back();
      if (next == program->size()) {
        way.pop_back();
        continue;
      }
      const LoweredNode& node = (*program)[next++];
      if (auto edited = compare(node.statement, ordinal)) {
        return edited;
      }
      if (node.is_question) {
        return likelier(branch(way, node.yes, ordinal), branch(way, node.no, ordinal));
      }
    }
    const auto unsent = journalled_.upper_bound(ordinal);
    return unsent == journalled_.end() ? std::nullopt : std::optional(edit(*unsent->second));
  }

  std::optional<EditedStatement> branch(Way way,
                                        const LoweredProgram& program,
                                        std::size_t ordinal) const {
    way.emplace_back(&program, 0);
    return follow(std::move(way), ordinal);
  }

  static std::optional<EditedStatement> likelier(std::optional<EditedStatement> a,
                                                 std::optional<EditedStatement> b) {
    if (!a.has_value() || !b.has_value()) {
      return std::nullopt;
    }
    return a->ordinal < b->ordinal ? b : a;
  }

  /// Counts the statement's parts.
  std::optional<EditedStatement> compare(const LoweredStatement& statement,
                                         std::size_t& ordinal) const {
    for (const PlainStatement& part :
         sent_statements(statement.sql, statement.parameters.has_value())) {
      const auto known = journalled_.find(++ordinal);
      if (known == journalled_.end() || may_be_binary(statement) ||
          known->second->checksum == statement_checksum(part.text, statement.parameters)) {
        continue;
      }
      EditedStatement found = edit(*known->second);
      found.now = statement_beginning(part.text);
      found.place = statement.place;
      return found;
    }
    return std::nullopt;
  }

  static EditedStatement edit(const JournalledStatement& journalled) {
    return {.ordinal = journalled.ordinal,
            .then = journalled.beginning,
            .done = journalled.done,
            .forgetting = journalled.forgetting};
  }

  std::map<std::size_t, const JournalledStatement*> journalled_;
};

}  // namespace

std::optional<EditedStatement> find_edited_statement(
    const std::vector<JournalledStatement>& journalled, const LoweredProgram& program) {
  return WayBeside(journalled).edited(program);
}

Journal with_edits(const Journal& journal, const Catalog& catalog, const ProgramSource& programs) {
  std::vector<BegunMigration> all = journal.begun();
  for (BegunMigration& begun : all) {
    const Migration* const migration = catalog.find(begun.name);
    if (migration == nullptr || !migration->is_lowered(begun.up)) {
      continue;
    }
    const Lowering lowering = programs(*migration, begun.up);
    // What needs a transaction has none here: then it runs as JavaScript.
    if (lowering.program.has_value() && !lowering.needs_transaction) {
      begun.edited = find_edited_statement(begun.statements, *lowering.program);
    }
  }
  return Journal(std::move(all));
}

Diagnostic edit_refusal(const BegunMigration& begun, const std::string& who) {
  const EditedStatement& edited = *begun.edited;
  const std::string number = std::to_string(edited.ordinal);
  Diagnostic refusal{.code = ErrorCode::Plan,
                     .message = who + " cannot go on: its statement " + number +
                                (edited.done ? ", which is done, was " : ", which began, was ") +
                                (edited.now.empty() ? "taken out" : "edited") + " since"};
  if (!edited.place.file.empty()) {
    refusal.location = edited.place;
  }
  refusal.notes.push_back("upgrade " + std::to_string(begun.upgrade) + " sent: " + edited.then);
  if (!edited.now.empty()) {
    refusal.notes.push_back("it is now: " + edited.now +
                            (edited.now == edited.then ? " (it differs behind that)" : ""));
  }
  refusal.hint =
      edited.done
          ? "give it back that statement; or undo what it did, then begin anew: " + begun.clearing
          : "give it back that statement; or undo what that did, then: " + edited.forgetting;
  return refusal;
}

}  // namespace medusa
