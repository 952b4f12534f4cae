// SPDX-License-Identifier: MIT
#include "spawn.hpp"

#include <csignal>
#include <cstdio>
#include <utility>

#include <boost/process/args.hpp>
#include <boost/process/env.hpp>
#include <boost/process/environment.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/extend.hpp>
#include <boost/process/start_dir.hpp>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "medusa/core/error.hpp"

namespace medusa {

namespace bp = boost::process;

namespace {

/// Runs between fork and exec: only async-signal-safe calls.
class ChildSetup : public bp::extend::handler {
 public:
  ChildSetup(const ChildDescriptors& descriptors, Group group, std::optional<ProcessUser> user)
      : descriptors_(descriptors), group_(group), user_(user), parent_(::getpid()) {}

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
};

}  // namespace

bp::child spawn(const ProcessCommand& command, const ChildDescriptors& descriptors, Group group) {
  bp::environment environment = boost::this_process::environment();
  for (const auto& [name, value] : command.environment) {
    environment[name] = value;
  }
  const std::filesystem::path directory =
      command.directory.empty() ? std::filesystem::current_path() : command.directory;
  try {
    return bp::child(bp::exe = command.program.string(), bp::args = command.arguments,
                     bp::start_dir = directory.string(), environment,
                     ChildSetup(descriptors, group, command.user));
  } catch (const bp::process_error& error) {
    throw Error({.code = ErrorCode::Host,
                 .message = "cannot start '" + command.program.string() +
                            "': " + error.code().message()});
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
