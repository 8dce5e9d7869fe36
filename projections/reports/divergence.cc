#include "projections/reports/divergence.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "projections/reports/names.h"
#include "projections/reports/period_value.h"
#include "projections/reports/report_error.h"
#include "projections/reports/series.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/referral_trend_view.h"
#include "projections/views/returned_figures_view.h"
#include "proto/values/decimal.h"

namespace daybook::reports {
namespace {

using values::Decimal;
using views::v1::MeasureRow;

// A period that both series have an exact figure of.
struct CommonPeriod {
  Period period;
  PeriodValue a;
  PeriodValue b;
};

std::vector<Series> SeriesOfMeasure(const ReportViews& views, const std::string& measure_id,
                                    const std::string& area_id) {
  std::vector<Series> found;
  for (const views::SeriesBook* book :
       {&views.incidents->series(), &views.referrals->series(), &views.returned->series()}) {
    for (Series& series : SeriesOf(*book)) {
      if (series.measure_id == measure_id && series.area_id == area_id) {
        found.push_back(std::move(series));
      }
    }
  }
  return found;
}

// In order of their ends.
std::vector<CommonPeriod> PeriodsOfBoth(const ReportViews& views, const Series& a, const Series& b,
                                        const std::optional<Period>& within) {
  std::map<std::pair<std::string, std::string>, Period> periods;
  for (const Series* series : {&a, &b}) {
    for (const auto* point : series->points) {
      const Period& period = point->fact().period();
      if (within && !Contains(*within, period)) continue;
      periods[{period.end_date(), period.start_date()}] = period;
    }
  }
  std::vector<CommonPeriod> common;
  for (const auto& [days, period] : periods) {
    PeriodValue of_a = ValueOf(*views.names, a, period);
    PeriodValue of_b = ValueOf(*views.names, b, period);
    if (of_a.exact && of_b.exact) common.push_back({period, std::move(of_a), std::move(of_b)});
  }
  return common;
}

// Whether the two may not be set against each other for one of the measures.
bool BreaksBetween(const ReportViews& views, const DivergenceRequest& request,
                   const CommonPeriod& before, const CommonPeriod& now) {
  return IsBrokenBetween(*views.names, request.measure_a, before.period, before.a, now.period,
                         now.a) ||
         IsBrokenBetween(*views.names, request.measure_b, before.period, before.b, now.period,
                         now.b);
}

std::optional<Decimal> IndexOf(const PeriodValue& value, const PeriodValue& base) {
  const auto ratio = values::Ratio::Of(*value.exact * Decimal(100), *base.exact);
  if (!ratio) return std::nullopt;  // nothing is a multiple of none
  return ratio->RoundHalfUp(1);
}

void WriteIndex(const std::optional<Decimal>& index, bool anew, TableBuilder& table) {
  if (!index) {
    table.CellOr("", marker::kNotApplicable);
  } else if (anew) {
    table.MarkedCell(index->ToString(), marker::kBreak);
  } else {
    table.Cell(index->ToString());
  }
}

class DivergenceWriter {
 public:
  DivergenceWriter(const ReportViews& views, const DivergenceRequest& request)
      : views_(views),
        request_(request),
        table_("divergence",
               fmt::format("{} and {}: {}", MeasureLabel(*views.names, request.measure_a),
                           MeasureLabel(*views.names, request.measure_b),
                           AreaName(*views.names, request.area_id))) {
    table_.Key("period", "Period").Key("source_a", "From").Text("a", Label(request.measure_a));
    table_.Number("index_a", "Index").Key("source_b", "From").Text("b", Label(request.measure_b));
    table_.Number("index_b", "Index").Number("gap", "Gap, points");
  }

  void WritePair(const Series& a, const Series& b) {
    const std::vector<CommonPeriod> periods = PeriodsOfBoth(views_, a, b, request_.within);
    constexpr std::size_t kPointsMin = 2;  // one figure diverges from nothing
    if (periods.size() < kPointsMin) return;
    const CommonPeriod* base = &periods.front();
    for (std::size_t i = 0; i < periods.size(); ++i) {
      const bool anew = i > 0 && BreaksBetween(views_, request_, periods[i - 1], periods[i]);
      if (anew) base = &periods[i];
      Write(a, b, periods[i], *base, anew);
    }
    if (a.source_id != b.source_id) other_senders_ = true;
  }

  TableBuilder Finish() {
    if (table_.rows() > 0) NoteFactors();
    return std::move(table_);
  }
  std::uint64_t back_loaded() const { return back_loaded_; }

 private:
  std::string Label(const std::string& measure_id) const {
    return MeasureLabel(*views_.names, measure_id);
  }

  // Cells in the order of the columns: the sources stand between the figures.
  void Write(const Series& a, const Series& b, const CommonPeriod& now, const CommonPeriod& base,
             bool anew) {
    const auto index_a = IndexOf(now.a, base.a);
    const auto index_b = IndexOf(now.b, base.b);
    table_.Row().Cell(PeriodLabel(now.period)).Cell(OrganisationName(*views_.names, a.source_id));
    table_.Cell(now.a.words).RestsOn(now.a.positions);
    WriteIndex(index_a, anew, table_);
    table_.Cell(OrganisationName(*views_.names, b.source_id));
    table_.Cell(now.b.words).RestsOn(now.b.positions);
    WriteIndex(index_b, anew, table_);
    table_.CellOr(index_a && index_b ? (*index_a - *index_b).ToSignedString() : "",
                  marker::kNotApplicable);
    for (const PeriodValue* value : {&now.a, &now.b}) back_loaded_ += value->back_loaded ? 1 : 0;
    first_ = first_.empty() ? now.period.start_date() : std::min(first_, now.period.start_date());
    last_ = std::max(last_, now.period.end_date());
    versions_a_.insert(now.a.version);
    versions_b_.insert(now.b.version);
  }

  void NoteFactors() {
    const MeasureRow* a = FindMeasure(*views_.names, request_.measure_a);
    const MeasureRow* b = FindMeasure(*views_.names, request_.measure_b);
    if (a->definition().unit() != b->definition().unit()) {
      table_.Note(fmt::format("They count different things: {} and {}.", a->definition().unit(),
                              b->definition().unit()));
    }
    if (other_senders_) {
      table_.Note("They come from different agencies: what each hears of differs, and when.");
    }
    NoteBreaks(*a);
    NoteBreaks(*b);
    if (versions_a_.size() > 1 || versions_b_.size() > 1) {
      table_.Note("The definition of one of them changed within these periods.");
    }
    table_.Note(
        "An index is the figure as a part of the first one, times 100; it begins anew after a "
        "break "
        "([b]). What share each of these has in a gap is not known.");
  }

  void NoteBreaks(const MeasureRow& measure) {
    for (const auto& declared : measure.breaks()) {
      if (declared.date() < first_ || declared.date() > last_) continue;
      table_.Note(fmt::format("{}: {} on {}{}.", measure.definition().label(), declared.cause(),
                              declared.date(), declared.suspected() ? " (suspected)" : ""));
    }
  }

  const ReportViews& views_;
  const DivergenceRequest& request_;
  TableBuilder table_;
  std::uint64_t back_loaded_ = 0;
  bool other_senders_ = false;
  std::string first_;
  std::string last_;
  std::set<std::uint32_t> versions_a_;
  std::set<std::uint32_t> versions_b_;
};

}  // namespace

absl::StatusOr<TablesAnswer> Divergence(const ReportViews& views, const DivergenceRequest& request,
                                        const AnswerContext& context) {
  for (const auto& [parameter, measure_id] :
       {std::pair("a", request.measure_a), std::pair("b", request.measure_b)}) {
    if (measure_id.empty()) return MissingParameter(parameter);
    if (FindMeasure(*views.names, measure_id) == nullptr) {
      return NotFound(parameter, "measure", "UNKNOWN_MEASURE");
    }
  }
  if (FindArea(*views.names, request.area_id) == nullptr) {
    return NotFound("area", "area", "UNKNOWN_AREA");
  }
  DivergenceWriter writer(views, request);
  for (const Series& a : SeriesOfMeasure(views, request.measure_a, request.area_id)) {
    for (const Series& b : SeriesOfMeasure(views, request.measure_b, request.area_id)) {
      writer.WritePair(a, b);
    }
  }
  TableBuilder table = writer.Finish();
  return FinishTable(std::move(table), context, writer.back_loaded(),
                     "The two have no two periods in common of which exact figures are held.");
}

}  // namespace daybook::reports
