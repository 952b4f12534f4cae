// SPDX-License-Identifier: MIT
#include "medusa/core/secret.hpp"

#include <array>
#include <cstddef>

namespace medusa {

namespace {

constexpr std::string_view kMask = "***";

/// Replaces the value of every `key=` up to a delimiter; a quoted value ends at its quote.
void mask_parameter(std::string& text, std::string_view key) {
  for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at)) {
    std::size_t begin = at + key.size();
    at = begin;
    while (begin < text.size() && text[begin] == ' ') {
      ++begin;
    }
    if (begin >= text.size() || text[begin] != '=') {
      continue;
    }
    ++begin;
    while (begin < text.size() && text[begin] == ' ') {
      ++begin;
    }
    std::size_t end = begin;
    if (end < text.size() && text[end] == '\'') {
      for (++end; end < text.size() && text[end] != '\''; ++end) {
        end += text[end] == '\\' ? 1U : 0U;
      }
      end = end < text.size() ? end + 1 : text.size();
    } else {
      end = text.find_first_of("& \t\n", begin);
      end = end == std::string::npos ? text.size() : end;
    }
    text.replace(begin, end - begin, kMask);
  }
}

}  // namespace

std::string mask_password(std::string_view connection_string) {
  std::string text(connection_string);
  const std::size_t scheme = text.find("://");
  if (scheme != std::string::npos) {
    const std::size_t begin = scheme + 3;
    // The last '@' before the path ends the userinfo: people paste unescaped '@' in passwords.
    const std::size_t slash = text.find_first_of("/?", begin);
    std::size_t at = text.rfind('@', slash);
    if (at == std::string::npos || at < begin) {
      at = text.rfind('@');  // an unescaped '/' or '?' in the password
    }
    if (at != std::string::npos && at >= begin) {
      const std::size_t colon = text.find(':', begin);
      if (colon != std::string::npos && colon < at) {
        text.replace(colon + 1, at - colon - 1, kMask);
      }
    }
  }
  for (const std::string_view key : std::array<std::string_view, 1>{"password"}) {
    mask_parameter(text, key);
  }
  return text;
}

std::string without_secret(std::string text, std::string_view secret) {
  if (secret.empty()) {
    return text;
  }
  for (std::size_t at = text.find(secret); at != std::string::npos;
       at = text.find(secret, at + kMask.size())) {
    text.replace(at, secret.size(), kMask);
  }
  return text;
}

}  // namespace medusa
