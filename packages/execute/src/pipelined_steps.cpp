// SPDX-License-Identifier: MIT
#include "pipelined_steps.hpp"

#include <utility>

#include "step_connection.hpp"

namespace medusa {

namespace {

/// How much may be on its way. More gains nothing, and a failure would have to be waited for
/// longer.
constexpr std::size_t kMostSteps = 32;
constexpr std::size_t kMostBytes = 1'000'000;

std::size_t size_of(const KnownStep& known) {
  std::size_t size = 0;
  for (const KnownStatement& each : known.statements) {
    size += each.statement.sql.size();
    for (const auto& value :
         each.statement.parameters.value_or(std::vector<std::optional<std::string>>{})) {
      size += value.has_value() ? value->size() : 0;
    }
  }
  return size;
}

}  // namespace

PipelinedSteps::PipelinedSteps(WorkSession& session, Direction direction, Events events)
    : session_(session),
      direction_(direction),
      events_(std::move(events)) {}

void PipelinedSteps::take(const PlanStep& step, KnownStep known) {
  guarded([&] {
    if (!pipeline_.has_value()) {
      pipeline_.emplace(session_.connection());
    }
    const std::size_t size = size_of(known);
    entries_.push_back({.step = step, .known = std::move(known), .size = size});
    ahead_ += size;
    if (entries_.size() == 1) {
      begin_first();
    }
    send(entries_.back());
    while (entries_.size() > kMostSteps || (entries_.size() > 1 && ahead_ > kMostBytes)) {
      finish_first();
    }
  });
}

void PipelinedSteps::settle() {
  guarded([&] {
    while (!entries_.empty()) {
      finish_first();
    }
  });
  pipeline_.reset();
}

/// The connection must be free again before anybody rolls back.
template <typename Work>
void PipelinedSteps::guarded(Work work) {
  try {
    work();
  } catch (...) {
    entries_.clear();
    ahead_ = 0;
    pipeline_.reset();
    throw;
  }
}

void PipelinedSteps::send(const Entry& entry) {
  const SqlCommand clock = session_.upgrades().start_of_step();
  pipeline_->send(clock.sql, clock.parameters);
  for (const KnownStatement& each : entry.known.statements) {
    pipeline_->send(each.statement.sql,
                    parameters_of(each.statement).value_or(std::vector<Parameter>{}));
  }
  send_record(entry);
  pipeline_->flush();
}

void PipelinedSteps::send_record(const Entry& entry) {
  const Migration& migration = entry.step.migration;
  const SqlCommand record =
      direction_ == Direction::Down
          ? session_.upgrades().removal(migration)
          : session_.upgrades().insertion(migration, {.sql = readable_sql(entry.known.lowering)});
  pipeline_->send(record.sql, record.parameters);
}

void PipelinedSteps::finish_first() {
  const Entry& first = entries_.front();
  (void)pipeline_->receive();  // the clock
  for (const KnownStatement& each : first.known.statements) {
    try {
      (void)pipeline_->receive();
    } catch (const SqlError& error) {
      throw each.failure(error);
    }
  }
  (void)pipeline_->receive();  // the record
  const PlanStep& step = first.step;
  ahead_ -= first.size;
  entries_.pop_front();
  events_.ended(step, std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun_));
  if (!entries_.empty()) {
    begin_first();
  }
}

void PipelinedSteps::begin_first() {
  begun_ = Clock::now();
  events_.begun(entries_.front().step);
}

}  // namespace medusa
