// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "medusa/core/location.hpp"
#include "medusa/sql/hazard.hpp"

namespace medusa {

/// A hazard that matters to this database: its table has rows, or may have.
struct PlannedHazard {
  HazardRule rule = HazardRule::IndexBlocksWrites;
  std::size_t position = 0;                ///< Of the step, from 1.
  std::string migration = {};              ///< Its id.
  Location place = {};                     ///< Of the statement.
  std::string table = {};                  ///< Empty: it is about none.
  std::optional<std::int64_t> rows = {};   ///< An estimate, as FilledTable has it.
  std::optional<std::int64_t> bytes = {};  ///< Likewise.
  TableLock lock = TableLock::None;
  TableWork work = TableWork::Catalog;
  std::string message = {};  ///< What happens to whom, for people.
  std::string safer = {};    ///< SQL, as Hazard has it.
  /// The statement is only sent after one answer of the database.
  bool asked = false;
};

}  // namespace medusa
