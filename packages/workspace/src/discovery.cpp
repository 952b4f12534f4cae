// SPDX-License-Identifier: MIT
#include "discovery.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include "medusa/core/text.hpp"
#include "medusa/system/files.hpp"
#include "medusa/workspace/glob.hpp"
#include "medusa/workspace/resolve_package.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

/// The path without symbolic links; itself where it does not exist.
fs::path real_path(const fs::path& path) {
  std::error_code error;
  fs::path real = fs::weakly_canonical(path, error);
  return error ? path : real;
}

constexpr std::string_view kMedusa = "@medusajs/medusa";
/// The default, which most workspaces write out; without plugins it matches nothing.
constexpr std::string_view kUsualPattern = "plugins/*";

/// Nothing in it is a plugin's: what git and npm leave behind when a plugin's folder goes away.
bool is_left_over(const fs::path& folder) {
  const std::vector<std::string> names = list_names(folder);
  return std::all_of(names.begin(), names.end(), [](const std::string& name) {
    return name.starts_with('.') || name == "node_modules";
  });
}

/// Whether a person who wrote this meant a folder rather than an npm package ("x", "@scope/x").
bool looks_like_path(const std::string& text) {
  return text.starts_with('.') || (text.find('/') != std::string::npos && !text.starts_with('@'));
}

}  // namespace

Discovery::Discovery(const Config& config)
    : config_(config),
      root_(real_path(config.root)),
      backend_(real_path(root_ / config.workspace.backend.value)) {}

template <typename Step>
void Discovery::attempt(const Step& step) {
  try {
    step();
  } catch (const Error& error) {
    problems_.insert(problems_.end(), error.diagnostics().begin(), error.diagnostics().end());
  }
}

Workspace Discovery::run() {
  attempt([&] { find_backend(); });
  attempt([&] { find_core(); });
  for (const MemberEntry& entry : config_.workspace.plugins.value) {
    attempt([&] { find_plugin(entry); });
  }
  if (backend_package_) {
    add_member(
        backend_, *backend_package_, Role::Backend, config_.workspace.backend.origin.location);
  }
  for (const MemberEntry& entry : config_.workspace.modules.value) {
    attempt([&] { find_module(entry); });
  }
  check_names();
  if (!problems_.empty()) {
    throw Error(std::move(problems_));
  }
  Workspace workspace{
      .name = config_.workspace.name.value, .root = root_, .warnings = std::move(warnings_)};
  for (Found& found : found_) {
    workspace.members.push_back(std::move(found.member));
  }
  return workspace;
}

void Discovery::find_backend() {
  backend_package_ = read_package_json(backend_);
  if (!backend_package_) {
    add_problem(config_.workspace.backend.origin.location,
                "no backend at '" + config_.workspace.backend.value + '\'',
                {is_folder(backend_) ? "the folder has no package.json"
                                     : "there is no such folder in '" + root_.string() + '\''},
                "under [workspace]: backend = \"" + backend_elsewhere() + '"');
  }
}

void Discovery::find_core() {
  const std::string& core = config_.workspace.core.value;
  if (!backend_package_) {
    return;  // where to look for it is not known
  }
  const std::optional<Location>& location = config_.workspace.core.origin.location;
  if (!backend_package_->dependencies.contains(core)) {
    add_problem(
        location ? location : Location{.file = backend_ / "package.json"},
        "backend '" + config_.workspace.backend.value + "' does not depend on '" + core + '\'',
        {"'" + shown(backend_ / "package.json") +
         "' does not list it in dependencies or devDependencies"},
        in_backend("npm install " + shell_word(core == kMedusa ? core + "@1" : core)));
    return;
  }
  const std::optional<fs::path> folder = resolve_package(backend_, core);
  if (!folder) {
    add_problem(
        location,
        "'" + core + "' is not installed",
        {"looked for it in node_modules of '" + shown(backend_) + "' and of every folder above it"},
        "npm install");
    return;
  }
  seen_.insert(*folder);
  if (const std::optional<PackageJson> package = read_package_json(*folder)) {
    check_core_version(*folder, *package);
    add_member(*folder, *package, Role::Core, location);
  }
}

/// Medusa 2 has other migrations, in another table. Forks have a name and numbers of their own.
void Discovery::check_core_version(const fs::path& folder, const PackageJson& package) {
  const std::string major = package.version.substr(0, package.version.find('.'));
  if (package.name == kMedusa && !major.empty() && major != "1") {
    add_problem(Location{.file = folder / "package.json"},
                "Medusa " + major + " is installed: this program is for Medusa 1",
                {"'" + package.name + "' has version " + package.version},
                in_backend("npm install " + std::string(kMedusa) + "@1"));
  }
}

void Discovery::find_plugin(const MemberEntry& entry) {
  std::error_code error;
  const fs::path literal = root_ / entry.text;
  const fs::path local = root_ / "plugins" / entry.text;
  if (fs::exists(literal, error)) {
    add_folder(entry, literal);
  } else if (has_wildcard(entry.text)) {
    find_matches(entry);
  } else if (fs::exists(local, error)) {
    add_folder(entry, local);
  } else {
    find_installed(entry);
  }
}

void Discovery::find_matches(const MemberEntry& entry) {
  if (entry.text.find("**") != std::string::npos) {
    add_problem(entry.location,
                "pattern '" + entry.text + "' is not supported",
                {"'**' has no meaning here: '*' matches within one folder name"},
                "plugins = [\"plugins/*\", \"plugins/*/*\"]");
    return;
  }
  const std::vector<fs::path> folders = expand_glob(root_, entry.text);
  if (folders.empty() && entry.location && entry.text != kUsualPattern) {
    warnings_.push_back({.code = ErrorCode::Workspace,
                         .message = "the pattern '" + entry.text + "' matches no folder",
                         .location = entry.location,
                         .hint = "correct or remove it in 'plugins' under [workspace]"});
  }
  for (const fs::path& folder : folders) {
    attempt([&] { add_match(entry, folder); });
  }
}

void Discovery::add_match(const MemberEntry& entry, const fs::path& folder) {
  const fs::path real = real_path(folder);
  if (real == backend_ || !seen_.insert(real).second) {
    return;
  }
  if (const std::optional<PackageJson> package = read_package_json(real)) {
    add_member(real, *package, Role::Plugin, entry.location);
  } else if (!is_left_over(real) && !folder.filename().native().starts_with('.')) {
    add_problem(entry.location,
                "plugin '" + shown(folder) + "' requires a package.json file",
                {"the pattern '" + entry.text + "' matches this folder"},
                "cd " + shell_word(shown(folder)) + " && npm init -y");
  }
}

void Discovery::find_installed(const MemberEntry& entry) {
  if (const std::optional<fs::path> folder = resolve_package(backend_, entry.text)) {
    add_folder(entry, *folder);
    return;
  }
  std::vector<std::string> notes;
  const std::vector<std::string> known = known_plugin_names();
  const std::optional<std::string> meant = closest_match(entry.text, known);
  if (looks_like_path(entry.text)) {
    add_problem(entry.location,
                "plugin folder '" + entry.text + "' does not exist",
                {"looked for it in '" + root_.string() + '\''},
                meant ? "did you mean '" + *meant + "'?"
                      : "remove '" + entry.text + "' from 'plugins' under [workspace]");
    return;
  }
  if (!is_folder(backend_)) {
    return;  // it may well be installed where the backend really is
  }
  if (meant) {
    notes.push_back("did you mean '" + *meant + "'?");
  }
  notes.emplace_back("perhaps you need to install its package");
  add_problem(entry.location,
              "unable to find plugin '" + entry.text + '\'',
              std::move(notes),
              in_backend("npm install " + shell_word(entry.text)));
}

void Discovery::find_module(const MemberEntry& entry) {
  if (!is_folder(backend_)) {
    return;  // it may well be installed where the backend really is
  }
  if (looks_like_path(entry.text)) {
    add_problem(entry.location,
                "module '" + entry.text + "' is not the name of an npm package",
                {"a module is found as Node finds it, in node_modules of the backend and of every "
                 "folder above it"},
                "modules = [\"@medusajs/inventory\"]");
  } else if (const std::optional<fs::path> folder = resolve_package(backend_, entry.text)) {
    add_module(entry, *folder);
  } else {
    // The modules for Medusa 1 have version 1; newer ones are for Medusa 2.
    const std::string version = entry.text.starts_with("@medusajs/") ? "@1" : "";
    add_problem(
        entry.location,
        "the module '" + entry.text + "' is not installed",
        {"looked for it in node_modules of '" + shown(backend_) + "' and of every folder above it"},
        in_backend("npm install " + shell_word(entry.text + version)));
  }
}

void Discovery::add_module(const MemberEntry& entry, const fs::path& folder) {
  const auto known = std::find_if(found_.begin(), found_.end(), [&](const Found& found) {
    return found.member.root == folder;
  });
  if (known == found_.end()) {
    if (const std::optional<PackageJson> package = read_package_json(folder)) {
      seen_.insert(folder);
      add_member(folder, *package, Role::Module, entry.location);
    }
  } else if (known->member.role != Role::Module) {
    add_problem(entry.location,
                "module '" + entry.text + "' takes part already",
                {"it is the " + std::string(to_string(known->member.role)) + " '" +
                 shown(known->member.root) + '\''},
                "remove '" + entry.text + "' from 'modules' under [workspace]");
  }
}

void Discovery::add_folder(const MemberEntry& entry, const fs::path& folder) {
  const fs::path real = real_path(folder);
  if (!is_folder(real)) {
    add_problem(entry.location,
                "plugin '" + entry.text + "' is not a folder",
                {},
                "name the folder that its package.json is in");
    return;
  }
  if (real == backend_) {
    add_problem(entry.location,
                "plugin '" + entry.text + "' is the backend itself",
                {"the backend always takes part, after the plugins"},
                "remove '" + entry.text + "' from 'plugins' under [workspace]");
    return;
  }
  if (!seen_.insert(real).second) {
    return;
  }
  if (const std::optional<PackageJson> package = read_package_json(real)) {
    add_member(real, *package, Role::Plugin, entry.location);
  } else {
    add_problem(entry.location,
                "plugin '" + entry.text + "' requires a package.json file",
                {},
                "cd " + shell_word(shown(folder)) + " && npm init -y");
  }
}

void Discovery::add_member(const fs::path& folder,
                           const PackageJson& package,
                           Role role,
                           const std::optional<Location>& location) {
  const std::string name = package.name.empty() ? folder.filename().string() : package.name;
  std::vector<OrderDeclaration> order = package.order;
  for (OrderDeclaration& declaration : order) {
    declaration.subject = declaration.subject.empty() ? name : name + '/' + declaration.subject;
  }
  found_.push_back({.member = {.name = name,
                               .version = package.version,
                               .root = folder,
                               .role = role,
                               .installed = is_installed(folder),
                               .configured = location,
                               .order = std::move(order)},
                    .location = location});
}

void Discovery::check_names() {
  std::map<std::string, const Found*> by_name;
  for (const Found& second : found_) {
    const auto [entry, is_new] = by_name.emplace(second.member.name, &second);
    if (is_new) {
      continue;
    }
    const Found& first = *entry->second;
    const Found& changeable = second.member.installed ? first : second;
    add_problem(
        second.location ? second.location : first.location,
        "two members are named '" + second.member.name + '\'',
        {std::string(to_string(first.member.role)) + " '" + shown(first.member.root) + '\'',
         std::string(to_string(second.member.role)) + " '" + shown(second.member.root) + '\''},
        changeable.member.installed
            ? "remove one of them from '" +
                  std::string(second.member.role == Role::Module ? "modules" : "plugins") +
                  "' under [workspace]"
            : "change \"name\" in " + shown(changeable.member.root / "package.json"));
  }
}

bool Discovery::is_installed(const fs::path& folder) const {
  const auto in_node_modules = [](const fs::path& path) {
    return std::find(path.begin(), path.end(), "node_modules") != path.end();
  };
  // Only what lies between the workspace and the folder counts, if the folder is inside it.
  const fs::path inside = folder.lexically_relative(root_);
  return in_node_modules(inside.empty() || *inside.begin() == ".." ? folder : inside);
}

/// Where the backend seems to be: the workspace's own folder or one directly in it that has a
/// package.json with the core package. A guess for a hint, so broken files are passed over.
std::string Discovery::backend_elsewhere() const {
  std::vector<std::string> candidates{"."};
  for (const std::string& name : list_names(root_)) {
    if (!name.starts_with('.') && name != "node_modules") {
      candidates.push_back(name);
    }
  }
  for (const std::string& candidate : candidates) {
    try {
      const auto package = read_package_json(root_ / candidate);
      if (package && package->dependencies.contains(config_.workspace.core.value)) {
        return candidate;
      }
    } catch (const Error&) {
      continue;
    }
  }
  return "path/to/backend";
}

/// What an entry of `plugins` could have been meant to be.
std::vector<std::string> Discovery::known_plugin_names() const {
  std::vector<std::string> names;
  for (const std::string& name : list_names(root_ / "plugins")) {
    if (!name.starts_with('.') && is_folder(root_ / "plugins" / name)) {
      names.push_back(name);
      names.push_back("plugins/" + name);
      names.push_back("./plugins/" + name);
    }
  }
  if (backend_package_) {
    names.insert(
        names.end(), backend_package_->dependencies.begin(), backend_package_->dependencies.end());
  }
  return names;
}

/// The path as a person in the workspace's folder would write it.
std::string Discovery::shown(const fs::path& path) const {
  const fs::path inside = path.lexically_normal().lexically_relative(root_);
  return inside.empty() || *inside.begin() == ".." ? path.string() : inside.string();
}

std::string Discovery::in_backend(const std::string& command) const {
  const std::string folder = shown(backend_);
  return folder == "." ? command : "cd " + shell_word(folder) + " && " + command;
}

void Discovery::add_problem(const std::optional<Location>& location,
                            std::string message,
                            std::vector<std::string> notes,
                            std::string hint) {
  problems_.push_back({.code = ErrorCode::Workspace,
                       .message = std::move(message),
                       .location = location,
                       .notes = std::move(notes),
                       .hint = std::move(hint)});
}

}  // namespace medusa
