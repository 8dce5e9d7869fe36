#include "projections/reports/pack.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "projections/calendar/calendar.h"
#include "projections/reports/dates.h"
#include "projections/reports/incident_records.h"
#include "projections/reports/names.h"
#include "projections/reports/plan_reading.h"
#include "projections/reports/report_error.h"
#include "projections/reports/table_builder.h"
#include "projections/views/enforcement_view.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/plan_performance_view.h"
#include "projections/views/referral_trend_view.h"
#include "projections/views/register_view.h"
#include "projections/views/returned_figures_view.h"
#include "projections/views/row_key.h"
#include "proto/values/period.h"

namespace daybook::reports {
namespace {

using NamedValues = std::vector<std::pair<std::string, std::string>>;

class PackWriter {
 public:
  PackWriter(const ReportViews& views, const values::Period& year, std::string label)
      : views_(views),
        year_(year),
        label_(std::move(label)),
        table_("pack", "Reports of the pack, " + label_) {
    table_.Key("file", "File").Text("report", "Report").Text("parameters", "Parameters");
  }

  // How many plans there are.
  int AddPlans(const std::string& partnership_id) {
    int plans = 0;
    const Period year = values::PeriodToProto(year_);
    for (const auto& [key, row] : views_.plans->plans().rows()) {
      const auto& plan = row.fact();
      if (plan.partnership_id() != partnership_id) continue;
      if (plan.year().start_date() != year.start_date()) continue;
      ++plans;
      const auto add = [&](const std::string& report, const std::string& suffix,
                           const std::string& period) {
        Add(fmt::format("{}-{}{}", report, plan.plan_id(), suffix), report,
            {{"plan", plan.plan_id()}, {"period", period}});
      };
      for (int quarter = 1; quarter <= 4; ++quarter) {
        add("plan-performance", fmt::format("-q{}", quarter),
            fmt::format("{} Q{}", label_, quarter));
      }
      add("plan-performance", "-year", label_);
      add("plan-silence", "-year", label_);
      if (!RowsUnder(views_.plans->projects(), views::RowKey({plan.plan_id()})).empty()) {
        Add("coverage-matrix-" + plan.plan_id(), "coverage-matrix", {{"plan", plan.plan_id()}});
      }
    }
    return plans;
  }

  // What the partnership decided and enforces.
  void AddPartnership(const std::string& partnership_id) {
    for (const char* report : {"scrutiny-tracker", "assessment-checklist", "risk-movement",
                               "priority-lineage", "orders"}) {
      Add(report, report, {{"csp", partnership_id}});
    }
    Add("funding-ledger", "funding-ledger", {{"csp", partnership_id}, {"year", label_}});
    // Where it could be October, the label says that it is a year.
    Add("activities", "activities",
        {{"csp", partnership_id}, {"within", PeriodLabel(values::PeriodToProto(year_))}});
    Add("released-reports", "released-reports", {});
    Add("members", "members",
        {{"csp", partnership_id}, {"within", PeriodLabel(values::PeriodToProto(year_))}});
    Add("enforcement-since", "enforcement-since",
        {{"csp", partnership_id}, {"since", values::PeriodToProto(year_).start_date()}});
    for (const auto& [key, row] : views_.enforcement->orders().rows()) {
      if (!row.has_fact() || row.fact().partnership_id() != partnership_id) continue;
      if (row.fact().kind() != enforcement::events::v1::OrderMade::KIND_INJUNCTION) continue;
      Add("injunction-ladder-" + row.fact().order_id(), "injunction-ladder",
          {{"order", row.fact().order_id()}});
    }
  }

  void AddArea(const std::string& area_id) {
    const std::vector<std::string> months = MonthsOf(values::PeriodToProto(year_));
    const std::string suffix = "-" + area_id;
    const std::string period =
        PeriodLabel(values::PeriodToProto(year_));  // 2009-10 is October here
    Add("incident-trend" + suffix, "incident-trend", {{"area", area_id}, {"period", period}});
    Add("incident-months" + suffix, "incident-months",
        {{"area", area_id}, {"from", months.front()}, {"to", months.back()}});
    for (const std::string& type :
         {std::string("all-excl-asb"), std::string(kAntiSocialBehaviour)}) {
      if (!HasRecords(type)) continue;
      Add(fmt::format("incident-control-chart{}-{}", suffix, type), "incident-control-chart",
          {{"area", area_id},
           {"type", type},
           {"from", months.front()},
           {"to", months.back()},
           {"wanted", "less"}});
    }
    for (const std::string& index_id : HarmIndices()) {
      Add(fmt::format("harm-index{}-{}", suffix, index_id), "harm-index",
          {{"area", area_id}, {"period", period}, {"index", index_id}});
    }
    Add("referral-trend" + suffix, "referral-trend", {{"area", area_id}, {"within", period}});
    Add("multi-year" + suffix, "multi-year", {{"area", area_id}, {"period", period}});
    if (HasPeers(area_id)) {
      Add("benchmark" + suffix, "benchmark",
          {{"area", area_id}, {"period", PeriodLabel(AssessmentYearOf(year_))}});
    }
    for (const std::string& measure_id : BrokenDownIn(area_id)) {
      Add(fmt::format("breakdown{}-{}", suffix, measure_id), "breakdown",
          {{"measure", measure_id}, {"area", area_id}});
    }
    Add("open-questions" + suffix, "open-questions", {{"area", area_id}});
    Add("figures" + suffix, "figures", {{"area", area_id}, {"within", period}});
    Add("published-figures" + suffix, "published-figures", {{"area", area_id}});
  }

  TableBuilder& table() { return table_; }

 private:
  bool HasRecords(std::string_view type) const {
    const auto& rows = views_.incidents->cells().rows();
    return std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
      return type == "all-excl-asb" ? row.second.type() != kAntiSocialBehaviour
                                    : row.second.type() == type;
    });
  }

  bool HasPeers(const std::string& area_id) const {
    const views::v1::AreaRow* own = FindArea(*views_.names, area_id);
    const auto& rows = views_.names->areas().rows();
    return own != nullptr && std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
             return row.second.kind() == own->kind() && row.second.area_id() != area_id;
           });
  }

  // Those of which a weight holds in the year.
  std::set<std::string> HarmIndices() const {
    std::set<std::string> indices;
    const std::string start = values::PeriodToProto(year_).start_date();
    for (const auto& [key, weight] : views_.names->weights().rows()) {
      if (weight.from_date() <= start) indices.insert(weight.index_id());
    }
    return indices;
  }

  // Measures of which figures by dimension are held for the area, whenever.
  std::set<std::string> BrokenDownIn(const std::string& area_id) const {
    std::set<std::string> measures;
    for (const views::SeriesBook* book :
         {&views_.incidents->series(), &views_.referrals->series(), &views_.returned->series()}) {
      for (const auto& [key, row] : book->cells().rows()) {
        if (row.fact().area_id() == area_id) measures.insert(row.fact().measure_id());
      }
    }
    return measures;
  }

  // The one that ended within the plan year, and that its assessment looks at.
  static Period AssessmentYearOf(const values::Period& year) {
    return values::PeriodToProto(calendar::AssessmentYearOf(year.start));
  }

  void Add(const std::string& file, const std::string& report, const NamedValues& parameters) {
    std::string text;
    for (const auto& [name, value] : parameters) {
      text += fmt::format("{}{}={}", text.empty() ? "" : "; ", name, value);
    }
    table_.Row().Cell(file).Cell(report).Cell(text);
  }

  const ReportViews& views_;
  const values::Period year_;
  const std::string label_;
  TableBuilder table_;
};

}  // namespace

absl::StatusOr<TablesAnswer> Pack(const ReportViews& views, const PackRequest& request,
                                  const AnswerContext& context) {
  if (request.partnership_id.empty()) return MissingParameter("csp");
  if (request.year.empty()) return MissingParameter("year");
  const auto year = values::ParsePlanYear(request.year);
  if (!year) return InvalidParameter("year", "a plan year such as 2023-24");
  const auto* partnership =
      views.names->partnerships().Find(views::RowKey({request.partnership_id}));
  if (partnership == nullptr) return NotFound("csp", "partnership", "UNKNOWN_PARTNERSHIP");
  PackWriter writer(views, *year, request.year);
  if (writer.AddPlans(request.partnership_id) == 0) {
    writer.table().Note(fmt::format(
        "No plan of {} for {} is registered: the pack has no plan tables. Open it (dataset plans), "
        "or give a year that has one.",
        partnership->name(), request.year));
  }
  writer.AddPartnership(request.partnership_id);
  for (const std::string& area_id : partnership->area_ids()) writer.AddArea(area_id);
  if (partnership->area_ids().empty()) {
    writer.table().Note(fmt::format(
        "{} has no area: the pack has no tables of incidents and referrals.", partnership->name()));
  }
  TablesAnswer answer;
  answer.tables.push_back(writer.table().Take());
  answer.truth = TruthOf(context, 0);
  return answer;
}

}  // namespace daybook::reports
