// SPDX-License-Identifier: MIT
#include "medusa/report/diagnostic.hpp"

#include <filesystem>

#include "medusa/core/secret.hpp"
#include "medusa/core/text.hpp"

#include "display_width.hpp"
#include "json.hpp"
#include "shown_path.hpp"
#include "source_excerpt.hpp"

namespace medusa {

namespace {

constexpr std::string_view kDefectNote = "this is a defect of medusa, not of your workspace";
constexpr std::string_view kDefectHint =
    "please report it, with this message and what medusa --version prints";

/// The word a problem begins with.
struct Severity {
  std::string_view word = {};
  Style style = Style::Plain;
};

constexpr Severity kError{.word = "error:", .style = Style::StrongBad};
constexpr Severity kWarning{.word = "warning:", .style = Style::StrongCaution};

/// The diagnostic with what ErrorCode::Internal always says.
Diagnostic completed(Diagnostic diagnostic) {
  if (diagnostic.code == ErrorCode::Internal) {
    diagnostic.notes.emplace_back(kDefectNote);
    if (diagnostic.hint.empty()) {
      diagnostic.hint = kDefectHint;
    }
  }
  return diagnostic;
}

std::string place(const Location& location) {
  std::string text = shown_path(location.file);
  if (location.line > 0) {
    text += ':' + std::to_string(location.line);
  }
  if (location.line > 0 && location.column > 0) {
    text += ':' + std::to_string(location.column);
  }
  return printable(text);
}

/// Text of several lines keeps them, indented below their first word's line.
std::string indented(std::string_view text) {
  std::string result;
  for (const std::string_view line : lines(text)) {
    result += (result.empty() ? "" : "\n    ") + printable(line);
  }
  return result;
}

std::string text_of(const Diagnostic& diagnostic, const Severity& severity, const Look& look) {
  std::string text = look.styled(severity.word, severity.style) + ' ' +
                     look.styled(indented(mask_urls(diagnostic.message)), Style::Strong) + '\n';
  if (diagnostic.location.has_value() && !diagnostic.location->file.empty()) {
    text += look.styled("  -->", Style::StrongAccent) + ' ' + place(*diagnostic.location) + '\n';
  }
  if (diagnostic.location.has_value()) {
    text += source_excerpt(*diagnostic.location, look, severity.style);
  }
  for (const std::string& note : diagnostic.notes) {
    text +=
        "  " + look.styled("note:", Style::StrongAccent) + ' ' + indented(mask_urls(note)) + '\n';
  }
  if (!diagnostic.hint.empty()) {
    text += "  " + look.styled("hint:", Style::StrongGood) + ' ' + indented(diagnostic.hint) + '\n';
  }
  return text;
}

void render_text(const std::vector<Diagnostic>& diagnostics, Terminal& terminal) {
  const Look look = terminal.talk_look();
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    text += (text.empty() ? "" : "\n") + text_of(completed(diagnostic), kError, look);
  }
  if (diagnostics.size() > 1) {
    text += '\n' + look.styled(plural(diagnostics.size(), "error"), Style::StrongBad) + '\n';
  }
  terminal.talk(text);
}

void render_json(const std::vector<Diagnostic>& diagnostics, Terminal& terminal) {
  Json list = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) {
    list.push_back(diagnostic_json(completed(diagnostic)));
  }
  const ErrorCode code = diagnostics.front().code;
  terminal.answer(one_line({{"type", "error"},
                            {"code", to_string(code)},
                            {"exit", exit_code(code)},
                            {"diagnostics", std::move(list)}}));
}

}  // namespace

void render(const Error& error, Terminal& terminal) {
  if (terminal.format() == OutputFormat::Json) {
    render_json(error.diagnostics(), terminal);
  } else {
    render_text(error.diagnostics(), terminal);
  }
}

void render(const Diagnostic& diagnostic, Terminal& terminal) {
  render(Error(diagnostic), terminal);
}

void render_warning(const Diagnostic& diagnostic, Terminal& terminal) {
  if (terminal.events_are_open()) {
    terminal.event(one_line(warning_json(diagnostic_json(diagnostic))));
  } else {
    terminal.talk(text_of(completed(diagnostic), kWarning, terminal.talk_look()));
  }
}

}  // namespace medusa
