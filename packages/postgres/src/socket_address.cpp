// SPDX-License-Identifier: MIT
#include "medusa/postgres/socket_address.hpp"

#include <string_view>

namespace medusa {

namespace {

/// Everything but the unreserved characters of RFC 3986 encoded: what is left means the same to
/// every URL parser.
std::string percent_encode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::string_view kUnreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string encoded;
  for (const char c : text) {
    if (kUnreserved.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += kDigits[byte >> 4U];
      encoded += kDigits[byte & 0x0FU];
    }
  }
  return encoded;
}

}  // namespace

std::filesystem::path SocketAddress::socket() const {
  return folder / (".s.PGSQL." + std::to_string(kPort));
}

std::string SocketAddress::url() const {
  // `localhost` is what TypeORM and Medusa look at (no SSL for it); `host` is where all of them
  // connect. The port is there because PGPORT would be taken otherwise.
  return std::string("postgresql://") + kUser + "@localhost:" + std::to_string(kPort) + "/" +
         percent_encode(database) + "?host=" + percent_encode(folder.string());
}

}  // namespace medusa
