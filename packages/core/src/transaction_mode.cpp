// SPDX-License-Identifier: MIT
#include "medusa/core/transaction_mode.hpp"

namespace medusa {

std::string_view to_string(TransactionMode mode) {
  switch (mode) {
    case TransactionMode::Each:
      return "each";
    case TransactionMode::None:
      return "none";
    case TransactionMode::All:
      break;
  }
  return "all";
}

std::optional<TransactionMode> parse_transaction_mode(std::string_view name) {
  for (const TransactionMode mode :
       {TransactionMode::All, TransactionMode::Each, TransactionMode::None}) {
    if (to_string(mode) == name) {
      return mode;
    }
  }
  return std::nullopt;
}

}  // namespace medusa
