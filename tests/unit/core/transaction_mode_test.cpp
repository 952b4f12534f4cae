// SPDX-License-Identifier: MIT
#include "medusa/core/transaction_mode.hpp"

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("transaction modes are read by the names they are printed with", "[core]") {
  CHECK(parse_transaction_mode("all") == TransactionMode::All);
  CHECK(parse_transaction_mode("each") == TransactionMode::Each);
  CHECK(parse_transaction_mode("none") == TransactionMode::None);
  CHECK(to_string(TransactionMode::All) == "all");
  CHECK(to_string(TransactionMode::Each) == "each");
  CHECK(to_string(TransactionMode::None) == "none");
}

TEST_CASE("no other name is a transaction mode", "[core]") {
  CHECK_FALSE(parse_transaction_mode("").has_value());
  CHECK_FALSE(parse_transaction_mode("All").has_value());
  CHECK_FALSE(parse_transaction_mode("default").has_value());
}

}  // namespace medusa
