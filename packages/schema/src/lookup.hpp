// SPDX-License-Identifier: MIT
// Finds what SQL names, along the search_path.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "object_graph.hpp"
#include "schema_session.hpp"

namespace medusa {

/// Where unqualified names are looked up and created, and what else decides whether something is
/// there.
struct Surroundings {
  SchemaSession session = {};
  std::set<std::string, std::less<>> announced_functions = {};
  std::vector<std::string> available_extensions = {};  ///< Empty: not known.
  int server_version = 0;                              ///< As server_version_num; 0: not known.
};

/// What a name leads to.
struct Lookup {
  enum class Answer {
    There,
    Assumed,  ///< Built in, or part of what is not known in full.
    Absent,
  };

  Answer answer = Answer::Absent;
  NodeId node = kNoNode;  ///< There.
  /// Absent: the outermost thing that is missing, and the fate of its name, if it had one.
  ObjectRef missing = {};
  const Fate* fate = nullptr;

  [[nodiscard]] bool there() const { return answer == Answer::There; }

  [[nodiscard]] bool absent() const { return answer == Answer::Absent; }
};

[[nodiscard]] Lookup look_up(const ObjectGraph& graph,
                             const Surroundings& surroundings,
                             const ObjectRef& ref);

/// The schema, relation or type in which the object is, or would be created.
[[nodiscard]] Lookup look_up_parent(const ObjectGraph& graph,
                                    const Surroundings& surroundings,
                                    const ObjectRef& ref);

/// Where an unqualified name is created: the first schema of the search_path that is there; kNoNode
/// if none is.
[[nodiscard]] NodeId creation_schema(const ObjectGraph& graph, const Surroundings& surroundings);

/// The name within its parent: `part` or `name`.
[[nodiscard]] const std::string& own_name(const ObjectRef& ref);

}  // namespace medusa
