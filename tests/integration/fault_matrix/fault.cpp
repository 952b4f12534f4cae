// SPDX-License-Identifier: MIT
#include "fault.hpp"

#include <algorithm>
#include <iterator>

namespace medusa::fault {

namespace {

/// 'Q' a simple query, 'P' the text of one with parameters, 'C' a statement was done.
bool is_step(const Moment& moment) {
  return moment.from_client ? moment.type == 'Q' || moment.type == 'P' : moment.type == 'C';
}

bool covers(Coverage coverage, const Moment& moment) {
  switch (coverage) {
    case Coverage::Every:
      return true;
    case Coverage::Steps:
      return is_step(moment) && moment.has_work;
    case Coverage::Sends:
      return is_step(moment) && moment.from_client && moment.has_work;
    case Coverage::HostSteps:
      break;
  }
  return is_step(moment) && moment.from_client && moment.has_host;
}

/// Of one line and direction; without what lies between equal messages.
std::vector<Moment> ends_of_series(const std::vector<Moment>& all, Line line, bool from_client) {
  std::vector<Moment> ends;
  for (const Moment& moment : all) {
    if (moment.line != line || moment.from_client != from_client) {
      continue;
    }
    const bool continues = ends.size() > 1 && !from_client && ends.back().type == moment.type &&
                           (ends.end() - 2)->type == moment.type;
    if (continues) {
      ends.back() = moment;
    } else {
      ends.push_back(moment);
    }
  }
  return ends;
}

}  // namespace

std::string to_string(Fault fault) {
  switch (fault) {
    case Fault::LoseMessage:
      return "connection cut, message lost";
    case Fault::LoseAnswer:
      return "connection cut, answer lost";
    case Fault::KillProgram:
      return "`medusa` killed (SIGKILL)";
    case Fault::EndWork:
      return "work backend terminated";
    case Fault::EndControl:
      return "control backend terminated";
    case Fault::KillHost:
      return "Node child killed (SIGKILL)";
    case Fault::CrashServer:
      break;
  }
  return "server stopped (immediate)";
}

const std::vector<Fault>& all_faults() {
  static const std::vector<Fault> faults{Fault::LoseMessage,
                                         Fault::LoseAnswer,
                                         Fault::KillProgram,
                                         Fault::EndWork,
                                         Fault::EndControl,
                                         Fault::KillHost,
                                         Fault::CrashServer};
  return faults;
}

int exit_code_of(Fault fault) {
  constexpr int kHost = 4;
  constexpr int kDatabase = 6;
  switch (fault) {
    case Fault::KillProgram:
      return kKilled;
    case Fault::KillHost:
      return kHost;
    default:
      return kDatabase;
  }
}

std::string to_string(const Moment& moment) {
  return std::string(moment.line == Line::Work ? "work" : "control") +
         (moment.from_client ? ">" : "<") + std::to_string(moment.number) +
         (moment.midway ? "*" : "");
}

bool is_possible(Fault fault, const Moment& moment) {
  switch (fault) {
    case Fault::LoseMessage:
      return true;  // an answer may get lost, too, while nothing else does
    case Fault::LoseAnswer:
      return moment.from_client;
    case Fault::KillProgram:
      return is_step(moment);
    case Fault::EndWork:
      // At the end the other connection speaks while this one says goodbye: nobody waits for that.
      return is_step(moment) && moment.has_work && moment.line == Line::Work;
    case Fault::EndControl:
      return is_step(moment) && moment.has_control;
    case Fault::KillHost:
      return is_step(moment) && moment.line == Line::Work && moment.has_host;
    case Fault::CrashServer:
      break;
  }
  return is_step(moment) && moment.from_client;
}

namespace {

/// A statement that goes on until others have ended can be met in its middle.
bool can_be_held(const Moment& moment) {
  return moment.from_client && (moment.text.starts_with("CREATE INDEX CONCURRENTLY") ||
                                moment.text.starts_with("DROP INDEX CONCURRENTLY"));
}

bool is_possible_midway(Fault fault) {
  return fault != Fault::LoseMessage && fault != Fault::KillHost;
}

}  // namespace

std::vector<Moment> moments_for(Fault fault, Coverage coverage, const std::vector<Moment>& all) {
  std::vector<Moment> chosen;
  for (const bool from_client : {true, false}) {
    for (const Line line : {Line::Control, Line::Work}) {
      const std::vector<Moment> ends = ends_of_series(all, line, from_client);
      std::copy_if(ends.begin(), ends.end(), std::back_inserter(chosen), [&](const Moment& each) {
        return is_possible(fault, each) && covers(coverage, each);
      });
    }
  }
  const std::vector<Moment> at_messages = chosen;
  for (Moment moment : at_messages) {
    if (can_be_held(moment) && is_possible_midway(fault)) {
      moment.midway = true;
      chosen.push_back(moment);
    }
  }
  return chosen;
}

}  // namespace medusa::fault
