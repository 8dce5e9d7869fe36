#include "services/cli/cell_reader.h"

#include <charconv>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "proto/values/civil.h"
#include "proto/values/period.h"
#include "proto/values/precision.h"

namespace daybook::cli {

void CellReader::Problem(std::string_view column, std::string_view reason, std::string_view what,
                         std::string_view remedy) {
  values::AddProblem(problems_, reason, std::string(column), what, remedy);
}

bool CellReader::YesNo(std::string_view column) {
  const std::string text = absl::AsciiStrToLower(Text(column));
  if (text == "yes" || text == "true" || text == "1") return true;
  if (!text.empty() && text != "no" && text != "false" && text != "0") {
    Problem(column, "UNKNOWN_VALUE", "is neither yes nor no", "Write yes or no.");
  }
  return false;
}

std::uint32_t CellReader::Number(std::string_view column) {
  const std::string_view text = row_[column];
  std::uint32_t value = 0;
  if (text.empty()) return value;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    Problem(column, "INVALID_FIELD", "is no whole number from 0", "Write digits only.");
    return 0;
  }
  return value;
}

std::vector<std::string> CellReader::List(std::string_view column) const {
  std::vector<std::string> parts;
  for (absl::string_view part : absl::StrSplit(Text(column), ';')) {
    part = absl::StripAsciiWhitespace(part);
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

types::v1::Period CellReader::Period(std::string_view column) {
  if (!Has(column)) return {};
  const auto period = values::ParsePeriod(row_[column]);
  if (!period) {
    Problem(column, "INVALID_FIELD", "is no period",
            "Write for example 2024-01, 2017-18, 2017-18 Q1, AY2022-23, CY2023, 12m to 2024-01, "
            "2022-09-01..2023-07-31 or 2023-08-02.");
    return {};
  }
  return values::PeriodToProto(*period);
}

types::v1::Precision CellReader::Precision(std::string_view column) {
  const auto precision = values::PrecisionFromWords(row_[column]);
  if (!precision) {
    Problem(column, "UNKNOWN_VALUE", "is no word of precision",
            "Write exact, about, more than, at least, fewer than, up to or counted.");
    return types::v1::PRECISION_UNSPECIFIED;
  }
  return *precision;
}

types::v1::Known CellReader::Known(std::string_view column) {
  types::v1::Known known;
  const std::string text = absl::AsciiStrToLower(Text(column));
  if (text.empty()) return known;
  if (text == "unknown") {
    known.set_precision(types::v1::Known::PRECISION_UNKNOWN);
  } else if (values::ParseDay(text)) {
    known.set_precision(types::v1::Known::PRECISION_DAY);
    known.set_date(text);
  } else if (values::ParseMonth(text)) {
    known.set_precision(types::v1::Known::PRECISION_MONTH);
    known.set_date(text + "-01");
  } else {
    Problem(column, "INVALID_FIELD", "is neither a day, nor a month, nor the word unknown",
            "Write for example 2024-03-18, 2024-03 or unknown.");
  }
  return known;
}

int CellReader::Word(std::string_view column, std::initializer_list<std::string_view> words) {
  const std::string_view text = row_[column];
  if (text.empty()) return 0;
  int index = 0;
  for (const std::string_view word : words) {
    if (!word.empty() && word == text) return index;
    ++index;
  }
  std::vector<std::string> known;
  for (const std::string_view word : words) {
    if (!word.empty()) known.emplace_back(word);
  }
  Problem(column, "UNKNOWN_VALUE", "is not one of the words for this column",
          "Write one of: " + absl::StrJoin(known, ", ") + ".");
  return 0;
}

}  // namespace daybook::cli
