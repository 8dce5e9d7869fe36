#include "projections/reports/multi_year.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/incident_records.h"
#include "projections/reports/names.h"
#include "projections/reports/period_value.h"
#include "projections/reports/report_error.h"
#include "projections/reports/series.h"
#include "projections/reports/table_builder.h"
#include "projections/views/incident_trend_view.h"

namespace daybook::reports {
namespace {

using measures::events::v1::ObservationRecorded;

// One row: a series' values, a period each.
struct YearsRow {
  std::string measure_id;  // empty for records
  std::string type;        // of records
  std::string label;
  std::string source;
  std::string extract;
  std::vector<PeriodValue> values;
};

std::vector<Period> PeriodsUpTo(const Period& last, int count) {
  std::vector<Period> periods = {last};
  while (static_cast<int>(periods.size()) < count) {
    const std::optional<Period> previous = PreviousPeriod(periods.back());
    if (!previous) break;
    periods.push_back(*previous);
  }
  std::reverse(periods.begin(), periods.end());
  return periods;
}

bool IsHeld(const YearsRow& row) {
  return std::any_of(row.values.begin(), row.values.end(),
                     [](const PeriodValue& value) { return value.IsHeld(); });
}

class YearsWriter {
 public:
  YearsWriter(const ReportViews& views, const MultiYearRequest& request,
              const AnswerContext& context)
      : views_(views),
        request_(request),
        context_(context),
        periods_(PeriodsUpTo(request.last, request.periods)) {}

  TablesAnswer Write() {
    AddReturns();
    AddRecords();
    TablesAnswer answer;
    answer.tables.push_back(Figures());
    answer.tables.push_back(Changes());
    AddKnownNotes(context_, rows_.empty(), back_loaded_, answer.tables.front().mutable_notes());
    answer.truth = TruthOf(context_, back_loaded_);
    return answer;
  }

 private:
  // By the measures' places in tables.
  void AddReturns() {
    std::multimap<std::pair<std::uint32_t, std::string>, YearsRow> in_order;
    for (const Series& series : SeriesOf(views_.incidents->series())) {
      if (series.area_id != request_.area_id) continue;
      const views::v1::MeasureRow* measure = FindMeasure(*views_.names, series.measure_id);
      const bool counted = series.basis == ObservationRecorded::BASIS_IN_PERIOD;
      YearsRow row{series.measure_id,
                   "",
                   MeasureLabel(*views_.names, series.measure_id) +
                       (counted ? "" : ", " + BasisWord(series.basis)),
                   OrganisationName(*views_.names, series.source_id),
                   series.extract,
                   {}};
      for (const Period& period : periods_) {
        row.values.push_back(ValueOf(*views_.names, series, period));
      }
      const std::uint32_t place =
          measure == nullptr ? UINT32_MAX : measure->definition().sort_order();
      if (IsHeld(row)) in_order.emplace(std::pair(place, row.label), std::move(row));
    }
    for (auto& [place, row] : in_order) rows_.push_back(std::move(row));
  }

  void AddRecords() {
    const RecordArea area = RecordAreaOf(*views_.names, request_.area_id);
    for (const auto& [source, held] : HeldMonths(views_)) {
      std::vector<TypeCounts> counts;
      std::vector<std::vector<std::string>> missing;
      std::set<std::string> types;
      for (const Period& period : periods_) {
        const std::vector<std::string> months = MonthsOf(period);
        missing.push_back(MissingMonths(months, held));
        counts.push_back(CountTypes(*views_.incidents, source, area, months));
        for (const auto& [type, count] : counts.back().of_type) types.insert(type);
        back_loaded_ += counts.back().back_loaded;
      }
      for (const std::string& type : types) {
        YearsRow row{"",
                     type,
                     TypeLabel(*views_.names, type),
                     OrganisationName(*views_.names, source.force_id),
                     source.dataset,
                     {}};
        for (std::size_t i = 0; i < periods_.size(); ++i) {
          row.values.push_back(counts[i].ValueOf(type, missing[i]));
        }
        rows_.push_back(std::move(row));
      }
    }
  }

  // Whether a change from one column to a later one makes no sense.
  bool IsBrokenFromTo(const YearsRow& row, std::size_t from, std::size_t to) const {
    if (row.measure_id.empty()) {
      const auto first = MonthsOf(periods_[from]);
      const auto last = MonthsOf(periods_[to]);
      return !first.empty() && !last.empty() &&
             registry::ChangesBetween(row.type, first.front(), last.back());
    }
    return IsBrokenBetween(*views_.names, row.measure_id, periods_[from], row.values[from],
                           periods_[to], row.values[to]);
  }

  // A break between the last figure before this column and this one.
  bool FollowsBreak(const YearsRow& row, std::size_t column) const {
    for (std::size_t before = column; before-- > 0;) {
      if (row.values[before].words.empty()) continue;
      return IsBrokenFromTo(row, before, column);
    }
    return false;
  }

  TableBuilder Begin(std::string_view name, std::string_view what) const {
    TableBuilder table(
        name, fmt::format("Incidents: {}, {}, {} to {}", AreaName(*views_.names, request_.area_id),
                          what, PeriodLabel(periods_.front()), PeriodLabel(periods_.back())));
    table.Key("measure", "Measure").Key("label", "Type").Key("source", "Source");
    table.Key("extract", "Extract");
    return table;
  }

  static void BeginRow(const YearsRow& row, TableBuilder& table) {
    table.Row().Cell(row.measure_id).Cell(row.label).Cell(row.source).Cell(row.extract);
  }

  v1::Table Figures() {
    TableBuilder table = Begin("multi-year", "figures");
    for (const Period& period : periods_) table.Number(PeriodLabel(period), PeriodLabel(period));
    bool marked = false;
    for (const YearsRow& row : rows_) {
      BeginRow(row, table);
      for (std::size_t column = 0; column < row.values.size(); ++column) {
        const PeriodValue& value = row.values[column];
        if (value.back_loaded) ++back_loaded_;
        if (value.words.empty()) {
          table.CellOr("", value.broken ? marker::kBreak : marker::kNotAvailable);
          marked |= value.broken;
        } else if (FollowsBreak(row, column)) {
          table.MarkedCell(value.words, marker::kBreak);
          marked = true;
        } else {
          table.Cell(value.words);
        }
        table.RestsOn(value.positions);
      }
      NoteMissing(row, table);
    }
    if (marked) {
      table.Note(
          "[b] A declared break or another definition lies before this figure, or within "
          "its period: it does not compare with those before it.");
    }
    if (rows_.empty() && !context_.truth.known_on) {
      table.Note("No figure and no record of this area is held for any of these periods.");
    }
    return table.Take();
  }

  void NoteMissing(const YearsRow& row, TableBuilder& table) const {
    for (std::size_t column = 0; column < row.values.size(); ++column) {
      const std::vector<std::string>& missing = row.values[column].missing;
      if (missing.empty() || missing.size() == MonthsOf(periods_[column]).size()) continue;
      table.NoteOnce(fmt::format("[x] {}, {}: no sum for {}, for these months are not held: {}.",
                                 row.source, row.extract, PeriodLabel(periods_[column]),
                                 fmt::join(missing, ", ")));
    }
  }

  v1::Table Changes() const {
    TableBuilder table = Begin("multi-year-change", "change on the period before in percent");
    for (std::size_t column = 1; column < periods_.size(); ++column) {
      const std::string label = PeriodLabel(periods_[column]);
      table.Number(label, label);
    }
    table.Number("last_on_first", "Last on first");
    for (const YearsRow& row : rows_) {
      BeginRow(row, table);
      for (std::size_t column = 1; column < row.values.size(); ++column) {
        WriteChange(row, column - 1, column, table);
      }
      WriteChange(row, 0, row.values.size() - 1, table);
    }
    return table.Take();
  }

  void WriteChange(const YearsRow& row, std::size_t from, std::size_t to,
                   TableBuilder& table) const {
    const PeriodValue& before = row.values[from];
    const PeriodValue& after = row.values[to];
    if (before.broken || after.broken) {
      table.CellOr("", marker::kBreak);
    } else if (!before.exact || !after.exact) {
      table.CellOr("", marker::kNotAvailable);
    } else if (IsBrokenFromTo(row, from, to)) {
      table.CellOr("", marker::kBreak);
    } else {
      table.CellOr(ChangePercentText(*before.exact, *after.exact), marker::kNotApplicable);
    }
    std::vector<std::uint64_t> positions = before.positions;
    positions.insert(positions.end(), after.positions.begin(), after.positions.end());
    table.RestsOn(positions);
  }

  const ReportViews& views_;
  const MultiYearRequest& request_;
  const AnswerContext& context_;
  const std::vector<Period> periods_;
  std::vector<YearsRow> rows_;
  std::uint64_t back_loaded_ = 0;
};

}  // namespace

absl::StatusOr<TablesAnswer> MultiYear(const ReportViews& views, const MultiYearRequest& request,
                                       const AnswerContext& asked) {
  if (request.area_id.empty()) return MissingParameter("area");
  if (FindArea(*views.names, request.area_id) == nullptr) {
    return NotFound("area", "area", "UNKNOWN_AREA");
  }
  if (!PreviousPeriod(request.last)) return InvalidParameter("period", "a period");
  if (request.periods < MultiYearRequest::kPeriodsMin ||
      request.periods > MultiYearRequest::kPeriodsMax) {
    return InvalidParameter("periods",
                            fmt::format("a number from {} to {}", MultiYearRequest::kPeriodsMin,
                                        MultiYearRequest::kPeriodsMax));
  }
  const AnswerContext context = ContextOfView(asked, views.incident_counts);
  return YearsWriter(views, request, context).Write();
}

}  // namespace daybook::reports
