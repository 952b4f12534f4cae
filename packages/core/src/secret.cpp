// SPDX-License-Identifier: MIT
#include "medusa/core/secret.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace medusa {

namespace {

constexpr std::string_view kMask = "***";
/// Shorter ones are parts of ordinary words, which would be mangled, and protect nothing.
constexpr std::size_t kShortestSecret = 4;
constexpr std::string_view kBlank = " \t\r\n\f\v";

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return text;
}

/// Where a parameter's value ends: in a URL at the next parameter, in a connection string at its
/// quote or at a blank; a backslash protects what follows it there.
std::size_t end_of_value(std::string_view text, std::size_t begin, bool in_url) {
  if (in_url) {
    return std::min(text.find('&', begin), text.size());
  }
  const bool quoted = begin < text.size() && (text[begin] == '\'' || text[begin] == '"');
  const std::string_view ends = quoted ? text.substr(begin, 1) : kBlank;
  for (std::size_t end = begin + (quoted ? 1 : 0); end < text.size(); ++end) {
    if (text[end] == '\\') {
      ++end;
    } else if (ends.find(text[end]) != std::string_view::npos) {
      return quoted ? end + 1 : end;
    }
  }
  return text.size();
}

/// Replaces the value of every `password=`; `sslpassword=` ends in it.
void mask_parameters(std::string& text) {
  constexpr std::string_view kKey = "password";
  const std::size_t scheme = text.find("://");
  std::size_t at = lower_case(text).find(kKey);
  while (at != std::string::npos) {
    const std::size_t equals = text.find_first_not_of(kBlank, at + kKey.size());
    at += kKey.size();
    if (equals != std::string::npos && text[equals] == '=') {
      const bool in_url = scheme < at;
      const std::size_t begin = std::min(text.find_first_not_of(kBlank, equals + 1), text.size());
      text.replace(begin, end_of_value(text, begin, in_url) - begin, kMask);
      at = begin + kMask.size();
    }
    at = lower_case(text).find(kKey, at);
  }
}

/// Whether `authority` is hosts with numbers for ports, and so no user with a password.
bool is_hosts_and_ports(std::string_view authority) {
  bool in_port = false;
  bool in_brackets = false;
  for (const char c : authority) {
    in_brackets = c == '[' || (in_brackets && c != ']');
    if (in_port && c != ',' && std::isdigit(static_cast<unsigned char>(c)) == 0) {
      return false;
    }
    in_port = !in_brackets && (c == ':' || (in_port && c != ','));
  }
  return true;
}

/// Replaces the password of `user:password@host`. The last '@' ends it: people paste passwords with
/// '@', '/' and '?' in them unescaped, and hiding too much is better than showing a part.
void mask_userinfo(std::string& text) {
  const std::size_t scheme = text.find("://");
  const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
  const std::size_t colon = text.find(':', begin);
  const std::size_t at = text.rfind('@');
  if (colon == std::string::npos) {
    return;
  }
  if (at != std::string::npos && at > colon) {
    text.replace(colon + 1, at - colon - 1, kMask);
  } else if (scheme != std::string::npos) {
    // Without '@' only a port may follow a colon; anything else is a URL that lost its host.
    const std::size_t end = std::min(text.find_first_of("/?#\"' \t", begin), text.size());
    if (!is_hosts_and_ports(std::string_view(text).substr(begin, end - begin))) {
      text.replace(colon + 1, std::string::npos, kMask);
    }
  }
}

}  // namespace

std::string mask_password(std::string_view connection_string) {
  std::string text(connection_string);
  mask_parameters(text);
  mask_userinfo(text);
  return text;
}

namespace {

/// A word of a text: in `'URL':` the quotes and what follows them are not part of the URL.
std::string mask_word(std::string_view word) {
  const std::size_t scheme = word.find("://");
  if (scheme == std::string_view::npos) {
    return std::string(word);
  }
  const std::size_t quote = word.substr(0, scheme).find_last_of("'\"`");
  const std::size_t begin = quote == std::string_view::npos ? 0 : quote + 1;
  const std::size_t closing = begin == 0 ? std::string_view::npos : word.rfind(word[quote]);
  const std::size_t end = closing > begin ? std::min(closing, word.size()) : word.size();
  return std::string(word.substr(0, begin)) + mask_password(word.substr(begin, end - begin)) +
         std::string(word.substr(end));
}

}  // namespace

std::string mask_urls(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const bool blank = kBlank.find(text.front()) != std::string_view::npos;
    const std::string_view word =
        text.substr(0, blank ? text.find_first_not_of(kBlank) : text.find_first_of(kBlank));
    result += blank ? std::string(word) : mask_word(word);
    text.remove_prefix(word.size());
  }
  return result;
}

std::string without_secret(std::string text, std::string_view secret) {
  if (secret.size() < kShortestSecret) {
    return text;
  }
  for (std::size_t at = text.find(secret); at != std::string::npos;
       at = text.find(secret, at + kMask.size())) {
    text.replace(at, secret.size(), kMask);
  }
  return text;
}

}  // namespace medusa
