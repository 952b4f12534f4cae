// SPDX-License-Identifier: MIT
#include "injector.hpp"

#include <csignal>
#include <cstring>
#include <exception>
#include <netinet/in.h>
#include <stdexcept>
#include <thread>
#include <utility>

#include "medusa/database/connection.hpp"

#include "child_processes.hpp"
#include "postgres_fixture.hpp"

namespace medusa::fault {

namespace {

/// The words of a message that one can read, in one line.
std::string readable(const ProtocolMessage& message) {
  constexpr std::size_t kLongest = 70;
  std::string text;
  if (message.from_client && (message.type == 'Q' || message.type == 'P')) {
    const std::size_t begin = message.type == 'Q' ? 0 : message.content.find('\0') + 1;
    text = message.content.c_str() + begin;
  } else if (!message.from_client && message.type == 'C') {
    text = message.content.c_str();
  }
  for (char& c : text) {
    c = c == '\n' ? ' ' : c;
  }
  return text.size() > kLongest ? text.substr(0, kLongest) + "..." : text;
}

int pid_in(const std::string& key_data) {
  std::uint32_t pid = 0;
  std::memcpy(&pid, key_data.data(), sizeof pid);
  return static_cast<int>(ntohl(pid));
}

}  // namespace

Injector::Injector(Fault fault, Moment moment, std::string database)
    : fault_(fault),
      wanted_(std::move(moment)),
      database_(std::move(database)) {}

ProxyAction Injector::decide(const ProtocolMessage& message) noexcept {
  try {
    if (is_watch(message)) {
      return ProxyAction::Forward;
    }
    Moment moment = moment_of(message);
    if (!fault_.has_value()) {
      moment.has_host = !children_of(program()).empty();
      moments_.push_back(std::move(moment));
      return ProxyAction::Forward;
    }
    return !fired_ && moment.is_at(wanted_) ? inject() : ProxyAction::Forward;
  } catch (const std::exception& error) {
    const std::lock_guard lock(mutex_);
    problem_ = error.what();
    return ProxyAction::Forward;
  }
}

std::string Injector::problem() const {
  const std::lock_guard lock(mutex_);
  return problem_;
}

/// Who is in the way, and how far an index is, is only asked when a statement takes long, which is
/// not the plan's doing: on a connection of its own, or behind a pooler on the control connection.
bool Injector::is_watch(const ProtocolMessage& message) {
  if (message.application != "medusa (lock)") {
    return message.application == "medusa (watch)";
  }
  if (message.from_client && message.content.find("pg_blocking_pids") != std::string::npos) {
    in_watch_ = true;
    return true;
  }
  const bool watch = in_watch_;
  in_watch_ = in_watch_ && (message.from_client || message.type != 'Z');
  return watch;
}

Moment Injector::moment_of(const ProtocolMessage& message) {
  const Line line = message.application == "medusa (lock)" ? Line::Control : Line::Work;
  const std::lock_guard lock(mutex_);
  if (!message.from_client && message.type == 'K') {
    backends_[line] = pid_in(message.content);
  } else if (message.from_client && message.type == 'X') {
    backends_.erase(line);  // it says goodbye
  }
  return {.line = line,
          .from_client = message.from_client,
          .number = counts_[{line, message.from_client}]++,
          .type = message.type,
          .text = readable(message),
          .has_work = backends_.contains(Line::Work),
          .has_control = backends_.contains(Line::Control)};
}

pid_t Injector::program() const {
  while (program_ == 0) {
    std::this_thread::yield();
  }
  return program_;
}

ProxyAction Injector::inject() {
  fired_ = true;
  if (wanted_.midway) {
    hold();
    return ProxyAction::Forward;
  }
  if (fault_ == Fault::LoseMessage) {
    return ProxyAction::Cut;
  }
  if (fault_ == Fault::LoseAnswer) {
    return ProxyAction::ForwardCut;
  }
  make(*fault_);
  return fault_ == Fault::KillProgram ? ProxyAction::Cut : ProxyAction::Forward;
}

void Injector::make(Fault fault) {
  switch (fault) {
    case Fault::LoseMessage:
    case Fault::LoseAnswer:
      throw std::logic_error("that is the proxy's work");
    case Fault::KillProgram:
      ::kill(program(), SIGKILL);
      break;
    case Fault::EndWork:
      end_backend(Line::Work);
      break;
    case Fault::EndControl:
      end_backend(Line::Control);
      break;
    case Fault::KillHost:
      kill_children_of(program());
      break;
    case Fault::CrashServer:
      PostgresFixture::shared().crash();
      crashed_ = true;
      break;
  }
}

/// An index that is built or dropped concurrently is there, invalid, until those who wrote have
/// ended.
void Injector::hold() {
  holder_ = std::make_unique<Connection>(DatabaseUrl::parse(database_, "the test"));
  holder_->execute("START TRANSACTION; LOCK TABLE one IN ROW EXCLUSIVE MODE");
  held_ = true;
}

void Injector::look_midway(ProtocolProxy& proxy) {
  if (!held_) {
    return;
  }
  try {
    Connection other(DatabaseUrl::parse(database_, "the test"));
    if (other.execute("SELECT 1 FROM pg_index WHERE NOT indisvalid", {}).rows.empty()) {
      return;
    }
    held_ = false;
    if (fault_ == Fault::LoseAnswer) {
      proxy.cut_all();
    } else {
      make(*fault_);
    }
    holder_.reset();
  } catch (const std::exception& error) {
    held_ = false;
    const std::lock_guard lock(mutex_);
    problem_ = error.what();
  }
}

/// And waits until it is gone.
void Injector::end_backend(Line line) const {
  Connection other(DatabaseUrl::parse(PostgresFixture::shared().url("postgres"), "the test"), {});
  int backend = 0;
  {
    const std::lock_guard lock(mutex_);
    backend = backends_.at(line);
  }
  const QueryResult result =
      other.execute("SELECT pg_terminate_backend($1::text::int, 30000)", {std::to_string(backend)});
  if (result.rows.at(0).at(0) != "t") {
    throw std::runtime_error("the backend cannot be ended");
  }
}

}  // namespace medusa::fault
