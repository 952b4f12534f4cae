// SPDX-License-Identifier: MIT
// A child process that speaks lines with us over two extra pipes: it reads descriptor 3 and writes
// descriptor 4, so whatever it or a library prints cannot disturb the conversation.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "medusa/system/process.hpp"

namespace medusa {

/// A running child with a line channel. Not thread-safe. The destructor ends and reaps the child.
class ChannelProcess {
 public:
  /// Its standard input goes into the pipe at once, as far as the system lets pipes grow (a
  /// mebibyte): the child then starts without our waiting for it.
  /// @throws Error with ErrorCode::Host if the program cannot be started.
  explicit ChannelProcess(const ProcessCommand& command);
  ~ChannelProcess();
  ChannelProcess(const ChannelProcess&) = delete;
  ChannelProcess& operator=(const ChannelProcess&) = delete;
  ChannelProcess(ChannelProcess&&) = delete;
  ChannelProcess& operator=(ChannelProcess&&) = delete;

  /// Sends one line (without its line end). Never blocks: what the pipe does not take at once
  /// is sent while we wait in read_line.
  void write_line(std::string_view line);

  enum class ReadOutcome { Line, Closed, TimedOut };

  /// Waits for the child's next line. `line` is set for ReadOutcome::Line only.
  [[nodiscard]] ReadOutcome read_line(std::string& line, std::chrono::milliseconds timeout);

  /// What the child printed on stdout and stderr so far (the last 64 KiB of it).
  [[nodiscard]] const std::string& printed() const;

  /// What it printed since the last call (at most the last 64 KiB).
  [[nodiscard]] std::string take_printed();

  /// Ends the child if it still runs (closes the channel, then SIGKILL) and reaps it.
  ProcessResult stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace medusa
