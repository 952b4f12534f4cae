# medusa_add_package: one C++ library of packages/, in its layer.
#
#   medusa_add_package(<name> LAYER <n>
#     [DEPENDS <packages its public headers use>] [PRIVATE_DEPENDS <packages only its sources use>]
#     [THIRD_PARTY <targets its sources use>]
#     HEADERS <public headers, below include/> SOURCES <files, below src/>)
#
# Each package has an include root of its own that travels only with its target, so a header of a
# package that is not listed here cannot be included. A dependency must be in a lower layer.
include_guard(GLOBAL)

define_property(TARGET PROPERTY MEDUSA_LAYER BRIEF_DOCS "Layer of a medusa package.")

function(medusa_add_package name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LAYER" "DEPENDS;PRIVATE_DEPENDS;THIRD_PARTY;HEADERS;SOURCES")
  if(DEFINED arg_UNPARSED_ARGUMENTS OR NOT DEFINED arg_LAYER)
    message(FATAL_ERROR "medusa_add_package(${name}): LAYER is needed; unknown: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  set(target medusa_${name})
  list(TRANSFORM arg_SOURCES PREPEND src/ REGEX "^[^/]") # generated files have absolute paths
  list(TRANSFORM arg_HEADERS PREPEND include/medusa/${name}/)
  add_library(${target} STATIC ${arg_SOURCES})
  add_library(medusa::${name} ALIAS ${target})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS include FILES ${arg_HEADERS})
  target_include_directories(${target} PRIVATE src)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES MEDUSA_LAYER ${arg_LAYER} CXX_EXTENSIONS OFF)
  target_link_libraries(${target} PRIVATE medusa_warnings medusa_sanitizers)
  foreach(kind IN ITEMS DEPENDS PRIVATE_DEPENDS)
    foreach(dependency IN LISTS arg_${kind})
      get_target_property(layer medusa_${dependency} MEDUSA_LAYER)
      if(NOT layer LESS arg_LAYER)
        message(FATAL_ERROR "package ${name} (layer ${arg_LAYER}) may not use ${dependency} (layer ${layer})")
      endif()
      if(kind STREQUAL "DEPENDS")
        target_link_libraries(${target} PUBLIC medusa::${dependency})
      else()
        target_link_libraries(${target} PRIVATE medusa::${dependency})
      endif()
    endforeach()
  endforeach()
  target_link_libraries(${target} PRIVATE ${arg_THIRD_PARTY})
endfunction()
