// Precision words, and what a figure with such words says about a threshold. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "daybook/types/v1/types.pb.h"
#include "proto/values/decimal.h"

namespace daybook::values {

// "", "exact", "exactly"; "about", "approx", "approx.", "approximately", "around", "circa", "c.",
// "~";
// ">", "over", "more than", "above", "greater than"; ">=", "at least", "minimum", "no fewer than",
// "+";
// "<", "fewer than", "less than", "under", "below"; "<=", "up to", "at most", "maximum", "no more
// than"; "counted". Any case, spaces around it ignored. nullopt for other words.
std::optional<types::v1::Precision> PrecisionFromWords(std::string_view words);
// The canonical words: "", "about", "more than", "at least", "fewer than", "up to", "counted".
// Empty for exact and for what is not registered.
std::string_view PrecisionWords(types::v1::Precision precision);

// A figure as people write it: "1,620", "> 90", "over 150", "approx 40", "8,500+", "8 to 10",
// "8-10", "about 8 to 10", "<= 12", and what QuantityText writes. No unit, no percent sign. nullopt
// where it is no such figure.
std::optional<types::v1::Quantity> QuantityFromText(std::string_view text);
// The inverse, for readers: "more than 90", "about 500", "8 to 10", "fewer than 5 (suppressed)",
// "not collected", "not applicable", "not yet due". Counted figures print as the number alone.
std::string QuantityText(const types::v1::Quantity& quantity);

enum class Comparator : std::uint8_t { kAtLeast, kAtMost, kEqual, kMoreThan, kLessThan };

enum class Answer : std::uint8_t { kYes, kNo, kCannotTell };

// Whether the figure meets the threshold, as far as its words tell: "more than 90" is at least 80,
// "at most 70" is not, "more than 70" cannot tell. "About" never tells: nobody said how far off it
// may be. A figure that is absent cannot tell, save that one suppressed below n is a count from 0
// to n - 1.
Answer Satisfies(const types::v1::Quantity& quantity, Comparator comparator,
                 const Decimal& threshold);
// The percentage as printed.
Answer Satisfies(const types::v1::PrintedPercent& printed, Comparator comparator,
                 const Decimal& threshold);
// The percentage of the parts, unrounded: 799 of 1,000 is not at least 80 percent.
Answer Satisfies(const types::v1::Share& share, Comparator comparator, const Decimal& threshold);

}  // namespace daybook::values
