// SPDX-License-Identifier: MIT
#include "ticker.hpp"

#include <utility>

namespace medusa {

Ticker::Ticker(std::chrono::milliseconds interval, std::function<void()> tick)
    : thread_([this, interval, tick = std::move(tick)](const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        while (!stopped_.wait_for(lock, stop, interval, [&] { return stop.stop_requested(); })) {
          tick();
        }
      }) {}

Ticker::~Ticker() {
  thread_.request_stop();
  thread_.join();
}

}  // namespace medusa
