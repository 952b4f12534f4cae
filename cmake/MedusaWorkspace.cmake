# medusa_add_workspace([FILE <medusa.toml>] [EXECUTABLE <target or path>] [PREFIX <text>])
#
# Targets for a Medusa monorepo:
#   medusa-build     src/migrations of every member to dist/migrations; starts nothing when nothing changed
#   migrate          the upgrade
#   migrate-plan     what `migrate` would do
#   migrate-show     what is applied and what is pending (fails when something is pending)
#   migrate-verify   whether what is applied is still what is here (fails when it is not)
#   migrate-revert   takes the last migration back
#
# FILE defaults to medusa.toml beside the calling CMakeLists.txt; EXECUTABLE to the target or the
# program `medusa`; PREFIX is put before each target's name, for a second workspace in one project.
#
# None of them is part of `all`. Members are found when a target runs, not when CMake does: a new
# folder under plugins/ or an edit of medusa.toml needs no new configuration.
#
# medusa-build has a depfile: sources and what they import, outputs, medusa.toml, package.json files,
# and the folders in which something new would count. The other targets always run.
include_guard(GLOBAL)

function(medusa_add_workspace)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "FILE;EXECUTABLE;PREFIX" "")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "medusa_add_workspace: unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_FILE)
    set(arg_FILE medusa.toml)
  endif()
  get_filename_component(file "${arg_FILE}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
  if(NOT EXISTS "${file}")
    message(FATAL_ERROR "medusa_add_workspace: there is no file ${file}")
  endif()

  if(NOT arg_EXECUTABLE)
    if(TARGET medusa)
      set(arg_EXECUTABLE medusa)
    else()
      find_program(MEDUSA_EXECUTABLE medusa REQUIRED)
      set(arg_EXECUTABLE "${MEDUSA_EXECUTABLE}")
    endif()
  endif()
  if(TARGET ${arg_EXECUTABLE})
    set(program $<TARGET_FILE:${arg_EXECUTABLE}>)
  else()
    set(program "${arg_EXECUTABLE}")
  endif()

  set(command "${program}" --config "${file}")
  _medusa_build_target(${arg_PREFIX}medusa-build "${file}" ${arg_EXECUTABLE} ${command})
  _medusa_workspace_target(${arg_PREFIX}migrate "Migrating" ${command} migrations run)
  _medusa_workspace_target(${arg_PREFIX}migrate-plan "Planning" ${command} migrations plan)
  _medusa_workspace_target(${arg_PREFIX}migrate-show "Showing migrations" ${command} migrations show)
  _medusa_workspace_target(${arg_PREFIX}migrate-verify "Verifying migrations" ${command} migrations verify)
  _medusa_workspace_target(${arg_PREFIX}migrate-revert "Reverting" ${command} migrations revert)
  if(TARGET ${arg_EXECUTABLE})
    foreach(target IN ITEMS migrate migrate-plan migrate-show migrate-verify migrate-revert)
      add_dependencies(${arg_PREFIX}${target} ${arg_EXECUTABLE})
    endforeach()
  endif()
endfunction()

function(_medusa_workspace_target name comment)
  add_custom_target(${name} COMMAND ${ARGN} COMMENT "${comment}" USES_TERMINAL VERBATIM)
endfunction()

# The target that is up to date until something changes that the program named in its depfile.
function(_medusa_build_target name file executable)
  # A folder of its own: files that come and go in a folder that is an input would make it new.
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/${name}-stamp")
  set(stamp "${folder}/stamp")
  if(CMAKE_GENERATOR MATCHES "Ninja")
    # Ninja reads the depfile itself, where its output must be called what Ninja calls it. With
    # CMP0116 NEW, CMake would rewrite it first, and lose the escapes of blanks and the like.
    cmake_policy(SET CMP0116 OLD)
    file(RELATIVE_PATH stamp "${CMAKE_BINARY_DIR}" "${stamp}")
  endif()
  set(forget "")
  if(CMAKE_GENERATOR MATCHES "Makefiles")
    # CMake adds what a depfile names to what earlier ones did: without this, a source that was
    # deleted would be missed, and the target run, for ever.
    set(forget COMMAND "${CMAKE_COMMAND}" -E rm -f
      "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${name}.dir/compiler_depend.internal")
  endif()
  add_custom_command(
    OUTPUT "${folder}/stamp"
    COMMAND ${ARGN} build --stamp "${stamp}" --depfile "${folder}/inputs.d"
    ${forget}
    DEPENDS ${executable} "${file}"
    DEPFILE "${folder}/inputs.d"
    WORKING_DIRECTORY "${CMAKE_BINARY_DIR}"
    COMMENT "Building migrations"
    USES_TERMINAL VERBATIM)
  add_custom_target(${name} DEPENDS "${folder}/stamp")
endfunction()
