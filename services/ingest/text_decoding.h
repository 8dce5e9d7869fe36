// The bytes of a text file as UTF-8, whatever an office program wrote: UTF-8 with or without byte
// order mark, UTF-16 of either order, or Windows-1252. Pure; the conversion is the C library's.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace daybook::ingest {

struct DecodedText {
  std::string utf8;                // without byte order mark
  std::string encoding = "UTF-8";  // or "UTF-16LE", "UTF-16BE", "Windows-1252"
  // Lines of the text, from 0, whose bytes are not of the encoding, with the words of a finding.
  // Such a line is decoded as Windows-1252, which it may be.
  std::map<std::size_t, std::string> faults = {};
};

// The line of the text that begins at `at`, with its end: \n, \r\n or \r.
std::string_view LineAt(std::string_view text, std::size_t at);

inline constexpr std::string_view kEncodingRemedy =
    "Look at its letters among the refused rows, correct them where they are wrong, and import "
    "those; "
    "or save the file as \"CSV UTF-8\" and import it again.";

// A byte order mark decides; without one, zero bytes in every second place mean UTF-16. A text
// that is not UTF-8 is Windows-1252, unless it begins with UTF-8's mark or more of its lines have
// letters in UTF-8; lines of the other encoding have faults: rows of several systems were put into
// one file. UTF-8 is given back without a copy. INVALID_ARGUMENT
// (INVALID_FIELD, with the byte) where the bytes are not the UTF-16 that they begin as.
absl::StatusOr<DecodedText> DecodeText(std::string bytes);

}  // namespace daybook::ingest
