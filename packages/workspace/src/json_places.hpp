// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "medusa/core/location.hpp"

namespace medusa {

/// The place of the byte at `offset` of the file's text; columns count characters, as editors do.
[[nodiscard]] Location json_place(const std::filesystem::path& file,
                                  std::string_view text,
                                  std::size_t offset);

/// Where each value of a JSON text begins, by its JSON pointer (RFC 6901); of a member of an object
/// also where its key begins, as the pointer with a final '#'.
/// @pre The text is valid JSON.
[[nodiscard]] std::map<std::string, std::size_t> json_places(std::string_view text);

}  // namespace medusa
