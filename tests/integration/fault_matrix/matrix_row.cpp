// SPDX-License-Identifier: MIT
#include "matrix_row.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "medusa/system/files.hpp"

#include "child_processes.hpp"
#include "injector.hpp"
#include "matrix_table.hpp"
#include "pg_bouncer.hpp"
#include "postgres_fixture.hpp"
#include "running_program.hpp"
#include "shape.hpp"

namespace medusa::fault {

namespace {

constexpr std::chrono::milliseconds kPause{2};
constexpr const char* kOnly = "MEDUSA_FAULT_POINT";
constexpr const char* kStride = "MEDUSA_FAULT_STRIDE";
constexpr const char* kFigures = "MEDUSA_FAULT_MATRIX";

/// Where Node starts twice for each of hundreds of points, on the way back, and where each point
/// has a pooler of its own, the suite takes every fourth of them, and of every row at most each
/// n-th if it is told so; who writes the table takes all.
std::size_t stride_of(const RowKey& key) {
  if (std::getenv(kFigures) != nullptr) {
    return 1;
  }
  constexpr std::size_t kThinned = 4;
  const bool is_slow = (key.code == Code::Dynamic && key.mode == "none") ||
                       key.direction == Direction::Down || key.way == Way::Pooled;
  const char* told = std::getenv(kStride);
  return std::max<std::size_t>(is_slow ? kThinned : 1, told == nullptr ? 1 : std::stoul(told));
}

constexpr std::ptrdiff_t kDumped = 10;  ///< pg_dump looks at each 10th point, and at the last.

void restart_after_crash(Subject& subject, Injector& injector) {
  if (injector.take_crash()) {
    PostgresFixture::shared().restart();
    subject.reconnect();
  }
}

/// A run through the proxy, in which the injector does what it does.
Outcome run_through(Subject& subject,
                    Way way,
                    Injector& injector,
                    std::vector<std::string>& problems) {
  std::optional<PgBouncer> pooler;
  if (way == Way::Pooled) {
    pooler.emplace("transaction");
  }
  ProtocolProxy proxy(
      pooler.has_value() ? pooler->socket() : PostgresFixture::shared().socket(),
      [&injector](const ProtocolMessage& message) { return injector.decide(message); });
  RunningProgram run(medusa_program().string(),
                     subject.shop().root(),
                     subject.arguments(Subject::names().size()),
                     subject.environment(proxy.port()));
  injector.watch(run.pid());
  std::vector<pid_t> children;
  while (!run.has_ended()) {
    if (subject.code() == Code::Dynamic) {
      const std::vector<pid_t> now = children_of(run.pid());
      children.insert(children.end(), now.begin(), now.end());
    }
    injector.look_midway(proxy);
    restart_after_crash(subject, injector);
    std::this_thread::sleep_for(kPause);
  }
  restart_after_crash(subject, injector);
  for (const pid_t child : children) {
    if (!eventually([&] { return !is_running(child); })) {
      problems.push_back("a process of the run stays");
    }
  }
  return run.wait();
}

}  // namespace

MatrixRow::MatrixRow(Subject& subject, RowKey key) : subject_(subject), key_(std::move(key)) {
  subject_.reset();
  before_ = Aftermath::read(subject_);
  observe();
}

/// The run to which all others must come, and its messages.
void MatrixRow::observe() {
  Injector injector;
  std::vector<std::string> problems;
  const Outcome outcome = run_through(subject_, key_.way, injector, problems);
  if (outcome.exit_code != 0 || !problems.empty() || !injector.problem().empty()) {
    throw std::runtime_error("the undisturbed run fails: " + injector.problem() + outcome.output +
                             outcome.errors);
  }
  moments_ = moments_for(key_.fault, key_.coverage, injector.moments());
  expected_ = Aftermath::read(subject_);
  dump_ = dump_of(subject_.database());
}

std::size_t MatrixRow::points() const {
  return moments_.size();
}

void MatrixRow::run() {
  const char* only = std::getenv(kOnly);
  const std::size_t stride = only == nullptr ? stride_of(key_) : 1;
  bool found = false;
  for (std::size_t i = 0; i < moments_.size(); i += stride) {
    if (only == nullptr || to_string(moments_[i]) == only) {
      found = true;
      run_point(moments_[i]);
    }
  }
  if (!found) {
    throw std::runtime_error("this row has no such point");
  }
}

void MatrixRow::run_point(const Moment& moment) {
  std::vector<std::string> problems;
  try {
    problems = problems_at(moment);
  } catch (const std::exception& error) {
    problems = {error.what()};
  }
  if (problems.empty()) {
    return;
  }
  ++failures_;
  std::cout << kOnly << "='" << to_string(moment) << "' (" << moment.type << ' ' << moment.text
            << ") fails:\n";
  for (const std::string& problem : problems) {
    std::cout << "  " << problem << '\n';
  }
}

Outcome MatrixRow::run_with_fault(const Moment& moment, std::vector<std::string>& problems) {
  Injector injector(key_.fault, moment, subject_.database().url());
  Outcome outcome = run_through(subject_, key_.way, injector, problems);
  if (!injector.has_fired()) {
    problems.push_back("the moment did not come");
  }
  if (!injector.problem().empty()) {
    problems.push_back("the fault could not be made: " + injector.problem());
  }
  return outcome;
}

/// Without anything left, a run finds that out; a revert would go too far.
Outcome MatrixRow::run_again(std::size_t steps) {
  if (steps == 0 && subject_.direction() == Direction::Down) {
    return {.exit_code = 0};
  }
  return subject_.shop().medusa(subject_.arguments(steps), subject_.environment());
}

std::vector<std::string> MatrixRow::problems_at(const Moment& moment) {
  const auto add = [](std::vector<std::string>& all, const std::vector<std::string>& more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  std::vector<std::string> problems;
  subject_.reset();
  const Outcome faulted = run_with_fault(moment, problems);
  const Aftermath between = Aftermath::read(subject_);
  add(problems, check_faulted(key_, faulted, before_, between));
  ++ends_[end_of(faulted, between)];
  const Outcome rerun = run_again(Subject::names().size() - between.ended);
  const Aftermath after = Aftermath::read(subject_);
  add(problems, check_rerun(rerun, between, after, expected_));
  if (&moment == &moments_.back() || (&moment - moments_.data()) % kDumped == 0) {
    if (dump_of(subject_.database()) != dump_) {
      problems.push_back("pg_dump's text is not that of an undisturbed run");
    }
  }
  const std::string ended = "the run ended with " + std::to_string(faulted.exit_code) + ":\n" +
                            faulted.output + faulted.errors;
  if (!problems.empty()) {
    problems.push_back(ended);
  } else if (std::getenv(kOnly) != nullptr) {
    std::cout << ended;
  }
  return problems;
}

void MatrixRow::publish() const {
  const char* folder = std::getenv(kFigures);
  if (folder == nullptr) {
    return;
  }
  const auto count = [this](End end) {
    const auto found = ends_.find(end);
    return found == ends_.end() ? std::size_t{0} : found->second;
  };
  const nlohmann::json row{{"points", points()},
                           {"failures", failures_},
                           {"done", count(End::Done)},
                           {"nothing", count(End::Nothing)},
                           {"part", count(End::Part)},
                           {"all", count(End::All)}};
  write_file(std::filesystem::path(folder) / file_of(key_), row.dump());
}

}  // namespace medusa::fault
