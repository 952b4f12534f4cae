// SPDX-License-Identifier: MIT
// The composition root: the process's own facts go in, an exit status comes out.
#include <string>
#include <vector>

#include "medusa/cli/run.hpp"
#include "medusa/system/environment.hpp"
#include "medusa/system/interruption.hpp"

int main(int argc, char** argv) {
  const medusa::Interruption interruption;
  return medusa::run(std::vector<std::string>(argv + 1, argv + argc),
                     medusa::Environment::of_process());
}
