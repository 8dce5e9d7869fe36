// One thing that is wrong with a value, in words that somebody can act on. Plain values, any
// thread.
//
// Every check of this room adds a Problem for each fault, so that one answer names all of them. A
// problem names the field and never repeats its value: the value may be personal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daybook::values {

struct Problem {
  std::string field;   // path in the message, for example "measurements[2].quantity.value"
  std::string reason;  // name of types.v1.Reason without its prefix, for example "INVALID_FIELD"
  std::string description;  // one sentence: what is wrong
  std::string remedy;       // one sentence: what to do
  friend bool operator==(const Problem&, const Problem&) = default;
};

using Problems = std::vector<Problem>;

// Reasons that this room gives.
namespace reason {
inline constexpr std::string_view kMissingField = "MISSING_FIELD";
inline constexpr std::string_view kInvalidField = "INVALID_FIELD";
inline constexpr std::string_view kUnknownValue = "UNKNOWN_VALUE";
inline constexpr std::string_view kNegativeCount = "NEGATIVE_COUNT";
inline constexpr std::string_view kShareDisagrees = "SHARE_DISAGREES";
inline constexpr std::string_view kPercentOver100 = "PERCENT_OVER_100";
}  // namespace reason

// "parent.child"; just `child` where there is no parent.
std::string FieldPath(std::string_view parent, std::string_view child);

void AddProblem(Problems& problems, std::string_view reason, std::string field,
                std::string_view description, std::string_view remedy);

}  // namespace daybook::values
