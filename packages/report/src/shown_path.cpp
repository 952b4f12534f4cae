// SPDX-License-Identifier: MIT
#include "shown_path.hpp"

#include <system_error>

namespace medusa {

std::string shown_path(const std::filesystem::path& file) {
  std::error_code error;
  const std::filesystem::path here = std::filesystem::current_path(error);
  if (error || !file.is_absolute()) {
    return file.string();
  }
  const std::filesystem::path relative = file.lexically_normal().lexically_relative(here);
  const bool below = !relative.empty() && relative != "." && *relative.begin() != "..";
  return below ? relative.string() : file.string();
}

}  // namespace medusa
