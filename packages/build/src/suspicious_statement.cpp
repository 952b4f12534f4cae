// SPDX-License-Identifier: MIT
#include <algorithm>

#include "medusa/sql/position.hpp"
#include "medusa/sql/statement.hpp"
#include "medusa/system/files.hpp"

#include "lowering.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kShownSql = 200;

class SuspiciousStatements {
 public:
  SuspiciousStatements(const fs::path& member_root, const fs::path& source)
      : member_root_(member_root),
        source_(source) {}

  void look_at(const LoweredProgram& program) {
    for (const LoweredNode& node : program) {
      try {
        (void)split_statements(node.statement.sql);
      } catch (const Error& error) {
        add(node.statement, error.first());
      }
      look_at(node.yes);
      look_at(node.no);
    }
  }

  [[nodiscard]] std::vector<SuspiciousStatement> take() { return std::move(found_); }

 private:
  void add(const LoweredStatement& statement, const Diagnostic& problem) {
    const Location sent = statement.place;
    const fs::path file = sent.file.empty() ? source_ : sent.file;
    const Location place =
        place_in(file, statement.sql, problem.location.value_or(Location{}), sent);
    const fs::path relative = file.lexically_relative(member_root_);
    const bool below = !relative.empty() && *relative.begin() != "..";
    SuspiciousStatement suspicious{.message = problem.message,
                                   .sql = statement.sql.substr(0, kShownSql),
                                   .file = (below ? relative : file).native(),
                                   .line = place.line,
                                   .column = place.column};
    if (std::find(found_.begin(), found_.end(), suspicious) == found_.end()) {
      found_.push_back(std::move(suspicious));
    }
  }

  /// `in_sql` as a place of the file, if the SQL stands there as it is sent, else `otherwise`.
  static Location place_in(const fs::path& file,
                           const std::string& sql,
                           const Location& in_sql,
                           const Location& otherwise) {
    const std::string content = read_file_if_present(file).value_or("");
    const std::size_t offset = content.find(sql);
    if (offset == std::string::npos || in_sql.line == 0) {
      return otherwise;
    }
    const Location begin = position_at(content, offset);
    return {.line = begin.line + in_sql.line - 1,
            .column = in_sql.line == 1 ? begin.column + in_sql.column - 1 : in_sql.column};
  }

  const fs::path& member_root_;
  const fs::path& source_;
  std::vector<SuspiciousStatement> found_ = {};
};

}  // namespace

std::vector<SuspiciousStatement> suspicious_statements(const RecordedModule& module,
                                                       const fs::path& member_root,
                                                       const fs::path& source) {
  SuspiciousStatements statements(member_root, source);
  for (const LoweredMigration& migration : module.migrations) {
    for (const Lowering* lowering : {&migration.up, &migration.down}) {
      if (lowering->program.has_value()) {
        statements.look_at(*lowering->program);
      }
    }
  }
  return statements.take();
}

}  // namespace medusa
