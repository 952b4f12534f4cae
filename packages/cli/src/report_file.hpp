// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <string>

#include "medusa/report/execution_reporter.hpp"
#include "medusa/report/upgrade_report.hpp"

#include "context.hpp"

namespace medusa {

/// Adds `--report FILE`.
void add_report_flag(CLI::App& command, std::string& file);

/// Runs an upgrade whose report is written to a file, if there is one: at the beginning, when it
/// says "running", and at the end, whichever that is.
class ReportFile {
 public:
  /// What the upgrade does with the observer; returns the exit status, after set_problem() if it
  /// has one.
  using Work = std::function<int(UpgradeReport&)>;

  /// @param file relative to the current folder; empty: none.
  ReportFile(Context& context, std::string file, std::string command);

  /// @throws what `work` throws; Error with ErrorCode::Usage, before the work, if the file cannot
  ///   be written.
  int around(const Work& work);

 private:
  void refuse_unfit_place() const;
  void write(const UpgradeReport& report, std::optional<int> exit) const;
  /// After the work: it is done, and must not seem to have failed.
  [[nodiscard]] int finish(const UpgradeReport& report, int status);

  Context& context_;
  std::string file_;
  std::string command_;
};

}  // namespace medusa
