# medusa_sanitizers: MEDUSA_SANITIZE=address,undefined instruments every package, tool and test.
include_guard(GLOBAL)
add_library(medusa_sanitizers INTERFACE)
if(MEDUSA_SANITIZE)
  set(flags -fsanitize=${MEDUSA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(medusa_sanitizers INTERFACE ${flags})
  target_link_options(medusa_sanitizers INTERFACE ${flags})
  if(MEDUSA_SANITIZE MATCHES undefined AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # The shared one does not heed log_path beside the address sanitizer: its reports would be lost with a program's
    # standard error.
    target_link_options(medusa_sanitizers INTERFACE -static-libubsan)
  endif()
endif()
