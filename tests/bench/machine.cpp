// SPDX-License-Identifier: MIT
#include "machine.hpp"

#include <nlohmann/json.hpp>
#include <sched.h>
#include <string_view>
#include <unistd.h>

#include "medusa/core/text.hpp"
#include "medusa/core/version.hpp"
#include "medusa/system/files.hpp"

#include "medusa_program.hpp"

namespace medusa {

namespace {

/// As many as we may use, which may be fewer than there are.
std::size_t processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  return ::sched_getaffinity(0, sizeof set, &set) == 0 ? static_cast<std::size_t>(CPU_COUNT(&set))
                                                       : 1;
}

long memory_gib() {
  constexpr long kGiB = 1L << 30;
  return (::sysconf(_SC_PHYS_PAGES) * ::sysconf(_SC_PAGE_SIZE) + kGiB / 2) / kGiB;
}

/// The model's name in /proc/cpuinfo, where it has one.
std::string model() {
  constexpr std::string_view kField = "model name";
  const std::string text = read_file_if_present("/proc/cpuinfo").value_or("");
  for (const std::string_view line : lines(text)) {
    if (line.starts_with(kField) && line.find(':') != std::string_view::npos) {
      return " (" + std::string(trim(line.substr(line.find(':') + 1))) + ")";
    }
  }
  return "";
}

}  // namespace

std::string machine_description(const std::filesystem::path& workspace) {
  const Outcome node = run_program("node", workspace, {"--version"});
  const auto esbuild =
      nlohmann::json::parse(read_file(workspace / "node_modules" / "esbuild" / "package.json"));
  return plural(processors(), "processor") + model() + ", " + std::to_string(memory_gib()) +
         " GiB; medusa " + std::string(version()) + " (" MEDUSA_BENCH_BUILD "), node " +
         std::string(trim(node.output)) + ", esbuild " + esbuild.at("version").get<std::string>();
}

}  // namespace medusa
