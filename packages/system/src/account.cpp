// SPDX-License-Identifier: MIT
#include "medusa/system/account.hpp"

#include <array>
#include <pwd.h>
#include <unistd.h>

namespace medusa {

namespace {

std::string user_name() {
  constexpr std::size_t kEnough = 16384;  // _SC_GETPW_R_SIZE_MAX of glibc is smaller
  std::string buffer(kEnough, '\0');
  passwd entry{};
  passwd* found = nullptr;
  ::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found);
  return found != nullptr ? found->pw_name : std::to_string(::geteuid());
}

}  // namespace

std::string account() {
  std::array<char, 256> host{};  // HOST_NAME_MAX is 64; the last byte stays 0
  ::gethostname(host.data(), host.size() - 1);
  return user_name() + '@' + host.data();
}

}  // namespace medusa
