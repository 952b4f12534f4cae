// SPDX-License-Identifier: MIT
// All members' migrations, in the order Medusa would collect them.
#pragma once

#include <string>
#include <vector>

#include "medusa/catalog/feature_flags.hpp"
#include "medusa/catalog/manifest.hpp"
#include "medusa/catalog/migration.hpp"
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
  [[nodiscard]] static Catalog collect(const std::vector<DescribedMember>& members,
                                       const FeatureFlags& flags);

  /// In collection order, disabled ones included.
  [[nodiscard]] const std::vector<Migration>& migrations() const { return migrations_; }

  /// The migration of that name, enabled ones first, or null.
  [[nodiscard]] const Migration* find(const std::string& name) const;

 private:
  std::vector<Migration> migrations_;
};

}  // namespace medusa
