#include "services/ingest/written_marking.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"

namespace daybook::ingest {
namespace {

// In upper case, one space for any run of other characters than letters.
std::string Letters(std::string_view cell) {
  std::string text;
  for (const char c : cell) {
    if (absl::ascii_isalpha(static_cast<unsigned char>(c))) {
      text.push_back(absl::ascii_toupper(static_cast<unsigned char>(c)));
    } else if (!text.empty() && text.back() != ' ') {
      text.push_back(' ');
    }
  }
  if (text.ends_with(' ')) text.pop_back();
  return text;
}

// Whether `text` is the words, or begins with them and has at most three more.
bool Begins(std::string_view text, std::string_view words) {
  if (!text.starts_with(words)) return false;
  const std::string_view rest = text.substr(words.size());
  constexpr std::ptrdiff_t kMoreWordsMax = 3;
  return rest.empty() || (rest.front() == ' ' && std::ranges::count(rest, ' ') <= kMoreWordsMax);
}

}  // namespace

std::optional<Marking> MarkingIn(std::string_view cell) {
  constexpr std::size_t kMarkingBytesMax = 80;
  if (cell.size() > kMarkingBytesMax) return std::nullopt;
  const std::string letters = Letters(cell);
  std::string_view text = letters;
  for (const std::string_view before :
       {"PROTECTIVE ", "SECURITY ", "GSCP ", "GSC ", "GPMS ", "MARKING ", "CLASSIFICATION "}) {
    if (text.starts_with(before)) text.remove_prefix(before.size());
  }
  if (text == "NOT PROTECTIVELY MARKED" || text == "UNCLASSIFIED") {
    return Marking{MarkingLevel::kNone, std::string(text)};
  }
  if (text == "OFFICIAL") return Marking{MarkingLevel::kOfficial, "OFFICIAL"};
  if (constexpr std::string_view kSensitive = "OFFICIAL SENSITIVE"; Begins(text, kSensitive)) {
    return Marking{MarkingLevel::kOfficialSensitive,
                   "OFFICIAL-SENSITIVE" + std::string(text.substr(kSensitive.size()))};
  }
  for (const std::string_view old : {"RESTRICTED", "CONFIDENTIAL", "PROTECT"}) {
    if (text == old) return Marking{MarkingLevel::kOld, std::string(text)};
  }
  if (text == "SECRET" || text == "TOP SECRET" || Begins(text, "UK SECRET") ||
      Begins(text, "UK TOP SECRET")) {
    return Marking{MarkingLevel::kAbove, std::string(text)};
  }
  return std::nullopt;
}

}  // namespace daybook::ingest
