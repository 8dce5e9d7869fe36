// Days of records: what lies before or after them is a typing error, such as 1018 for 2018. Pure.
#pragma once

#include <string_view>

#include "proto/values/civil.h"

namespace daybook::values {

inline bool IsPlausibleYear(CivilDay day) {
  constexpr int kFirst = 1900;
  constexpr int kLast = 2100;
  const int year = DateOf(day).year;
  return year >= kFirst && year <= kLast;
}

inline constexpr std::string_view kNotPlausible = "the year is before 1900 or after 2100";
inline constexpr std::string_view kCorrectYear = "Correct the year: it has four digits, like 2018.";

}  // namespace daybook::values
