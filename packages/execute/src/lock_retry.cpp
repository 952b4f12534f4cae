// SPDX-License-Identifier: MIT
#include "lock_retry.hpp"

#include <algorithm>

namespace medusa {

namespace {

constexpr std::chrono::milliseconds kLongestPause{8000};

}  // namespace

bool is_lock_conflict(std::string_view sqlstate) {
  return sqlstate == "55P03" || sqlstate == "40P01" || sqlstate == "40001";
}

LockRetry::LockRetry(std::chrono::milliseconds budget) : budget_(budget) {}

std::optional<std::chrono::milliseconds> LockRetry::next() {
  const auto now = std::chrono::steady_clock::now();
  deadline_ = deadline_.value_or(now + budget_);
  ++attempts_;
  if (now >= *deadline_) {
    return std::nullopt;
  }
  // Between half of it and one and a half: runs that met once shall not meet again.
  std::uniform_int_distribution<std::int64_t> jitter(pause_.count() / 2, pause_.count() * 3 / 2);
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline_ - now);
  const auto pause = std::min(std::chrono::milliseconds(jitter(generator_)), left);
  pause_ = std::min(pause_ * 2, kLongestPause);
  return pause;
}

}  // namespace medusa
