// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace medusa {

/// The text without what PostgreSQL's lexer does not look at: its tokens with one blank between
/// them, comments left out, key words and unquoted identifiers in lower case (ASCII letters only,
/// as the server folds them), terminators at the end dropped. Literals, quoted identifiers and
/// function bodies stay as they are written. Text that does not scan is its own normal form.
///
/// Databases remember checksums of this form: a change of it makes applied migrations look changed.
[[nodiscard]] std::string normal_form(std::string_view sql);

}  // namespace medusa
