// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "medusa/catalog/lowered.hpp"

namespace medusa {

/// The words of all statements that run before something: whoever is not among them was not named,
/// be it as an identifier, in a string or in a function's body. No parser's work: it errs only
/// towards "named".
class NamedBefore {
 public:
  /// A statement of the step at `position`; steps may come in any order.
  void add(const LoweredStatement& statement, std::size_t position);

  /// The latest step that names it, with all its words.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;

  /// How many statements were added.
  [[nodiscard]] std::size_t statements() const { return statements_; }

 private:
  void add_word(std::string word, std::size_t position);

  std::unordered_map<std::string, std::size_t> latest_;  ///< Word to position.
  std::size_t statements_ = 0;
};

}  // namespace medusa
