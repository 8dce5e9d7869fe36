#include "projections/reports/fact_release.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "projections/reports/base_cells.h"
#include "projections/reports/count_places.h"
#include "projections/reports/dates.h"
#include "projections/reports/figure.h"
#include "projections/reports/names.h"
#include "projections/reports/series.h"
#include "projections/reports/table_builder.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/referral_trend_view.h"
#include "projections/views/returned_figures_view.h"
#include "projections/views/row_key.h"

namespace daybook::reports {
namespace {

using measures::events::v1::ObservationRecorded;
using measures::events::v1::TableReleased;
using views::v1::ObservationRow;

bool HasDigit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::array<const views::SeriesBook*, 3> BooksOf(const ReportViews& views) {
  return {&views.incidents->series(), &views.referrals->series(), &views.returned->series()};
}

class Releasing {
 public:
  Releasing(std::string_view name, const ReportViews& views, RenderedReport& report)
      : name_(name), views_(views), report_(report), places_(*views.names) {}

  CountsRelease Run() {
    FindFacts();
    FindReleases();
    for (int table = 0; table < report_.response.tables_size(); ++table) TakeTable(table);
    SettleDerived();
    for (const auto& [place, said] : before_) TakeBefore(place, said);
    places_.Relate(release_.problem);
    if (release_.refusal.empty()) release_.refusal = places_.refusal();
    if (release_.cells.empty() && release_.refusal.empty()) {
      release_.refusal =
          "none of its numbers is a returned count, and what counts of records give away nobody "
          "can "
          "say";
    }
    release_.problem.cells = places_.counts();
    return std::move(release_);
  }

 private:
  // What tables that were released before said of one place.
  struct Before {
    std::vector<std::pair<const TableReleased*, const TableReleased::ReleasedSum*>> of_itself;
    bool broken_down = false;  // hidden or rounded parts of it are out
  };

  void FindFacts() {
    std::set<std::uint64_t> wanted;
    for (const v1::Table& table : report_.response.tables()) {
      for (const v1::Row& row : table.rows()) {
        for (const v1::Cell& cell : row.cells()) {
          wanted.insert(cell.positions().begin(), cell.positions().end());
        }
      }
    }
    for (const views::SeriesBook* book : BooksOf(views_)) {
      for (const auto& [key, row] : book->observations().rows()) {
        if (wanted.contains(row.origin().position())) facts_[row.origin().position()] = &row;
      }
    }
  }

  void FindReleases() {
    for (const views::SeriesBook* book : BooksOf(views_)) {
      for (const auto& [key, released] : book->releases().rows()) {
        const CountPlace place{
            released.measure_id(), released.source_id(),           released.extract(),
            released.area_id(),    released.period().start_date(), released.period().end_date()};
        for (const auto& sum : released.sums()) {
          if (sum.dimensions().empty()) {
            before_[place].of_itself.emplace_back(&released, &sum);
          } else if (sum.hidden() || released.protection() == TableReleased::PROTECTION_ROUNDED) {
            before_[place].broken_down = true;
          }
        }
      }
    }
  }

  void TakeTable(int table) {
    const v1::Table& source = report_.response.tables(table);
    for (int row = 0; row < source.rows_size(); ++row) {
      for (int column = 0; column < source.columns_size(); ++column) {
        const v1::Column& of = source.columns(column);
        const v1::Cell& cell = source.rows(row).cells(column);
        if (of.names_row() || of.aside() || cell.text().empty()) continue;
        const PrintedCell at{table, row, column};
        if (!of.numeric()) {
          if (HasDigit(cell.text())) release_.withheld.push_back(at);
        } else if (!TakeNumber(cell, at)) {
          release_.withheld.push_back(at);
        }
      }
    }
  }

  // False where nobody can say what the number gives away.
  bool TakeNumber(const v1::Cell& cell, const PrintedCell& at) {
    std::vector<std::size_t> counts;  // all that it follows from
    for (const std::uint64_t position : cell.positions()) {
      const auto fact = facts_.find(position);
      if (fact == facts_.end()) return false;
      const auto [part, whole] = CountsOf(fact->second->fact());
      if (!part) return false;
      counts.push_back(*part);
      if (whole) counts.push_back(*whole);
    }
    if (counts.empty()) return false;
    // A percentage may look like the count that it is of.
    const v1::Column& column = report_.response.tables(at.table).columns(at.column);
    if (cell.positions_size() == 1 && column.key().find("percent") == std::string::npos) {
      for (const std::size_t count : counts) {
        if (cell.text() == std::to_string(places_.counts()[count])) return Print(count, at);
      }
    }
    DerivedCell derived{at, {}};
    pending_.emplace_back(std::move(derived), std::move(counts));
    return true;
  }

  // The counts of a fact, as cells of the problem.
  std::pair<std::optional<std::size_t>, std::optional<std::size_t>> CountsOf(
      const ObservationRecorded& fact) {
    const auto number = WholeCount(CountedNumber(fact));
    const auto* measure = FindMeasure(*views_.names, fact.measure_id());
    const bool counts =
        fact.has_share() || (measure != nullptr && measure->definition().is_count());
    if (!number || !counts || IsPlanned(fact) || !fact.dimensions().empty()) return {};
    const CountPlace place{fact.measure_id(), fact.source_id(),           fact.extract(),
                           fact.area_id(),    fact.period().start_date(), fact.period().end_date()};
    periods_[place] = fact.period();
    const bool adds_up = BasisOf(fact) == ObservationRecorded::BASIS_IN_PERIOD;
    const std::size_t part = places_.Add(place, *number, adds_up);
    const auto denominator =
        fact.has_share() ? WholeCount(NumberOf(fact.share().denominator())) : std::nullopt;
    if (!denominator) return {part, std::nullopt};
    // Where nobody says of which area the whole is, it is of one of its own.
    CountPlace of_whole = place;
    of_whole.area_id = fact.share().denominator_area().empty() ? "whole of " + fact.area_id()
                                                               : fact.share().denominator_area();
    periods_[of_whole] = fact.period();
    const std::size_t whole = places_.Add(of_whole, *denominator, adds_up);
    if (whole != part) places_.Contain(whole, part);
    return {part, whole};
  }

  bool Print(std::size_t count, const PrintedCell& at) {
    const CountPlace& place = places_.place(count);
    const auto before = before_.find(place);
    if (before != before_.end() && before->second.broken_down && before->second.of_itself.empty()) {
      return false;
    }
    const auto [entry, is_new] = printed_.try_emplace(count, release_.cells.size());
    if (is_new) {
      release_.cells.emplace_back();
      release_.problem.printed.push_back({{count}});
      release_.recorded.emplace_back(static_cast<int>(release_.records.size()), 0);
      release_.records.push_back(RecordOf(place));
    }
    release_.cells[entry->second].push_back(at);
    return true;
  }

  TableReleased RecordOf(const CountPlace& place) const {
    TableReleased record = NewRecord();
    record.set_report(std::string(name_));
    record.set_measure_id(place.measure_id);
    record.set_area_id(place.area_id);
    record.set_source_id(place.source_id);
    record.set_extract(place.extract);
    *record.mutable_period() = periods_.at(place);
    record.add_sums();
    return record;
  }

  // Every number that follows from counts that do not all stand here is hidden; those of the others
  // are settled when it is known which counts are shown.
  void SettleDerived() {
    for (auto& [derived, counts] : pending_) {
      bool all = true;
      for (const std::size_t count : counts) {
        const auto printed = printed_.find(count);
        all = all && printed != printed_.end();
        if (all) derived.of.push_back(printed->second);
      }
      if (all) {
        release_.derived.push_back(std::move(derived));
      } else {
        release_.withheld.push_back(derived.at);
      }
    }
    pending_.clear();
  }

  // What was said of a place that has to do with the counts of this report.
  void TakeBefore(const CountPlace& place, const Before& said) {
    if (said.of_itself.empty() || !places_.IsNear(place)) return;
    auto cell = places_.Find(place);
    if (!cell) {
      const ObservationRow* row = RowAt(*said.of_itself.front().first);
      if (row == nullptr) return;
      cell = CountsOf(row->fact()).first;
      if (!cell) return;
    }
    for (const auto& [released, sum] : said.of_itself) {
      if (const auto span = SaidBefore(*released, *sum, places_.counts()[*cell])) {
        release_.problem.known.push_back({{{*cell}}, *span});
      }
      if (sum->hidden()) release_.problem.margins.push_back({{*cell}});
    }
  }

  const ObservationRow* RowAt(const TableReleased& released) const {
    for (const views::SeriesBook* book : BooksOf(views_)) {
      const auto* row = book->observations().Find(
          views::RowKey({released.measure_id(), released.area_id(), released.source_id(),
                         released.extract(), views::PeriodPart(released.period())}));
      if (row != nullptr) return row;
    }
    return nullptr;
  }

  const std::string_view name_;
  const ReportViews& views_;
  RenderedReport& report_;
  CountPlaces places_;
  CountsRelease release_;
  std::map<std::uint64_t, const ObservationRow*> facts_;  // by position
  std::map<CountPlace, Period> periods_;
  std::map<CountPlace, Before> before_;
  std::map<std::size_t, std::size_t> printed_;  // cell of the problem -> printed sum
  std::vector<std::pair<DerivedCell, std::vector<std::size_t>>> pending_;
};

void DropTellingNotes(RenderedReport& report) {
  for (v1::Table& table : *report.response.mutable_tables()) {
    auto& notes = *table.mutable_notes();
    const int before = notes.size();
    notes.erase(std::remove_if(notes.begin(), notes.end(), HasDigit), notes.end());
    if (notes.size() < before) table.add_notes("Notes that name figures are left out.");
    for (v1::Row& row : *table.mutable_rows()) {
      for (v1::Cell& cell : *row.mutable_cells()) cell.clear_notes();
    }
  }
}

}  // namespace

void AddFactRelease(std::string_view name, const ReportViews& views, RenderedReport& report) {
  report.releases.push_back(Releasing(name, views, report).Run());
  DropTellingNotes(report);
}

}  // namespace daybook::reports
