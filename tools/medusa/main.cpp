// SPDX-License-Identifier: MIT
// The composition root: the process's own facts go in, an exit status comes out.
#include <malloc.h>
#include <string>
#include <vector>

#include "medusa/cli/run.hpp"
#include "medusa/system/environment.hpp"
#include "medusa/system/interruption.hpp"

int main(int argc, char** argv) {
#ifdef M_ARENA_MAX
  // Threads only look at members; what each would free in a heap of its own nobody else could use.
  ::mallopt(M_ARENA_MAX, 1);
#endif
  const medusa::Interruption interruption;
  return medusa::run(std::vector<std::string>(argv + 1, argv + argc),
                     medusa::Environment::of_process());
}
