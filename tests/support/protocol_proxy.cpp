// SPDX-License-Identifier: MIT
#include "protocol_proxy.hpp"

#include <arpa/inet.h>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <list>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <poll.h>
#include <string_view>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace medusa {

namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

std::uint32_t number_at(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return ntohl(value);
}

int connect_to(const std::filesystem::path& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket.string().copy(address.sun_path, sizeof address.sun_path - 1);
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor >= 0 &&
      ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(descriptor);
    return -1;
  }
  return descriptor;
}

bool send_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

/// One direction of a connection: bytes that do not make a whole message yet.
struct Stream {
  bool from_client = true;
  bool typed = false;  ///< Whether messages have a type: the client's first ones have none.
  std::string pending = {};

  /// Takes the next whole message off.
  std::optional<std::string> take() {
    const std::size_t head = typed ? 1 : 0;
    if (pending.size() < head + 4) {
      return std::nullopt;
    }
    const std::size_t size = head + number_at(pending, head);
    if (pending.size() < size) {
      return std::nullopt;
    }
    std::string message = pending.substr(0, size);
    pending.erase(0, size);
    return message;
  }
};

struct Link {
  std::size_t number = 0;
  int client = -1;
  int server = -1;
  Stream up{.from_client = true, .typed = false};
  Stream down{.from_client = false, .typed = true};
  std::string application = {};
  bool open = true;
};

constexpr std::uint32_t kProtocol3 = 196608;

std::string application_in(const std::string& startup) {
  const std::string key("\0application_name\0", 18);
  const std::size_t at = startup.find(key);
  return at == std::string::npos ? std::string{} : std::string(startup.c_str() + at + key.size());
}

}  // namespace

bool ProtocolMessage::is_query(const std::string& sql) const {
  if (!from_client || (type != 'Q' && type != 'P')) {
    return false;
  }
  const std::size_t begin = type == 'Q' ? 0 : content.find('\0') + 1;
  return std::string_view(content.c_str() + begin) == sql;
}

bool ProtocolMessage::is_completion(const std::string& tag) const {
  return !from_client && type == 'C' && std::string_view(content.c_str()) == tag;
}

struct ProtocolProxy::State {
  std::filesystem::path socket;
  Decision decision;
  int listener = -1;
  int wake = -1;
  int port = 0;
  std::atomic<bool> refusing{false};
  std::atomic<bool> finished{false};
  std::atomic<bool> cutting{false};
  std::atomic<std::size_t> messages{0};
  std::size_t connections = 0;
  std::list<Link> links = {};
  std::jthread thread = {};

  void listen();
  void run();
  /// Has the thread look at what it is to do.
  void rouse() const;
  void accept();
  void pump(Link& link, bool from_client);
  bool pass(Link& link, Stream& stream, const std::string& bytes);
  static void close(Link& link);
};

void ProtocolProxy::State::listen() {
  listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  wake = ::eventfd(0, EFD_CLOEXEC);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (listener < 0 || wake < 0 ||
      ::bind(listener, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
      ::listen(listener, SOMAXCONN) != 0 ||
      ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    fail("the proxy cannot listen");
  }
  port = ntohs(address.sin_port);
}

void ProtocolProxy::State::rouse() const {
  const std::uint64_t one = 1;
  static_cast<void>(::write(wake, &one, sizeof one));
}

void ProtocolProxy::State::run() {
  while (!finished) {
    std::vector<pollfd> polled{{wake, POLLIN, 0}, {listener, POLLIN, 0}};
    std::vector<Link*> of;
    for (Link& link : links) {
      polled.push_back({link.client, POLLIN, 0});
      polled.push_back({link.server, POLLIN, 0});
      of.push_back(&link);
    }
    ::poll(polled.data(), polled.size(), -1);
    if (polled[0].revents != 0) {
      std::uint64_t count = 0;
      static_cast<void>(::read(wake, &count, sizeof count));
      if (cutting.exchange(false)) {
        for (Link& link : links) {
          close(link);
        }
        links.clear();
      }
      continue;
    }
    for (std::size_t i = 0; i < of.size(); ++i) {
      for (const bool from_client : {true, false}) {
        if (of[i]->open && polled[2 + 2 * i + (from_client ? 0 : 1)].revents != 0) {
          pump(*of[i], from_client);
        }
      }
    }
    if (polled[1].revents != 0) {
      accept();
    }
    links.remove_if([](const Link& link) { return !link.open; });
  }
  for (Link& link : links) {
    close(link);
  }
}

void ProtocolProxy::State::accept() {
  const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) {
    return;
  }
  // Messages go one by one: without this each would wait for the one before to be acknowledged.
  const int on = 1;
  ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const int server = refusing ? -1 : connect_to(socket);
  if (server < 0) {
    ::close(client);
    return;
  }
  links.push_back({.number = connections++, .client = client, .server = server});
}

void ProtocolProxy::State::pump(Link& link, bool from_client) {
  std::array<char, 65536> buffer{};
  const ssize_t got =
      ::recv(from_client ? link.client : link.server, buffer.data(), buffer.size(), 0);
  if (got <= 0) {
    close(link);
    return;
  }
  Stream& stream = from_client ? link.up : link.down;
  const std::string_view bytes(buffer.data(), static_cast<std::size_t>(got));
  // To a request for encryption the server answers a single byte; nothing here asks for it.
  stream.pending += bytes;
  while (const auto message = stream.take()) {
    if (!pass(link, stream, *message)) {
      close(link);
      return;
    }
  }
}

bool ProtocolProxy::State::pass(Link& link, Stream& stream, const std::string& bytes) {
  const std::size_t head = stream.typed ? 5 : 4;
  ProtocolMessage message{.connection = link.number,
                          .number = messages++,
                          .from_client = stream.from_client,
                          .type = stream.typed ? bytes.front() : '\0',
                          .content = bytes.substr(head)};
  if (!stream.typed && number_at(bytes, 4) == kProtocol3) {
    stream.typed = true;
    link.application = application_in(message.content);
  }
  message.application = link.application;
  const ProxyAction action = decision(message);
  if (action == ProxyAction::Cut) {
    return false;
  }
  const bool sent = send_all(stream.from_client ? link.server : link.client, bytes);
  // What a server that is gone said last is still to be read, and to be handed on.
  return (sent || stream.from_client) && action == ProxyAction::Forward;
}

void ProtocolProxy::State::close(Link& link) {
  link.open = false;
  ::close(link.client);
  ::close(link.server);
}

ProtocolProxy::ProtocolProxy(const std::filesystem::path& socket, Decision decision)
    : state_(std::make_unique<State>()) {
  state_->socket = socket;
  state_->decision = std::move(decision);
  state_->listen();
  state_->thread = std::jthread([this] { state_->run(); });
}

ProtocolProxy::~ProtocolProxy() {
  state_->finished = true;
  state_->rouse();
  state_->thread.join();
  ::close(state_->listener);
  ::close(state_->wake);
}

int ProtocolProxy::port() const {
  return state_->port;
}

std::size_t ProtocolProxy::messages() const {
  return state_->messages;
}

void ProtocolProxy::cut_all() {
  state_->cutting = true;
  state_->rouse();
}

void ProtocolProxy::refuse_connections() {
  state_->refusing = true;
}

}  // namespace medusa
