# One imported or interface target per library we use, all of them from the distribution.
# A package names them in THIRD_PARTY; nothing else may include their headers.
include_guard(GLOBAL)
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(pqxx REQUIRED IMPORTED_TARGET libpqxx>=6.4)
pkg_check_modules(libpq REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(simdjson REQUIRED IMPORTED_TARGET simdjson)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(fmt REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(Boost 1.81 REQUIRED)

find_path(MEDUSA_TOMLPP_INCLUDE toml++/toml.h REQUIRED)
find_path(MEDUSA_CLI11_INCLUDE CLI/CLI.hpp REQUIRED)
find_path(MEDUSA_PG_QUERY_INCLUDE pg_query.h REQUIRED)
find_path(MEDUSA_DTL_INCLUDE dtl/dtl.hpp REQUIRED)
find_library(MEDUSA_PG_QUERY_LIBRARY pg_query REQUIRED)

add_library(medusa_tomlpp INTERFACE)
target_include_directories(medusa_tomlpp SYSTEM INTERFACE ${MEDUSA_TOMLPP_INCLUDE})
add_library(medusa_cli11 INTERFACE)
target_include_directories(medusa_cli11 SYSTEM INTERFACE ${MEDUSA_CLI11_INCLUDE})

add_library(medusa_dtl INTERFACE)
target_include_directories(medusa_dtl SYSTEM INTERFACE ${MEDUSA_DTL_INCLUDE})

# The messages of libpg_query are protobuf-c structures; the library carries the functions.
add_library(medusa_pg_query INTERFACE)
target_include_directories(medusa_pg_query SYSTEM INTERFACE
  ${MEDUSA_PG_QUERY_INCLUDE} ${MEDUSA_PG_QUERY_INCLUDE}/pg_query)
target_link_libraries(medusa_pg_query INTERFACE ${MEDUSA_PG_QUERY_LIBRARY})

# Header-only Boost.Process v1 on std::filesystem: the only compiled Boost here is another version.
add_library(medusa_boost_process INTERFACE)
target_compile_definitions(medusa_boost_process INTERFACE BOOST_PROCESS_USE_STD_FS)
target_link_libraries(medusa_boost_process INTERFACE Boost::headers Threads::Threads)
