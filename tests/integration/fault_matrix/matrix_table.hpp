// SPDX-License-Identifier: MIT
// The table of TESTING.md, from the figures that the tests of the matrix leave.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "row_key.hpp"

namespace medusa::fault {

/// Name of the file in which a row leaves its figures.
[[nodiscard]] std::string file_of(const RowKey& key);

/// The table between its two marks, from the files of a folder.
/// @throws std::runtime_error if a row is missing or has points that fail.
[[nodiscard]] std::string matrix_table(const std::filesystem::path& figures);

/// `document` with the table in the place of the one that is there.
/// @throws std::runtime_error if it has no place for one.
[[nodiscard]] std::string with_table(const std::string& document, const std::string& table);

/// A row of a table as it is written, cell by cell; empty if the line is none.
[[nodiscard]] std::vector<std::string> cells_of(const std::string& line);

/// The first cells of a row: plan, mode, fault.
[[nodiscard]] std::vector<std::string> title_of(const RowKey& key);

/// The lines of the document's table below its head.
[[nodiscard]] std::vector<std::string> rows_in(const std::string& document);

}  // namespace medusa::fault
