// SPDX-License-Identifier: MIT
#include "spawn.hpp"

#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <grp.h>
#include <string>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include <boost/process/env.hpp>
#include <boost/process/environment.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/extend.hpp>
#include <boost/process/start_dir.hpp>

#include "medusa/core/error.hpp"

namespace medusa {

namespace bp = boost::process;

namespace {

/// Makes the child what it is to be. Between fork and exec only async-signal-safe calls are
/// allowed.
class ChildSetup : public bp::extend::handler {
 public:
  ChildSetup(const ProcessCommand& command, const ChildDescriptors& descriptors, Group group)
      : descriptors_(descriptors),
        group_(group),
        user_(command.user),
        parent_(::getpid()),
        words_(command.arguments) {
    words_.insert(words_.begin(), command.program.string());
    for (std::string& word : words_) {
      argv_.push_back(word.data());
    }
    argv_.push_back(nullptr);
  }

  ChildSetup(const ChildSetup&) = delete;
  ChildSetup& operator=(const ChildSetup&) = delete;
  ChildSetup(ChildSetup&&) = delete;
  ChildSetup& operator=(ChildSetup&&) = delete;
  ~ChildSetup() = default;

  /// The arguments come from us: Boost.Process 1.81 takes front() of each, also of an empty one.
  template <typename Executor>
  void on_setup(Executor& executor) const {
    executor.cmd_line = argv_.data();
  }

  template <typename Executor>
  void on_exec_setup(Executor& /*executor*/) const {
    map(descriptors_.standard_input, STDIN_FILENO);
    map(descriptors_.standard_output, STDOUT_FILENO);
    map(descriptors_.standard_error, STDERR_FILENO);
    map(descriptors_.channel_in, 3);
    map(descriptors_.channel_out, 4);
    if (group_ == Group::Own) {
      ::setpgid(0, 0);
    }
    if (user_.has_value() &&
        (::setgroups(0, nullptr) != 0 || ::setgid(user_->gid) != 0 || ::setuid(user_->uid) != 0)) {
      ::_exit(126);
    }
    // After the change of user, which clears it. The check closes the gap before it took effect.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent_) {
      ::_exit(126);
    }
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
  }

 private:
  static void map(int from, int to) {
    if (from >= 0) {
      ::dup2(from, to);
    }
  }

  ChildDescriptors descriptors_;
  Group group_;
  std::optional<ProcessUser> user_;
  pid_t parent_;
  std::vector<std::string> words_;
  std::vector<char*> argv_ = {};  ///< Points into words_.
};

/// Takes every free number that a child's descriptors may be mapped to. Boost.Process reports a
/// failing exec over a pipe of its own, opened on the lowest numbers there are: mapped over, it
/// would be silent, and a missing program would look like a started one.
class OccupiedDescriptors {
 public:
  explicit OccupiedDescriptors(int any_open) {
    constexpr int kFirstFree = 5;
    int descriptor = any_open < 0 ? -1 : ::fcntl(any_open, F_DUPFD_CLOEXEC, 0);
    while (descriptor >= 0 && descriptor < kFirstFree) {
      descriptors_.push_back(descriptor);
      descriptor = ::fcntl(any_open, F_DUPFD_CLOEXEC, 0);
    }
    if (descriptor >= 0) {
      ::close(descriptor);
    }
  }

  ~OccupiedDescriptors() {
    for (const int descriptor : descriptors_) {
      ::close(descriptor);
    }
  }

  OccupiedDescriptors(const OccupiedDescriptors&) = delete;
  OccupiedDescriptors& operator=(const OccupiedDescriptors&) = delete;
  OccupiedDescriptors(OccupiedDescriptors&&) = delete;
  OccupiedDescriptors& operator=(OccupiedDescriptors&&) = delete;

 private:
  std::vector<int> descriptors_;
};

Error cannot_start(const ProcessCommand& command, const std::string& reason) {
  return Error({.code = ErrorCode::Host,
                .message = "cannot start '" + command.program.string() + "': " + reason});
}

}  // namespace

bp::child spawn(const ProcessCommand& command, const ChildDescriptors& descriptors, Group group) {
  bp::environment environment = boost::this_process::environment();
  for (const auto& [name, value] : command.environment) {
    environment[name] = value;
  }
  const std::filesystem::path directory =
      command.directory.empty() ? std::filesystem::current_path() : command.directory;
  std::error_code ignored;
  if (!std::filesystem::is_directory(directory, ignored)) {
    // Boost.Process would start it in our own folder instead.
    throw cannot_start(command, "there is no folder '" + directory.string() + "'");
  }
  const OccupiedDescriptors occupied(descriptors.standard_input);
  const ChildSetup setup(command, descriptors, group);
  try {
    return bp::child(
        bp::exe = command.program.string(), bp::start_dir = directory.string(), environment, setup);
  } catch (const bp::process_error& error) {
    throw cannot_start(command, error.code().message());
  }
}

ProcessResult result_of(const bp::child& child) {
  ProcessResult result;
  const int status = child.native_exit_code();
  if (WIFSIGNALED(status)) {
    result.signal = WTERMSIG(status);
  } else {
    result.exit_code = WEXITSTATUS(status);
  }
  return result;
}

}  // namespace medusa
