#include "services/ingest/spaces.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "proto/values/names.h"
#include "proto/values/text.h"

namespace daybook::ingest {
namespace {

constexpr std::array<std::string_view, 4> kSpaces = {
    "\xC2\xA0",      // no-break
    "\xE2\x80\x87",  // figure
    "\xE2\x80\x89",  // thin
    "\xE2\x80\xAF",  // narrow no-break
};
constexpr std::array<std::string_view, 3> kNothing = {
    "\xE2\x80\x8B",  // zero-width space
    "\xE2\x81\xA0",  // word joiner
    "\xEF\xBB\xBF",  // byte order mark, zero-width no-break space
};

}  // namespace

void NormaliseSpaces(std::string& text) {
  const auto special = [](char c) { return c == '\xC2' || c == '\xE2' || c == '\xEF'; };
  if (std::any_of(text.begin(), text.end(), special)) {
    std::string plain;
    plain.reserve(text.size());
    for (std::string_view rest = text; !rest.empty();) {
      const auto begins = [rest](std::string_view one) { return rest.starts_with(one); };
      if (const auto* space = std::ranges::find_if(kSpaces, begins); space != kSpaces.end()) {
        plain.push_back(' ');
        rest.remove_prefix(space->size());
      } else if (const auto* nothing = std::ranges::find_if(kNothing, begins);
                 nothing != kNothing.end()) {
        rest.remove_prefix(nothing->size());
      } else {
        plain.push_back(rest.front());
        rest.remove_prefix(1);
      }
    }
    text = std::move(plain);
  }
  if (!values::IsAscii(text)) text = values::Nfc(text);
  absl::StripAsciiWhitespace(&text);
}

}  // namespace daybook::ingest
