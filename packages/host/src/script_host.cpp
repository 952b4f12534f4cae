// SPDX-License-Identifier: MIT
#include "medusa/host/script_host.hpp"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <deque>
#include <map>
#include <utility>

#include "medusa/core/checksum.hpp"
#include "medusa/core/text.hpp"
#include "medusa/system/channel_process.hpp"
#include "medusa/system/interruption.hpp"

#include "host_script.hpp"
#include "protocol.hpp"

namespace medusa {

namespace {

using namespace std::chrono_literals;

constexpr int kOldestNode = 18;
constexpr std::size_t kPrintedLinesShown = 12;

Error host_error(std::string message, std::vector<std::string> notes = {}, std::string hint = {}) {
  return Error({.code = ErrorCode::Host,
                .message = std::move(message),
                .notes = std::move(notes),
                .hint = std::move(hint)});
}

/// The last lines of what the child printed, each as a note.
std::vector<std::string> printed_notes(const std::string& printed) {
  std::vector<std::string> notes;
  const std::vector<std::string_view> all = lines(trim(printed));
  const std::size_t first = all.size() > kPrintedLinesShown ? all.size() - kPrintedLinesShown : 0;
  for (std::size_t i = first; i < all.size(); ++i) {
    notes.push_back("node: " + std::string(all[i]));
  }
  return notes;
}

std::string ending(const ProcessResult& result) {
  if (result.signal != 0) {
    return "was ended by signal " + std::to_string(result.signal) + " (" +
           ::strsignal(result.signal) + ")";
  }
  return "ended with exit code " + std::to_string(result.exit_code);
}

}  // namespace

/// Who is there for what the host sends before its answer.
struct Interim {
  QueryHandler* queries = nullptr;
  std::map<std::int64_t, FailedQuery>* failed = nullptr;  ///< With `queries`.
  std::function<void(const Json&)> on_part = {};
};

struct ScriptHost::State {
  HostOptions options;
  std::chrono::seconds patience = options.silence_limit;
  std::unique_ptr<ChannelProcess> process = {};
  int next_id = 1;
  bool ended_by_itself = false;     ///< Since the last request was sent.
  bool greeted = false;             ///< Whether the process has said hello.
  std::optional<int> warming = {};  ///< The request whose answer nobody has waited for yet.

  void start();
  void check_hello();
  void send(int id, const char* method, Json params);
  void end_warming();
  Json read_message(const std::string& doing);
  Json request(const char* method,
               Json params,
               const std::string& doing,
               const Interim& interim = {});
  void answer_query(const Json& message,
                    QueryHandler& handler,
                    std::map<std::int64_t, FailedQuery>& failed);
  /// Adds the descriptions of files that have none yet: of all, or up to one that ends the process.
  void describe(const std::vector<ModuleFile>& files, std::vector<ModuleDescription>& described);
};

void ScriptHost::State::start() {
  if (process != nullptr) {
    return;
  }
  const auto node = find_program("node", options.environment);
  if (!node.has_value()) {
    throw host_error("cannot find 'node', which builds and runs JavaScript migrations",
                     {"looked for in PATH=" + options.environment.get("PATH").value_or("")},
                     "install Node.js 18 or newer, e.g. apt-get install nodejs");
  }
  ProcessCommand command{
      .program = *node,
      .arguments = {"--enable-source-maps", "--no-deprecation", "--input-type=commonjs", "-"},
      .directory = options.directory,
      .input = std::string(kHostScript)};
  if (!options.environment.get("NODE_ENV").has_value()) {
    command.environment["NODE_ENV"] = "development";  // as Medusa's CLI sets it
  }
  greeted = false;
  warming.reset();
  process = std::make_unique<ChannelProcess>(command);
}

void ScriptHost::State::check_hello() {
  if (std::exchange(greeted, true)) {
    return;
  }
  const Json hello = read_message("starting");
  if (hello.value("type", "") != "hello" || hello.value("protocol", 0) != kHostProtocol) {
    throw host_error("the Node host did not introduce itself as expected",
                     printed_notes(process->printed()));
  }
  const std::string version = hello.value("node", "");  // "v20.20.2"
  if (version.size() < 2 || std::atoi(version.c_str() + 1) < kOldestNode) {
    throw host_error("Node " + version + " is too old",
                     {},
                     "install Node.js " + std::to_string(kOldestNode) + " or newer");
  }
}

Json ScriptHost::State::read_message(const std::string& doing) {
  std::string line;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (true) {
    Interruption::check();
    switch (process->read_line(line, 100ms)) {
      case ChannelProcess::ReadOutcome::Line:
        try {
          return Json::parse(line);
        } catch (const Json::exception& error) {
          throw host_error("the Node host sent something unreadable while " + doing,
                           {error.what()});
        }
      case ChannelProcess::ReadOutcome::Closed: {
        const ProcessResult result = process->stop();
        const std::vector<std::string> notes = printed_notes(process->printed());
        process.reset();
        ended_by_itself = true;
        throw host_error("the Node host " + ending(result) + " while " + doing, notes);
      }
      case ChannelProcess::ReadOutcome::TimedOut:
        if (std::chrono::steady_clock::now() >= deadline) {
          const std::vector<std::string> notes = printed_notes(process->printed());
          process.reset();
          throw host_error(
              "the Node host was silent for " +
                  plural(static_cast<std::size_t>(patience.count()), "second") + " while " + doing,
              notes,
              "if the work really takes that long, raise host_timeout in [migrations]");
        }
    }
  }
}

void ScriptHost::State::answer_query(const Json& message,
                                     QueryHandler& handler,
                                     std::map<std::int64_t, FailedQuery>& failed) {
  const auto id = message.at("id").get<std::int64_t>();
  const HostQuery query{.text = message.at("text"),
                        .parameters = parameters_from(message.at("params")),
                        .is_setup = message.value("setup", false)};
  Json answer{{"id", id}};
  try {
    answer["results"] = to_json(handler.query(query));
    answer["type"] = "rows";
  } catch (const SqlError& error) {
    failed[id] = {.text = query.text, .error = error.fields()};
    answer["type"] = "query_error";
    answer["error"] = to_json(error.fields());
  }
  // Data may hold bytes that are no UTF-8 only under SQL_ASCII; they must not end the run.
  process->write_line(answer.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void ScriptHost::State::send(int id, const char* method, Json params) {
  process->write_line(Json{{"id", id}, {"method", method}, {"params", std::move(params)}}.dump());
}

/// Its answer says nothing: whatever could not be loaded will be asked for again.
void ScriptHost::State::end_warming() {
  if (const auto id = std::exchange(warming, std::nullopt)) {
    while (read_message("loading TypeORM").at("id") != *id) {
    }
  }
}

Json ScriptHost::State::request(const char* method,
                                Json params,
                                const std::string& doing,
                                const Interim& interim) {
  start();
  ended_by_itself = false;
  check_hello();
  end_warming();
  const int id = next_id++;
  send(id, method, std::move(params));
  while (true) {
    Json message = read_message(doing);
    const std::string type = message.value("type", "");
    if (type == "query" && interim.queries != nullptr) {
      answer_query(message, *interim.queries, *interim.failed);
    } else if (type == "part" && interim.on_part && message.at("id") == id) {
      interim.on_part(message.at("value"));
    } else if ((type == "result" || type == "error") && message.at("id") == id) {
      return message;
    } else {
      throw host_error("the Node host sent '" + type + "' out of turn while " + doing);
    }
  }
}

ScriptHost::ScriptHost(HostOptions options)
    : state_(std::make_unique<State>(State{.options = std::move(options)})) {}

ScriptHost::~ScriptHost() = default;

namespace {

/// The value of an answer. @throws Error when the answer is an error.
Json value_of(const Json& answer, const std::string& doing) {
  if (answer.at("type") == "result") {
    return answer.at("value");
  }
  const Json& error = answer.at("error");
  const std::string code = error.value("code", "internal");
  throw Error({.code = code == "compiler-missing" ? ErrorCode::Build : ErrorCode::Host,
               .message = code == "compiler-missing" ? error.value("message", "")
                                                     : "the Node host failed while " + doing +
                                                           ": " + error.value("message", ""),
               .location = location_from(error),
               .hint = code == "compiler-missing" ? "npm install --save-dev esbuild" : ""});
}

/// Hands on what was recorded of members in their order: several are recorded at a time.
class RecordingsInOrder {
 public:
  explicit RecordingsInOrder(const RecordingTaker& take) : take_(take) {}

  void add(const Json& part) {
    early_.emplace(part.at("index").get<std::size_t>(), modules_of(part));
    for (auto first = early_.begin(); first != early_.end() && first->first == next_;
         first = early_.begin()) {
      std::vector<RecordedModule> modules = std::move(first->second);
      early_.erase(first);
      take_(next_++, std::move(modules));
    }
  }

  void require_all(std::size_t count) const {
    if (next_ != count) {
      throw host_error("the Node host left out members while recording migrations");
    }
  }

 private:
  static std::vector<RecordedModule> modules_of(const Json& part) {
    std::vector<RecordedModule> modules;
    for (const Json& item : part.at("modules")) {
      modules.push_back(recorded_module_from(item));
    }
    return modules;
  }

  const RecordingTaker& take_;
  std::map<std::size_t, std::vector<RecordedModule>> early_ = {};
  std::size_t next_ = 0;
};

}  // namespace

void ScriptHost::State::describe(const std::vector<ModuleFile>& files,
                                 std::vector<ModuleDescription>& described) {
  Json list = Json::array();
  for (std::size_t i = described.size(); i < files.size(); ++i) {
    list.push_back(to_json(files[i]));
  }
  const std::string doing = "loading migrations";
  bool said_why = false;
  start();  // what fails here is no file's doing
  try {
    const auto add = [&](const Json& part) {
      described.push_back(module_description_from(part));
      said_why = part.value("isEnd", false);
    };
    value_of(request("describe", {{"modules", std::move(list)}}, doing, {.on_part = add}), doing);
  } catch (const Error& error) {
    if (process != nullptr || error.code() != ErrorCode::Host) {
      throw;
    }
    if (described.size() >= files.size() || said_why) {
      return;  // it ended too late to be about a file, or it was told
    }
    Diagnostic problem = error.first();
    problem.location = Location{.file = files[described.size()].file};
    if (!ended_by_itself) {
      throw Error(problem);
    }
    described.push_back({.file = files[described.size()].file, .problem = std::move(problem)});
    return;
  }
  if (described.size() < files.size()) {
    throw host_error("the Node host left out files while " + doing);
  }
}

std::vector<CompiledMember> ScriptHost::compile(const std::filesystem::path& root,
                                                const std::vector<CompileMember>& members,
                                                std::string& compiler) {
  Json list = Json::array();
  for (const CompileMember& member : members) {
    list.push_back(to_json(member));
  }
  const std::string doing = "building";
  const Json value = value_of(
      state_->request("build", {{"root", root.string()}, {"members", std::move(list)}}, doing),
      doing);
  compiler = value.value("compiler", "");
  std::vector<CompiledMember> compiled;
  for (const Json& item : value.at("members")) {
    compiled.push_back(compiled_member_from(item));
  }
  return compiled;
}

ModuleList ScriptHost::list_module(const std::string& name,
                                   const std::filesystem::path& root,
                                   const std::filesystem::path& from) {
  const std::string doing = "loading the module '" + name + '\'';
  const Json params{{"name", name}, {"root", root.string()}, {"from", from.string()}};
  return module_list_from(value_of(state_->request("list_module", params, doing), doing));
}

std::vector<ModuleDescription> ScriptHost::describe(const std::vector<ModuleFile>& files) {
  std::vector<ModuleDescription> described;
  while (described.size() < files.size()) {
    state_->describe(files, described);
  }
  return described;
}

void ScriptHost::record(const std::vector<RecordMember>& members,
                        const std::vector<std::filesystem::path>& typeorm_roots,
                        const RecordingTaker& take) {
  Json list = Json::array();
  std::size_t most_files = 0;
  for (const RecordMember& member : members) {
    list.push_back(to_json(member));
    most_files = std::max(most_files, member.files.size());
  }
  Json roots = Json::array();
  for (const std::filesystem::path& root : typeorm_roots) {
    roots.push_back(root.string());
  }
  // The recorder ends what takes too long by itself, a few seconds a migration; the limit for a
  // migration that runs says nothing about how long a member's recording may take.
  constexpr std::chrono::seconds kPerFile{10};
  state_->patience =
      std::max(state_->options.silence_limit, kPerFile * (1 + static_cast<int>(most_files)));
  RecordingsInOrder recordings(take);
  const std::string doing = "recording migrations";
  value_of(state_->request("record",
                           {{"members", std::move(list)},
                            {"typeormFrom", std::move(roots)},
                            {"cwd", state_->options.directory.string()}},
                           doing,
                           {.on_part = [&](const Json& part) { recordings.add(part); }}),
           doing);
  state_->patience = state_->options.silence_limit;
  recordings.require_all(members.size());
}

std::vector<HostFlag> ScriptHost::flags(const std::filesystem::path& core) {
  const std::string doing = "reading feature flags";
  const Json value = value_of(state_->request("flags", {{"core", core.string()}}, doing), doing);
  std::vector<HostFlag> flags;
  for (const Json& item : value.at("flags")) {
    flags.push_back(host_flag_from(item));
  }
  return flags;
}

void ScriptHost::warm_up(const ScriptRun& run) noexcept {
  if (state_->process != nullptr) {
    return;  // it has built something, and is warm
  }
  try {
    state_->start();
    state_->warming = state_->next_id++;
    state_->send(*state_->warming, "prepare", to_json(run));
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): see the header
    state_->process.reset();
  }
}

std::optional<ScriptFailure> ScriptHost::run(const ScriptRun& run, QueryHandler& handler) {
  std::map<std::int64_t, FailedQuery> failed;
  const Json answer = state_->request(
      "run", to_json(run), "running a migration", {.queries = &handler, .failed = &failed});
  if (answer.at("type") == "result") {
    return std::nullopt;
  }
  const Json& error = answer.at("error");
  if (error.value("code", "") == "internal") {
    value_of(answer, "running a migration");
  }
  ScriptFailure failure{.message = error.value("message", "the migration failed"),
                        .location = location_from(error),
                        .stack = error.value("stack", "")};
  if (error.contains("queryId")) {
    const auto query = failed.find(error.at("queryId").get<std::int64_t>());
    if (query != failed.end()) {
      failure.query = query->second;
    }
  }
  return failure;
}

std::string ScriptHost::fingerprint() {
  static const std::string checksum = short_sha256(kHostScript);
  return checksum;
}

void ScriptHost::restart() {
  state_->process.reset();
}

std::string ScriptHost::take_printed() {
  return state_->process == nullptr ? std::string{} : state_->process->take_printed();
}

}  // namespace medusa
