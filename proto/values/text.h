// Characters of written texts. Pure.
#pragma once

#include <algorithm>
#include <string_view>

namespace daybook::values {

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Not for an empty text.
inline bool IsDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, IsDigit);
}

// No byte of a character beyond ASCII.
inline bool IsAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Without spaces and tabs at both ends.
inline std::string_view Trim(std::string_view text) {
  constexpr std::string_view kSpaces = " \t";
  const std::size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

}  // namespace daybook::values
