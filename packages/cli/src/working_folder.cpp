// SPDX-License-Identifier: MIT
#include "working_folder.hpp"

#include <string>
#include <vector>

#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> folders_in(const fs::path& parent) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(parent, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->is_directory(error)) {
      names.push_back(entry->path().filename().string());
    }
  }
  return names;
}

std::string hint_for(const fs::path& folder) {
  if (fs::is_regular_file(folder)) {
    return "-C takes a folder: -C " + shell_word(fs::absolute(folder).parent_path().string());
  }
  if (fs::exists(folder)) {
    return "ls -ld " + shell_word(folder.string());
  }
  // The first part of the path that is not there is the one that is wrong.
  const fs::path whole = fs::absolute(folder).lexically_normal();
  fs::path there;
  for (auto part = whole.begin(); part != whole.end(); ++part) {
    if (fs::exists(there / *part)) {
      there /= *part;
      continue;
    }
    const auto close = closest_match(part->string(), folders_in(there));
    if (!close.has_value()) {
      break;
    }
    fs::path meant = there / *close;
    while (++part != whole.end()) {
      meant /= *part;
    }
    return "did you mean -C " + shell_word(meant.string()) + "?";
  }
  return "-C takes the folder of a medusa.toml, or one below it; '" + there.string() +
         "' is as far as this path goes";
}

}  // namespace

void work_in(const fs::path& folder) {
  std::error_code error;
  fs::current_path(folder, error);
  if (error) {
    throw Error({.code = ErrorCode::Usage,
                 .message = "cannot work in '" + folder.string() + "': " + error.message(),
                 .hint = hint_for(folder)});
  }
}

}  // namespace medusa
