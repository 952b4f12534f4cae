// SPDX-License-Identifier: MIT
// A TCP proxy between a program and PostgreSQL that understands their messages, to cut the wire at
// any of them. https://www.postgresql.org/docs/current/protocol-message-formats.html
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace medusa {

/// One message on its way.
struct ProtocolMessage {
  std::size_t connection = 0;  ///< Counts connections from 0, in the order they were made.
  std::size_t number = 0;      ///< Counts the messages of all connections from 0, both directions.
  bool from_client = true;
  char type = 0;                 ///< 0: start-up, SSL and cancel requests, which have none.
  std::string content = {};      ///< Without type and length.
  std::string application = {};  ///< application_name of the connection, once it is known.

  /// Whether it is a simple query or a Parse message with that text.
  [[nodiscard]] bool is_query(const std::string& sql) const;
  /// Whether it is a CommandComplete with that tag.
  [[nodiscard]] bool is_completion(const std::string& tag) const;
};

/// What to do with a message.
enum class ProxyAction {
  Forward,
  Cut,         ///< Both sides see the connection end, and the message gets through to neither.
  ForwardCut,  ///< It gets through; then both sides see the connection end.
};

/// Listens on a port of 127.0.0.1 of its own and hands everything on to the server's socket. One
/// thread, ended with this object.
class ProtocolProxy {
 public:
  /// Decides about each message, in the order they come, on the proxy's thread. Must not throw.
  using Decision = std::function<ProxyAction(const ProtocolMessage&)>;

  /// @param socket of the server, a Unix socket.
  ProtocolProxy(const std::filesystem::path& socket, Decision decision);
  ~ProtocolProxy();
  ProtocolProxy(const ProtocolProxy&) = delete;
  ProtocolProxy& operator=(const ProtocolProxy&) = delete;
  ProtocolProxy(ProtocolProxy&&) = delete;
  ProtocolProxy& operator=(ProtocolProxy&&) = delete;

  [[nodiscard]] int port() const;

  /// How many messages came so far.
  [[nodiscard]] std::size_t messages() const;

  /// Cuts every open connection, whatever is under way; new ones are accepted.
  void cut_all();

  /// From now on no connection is accepted, as if the server were gone; open ones stay.
  void refuse_connections();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace medusa
