// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "medusa/schema/schema_state.hpp"
#include "medusa/sql/footprint.hpp"

namespace medusa {

/// What earlier statements of a connection left for later ones: settings, and the transaction that
/// is open (manual, "SET").
class SchemaSession {
 public:
  SchemaSession() = default;

  /// @param search_path what the connection begins with.
  /// @param entered what each transaction sets it to at its beginning; empty: nothing.
  /// @param user whose schema "$user" is.
  SchemaSession(std::vector<std::string> search_path,
                std::vector<std::string> entered,
                std::string user);

  /// A migration begins.
  void begin(TransactionScope scope);

  /// Its statement writes a setting.
  void set(const Effect& write);

  /// Where names without a schema are looked up, in order; not all of these need exist.
  [[nodiscard]] const std::vector<std::string>& search_path() const {
    return search_path_.current();
  }

  /// Whether a migration has set the path.
  [[nodiscard]] bool has_own_path() const {
    return search_path() != search_path_.initial && search_path() != entered_;
  }

  [[nodiscard]] bool checks_function_bodies() const { return checks_bodies_.current(); }

  /// Number of the open transaction; 0: each statement commits by itself.
  [[nodiscard]] std::uint32_t transaction() const { return transaction_; }

  /// Something was made that cannot be used before it is committed.
  void note_uncommitted() { has_uncommitted_ = transaction_ != 0; }

  [[nodiscard]] bool has_uncommitted() const { return has_uncommitted_; }

 private:
  template <typename Value>
  struct Setting {
    Value initial = {};
    Value session = {};
    std::optional<Value> local = {};  ///< Until the transaction ends.

    [[nodiscard]] const Value& current() const { return local ? *local : session; }

    void set(Value value, bool for_transaction) {
      if (for_transaction) {
        local = std::move(value);
      } else {
        session = std::move(value);
        local.reset();
      }
    }
  };

  [[nodiscard]] std::vector<std::string> with_user(std::vector<std::string> path) const;

  std::string user_ = {};
  std::vector<std::string> entered_ = {};
  Setting<std::vector<std::string>> search_path_ = {};
  Setting<bool> checks_bodies_ = {.initial = true, .session = true};
  std::uint32_t begun_ = 0;
  std::uint32_t transaction_ = 0;
  bool has_uncommitted_ = false;
};

}  // namespace medusa
