// SPDX-License-Identifier: MIT
// One migration in full, as the page shows it beside the table and prints it below.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "medusa/report/migration_picture.hpp"

namespace medusa {

/// Makes the panels of one picture's migrations.
class PicturePanels {
 public:
  explicit PicturePanels(const MigrationPicture& picture);

  /// The panel of the migration at that index, as HTML.
  [[nodiscard]] std::string html(std::size_t index) const;

 private:
  struct Neighbours {
    std::vector<const PictureEdge*> before = {};
    std::vector<const PictureEdge*> after = {};
    std::vector<const PictureConflict*> conflicts = {};
  };

  [[nodiscard]] std::string facts(const PictureNode& node) const;
  [[nodiscard]] std::string before(std::size_t index) const;
  [[nodiscard]] std::string after(std::size_t index) const;
  [[nodiscard]] std::string conflicts(std::size_t index) const;
  [[nodiscard]] std::string link(std::size_t index) const;
  [[nodiscard]] std::string edge_item(const PictureEdge& edge, bool is_before) const;

  const MigrationPicture& picture_;
  std::vector<Neighbours> neighbours_;
};

}  // namespace medusa
