// SPDX-License-Identifier: MIT
#include "medusa/system/process.hpp"

#include <array>
#include <cerrno>
#include <poll.h>
#include <string_view>
#include <unistd.h>

#include "pipe.hpp"
#include "spawn.hpp"

namespace medusa {

namespace {

/// What a child printed on its two channels.
struct Printed {
  std::string output = {};
  std::string errors = {};
};

/// Appends what the pipe has; closes it at its end.
void collect(Pipe& pipe, std::string& into) {
  std::array<char, 65536> buffer{};
  const ssize_t got = ::read(pipe.read_end(), buffer.data(), buffer.size());
  if (got > 0) {
    into.append(buffer.data(), static_cast<std::size_t>(got));
  } else if (got == 0 || errno != EINTR) {
    pipe.close_read_end();
  }
}

void feed(Pipe& pipe, std::string_view& input) {
  const ssize_t put = ::write(pipe.write_end(), input.data(), input.size());
  if (put > 0) {
    input.remove_prefix(static_cast<std::size_t>(put));
  }
  if (input.empty() || (put < 0 && errno != EAGAIN && errno != EINTR)) {
    pipe.close_write_end();  // all sent, or the child does not want it
  }
}

/// Feeds `input` and collects output at the same time, so that neither side can block the other.
Printed exchange(Pipe& to_child, Pipe& output, Pipe& errors, std::string_view input) {
  Printed printed;
  set_non_blocking(to_child.write_end());
  if (input.empty()) {
    to_child.close_write_end();
  }
  while (output.read_end() >= 0 || errors.read_end() >= 0) {
    std::array<pollfd, 3> waits{{{output.read_end(), POLLIN, 0},
                                 {errors.read_end(), POLLIN, 0},
                                 {to_child.write_end(), POLLOUT, 0}}};
    if (::poll(waits.data(), waits.size(), -1) < 0) {
      continue;  // EINTR
    }
    if (waits[0].revents != 0) {
      collect(output, printed.output);
    }
    if (waits[1].revents != 0) {
      collect(errors, printed.errors);
    }
    if (waits[2].revents != 0) {
      feed(to_child, input);
    }
  }
  return printed;
}

bool is_executable_file(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

ProcessResult run_process(const ProcessCommand& command) {
  Pipe to_child;
  Pipe output;
  Pipe errors;
  auto child =
      spawn(command,
            {.standard_input = to_child.read_end(),
             .standard_output = output.write_end(),
             .standard_error = command.separate_errors ? errors.write_end() : output.write_end()},
            Group::Own);
  to_child.close_read_end();
  output.close_write_end();
  errors.close_write_end();
  Printed printed = exchange(to_child, output, errors, command.input);
  child.wait();
  ProcessResult result = result_of(child);
  result.output = std::move(printed.output);
  result.errors = std::move(printed.errors);
  return result;
}

ProcessResult run_in_foreground(const ProcessCommand& command) {
  auto child = spawn(command, {}, Group::Ours);
  child.wait();
  return result_of(child);
}

std::optional<std::filesystem::path> find_program(const std::string& name,
                                                  const Environment& environment) {
  if (name.find('/') != std::string::npos) {
    return is_executable_file(name) ? std::optional<std::filesystem::path>(name) : std::nullopt;
  }
  const std::string path = environment.get("PATH").value_or("");
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    const std::filesystem::path candidate = std::filesystem::path(rest.substr(0, colon)) / name;
    if (is_executable_file(candidate)) {
      return candidate;
    }
    rest = colon == std::string_view::npos ? std::string_view{} : rest.substr(colon + 1);
  }
  return std::nullopt;
}

}  // namespace medusa
