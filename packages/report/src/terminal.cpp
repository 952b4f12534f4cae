// SPDX-License-Identifier: MIT
#include "medusa/report/terminal.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <mutex>
#include <optional>
#include <unistd.h>
#include <utility>

#include "medusa/system/environment.hpp"

#include "display_width.hpp"
#include "json.hpp"
#include "sink.hpp"

namespace medusa {

namespace {

constexpr std::size_t kUsualColumns = 80;
/// Version of the NDJSON events; a change that breaks readers raises it.
constexpr int kEventSchema = 1;
constexpr std::string_view kEraseLine = "\r\x1b[K";

/// The variable's value; "" when it is not defined, which these variables do not tell apart.
std::string value_of(const Environment& environment, const char* name) {
  return environment.get(name).value_or("");
}

bool is_dumb(const Environment& environment) {
  const std::string term = value_of(environment, "TERM");
  return term.empty() || term == "dumb";
}

/// https://no-color.org and https://bixense.com/clicolors.
bool wants_color(ColorMode mode, bool is_terminal, const Environment& environment) {
  if (mode != ColorMode::Auto) {
    return mode == ColorMode::Always;
  }
  if (!value_of(environment, "NO_COLOR").empty()) {
    return false;
  }
  const std::string force = value_of(environment, "CLICOLOR_FORCE");
  if (!force.empty() && force != "0") {
    return true;
  }
  return is_terminal && !is_dumb(environment) && value_of(environment, "CLICOLOR") != "0";
}

/// What setlocale would look at, without making the process depend on installed locales.
bool locale_is_utf8(const Environment& environment) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string value = value_of(environment, name);
    if (!value.empty()) {
      std::transform(value.begin(), value.end(), value.begin(), [](unsigned char c) {
        return static_cast<char>(std::toupper(c));
      });
      return value.find("UTF-8") != std::string::npos || value.find("UTF8") != std::string::npos;
    }
  }
  return false;
}

std::size_t columns_variable(const Environment& environment) {
  const std::string text = value_of(environment, "COLUMNS");
  std::size_t columns = 0;
  std::from_chars(text.data(), text.data() + text.size(), columns);
  return columns > 0 ? columns : kUsualColumns;
}

bool is_ci(const Environment& environment) {
  const std::string ci = value_of(environment, "CI");
  return !ci.empty() && ci != "false" && ci != "0";
}

/// A sink and how to draw on it.
struct Channel {
  std::unique_ptr<Sink> sink;
  bool color = false;
};

}  // namespace

struct Terminal::State {
  State(std::unique_ptr<Sink> answer_sink,
        std::unique_ptr<Sink> talk_sink,
        const Environment& environment,
        const TerminalOptions& terminal_options)
      : options(terminal_options),
        unicode(locale_is_utf8(environment)),
        fallback_columns(columns_variable(environment)) {
    for (auto [channel, sink] : {std::pair(&answer, &answer_sink), std::pair(&talk, &talk_sink)}) {
      channel->color = wants_color(options.color, (*sink)->is_terminal(), environment);
      channel->sink = std::move(*sink);
    }
    shows_progress = talk.sink->is_terminal() && !is_dumb(environment) && !is_ci(environment) &&
                     options.format == OutputFormat::Text && options.verbosity != Verbosity::Quiet;
  }

  [[nodiscard]] Look look(const Channel& channel) const {
    std::size_t columns = 0;
    if (channel.sink->is_terminal()) {
      columns = channel.sink->columns();
      columns = columns > 0 ? columns : fallback_columns;
    }
    return {.columns = columns, .color = channel.color, .unicode = unicode};
  }

  /// One write for all of it, so that lines of other processes do not get between.
  void write(Channel& channel, std::string_view text) {
    if (text.empty()) {
      return;
    }
    std::string whole(text);
    if (!whole.ends_with('\n')) {
      whole += '\n';
    }
    const std::lock_guard lock(mutex);
    erase();
    channel.sink->write(whole);
  }

  void erase() {
    if (std::exchange(progress_visible, false)) {
      talk.sink->write(kEraseLine);
    }
  }

  void draw(std::string_view line) {
    // The old line is overwritten before the rest of it is erased: that does not flicker.
    talk.sink->write("\r" + std::string(line) + "\x1b[K");
    progress_visible = true;
  }

  TerminalOptions options;
  Channel answer;
  Channel talk;
  bool unicode = false;
  std::size_t fallback_columns = kUsualColumns;
  bool shows_progress = false;

  std::mutex mutex;  // guards what follows, and both sinks
  bool progress_visible = false;
  bool events_open = false;
};

Terminal Terminal::of_process(const Environment& environment, const TerminalOptions& options) {
  return Terminal(std::make_unique<State>(std::make_unique<DescriptorSink>(STDOUT_FILENO),
                                          std::make_unique<DescriptorSink>(STDERR_FILENO),
                                          environment,
                                          options));
}

Terminal::Terminal(std::ostream& answer,
                   const ChannelSetup& answer_setup,
                   std::ostream& talk,
                   const ChannelSetup& talk_setup,
                   const Environment& environment,
                   const TerminalOptions& options)
    : state_(std::make_unique<State>(
          std::make_unique<StreamSink>(answer, answer_setup.is_terminal, answer_setup.columns),
          std::make_unique<StreamSink>(talk, talk_setup.is_terminal, talk_setup.columns),
          environment,
          options)) {}

Terminal::Terminal(std::unique_ptr<State> state) : state_(std::move(state)) {}

Terminal::~Terminal() {
  erase_progress();
}

OutputFormat Terminal::format() const {
  return state_->options.format;
}

Verbosity Terminal::verbosity() const {
  return state_->options.verbosity;
}

Look Terminal::answer_look() const {
  return state_->look(state_->answer);
}

Look Terminal::talk_look() const {
  return state_->look(state_->talk);
}

void Terminal::answer(std::string_view text) {
  state_->write(state_->answer, text);
}

void Terminal::talk(std::string_view text) {
  state_->write(state_->talk, text);
}

void Terminal::status(std::string_view verb, std::string_view object, Style style) {
  if (verbosity() != Verbosity::Quiet) {
    talk(talk_look().verb(verb, style) + printable(object, true));
  }
}

void Terminal::note(std::string_view text) {
  if (verbosity() != Verbosity::Quiet) {
    talk(talk_look().styled("note:", Style::StrongAccent) + ' ' + printable(text, true));
  }
}

void Terminal::warn(std::string_view text) {
  if (events_are_open()) {
    Json diagnostic = diagnostic_json({.message = std::string(text)});
    diagnostic["code"] = nullptr;
    event(one_line(warning_json(diagnostic)));
    return;
  }
  talk(talk_look().styled("warning:", Style::StrongCaution) + ' ' + printable(text, true));
}

bool Terminal::shows_progress() const {
  return state_->shows_progress;
}

void Terminal::progress(std::string_view line) {
  if (shows_progress()) {
    const std::lock_guard lock(state_->mutex);
    state_->draw(line);
  }
}

void Terminal::refresh_progress(std::string_view line) {
  const std::lock_guard lock(state_->mutex);
  if (state_->progress_visible) {
    state_->draw(line);
  }
}

bool Terminal::progress_is_visible() const {
  const std::lock_guard lock(state_->mutex);
  return state_->progress_visible;
}

void Terminal::erase_progress() {
  const std::lock_guard lock(state_->mutex);
  state_->erase();
}

void Terminal::open_events(std::string_view tool_version) {
  if (format() != OutputFormat::Json) {
    return;
  }
  {
    const std::lock_guard lock(state_->mutex);
    if (std::exchange(state_->events_open, true)) {
      return;
    }
  }
  event(one_line({{"type", "version"},
                  {"schema", kEventSchema},
                  {"tool", "medusa"},
                  {"version", tool_version}}));
}

bool Terminal::events_are_open() const {
  const std::lock_guard lock(state_->mutex);
  return state_->events_open;
}

void Terminal::event(std::string_view json) {
  if (events_are_open()) {
    answer(json);
  }
}

std::error_code Terminal::answer_error() const {
  const std::lock_guard lock(state_->mutex);
  return state_->answer.sink->error();
}

}  // namespace medusa
