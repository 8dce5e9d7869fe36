#include "projections/reports/referral_report.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "projections/reports/caveats.h"
#include "projections/reports/dates.h"
#include "projections/reports/figure.h"
#include "projections/reports/names.h"
#include "projections/reports/published.h"
#include "projections/reports/referral_records.h"
#include "projections/reports/report_error.h"
#include "projections/reports/series.h"
#include "projections/views/referral_trend_view.h"

namespace daybook::reports {
namespace {

using measures::events::v1::ObservationRecorded;
using views::v1::ObservationRow;

constexpr std::string_view kBreakCaveat = "break";

class ReferralTrendWriter {
 public:
  ReferralTrendWriter(const ReportViews& views, const v1::GetReferralTrendRequest& request,
                      const AnswerContext& context)
      : views_(views), request_(request), context_(context) {}

  v1::GetReferralTrendResponse Write() {
    for (const Series& series : SeriesOf(views_.referrals->series())) WriteSeries(series);
    for (v1::ReferralSeries& records : ReferralRecordSeries(views_, request_, back_loaded_)) {
      *response_.add_series() = std::move(records);
    }
    SortSeries();
    for (const v1::ReferralSeries& series : response_.series()) {
      for (const v1::ReferralPoint& point : series.points()) {
        caveats_.insert(point.caveats().begin(), point.caveats().end());
      }
    }
    for (const std::string& code : caveats_) response_.add_notes(CaveatNote(code));
    for (const std::string& published : published_) response_.add_notes(published);
    AddKnownNotes(context_, response_.series().empty(), back_loaded_, response_.mutable_notes());
    *response_.mutable_truth() = TruthOf(context_, back_loaded_);
    return std::move(response_);
  }

 private:
  const measures::events::v1::MeasureDefined& Definition(const std::string& measure_id) const {
    const views::v1::MeasureRow* row = FindMeasure(*views_.names, measure_id);
    return row == nullptr ? measures::events::v1::MeasureDefined::default_instance()
                          : row->definition();
  }

  void WriteSeries(const Series& series) {
    const auto& definition = Definition(series.measure_id);
    if (!request_.service_id().empty() && definition.service_id() != request_.service_id()) return;
    if (!request_.area_id().empty() && series.area_id != request_.area_id()) return;
    v1::ReferralSeries written;
    written.set_service_id(definition.service_id());
    written.set_measure_id(series.measure_id);
    written.set_label(MeasureLabel(*views_.names, series.measure_id));
    written.set_area(AreaName(*views_.names, series.area_id));
    written.set_source(OrganisationName(*views_.names, series.source_id));
    written.set_extract(series.extract);
    written.set_basis(BasisWord(series.basis));
    for (std::size_t i = 0; i < series.points.size(); ++i) {
      if (request_.has_within() &&
          !Contains(request_.within(), series.points[i]->fact().period())) {
        continue;
      }
      WritePoint(series, i, written.add_points());
    }
    if (written.points_size() > 0) *response_.add_series() = std::move(written);
  }

  void WritePoint(const Series& series, std::size_t index, v1::ReferralPoint* point) {
    const ObservationRow& row = *series.points[index];
    const ObservationRecorded& fact = row.fact();
    *point->mutable_period() = fact.period();
    point->set_period_label(PeriodLabel(fact.period()));
    *point->mutable_caveats() = fact.caveats();
    point->set_position(row.origin().position());
    point->set_back_loaded(row.origin().back_loaded());
    if (row.origin().back_loaded()) ++back_loaded_;
    if (IsPlanned(fact)) point->add_caveats("planned");
    WriteFigure(FigureOf(fact), point);
    WritePrinted(series, fact, point);
    WriteChange(series, index, point);
  }

  static void WriteFigure(const Figure& figure, v1::ReferralPoint* point) {
    switch (figure.form) {
      case Figure::Form::kNumber:
        point->set_value(Words(figure));
        break;
      case Figure::Form::kShare: {
        point->set_value(figure.share.numerator());
        point->set_whole(figure.share.denominator());
        const auto part = NumberOf(figure.share.numerator());
        const auto whole = NumberOf(figure.share.denominator());
        if (part && whole) point->set_percent(PercentText(*part, *whole));
        point->set_printed_percent(figure.share.printed_percent());
        break;
      }
      case Figure::Form::kPrintedPercent:
        point->set_printed_percent(Words(figure));
        point->add_caveats("parts-not-given");
        break;
      case Figure::Form::kNone:
        break;
    }
  }

  // A percentage that a document printed beside the return stands in the same place.
  void WritePrinted(const Series& series, const ObservationRecorded& fact,
                    v1::ReferralPoint* point) {
    for (const auto* row : PublishedOn(views_.referrals->series(), series.measure_id,
                                       series.area_id, fact.period())) {
      if (row->fact().has_change()) {
        published_.insert("As printed: " + MeasureLabel(*views_.names, series.measure_id) + ", " +
                          PeriodLabel(fact.period()) + " against " +
                          PeriodLabel(row->fact().compared_with()) + ": " + PublishedWords(*row) +
                          ".");
      }
      if (!row->fact().has_percent() || !point->printed_percent().empty()) continue;
      point->set_printed_percent(row->fact().percent().percent());
      if (point->percent().empty()) point->add_caveats("parts-not-given");
    }
  }

  void WriteChange(const Series& series, std::size_t index, v1::ReferralPoint* point) const {
    if (series.basis == ObservationRecorded::BASIS_TO_DATE) return;
    const ObservationRecorded& current = series.points[index]->fact();
    const ObservationRecorded* previous = PreviousPoint(series, index);
    if (previous == nullptr) return;
    if (previous->measure_version() != current.measure_version() ||
        IsBroken(*views_.names, series.measure_id, previous->period(), current.period())) {
      point->add_caveats(std::string(kBreakCaveat));
      return;
    }
    point->set_change_percent(
        ChangePercentText(*CountedNumber(*previous), *CountedNumber(current)));
  }

  static const ObservationRecorded* PreviousPoint(const Series& series, std::size_t index) {
    const ObservationRecorded& current = series.points[index]->fact();
    if (!CountedNumber(current) || IsPlanned(current)) return nullptr;
    for (std::size_t i = index; i-- > 0;) {
      const ObservationRecorded& earlier = series.points[i]->fact();
      const bool comparable = series.basis == ObservationRecorded::BASIS_MONTHLY_MEAN ||
                              earlier.period().kind() == current.period().kind();
      if (comparable && !IsPlanned(earlier) && CountedNumber(earlier)) return &earlier;
    }
    return nullptr;
  }

  void SortSeries() {
    std::stable_sort(response_.mutable_series()->begin(), response_.mutable_series()->end(),
                     [this](const v1::ReferralSeries& a, const v1::ReferralSeries& b) {
                       const auto order = [this](const v1::ReferralSeries& series) {
                         return std::tuple(series.service_id(), series.measure_id() == "records",
                                           Definition(series.measure_id()).sort_order(),
                                           series.measure_id());
                       };
                       return order(a) < order(b);
                     });
  }

  const ReportViews& views_;
  const v1::GetReferralTrendRequest& request_;
  const AnswerContext& context_;
  v1::GetReferralTrendResponse response_;
  std::set<std::string> caveats_;
  std::set<std::string> published_;
  std::uint64_t back_loaded_ = 0;
};

}  // namespace

absl::StatusOr<v1::GetReferralTrendResponse> ReferralTrend(
    const ReportViews& views, const v1::GetReferralTrendRequest& request,
    const AnswerContext& asked) {
  const AnswerContext context = ContextOfView(asked, views.referral_counts);
  if (request.has_within() && !IsValidPeriod(request.within())) {
    return InvalidParameter("within", "a period");
  }
  return ReferralTrendWriter(views, request, context).Write();
}

}  // namespace daybook::reports
