// Counts by what they are of, and how they hang together: by time, by area, by what they are part
// of. For projections/reports/fact_release.cc only.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "projections/stats/disclosure.h"
#include "projections/views/register_view.h"

namespace daybook::reports {

// What a count is of.
struct CountPlace {
  std::string measure_id;
  std::string source_id;
  std::string extract;
  std::string area_id;
  std::string start;  // first day, ISO 8601
  std::string end;    // last day
  friend auto operator<=>(const CountPlace&, const CountPlace&) = default;
};

// Refers to the register. Not thread-safe.
class CountPlaces {
 public:
  explicit CountPlaces(const views::RegisterView& names) : names_(names) {}

  // The cell of the count. `adds_up`: its periods may be added. One place has one count: another
  // one refuses the whole (refusal()).
  std::size_t Add(const CountPlace& place, std::int64_t count, bool adds_up);
  // The part is counted in the whole.
  void Contain(std::size_t whole, std::size_t part) { contained_.emplace(whole, part); }

  std::optional<std::size_t> Find(const CountPlace& place) const;
  const CountPlace& place(std::size_t cell) const { return places_[cell]; }
  // Whether any count is of that measure, source and extract.
  bool IsNear(const CountPlace& place) const;

  // Adds the equations between the counts, what is left of each as a cell of its own, and the
  // margins to be protected. Once, at the end.
  void Relate(stats::DisclosureProblem& problem);

  // By cell.
  const std::vector<std::int64_t>& counts() const { return counts_; }
  // Why nothing may be released; empty: nothing is wrong.
  const std::string& refusal() const { return refusal_; }

 private:
  using Cells = std::vector<std::size_t>;

  // whole = parts + what is left, which is a new cell unless it is nothing.
  void Divide(std::size_t whole, const Cells& parts, stats::DisclosureProblem& problem);
  // The largest of `cells` whose periods are within [start, end] and do not overlap.
  Cells Apart(const Cells& cells, const std::string& start, const std::string& end) const;
  bool LiesIn(const std::string& area_id, const std::string& container_id) const;
  void RelateTime(const Cells& cells, stats::DisclosureProblem& problem);
  void RelateAreas(const Cells& cells, stats::DisclosureProblem& problem);

  const views::RegisterView& names_;
  std::vector<CountPlace> places_;
  std::vector<std::int64_t> counts_;
  std::vector<bool> adds_up_;
  std::map<CountPlace, std::size_t> cells_;
  std::set<std::pair<std::size_t, std::size_t>> contained_;
  std::string refusal_;
};

}  // namespace daybook::reports
