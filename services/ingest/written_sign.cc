#include "services/ingest/written_sign.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "proto/values/precision.h"
#include "services/ingest/written_number.h"

namespace daybook::ingest {

std::string_view SignIn(std::string_view cell) {
  using Sign = std::pair<std::string_view, std::string_view>;
  static constexpr std::array<Sign, 8> kSigns = {{{"-", "dash"},
                                                  {"--", "dash"},
                                                  {"\xE2\x80\x93", "dash"},
                                                  {"\xE2\x80\x94", "dash"},
                                                  {"*", "asterisk"},
                                                  {"..", "dots"},
                                                  {"...", "dots"},
                                                  {"\xE2\x80\xA6", "dots"}}};
  const auto sign = std::ranges::find(kSigns, cell, &Sign::first);
  return sign == kSigns.end() ? std::string_view() : sign->second;
}

bool IsNotApplicable(std::string_view cell) {
  const std::string lower = absl::AsciiStrToLower(std::string(cell));
  return lower == "n/a" || lower == "na" || lower == "not applicable";
}

bool IsFigure(std::string_view cell) {
  constexpr std::size_t kFigureBytesMax = 40;
  if (cell.empty() || cell.size() > kFigureBytesMax) return false;
  if (NumberIn(cell) || !SignIn(cell).empty() || IsNotApplicable(cell)) return true;
  constexpr std::size_t kMarkerBytesMax = 5;  // [c], [low]
  if (cell.front() == '[' && cell.back() == ']' && cell.size() <= kMarkerBytesMax) return true;
  // "13-17" and "18+" are bands, which stand in front of figures.
  const auto quantity = values::QuantityFromText(cell);
  return quantity && quantity->upper().empty() && !cell.ends_with('+');
}

}  // namespace daybook::ingest
