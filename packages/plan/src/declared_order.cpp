// SPDX-License-Identifier: MIT
#include "medusa/plan/declared_order.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "medusa/core/text.hpp"
#include "medusa/core/version_range.hpp"

namespace medusa {

namespace {

std::string quoted(const std::string& text) {
  return '\'' + text + '\'';
}

/// Finds what declarations name, and keeps what is wrong with them.
class Resolution {
 public:
  explicit Resolution(const Catalog& catalog) : catalog_(catalog) {
    for (const Member& member : catalog.members()) {
      members_.emplace(member.name, &member);
    }
    for (const Migration& migration : catalog.migrations()) {
      migrations_.insert(migration.id());
    }
  }

  std::vector<DeclaredOrder> run() {
    std::vector<DeclaredOrder> result;
    for (const OrderDeclaration& declaration : catalog_.declarations()) {
      const std::optional<OrderSide> subject = find(declaration, declaration.subject);
      const std::optional<OrderSide> other = find(declaration, declaration.other);
      if (!subject.has_value() || !other.has_value() ||
          is_circular(declaration, *subject, *other)) {
        continue;
      }
      const bool after = declaration.relation == OrderRelation::After;
      result.push_back({.earlier = after ? *other : *subject,
                        .later = after ? *subject : *other,
                        .declaration = declaration});
    }
    throw_problems();
    return result;
  }

 private:
  /// Nothing if it is not there: a problem unless it is optional.
  std::optional<OrderSide> find(const OrderDeclaration& declaration, const std::string& text) {
    const auto reference = OrderReference::parse(text);
    if (!reference.has_value()) {
      add_problem(declaration,
                  quoted(text) + " names neither a member nor a migration",
                  {},
                  R"(write "member", "member/Migration1700000000000" or "member@>=1.2")");
      return std::nullopt;
    }
    const auto member = members_.find(reference->member);
    if (member == members_.end()) {
      if (!reference->optional) {
        add_missing_member(declaration, *reference);
      }
      return std::nullopt;
    }
    if (!has_version(declaration, *reference, *member->second)) {
      return std::nullopt;
    }
    OrderSide side{.member = reference->member, .migration = reference->migration};
    if (!side.migration.empty() && !migrations_.contains(side.text())) {
      if (!reference->optional) {
        add_missing_migration(declaration, side);
      }
      return std::nullopt;
    }
    return side;
  }

  bool has_version(const OrderDeclaration& declaration,
                   const OrderReference& reference,
                   const Member& member) {
    if (reference.range.empty()) {
      return true;
    }
    const auto range = VersionRange::parse(reference.range);
    if (!range.has_value()) {
      add_problem(declaration,
                  quoted(reference.range) + " is not a version range",
                  {},
                  "ranges are written as in a package.json: ^1.20, >=1.20 <2, 1.x");
      return false;
    }
    const auto version = SemanticVersion::parse(member.version);
    if (version.has_value() && range->contains(*version)) {
      return true;
    }
    const std::string wanted = reference.member + '@' + reference.range;
    add_problem(declaration,
                claim(declaration) + ": that needs " + quoted(wanted) + ", but " +
                    (member.version.empty() ? "its package.json has no version"
                                            : "version " + member.version + " is installed"),
                {"it is in " + member.root.string()},
                member.installed ? "npm install " + shell_word(wanted)
                                 : "change the range, or \"version\" in the package.json of " +
                                       quoted(member.name));
    return false;
  }

  bool is_circular(const OrderDeclaration& declaration,
                   const OrderSide& subject,
                   const OrderSide& other) {
    const bool same =
        subject.member == other.member && (subject.migration == other.migration ||
                                           subject.migration.empty() || other.migration.empty());
    if (same) {
      add_problem(declaration,
                  quoted(subject.text()) + " is declared to run " +
                      std::string(to_string(declaration.relation)) + " itself",
                  {"a member's own migrations already run in the order of their timestamps"},
                  "remove it");
    }
    return same;
  }

  void add_missing_member(const OrderDeclaration& declaration, const OrderReference& reference) {
    std::vector<std::string> names;
    for (const Member& member : catalog_.members()) {
      names.push_back(member.name);
    }
    const auto meant = closest_match(reference.member, names);
    std::vector<std::string> notes{"members are: " + join(names, ", ")};
    if (meant.has_value()) {
      notes.push_back("write '?' in front of a name that need not be there");
    }
    add_problem(
        declaration,
        claim(declaration) + ", but the workspace has no member " + quoted(reference.member),
        std::move(notes),
        meant.has_value() ? "did you mean " + quoted(*meant) + '?'
                          : "if it need not be there: \"?" + reference.member + '"');
  }

  void add_missing_migration(const OrderDeclaration& declaration, const OrderSide& side) {
    std::vector<std::string> names;
    for (const Migration& migration : catalog_.migrations()) {
      if (migration.member == side.member) {
        names.push_back(migration.name);
      }
    }
    const auto meant = closest_match(side.migration, names);
    add_problem(declaration,
                claim(declaration) + ", but " + quoted(side.member) + " has no migration " +
                    quoted(side.migration),
                {},
                meant.has_value() ? "did you mean " + quoted(side.member + '/' + *meant) + '?'
                                  : "medusa migrations show lists all of them");
  }

  /// "'a' is declared to run after 'b'".
  static std::string claim(const OrderDeclaration& declaration) {
    return quoted(declaration.subject) + " is declared to run " +
           std::string(to_string(declaration.relation)) + ' ' + quoted(declaration.other);
  }

  void add_problem(const OrderDeclaration& declaration,
                   std::string message,
                   std::vector<std::string> notes,
                   std::string hint) {
    problems_.push_back({.code = ErrorCode::Plan,
                         .message = std::move(message),
                         .location = declaration.place,
                         .notes = std::move(notes),
                         .hint = std::move(hint)});
  }

  /// In the order of their places.
  void throw_problems() {
    if (problems_.empty()) {
      return;
    }
    const auto key = [](const Diagnostic& problem) {
      return std::tuple(problem.location->file,
                        problem.location->line,
                        problem.location->column,
                        problem.message);
    };
    std::stable_sort(problems_.begin(),
                     problems_.end(),
                     [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
    throw Error(std::move(problems_));
  }

  const Catalog& catalog_;
  std::unordered_map<std::string, const Member*> members_;
  std::unordered_set<std::string> migrations_;  ///< Ids.
  std::vector<Diagnostic> problems_;
};

}  // namespace

std::string OrderSide::text() const {
  return migration.empty() ? member : member + '/' + migration;
}

std::vector<DeclaredOrder> resolve_declarations(const Catalog& catalog) {
  if (catalog.declarations().empty()) {
    return {};  // as nearly always; no name has to be looked up then
  }
  return Resolution(catalog).run();
}

std::string short_place(const Location& place) {
  std::string text = place.file.filename().string();
  if (text == "package.json") {  // there are many
    text = (place.file.parent_path().filename() / text).string();
  }
  return place.line > 0 ? text + ':' + std::to_string(place.line) : text;
}

}  // namespace medusa
