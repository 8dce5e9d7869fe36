#include "projections/stats/integer_program.h"

#include <coin/Cbc_C_Interface.h>

#include <cmath>
#include <memory>
#include <utility>

#include "absl/base/attributes.h"

namespace daybook::stats {
namespace {

constexpr double kSecondsMax = 2;
constexpr double kTolerance = 1e-6;

struct DeleteModel {
  void operator()(Cbc_Model* model) const { Cbc_deleteModel(model); }
};
using Model = std::unique_ptr<Cbc_Model, DeleteModel>;

}  // namespace

ABSL_CONST_INIT absl::Mutex g_solver_mutex(absl::kConstInit);

std::size_t IntegerProgram::AddVariable(double lower, double upper) {
  variables_.push_back({lower, upper});
  return variables_.size() - 1;
}

void IntegerProgram::AddCondition(std::vector<Term> terms, double lower, double upper) {
  conditions_.push_back({std::move(terms), {lower, upper}});
}

std::optional<IntegerProgram::Solution> IntegerProgram::Solve(const std::vector<Term>& sum,
                                                              bool largest) const {
  // A model of its own for each question: what CBC keeps of the one before is no part of the next.
  const Model model(Cbc_newModel());
  Cbc_setLogLevel(model.get(), 0);
  Cbc_setMaximumSeconds(model.get(), kSecondsMax);
  std::vector<double> factors(variables_.size(), 0);
  for (const Term& term : sum) factors[term.variable] += term.factor;
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    Cbc_addCol(model.get(), "", variables_[i].lower, variables_[i].upper, factors[i],
               static_cast<char>(whole_ ? 1 : 0), 0, nullptr, nullptr);
  }
  for (const Condition& condition : conditions_) {
    std::vector<int> columns;
    std::vector<double> row;
    for (const Term& term : condition.terms) {
      columns.push_back(static_cast<int>(term.variable));
      row.push_back(term.factor);
    }
    // Two rows, each with one bound: the interface takes a sense and a right-hand side.
    const int size = static_cast<int>(columns.size());
    if (condition.bounds.lower == condition.bounds.upper) {
      Cbc_addRow(model.get(), "", size, columns.data(), row.data(), 'E', condition.bounds.lower);
      continue;
    }
    Cbc_addRow(model.get(), "", size, columns.data(), row.data(), 'G', condition.bounds.lower);
    Cbc_addRow(model.get(), "", size, columns.data(), row.data(), 'L', condition.bounds.upper);
  }
  Cbc_setObjSense(model.get(), largest ? -1 : 1);
  Cbc_solve(model.get());
  if (Cbc_isProvenOptimal(model.get()) == 0) return std::nullopt;
  const double* at = Cbc_getColSolution(model.get());
  Solution solution;
  solution.variables.assign(at, at + variables_.size());
  for (std::size_t i = 0; i < variables_.size(); ++i) solution.sum += factors[i] * at[i];
  return solution;
}

std::optional<std::int64_t> IntegerProgram::Smallest(const std::vector<Term>& sum) const {
  const auto found = Solve(sum, /*largest=*/false);
  if (!found) return std::nullopt;
  return static_cast<std::int64_t>(std::ceil(found->sum - kTolerance));
}

std::optional<std::int64_t> IntegerProgram::Largest(const std::vector<Term>& sum) const {
  const auto found = Solve(sum, /*largest=*/true);
  if (!found) return std::nullopt;
  return static_cast<std::int64_t>(std::floor(found->sum + kTolerance));
}

std::vector<double> IntegerProgram::AtSmallest(const std::vector<Term>& sum) const {
  auto found = Solve(sum, /*largest=*/false);
  return found ? std::move(found->variables) : std::vector<double>();
}

}  // namespace daybook::stats
