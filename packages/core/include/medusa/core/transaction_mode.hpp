// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

namespace medusa {

/// How an upgrade is divided into transactions; the words and meanings are TypeORM's.
enum class TransactionMode {
  All,   ///< One transaction for the whole upgrade; a failure leaves nothing behind.
  Each,  ///< One transaction per migration; those before a failure stay.
  None,  ///< No transaction; a failing migration leaves its partial work.
};

[[nodiscard]] std::string_view to_string(TransactionMode mode);

/// The mode of that name, if there is one.
[[nodiscard]] std::optional<TransactionMode> parse_transaction_mode(std::string_view name);

}  // namespace medusa
