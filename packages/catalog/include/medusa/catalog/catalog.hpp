// SPDX-License-Identifier: MIT
// All members' migrations, in the order Medusa would collect them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "medusa/catalog/feature_flags.hpp"
#include "medusa/catalog/manifest.hpp"
#include "medusa/catalog/migration.hpp"
#include "medusa/core/order_declaration.hpp"
#include "medusa/workspace/workspace.hpp"

namespace medusa {

/// A member with what the build knows about it.
struct DescribedMember {
  Member member = {};
  Manifest manifest = {};
  std::filesystem::path output = {};   ///< Folder of its built migrations.
  std::filesystem::path lowered = {};  ///< Folder of their recorded programs.
};

/// The resolved migrations of a workspace; immutable once made.
class Catalog {
 public:
  /// Collects in the order given: members in collection order, inside a member by output file name
  /// (as Medusa's glob sorts) or, of a module, as it lists them, inside a file in export order.
  /// @throws Error with ErrorCode::Plan listing every name that two migrations share, both files
  ///   named: TypeORM's table tells migrations apart by name alone. Disabled ones do not count.
  /// @param members with thousands of migrations, better moved than copied.
  /// @param declared what medusa.toml says about the order.
  [[nodiscard]] static Catalog collect(std::vector<DescribedMember> members,
                                       const FeatureFlags& flags,
                                       const std::vector<OrderDeclaration>& declared = {});

  /// In collection order, disabled ones included.
  [[nodiscard]] const std::vector<Migration>& migrations() const { return migrations_; }

  /// In collection order.
  [[nodiscard]] const std::vector<Member>& members() const { return members_; }

  /// By position in `members`: the folder of the member's recorded programs and footprints.
  [[nodiscard]] const std::vector<std::filesystem::path>& lowered() const { return lowered_; }

  /// What is declared about the order: in medusa.toml, by members, by SQL migrations. Names are as
  /// written; whether they exist is package plan's question.
  [[nodiscard]] const std::vector<OrderDeclaration>& declarations() const { return declarations_; }

  /// The migration of that name, enabled ones first, or null.
  [[nodiscard]] const Migration* find(const std::string& name) const;

 private:
  /// @throws Error for names that enabled migrations share.
  void index_names();

  std::vector<Migration> migrations_;
  std::vector<Member> members_;
  std::vector<std::filesystem::path> lowered_;
  std::vector<OrderDeclaration> declarations_;
  std::unordered_map<std::string, std::size_t> by_name_;  ///< Into migrations_, as `find` says.
};

}  // namespace medusa
