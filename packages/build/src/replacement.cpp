// SPDX-License-Identifier: MIT
#include <filesystem>

#include "medusa/system/files.hpp"

#include "build_steps.hpp"

namespace medusa {

namespace fs = std::filesystem;

void replace_outputs(BuildRun& run) {
  run.for_each_stale([&](MemberBuild& build) {
    const std::string manifest = to_json(build.fresh);
    if (build.staging.has_value()) {
      write_file(build.staging->folder() / build.manifest_path.filename(), manifest);
      build.staging->commit();
    } else {
      for (const std::string& file : build.removed) {
        fs::remove(build.places.collected / file);
      }
      write_file(build.manifest_path, manifest);
    }
    run.observer.on_event(
        MemberBuilt{.member = build.member.name,
                    .compiled = build.mode == BuildMode::Built ? 0 : build.stale.size(),
                    .described = build.stale.size(),
                    .removed = build.removed});
    build.old = build.fresh;
  });
}

}  // namespace medusa
