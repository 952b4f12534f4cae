// SPDX-License-Identifier: MIT
#include "sink.hpp"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace medusa {

DescriptorSink::DescriptorSink(int descriptor)
    : descriptor_(descriptor),
      is_terminal_(::isatty(descriptor) == 1) {
  // Closed by whoever started us: the number will soon be a file or a connection of ours.
  usable_ = ::fcntl(descriptor, F_GETFD) != -1;
}

void DescriptorSink::write(std::string_view bytes) {
  while (usable_ && !bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      // Whoever shares the terminal with us may have made it non-blocking (Node does).
      pollfd ready{.fd = descriptor_, .events = POLLOUT, .revents = 0};
      ::poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      fail(errno);
    }
  }
}

void DescriptorSink::fail(int number) {
  usable_ = false;
  // EIO: the terminal was hung up.
  if (number != EPIPE && number != EIO) {
    error_ = std::error_code(number, std::generic_category());
  }
}

std::size_t DescriptorSink::columns() const {
  winsize size{};
  if (!is_terminal_ || ::ioctl(descriptor_, TIOCGWINSZ, &size) != 0) {
    return 0;
  }
  return size.ws_col;
}

}  // namespace medusa
