// SPDX-License-Identifier: MIT
// One rule for each kind of thing that changes. Each gives why the change and the other effect may
// not change places, or nothing.
#pragma once

#include <set>
#include <string>

#include "medusa/sql/footprint.hpp"
#include "medusa/sql/known_objects.hpp"

namespace medusa {

/// What the rules know besides two effects.
struct ClashContext {
  const KnownObjects& known;
  /// Tables that one of the two migrations makes and leaves empty.
  const std::set<std::string>& empty_tables;
};

/// A column changes: indexes, views, rows are made of it.
[[nodiscard]] std::string column_clash(const Effect& column, const Effect& other);

/// Something else of a relation changes, or it itself.
[[nodiscard]] std::string relation_clash(const Effect& change,
                                         const Effect& other,
                                         const ClashContext& context);

/// An index or constraint comes, goes or changes: foreign keys, views and rows count on it.
[[nodiscard]] std::string key_clash(const Effect& key,
                                    const Effect& other,
                                    const ClashContext& context);

/// Whether what is done to the constraint may be done to a primary key.
[[nodiscard]] bool may_be_primary(const Effect& constraint, const KnownObjects& known);

/// Rows change, and more with them: foreign keys, views, sequences.
[[nodiscard]] std::string rows_clash(const Effect& write,
                                     const Effect& other,
                                     const ClashContext& context);

/// Something goes, what depended on it, and the names of both.
[[nodiscard]] std::string drop_clash(const Effect& drop,
                                     const Effect& other,
                                     const ClashContext& context);

/// A value of an enum comes, goes or changes: texts may mean it.
[[nodiscard]] std::string type_clash(const Effect& change,
                                     const Effect& other,
                                     const ClashContext& context);

/// An extension or a schema comes, goes or changes.
[[nodiscard]] std::string namespace_clash(const Effect& change, const Effect& other);

}  // namespace medusa
