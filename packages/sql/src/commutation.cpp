// SPDX-License-Identifier: MIT
#include "medusa/sql/commutation.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "commutation/clash.hpp"
#include "commutation/effect_nature.hpp"
#include "commutation/empty_tables.hpp"

namespace medusa {

namespace {

using Footprints = std::span<const StatementFootprint>;

std::string filled(std::string_view pattern, std::string_view first, std::string_view second) {
  std::string text;
  for (const char c : pattern) {
    if (c == kOfFirst) {
      text += first;
    } else if (c == kOfSecond) {
      text += second;
    } else {
      text += c;
    }
  }
  return text;
}

// The first thing that a migration does at all.
std::optional<Collision::Place> first_doing(Footprints footprints) {
  for (std::size_t i = 0; i < footprints.size(); ++i) {
    if (!footprints[i].effects.empty()) {
      return Collision::Place{.statement = i, .effect = 0};
    }
    if (!footprints[i].opaque.empty()) {
      return Collision::Place{.statement = i};
    }
  }
  return std::nullopt;
}

std::optional<Collision> opaque_collision(Footprints opaque, Footprints other) {
  const std::optional<Collision::Place> doing = first_doing(other);
  if (!doing) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < opaque.size(); ++i) {
    if (!opaque[i].opaque.empty()) {
      return Collision{.first = {.statement = i},
                       .second = *doing,
                       .reason = "its effects are not known: " + opaque[i].opaque,
                       .unknown = true};
    }
  }
  return std::nullopt;
}

std::optional<Collision> trigger_collision(Footprints writing,
                                           Footprints other,
                                           const KnownObjects& known) {
  const std::optional<Collision::Place> doing = first_doing(other);
  if (!doing) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < writing.size(); ++i) {
    for (std::size_t k = 0; k < writing[i].effects.size(); ++k) {
      const Effect& effect = writing[i].effects[k];
      const auto trigger = changes_rows(effect) ? known.trigger_of(effect) : std::nullopt;
      if (trigger.has_value()) {
        const std::string pattern = kOfFirst + (" changes rows of " + effect.object.name) +
                                    ", where the trigger or rule " + trigger->text() +
                                    " may do anything";
        return Collision{.first = {.statement = i, .effect = k},
                         .second = *doing,
                         .reason = filled(pattern, "one", "the other"),
                         .pattern = pattern,
                         .unknown = true};
      }
    }
  }
  return std::nullopt;
}

std::optional<Collision> effects_collision(Footprints first,
                                           Footprints second,
                                           const ClashContext& context) {
  for (std::size_t a = 0; a < first.size(); ++a) {
    for (std::size_t b = 0; b < second.size(); ++b) {
      for (std::size_t i = 0; i < first[a].effects.size(); ++i) {
        for (std::size_t k = 0; k < second[b].effects.size(); ++k) {
          std::string pattern = clash(first[a].effects[i], second[b].effects[k], context);
          if (!pattern.empty()) {
            const bool turned = pattern.find(kOfFirst) > pattern.find(kOfSecond);
            std::string reason =
                filled(pattern, turned ? "the other" : "one", turned ? "one" : "the other");
            return Collision{.first = {.statement = a, .effect = i},
                             .second = {.statement = b, .effect = k},
                             .reason = std::move(reason),
                             .pattern = std::move(pattern)};
          }
        }
      }
    }
  }
  return std::nullopt;
}

// The answer to the same question about the two in the other order.
std::optional<Collision> turned(std::optional<Collision> found) {
  if (found) {
    std::swap(found->first, found->second);
    std::replace(found->pattern.begin(), found->pattern.end(), kOfFirst, kOfSecond);
  }
  return found;
}

}  // namespace

std::string Collision::told(std::string_view one, std::string_view other) const {
  return pattern.empty() ? reason : filled(pattern, one, other);
}

std::optional<Collision> collision(Footprints first, Footprints second, const KnownObjects& known) {
  if (auto found = opaque_collision(first, second)) {
    return found;
  }
  if (auto found = turned(opaque_collision(second, first))) {
    return found;
  }
  if (auto found = trigger_collision(first, second, known)) {
    return found;
  }
  if (auto found = turned(trigger_collision(second, first, known))) {
    return found;
  }
  std::set<std::string> empty = empty_tables_of(first);
  empty.merge(empty_tables_of(second));
  const ClashContext context{.known = known, .empty_tables = empty};
  return empty.empty()
             ? effects_collision(first, second, context)
             : effects_collision(
                   without_vain_reads(first, empty), without_vain_reads(second, empty), context);
}

}  // namespace medusa
