// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace medusa {

// The files of packages/report/page, embedded when the program is built.
extern const std::string_view kPageCss;
extern const std::string_view kPageHtml;
extern const std::string_view kPageJs;
extern const std::string_view kPanelHtml;
extern const std::string_view kPictureCss;
extern const std::string_view kRowHtml;

}  // namespace medusa
