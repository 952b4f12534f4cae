// SPDX-License-Identifier: MIT
// A real folder for one test, and the problems that a call reports.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/core/error.hpp"

namespace medusa::test {

/// A fresh folder, removed with everything in it at the end. Paths are relative to it.
class TemporaryTree {
 public:
  TemporaryTree() {
    std::string pattern = (std::filesystem::temp_directory_path() / "medusa-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
      throw std::runtime_error("cannot make a temporary folder");
    }
    root_ = std::filesystem::canonical(pattern);
  }

  ~TemporaryTree() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }

  TemporaryTree(const TemporaryTree&) = delete;
  TemporaryTree& operator=(const TemporaryTree&) = delete;
  TemporaryTree(TemporaryTree&&) = delete;
  TemporaryTree& operator=(TemporaryTree&&) = delete;

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }

  std::filesystem::path write(const std::filesystem::path& path, std::string_view content) {
    std::filesystem::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path, std::ios::binary) << content;
    return root_ / path;
  }

  std::filesystem::path folder(const std::filesystem::path& path) {
    std::filesystem::create_directories(root_ / path);
    return root_ / path;
  }

  /// Makes `path` a symbolic link to `target`, which is taken as it is.
  void link(const std::filesystem::path& path, const std::filesystem::path& target) {
    std::filesystem::create_directories((root_ / path).parent_path());
    std::filesystem::create_directory_symlink(target, root_ / path);
  }

 private:
  std::filesystem::path root_;
};

/// What `call` reports; empty if it succeeds.
template <typename Call>
std::vector<Diagnostic> problems_of(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.diagnostics();
  }
  return {};
}

}  // namespace medusa::test
