// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

namespace medusa {

/// A place in a file that a person can open. Lines and columns count from 1; 0 means unknown.
struct Location {
  std::filesystem::path file = {};
  int line = 0;
  int column = 0;
  /// The text of that line, when whoever made the location had it at hand.
  std::string text = {};
};

}  // namespace medusa
