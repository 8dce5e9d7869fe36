// The bytes of a text file as UTF-8, whatever an office program wrote: UTF-8 with or without byte
// order mark, UTF-16 of either order, or Windows-1252. Pure; the conversion is the C library's.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace daybook::cli {

struct DecodedText {
  std::string utf8;      // without byte order mark
  std::string encoding;  // "UTF-8", "UTF-16LE", "UTF-16BE" or "Windows-1252"
};

// A byte order mark decides; without one, zero bytes in every second place mean UTF-16, and what is
// not UTF-8 is Windows-1252. UTF-8 is given back without a copy. INVALID_ARGUMENT (INVALID_FIELD,
// with the byte) where the bytes are none of these.
absl::StatusOr<DecodedText> DecodeText(std::string bytes);

}  // namespace daybook::cli
