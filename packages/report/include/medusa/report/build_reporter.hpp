// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "medusa/build/event.hpp"
#include "medusa/report/terminal.hpp"

namespace medusa {

/// Shows a build while it happens; nothing at all if nothing was stale.
///
/// In JSON format the events are printed only if the command opened them (Terminal::open_events);
/// else its answer is another object, and only warnings are shown, as text.
class BuildReporter final : public BuildObserver {
 public:
  explicit BuildReporter(Terminal& terminal);

  void on_event(const BuildEvent& event) override;

 private:
  Terminal& terminal_;
  std::size_t stale_ = 0;
};

}  // namespace medusa
