// SPDX-License-Identifier: MIT
#include "temporary_workspace.hpp"

#include <cstdlib>
#include <stdexcept>
#include <vector>

#include "medusa/system/files.hpp"

#include "medusa_program.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

/// Packages of the workspace itself are links out of node_modules; those are left out.
void link_entries(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  for (const std::string& name : list_names(from)) {
    const fs::path source = from / name;
    if (name.starts_with('@')) {
      link_entries(source, to / name);
    } else if (!fs::is_symlink(source)) {
      fs::create_symlink(fs::canonical(source), to / name);
    }
  }
}

void copy_sources(const fs::path& from, const fs::path& to) {
  for (const fs::path& file : list_files(from)) {
    if (*file.begin() == "dist") {
      continue;
    }
    fs::create_directories((to / file).parent_path());
    fs::copy_file(from / file, to / file);
  }
}

}  // namespace

TemporaryWorkspace::TemporaryWorkspace() {
  std::string pattern = "/tmp/medusa-test-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error("cannot create a temporary folder");
  }
  root_ = fs::canonical(pattern);
}

TemporaryWorkspace::~TemporaryWorkspace() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

void TemporaryWorkspace::write(const fs::path& path, std::string_view content) const {
  write_file(root_ / path, content);
}

std::string TemporaryWorkspace::read(const fs::path& path) const {
  return read_file(root_ / path);
}

bool TemporaryWorkspace::exists(const fs::path& path) const {
  return fs::exists(root_ / path);
}

void TemporaryWorkspace::remove(const fs::path& path) const {
  fs::remove_all(root_ / path);
}

void TemporaryWorkspace::link_modules() const {
  link_entries(project_root() / "node_modules", root_ / "node_modules");
}

void TemporaryWorkspace::copy_example_shop() const {
  for (const std::string name : {"medusa.toml", "package.json"}) {
    fs::copy_file(project_root() / name, root_ / name);
  }
  copy_sources(project_root() / "backend", root_ / "backend");
  copy_sources(project_root() / "plugins", root_ / "plugins");
  link_modules();
  for (const std::string& name : list_names(root_ / "plugins")) {
    fs::create_directory_symlink(fs::path("../plugins") / name, root_ / "node_modules" / name);
  }
}

void TemporaryWorkspace::make_small_shop() const {
  write("medusa.toml", "[workspace]\nbackend = \"backend\"\nplugins = [\"plugins/*\"]\n");
  write(
      "backend/package.json",
      R"({"name": "backend", "version": "1.0.0", "dependencies": {"@medusajs/medusa": "1.20.11"}})");
  write("node_modules/@medusajs/medusa/package.json",
        R"({"name": "@medusajs/medusa", "version": "1.20.11"})");
  // Real folders for what these packages need from their neighbours: Node resolves links first.
  for (const std::string name : {"typeorm", "pg", "esbuild"}) {
    fs::create_directory_symlink(fs::canonical(project_root() / "node_modules" / name),
                                 root_ / "node_modules" / name);
  }
}

void TemporaryWorkspace::add_plugin(const std::string& name) const {
  write(fs::path("plugins") / name / "package.json",
        "{\"name\": \"" + name + "\", \"version\": \"1.0.0\"}");
}

}  // namespace medusa
