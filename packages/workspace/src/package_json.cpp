// SPDX-License-Identifier: MIT
#include "package_json.hpp"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "medusa/core/error.hpp"
#include "medusa/system/files.hpp"

#include "declared_order_json.hpp"
#include "json_places.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

using nlohmann::json;

[[noreturn]] void fail(const fs::path& file, Location location, std::string reason) {
  throw Error({.code = ErrorCode::Workspace,
               .message = '\'' + file.string() + "' is not a valid package.json",
               .location = std::move(location),
               .notes = {std::move(reason)},
               .hint = "correct " + file.string()});
}

/// The reason without nlohmann's exception name and its own account of the place.
std::string reason_of(const json::parse_error& error) {
  constexpr std::string_view before_reason = ": ";
  const std::string_view what = error.what();
  const std::size_t place = what.find("parse error");
  const std::size_t begin = what.find(before_reason, place == std::string_view::npos ? 0 : place);
  return std::string(begin == std::string_view::npos ? what
                                                     : what.substr(begin + before_reason.size()));
}

json parse(const fs::path& file, const std::string& text) {
  try {
    return json::parse(text);
  } catch (const json::parse_error& error) {
    // `byte` is how many bytes were read, the offending one included.
    fail(file, json_place(file, text, error.byte == 0 ? 0 : error.byte - 1), reason_of(error));
  }
}

std::string text_field(const json& object, const char* key) {
  const auto field = object.find(key);
  return field != object.end() && field->is_string() ? field->get<std::string>() : std::string();
}

}  // namespace

std::optional<PackageJson> read_package_json(const fs::path& folder) {
  const fs::path file = folder / "package.json";
  const std::optional<std::string> text = read_file_if_present(file);
  if (!text) {
    return std::nullopt;
  }
  const json object = parse(file, *text);
  if (!object.is_object()) {
    fail(file,
         json_place(file, *text, 0),
         "expected an object, found " + std::string(object.type_name()));
  }
  PackageJson package{.name = text_field(object, "name"), .version = text_field(object, "version")};
  for (const char* key : {"dependencies", "devDependencies"}) {
    const auto field = object.find(key);
    if (field != object.end() && field->is_object()) {
      for (const auto& entry : field->items()) {
        package.dependencies.insert(entry.key());
      }
    }
  }
  package.order = read_declared_order(object, *text, file);
  return package;
}

}  // namespace medusa
