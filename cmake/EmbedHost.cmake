# medusa_embed_host(<output.cpp> <file.cjs>...): the Node host's files as one script inside the
# executable. Run as a script (cmake -P) it writes that source file.
#
# Each file becomes a function of a small registry, so that they can require each other by
# "./name.cjs" although none of them exists on the machine where the host runs.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  include_guard(GLOBAL)
  set(MEDUSA_EMBED_HOST_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

  function(medusa_embed_host output)
    add_custom_command(
      OUTPUT ${output}
      COMMAND ${CMAKE_COMMAND} -D "OUTPUT=${output}" -D "FILES=${ARGN}" -P ${MEDUSA_EMBED_HOST_SCRIPT}
      DEPENDS ${ARGN} ${MEDUSA_EMBED_HOST_SCRIPT}
      COMMENT "Embedding the Node host"
      VERBATIM)
  endfunction()
  return()
endif()

set(script [=["use strict";
const definitions = new Map();
const loaded = new Map();
const nodeRequire = require;
// For the host's files that start a process of their own with another of them as its entry.
definitions.set("./host_definitions.cjs", (module) => { module.exports = { definitions }; });
function load(name) {
  if (!loaded.has(name)) {
    const module = { exports: {} };
    loaded.set(name, module);
    definitions.get(name)(module, module.exports, (request) =>
      definitions.has(request) ? load(request) : nodeRequire(request));
  }
  return loaded.get(name).exports;
}
]=])
set(parts "")
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" content)
  # One string literal a file: compilers need not take longer ones than 64 KiB.
  string(APPEND parts "    R\"medusa_host(definitions.set(\"./${name}\", function (module, exports, require) {\n"
    "${content}\n});\n)medusa_host\"\n")
endforeach()
file(WRITE "${OUTPUT}.new" "// Generated from packages/host/node; do not edit.
#include \"host_script.hpp\"

namespace medusa {

const std::string_view kHostScript =
    R\"medusa_host(${script})medusa_host\"
${parts}    \"load(\\\"./main.cjs\\\");\\n\";

}  // namespace medusa
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
