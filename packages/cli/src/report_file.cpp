// SPDX-License-Identifier: MIT
#include "report_file.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "medusa/core/text.hpp"
#include "medusa/core/version.hpp"
#include "medusa/report/diagnostic.hpp"
#include "medusa/system/files.hpp"

namespace medusa {

void add_report_flag(CLI::App& command, std::string& file) {
  command.add_option("--report", file, "Write what happened to this file, as JSON")
      ->type_name("FILE");
}

ReportFile::ReportFile(Context& context, std::string file, std::string command)
    : context_(context),
      file_(std::move(file)),
      command_(std::move(command)) {}

void ReportFile::write(const UpgradeReport& report, std::optional<int> exit) const {
  if (!file_.empty()) {
    write_file(std::filesystem::absolute(file_), report.json(exit));
  }
}

int ReportFile::finish(const UpgradeReport& report, int status) {
  try {
    write(report, status);
    return status;
  } catch (const Error& error) {
    Diagnostic diagnostic = error.first();
    diagnostic.message = "the report was not written: " + diagnostic.message;
    render(diagnostic, context_.terminal());
    return status == 0 ? exit_code(error.code()) : status;
  }
}

/// A folder that is not there is more often a slip of the pen than a wish.
void ReportFile::refuse_unfit_place() const {
  if (file_.empty()) {
    return;
  }
  std::error_code ignored;
  if (std::filesystem::exists(file_, ignored) &&
      !std::filesystem::is_regular_file(file_, ignored)) {
    throw Error({.code = ErrorCode::Usage,
                 .message = "the report cannot be written to '" + file_ + "': it is no file"});
  }
  const std::filesystem::path folder = std::filesystem::absolute(file_).parent_path();
  if (!std::filesystem::is_directory(folder, ignored)) {
    throw Error({.code = ErrorCode::Usage,
                 .message = "the report cannot be written to '" + file_ +
                            "': there is no folder '" + folder.string() + "'",
                 .hint = "mkdir -p " + shell_word(folder.string())});
  }
}

int ReportFile::around(const Work& work) {
  ExecutionReporter reporter(context_.terminal(), version());
  UpgradeReport report(reporter, command_, std::string(version()));
  refuse_unfit_place();
  try {
    write(report, std::nullopt);
  } catch (const Error& error) {
    Diagnostic diagnostic = error.first();
    diagnostic.code = ErrorCode::Usage;
    throw Error(diagnostic);
  }
  int status = exit_code(ErrorCode::Internal);
  try {
    status = work(report);
  } catch (const Error& error) {
    report.set_problem(error);
    static_cast<void>(finish(report, exit_code(error.code())));
    throw;
  } catch (const std::exception& error) {
    report.set_problem(Error({.code = ErrorCode::Internal, .message = error.what()}));
    static_cast<void>(finish(report, status));
    throw;
  }
  return finish(report, status);
}

}  // namespace medusa
