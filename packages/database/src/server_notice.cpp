// SPDX-License-Identifier: MIT
#include "medusa/database/server_notice.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace medusa {

bool is_about_nothing_to_drop(const ServerNotice& notice) {
  // The texts come in the server's language, and these have no SQLSTATE of their own; what RAISE
  // says comes from exec_stmt_raise (source: tablecmds.c, dropcmds.c).
  constexpr std::array<std::string_view, 4> kDropping{"DropErrorMsgNonExistent",
                                                      "does_not_exist_skipping",
                                                      "ATExecDropColumn",
                                                      "ATExecDropConstraint"};
  return notice.severity == "NOTICE" && notice.sqlstate == "00000" &&
         std::find(kDropping.begin(), kDropping.end(), notice.routine) != kDropping.end();
}

std::string to_text(const ServerNotice& notice) {
  std::string text = notice.severity;
  std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  text += ": " + notice.message;
  if (!notice.detail.empty()) {
    text += "\ndetail: " + notice.detail;
  }
  if (!notice.hint.empty()) {
    text += "\nhint: " + notice.hint;
  }
  return text;
}

}  // namespace medusa
