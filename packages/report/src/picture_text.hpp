// SPDX-License-Identifier: MIT
// Words that all formats of the picture share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "medusa/report/migration_picture.hpp"

namespace medusa {

/// "2023-07-03", UTC; the number itself if it is no date of this age.
[[nodiscard]] std::string date_text(std::int64_t milliseconds);

/// "2023-07-03 09:36:24 UTC"; as date_text otherwise.
[[nodiscard]] std::string time_text(std::int64_t milliseconds);

/// The member's name, or "in no member".
[[nodiscard]] std::string lane_text(const PictureLane& lane);

/// The state, and its place in the next run: "pending #3".
[[nodiscard]] std::string state_text(const PictureNode& node);

/// "lowered", "dynamic", or why there is no SQL at all.
[[nodiscard]] std::string mode_text(const PictureNode& node);

/// "82 migrations of 5 members: 75 applied, 7 pending".
[[nodiscard]] std::string summary_text(const MigrationPicture& picture);

/// Where the migration's timestamp begins in its name: what people read is before it.
[[nodiscard]] std::size_t stem_size(const PictureNode& node);

}  // namespace medusa
