// SPDX-License-Identifier: MIT
#include "toml_reader.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>

#include "medusa/config/config_key.hpp"
#include "medusa/config/duration.hpp"
#include "medusa/core/secret.hpp"
#include "medusa/core/text.hpp"

namespace medusa {

namespace {

constexpr std::string_view kAnyKey = "<name>";

/// A line as it may be printed. A URL with a password has ':', '//' and '@'. In a broken file one
/// of them may be gone, and then mask_password sees no URL: a value with two of them is not shown.
std::string printable(std::string_view line) {
  std::string masked = mask_password(line);
  if (masked != line) {
    return masked;
  }
  const std::array<std::string_view, 3> marks{":", "//", "@"};
  const auto found = std::count_if(marks.begin(), marks.end(), [&](std::string_view mark) {
    return line.find(mark) != std::string_view::npos;
  });
  if (found < 2) {
    return masked;
  }
  const std::string_view key = line.substr(0, line.find('='));
  const bool is_key = key.find_first_of(":/@") == std::string_view::npos;
  return is_key ? std::string(key) + "= ***" : "***";
}

Location make_location(const std::filesystem::path& file,
                       const std::vector<std::string>& lines,
                       const toml::source_position& position) {
  Location location{.file = file,
                    .line = static_cast<int>(position.line),
                    .column = static_cast<int>(position.column)};
  if (position.line >= 1 && position.line <= lines.size()) {
    location.text = lines[position.line - 1];
  }
  return location;
}

/// toml++'s reason as the second half of a sentence.
std::string reason_of(const toml::parse_error& error) {
  std::string reason(error.description());
  // What it saw may be a piece of a password; the line shows the place anyway.
  reason = reason.substr(0, reason.find(", saw "));
  if (!reason.empty() && reason.front() == 'E') {
    reason.front() = 'e';
  }
  return mask_password(reason);
}

toml::table parse(std::string_view text,
                  const std::filesystem::path& file,
                  const std::vector<std::string>& lines) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    throw Error(
        {.code = ErrorCode::Config,
         .message = '\'' + file.filename().string() + "' is not valid TOML: " + reason_of(error),
         .location = make_location(file, lines, error.source().begin),
         .hint = "values are written as \"text\", 5, true or [\"a\", \"b\"]"});
  }
}

std::vector<std::string> printable_lines(std::string_view text) {
  std::vector<std::string> result;
  for (const std::string_view line : lines(text)) {
    result.push_back(printable(line));
  }
  return result;
}

std::string_view describe(toml::node_type type) {
  switch (type) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "an array";
    case toml::node_type::string:
      return "a string";
    case toml::node_type::integer:
      return "an integer";
    case toml::node_type::floating_point:
      return "a float";
    case toml::node_type::boolean:
      return "a boolean";
    case toml::node_type::date:
      return "a date";
    case toml::node_type::time:
      return "a time";
    case toml::node_type::date_time:
      return "a date-time";
    case toml::node_type::none:
      break;
  }
  return "nothing";
}

std::string full_name(std::string_view section, std::string_view key) {
  return std::string(section) + '.' + std::string(key);
}

std::vector<std::string> section_names() {
  std::vector<std::string> names;
  for (const ConfigKey& key : config_keys()) {
    if (names.empty() || names.back() != key.section) {
      names.emplace_back(key.section);
    }
  }
  return names;
}

std::vector<std::string> key_names(std::string_view section) {
  std::vector<std::string> names;
  for (const ConfigKey& key : config_keys()) {
    if (key.section == section) {
      names.emplace_back(key.key);
    }
  }
  return names;
}

/// The full name of the key `name` in whichever section has one.
std::optional<std::string> key_elsewhere(std::string_view name) {
  for (const ConfigKey& key : config_keys()) {
    if (key.key == name) {
      return full_name(key.section, key.key);
    }
  }
  return std::nullopt;
}

bool is_known(std::string_view section, std::string_view name) {
  const auto keys = config_keys();
  return std::any_of(keys.begin(), keys.end(), [&](const ConfigKey& key) {
    return key.section == section && (key.key == name || key.key == kAnyKey);
  });
}

/// What to say about an unknown name: the likely meaning, else the names there are.
std::string suggestion(std::string_view name,
                       const std::vector<std::string>& candidates,
                       std::string_view kind) {
  std::optional<std::string> meant = closest_match(name, candidates);
  if (!meant) {
    meant = key_elsewhere(name);
  }
  if (meant) {
    return "did you mean '" + *meant + "'?";
  }
  return "known " + std::string(kind) + ": " + join(candidates, ", ");
}

}  // namespace

TomlReader::TomlReader(std::string_view text, std::filesystem::path file)
    : file_(std::move(file)),
      lines_(printable_lines(text)),
      document_(parse(text, file_, lines_)) {}

void TomlReader::check_keys() {
  const std::vector<std::string> sections = section_names();
  for (const auto& [name, node] : document_) {
    if (std::find(sections.begin(), sections.end(), name.str()) == sections.end()) {
      const std::string kind = node.is_table() ? "table" : "key";
      add_problem(locate(name.source().begin),
                  "unknown " + kind + " '" + std::string(name.str()) + '\'',
                  suggestion(name.str(), sections, "tables"));
    } else if (const toml::table* table = node.as_table()) {
      for (const auto& entry : *table) {
        if (!is_known(name.str(), entry.first.str())) {
          add_unknown_key(name.str(), entry.first);
        }
      }
    } else {
      add_wrong_type(std::string(name.str()), "a table", node, '[' + std::string(name.str()) + ']');
    }
  }
}

std::optional<Setting<std::string>> TomlReader::string(std::string_view section,
                                                       std::string_view key) {
  const auto found = find(section, key);
  if (!found) {
    return std::nullopt;
  }
  const auto& [name_there, node] = **found;
  std::optional<std::string> value =
      text_value(full_name(section, key), node, std::string(key) + " = \"...\"");
  if (!value) {
    return std::nullopt;
  }
  return Setting<std::string>{.value = std::move(*value), .origin = origin_of(name_there)};
}

std::optional<Setting<std::vector<PlacedText>>> TomlReader::strings(std::string_view section,
                                                                    std::string_view key) {
  const auto found = find(section, key);
  if (!found) {
    return std::nullopt;
  }
  const auto& [name_there, node] = **found;
  const std::string hint = std::string(key) + " = [\"...\"]";
  auto texts = text_values(full_name(section, key), node, hint);
  if (!texts) {
    return std::nullopt;
  }
  return Setting<std::vector<PlacedText>>{.value = std::move(*texts),
                                          .origin = origin_of(name_there)};
}

std::optional<Setting<std::chrono::seconds>> TomlReader::duration(std::string_view section,
                                                                  std::string_view key,
                                                                  std::chrono::seconds least) {
  const auto found = find(section, key);
  if (!found) {
    return std::nullopt;
  }
  const auto& [name_there, node] = **found;
  const std::string name = full_name(section, key);
  const std::string hint = std::string(key) + " = \"5m\"";
  std::optional<std::chrono::seconds> value;
  std::string written;
  if (const toml::value<std::int64_t>* number = node.as_integer()) {
    written = std::to_string(number->get());
    value = parse_duration(written);
  } else if (const toml::value<std::string>* text = node.as_string()) {
    written = text->get();
    value = parse_duration(written);
  } else {
    add_wrong_type(name, "a number of seconds or a string like '5m'", node, hint);
    return std::nullopt;
  }
  if (!value || *value < least) {
    const std::string range = "from " + std::to_string(least.count()) + " second" +
                              (least.count() == 1 ? "" : "s") + " to one year";
    add_problem(locate(node.source().begin),
                '\'' + name + "' must be a duration " + range + ", found '" + written + '\'',
                hint);
    return std::nullopt;
  }
  return Setting<std::chrono::seconds>{.value = *value, .origin = origin_of(name_there)};
}

std::map<std::string, Setting<FlagValue>> TomlReader::flags(std::string_view section) {
  std::map<std::string, Setting<FlagValue>> flags;
  const toml::table* table = section_table(section);
  if (table == nullptr) {
    return flags;
  }
  for (const auto& [key, node] : *table) {
    const std::string name = full_name(section, key.str());
    if (std::optional<FlagValue> value = flag_value(name, node)) {
      flags.emplace(key.str(),
                    Setting<FlagValue>{.value = std::move(*value), .origin = origin_of(key)});
    }
  }
  return flags;
}

std::map<std::string, Setting<std::string>> TomlReader::strings_by_name(std::string_view section) {
  std::map<std::string, Setting<std::string>> strings;
  if (const toml::table* table = section_table(section)) {
    for (const auto& [key, node] : *table) {
      if (auto text = text_value(full_name(section, key.str()), node, "\"...\"")) {
        strings.emplace(key.str(),
                        Setting<std::string>{.value = std::move(*text), .origin = origin_of(key)});
      }
    }
  }
  return strings;
}

std::vector<OrderDeclaration> TomlReader::order(std::string_view section) {
  std::vector<OrderDeclaration> declarations;
  if (const toml::table* table = section_table(section)) {
    for (const auto& [subject, node] : *table) {
      add_order(full_name(section, subject.str()), std::string(subject.str()), node, declarations);
    }
  }
  return declarations;
}

void TomlReader::add_problem(std::optional<Location> location,
                             std::string message,
                             std::string hint) {
  problems_.push_back({.code = ErrorCode::Config,
                       .message = std::move(message),
                       .location = std::move(location),
                       .hint = std::move(hint)});
}

void TomlReader::throw_problems() {
  if (problems_.empty()) {
    return;
  }
  const auto place = [](const Diagnostic& problem) {
    return problem.location ? std::tuple(problem.location->line, problem.location->column)
                            : std::tuple(0, 0);
  };
  std::stable_sort(problems_.begin(),
                   problems_.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
  throw Error(std::move(problems_));
}

const toml::table* TomlReader::section_table(std::string_view section) const {
  return document_[section].as_table();
}

std::optional<toml::table::const_iterator> TomlReader::find(std::string_view section,
                                                            std::string_view key) const {
  const toml::table* table = section_table(section);
  if (table == nullptr) {
    return std::nullopt;
  }
  const auto entry = table->find(key);
  return entry == table->end() ? std::nullopt : std::optional(entry);
}

Location TomlReader::locate(const toml::source_position& position) const {
  return make_location(file_, lines_, position);
}

Origin TomlReader::origin_of(const toml::key& key) const {
  return {.kind = Origin::Kind::File, .location = locate(key.source().begin)};
}

void TomlReader::add_wrong_type(const std::string& name,
                                std::string_view expected,
                                const toml::node& found,
                                std::string hint) {
  add_problem(locate(found.source().begin),
              '\'' + name + "' must be " + std::string(expected) + ", found " +
                  std::string(describe(found.type())),
              std::move(hint));
}

void TomlReader::add_unknown_key(std::string_view section, const toml::key& key) {
  add_problem(locate(key.source().begin),
              "unknown key '" + full_name(section, key.str()) + '\'',
              suggestion(key.str(), key_names(section), "keys of [" + std::string(section) + ']'));
}

void TomlReader::add_order(const std::string& name,
                           const std::string& subject,
                           const toml::node& node,
                           std::vector<OrderDeclaration>& to) {
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    add_wrong_type(name, "a table", node, "[order.\"" + subject + "\"]");
    return;
  }
  for (const auto& [word, others] : *table) {
    const auto relation = parse_order_relation(word.str());
    if (!relation) {
      add_problem(locate(word.source().begin),
                  "unknown key '" + full_name(name, word.str()) + '\'',
                  suggestion(word.str(), {"after", "before"}, "keys"));
      continue;
    }
    auto texts =
        text_values(full_name(name, word.str()), others, std::string(word.str()) + " = [\"...\"]");
    if (!texts) {
      continue;
    }
    for (PlacedText& other : *texts) {
      to.push_back({.subject = subject,
                    .relation = *relation,
                    .other = std::move(other.text),
                    .place = std::move(other.location)});
    }
  }
}

std::optional<std::string> TomlReader::text_value(const std::string& name,
                                                  const toml::node& node,
                                                  const std::string& hint) {
  const toml::value<std::string>* value = node.as_string();
  if (value == nullptr) {
    add_wrong_type(name, "a string", node, hint);
    return std::nullopt;
  }
  const std::string& text = value->get();
  if (trim(text).empty()) {
    add_problem(locate(node.source().begin), '\'' + name + "' must not be empty", hint);
    return std::nullopt;
  }
  if (text.find('\0') != std::string::npos) {
    add_problem(
        locate(node.source().begin), '\'' + name + "' must not contain a NUL character", hint);
    return std::nullopt;
  }
  return text;
}

std::optional<std::vector<PlacedText>> TomlReader::text_values(const std::string& name,
                                                               const toml::node& node,
                                                               const std::string& hint) {
  const toml::array* array = node.as_array();
  if (array == nullptr) {
    add_wrong_type(name, "an array of strings", node, hint);
    return std::nullopt;
  }
  std::vector<PlacedText> values;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const toml::node& element = (*array)[i];
    if (auto text = text_value(name + '[' + std::to_string(i) + ']', element, hint)) {
      values.push_back({.text = std::move(*text), .location = locate(element.source().begin)});
    }
  }
  return values;
}

std::optional<FlagValue> TomlReader::flag_value(const std::string& name, const toml::node& node) {
  if (const toml::value<bool>* value = node.as_boolean()) {
    return FlagValue(value->get());
  }
  if (const toml::value<std::string>* value = node.as_string()) {
    return FlagValue(value->get());
  }
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    add_wrong_type(name, "a boolean, a string or a table of booleans", node, name + " = true");
    return std::nullopt;
  }
  std::map<std::string, bool> nested;
  for (const auto& [key, value] : *table) {
    if (const toml::value<bool>* flag = value.as_boolean()) {
      nested.emplace(key.str(), flag->get());
    } else {
      add_wrong_type(
          full_name(name, key.str()), "a boolean", value, full_name(name, key.str()) + " = true");
    }
  }
  return FlagValue(std::move(nested));
}

}  // namespace medusa
