// Numbers as offices write them: "1,620", "£12", "65%". Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace daybook::ingest {

// The sign of a unit that stands with a number.
enum class UnitSign : char { kNone, kPercent, kPounds };

struct WrittenNumber {
  std::string digits;  // "1620", "-8.7"
  UnitSign sign = UnitSign::kNone;
};

// 1,620, 1 620, "£1,620", 65%, -8.7. nullopt when it is no such number.
std::optional<WrittenNumber> NumberIn(std::string_view text);

// Decimals that a figure keeps: what a spreadsheet computed has up to fifteen.
inline constexpr std::size_t kDecimalsMax = 6;

// Rounds a number with more decimals half up, away from zero; whether it did.
bool RoundDecimals(std::string& number);

}  // namespace daybook::ingest
