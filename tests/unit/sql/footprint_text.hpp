// SPDX-License-Identifier: MIT
// Footprints as text, a line an effect, for tests and for people who debug.
#pragma once

#include <string>

#include "medusa/sql/footprint.hpp"

namespace medusa::test {

inline std::string text_of(const Effect& effect) {
  std::string text = std::string(to_string(effect.action)) + " " +
                     std::string(to_string(effect.object.kind)) + " " + effect.object.text();
  if (effect.renamed_to) {
    text += " to " + effect.renamed_to->text();
  }
  text += effect.conditional ? " [conditional]" : "";
  text += effect.cascade ? " [cascade]" : "";
  text += effect.replaces ? " [replaces]" : "";
  text += effect.generated_name ? " [generated]" : "";
  text += effect.of_body ? " [of a body]" : "";
  text += effect.columns_unknown ? " [columns unknown]" : "";
  if (!effect.definition.empty()) {
    text += " {" + effect.definition + "}";
  }
  std::string separator = " <- ";
  for (const Effect::Dependency& dependency : effect.depends_on) {
    text += separator + (dependency.owned ? "owned by " : "") + (dependency.is_type ? "of " : "") +
            std::string(to_string(dependency.object.kind)) + " " + dependency.object.text();
    separator = ", ";
  }
  return text;
}

inline std::string text_of(const StatementFootprint& footprint) {
  std::string text;
  if (footprint.guard) {
    text += std::string("  ") + (footprint.guard->must_exist ? "if " : "unless ") +
            footprint.guard->object.text() + " is there\n";
  }
  for (const Effect& effect : footprint.effects) {
    text += "  " + text_of(effect) + "\n";
  }
  for (const ConstantText& constant : footprint.texts) {
    text += "  text '" + constant.text + "' for " + std::string(to_string(constant.of.kind)) + " " +
            constant.of.text() +
            (constant.position > 0 ? " #" + std::to_string(constant.position) : "") +
            (constant.of_body ? " [of a body]" : "") + "\n";
  }
  if (!footprint.opaque.empty()) {
    text += "  opaque: " + footprint.opaque + "\n";
  }
  return text.empty() ? "  nothing\n" : text;
}

}  // namespace medusa::test
