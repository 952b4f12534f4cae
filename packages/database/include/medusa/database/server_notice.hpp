// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

namespace medusa {

/// What the server says beside the results of a statement: RAISE NOTICE, what IF NOT EXISTS left
/// out, what CASCADE took along.
struct ServerNotice {
  std::string severity = {};  ///< "NOTICE", "WARNING", "INFO" ..., in no other language.
  std::string sqlstate = {};
  std::string message = {};
  std::string detail = {};   ///< Empty: none.
  std::string hint = {};     ///< Empty: none.
  std::string routine = {};  ///< The function of PostgreSQL's source that said it.
};

using NoticeListener = std::function<void(const ServerNotice&)>;

/// Whether it only says that DROP ... IF EXISTS found nothing: that is what the words ask for.
[[nodiscard]] bool is_about_nothing_to_drop(const ServerNotice& notice);

/// As people read it: "notice: relation "note" already exists, skipping", and a line each for
/// detail and hint.
[[nodiscard]] std::string to_text(const ServerNotice& notice);

}  // namespace medusa
