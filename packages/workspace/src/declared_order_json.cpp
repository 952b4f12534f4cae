// SPDX-License-Identifier: MIT
#include "declared_order_json.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"

#include "json_places.hpp"

namespace medusa {

namespace {

using nlohmann::json;

constexpr const char* kOrder = "order";

/// One reading of one file.
class OrderReader {
 public:
  OrderReader(std::string_view text, const std::filesystem::path& file)
      : text_(text),
        file_(file),
        places_(json_places(text)) {}

  std::vector<OrderDeclaration> read(const json& migrations) {
    const json::json_pointer root("/medusa/migrations");
    read_relations(migrations, root, "", {"after", "before", kOrder});
    if (migrations.is_object() && migrations.contains(kOrder)) {
      const json& each = migrations.at(kOrder);
      if (!each.is_object()) {
        add_wrong_type(root / kOrder,
                       "an object",
                       each,
                       R"("order": {"Migration1700000000000": {"after": ["..."]}})");
      } else {
        for (const auto& [name, relations] : each.items()) {
          read_relations(relations, root / kOrder / name, name, {"after", "before"});
        }
      }
    }
    if (!problems_.empty()) {
      throw Error(std::move(problems_));
    }
    return std::move(declarations_);
  }

 private:
  void read_relations(const json& object,
                      const json::json_pointer& at,
                      const std::string& subject,
                      const std::vector<std::string>& known) {
    if (!object.is_object()) {
      add_wrong_type(at, "an object", object, R"({"after": ["..."]})");
      return;
    }
    for (const auto& [word, others] : object.items()) {
      if (const auto relation = parse_order_relation(word)) {
        read_others(others, at / word, {.subject = subject, .relation = *relation});
      } else if (!subject.empty() || word != kOrder) {
        const auto meant = closest_match(word, known);
        add_problem(place((at / word).to_string() + '#'),
                    "unknown key '" + word + "' in " + name_of(at),
                    meant ? "did you mean '" + *meant + "'?" : "known keys: " + join(known, ", "));
      }
    }
  }

  void read_others(const json& others,
                   const json::json_pointer& at,
                   const OrderDeclaration& declaration) {
    const std::string hint = '"' + at.back() + R"(": ["..."])";
    if (!others.is_array()) {
      add_wrong_type(at, "an array of strings", others, hint);
      return;
    }
    for (std::size_t i = 0; i < others.size(); ++i) {
      if (!others[i].is_string()) {
        add_wrong_type(at / i, "a string", others[i], hint);
        continue;
      }
      OrderDeclaration one = declaration;
      one.other = others[i].get<std::string>();
      one.place = place((at / i).to_string());
      declarations_.push_back(std::move(one));
    }
  }

  [[nodiscard]] Location place(const std::string& pointer) const {
    const auto found = places_.find(pointer);
    return json_place(file_, text_, found == places_.end() ? 0 : found->second);
  }

  /// "medusa.migrations.after".
  static std::string name_of(const json::json_pointer& at) {
    std::string name;
    for (json::json_pointer rest = at; !rest.empty(); rest = rest.parent_pointer()) {
      name = rest.back() + (name.empty() ? "" : '.' + name);
    }
    return '\'' + name + '\'';
  }

  void add_wrong_type(const json::json_pointer& at,
                      const std::string& expected,
                      const json& found,
                      std::string hint) {
    add_problem(place(at.to_string()),
                name_of(at) + " must be " + expected + ", found " + found.type_name(),
                std::move(hint));
  }

  void add_problem(Location location, std::string message, std::string hint) {
    problems_.push_back({.code = ErrorCode::Workspace,
                         .message = std::move(message),
                         .location = std::move(location),
                         .hint = std::move(hint)});
  }

  std::string_view text_;
  const std::filesystem::path& file_;
  std::map<std::string, std::size_t> places_;
  std::vector<OrderDeclaration> declarations_;
  std::vector<Diagnostic> problems_;
};

}  // namespace

std::vector<OrderDeclaration> read_declared_order(const json& object,
                                                  std::string_view text,
                                                  const std::filesystem::path& file) {
  const auto medusa = object.find("medusa");
  if (medusa == object.end() || !medusa->is_object() || !medusa->contains("migrations")) {
    return {};
  }
  return OrderReader(text, file).read(medusa->at("migrations"));
}

}  // namespace medusa
