// SPDX-License-Identifier: MIT
#include "medusa/database/sql_error.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace medusa {

namespace {

using Name = std::pair<std::string_view, std::string_view>;

constexpr std::array kNames{
    Name{"21000", "cardinality violation"},
    Name{"22001", "string too long"},
    Name{"22003", "number out of range"},
    Name{"22007", "invalid date or time"},
    Name{"22008", "date or time out of range"},
    Name{"22012", "division by zero"},
    Name{"22023", "invalid parameter"},
    Name{"22P02", "invalid text representation"},
    Name{"23502", "not-null violation"},
    Name{"23503", "foreign key violation"},
    Name{"23505", "unique violation"},
    Name{"23514", "check violation"},
    Name{"25001", "cannot run inside a transaction"},
    Name{"25006", "read-only transaction"},
    Name{"25P02", "transaction already failed"},
    Name{"2BP01", "other objects depend on it"},
    Name{"3D000", "database does not exist"},
    Name{"3F000", "schema does not exist"},
    Name{"40001", "serialization failure"},
    Name{"40P01", "deadlock"},
    Name{"42501", "insufficient privilege"},
    Name{"42601", "syntax error"},
    Name{"42701", "duplicate column"},
    Name{"42703", "undefined column"},
    Name{"42704", "undefined object"},
    Name{"42710", "duplicate object"},
    Name{"42723", "duplicate function"},
    Name{"42804", "type mismatch"},
    Name{"42830", "invalid foreign key"},
    Name{"42883", "undefined function"},
    Name{"42P01", "undefined table"},
    Name{"42P06", "duplicate schema"},
    Name{"42P07", "duplicate table"},
    Name{"42P16", "invalid table definition"},
    Name{"55006", "object in use"},
    Name{"55P03", "lock not available"},
    Name{"55P04", "unsafe use of a new enum value"},
    Name{"57014", "cancelled"},
    Name{"57P01", "connection ended by the administrator"},
    Name{"58P01", "file missing on the server"},
    Name{"P0001", "raised by a function"},
};

}  // namespace

SqlError::SqlError(SqlErrorFields fields) : fields_(std::move(fields)) {
  what_ = fields_.sqlstate + ": " + fields_.message;
}

std::string_view sqlstate_name(std::string_view sqlstate) {
  const auto found = std::find_if(
      kNames.begin(), kNames.end(), [&](const Name& name) { return name.first == sqlstate; });
  return found == kNames.end() ? std::string_view{} : found->second;
}

}  // namespace medusa
