// SPDX-License-Identifier: MIT
// What happens, and when: at a message on the wire, so that a point is the same in every run.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace medusa::fault {

/// Of a process that SIGKILL ended.
inline constexpr int kKilled = 137;

enum class Fault {
  LoseMessage,  ///< The connection is cut, and the message does not get through.
  LoseAnswer,   ///< The connection is cut; the server has the message.
  KillProgram,  ///< SIGKILL.
  EndWork,      ///< pg_terminate_backend of the work connection's backend.
  EndControl,   ///< Of the control connection's.
  KillHost,     ///< SIGKILL to the Node child.
  CrashServer,  ///< Immediate shutdown; started again at once.
};

/// As the table has it.
[[nodiscard]] std::string to_string(Fault fault);
[[nodiscard]] const std::vector<Fault>& all_faults();

/// The exit code of a run that the fault stopped; it may also have nothing left to do, and end with
/// 0, unless it was killed.
[[nodiscard]] int exit_code_of(Fault fault);

/// Which of a run's two connections.
enum class Line { Control, Work };

/// A message of the undisturbed run: the n-th (from 0) of its line and direction.
struct Moment {
  Line line = Line::Work;
  bool from_client = true;
  std::size_t number = 0;
  char type = 0;
  bool midway = false;    ///< Not at the message: while the server does what it says.
  std::string text = {};  ///< What it says, shortened.
  bool has_host = false;  ///< Whether the Node child was there.
  bool has_work = false;  ///< Whether the work connection was; likewise the other.
  bool has_control = false;

  /// Whether it is the same message.
  [[nodiscard]] bool is_at(const Moment& other) const {
    return line == other.line && from_client == other.from_client && number == other.number;
  }
};

/// E.g. "work>12": the client's 13th message on the work connection; "control<0" the server's first
/// on the control connection; "work>12*" while the server does what that message says.
[[nodiscard]] std::string to_string(const Moment& moment);

/// Which moments of a run are tried.
enum class Coverage {
  Every,      ///< All, from connecting to after COMMIT.
  Steps,      ///< Where a statement is sent or has been done, once there is a work connection.
  Sends,      ///< Of those, where one is sent.
  HostSteps,  ///< Where one is sent while the Node child runs.
};

/// Whether the fault can happen at that moment; faults that are not about messages happen where a
/// statement is sent or has been done.
[[nodiscard]] bool is_possible(Fault fault, const Moment& moment);

/// The moments at which the fault is tried. Where the server sends the same message several times
/// in a row (rows, parameters), it is the first and the last one.
[[nodiscard]] std::vector<Moment> moments_for(Fault fault,
                                              Coverage coverage,
                                              const std::vector<Moment>& all);

}  // namespace medusa::fault
