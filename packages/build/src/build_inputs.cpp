// SPDX-License-Identifier: MIT
#include <set>
#include <system_error>

#include "medusa/build/depfile.hpp"
#include "medusa/workspace/watched_folders.hpp"

#include "member_build.hpp"
#include "output_listing.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

class Inputs {
 public:
  void add(const fs::path& path) {
    std::error_code error;
    const fs::path plain = path.has_filename() ? path : path.parent_path();  // no slash at the end
    if (!paths_.contains(plain) && fs::exists(plain, error)) {
      paths_.insert(plain);
    }
  }

  /// The folder and all below, for the names in them.
  void add_folders(const fs::path& folder) {
    add(folder);
    std::error_code error;
    for (auto entry = fs::recursive_directory_iterator(folder, error);
         !error && entry != fs::recursive_directory_iterator();
         entry.increment(error)) {
      std::error_code broken_link;
      if (entry->is_directory(broken_link)) {
        add(entry->path());
      }
    }
  }

  [[nodiscard]] std::vector<fs::path> list() const { return {paths_.begin(), paths_.end()}; }

 private:
  std::set<fs::path> paths_ = {};
};

void add_manifest(const DescribedMember& described, Inputs& inputs) {
  const fs::path& root = described.member.root;
  for (const auto* list : {&described.manifest.flag_inputs, &described.manifest.list_inputs}) {
    for (const ManifestInput& input : *list) {
      inputs.add(root / input.path);
    }
  }
  for (const ManifestEntry& entry : described.manifest.entries) {
    inputs.add(described.output / entry.output);
    for (const ManifestInput& input : entry.inputs) {
      inputs.add(root / input.path);
    }
  }
}

/// Which folders a member has says where its migrations are.
void add_member(const DescribedMember& described, Inputs& inputs) {
  const fs::path& root = described.member.root;
  for (const char* name : {"", "package.json", "src", "dist", "dist/dist"}) {
    inputs.add(*name == '\0' ? root : root / name);
  }
  if (!described.member.installed) {
    inputs.add_folders(root / "src" / "migrations");
  }
  if (described.member.role != Role::Module) {
    inputs.add_folders(described.output);
  }
  inputs.add_folders(described.lowered);
  inputs.add(described.output / kManifestName);
  if (described.member.role == Role::Core && !flag_files(root).empty()) {
    inputs.add(flag_files(root).front().parent_path());
  }
  add_manifest(described, inputs);
}

}  // namespace

std::vector<fs::path> build_inputs(const Config& config,
                                   const Workspace& workspace,
                                   const BuildResult& result) {
  Inputs inputs;
  inputs.add(config.file);
  inputs.add(workspace.root / ".medusa" / "manifests");
  for (const fs::path& folder : watched_folders(config)) {
    inputs.add(folder);
  }
  for (const DescribedMember& member : result.members) {
    add_member(member, inputs);
  }
  return inputs.list();
}

}  // namespace medusa
