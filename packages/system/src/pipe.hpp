// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace medusa {

/// A pipe whose ends close themselves, are close-on-exec, and lie above the descriptors that a
/// child's fixed numbers (0-4) are mapped to, so that mapping one can never overwrite another.
class Pipe {
 public:
  Pipe();
  ~Pipe();
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  Pipe(Pipe&&) = delete;
  Pipe& operator=(Pipe&&) = delete;

  [[nodiscard]] int read_end() const { return read_end_; }

  [[nodiscard]] int write_end() const { return write_end_; }

  /// Makes room for so many bytes, if the system allows it.
  void hold(std::size_t bytes) const;

  void close_read_end();
  void close_write_end();

 private:
  int read_end_ = -1;
  int write_end_ = -1;
};

/// Makes reads and writes of the descriptor return instead of waiting.
void set_non_blocking(int descriptor);

}  // namespace medusa
