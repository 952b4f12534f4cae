// SPDX-License-Identifier: MIT
// What was measured, as Markdown: printed as it comes, and written to a file in the end.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bar.hpp"

namespace medusa {

/// Rows of texts below a heading, padded so that they can be read as they are. The first column is
/// aligned to the left, all others to the right.
[[nodiscard]] std::string markdown_table(const std::vector<std::string>& heading,
                                         const std::vector<std::vector<std::string>>& rows);

/// One section after the other, and the bars, which stand before them in the file.
class Results {
 public:
  /// Prints the section.
  void add(const std::string& title, const std::string& text);

  /// Prints the bar.
  void add(const Bar& bar);

  /// Writes machine, bars and sections into the file: between the two lines that mark them, what
  /// people wrote around stays; a file without them is replaced.
  void write(const std::filesystem::path& file, const std::string& machine) const;

 private:
  [[nodiscard]] std::string bars() const;

  std::string sections_ = {};
  std::vector<Bar> bars_ = {};
};

/// For standard output, at once.
void print(const std::string& text);

}  // namespace medusa
