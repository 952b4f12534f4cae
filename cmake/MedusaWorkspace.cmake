# medusa_add_workspace([FILE <medusa.toml>] [EXECUTABLE <target or path>] [PREFIX <text>])
#
# Targets for a Medusa monorepo:
#   medusa-build     src/migrations of every member to dist/migrations; does nothing when nothing changed
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
  _medusa_workspace_target(${arg_PREFIX}medusa-build "Building migrations" ${command} build)
  _medusa_workspace_target(${arg_PREFIX}migrate "Migrating" ${command} migrations run)
  _medusa_workspace_target(${arg_PREFIX}migrate-plan "Planning" ${command} migrations plan)
  _medusa_workspace_target(${arg_PREFIX}migrate-show "Showing migrations" ${command} migrations show)
  _medusa_workspace_target(${arg_PREFIX}migrate-verify "Verifying migrations" ${command} migrations verify)
  _medusa_workspace_target(${arg_PREFIX}migrate-revert "Reverting" ${command} migrations revert)
  if(TARGET ${arg_EXECUTABLE})
    foreach(target IN ITEMS medusa-build migrate migrate-plan migrate-show migrate-verify migrate-revert)
      add_dependencies(${arg_PREFIX}${target} ${arg_EXECUTABLE})
    endforeach()
  endif()
endfunction()

function(_medusa_workspace_target name comment)
  add_custom_target(${name} COMMAND ${ARGN} COMMENT "${comment}" USES_TERMINAL VERBATIM)
endfunction()
