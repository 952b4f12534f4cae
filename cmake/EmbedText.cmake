# medusa_embed_text(<output.cpp> HEADER <header> <file>...): text files as constants of the program.
# Run as a script (cmake -P) it writes that source file: page.css becomes `kPageCss`, as a
# std::string_view that HEADER declares.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  include_guard(GLOBAL)
  set(MEDUSA_EMBED_TEXT_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

  function(medusa_embed_text output)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "HEADER" "")
    add_custom_command(
      OUTPUT ${output}
      COMMAND ${CMAKE_COMMAND} -D "OUTPUT=${output}" -D "HEADER=${arg_HEADER}"
              -D "FILES=${arg_UNPARSED_ARGUMENTS}" -P ${MEDUSA_EMBED_TEXT_SCRIPT}
      DEPENDS ${arg_UNPARSED_ARGUMENTS} ${MEDUSA_EMBED_TEXT_SCRIPT}
      COMMENT "Embedding ${arg_HEADER}"
      VERBATIM)
  endfunction()
  return()
endif()

set(constants "")
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME)
  string(REGEX MATCHALL "[A-Za-z0-9]+" words "${name}")
  set(constant k)
  foreach(word IN LISTS words)
    string(SUBSTRING "${word}" 0 1 first)
    string(SUBSTRING "${word}" 1 -1 rest)
    string(TOUPPER "${first}" first)
    string(APPEND constant "${first}${rest}")
  endforeach()
  file(READ "${file}" content)
  string(APPEND constants "const std::string_view ${constant} = R\"medusa_text(${content})medusa_text\";\n\n")
endforeach()
file(WRITE "${OUTPUT}.new" "// Generated; do not edit.
#include \"${HEADER}\"

namespace medusa {

${constants}}  // namespace medusa
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
