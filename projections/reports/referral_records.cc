#include "projections/reports/referral_records.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "projections/reports/dates.h"
#include "projections/reports/figure.h"
#include "projections/reports/names.h"
#include "projections/reports/plan_evidence.h"
#include "projections/views/referral_trend_view.h"

namespace daybook::reports {
namespace {

using Months = std::set<std::string>;
using PeriodOfMonth = Period (*)(std::string_view);

struct Step {
  std::string_view label;
  PeriodOfMonth period_of;
};
constexpr Step kReferralSteps[] = {
    {"by month", MonthPeriod}, {"by quarter", QuarterOf}, {"by plan year", PlanYearOf}};

// One (service, agency, area) with its months.
struct Records {
  std::string service_id;
  std::string agency;
  std::string area_id;
  std::map<std::string, std::uint64_t> count_of_month;
  std::uint64_t back_loaded = 0;
};

// The months in which the service holds any record of the agency, in any area: in those a month
// without a record of one area is a true zero.
using HeldMonths = std::map<std::pair<std::string, std::string>, Months>;

bool AllHeld(const Months& held, const Period& period) {
  const std::vector<std::string> months = MonthsOf(period);
  return std::all_of(months.begin(), months.end(),
                     [&](const std::string& month) { return held.contains(month); });
}

void WritePoint(const Records& records, const Months& held, const Period& period,
                std::optional<std::uint64_t>& previous, v1::ReferralSeries* series) {
  v1::ReferralPoint* point = series->add_points();
  *point->mutable_period() = period;
  point->set_period_label(PeriodLabel(period));
  if (!AllHeld(held, period)) {
    point->add_caveats("months-missing");
    previous.reset();
    return;
  }
  std::uint64_t count = 0;
  for (const std::string& month : MonthsOf(period)) {
    const auto it = records.count_of_month.find(month);
    if (it != records.count_of_month.end()) count += it->second;
  }
  point->set_value(std::to_string(count));
  if (previous) {
    point->set_change_percent(
        ChangePercentText(*NumberOf(std::to_string(*previous)), *NumberOf(std::to_string(count))));
  }
  previous = count;
}

v1::ReferralSeries WriteSeries(const ReportViews& views, const Records& records, const Months& held,
                               const Step& step, const v1::GetReferralTrendRequest& request) {
  v1::ReferralSeries series;
  series.set_service_id(records.service_id);
  series.set_measure_id("records");
  series.set_label("Referrals recorded, " + std::string(step.label));
  series.set_area(records.area_id.empty() ? "not stated" : AreaName(*views.names, records.area_id));
  series.set_source(OrganisationName(*views.names, records.agency));
  series.set_basis("in-period");
  std::set<std::string> starts;
  std::optional<std::uint64_t> previous;
  for (const std::string& month : held) {
    const Period period = step.period_of(month);
    if (!starts.insert(period.start_date()).second) continue;
    if (request.has_within() && !Contains(request.within(), period)) continue;
    WritePoint(records, held, period, previous, &series);
  }
  return series;
}

}  // namespace

std::vector<v1::ReferralSeries> ReferralRecordSeries(const ReportViews& views,
                                                     const v1::GetReferralTrendRequest& request,
                                                     std::uint64_t& back_loaded) {
  std::map<std::tuple<std::string, std::string, std::string>, Records> all;
  HeldMonths held;
  for (const auto& [key, cell] : views.referrals->cells().rows()) {
    if (!request.service_id().empty() && cell.service_id() != request.service_id()) continue;
    held[{cell.service_id(), cell.agency()}].insert(cell.month());
    if (!request.area_id().empty() && cell.area_id() != request.area_id()) continue;
    Records& records = all[{cell.service_id(), cell.agency(), cell.area_id()}];
    records.service_id = cell.service_id();
    records.agency = cell.agency();
    records.area_id = cell.area_id();
    records.count_of_month[cell.month()] += cell.count();
    if (!request.has_within() || Contains(request.within(), MonthPeriod(cell.month()))) {
      back_loaded += cell.back_loaded();
    }
  }
  std::vector<v1::ReferralSeries> written;
  for (const auto& [key, records] : all) {
    for (const Step& step : kReferralSteps) {
      v1::ReferralSeries series =
          WriteSeries(views, records, held.at({records.service_id, records.agency}), step, request);
      if (series.points_size() > 0) written.push_back(std::move(series));
    }
  }
  return written;
}

}  // namespace daybook::reports
