// Disclosure control: which counts of a table must not be printed so that nobody can work out a
// small one, from the table or from what was printed before it.
//
// A table is sums of base cells: counts of people or things that nobody else counts, such as "men
// of 13 to 17 who were known before". Where the parts of a count are printed and nobody holds what
// is left, the count is a cell of its own and an equation says how it hangs together with them.
// Whoever reads knows every sum that is printed, and of one
// that is hidden that it is not 0, for zeros are shown. Sensitive is every sum from 1 to threshold
// - 1, printed or only to be worked out. It is protected when what is known leaves it a span of at
// least threshold - 1 that reaches the threshold: nobody can say that it is small, nor how small.
//
// The spans are exact: smallest and largest whole solution of the equations that the printed sums
// are (COIN-OR CBC, an integer solver). Choosing what else to hide is the method of the least
// perturbation: to move a sensitive count up, some printed ones would have to move with it, and
// those that cost least are hidden. It is no proof that fewer would not do; whatever comes out is
// checked by the spans.
//
// Pure apart from the solver, of which one runs at a time in the process. Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace daybook::stats {

// The sum of some base cells, by their indices, none twice.
struct Sum {
  std::vector<std::size_t> cells;
  friend bool operator==(const Sum&, const Sum&) = default;
};

// What a reader can say of a sum: it is from lower to upper.
struct Span {
  std::int64_t lower = 0;
  std::int64_t upper = 0;
  friend bool operator==(const Span&, const Span&) = default;
};
inline constexpr std::int64_t kNoLimit = -1;  // as an upper end

// A sum that was printed before, and what that said of it: its value, of a hidden one that it is at
// least 1, of a rounded one from where to where it is. That cannot be changed any more.
struct KnownSum {
  Sum sum;
  Span said;
};

// Two sums that are always the same, and everybody knows it: a year and its quarters with the rest.
struct Equation {
  Sum whole;
  Sum parts;
};

struct DisclosureProblem {
  std::vector<std::int64_t> cells;  // the true counts, none below 0
  std::vector<Equation> equations;  // between them; true of the true counts
  std::vector<Sum> printed;         // what the table prints unless it is hidden
  std::vector<Sum> margins;         // what nobody prints and anybody would ask for: protected too
  std::vector<KnownSum> known;      // of earlier tables, over the same base cells
};

// What a sum truly is.
std::int64_t ValueOf(const DisclosureProblem& problem, const Sum& sum);

struct DisclosureRule {
  std::int64_t threshold = 5;  // counts from 1 to threshold - 1 are sensitive; at least 2
};

struct Protection {
  enum class Why : std::uint8_t { kShown, kSensitive, kProtectsOthers };
  std::vector<Why> printed;  // one for each printed sum; those not shown are [c]
  std::vector<Span> spans;   // likewise; of one that is shown its value twice
};

// What to hide. FAILED_PRECONDITION, with the reason in words, where nothing that this table hides
// would protect what it and the tables before it tell. RESOURCE_EXHAUSTED where the table is too
// large to be proved safe (kCellsMax, kSumsMax, a span that is not found in two seconds, or all of
// them not within kProtectMax).
inline constexpr std::size_t kCellsMax = 2'000;
inline constexpr std::size_t kSumsMax = 4'000;
inline constexpr std::chrono::seconds kProtectMax{20};
absl::StatusOr<Protection> Protect(const DisclosureProblem& problem, const DisclosureRule& rule);

// What a reader can say of `sum` where the printed sums with `hidden` set are not shown.
absl::StatusOr<Span> SpanOf(const DisclosureProblem& problem, const std::vector<bool>& hidden,
                            const Sum& sum);

// The alternative: every printed sum is shown as the nearest multiple of `base` (odd, at least 3),
// each by itself. OK where no sensitive sum can be said more precisely than its own rounding says;
// else FAILED_PRECONDITION. Tables that were printed before are held to their true values.
absl::Status CheckRounded(const DisclosureProblem& problem, const DisclosureRule& rule,
                          std::int64_t base);
Span RoundingSpan(std::int64_t count, std::int64_t base);  // what the rounded count says
std::int64_t RoundedTo(std::int64_t count, std::int64_t base);

}  // namespace daybook::stats
