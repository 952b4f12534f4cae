// SPDX-License-Identifier: MIT
// Secrets never appear in output: everything that is printed passes through here once.
#pragma once

#include <string>
#include <string_view>

namespace medusa {

/// A database URL or libpq connection string with every password replaced by `***`: the userinfo
/// part, and `password=`/`sslpassword=` parameters in either syntax.
[[nodiscard]] std::string mask_password(std::string_view connection_string);

/// Free text with every word that is a URL passed through mask_password: for texts of others.
[[nodiscard]] std::string mask_urls(std::string_view text);

/// `text` with each occurrence of `secret` replaced by `***`. Libraries quote what they were given
/// in their own messages; this is the last net. A secret of less than four characters changes
/// nothing.
[[nodiscard]] std::string without_secret(std::string text, std::string_view secret);

}  // namespace medusa
