// SPDX-License-Identifier: MIT
#include "recorded_footprint.hpp"

#include <string>
#include <utility>

#include "medusa/core/error.hpp"

namespace medusa {

namespace {

DirectionFootprint unknown(std::string reason) {
  return {.statements = {{.opaque = std::move(reason)}}, .places = {{}}, .asked = {false}};
}

}  // namespace

DirectionFootprint recorded_footprint(const Recording* recording) {
  if (recording == nullptr) {
    return unknown("it was not applied by medusa, so its SQL was not recorded");
  }
  if (!recording->sql.has_value()) {
    return unknown("it was dynamic, so its SQL was not recorded");
  }
  DirectionFootprint footprint;
  try {
    footprint.statements = FootprintReader().read(*recording->sql);
  } catch (const Error&) {
    return unknown("PostgreSQL's parser does not accept the SQL that was recorded of it");
  }
  // readable_sql() writes questions as comments.
  const bool asks = recording->sql->find("-- asks: ") != std::string::npos;
  for (StatementFootprint& statement : footprint.statements) {
    for (Effect& effect : statement.effects) {
      effect.conditional = effect.conditional || asks;
    }
  }
  footprint.places.resize(footprint.statements.size());
  footprint.asked.assign(footprint.statements.size(), asks);
  return footprint;
}

}  // namespace medusa
