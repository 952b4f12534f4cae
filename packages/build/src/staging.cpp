// SPDX-License-Identifier: MIT
#include "staging.hpp"

#include <system_error>
#include <unistd.h>
#include <utility>

#include "medusa/core/error.hpp"
#include "medusa/system/files.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPrefix = ".migrations-";

}  // namespace

Staging::Staging(fs::path target) : target_(std::move(target)) {
  std::error_code error;
  for (const std::string& name : list_names(target_.parent_path())) {
    if (name.starts_with(kPrefix)) {
      fs::remove_all(target_.parent_path() / name, error);
    }
  }
  const fs::path parent = target_.parent_path();
  parent_is_ours_ = !fs::exists(parent, error);
  folder_ = parent / (std::string(kPrefix) + std::to_string(::getpid()));
  fs::create_directories(folder_, error);
  if (error) {
    throw Error({.code = ErrorCode::Build,
                 .message = "cannot create folder '" + folder_.string() + "': " + error.message()});
  }
}

Staging::Staging(Staging&& other) noexcept
    : target_(std::move(other.target_)),
      folder_(std::exchange(other.folder_, {})),
      parent_is_ours_(other.parent_is_ours_) {}

Staging::~Staging() {
  if (!folder_.empty()) {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
    if (parent_is_ours_) {
      fs::remove(folder_.parent_path(), ignored);  // unless somebody put something there since
    }
  }
}

void Staging::keep(const fs::path& file, Keep how) const {
  const fs::path from = target_ / file;
  const fs::path to = folder_ / file;
  if (!fs::exists(from)) {
    return;
  }
  std::error_code error;
  fs::create_directories(to.parent_path(), error);
  if (how == Keep::AsLink) {
    fs::create_hard_link(from, to, error);
  }
  if (how == Keep::AsCopy || error) {
    fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
  }
  if (error) {
    throw Error({.code = ErrorCode::Build,
                 .message = "cannot copy '" + from.string() + "': " + error.message()});
  }
}

void Staging::commit() {
  replace_folder(folder_, target_);
  folder_.clear();
}

}  // namespace medusa
