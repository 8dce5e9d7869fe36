// Whole numbers under linear conditions: how small and how large can a sum be? A thin layer over
// the solver (COIN-OR CBC), whose handle and conventions stay in the one file. For
// projections/stats only.
//
// Not thread-safe. CBC is not known to be when several of it run at a time: g_solver_mutex is held
// while asking.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace daybook::stats {

extern absl::Mutex g_solver_mutex;  // guards: CBC, of which one runs at a time in a process

class IntegerProgram {
 public:
  struct Term {
    std::size_t variable = 0;
    double factor = 1;
  };

  // `whole`: the variables are whole numbers.
  explicit IntegerProgram(bool whole) : whole_(whole) {}

  // Returns the index of the new variable, lower <= it <= upper.
  std::size_t AddVariable(double lower, double upper);
  // lower <= sum of the terms <= upper.
  void AddCondition(std::vector<Term> terms, double lower, double upper);

  // The smallest (largest) value of the sum, rounded to the next whole number within; nullopt where
  // there is no solution or none was found within two seconds.
  std::optional<std::int64_t> Smallest(const std::vector<Term>& sum) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(g_solver_mutex);
  std::optional<std::int64_t> Largest(const std::vector<Term>& sum) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(g_solver_mutex);
  // The variables' values where the sum is smallest; empty where there is no solution.
  std::vector<double> AtSmallest(const std::vector<Term>& sum) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(g_solver_mutex);

 private:
  struct Bounds {
    double lower = 0;
    double upper = 0;
  };
  struct Condition {
    std::vector<Term> terms;
    Bounds bounds;
  };
  struct Solution {
    double sum = 0;
    std::vector<double> variables;
  };
  std::optional<Solution> Solve(const std::vector<Term>& sum, bool largest) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(g_solver_mutex);

  const bool whole_;
  std::vector<Bounds> variables_;
  std::vector<Condition> conditions_;
};

}  // namespace daybook::stats
