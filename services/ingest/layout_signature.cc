#include "services/ingest/layout_signature.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "proto/values/names.h"
#include "services/ingest/period_labels.h"

namespace daybook::ingest {
namespace {

bool IsMonthName(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  return std::ranges::any_of(kMonths, [&](std::string_view month) {
    return word == month || word == "sept" || (word.size() == 3 && month.starts_with(word));
  });
}

// As names are compared, with "#" for whatever has a digit or is a month.
std::string Masked(std::string_view text) {
  const std::string name = values::NormaliseName(text);
  std::string masked;
  for (const absl::string_view part : absl::StrSplit(name, ' ', absl::SkipEmpty())) {
    const std::string_view word(part.data(), part.size());
    const bool varies = IsMonthName(word) || std::ranges::any_of(word, [](char c) {
                          return absl::ascii_isdigit(static_cast<unsigned char>(c));
                        });
    if (varies && masked.ends_with('#')) continue;
    masked += (masked.empty() ? "" : " ") + std::string(varies ? "#" : word);
  }
  return masked;
}

}  // namespace

std::string LayoutSignature(const FoundTable& found) {
  std::string signature = found.dataset->name;
  if (!found.is_printed) {
    for (const std::string& name : found.table.header) signature += "\n" + name;
    return signature;
  }
  signature += "\nsheet " + Masked(found.sheet);
  for (const StatedLine& line : found.above) signature += "\nabove " + Masked(line.Text());
  const auto add = [&](const std::vector<std::string>& labels) {
    std::string last;
    for (const std::string& label : labels) {
      std::string masked = IsPeriodLabel(label) ? "#" : Masked(label);
      if (masked == last) continue;
      signature += "\n" + masked;
      last = std::move(masked);
    }
  };
  add(found.headings);
  if (found.above.empty() && found.sheet.empty()) add(found.row_labels);
  return signature;
}

std::string LayoutWords(const FoundTable& found) {
  constexpr std::size_t kHeadingsMax = 6;
  constexpr std::size_t kHeadingBytesMax = 40;
  const auto& headings = found.is_printed ? found.headings : found.table.header;
  std::string words;
  for (std::size_t i = 0; i < std::min(headings.size(), kHeadingsMax); ++i) {
    std::string heading = headings[i];
    if (heading.size() > kHeadingBytesMax) {
      std::size_t end = kHeadingBytesMax;
      while (end > 0 && (static_cast<unsigned char>(heading[end]) & 0xC0) == 0x80) --end;
      heading.resize(end);
    }
    words += (i > 0 ? " | " : "") + heading;
  }
  if (headings.size() > kHeadingsMax) words += " | \xE2\x80\xA6";
  return words;
}

}  // namespace daybook::ingest
