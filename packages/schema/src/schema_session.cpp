// SPDX-License-Identifier: MIT
#include "schema_session.hpp"

#include <string_view>
#include <utility>

namespace medusa {

SchemaSession::SchemaSession(std::vector<std::string> search_path,
                             std::vector<std::string> entered,
                             std::string user)
    : user_(std::move(user)),
      entered_(std::move(entered)) {
  search_path_.initial = with_user(std::move(search_path));
  search_path_.session = search_path_.initial;
}

void SchemaSession::begin(TransactionScope scope) {
  if (scope == TransactionScope::Continued) {
    return;
  }
  search_path_.local.reset();
  checks_bodies_.local.reset();
  has_uncommitted_ = false;
  const bool was_outside = begun_ > 0 && transaction_ == 0;
  ++begun_;
  transaction_ = scope == TransactionScope::New ? begun_ : 0;
  if (entered_.empty()) {
    return;
  }
  // Outside of transactions the path is set for the session, and reset behind it.
  if (was_outside) {
    search_path_.session = search_path_.initial;
  }
  search_path_.set(entered_, scope == TransactionScope::New);
}

void SchemaSession::set(const Effect& write) {
  const std::string& name = write.object.name;
  const std::string_view how = write.definition;
  const bool local = how.starts_with("set local") || how.starts_with("reset local");
  if ((local && transaction_ == 0) || how.ends_with(" to something")) {
    return;  // outside of a transaction it holds for nothing
  }
  const bool resets = how.starts_with("reset");
  const bool all = name == "all";
  if (name == "check_function_bodies" || all) {
    checks_bodies_.set(resets ? checks_bodies_.initial : !how.ends_with(" off"), local);
  }
  if (name == "search_path" || all) {
    std::vector<std::string> path;
    for (const Effect::Dependency& schema : write.depends_on) {
      path.push_back(schema.object.name);
    }
    search_path_.set(resets ? search_path_.initial : with_user(std::move(path)), local);
  }
}

std::vector<std::string> SchemaSession::with_user(std::vector<std::string> path) const {
  for (std::string& schema : path) {
    if (schema == "$user") {
      schema = user_;
    }
  }
  return path;
}

}  // namespace medusa
