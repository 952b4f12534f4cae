// SPDX-License-Identifier: MIT
#include "child_processes.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>

namespace medusa::fault {

namespace fs = std::filesystem;

bool is_running(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string text;
  std::getline(file, text);
  // pid (name) state ...; the name may hold anything.
  const std::size_t end = text.rfind(") ");
  return end != std::string::npos && text.at(end + 2) != 'Z' && text.at(end + 2) != 'X';
}

std::vector<pid_t> children_of(pid_t process) {
  std::vector<pid_t> children;
  std::error_code gone;
  for (const auto& task :
       fs::directory_iterator("/proc/" + std::to_string(process) + "/task", gone)) {
    std::ifstream file(task.path() / "children");
    for (pid_t child = 0; file >> child;) {
      if (is_running(child)) {
        children.push_back(child);
      }
    }
  }
  return children;
}

void kill_children_of(pid_t process) {
  const std::vector<pid_t> children = children_of(process);
  if (children.empty()) {
    throw std::logic_error("there is no child to kill");
  }
  for (const pid_t child : children) {
    ::kill(child, SIGKILL);
  }
  for (const pid_t child : children) {
    while (is_running(child)) {
      std::this_thread::yield();
    }
  }
}

}  // namespace medusa::fault
