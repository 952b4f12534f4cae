// SPDX-License-Identifier: MIT
#include "journalled_step.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "medusa/core/text.hpp"
#include "medusa/database/fenced_transaction.hpp"
#include "medusa/plan/journalled_statement.hpp"
#include "medusa/system/interruption.hpp"

#include "failure.hpp"

namespace medusa {

namespace {

/// In a transaction the server does not do that: a statement that we could not know, or a procedure
/// that commits.
bool refuses_transaction(std::string_view sqlstate) {
  return sqlstate == "25001" || sqlstate == "2D000";
}

std::string checksum_of(const std::string& sql,
                        const std::optional<std::vector<Parameter>>& parameters) {
  std::optional<std::vector<std::optional<std::string>>> values;
  if (parameters.has_value()) {
    values.emplace();
    std::transform(parameters->begin(),
                   parameters->end(),
                   std::back_inserter(*values),
                   [](const Parameter& parameter) { return parameter.value; });
  }
  return statement_checksum(sql, values);
}

std::vector<std::string> oids_of(const std::vector<LiveIndex>& indexes) {
  std::vector<std::string> oids;
  std::transform(indexes.begin(), indexes.end(), std::back_inserter(oids), [](const auto& index) {
    return index.oid;
  });
  return oids;
}

/// The first that was not there before.
std::optional<LiveIndex> find_new(const std::vector<LiveIndex>& indexes,
                                  const std::vector<std::string>& before) {
  const auto found = std::find_if(indexes.begin(), indexes.end(), [&](const LiveIndex& index) {
    return std::find(before.begin(), before.end(), index.oid) == before.end();
  });
  return found == indexes.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

JournalledStep::JournalledStep(const PlanStep& step,
                               Direction direction,
                               WorkSession& session,
                               RunLock& lock,
                               const ExecutorOptions& options,
                               Events events)
    : step_(step),
      direction_(direction),
      session_(session),
      connection_(session.connection()),
      lock_(lock),
      options_(options),
      events_(std::move(events)),
      pooled_(lock.is_pooled()),
      transaction_(connection_, lock, [this](const JournalEntry& entry) { write(entry); }) {
  for (JournalEntry& entry : session_.journal().entries(step, direction)) {
    done_ += entry.done ? 1 : 0;
    entries_.emplace(entry.ordinal, std::move(entry));
  }
}

std::vector<QueryResult> JournalledStep::send(const std::string& sql,
                                              const Parameters& parameters) {
  const std::vector<PlainStatement> statements = sent_statements(sql, parameters.has_value());
  if (statements.size() == 1) {
    return one(statements.front(), parameters);
  }
  Results results;
  for (const PlainStatement& statement : statements) {
    Results more = one(statement, {});
    std::move(more.begin(), more.end(), std::back_inserter(results));
  }
  return results;
}

JournalledStep::Results JournalledStep::one(const PlainStatement& statement,
                                            const Parameters& parameters) {
  ++ordinal_;
  const auto known = connection_.in_transaction() ? entries_.end() : entries_.find(ordinal_);
  if (statement.session == SessionEffect::Setting && known == entries_.end()) {
    own_settings_.insert(statement.setting);
    return execute(statement, parameters);  // a replay needs it, too
  }
  if (connection_.in_transaction()) {
    return inside(statement, parameters);
  }
  if (known != entries_.end()) {
    if (known->second.checksum != checksum_of(statement.text, parameters)) {
      throw failure(
          "its statement " + std::to_string(ordinal_) +
              " (or a parameter of it) is not the one that an earlier run sent: " +
              known->second.statement,
          known->second.done
              ? "give it back that statement; or undo what it did, then begin anew: " +
                    session_.journal().clearing(step_)
              : "once what that did is undone: " + session_.journal().forgetting(step_, ordinal_));
    }
    return known->second.done ? replay(known->second, statement)
                              : go_on(known->second, statement, parameters);
  }
  if (statement.effect == TransactionEffect::Begins) {
    return begin(statement);
  }
  if (statement.effect == TransactionEffect::Ends) {
    return execute(statement, parameters);  // nothing: the server says that there is none
  }
  return statement.outside.empty() ? enclosed(statement, parameters) : alone(statement, parameters);
}

JournalledStep::Results JournalledStep::replay(const JournalEntry& entry,
                                               const PlainStatement& statement) {
  if (statement.session == SessionEffect::Temporary) {
    throw failure("it used a temporary table in an earlier run, which is gone",
                  "undo what it did, then begin anew: " + session_.journal().clearing(step_));
  }
  if (!entry.results.has_value()) {
    throw failure("what the server answered to its statement " + std::to_string(entry.ordinal) +
                      " in an earlier run was too long to be kept",
                  "undo what it did, then begin anew: " + session_.journal().clearing(step_));
  }
  return *entry.results;
}

JournalledStep::Results JournalledStep::go_on(const JournalEntry& entry,
                                              const PlainStatement& statement,
                                              const Parameters& parameters) {
  switch (statement.aftermath) {
    case Aftermath::IndexBuilt:
      return rebuild(entry, statement, parameters);
    case Aftermath::IndexGone:
      if (std::none_of(statement.indexes.begin(),
                       statement.indexes.end(),
                       [&](const RelationName& name) { return find_index(connection_, name); })) {
        return confirm(entry, "DROP INDEX");
      }
      return alone(statement, parameters);
    case Aftermath::Repeatable:
      // What REINDEX CONCURRENTLY was building lies beside the index that it was to replace.
      while (const auto leftover = find_new(invalid_indexes(connection_), entry.indexes)) {
        drop(*leftover);
      }
      return alone(statement, parameters);
    case Aftermath::Unknown:
      break;
  }
  Diagnostic diagnostic =
      failure("an earlier run ended in its statement " + std::to_string(entry.ordinal) +
                  ", and it is not known whether that was done: " + entry.statement,
              "if it was done: " + session_.journal().confirming(step_, entry.ordinal))
          .first();
  diagnostic.notes.push_back("if it was not: " +
                             session_.journal().forgetting(step_, entry.ordinal));
  throw Error(diagnostic);
}

JournalledStep::Results JournalledStep::rebuild(const JournalEntry& entry,
                                                const PlainStatement& statement,
                                                const Parameters& parameters) {
  const std::optional<LiveIndex> index =
      statement.indexes.empty() ? find_new(indexes_of(connection_, statement.table), entry.indexes)
                                : find_index(connection_, statement.indexes.front());
  if (index.has_value() && index->valid) {
    return confirm(entry, "CREATE INDEX");
  }
  if (index.has_value()) {
    drop(*index);
  }
  return alone(statement, parameters);
}

JournalledStep::Results JournalledStep::confirm(JournalEntry entry, const std::string& tag) {
  entry.done = true;
  entry.results = {{.tag = tag}};
  FencedTransaction transaction(connection_, lock_.fence());
  write(entry);
  transaction.commit();
  ++done_;
  return *entry.results;
}

JournalledStep::Results JournalledStep::enclosed(const PlainStatement& statement,
                                                 const Parameters& parameters) {
  LockRetry retry(options_.lock_retry);
  while (true) {
    try {
      return attempt(statement, parameters);
    } catch (const SqlError& error) {
      if (!connection_.is_open()) {
        throw;
      }
      if (refuses_transaction(error.sqlstate())) {
        break;
      }
      if (!is_lock_conflict(error.sqlstate())) {
        throw;
      }
      events_.give_way(retry, error);
    }
  }
  return alone(statement, parameters);
}

JournalledStep::Results JournalledStep::attempt(const PlainStatement& statement,
                                                const Parameters& parameters) {
  FencedTransaction transaction(connection_, lock_.fence(), settings());
  JournalEntry entry = entry_of(statement, parameters);
  entry.results = execute(statement, parameters);
  entry.done = true;
  write(entry);
  transaction.commit();
  ++done_;
  return std::move(*entry.results);
}

JournalledStep::Results JournalledStep::alone(const PlainStatement& statement,
                                              const Parameters& parameters) {
  drop_leftover(statement);
  JournalEntry entry = entry_of(statement, parameters);
  if (statement.aftermath == Aftermath::IndexBuilt) {
    entry.indexes = oids_of(indexes_of(connection_, statement.table));
  } else if (statement.aftermath == Aftermath::Repeatable) {
    entry.indexes = oids_of(invalid_indexes(connection_));
  }
  begin_entry(entry);
  open_ = entry.ordinal;
  try {
    entry.results = execute(statement, parameters);
  } catch (const SqlError&) {
    clean_up(entry, statement);
    throw;
  }
  entry.done = true;
  end_entry(entry);
  open_ = 0;
  ++done_;
  return std::move(*entry.results);
}

void JournalledStep::clean_up(const JournalEntry& entry, const PlainStatement& statement) {
  if (!connection_.is_open() || Interruption::signal() != 0) {
    return;  // the next run will
  }
  if (statement.outside.empty()) {
    return;  // it commits by itself, and may have done so before it failed: a person has to look
  }
  try {
    if (statement.aftermath == Aftermath::IndexBuilt) {
      const auto leftover = find_new(indexes_of(connection_, statement.table), entry.indexes);
      if (leftover.has_value() && !leftover->valid) {
        drop(*leftover, true);
      }
    }
    FencedTransaction transaction(connection_, lock_.fence());
    session_.journal().forget(step_, direction_, entry.ordinal);
    if (!pooled_) {
      connection_.execute(lock_.fence().release());
    }
    transaction.commit();
    open_ = 0;
  } catch (const SqlError&) {  // NOLINT(bugprone-empty-catch): the error before it is told
  } catch (const Error&) {     // NOLINT(bugprone-empty-catch)
  }
}

JournalledStep::Results JournalledStep::begin(const PlainStatement& statement) {
  JournalEntry entry = entry_of(statement, {});
  Results results = execute(statement, {});
  entry.results = results;
  entry.done = true;
  transaction_.begin(std::move(entry));
  return results;
}

JournalledStep::Results JournalledStep::inside(const PlainStatement& statement,
                                               const Parameters& parameters) {
  JournalEntry entry = entry_of(statement, parameters);
  entry.done = true;
  const auto send = [&] { return execute(statement, parameters); };
  return statement.effect == TransactionEffect::Ends ? transaction_.end(std::move(entry), send)
                                                     : transaction_.run(std::move(entry), send);
}

JournalledStep::Results JournalledStep::execute(const PlainStatement& statement,
                                                const Parameters& parameters) {
  if (parameters.has_value()) {
    return {connection_.execute(statement.text, *parameters)};
  }
  return connection_.execute(statement.text);
}

void JournalledStep::begin_entry(const JournalEntry& entry) {
  FencedTransaction transaction(connection_, lock_.fence());
  write(entry);
  if (!pooled_) {
    connection_.execute(lock_.fence().hold());
  }
  transaction.commit();
  if (pooled_) {
    lock_.check();
  }
}

void JournalledStep::end_entry(const JournalEntry& entry) {
  FencedTransaction transaction(connection_, lock_.fence());
  write(entry);
  if (!pooled_) {
    connection_.execute(lock_.fence().release());
  }
  transaction.commit();
}

void JournalledStep::write(const JournalEntry& entry) {
  session_.journal().write(step_, direction_, entry, session_.upgrades().id());
}

void JournalledStep::drop_leftover(const PlainStatement& statement) {
  if (statement.aftermath != Aftermath::IndexBuilt || statement.indexes.empty()) {
    return;
  }
  const std::optional<LiveIndex> index = find_index(connection_, statement.indexes.front());
  if (index.has_value() && !index->valid && !is_being_built(connection_, *index)) {
    drop(*index);
  }
}

void JournalledStep::drop(const LiveIndex& index, bool failed) {
  events_.dropping(index, failed);
  lock_.check();
  connection_.execute("DROP INDEX CONCURRENTLY IF EXISTS " + index.name);
}

JournalEntry JournalledStep::entry_of(const PlainStatement& statement,
                                      const Parameters& parameters) const {
  return {.ordinal = ordinal_,
          .checksum = checksum_of(statement.text, parameters),
          .statement = statement_beginning(statement.text)};
}

std::string JournalledStep::settings() const {
  return session_.plain_settings(own_settings_, pooled_);
}

Error JournalledStep::failure(const std::string& reason, const std::string& hint) const {
  Diagnostic diagnostic = step_failure(step_, direction_, reason);
  diagnostic.hint = hint;
  return Error(diagnostic);
}

}  // namespace medusa
