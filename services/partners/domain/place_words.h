// Words that stand in a column of districts in the place of one. Pure.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace daybook::partners {

// Normalised (proto/values/names.h): "Unknown", "N/A". The empty text is one of them.
inline bool SaysNoPlace(std::string_view name) {
  constexpr std::array<std::string_view, 12> kWords = {"",
                                                       "unknown",
                                                       "not known",
                                                       "not recorded",
                                                       "not stated",
                                                       "not specified",
                                                       "no location",
                                                       "no fixed location",
                                                       "n a",
                                                       "na",
                                                       "none",
                                                       "null"};
  return std::ranges::find(kWords, name) != kWords.end();
}

// Normalised: a place outside every registered district.
inline bool SaysOutOfArea(std::string_view name) {
  constexpr std::array<std::string_view, 6> kWords = {
      "out of area", "out of force", "out of county", "outside area", "outside force", "elsewhere"};
  return std::ranges::find(kWords, name) != kWords.end();
}

}  // namespace daybook::partners
