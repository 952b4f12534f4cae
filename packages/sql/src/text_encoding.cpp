// SPDX-License-Identifier: MIT
#include "medusa/sql/text_encoding.hpp"

#include "medusa/core/character.hpp"
#include "medusa/core/text.hpp"
#include "medusa/sql/position.hpp"

namespace medusa {

namespace {

std::string in_hex(char byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(byte);
  return {'0', 'x', kDigits[value >> 4U], kDigits[value & 0xFU]};
}

/// The character that ISO 8859-1 has for the byte, as UTF-8; empty for control characters.
std::string in_latin_1(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  if (value < 0xA0) {
    return {};
  }
  return {static_cast<char>(0xC0U | (value >> 6U)), static_cast<char>(0x80U | (value & 0x3FU))};
}

bool is_utf_16(std::string_view content) {
  return content.starts_with("\xFF\xFE") || content.starts_with("\xFE\xFF");
}

std::string conversion(std::string_view encoding, const std::filesystem::path& file) {
  const std::string name = shell_word(file.string());
  const std::string converted = shell_word(file.string() + ".utf8");
  return "iconv -f " + std::string(encoding) + " -t UTF-8 " + name + " > " + converted + " && mv " +
         converted + ' ' + name;
}

}  // namespace

std::optional<Diagnostic> encoding_problem(std::string_view content,
                                           const std::filesystem::path& file) {
  Diagnostic problem{.code = ErrorCode::Build};
  if (is_utf_16(content)) {
    problem.message = "it is encoded in UTF-16, not in UTF-8";
    problem.location = Location{.file = file, .line = 1, .column = 1};
    problem.hint = conversion("UTF-16", file);
    return problem;
  }
  const std::optional<std::size_t> invalid = first_invalid_byte(content);
  const std::size_t nul = content.find('\0');
  if (!invalid.has_value() && nul == std::string_view::npos) {
    return std::nullopt;
  }
  if (!invalid.has_value() || nul < *invalid) {
    problem.message = "it has a NUL character, which PostgreSQL's texts cannot hold";
    problem.location = position_at(content, nul);
    problem.hint = "write E'\\\\000' where a bytea is meant; else take the character out";
  } else {
    const char byte = content[*invalid];
    problem.message = "it has a byte that is not UTF-8: " + in_hex(byte);
    if (const std::string character = in_latin_1(byte); !character.empty()) {
      problem.notes = {"in Latin-1 (ISO 8859-1) that byte is '" + character + '\''};
    }
    problem.location = position_at(content, *invalid);
    problem.hint = conversion("ISO-8859-1", file);
  }
  problem.location->file = file;
  return problem;
}

}  // namespace medusa
