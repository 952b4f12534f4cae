# format, format-check: clang-format over our C++ code. Version 14, as .clang-format says.
include_guard(GLOBAL)
find_program(MEDUSA_CLANG_FORMAT NAMES clang-format-14 clang-format)
set(MEDUSA_FORMAT_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/RunFormat.cmake)

foreach(mode IN ITEMS format format-check)
  add_custom_target(${mode}
    COMMAND ${CMAKE_COMMAND} -D "MODE=${mode}" -D "CLANG_FORMAT=${MEDUSA_CLANG_FORMAT}"
            -P ${MEDUSA_FORMAT_SCRIPT}
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
    VERBATIM)
endforeach()
