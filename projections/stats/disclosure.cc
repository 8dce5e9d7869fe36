#include "projections/stats/disclosure.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "projections/stats/integer_program.h"

namespace daybook::stats {
namespace {

using Term = IntegerProgram::Term;
using Why = Protection::Why;
using Clock = std::chrono::steady_clock;

constexpr double kMoved = 1e-6;
constexpr int kRoundsMax = 64;  // of one sensitive sum

std::vector<Term> TermsOf(const Sum& sum) {
  std::vector<Term> terms;
  for (const std::size_t cell : sum.cells) terms.push_back({cell, 1});
  return terms;
}

// whole - parts.
std::vector<Term> TermsOf(const Equation& equation) {
  std::vector<Term> terms = TermsOf(equation.whole);
  for (const std::size_t cell : equation.parts.cells) terms.push_back({cell, -1});
  return terms;
}

// Above what any cell can be said to be: it stands for "no limit".
std::int64_t LimitOf(const DisclosureProblem& problem) {
  return 2 * std::accumulate(problem.cells.begin(), problem.cells.end(), std::int64_t{0}) + 1'000;
}

double UpperOf(const KnownSum& known, double limit) {
  return known.said.upper == kNoLimit ? limit * static_cast<double>(known.sum.cells.size())
                                      : static_cast<double>(known.said.upper);
}

// What a reader knows: one variable a base cell, one condition a printed sum.
class Reader {
 public:
  Reader(const DisclosureProblem& problem, const std::vector<bool>& hidden,
         Clock::time_point deadline)
      : deadline_(deadline), program_(true) {
    const auto limit = static_cast<double>(LimitOf(problem));
    for (std::size_t i = 0; i < problem.cells.size(); ++i) program_.AddVariable(0, limit);
    for (const Equation& equation : problem.equations) {
      program_.AddCondition(TermsOf(equation), 0, 0);
    }
    for (std::size_t i = 0; i < problem.printed.size(); ++i) {
      const std::int64_t value = ValueOf(problem, problem.printed[i]);
      Know({problem.printed[i], hidden[i] ? Span{1, kNoLimit} : Span{value, value}}, limit);
    }
    for (const KnownSum& known : problem.known) Know(known, limit);
  }

  std::optional<Span> SpanOf(const Sum& sum) ABSL_EXCLUSIVE_LOCKS_REQUIRED(g_solver_mutex) {
    if (Clock::now() > deadline_) return std::nullopt;
    const auto lower = program_.Smallest(TermsOf(sum));
    const auto upper = program_.Largest(TermsOf(sum));
    if (!lower || !upper) return std::nullopt;
    return Span{*lower, *upper};
  }

 private:
  void Know(const KnownSum& known, double limit) {
    program_.AddCondition(TermsOf(known.sum), static_cast<double>(known.said.lower),
                          UpperOf(known, limit));
  }

  const Clock::time_point deadline_;
  IntegerProgram program_;
};

bool IsSensitive(std::int64_t value, const DisclosureRule& rule) {
  return value >= 1 && value < rule.threshold;
}

bool IsProtected(const Span& span, const DisclosureRule& rule) {
  return span.upper >= rule.threshold && span.upper - span.lower >= rule.threshold - 1;
}

absl::Status CheckSize(const DisclosureProblem& problem) {
  const std::size_t sums = problem.printed.size() + problem.margins.size() + problem.known.size() +
                           problem.equations.size();
  if (problem.cells.size() <= kCellsMax && sums <= kSumsMax) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      "the table is too large to be proved safe; ask for fewer rows or columns");
}

absl::Status NotProved() {
  return absl::ResourceExhaustedError(
      "it was not proved in time that the table is safe; ask for fewer rows or columns");
}

class Protector {
 public:
  Protector(const DisclosureProblem& problem, const DisclosureRule& rule)
      : problem_(problem), rule_(rule), hidden_(problem.printed.size(), false) {}

  absl::StatusOr<Protection> Run() ABSL_EXCLUSIVE_LOCKS_REQUIRED(g_solver_mutex) {
    FindSensitive();
    for (const Sum& sum : sensitive_) {
      if (absl::Status done = Protect(sum); !done.ok()) return done;
    }
    if (absl::Status done = ShowWhatNeedNotHide(); !done.ok()) return done;
    return Describe();
  }

 private:
  void FindSensitive() {
    const auto take = [&](const Sum& sum) {
      if (std::find(sensitive_.begin(), sensitive_.end(), sum) == sensitive_.end()) {
        sensitive_.push_back(sum);
      }
    };
    primary_.assign(problem_.printed.size(), false);
    for (std::size_t i = 0; i < problem_.printed.size(); ++i) {
      primary_[i] = hidden_[i] = IsSensitive(ValueOf(problem_, problem_.printed[i]), rule_);
      if (primary_[i]) take(problem_.printed[i]);
    }
    for (const Sum& sum : problem_.margins) {
      if (IsSensitive(ValueOf(problem_, sum), rule_)) take(sum);
    }
  }

  // Hides until what is known leaves the sum its span. The span wanted grows by the lower end that
  // is found, for a sum of several hidden counts is known to be at least their number.
  absl::Status Protect(const Sum& sum) ABSL_EXCLUSIVE_LOCKS_REQUIRED(g_solver_mutex) {
    const std::int64_t value = ValueOf(problem_, sum);
    std::int64_t reach = rule_.threshold;
    for (int round = 0; round < kRoundsMax; ++round) {
      Reader reader(problem_, hidden_, deadline_);
      const auto span = reader.SpanOf(sum);
      if (!span) return NotProved();
      if (IsProtected(*span, rule_)) return absl::OkStatus();
      reach = std::max(reach, span->lower + rule_.threshold - 1);
      if (!HideToMove(sum, static_cast<double>(reach - value))) break;
      ++reach;
    }
    return absl::FailedPreconditionError(
        "a count below the threshold could be worked out from the totals, or from tables that were "
        "released before");
  }

  // Finds the cheapest way in which the counts could differ so that `sum` is `up` higher, and hides
  // the printed sums that would differ. False when there is none.
  bool HideToMove(const Sum& sum, double up) ABSL_EXCLUSIVE_LOCKS_REQUIRED(g_solver_mutex) {
    IntegerProgram program(/*whole=*/false);
    const auto limit = static_cast<double>(LimitOf(problem_));
    // Of each cell how much it rises and how much it falls.
    for (const std::int64_t cell : problem_.cells) {
      program.AddVariable(0, limit);
      program.AddVariable(0, static_cast<double>(cell));
    }
    const auto change_of = [](const Sum& some, double factor) {
      std::vector<Term> terms;
      for (const std::size_t cell : some.cells) {
        terms.push_back({2 * cell, factor});
        terms.push_back({2 * cell + 1, -factor});
      }
      return terms;
    };
    for (const Equation& equation : problem_.equations) {
      std::vector<Term> change = change_of(equation.whole, 1);
      const std::vector<Term> parts = change_of(equation.parts, -1);
      change.insert(change.end(), parts.begin(), parts.end());
      program.AddCondition(std::move(change), 0, 0);
    }
    std::vector<Term> cost;
    std::vector<std::size_t> movable;  // printed sums
    std::vector<std::size_t> moves;    // their variables: up, then down
    for (std::size_t i = 0; i < problem_.printed.size(); ++i) {
      const auto value = static_cast<double>(ValueOf(problem_, problem_.printed[i]));
      std::vector<Term> change = change_of(problem_.printed[i], 1);
      if (hidden_[i]) {
        program.AddCondition(change, 1 - value, limit);
      } else if (value == 0) {
        program.AddCondition(change, 0, 0);
      } else {
        const std::size_t rises = program.AddVariable(0, limit);
        const std::size_t falls = program.AddVariable(0, value - 1);
        change.push_back({rises, -1});
        change.push_back({falls, 1});
        program.AddCondition(change, 0, 0);
        cost.push_back({rises, 1 + value});
        cost.push_back({falls, 1 + value});
        movable.push_back(i);
        moves.push_back(rises);
      }
    }
    for (const KnownSum& known : problem_.known) {
      const auto value = static_cast<double>(ValueOf(problem_, known.sum));
      program.AddCondition(change_of(known.sum, 1), static_cast<double>(known.said.lower) - value,
                           UpperOf(known, limit) - value);
    }
    program.AddCondition(change_of(sum, 1), up, limit);
    const std::vector<double> at = program.AtSmallest(cost);
    bool hides = false;
    for (std::size_t k = 0; k < movable.size() && !at.empty(); ++k) {
      if (at[moves[k]] < kMoved && at[moves[k] + 1] < kMoved) continue;
      hidden_[movable[k]] = hides = true;
    }
    // Where it moves without hiding more, the fractions of a cell do what whole ones cannot: the
    // caller asks for more.
    return !at.empty();
  }

  std::optional<bool> AllProtected() ABSL_EXCLUSIVE_LOCKS_REQUIRED(g_solver_mutex) {
    Reader reader(problem_, hidden_, deadline_);
    for (const Sum& sum : sensitive_) {
      const auto span = reader.SpanOf(sum);
      if (!span) return std::nullopt;
      if (!IsProtected(*span, rule_)) return false;
    }
    return true;
  }

  // One sensitive sum may have been helped by what was hidden for another.
  absl::Status ShowWhatNeedNotHide() ABSL_EXCLUSIVE_LOCKS_REQUIRED(g_solver_mutex) {
    std::vector<std::size_t> secondary;
    for (std::size_t i = 0; i < hidden_.size(); ++i) {
      if (hidden_[i] && !primary_[i]) secondary.push_back(i);
    }
    std::stable_sort(secondary.begin(), secondary.end(), [&](std::size_t a, std::size_t b) {
      return ValueOf(problem_, problem_.printed[a]) > ValueOf(problem_, problem_.printed[b]);
    });
    for (const std::size_t i : secondary) {
      hidden_[i] = false;
      const auto safe = AllProtected();
      if (!safe.value_or(false)) hidden_[i] = true;
    }
    const auto safe = AllProtected();
    if (!safe) return NotProved();
    return *safe ? absl::OkStatus()
                 : absl::InternalError("a table that was made safe is not; nothing is released");
  }

  absl::StatusOr<Protection> Describe() ABSL_EXCLUSIVE_LOCKS_REQUIRED(g_solver_mutex) {
    Protection protection;
    Reader reader(problem_, hidden_, deadline_);
    for (std::size_t i = 0; i < hidden_.size(); ++i) {
      const std::int64_t value = ValueOf(problem_, problem_.printed[i]);
      protection.printed.push_back(!hidden_[i]   ? Why::kShown
                                   : primary_[i] ? Why::kSensitive
                                                 : Why::kProtectsOthers);
      if (!hidden_[i]) {
        protection.spans.push_back({value, value});
        continue;
      }
      const auto span = reader.SpanOf(problem_.printed[i]);
      if (!span) return NotProved();
      protection.spans.push_back(*span);
    }
    return protection;
  }

  const DisclosureProblem& problem_;
  const DisclosureRule rule_;
  const Clock::time_point deadline_ = Clock::now() + kProtectMax;  // from when the solver is ours
  std::vector<bool> hidden_;
  std::vector<bool> primary_;
  std::vector<Sum> sensitive_;
};

}  // namespace

std::int64_t ValueOf(const DisclosureProblem& problem, const Sum& sum) {
  return std::accumulate(
      sum.cells.begin(), sum.cells.end(), std::int64_t{0},
      [&](std::int64_t total, std::size_t cell) { return total + problem.cells[cell]; });
}

absl::StatusOr<Protection> Protect(const DisclosureProblem& problem, const DisclosureRule& rule) {
  if (absl::Status fits = CheckSize(problem); !fits.ok()) return fits;
  const absl::MutexLock lock(&g_solver_mutex);
  return Protector(problem, rule).Run();
}

absl::StatusOr<Span> SpanOf(const DisclosureProblem& problem, const std::vector<bool>& hidden,
                            const Sum& sum) {
  if (absl::Status fits = CheckSize(problem); !fits.ok()) return fits;
  const absl::MutexLock lock(&g_solver_mutex);
  Reader reader(problem, hidden, Clock::now() + kProtectMax);
  const auto span = reader.SpanOf(sum);
  if (!span) return NotProved();
  return *span;
}

std::int64_t RoundedTo(std::int64_t count, std::int64_t base) {
  return (count + base / 2) / base * base;
}

Span RoundingSpan(std::int64_t count, std::int64_t base) {
  const std::int64_t rounded = RoundedTo(count, base);
  return {std::max<std::int64_t>(0, rounded - base / 2), rounded + base / 2};
}

absl::Status CheckRounded(const DisclosureProblem& problem, const DisclosureRule& rule,
                          std::int64_t base) {
  if (absl::Status fits = CheckSize(problem); !fits.ok()) return fits;
  const absl::MutexLock lock(&g_solver_mutex);
  IntegerProgram program(/*whole=*/true);
  const auto limit = static_cast<double>(LimitOf(problem));
  for (std::size_t i = 0; i < problem.cells.size(); ++i) program.AddVariable(0, limit);
  for (const Equation& equation : problem.equations) {
    program.AddCondition(TermsOf(equation), 0, 0);
  }
  std::vector<Sum> sensitive;
  for (const Sum& sum : problem.printed) {
    const std::int64_t value = ValueOf(problem, sum);
    const Span said = RoundingSpan(value, base);
    program.AddCondition(TermsOf(sum), static_cast<double>(said.lower),
                         static_cast<double>(said.upper));
    if (IsSensitive(value, rule)) sensitive.push_back(sum);
  }
  for (const KnownSum& known : problem.known) {
    program.AddCondition(TermsOf(known.sum), static_cast<double>(known.said.lower),
                         UpperOf(known, limit));
  }
  for (const Sum& sum : problem.margins) {
    if (IsSensitive(ValueOf(problem, sum), rule)) sensitive.push_back(sum);
  }
  const auto deadline = Clock::now() + kProtectMax;
  for (const Sum& sum : sensitive) {
    if (Clock::now() > deadline) return NotProved();
    const Span said = RoundingSpan(ValueOf(problem, sum), base);
    const auto lower = program.Smallest(TermsOf(sum));
    const auto upper = program.Largest(TermsOf(sum));
    if (!lower || !upper) return NotProved();
    if (*lower > said.lower || *upper < said.upper) {
      return absl::FailedPreconditionError(
          "the rounded counts and totals together say more of a small count than its own rounding "
          "does");
    }
  }
  return absl::OkStatus();
}

}  // namespace daybook::stats
