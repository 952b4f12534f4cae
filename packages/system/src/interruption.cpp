// SPDX-License-Identifier: MIT
#include "medusa/system/interruption.hpp"

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>
#include <utility>

#include "medusa/core/error.hpp"

namespace medusa {

namespace {

// Signals belong to the process, so the state does too.
std::atomic<int> received{0};
std::mutex cancel_mutex;
std::function<void()> cancel_callback;
std::atomic<int> deferrals{0};
std::mutex received_mutex;
std::condition_variable received_one;
std::jthread watcher;
std::atomic<bool> finished{false};

/// Not under nohup, which wants us to outlive the terminal.
bool heeds_hangup = true;

bool is_hangup_ignored() {
  struct sigaction action {};

  return ::sigaction(SIGHUP, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

sigset_t watched_signals() {
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGINT);
  ::sigaddset(&set, SIGTERM);
  if (heeds_hangup) {
    ::sigaddset(&set, SIGHUP);
  }
  ::sigaddset(&set, SIGUSR2);  // our own wake-up at the end
  return set;
}

void watch() {
  const sigset_t set = watched_signals();
  // A cancel that overtakes the work it is meant for is lost, so it is repeated.
  constexpr timespec kAgain{.tv_sec = 0, .tv_nsec = 250'000'000};
  while (true) {
    const int number =
        received == 0 ? ::sigwaitinfo(&set, nullptr) : ::sigtimedwait(&set, nullptr, &kAgain);
    if (finished) {
      return;
    }
    if (number == SIGINT || number == SIGTERM || number == SIGHUP) {
      {
        const std::lock_guard lock(received_mutex);
        int none = 0;
        received.compare_exchange_strong(none, number);
      }
      received_one.notify_all();
    }
    if (received != 0) {
      const std::lock_guard lock(cancel_mutex);
      if (cancel_callback && deferrals == 0) {
        cancel_callback();
      }
    }
  }
}

}  // namespace

Interruption::Interruption() {
  heeds_hangup = !is_hangup_ignored();  // before the watcher starts, which reads it
  const sigset_t set = watched_signals();
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);  // inherited by every later thread
  ::signal(SIGPIPE, SIG_IGN);                   // a closed pipe is an error of write(), not our end
  watcher = std::jthread(watch);
}

Interruption::~Interruption() {
  finished = true;
  ::pthread_kill(watcher.native_handle(), SIGUSR2);
  watcher.join();
}

int Interruption::signal() {
  return received;
}

void Interruption::wait(std::chrono::milliseconds time) {
  std::unique_lock lock(received_mutex);
  received_one.wait_for(lock, time, [] { return received != 0 && deferrals == 0; });
}

void Interruption::check() {
  const int number = deferrals == 0 ? received.load() : 0;
  if (number == SIGINT) {
    throw Error({.code = ErrorCode::Interrupted, .message = "interrupted"});
  }
  if (number == SIGHUP) {
    throw Error({.code = ErrorCode::Terminated, .message = "terminated: the terminal was closed"});
  }
  if (number != 0) {
    throw Error({.code = ErrorCode::Terminated, .message = "terminated"});
  }
}

Interruption::Deferral::Deferral() {
  ++deferrals;
}

Interruption::Deferral::~Deferral() {
  --deferrals;
}

Interruption::Scope::Scope(std::function<void()> cancel) {
  const std::lock_guard lock(cancel_mutex);
  cancel_callback = std::move(cancel);
  if (received != 0) {
    cancel_callback();
  }
}

Interruption::Scope::~Scope() {
  const std::lock_guard lock(cancel_mutex);
  cancel_callback = nullptr;
}

}  // namespace medusa
