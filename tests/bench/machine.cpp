// SPDX-License-Identifier: MIT
#include "machine.hpp"

#include <array>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>
#include <sched.h>
#include <string_view>
#include <sys/utsname.h>
#include <unistd.h>

#include <fmt/format.h>

#include "medusa/core/text.hpp"
#include "medusa/core/version.hpp"
#include "medusa/system/files.hpp"

#include "medusa_program.hpp"
#include "postgres_fixture.hpp"

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

/// The model's name in /proc/cpuinfo.
std::string model() {
  constexpr std::string_view kField = "model name";
  const std::string text = read_file_if_present("/proc/cpuinfo").value_or("");
  for (const std::string_view line : lines(text)) {
    if (line.starts_with(kField) && line.find(':') != std::string_view::npos) {
      return std::string(trim(line.substr(line.find(':') + 1)));
    }
  }
  return "unknown";
}

std::string kernel() {
  utsname names{};
  ::uname(&names);
  return std::string(names.sysname) + ' ' + names.release;
}

std::string version_of(const std::string& program, const std::string& flag) {
  return std::string(trim(run_program(program, "/", {flag}).output));
}

std::string version_of_package(const std::string& name) {
  const auto file = project_root() / "node_modules" / name / "package.json";
  return nlohmann::json::parse(read_file(file)).at("version").get<std::string>();
}

}  // namespace

std::string machine_description() {
  const std::string server =
      version_of((PostgresFixture::shared().binaries() / "postgres").string(), "--version");
  return "- processors: " + std::to_string(processors()) + ", " + model() +
         "\n- memory: " + std::to_string(memory_gib()) + " GiB\n- kernel: " + kernel() +
         "\n- server: " + server +
         ", on a Unix socket, without fsync\n- Node: " + version_of("node", "--version") +
         "\n- medusa: " + std::string(version()) +
         ", " MEDUSA_BENCH_BUILD "\n- compared with: @medusajs/medusa " +
         version_of_package("@medusajs/medusa") + ", typeorm " + version_of_package("typeorm") +
         ", dbmate " + version_of_package("@dbmate/linux-x64") + ", esbuild " +
         version_of_package("esbuild");
}

std::string load_description() {
  std::array<double, 3> load{};
  ::getloadavg(load.data(), static_cast<int>(load.size()));
  const std::time_t now = std::time(nullptr);
  tm day{};
  ::gmtime_r(&now, &day);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} UTC, load averages {:.1f} {:.1f} {:.1f}",
                     day.tm_year + 1900,
                     day.tm_mon + 1,
                     day.tm_mday,
                     day.tm_hour,
                     day.tm_min,
                     load[0],
                     load[1],
                     load[2]);
}

}  // namespace medusa
