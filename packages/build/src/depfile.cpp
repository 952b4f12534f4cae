// SPDX-License-Identifier: MIT
#include "medusa/build/depfile.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <system_error>

#include "medusa/system/files.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

/// Backslashes are doubled only in front of what is escaped; elsewhere they mean themselves.
std::string escaped(const std::string& path) {
  std::string text;
  std::size_t backslashes = 0;
  for (const char character : path) {
    if (character == ' ' || character == '#') {
      text.append(backslashes + 1, '\\');
    } else if (character == '$') {
      text += '$';
    }
    backslashes = character == '\\' ? backslashes + 1 : 0;
    text += character;
  }
  return text;
}

/// Whether make, Ninja and CMake in between all read the name as it is meant. Ninja ends a name at
/// quotes and the like, CMake hands `$` to make as it is.
bool fits_into_depfile(const fs::path& path) {
  constexpr std::string_view kPlain = "/_.-+,@% #";
  return std::all_of(path.native().begin(), path.native().end(), [&](char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte >= 0x80 || std::isalnum(byte) != 0 ||
           kPlain.find(character) != std::string_view::npos;
  });
}

bool changed_since(const fs::path& path, fs::file_time_type start) {
  std::error_code gone;
  const fs::file_time_type time = fs::last_write_time(path, gone);
  return gone || time >= start;
}

bool is_below(const fs::path& path, const fs::path& folder) {
  return path == folder || path.native().starts_with((folder / "").native());
}

/// What a build writes: nobody else's change can be seen by the times there. Nor by that of the
/// folder around it, if the build has created it.
class OwnFolders {
 public:
  OwnFolders(const Workspace& workspace, const BuildResult& result) {
    folders_.push_back(workspace.root / ".medusa");
    for (const DescribedMember& described : result.members) {
      if (!described.member.installed && described.member.role != Role::Module) {
        folders_.push_back(described.member.root / "dist");
      }
    }
  }

  [[nodiscard]] bool account_for(const fs::path& path, fs::file_time_type start) const {
    return std::any_of(folders_.begin(), folders_.end(), [&](const fs::path& folder) {
      return is_below(path, folder) ||
             (path == folder.parent_path() && changed_since(folder, start));
    });
  }

 private:
  std::vector<fs::path> folders_ = {};
};

}  // namespace

std::string depfile_text(const fs::path& target, const std::vector<fs::path>& inputs) {
  std::string text = escaped(target.native()) + ':';
  for (const fs::path& input : inputs) {
    text += " \\\n  " + escaped(input.native());
  }
  return text + '\n';
}

void write_stamp(const BuildStamp& files,
                 const std::vector<fs::path>& inputs,
                 const Workspace& workspace,
                 const BuildResult& result,
                 fs::file_time_type start) {
  const OwnFolders own(workspace, result);
  std::vector<fs::path> named;
  std::copy_if(inputs.begin(), inputs.end(), std::back_inserter(named), fits_into_depfile);
  write_file(files.depfile, depfile_text(files.stamp, named));
  write_file(files.stamp, "");
  // In this order: what changes after the look at it is newer than the stamp.
  const bool is_certain = named.size() == inputs.size() &&
                          std::none_of(inputs.begin(), inputs.end(), [&](const fs::path& input) {
                            return changed_since(input, start) && !own.account_for(input, start);
                          });
  if (!is_certain) {
    std::error_code ignored;  // the worst is that a change during the build is seen one build later
    fs::remove(files.stamp, ignored);
  }
}

}  // namespace medusa
