// SPDX-License-Identifier: MIT
// How problems are shown: on stderr as text with the place and its line, or as one JSON object
// {"type":"error",...} on stdout. README.md of this package has the JSON.
#pragma once

#include "medusa/core/error.hpp"
#include "medusa/report/terminal.hpp"

namespace medusa {

/// Shows every diagnostic of the error, with a count if there are several.
///
/// Files are shown relative to the current directory when they are below it. A location without
/// its text is looked up in the file. ErrorCode::Internal asks for a report.
void render(const Error& error, Terminal& terminal);

/// Shows one problem.
void render(const Diagnostic& diagnostic, Terminal& terminal);

/// Shows something that did not stop us.
void render_warning(const Diagnostic& diagnostic, Terminal& terminal);

}  // namespace medusa
