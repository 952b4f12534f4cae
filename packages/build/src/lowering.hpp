// SPDX-License-Identifier: MIT
// What the recording of a module becomes on disk: the programs for us, and readable SQL for review.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/build/event.hpp"
#include "medusa/catalog/lowered.hpp"
#include "medusa/catalog/manifest.hpp"
#include "medusa/host/protocol.hpp"

namespace medusa {

/// Folder and stem of the files that belong to an output, e.g. ".../1700000000000-add-x".
[[nodiscard]] std::filesystem::path lowered_stem(const std::filesystem::path& folder,
                                                 const std::filesystem::path& output);

/// How the names of those files end: programs for us, and SQL to read.
inline constexpr std::array<std::string_view, 3> kLoweredEndings{
    ".lowered.json", ".up.sql", ".down.sql"};

/// The files that a migration may have beside its output, which is relative to its folder:
/// programs, and SQL to read.
[[nodiscard]] std::vector<std::filesystem::path> lowered_files(const std::filesystem::path& output);

/// One direction of a migration as SQL to read, under the migration's name.
[[nodiscard]] std::string readable(const std::string& name, const Lowering& lowering);

/// Writes `<stem>.lowered.json`, `<stem>.up.sql` and `<stem>.down.sql`, and notes in the entry what
/// is lowered and why the rest is not.
void write_lowering(const RecordedModule& module,
                    const std::filesystem::path& folder,
                    ManifestEntry& entry);

/// Statements that PostgreSQL's parser does not accept, each with the place of what it stumbles
/// over, as far as the SQL stands in a source literally, else with the place that sends it. They
/// are no errors: the server may be newer than our parser, and a `down` may never be used.
[[nodiscard]] std::vector<SuspiciousStatement> suspicious_statements(
    const RecordedModule& module,
    const std::filesystem::path& member_root,
    const std::filesystem::path& source);

}  // namespace medusa
