# medusa_sanitizers: MEDUSA_SANITIZE=address,undefined instruments every package, tool and test.
include_guard(GLOBAL)
add_library(medusa_sanitizers INTERFACE)
if(MEDUSA_SANITIZE)
  set(flags -fsanitize=${MEDUSA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(medusa_sanitizers INTERFACE ${flags})
  target_link_options(medusa_sanitizers INTERFACE ${flags})
endif()
