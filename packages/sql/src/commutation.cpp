// SPDX-License-Identifier: MIT
#include "medusa/sql/commutation.hpp"

#include "commutation/clash.hpp"

namespace medusa {

namespace {

using Footprints = std::span<const StatementFootprint>;

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
                       .reason = "its effects are not known: " + opaque[i].opaque};
    }
  }
  return std::nullopt;
}

std::optional<Collision> effects_collision(Footprints first, Footprints second) {
  for (std::size_t a = 0; a < first.size(); ++a) {
    for (std::size_t b = 0; b < second.size(); ++b) {
      for (std::size_t i = 0; i < first[a].effects.size(); ++i) {
        for (std::size_t k = 0; k < second[b].effects.size(); ++k) {
          std::string reason = clash(first[a].effects[i], second[b].effects[k]);
          if (!reason.empty()) {
            return Collision{.first = {.statement = a, .effect = i},
                             .second = {.statement = b, .effect = k},
                             .reason = std::move(reason)};
          }
        }
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Collision> collision(Footprints first, Footprints second) {
  if (auto found = opaque_collision(first, second)) {
    return found;
  }
  if (auto found = opaque_collision(second, first)) {
    std::swap(found->first, found->second);
    return found;
  }
  return effects_collision(first, second);
}

}  // namespace medusa
