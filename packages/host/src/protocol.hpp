// SPDX-License-Identifier: MIT
// Requests and answers of medusa/host/protocol.hpp as JSON, without any process.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "medusa/host/protocol.hpp"

namespace medusa {

using Json = nlohmann::json;

[[nodiscard]] Json to_json(const CompileMember& member);
[[nodiscard]] Json to_json(const ModuleFile& file);
[[nodiscard]] Json to_json(const RecordMember& member);
[[nodiscard]] Json to_json(const ScriptRun& run);
[[nodiscard]] Json to_json(const std::vector<QueryResult>& results);
[[nodiscard]] Json to_json(const SqlErrorFields& fields);

[[nodiscard]] CompiledMember compiled_member_from(const Json& json);
[[nodiscard]] ModuleList module_list_from(const Json& json);
[[nodiscard]] ModuleDescription module_description_from(const Json& json);
[[nodiscard]] RecordedModule recorded_module_from(const Json& json);
[[nodiscard]] HostFlag host_flag_from(const Json& json);
[[nodiscard]] std::optional<std::vector<Parameter>> parameters_from(const Json& json);

/// The place an error object of the host names, if any.
[[nodiscard]] std::optional<Location> location_from(const Json& error);

}  // namespace medusa
