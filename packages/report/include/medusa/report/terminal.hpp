// SPDX-License-Identifier: MIT
// The one way out. stdout is the answer to what was asked, stderr the talk around it; nothing else
// in the program prints.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

#include "medusa/report/look.hpp"

namespace medusa {

class Environment;

enum class ColorMode { Auto, Always, Never };

enum class OutputFormat { Text, Json };

enum class Verbosity {
  Quiet,    ///< Answers, warnings and errors.
  Normal,   ///< And what is being done.
  Verbose,  ///< And every detail of it.
};

/// What the command line says about output.
struct TerminalOptions {
  ColorMode color = ColorMode::Auto;
  OutputFormat format = OutputFormat::Text;
  Verbosity verbosity = Verbosity::Normal;
};

/// What a stream that a test gives as a channel pretends to be.
struct ChannelSetup {
  bool is_terminal = false;
  std::size_t columns = 0;  ///< 0: unknown.
};

/// The two output channels. Every call writes whole lines at once, and erases the progress line
/// before. A reader that goes away is no error: the rest is dropped. Safe on several threads.
///
/// Colour: `color` decides; with Auto NO_COLOR, then CLICOLOR_FORCE, then CLICOLOR, else only on a
/// terminal that is not dumb. Width: the terminal's, else COLUMNS, else 80; files and pipes have no
/// limit. More than ASCII is drawn if LC_ALL, LC_CTYPE or LANG (the first that is set) names UTF-8.
class Terminal {
 public:
  /// Standard output and standard error of this process. Expects SIGPIPE to be ignored, which
  /// Interruption does.
  [[nodiscard]] static Terminal of_process(const Environment& environment,
                                           const TerminalOptions& options = {});

  /// Any two streams, which must outlive the terminal: for tests.
  Terminal(std::ostream& answer,
           const ChannelSetup& answer_setup,
           std::ostream& talk,
           const ChannelSetup& talk_setup,
           const Environment& environment,
           const TerminalOptions& options = {});

  /// Erases the progress line.
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  Terminal(Terminal&&) = delete;
  Terminal& operator=(Terminal&&) = delete;

  [[nodiscard]] OutputFormat format() const;
  [[nodiscard]] Verbosity verbosity() const;

  /// How to draw on each channel, with the width it has right now.
  [[nodiscard]] Look answer_look() const;
  [[nodiscard]] Look talk_look() const;

  /// Prints the answer, or a part of it. A missing line end is added; empty text prints nothing.
  void answer(std::string_view text);

  /// Talks, at any verbosity: for what is rendered already. A missing line end is added.
  void talk(std::string_view text);

  /// "     Applied [3/79] ...": the verb right-aligned in `style`. Not when quiet.
  void status(std::string_view verb, std::string_view object, Style style = Style::StrongGood);

  /// "note: ...". Not when quiet.
  void note(std::string_view text);

  /// "warning: ..."; an event of type "warning" when events are open.
  void warn(std::string_view text);

  /// Whether a line that is rewritten in place makes sense: text on a terminal that can erase, not
  /// quiet, not in CI.
  [[nodiscard]] bool shows_progress() const;

  /// Shows the line below everything printed so far, in the place of the one shown before. It
  /// must be shorter than the terminal is wide. Nothing happens if progress is not shown.
  void progress(std::string_view line);

  /// As progress, but only if a line is shown now: other output ends a line that just ticks.
  void refresh_progress(std::string_view line);

  /// Whether a progress line stands on the terminal.
  [[nodiscard]] bool progress_is_visible() const;

  void erase_progress();

  /// Starts the answer of a command that reports events: NDJSON, {"type":"version",...} first.
  /// Only in JSON format, and only the first call. Without it the answer is one JSON object.
  void open_events(std::string_view tool_version);

  [[nodiscard]] bool events_are_open() const;

  /// Prints one event; `json` is an object on one line. Nothing if events are not open.
  void event(std::string_view json);

  /// Why the answer could not be written (a full disk), if so; not for a reader that went away.
  [[nodiscard]] std::error_code answer_error() const;

 private:
  struct State;
  explicit Terminal(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace medusa
