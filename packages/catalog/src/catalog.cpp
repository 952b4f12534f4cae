// SPDX-License-Identifier: MIT
#include "medusa/catalog/catalog.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "medusa/catalog/collation.hpp"

namespace medusa {

namespace {

/// Of two outputs of a module, the one that its definition lists first.
bool listed_before(const Manifest& manifest, const std::string& a, const std::string& b) {
  const auto begin = manifest.listed.begin();
  const auto end = manifest.listed.end();
  return std::find(begin, end, a) < std::find(begin, end, b);
}

std::vector<ManifestEntry*> in_output_order(Manifest& manifest) {
  std::vector<ManifestEntry*> entries;
  for (ManifestEntry& entry : manifest.entries) {
    if (!entry.migrations.empty()) {
      entries.push_back(&entry);
    }
  }
  const auto is_before = [&](const auto* a, const auto* b) {
    return manifest.listed.empty() ? collates_before(a->output, b->output)
                                   : listed_before(manifest, a->output, b->output);
  };
  // Sources are sorted, and so nearly always are outputs.
  if (!std::is_sorted(entries.begin(), entries.end(), is_before)) {
    std::stable_sort(entries.begin(), entries.end(), is_before);
  }
  return entries;
}

/// As path's operator/, without the division into components, which takes most of the time where
/// there are thousands.
std::string below(const std::filesystem::path& folder, const std::string& file) {
  std::string text;
  text.reserve(folder.native().size() + 1 + file.size());
  text += folder.native();
  text += '/';
  text += file;
  return text;
}

std::string lowered_file(const DescribedMember& described, const ManifestEntry& entry) {
  if (entry.lowered_checksum.empty()) {
    return {};
  }
  return below(described.lowered,
               std::filesystem::path(entry.output).replace_extension(".lowered.json").native());
}

/// Takes texts out of the entry.
void append(std::vector<Migration>& to,
            const DescribedMember& described,
            ManifestEntry& entry,
            const FeatureFlags& flags) {
  for (DescribedMigration& migration : entry.migrations) {
    to.push_back({.member = described.member.name,
                  .name = std::move(migration.name),
                  .timestamp = migration.timestamp,
                  .kind = entry.kind,
                  .enabled = flags.satisfies(entry.condition),
                  .flags = entry.condition.text(),
                  .transaction = migration.transaction,
                  .source = below(described.member.root, entry.source),
                  .built = below(described.output, entry.output),
                  .export_name = std::move(migration.export_name),
                  .checksum = entry.inputs.empty() ? "" : entry.inputs.front().checksum,
                  .lowered = lowered_file(described, entry),
                  .lowered_checksum = entry.lowered_checksum,
                  .dynamic_up = std::move(migration.dynamic_up),
                  .dynamic_down = std::move(migration.dynamic_down),
                  .up_checksum = std::move(migration.up_checksum),
                  .down_checksum = std::move(migration.down_checksum),
                  .outside_up = std::move(migration.outside_up),
                  .outside_down = std::move(migration.outside_down),
                  .allowed_hazards = std::move(migration.allowed_hazards)});
  }
}

/// What the migrations' own files declare; whether they are enabled does not matter.
void append_declarations(std::vector<OrderDeclaration>& to, const DescribedMember& described) {
  for (const ManifestEntry& entry : described.manifest.entries) {
    for (const DescribedMigration& migration : entry.migrations) {
      for (OrderDeclaration declaration : migration.order) {
        declaration.subject = described.member.name + '/' + migration.name;
        declaration.place.file = described.member.root / entry.source;
        to.push_back(std::move(declaration));
      }
    }
  }
}

Diagnostic duplicate(const Migration& first, const Migration& second) {
  return {.code = ErrorCode::Plan,
          .message = "two migrations are called '" + second.name + "'",
          .location = Location{.file = second.source},
          .notes = {"in " + first.member + ": " + first.source,
                    "in " + second.member + ": " + second.source},
          .hint =
              "rename the class of the one that was never applied anywhere (a new timestamp is "
              "enough)"};
}

}  // namespace

Catalog Catalog::collect(std::vector<DescribedMember> members,
                         const FeatureFlags& flags,
                         const std::vector<OrderDeclaration>& declared) {
  Catalog catalog;
  catalog.declarations_ = declared;
  catalog.migrations_.reserve(std::accumulate(
      members.begin(), members.end(), std::size_t{0}, [](std::size_t sum, const auto& described) {
        return sum + described.manifest.entries.size();  // one each, nearly always
      }));
  for (DescribedMember& described : members) {
    catalog.members_.push_back(described.member);
    catalog.lowered_.push_back(described.lowered);
    catalog.declarations_.insert(
        catalog.declarations_.end(), described.member.order.begin(), described.member.order.end());
    append_declarations(catalog.declarations_, described);
    for (ManifestEntry* entry : in_output_order(described.manifest)) {
      append(catalog.migrations_, described, *entry, flags);
    }
  }
  catalog.index_names();
  return catalog;
}

void Catalog::index_names() {
  std::vector<Diagnostic> problems;
  by_name_.reserve(migrations_.size());
  for (std::size_t i = 0; i < migrations_.size(); ++i) {
    const Migration& migration = migrations_[i];
    const auto [found, inserted] = by_name_.try_emplace(migration.name, i);
    const Migration& first = migrations_[found->second];
    if (!inserted && first.enabled && migration.enabled) {
      problems.push_back(duplicate(first, migration));
    } else if (!first.enabled) {
      found->second = i;
    }
  }
  if (!problems.empty()) {
    throw Error(problems);
  }
}

const Migration* Catalog::find(const std::string& name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &migrations_[found->second];
}

}  // namespace medusa
