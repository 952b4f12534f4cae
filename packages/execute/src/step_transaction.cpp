// SPDX-License-Identifier: MIT
#include "step_transaction.hpp"

#include <utility>

namespace medusa {

StepTransaction::StepTransaction(Connection& connection, RunLock& lock, Write write)
    : connection_(connection),
      lock_(lock),
      write_(std::move(write)) {}

void StepTransaction::begin(JournalEntry entry) {
  opening_ = std::move(entry);
  written_ = 0;
}

StepTransaction::Results StepTransaction::run(JournalEntry entry, const Send& send) {
  write_opening();
  try {
    entry.results = send();
  } catch (...) {
    failed_ = true;
    throw;
  }
  failed_ = false;
  write(entry);
  return std::move(*entry.results);
}

StepTransaction::Results StepTransaction::end(JournalEntry entry, const Send& send) {
  write_opening();
  if (!std::exchange(failed_, false)) {
    entry.results = {{.tag = "COMMIT"}};
    write(entry);
  }
  Results results = send();
  done_ += results.front().tag == "COMMIT" ? written_ : 0;
  return results;
}

void StepTransaction::write(const JournalEntry& entry) {
  write_(entry);
  ++written_;
}

void StepTransaction::write_opening() {
  if (opening_.has_value()) {
    lock_.fence().check(connection_.execute(lock_.fence().statements()));
    write(*std::exchange(opening_, std::nullopt));
  }
}

}  // namespace medusa
