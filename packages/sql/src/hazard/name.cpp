// SPDX-License-Identifier: MIT
#include <algorithm>

#include "hazard/families.hpp"
#include "scan.hpp"

namespace medusa {

namespace {

constexpr std::size_t kLongestName = 63;  // NAMEDATALEN - 1

/// The name that the token is; nothing if it is none, or one with escapes (U&"...").
std::string name_of(std::string_view token, bool folded) {
  if (token.starts_with('"') && token.size() >= 2) {
    std::string name;
    for (std::size_t i = 1; i + 1 < token.size(); ++i) {
      name += token[i];
      i += token[i] == '"' ? 1U : 0U;
    }
    return name;
  }
  std::string name(folded ? token : std::string_view());
  std::transform(name.begin(), name.end(), name.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
  });
  return name;
}

/// What PostgreSQL makes of it: no character is cut in two (source: truncate_identifier).
std::string truncated(const std::string& name) {
  std::size_t end = kLongestName;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return name.substr(0, end);
}

/// What the statement gives that name to; null if it only uses it.
const ObjectRef* named(const Effects& effects, const std::string& name) {
  for (const Effect& effect : effects.effects()) {
    const ObjectRef* const object = effect.action == Action::Create ? &effect.object
                                    : effect.renamed_to.has_value() ? &*effect.renamed_to
                                                                    : nullptr;
    if (object != nullptr && (object->part.empty() ? object->name : object->part) == name) {
      return object;
    }
  }
  return nullptr;
}

}  // namespace

void name_hazards(Effects& effects, std::string_view sql) {
  if (sql.size() <= kLongestName) {
    return;
  }
  std::vector<std::string> seen;
  for (const Token& token : scan(sql)) {
    if (token.is_comment || token.end - token.begin <= kLongestName) {
      continue;
    }
    std::string name = name_of(sql.substr(token.begin, token.end - token.begin), token.is_folded);
    if (name.size() <= kLongestName || std::find(seen.begin(), seen.end(), name) != seen.end()) {
      continue;
    }
    const ObjectRef* const object = named(effects, truncated(name));
    if (object == nullptr) {
      continue;
    }
    seen.push_back(name);
    ObjectRef whole = *object;
    whole.part.clear();
    effects.footprint().hazards.push_back(
        {.rule = HazardRule::NameTruncated, .table = std::move(whole), .name = std::move(name)});
  }
}

}  // namespace medusa
