// SPDX-License-Identifier: MIT
// The table of events in packages/report/README.md says what is printed, and all of it.
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"
#include "medusa/report/baseline_report.hpp"
#include "medusa/report/build_reporter.hpp"
#include "medusa/report/diagnostic.hpp"
#include "medusa/report/execution_reporter.hpp"
#include "medusa/system/files.hpp"

#include "captured_terminal.hpp"
#include "medusa_program.hpp"

namespace medusa {

namespace {

using Json = nlohmann::json;
/// "holder.pid" for a key of an object, or of each object of a list.
using Paths = std::set<std::string>;

/// Without what stands in parentheses.
std::string without_remarks(std::string_view text) {
  std::string result;
  int depth = 0;
  for (const char c : text) {
    depth += c == '(' ? 1 : 0;
    if (depth == 0) {
      result += c;
    }
    depth -= c == ')' ? 1 : 0;
  }
  return result;
}

/// The words between backticks; those in braces are keys of the word before.
Paths documented_paths(std::string_view cell) {
  const std::string text = without_remarks(cell);
  Paths paths;
  std::string parent;
  std::string last;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') {
      parent = last + '.';
    } else if (text[at] == '}') {
      parent.clear();
    } else if (text[at] == '`') {
      const std::size_t end = text.find('`', at + 1);
      last = parent + text.substr(at + 1, end - at - 1);
      paths.insert(last);
      at = end;
    }
  }
  return paths;
}

std::map<std::string, Paths> documented() {
  const std::string readme = read_file(project_root() / "packages/report/README.md");
  std::map<std::string, Paths> events;
  bool inside = false;
  for (const std::string_view line : lines(readme)) {
    if (line == "| Event `type` | Keys |") {
      inside = true;
    } else if (inside && !line.starts_with('|')) {
      break;
    } else if (inside && line.starts_with("| `")) {
      const std::size_t end = line.find('`', 3);
      events.emplace(line.substr(3, end - 3), documented_paths(line.substr(line.find('|', end))));
    }
  }
  return events;
}

/// What the event has; of a key's own keys only if the documentation says that it has any.
Paths printed_paths(const Json& event, const Paths& documentation) {
  Paths paths;
  for (const auto& [key, value] : event.items()) {
    if (key == "type") {
      continue;
    }
    paths.insert(key);
    const auto child = documentation.lower_bound(key + '.');
    if (child == documentation.end() || !child->starts_with(key + '.')) {
      continue;
    }
    const Json object = value.is_array() && !value.empty() ? value.front() : value;
    REQUIRE(object.is_object());
    for (const auto& [inner, ignored] : object.items()) {
      paths.insert(key + '.' + inner);
    }
  }
  return paths;
}

template <typename Event>
Event sample() {
  return {};
}

template <>
MigrationStarted sample() {
  return {.step = {.begun = BegunMigration{.name = "M", .done = 1, .upgrade = 2}}};
}

template <>
StatementBlocked sample() {
  return {.blockage = {.blockers = {{.pid = 1}}}};
}

template <>
GroupRetrying sample() {
  return {.blockage = {.blockers = {{.pid = 1}}}};
}

/// Tells one event of each kind.
template <typename Variant, typename Observer, std::size_t... kIndex>
void tell_all(Observer& observer, std::index_sequence<kIndex...> /*all*/) {
  (observer.on_event(Variant(sample<std::variant_alternative_t<kIndex, Variant>>())), ...);
}

template <typename Variant, typename Observer>
void tell_all(Observer& observer) {
  tell_all<Variant>(observer, std::make_index_sequence<std::variant_size_v<Variant>>());
}

/// One of everything that can stand in a stream of events.
std::map<std::string, Json> printed() {
  CapturedTerminal captured({.format = OutputFormat::Json});
  {
    ExecutionReporter execution(captured.terminal, "1.2.3");
    BuildReporter build(captured.terminal);
    tell_all<BuildEvent>(build);
    tell_all<ExecutionEvent>(execution);
  }
  captured.terminal.warn("a warning");
  Baseline baseline{.unchecked = {{.migration = "p/M", .reason = "dynamic"}}};
  baseline.plan.groups.push_back({.steps = {{.migration = {.member = "p", .name = "M"}}}});
  render_baseline(baseline, captured.terminal);
  render(Error({.code = ErrorCode::Plan, .message = "an error"}), captured.terminal);
  std::map<std::string, Json> events;
  const std::string answer = captured.take_answer();
  for (const std::string_view line : lines(answer)) {
    Json event = Json::parse(line);
    events.emplace(event.at("type"), std::move(event));
  }
  return events;
}

}  // namespace

TEST_CASE("the table of events is read as it is meant", "[report]") {
  CHECK(documented_paths(" `a` (not `b`), `c`: [{`d`, `e`}], `f`: {`g`}, `h` ") ==
        Paths{"a", "c", "c.d", "c.e", "f", "f.g", "h"});
}

TEST_CASE("every event and every key is documented, and nothing else", "[report]") {
  const std::map<std::string, Paths> documentation = documented();
  const std::map<std::string, Json> events = printed();
  std::set<std::string> documented_types;
  for (const auto& [type, paths] : documentation) {
    documented_types.insert(type);
  }
  std::set<std::string> printed_types;
  for (const auto& [type, event] : events) {
    printed_types.insert(type);
  }
  CHECK(printed_types == documented_types);
  for (const auto& [type, event] : events) {
    const auto found = documentation.find(type);
    if (found != documentation.end()) {
      INFO(type << ": " << event.dump());
      CHECK(printed_paths(event, found->second) == found->second);
    }
  }
}

TEST_CASE("the documented version of the events is the one that is printed", "[report]") {
  const std::string readme = read_file(project_root() / "packages/report/README.md");
  const Json version = printed().at("version");
  CHECK(readme.find("| `version` | `schema` (" + version.at("schema").dump() + "), ") !=
        std::string::npos);
}

}  // namespace medusa
