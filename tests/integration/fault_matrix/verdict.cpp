// SPDX-License-Identifier: MIT
#include "verdict.hpp"

#include <algorithm>
#include <utility>

#include "report.hpp"
#include "subject.hpp"

namespace medusa::fault {

namespace {

/// Collects what does not hold.
class Findings {
 public:
  void expect(bool holds, const std::string& otherwise) {
    if (!holds) {
      found_.push_back(otherwise);
    }
  }

  [[nodiscard]] std::vector<std::string> take() { return std::move(found_); }

 private:
  std::vector<std::string> found_ = {};
};

bool is_beginning_of(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
  return part.size() <= whole.size() && std::equal(part.begin(), part.end(), whole.begin());
}

std::string counted(const char* what, std::size_t number) {
  return std::string(what) + ' ' + std::to_string(number);
}

void check_counts(Findings& findings,
                  const Report::Counts& counts,
                  bool failed_one,
                  std::size_t ended) {
  const std::size_t sum =
      counts.done + counts.rolled_back + counts.failed + counts.not_run + counts.unknown;
  findings.expect(sum == Subject::names().size(), counted("the counts do not add up:", sum));
  findings.expect(counts.failed <= (failed_one ? 1U : 0U),
                  counted("it names none, and says failed:", counts.failed));
  findings.expect(counts.done <= ended && ended <= counts.done + counts.unknown,
                  counted("it says done:", counts.done) + counted(", are", ended));
}

void check_claims(Findings& findings,
                  const Outcome& faulted,
                  const Aftermath& before,
                  const Aftermath& after) {
  const Report report = Report::of(faulted);
  const std::size_t ended = after.ended;
  findings.expect(faulted.exit_code != 0 || ended == Subject::names().size(),
                  counted("it ended with 0, and done are only", ended));
  if (report.counts.has_value()) {
    check_counts(findings, *report.counts, report.failed_one, ended);
    findings.expect(faulted.exit_code != 0 || report.counts->done == Subject::names().size(),
                    "it ended with 0, and does not say that all is done");
  } else {
    findings.expect(ended == 0, counted("it tells nothing, and done are", ended));
  }
  if (report.as_it_was_before) {
    findings.expect(after.shape == before.shape,
                    "it says that the database is as it was before, which it is not");
  }
}

/// What the rows of upgrades say while nobody runs.
void check_upgrades(Findings& findings, const Aftermath& after) {
  const std::size_t total = Subject::names().size();
  for (const UpgradeRow& row : after.upgrades) {
    findings.expect(row.outcome != "done" || (row.finished && after.ended == total),
                    "an upgrade is called done, and is not");
    findings.expect(
        row.outcome != "failed" || (row.finished && !(after.ended == 0 && after.effects.empty())),
        "an upgrade is called failed, and nothing of it remains");
  }
}

}  // namespace

End end_of(const Outcome& faulted, const Aftermath& after) {
  if (faulted.exit_code == 0) {
    return End::Done;
  }
  if (after.ended == 0) {
    return End::Nothing;
  }
  return after.ended < Subject::names().size() ? End::Part : End::All;
}

std::vector<std::string> check_faulted(const RowKey& key,
                                       const Outcome& faulted,
                                       const Aftermath& before,
                                       const Aftermath& after) {
  Findings findings;
  const std::size_t ended = after.ended;
  const int code = exit_code_of(key.fault);
  findings.expect(
      faulted.exit_code == code || (faulted.exit_code == 0 && code != kKilled),
      "it ended with " + std::to_string(faulted.exit_code) + ", not with " + std::to_string(code));
  if (faulted.exit_code != kKilled) {
    check_claims(findings, faulted, before, after);
  }
  findings.expect(is_beginning_of(after.applied, Subject::names()),
                  "what is applied is no beginning of the plan");
  const bool one_by_one = key.mode == "none" || key.code == Code::Concurrent;
  findings.expect(key.mode != "all" || one_by_one || ended == 0 || ended == Subject::names().size(),
                  counted("in one transaction, done are", ended));
  // Statement by statement, one may be there before its migration is recorded.
  const std::size_t effects = after.effects.size();
  findings.expect(effects == ended || (one_by_one && effects == ended + 1),
                  counted("done are", ended) + counted(", effects", effects));
  findings.expect(after.recorded == after.applied, "what we recorded is not what is applied");
  check_upgrades(findings, after);
  return findings.take();
}

std::vector<std::string> check_rerun(const Outcome& rerun,
                                     const Aftermath& before,
                                     const Aftermath& after,
                                     const Aftermath& expected) {
  Findings findings;
  findings.expect(rerun.exit_code == 0,
                  "the rerun ended with " + std::to_string(rerun.exit_code) + ":\n" + rerun.output +
                      rerun.errors);
  const Report report = Report::of(rerun);
  const std::size_t left = Subject::names().size() - before.ended;
  findings.expect((report.counts.has_value() ? report.counts->done : 0) == left,
                  counted("the rerun does not say that it did", left));
  findings.expect(after.applied == expected.applied, "not every migration is applied once");
  findings.expect(after.recorded == expected.recorded, "not every migration is recorded once");
  findings.expect(after.effects == expected.effects, "the effects are not those of one run");
  findings.expect(after.invalid.empty(), "an index is invalid");
  findings.expect(after.shape == expected.shape,
                  "the schema or the data is not that of an undisturbed run");
  check_upgrades(findings, after);
  findings.expect(std::none_of(after.upgrades.begin(),
                               after.upgrades.end(),
                               [](const UpgradeRow& row) { return row.outcome == "running"; }),
                  "an upgrade is said to be running");
  findings.expect(!after.upgrades.empty() && after.upgrades.back().outcome == "done",
                  "the last upgrade is not called done");
  return findings.take();
}

}  // namespace medusa::fault
