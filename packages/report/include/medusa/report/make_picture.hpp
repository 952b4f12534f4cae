// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "medusa/catalog/catalog.hpp"
#include "medusa/plan/history.hpp"
#include "medusa/plan/recordings.hpp"
#include "medusa/plan/upgrade_facts.hpp"
#include "medusa/report/migration_picture.hpp"

namespace medusa {

/// What is known about the workspace apart from its migrations.
struct PictureSubject {
  std::string title = {};
  std::string database = {};              ///< For people, without a password.
  std::vector<PictureLane> members = {};  ///< In collection order, with or without migrations.
  std::filesystem::path root = {};        ///< Sources are named relative to it.
};

/// Everything resolved or applied, in the order in which an empty database would get it, with the
/// edges of that order; what is disabled or missing stands where its timestamp puts it. Reads the
/// recorded SQL of each migration. Conflicts are those of the next upgrade.
/// @param facts of the database whose state is shown.
/// @throws as load_lowering and order_upgrade.
[[nodiscard]] MigrationPicture make_picture(const PictureSubject& subject,
                                            const Catalog& catalog,
                                            const History& history,
                                            const Recordings& recordings,
                                            const UpgradeFacts& facts);

}  // namespace medusa
