#include "services/ingest/written_number.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_split.h"
#include "proto/values/text.h"

namespace daybook::ingest {
std::optional<WrittenNumber> NumberIn(std::string_view text) {
  constexpr std::string_view kPound = "\xC2\xA3";
  WrittenNumber number;
  if (text.starts_with(kPound)) {
    text.remove_prefix(kPound.size());
    number.sign = UnitSign::kPounds;
  } else if (text.ends_with('%')) {
    text.remove_suffix(1);
    number.sign = UnitSign::kPercent;
  }
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.starts_with('+') || text.starts_with('-')) {
    number.digits.push_back(text.front());
    text.remove_prefix(1);
  }
  const std::string_view whole = text.substr(0, text.find('.'));
  const std::string_view fraction = text.substr(whole.size());
  if (!fraction.empty() && !values::IsDigits(fraction.substr(1))) return std::nullopt;
  std::vector<absl::string_view> groups =
      absl::StrSplit(absl::string_view(whole.data(), whole.size()),
                     whole.find(',') == std::string_view::npos ? ' ' : ',');
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::string_view group(groups[i].data(), groups[i].size());
    const bool fits = groups.size() == 1 || (i == 0 ? group.size() <= 3 : group.size() == 3);
    if (!values::IsDigits(group) || !fits) return std::nullopt;
    number.digits += group;
  }
  number.digits += fraction;
  return number;
}

bool RoundDecimals(std::string& number) {
  const std::size_t point = number.find('.');
  if (point == std::string_view::npos || number.size() - point - 1 <= kDecimalsMax ||
      !values::IsDigits(std::string_view(number).substr(point + 1))) {
    return false;
  }
  const bool up = number[point + 1 + kDecimalsMax] >= '5';
  number.resize(point + 1 + kDecimalsMax);
  std::size_t i = number.size();
  bool carry = up;
  while (carry && i-- > 0 && number[i] != '-' && number[i] != '+') {
    if (number[i] == '.') continue;
    carry = number[i] == '9';
    number[i] = carry ? '0' : static_cast<char>(number[i] + 1);
  }
  if (carry) number.insert(values::IsDigits(number.substr(0, 1)) ? 0 : 1, "1");
  while (number.back() == '0') number.pop_back();
  if (number.back() == '.') number.pop_back();
  return true;
}

}  // namespace daybook::ingest
