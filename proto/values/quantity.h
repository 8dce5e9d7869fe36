// The figures of the contracts: what they must be like. Pure, any thread.
//
// Each check adds its faults to `problems` under "<field>.<member>" and leaves the rest alone; a
// figure is good when nothing was added.
#pragma once

#include <optional>
#include <string_view>

#include "daybook/types/v1/types.pb.h"
#include "proto/values/decimal.h"
#include "proto/values/problem.h"

namespace daybook::values {

// What the measure says about its numbers.
struct NumberRules {
  bool may_be_negative = false;  // a count never is; a change or a balance may be
  bool parts_of_whole = false;   // the number is a percentage of a whole: 0 to 100
};

// MISSING_FIELD (no value and no reason for its absence), INVALID_FIELD (malformed, upper end not
// above the value, words that contradict a range, a value beside an absence), UNKNOWN_VALUE
// (precision or absence not registered), NEGATIVE_COUNT, PERCENT_OVER_100.
void CheckQuantity(std::string_view field, const types::v1::Quantity& quantity,
                   const NumberRules& rules, Problems& problems);

// Both parts present and 0 <= numerator <= denominator, denominator above 0; a printed percentage
// agrees with them rounded half up at its own decimals. MISSING_FIELD, INVALID_FIELD,
// NEGATIVE_COUNT, SHARE_DISAGREES.
void CheckShare(std::string_view field, const types::v1::Share& share, Problems& problems);

// MISSING_FIELD, INVALID_FIELD, UNKNOWN_VALUE, PERCENT_OVER_100 ("more than 100" is over it too).
void CheckPrintedPercent(std::string_view field, const types::v1::PrintedPercent& printed,
                         const NumberRules& rules, Problems& problems);

// At least one of the two; both with the same direction; no fall of more than 100 percent.
// MISSING_FIELD, INVALID_FIELD.
void CheckPrintedChange(std::string_view field, const types::v1::PrintedChange& change,
                        Problems& problems);

// The number where it is one number and the number itself: the only kind that is added up, or whose
// change is shown. "About 300" and ranges are not.
std::optional<Decimal> ExactNumber(const types::v1::Quantity& quantity);

// 100 * numerator / denominator of a share that was checked, unrounded; nullopt where it is
// malformed.
std::optional<Ratio> ShareRatio(const types::v1::Share& share);

}  // namespace daybook::values
