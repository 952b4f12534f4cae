# medusa_warnings: the warnings of our own code. Errors only where MEDUSA_WERROR says so, so that a
# newer compiler's new warning never breaks somebody's installation.
include_guard(GLOBAL)
add_library(medusa_warnings INTERFACE)
target_compile_options(medusa_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Woverloaded-virtual -Wnon-virtual-dtor -Wimplicit-fallthrough -Wundef -Wcast-qual
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op -Wuseless-cast>
  # GCC 12 reports string concatenation in optimised builds without reason (its bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<BOOL:${MEDUSA_WERROR}>:-Werror>)
target_compile_definitions(medusa_warnings INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
