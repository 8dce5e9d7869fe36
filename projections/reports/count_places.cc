#include "projections/reports/count_places.h"

#include <algorithm>
#include <tuple>

#include "fmt/format.h"
#include "projections/reports/dates.h"
#include "projections/reports/names.h"

namespace daybook::reports {
namespace {

// The plan year of a day, by the year in which it begins.
std::string PlanYearStart(const std::string& day) {
  return PlanYearOf(day.substr(0, 7)).start_date();
}

}  // namespace

std::size_t CountPlaces::Add(const CountPlace& place, std::int64_t count, bool adds_up) {
  const auto [entry, is_new] = cells_.try_emplace(place, places_.size());
  if (is_new) {
    places_.push_back(place);
    counts_.push_back(count);
    adds_up_.push_back(adds_up);
  } else if (counts_[entry->second] != count) {
    refusal_ = fmt::format("two figures are held of {} in {} from {} to {}, and they differ",
                           MeasureLabel(names_, place.measure_id), AreaName(names_, place.area_id),
                           place.start, place.end);
  }
  return entry->second;
}

std::optional<std::size_t> CountPlaces::Find(const CountPlace& place) const {
  const auto found = cells_.find(place);
  return found == cells_.end() ? std::nullopt : std::optional(found->second);
}

bool CountPlaces::IsNear(const CountPlace& place) const {
  CountPlace first = place;
  first.area_id.clear();
  first.start.clear();
  first.end.clear();
  const auto next = cells_.lower_bound(first);
  return next != cells_.end() &&
         std::tie(next->first.measure_id, next->first.source_id, next->first.extract) ==
             std::tie(place.measure_id, place.source_id, place.extract);
}

bool CountPlaces::LiesIn(const std::string& area_id, const std::string& container_id) const {
  if (area_id == container_id) return false;
  const views::v1::AreaRow* area = FindArea(names_, area_id);
  if (area == nullptr) return false;
  return std::any_of(area->parent_ids().begin(), area->parent_ids().end(),
                     [&](const std::string& parent) {
                       return parent == container_id || LiesIn(parent, container_id);
                     });
}

void CountPlaces::Divide(std::size_t whole, const Cells& parts, stats::DisclosureProblem& problem) {
  if (parts.empty()) return;
  std::int64_t left = counts_[whole];
  for (const std::size_t part : parts) left -= counts_[part];
  if (left < 0) {
    const CountPlace& place = places_[whole];
    refusal_ = fmt::format("{} in {} from {} to {} is less than the parts of it that are held",
                           MeasureLabel(names_, place.measure_id), AreaName(names_, place.area_id),
                           place.start, place.end);
    return;
  }
  stats::Equation equation{{{whole}}, {parts}};
  // Where nothing is left everybody is taken to know it.
  if (left > 0) {
    const std::size_t rest = counts_.size();
    counts_.push_back(left);
    places_.emplace_back();
    adds_up_.push_back(false);
    equation.parts.cells.push_back(rest);
    problem.margins.push_back({{rest}});
  }
  problem.equations.push_back(std::move(equation));
}

CountPlaces::Cells CountPlaces::Apart(const Cells& cells, const std::string& start,
                                      const std::string& end) const {
  Cells within;
  for (const std::size_t cell : cells) {
    const CountPlace& place = places_[cell];
    if (place.start >= start && place.end <= end) within.push_back(cell);
  }
  // Longer ones first: of two with one beginning the later end, of others the earlier beginning.
  std::sort(within.begin(), within.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(places_[a].start, places_[b].end) < std::tie(places_[b].start, places_[a].end);
  });
  Cells apart;
  std::string until;
  for (const std::size_t cell : within) {
    if (places_[cell].start <= until) continue;
    apart.push_back(cell);
    until = places_[cell].end;
  }
  return apart;
}

// Of one measure, source, extract and area.
void CountPlaces::RelateTime(const Cells& cells, stats::DisclosureProblem& problem) {
  std::set<std::string> years;
  for (const std::size_t whole : cells) {
    if (!adds_up_[whole]) continue;
    const CountPlace place = places_[whole];
    Cells others;
    for (const std::size_t cell : cells) {
      if (cell != whole && adds_up_[cell]) others.push_back(cell);
    }
    Divide(whole, Apart(others, place.start, place.end), problem);
    years.insert(PlanYearStart(place.start));
  }
  for (const std::string& start : years) {
    Cells adding;
    for (const std::size_t cell : cells) {
      if (adds_up_[cell]) adding.push_back(cell);
    }
    const Cells apart = Apart(adding, start, PlanYearOf(start.substr(0, 7)).end_date());
    if (apart.size() > 1) problem.margins.push_back({apart});
  }
}

// Of one measure, source, extract and period.
void CountPlaces::RelateAreas(const Cells& cells, stats::DisclosureProblem& problem) {
  for (const std::size_t whole : cells) {
    Cells parts;
    for (const std::size_t cell : cells) {
      if (!LiesIn(places_[cell].area_id, places_[whole].area_id)) continue;
      // Those that lie in another one of them are counted there.
      const bool deeper = std::any_of(cells.begin(), cells.end(), [&](std::size_t between) {
        return LiesIn(places_[cell].area_id, places_[between].area_id) &&
               LiesIn(places_[between].area_id, places_[whole].area_id);
      });
      if (!deeper) parts.push_back(cell);
    }
    Divide(whole, parts, problem);
  }
}

void CountPlaces::Relate(stats::DisclosureProblem& problem) {
  std::map<std::tuple<std::string, std::string, std::string, std::string>, Cells> series;
  std::map<std::tuple<std::string, std::string, std::string, std::string, std::string>, Cells>
      periods;
  const std::size_t given = places_.size();
  for (std::size_t cell = 0; cell < given; ++cell) {
    const CountPlace& place = places_[cell];
    series[{place.measure_id, place.source_id, place.extract, place.area_id}].push_back(cell);
    periods[{place.measure_id, place.source_id, place.extract, place.start, place.end}].push_back(
        cell);
  }
  for (const auto& [key, cells] : series) RelateTime(cells, problem);
  for (const auto& [key, cells] : periods) RelateAreas(cells, problem);
  for (const auto& [whole, part] : contained_) {
    if (!LiesIn(places_[part].area_id, places_[whole].area_id)) Divide(whole, {part}, problem);
  }
}

}  // namespace daybook::reports
