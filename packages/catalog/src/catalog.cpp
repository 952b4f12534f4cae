// SPDX-License-Identifier: MIT
#include "medusa/catalog/catalog.hpp"

#include <algorithm>
#include <unordered_map>

#include "medusa/catalog/collation.hpp"

namespace medusa {

namespace {

/// Of two outputs of a module, the one that its definition lists first.
bool listed_before(const Manifest& manifest,
                   const std::filesystem::path& a,
                   const std::filesystem::path& b) {
  const auto begin = manifest.listed.begin();
  const auto end = manifest.listed.end();
  return std::find(begin, end, a) < std::find(begin, end, b);
}

std::vector<const ManifestEntry*> in_output_order(const Manifest& manifest) {
  std::vector<const ManifestEntry*> entries;
  for (const ManifestEntry& entry : manifest.entries) {
    if (!entry.migrations.empty()) {
      entries.push_back(&entry);
    }
  }
  std::stable_sort(entries.begin(), entries.end(), [&](const auto* a, const auto* b) {
    return manifest.listed.empty() ? collates_before(a->output.string(), b->output.string())
                                   : listed_before(manifest, a->output, b->output);
  });
  return entries;
}

std::filesystem::path lowered_file(const DescribedMember& described, const ManifestEntry& entry) {
  if (entry.lowered_checksum.empty()) {
    return {};
  }
  return described.lowered / std::filesystem::path(entry.output).replace_extension(".lowered.json");
}

void append(std::vector<Migration>& to,
            const DescribedMember& described,
            const ManifestEntry& entry,
            const FeatureFlags& flags) {
  for (const DescribedMigration& migration : entry.migrations) {
    to.push_back({.member = described.member.name,
                  .name = migration.name,
                  .timestamp = migration.timestamp,
                  .kind = entry.kind,
                  .enabled = flags.satisfies(entry.condition),
                  .flags = entry.condition.text(),
                  .transaction = migration.transaction,
                  .source = described.member.root / entry.source,
                  .built = described.output / entry.output,
                  .export_name = migration.export_name,
                  .checksum = entry.inputs.empty() ? "" : entry.inputs.front().checksum,
                  .lowered = lowered_file(described, entry),
                  .lowered_checksum = entry.lowered_checksum,
                  .dynamic_up = migration.dynamic_up,
                  .dynamic_down = migration.dynamic_down,
                  .up_checksum = migration.up_checksum,
                  .down_checksum = migration.down_checksum});
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

void refuse_duplicates(const std::vector<Migration>& migrations) {
  std::unordered_map<std::string, const Migration*> seen;
  std::vector<Diagnostic> problems;
  for (const Migration& migration : migrations) {
    if (!migration.enabled) {
      continue;
    }
    const auto [first, inserted] = seen.emplace(migration.name, &migration);
    if (!inserted) {
      problems.push_back(
          {.code = ErrorCode::Plan,
           .message = "two migrations are called '" + migration.name + "'",
           .location = Location{.file = migration.source},
           .notes = {"in " + first->second->member + ": " + first->second->source.string(),
                     "in " + migration.member + ": " + migration.source.string()},
           .hint =
               "rename the class of the one that was never applied anywhere (a new timestamp is "
               "enough)"});
    }
  }
  if (!problems.empty()) {
    throw Error(problems);
  }
}

}  // namespace

Catalog Catalog::collect(const std::vector<DescribedMember>& members,
                         const FeatureFlags& flags,
                         const std::vector<OrderDeclaration>& declared) {
  Catalog catalog;
  catalog.declarations_ = declared;
  for (const DescribedMember& described : members) {
    catalog.members_.push_back(described.member);
    catalog.declarations_.insert(
        catalog.declarations_.end(), described.member.order.begin(), described.member.order.end());
    append_declarations(catalog.declarations_, described);
    for (const ManifestEntry* entry : in_output_order(described.manifest)) {
      append(catalog.migrations_, described, *entry, flags);
    }
  }
  refuse_duplicates(catalog.migrations_);
  return catalog;
}

const Migration* Catalog::find(const std::string& name) const {
  const Migration* disabled = nullptr;
  for (const Migration& migration : migrations_) {
    if (migration.name == name && migration.enabled) {
      return &migration;
    }
    if (migration.name == name) {
      disabled = &migration;
    }
  }
  return disabled;
}

}  // namespace medusa
