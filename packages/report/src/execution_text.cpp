// SPDX-License-Identifier: MIT
#include "execution_text.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "medusa/core/text.hpp"
#include "medusa/report/duration.hpp"

#include "display_width.hpp"
#include "progress_line.hpp"
#include "waiting_text.hpp"

namespace medusa {

namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

/// About 20 times a second: more cannot be read and only slows the terminal.
constexpr std::chrono::milliseconds kFrame{50};
/// As many lines as one takes in at a glance, and a small terminal holds.
constexpr std::size_t kReadableLines = 20;
/// Room for "123 ms", "12.3 s" and the like.
constexpr std::size_t kDurationWidth = 6;
constexpr std::size_t kShortestId = 8;

std::string right_aligned(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, display_width(text)), ' ');
}

/// Where lines stay, one for each quarter of a phase is enough.
constexpr int kPercentPerLine = 25;

/// "scanning table" of "building index: scanning table": what it is about is known.
std::string short_phase(const std::string& phase) {
  const std::size_t colon = phase.find(": ");
  return colon == std::string::npos ? phase : phase.substr(colon + 2);
}

}  // namespace

ExecutionText::ExecutionText(Terminal& terminal, ExecutionReporter::Now now)
    : terminal_(terminal),
      now_(std::move(now)),
      start_(now_()) {}

void ExecutionText::on_event(const ExecutionEvent& event) {
  const std::lock_guard lock(mutex_);
  std::visit([this](const auto& alternative) { show(alternative); }, event);
}

void ExecutionText::redraw() {
  const std::lock_guard lock(mutex_);
  if (terminal_.progress_is_visible()) {
    terminal_.refresh_progress(progress_text());
  }
}

void ExecutionText::show(const LockWaiting& event) {
  std::string what = "for " + holder_text(event.holder, event.reason);
  if (event.timeout.count() > 0) {
    what += ", at most " + format_duration(event.timeout);
  }
  terminal_.status("Waiting", what, Style::StrongCaution);
  waiting_ = event;
  start_ = now_();
  draw();
}

void ExecutionText::show(const UpgradeStarted& event) {
  waiting_.reset();
  terminal_.erase_progress();
  direction_ = event.plan.direction;
  rehearsal_ = event.rehearsal;
  total_ = event.plan.step_count();
  finished_ = 0;
  failed_ = false;
  start_ = now_();
  for (const PlanGroup& group : event.plan.groups) {
    for (const PlanStep& step : group.steps) {
      longest_id_ = std::max(longest_id_, display_width(step.migration.id()));
    }
  }
  for (const std::string& warning : event.plan.warnings) {
    terminal_.warn(warning);
  }
  const std::size_t hazards = event.plan.hazards.size();
  if (hazards > 0) {
    terminal_.warn(plural(hazards, "statement") + (hazards == 1 ? " is" : " are") +
                   " hard on a shop that is open: medusa migrations plan tells");
  }
}

void ExecutionText::show(const MigrationStarted& event) {
  current_ = event.position;
  current_id_ = event.step.migration.id();
  detail_.clear();
  amount_.clear();
  told_ = {};
  if (!terminal_.shows_progress() && terminal_.verbosity() == Verbosity::Verbose) {
    terminal_.status(
        verbs().present, position(event.position, event.total) + current_id_, Style::StrongAccent);
  }
  if (event.step.begun.has_value()) {
    terminal_.status("Going on",
                     position(event.position, event.total) + printable(current_id_) + ": " +
                         printable(to_text(*event.step.begun)),
                     Style::StrongCaution);
  }
  draw();
}

void ExecutionText::show(const StatementSent& /*event*/) {
  draw();
}

void ExecutionText::show(const MigrationPrinted& event) {
  for (const std::string_view line : lines(event.text)) {
    terminal_.status("Printed", printable(line), Style::Faint);
  }
  draw();
}

void ExecutionText::show(const MigrationFinished& event) {
  finished_ = event.position;
  detail_.clear();
  amount_.clear();
  if (shows_each()) {
    terminal_.status(verbs().past, finished_line(event));
  }
  draw();
}

void ExecutionText::show(const StatementBlocked& event) {
  terminal_.status("Waiting",
                   position(event.position, event.total) + current_id_ + ": blocked by " +
                       blockage_text(event.blockage),
                   Style::StrongCaution);
  draw();
}

void ExecutionText::show(const IndexProgress& event) {
  const std::optional<int> percent = event.build.percent();
  amount_ = percent.has_value() ? std::to_string(*percent) + " %" : "";
  detail_ = short_phase(event.build.phase);
  const bool is_new = event.build.phase != told_.phase ||
                      percent.value_or(0) - told_.percent().value_or(0) >= kPercentPerLine;
  if (!terminal_.shows_progress() && is_new) {
    told_ = event.build;
    const std::string of = event.build.relation.empty() ? "" : " of " + event.build.relation;
    terminal_.status(
        "Index",
        position(event.position, event.total) + current_id_ + ": " +
            printable(event.build.phase + of + (amount_.empty() ? "" : ", " + amount_)),
        Style::StrongAccent);
  }
  draw();
}

void ExecutionText::show(const InvalidIndexDropping& event) {
  terminal_.status(
      "Dropping",
      position(event.position, event.total) + printable(event.index) + " of " +
          printable(event.table) +
          (event.failed ? ": building it failed, and left it INVALID" : ", which was left INVALID"),
      Style::StrongCaution);
  draw();
}

void ExecutionText::show(const GroupRetrying& event) {
  detail_.clear();
  amount_.clear();
  std::string what = event.rolled_back == 0 ? "" : plural(event.rolled_back, "migration") + ", ";
  what += "to let others through: ";
  what += event.blockage.blockers.empty() ? printable(event.problem)
                                          : "blocked by " + blockage_text(event.blockage);
  terminal_.status("Rolled back",
                   what + "; again in " +
                       format_duration(duration_cast<microseconds>(event.pause)) + " (attempt " +
                       std::to_string(event.attempt + 1) + ')',
                   Style::StrongCaution);
  draw();
}

void ExecutionText::show(const CommitResolved& event) {
  const std::string what = plural(event.steps, "migration");
  switch (event.outcome) {
    case CommitOutcome::Committed:
      terminal_.warn(
          "the connection was lost while " + what + (event.steps == 1 ? " was" : " were") +
          " committed; asked again, the database has " + (event.steps == 1 ? "it" : "them"));
      break;
    case CommitOutcome::RolledBack:
      terminal_.warn("the connection was lost; asked again, the database has nothing of the " +
                     what + " of the open transaction");
      break;
    case CommitOutcome::Unknown:
      terminal_.warn("the connection was lost, and the database cannot be reached any more");
      break;
  }
}

void ExecutionText::show(const GroupCommitted& event) {
  if (terminal_.verbosity() == Verbosity::Verbose) {
    terminal_.status("Committed", plural(event.steps, "migration"));
    draw();
  }
}

void ExecutionText::show(const MigrationFailed& event) {
  failed_ = true;
  terminal_.status("Failed",
                   position(event.position, event.total) + event.step.migration.id(),
                   Style::StrongBad);
}

void ExecutionText::show(const UpgradeFinished& event) {
  terminal_.erase_progress();
  const std::string done = plural(event.done, "migration");
  if (!failed_ && event.rolled_back == 0 && event.not_run == 0) {
    if (event.done > 0) {
      terminal_.answer(std::string(verbs().past) + ' ' + done + " in " +
                       format_duration(event.duration));
    }
    return;
  }
  if (event.done > 0) {
    terminal_.status(verbs().past, done, Style::StrongGood);
  }
  if (event.rolled_back > 0) {
    terminal_.status("Rolled back", plural(event.rolled_back, "migration"), Style::StrongCaution);
  }
  if (event.unknown > 0) {
    terminal_.status("Not known", plural(event.unknown, "migration"), Style::StrongCaution);
  }
  if (event.not_run > 0) {
    terminal_.status("Not run", plural(event.not_run, "migration"), Style::StrongCaution);
  }
}

ExecutionText::Verbs ExecutionText::verbs() const {
  if (rehearsal_) {
    return {.past = "Executed", .present = "Executing"};
  }
  return direction_ == Direction::Up ? Verbs{.past = "Applied", .present = "Applying"}
                                     : Verbs{.past = "Reverted", .present = "Reverting"};
}

/// Whether each migration gets a line that stays.
bool ExecutionText::shows_each() const {
  return !terminal_.shows_progress() || terminal_.verbosity() == Verbosity::Verbose ||
         total_ <= kReadableLines;
}

/// "[ 3/79] ", aligned on terminals only: elsewhere lines are searched, not looked at.
std::string ExecutionText::position(std::size_t number, std::size_t total) const {
  const std::string all = std::to_string(total);
  const std::size_t width = terminal_.talk_look().columns > 0 ? all.size() : 0;
  return '[' + right_aligned(std::to_string(number), width) + '/' + all + "] ";
}

std::string ExecutionText::finished_line(const MigrationFinished& event) const {
  const Look look = terminal_.talk_look();
  const std::string number = position(event.position, event.total);
  const std::string id = printable(event.step.migration.id());
  const std::string duration = format_duration(event.duration);
  if (look.columns == 0) {
    return number + id + "  " + duration;
  }
  const std::size_t around = look.verb_width() + 1 + number.size() + 2 + kDurationWidth;
  const std::size_t room = std::max(look.columns, around + kShortestId) - around;
  const std::size_t width = std::min(longest_id_, room);
  return number + padded(shortened(id, width, look.ellipsis()), width) + "  " +
         right_aligned(duration, kDurationWidth);
}

std::string ExecutionText::progress_text() const {
  const Look look = terminal_.talk_look();
  const auto elapsed = duration_cast<microseconds>(now_() - start_);
  if (waiting_.has_value()) {
    return look.verb("Waited", Style::StrongCaution) + elapsed_text(elapsed);
  }
  return progress_line({.verb = verbs().present,
                        .finished = finished_,
                        .position = current_,
                        .total = total_,
                        .what = current_id_,
                        .detail = detail_,
                        .amount = amount_,
                        .elapsed = elapsed},
                       look);
}

void ExecutionText::draw() {
  const TimePoint now = now_();
  if (terminal_.shows_progress() &&
      (!terminal_.progress_is_visible() || now - last_drawn_ >= kFrame)) {
    last_drawn_ = now;
    terminal_.progress(progress_text());
  }
}

}  // namespace medusa
