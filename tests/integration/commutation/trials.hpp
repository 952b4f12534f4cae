// SPDX-License-Identifier: MIT
#pragma once

#include <iostream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "workshop.hpp"

namespace medusa {

/// What became of the pairs that were run; those that fail in both orders say nothing.
struct Trials {
  int safe = 0;
  int alarms = 0;
  int false_alarms = 0;
  std::vector<std::string> wrong = {};  ///< Called safe, and differ.

  void take(Workshop& workshop, const std::string& a, const std::string& b, bool is_safe) {
    const std::string one = workshop.after(a + ";\n" + b);
    const std::string other = workshop.after(b + ";\n" + a);
    if (one.empty() && other.empty()) {
      return;
    }
    (is_safe ? safe : alarms)++;
    false_alarms += !is_safe && one == other ? 1 : 0;
    if (is_safe && one != other) {
      wrong.push_back(a + "\n---- and ----\n" + b);
    }
  }
};

inline void report(const std::string& what, const Trials& trials) {
  std::cout << what << ": " << trials.safe << " pairs called safe, " << trials.wrong.size()
            << " of them differ; of " << trials.alarms << " called unsafe, " << trials.false_alarms
            << " are equal\n";
  for (const std::string& pair : trials.wrong) {
    FAIL_CHECK(pair);
  }
}

}  // namespace medusa
