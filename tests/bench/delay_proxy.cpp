// SPDX-License-Identifier: MIT
#include "delay_proxy.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <deque>
#include <list>
#include <poll.h>
#include <string>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

namespace medusa {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// Calls connect(2) or bind(2) with the socket's name.
int with_address(int (*call)(int, const sockaddr*, socklen_t),
                 int descriptor,
                 const std::filesystem::path& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket.string().copy(address.sun_path, sizeof address.sun_path - 1);
  return call(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

/// What came at once, and when it may go on. Nothing is the end of the stream.
struct Parcel {
  Clock::time_point due = {};
  std::string bytes = {};
};

/// One direction of a connection.
struct Stream {
  int from = -1;
  int to = -1;
  std::deque<Parcel> under_way = {};
  bool at_end = false;  ///< Nothing more comes in.

  /// False once the other side takes nothing any more.
  [[nodiscard]] bool hand_on(Clock::time_point now) {
    while (!under_way.empty() && under_way.front().due <= now) {
      Parcel& parcel = under_way.front();
      if (parcel.bytes.empty()) {
        return false;
      }
      const ssize_t sent = ::send(to, parcel.bytes.data(), parcel.bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) {
        return false;
      }
      parcel.bytes.erase(0, static_cast<std::size_t>(sent));
      if (parcel.bytes.empty()) {
        under_way.pop_front();
      }
    }
    return true;
  }

  void take(Clock::time_point due) {
    std::array<char, 65536> buffer{};
    const ssize_t got = ::recv(from, buffer.data(), buffer.size(), 0);
    at_end = got <= 0;
    under_way.push_back(
        {due, at_end ? std::string{} : std::string(buffer.data(), static_cast<std::size_t>(got))});
  }
};

struct Link {
  Stream up = {};
  Stream down = {};
};

}  // namespace

struct DelayProxy::State {
  std::filesystem::path server;
  std::chrono::microseconds each_way;
  int listener = -1;
  int wake = -1;
  std::atomic<bool> finished{false};
  std::list<Link> links = {};
  std::jthread thread = {};

  void listen(const std::filesystem::path& socket);
  void run();
  void accept();
  void wait();
  void hand_on();
  [[nodiscard]] timespec until_next() const;
};

void DelayProxy::State::listen(const std::filesystem::path& socket) {
  listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  wake = ::eventfd(0, EFD_CLOEXEC);
  if (listener < 0 || wake < 0 || with_address(::bind, listener, socket) != 0 ||
      ::listen(listener, SOMAXCONN) != 0) {
    fail("the proxy cannot listen");
  }
}

void DelayProxy::State::run() {
  ::prctl(PR_SET_TIMERSLACK, 1UL);  // else each wait takes 50 microseconds longer
  while (!finished) {
    wait();
    hand_on();
  }
}

timespec DelayProxy::State::until_next() const {
  std::chrono::nanoseconds left = std::chrono::seconds(1);
  const Clock::time_point now = Clock::now();
  for (const Link& link : links) {
    for (const Stream* stream : {&link.up, &link.down}) {
      if (!stream->under_way.empty()) {
        left = std::min<std::chrono::nanoseconds>(left, stream->under_way.front().due - now);
      }
    }
  }
  left = std::max(left, std::chrono::nanoseconds(0));
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
  return {.tv_sec = seconds.count(), .tv_nsec = (left - seconds).count()};
}

void DelayProxy::State::wait() {
  std::vector<pollfd> polled{{wake, POLLIN, 0}, {listener, POLLIN, 0}};
  std::vector<Stream*> of;
  for (Link& link : links) {
    for (Stream* stream : {&link.up, &link.down}) {
      polled.push_back({stream->at_end ? -1 : stream->from, POLLIN, 0});
      of.push_back(stream);
    }
  }
  const timespec left = until_next();
  if (::ppoll(polled.data(), polled.size(), &left, nullptr) <= 0) {
    return;
  }
  const Clock::time_point due = Clock::now() + each_way;
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (polled[2 + i].revents != 0) {
      of[i]->take(due);
    }
  }
  if (polled[1].revents != 0) {
    accept();
  }
}

void DelayProxy::State::accept() {
  const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) {
    return;
  }
  const int upstream = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (upstream < 0 || with_address(::connect, upstream, server) != 0) {
    ::close(upstream);
    ::close(client);
    return;
  }
  links.push_back(
      {.up = {.from = client, .to = upstream}, .down = {.from = upstream, .to = client}});
}

void DelayProxy::State::hand_on() {
  const Clock::time_point now = Clock::now();
  links.remove_if([&](Link& link) {
    const bool open = link.up.hand_on(now) && link.down.hand_on(now);
    if (!open) {
      ::close(link.up.from);
      ::close(link.up.to);
    }
    return !open;
  });
}

DelayProxy::DelayProxy(const std::filesystem::path& from,
                       const std::filesystem::path& to,
                       std::chrono::microseconds each_way)
    : state_(std::make_unique<State>(to, each_way)) {
  state_->listen(from);
  state_->thread = std::jthread([this] { state_->run(); });
}

DelayProxy::~DelayProxy() {
  state_->finished = true;
  const std::uint64_t one = 1;
  static_cast<void>(::write(state_->wake, &one, sizeof one));
  state_->thread.join();
  for (const Link& link : state_->links) {
    ::close(link.up.from);
    ::close(link.up.to);
  }
  ::close(state_->listener);
  ::close(state_->wake);
}

}  // namespace medusa
