// SPDX-License-Identifier: MIT
// Secrets never appear in output: everything that is printed passes through here once.
#pragma once

#include <string>
#include <string_view>

namespace medusa {

/// A database URL or libpq connection string with every password replaced by `***`: the userinfo
/// part, and `password=`/`sslpassword=` parameters in either syntax.
[[nodiscard]] std::string mask_password(std::string_view connection_string);

/// `text` with each occurrence of `secret` replaced by `***`. Libraries quote what they were given
/// in their own messages; this is the last net. An empty secret changes nothing.
[[nodiscard]] std::string without_secret(std::string text, std::string_view secret);

}  // namespace medusa
