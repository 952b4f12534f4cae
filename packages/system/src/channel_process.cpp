// SPDX-License-Identifier: MIT
#include "medusa/system/channel_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "pipe.hpp"
#include "spawn.hpp"

namespace medusa {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kPrintedLimit = std::size_t{64} * 1024;
constexpr std::chrono::milliseconds kGracePeriod{500};

/// Appends what the descriptor has; returns false once it is closed.
bool read_available(int descriptor, std::string& into) {
  std::array<char, 65536> buffer{};
  const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
  if (got > 0) {
    into.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
  }
  return got < 0 && (errno == EINTR || errno == EAGAIN);
}

/// Whether the child ends before the deadline; it is not reaped. A child may close everything it
/// shares with us and still go on.
bool has_ended_by(pid_t child, Clock::time_point deadline) {
  constexpr std::chrono::milliseconds kPause{2};
  while (true) {
    siginfo_t state{};
    const int outcome =
        ::waitid(P_PID, static_cast<id_t>(child), &state, WEXITED | WNOHANG | WNOWAIT);
    if (outcome == 0 && state.si_pid == child) {
      return true;
    }
    if (Clock::now() >= deadline) {
      return false;
    }
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace

struct ChannelProcess::State {
  Pipe input;
  Pipe printed_pipe;
  Pipe requests;
  Pipe messages;
  boost::process::child child = {};
  std::string stdin_rest = {};    ///< Not yet written to standard input.
  std::string request_rest = {};  ///< Not yet written to the channel.
  std::string received = {};      ///< Read from the channel, not yet handed out.
  std::size_t scanned = 0;        ///< Prefix of `received` known to hold no line end.
  std::string printed = {};
  std::size_t fresh = 0;  ///< How many of the last bytes of `printed` nobody took yet.
  bool channel_open = true;
  bool printing = true;

  /// Waits until something moves and moves it; false once `deadline` has passed, also for a child
  /// that never stops printing.
  bool pump(Clock::time_point deadline);
  void send(Pipe& pipe, std::string& rest, short events);
  void collect_printed();
};

void ChannelProcess::State::send(Pipe& pipe, std::string& rest, short events) {
  if (events == 0 || rest.empty() || pipe.write_end() < 0) {
    return;
  }
  const ssize_t put = ::write(pipe.write_end(), rest.data(), rest.size());
  if (put > 0) {
    rest.erase(0, static_cast<std::size_t>(put));
  } else if (put < 0 && errno != EAGAIN && errno != EINTR) {
    rest.clear();  // the child is gone; the closed channel will say so
  }
}

void ChannelProcess::State::collect_printed() {
  const std::size_t before = printed.size();
  printing = read_available(printed_pipe.read_end(), printed);
  fresh += printed.size() - before;
  if (printed.size() > kPrintedLimit) {
    printed.erase(0, printed.size() - kPrintedLimit);
  }
  fresh = std::min(fresh, printed.size());
}

bool ChannelProcess::State::pump(Clock::time_point deadline) {
  if (stdin_rest.empty()) {
    input.close_write_end();
  }
  std::array<pollfd, 4> waits{{{channel_open ? messages.read_end() : -1, POLLIN, 0},
                               {printing ? printed_pipe.read_end() : -1, POLLIN, 0},
                               {request_rest.empty() ? -1 : requests.write_end(), POLLOUT, 0},
                               {stdin_rest.empty() ? -1 : input.write_end(), POLLOUT, 0}}};
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
  const int ready =
      ::poll(waits.data(), waits.size(), static_cast<int>(std::clamp<long>(left, 0, 1L << 30U)));
  if (ready <= 0) {
    return ready < 0 && left > 0;  // EINTR: the caller looks at the clock again
  }
  send(requests, request_rest, waits[2].revents);
  send(input, stdin_rest, waits[3].revents);
  if (stdin_rest.empty()) {
    input.close_write_end();  // nobody may be here again soon, and the child waits for the end
  }
  if (waits[1].revents != 0) {
    collect_printed();
  }
  if (waits[0].revents != 0) {
    channel_open = read_available(messages.read_end(), received);
  }
  return left > 0;
}

ChannelProcess::ChannelProcess(const ProcessCommand& command) : state_(std::make_unique<State>()) {
  State& state = *state_;
  state.stdin_rest = command.input;
  state.child = spawn(command,
                      {.standard_input = state.input.read_end(),
                       .standard_output = state.printed_pipe.write_end(),
                       .standard_error = state.printed_pipe.write_end(),
                       .channel_in = state.requests.read_end(),
                       .channel_out = state.messages.write_end()},
                      Group::Own);
  state.input.close_read_end();
  state.printed_pipe.close_write_end();
  state.requests.close_read_end();
  state.messages.close_write_end();
  for (const int descriptor : {state.input.write_end(),
                               state.printed_pipe.read_end(),
                               state.requests.write_end(),
                               state.messages.read_end()}) {
    set_non_blocking(descriptor);
  }
  state.input.hold(state.stdin_rest.size());
  state.pump(Clock::now());
}

ChannelProcess::~ChannelProcess() {
  try {
    stop();
  } catch (...) {  // NOLINT(bugprone-empty-catch): a destructor has nobody to tell
  }
}

void ChannelProcess::write_line(std::string_view line) {
  state_->request_rest += line;
  state_->request_rest += '\n';
  state_->pump(Clock::now());
}

ChannelProcess::ReadOutcome ChannelProcess::read_line(std::string& line,
                                                      std::chrono::milliseconds timeout) {
  State& state = *state_;
  const Clock::time_point deadline = Clock::now() + timeout;
  bool in_time = true;
  while (true) {
    const std::size_t end = state.received.find('\n', state.scanned);
    if (end != std::string::npos) {
      line = state.received.substr(0, end);
      state.received.erase(0, end + 1);
      state.scanned = 0;
      return ReadOutcome::Line;
    }
    state.scanned = state.received.size();
    if (!state.channel_open) {
      return ReadOutcome::Closed;
    }
    if (!in_time) {
      return ReadOutcome::TimedOut;
    }
    in_time = state.pump(deadline);
  }
}

const std::string& ChannelProcess::printed() const {
  return state_->printed;
}

std::string ChannelProcess::take_printed() {
  // What it printed before its last line may still lie in the pipe.
  pollfd wait{state_->printing ? state_->printed_pipe.read_end() : -1, POLLIN, 0};
  if (::poll(&wait, 1, 0) > 0) {
    state_->collect_printed();
  }
  std::string text = state_->printed.substr(state_->printed.size() - state_->fresh);
  state_->fresh = 0;
  return text;
}

ProcessResult ChannelProcess::stop() {
  State& state = *state_;
  if (!state.child.valid()) {
    return {};
  }
  state.requests.close_write_end();
  state.input.close_write_end();
  state.request_rest.clear();
  state.stdin_rest.clear();
  // A child that is told its channel ended leaves by itself; its last words are worth having.
  const Clock::time_point deadline = Clock::now() + kGracePeriod;
  while ((state.channel_open || state.printing) && state.pump(deadline)) {
  }
  if (state.channel_open || state.printing || !has_ended_by(state.child.id(), deadline)) {
    ::kill(state.child.id(), SIGKILL);
  }
  // Children of its own are in its group; until we wait for it, nobody else can have that number.
  ::kill(-state.child.id(), SIGKILL);
  state.child.wait();
  const ProcessResult result = result_of(state.child);
  state.child = {};
  return result;
}

}  // namespace medusa
