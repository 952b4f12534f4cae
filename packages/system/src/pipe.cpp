// SPDX-License-Identifier: MIT
#include "pipe.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <unistd.h>

#include "medusa/core/error.hpp"

namespace medusa {

namespace {

constexpr int kFirstFreeDescriptor = 10;

int raise_above_fixed_numbers(int descriptor) {
  const int raised = ::fcntl(descriptor, F_DUPFD_CLOEXEC, kFirstFreeDescriptor);
  ::close(descriptor);
  return raised;
}

void close_once(int& descriptor) {
  if (descriptor >= 0) {
    ::close(descriptor);
    descriptor = -1;
  }
}

}  // namespace

Pipe::Pipe() {
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw Error({.code = ErrorCode::Host,
                 .message = std::string("cannot create a pipe: ") + std::strerror(errno)});
  }
  read_end_ = raise_above_fixed_numbers(ends[0]);
  write_end_ = raise_above_fixed_numbers(ends[1]);
  if (read_end_ < 0 || write_end_ < 0) {
    close_once(read_end_);
    close_once(write_end_);
    throw Error({.code = ErrorCode::Host,
                 .message = std::string("cannot create a pipe: ") + std::strerror(errno)});
  }
}

Pipe::~Pipe() {
  close_once(read_end_);
  close_once(write_end_);
}

void Pipe::hold(std::size_t bytes) const {
  const int size = ::fcntl(write_end_, F_GETPIPE_SZ);
  if (size >= 0 && static_cast<std::size_t>(size) < bytes) {
    ::fcntl(write_end_, F_SETPIPE_SZ, static_cast<int>(bytes));
  }
}

void Pipe::close_read_end() {
  close_once(read_end_);
}

void Pipe::close_write_end() {
  close_once(write_end_);
}

void set_non_blocking(int descriptor) {
  ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

}  // namespace medusa
