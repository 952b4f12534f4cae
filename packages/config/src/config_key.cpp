// SPDX-License-Identifier: MIT
#include "medusa/config/config_key.hpp"

#include <array>

namespace medusa {

namespace {

constexpr std::array<ConfigKey, 22> kKeys{{
    {.section = "workspace",
     .key = "name",
     .type = "string",
     .default_value = "the folder's name",
     .description = "What the workspace is called in output and history."},
    {.section = "workspace",
     .key = "backend",
     .type = "string",
     .default_value = "`\"backend\"`",
     .description = "Folder of the Medusa backend, relative to this file."},
    {.section = "workspace",
     .key = "plugins",
     .type = "array of strings",
     .default_value = "`[\"plugins/*\"]`",
     .description = "The plugins in Medusa's order: a folder relative to this file, a pattern "
                    "with `*` and `?`, a folder's name in `plugins/`, or an npm package."},
    {.section = "workspace",
     .key = "modules",
     .type = "array of strings",
     .default_value = "`[]`",
     .description =
         "npm packages of Medusa modules with TypeORM migrations whose resources are "
         "\"shared\" (Medusa's default), in the order of `modules` in medusa-config.js."},
    {.section = "workspace",
     .key = "core",
     .type = "string",
     .default_value = "`\"@medusajs/medusa\"`",
     .description = "The npm package of Medusa itself, whose migrations come first."},
    {.section = "feature_flags",
     .key = "<name>",
     .type = "boolean, string or table of booleans",
     .default_value = "Medusa's",
     .description = "A Medusa feature flag, as `featureFlags` of medusa-config.js takes it; "
                    "`MEDUSA_FF_<NAME>` wins over it."},
    {.section = "database",
     .key = "url",
     .type = "string",
     .default_value = "the workspace's own PostgreSQL",
     .description = "Where to migrate; `${VAR}` and `${VAR:-default}` come from the environment, "
                    "`$$` is a `$`. `--database-url` and `DATABASE_URL` win over it."},
    {.section = "database",
     .key = "schema",
     .type = "string",
     .default_value = "Medusa's: the history in public",
     .description = "Schema that everything goes into; created if it is absent."},
    {.section = "database",
     .key = "extensions",
     .type = "array of strings",
     .default_value = "`[]`",
     .description = "PostgreSQL extensions to create before the first migration, e.g. "
                    "`\"uuid-ossp\"`."},
    {.section = "migrations",
     .key = "transaction",
     .type = "`\"all\"`, `\"each\"` or `\"none\"`",
     .default_value = "`\"all\"`",
     .description = "One transaction for the whole upgrade, one per migration, or none."},
    {.section = "migrations",
     .key = "host_timeout",
     .type = "duration",
     .default_value = "`\"5m\"`",
     .description = "How long the Node host may be silent before it is ended."},
    {.section = "migrations",
     .key = "run_lock_timeout",
     .type = "duration",
     .default_value = "`\"10m\"`",
     .description = "How long to wait for another run on the same database; `0` does not wait."},
    {.section = "migrations",
     .key = "lock_timeout",
     .type = "duration",
     .default_value = "`\"5s\"`",
     .description =
         "How long a statement may wait for a lock on a table before its transaction is "
         "rolled back, so that others get through, and tried again; `0`: for ever. Not for "
         "what PostgreSQL runs in no transaction: a CREATE INDEX CONCURRENTLY that gave up "
         "would leave an INVALID index."},
    {.section = "migrations",
     .key = "lock_retry",
     .type = "duration",
     .default_value = "`\"5m\"`",
     .description = "How long a transaction that others are in the way of is tried again."},
    {.section = "migrations",
     .key = "statement_timeout",
     .type = "duration",
     .default_value = "the server's",
     .description = "How long a statement in a transaction may take."},
    {.section = "migrations",
     .key = "late",
     .type = "`\"allow\"`, `\"safe\"` or `\"refuse\"`",
     .default_value = "`\"safe\"`",
     .description =
         "What to do about pending migrations that are older than applied ones: run them "
         "silently, with a warning unless they can be exchanged with everything newer, or refuse "
         "those that cannot."},
    {.section = "migrations",
     .key = "foresight",
     .type = "`\"refuse\"` or `\"warn\"`",
     .default_value = "`\"refuse\"`",
     .description =
         "What to do about an upgrade that cannot go well as far as its SQL tells: refuse it "
         "before anything runs, or warn and run it in the order of timestamps."},
    {.section = "migrations",
     .key = "hazards",
     .type = "`\"warn\"`, `\"refuse\"` or `\"off\"`",
     .default_value = "`\"warn\"`",
     .description = "What to do about statements that lock or rewrite tables that have rows, or "
                    "break a running shop: tell them in the plan, refuse an upgrade that has one "
                    "which is not allowed, or nothing."},
    {.section = "migrations",
     .key = "allowed_hazards",
     .type = "array of strings",
     .default_value = "`[]`",
     .description = "Codes of hazards that are neither told nor refused in any migration; "
                    "`medusa explain` lists them."},
    {.section = "late",
     .key = "<name>",
     .type = "`\"allow\"`, `\"safe\"` or `\"refuse\"`",
     .default_value = "that of `migrations.late`",
     .description = "The same for the migrations of the member `<name>`."},
    {.section = "order",
     .key = "<name>",
     .type = "table of `after` and `before`, arrays of strings",
     .default_value = "by timestamp",
     .description =
         "What the member `<name>`, or its migration `\"<name>/<Migration>\"`, runs after "
         "and before; see below."},
    {.section = "build",
     .key = "command",
     .type = "string",
     .default_value = "the built-in build",
     .description = "Command that builds a member instead, run in the member's folder: words "
                    "separated by blanks, no shell."},
}};

}  // namespace

std::span<const ConfigKey> config_keys() {
  return kKeys;
}

}  // namespace medusa
