#include "projections/reports/caseload.h"

#include <initializer_list>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/figure.h"
#include "projections/reports/names.h"
#include "projections/reports/report_error.h"
#include "projections/reports/series.h"
#include "projections/reports/table_builder.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/referral_trend_view.h"
#include "projections/views/returned_figures_view.h"

namespace daybook::reports {
namespace {

using measures::events::v1::ObservationRecorded;
using views::v1::ObservationRow;

// Whose cases, in periods of which kind.
using Group = std::tuple<std::string, std::string, types::v1::Period::Kind>;

// One period of a group.
struct CaseCounts {
  Period period;
  const ObservationRow* open = nullptr;
  const ObservationRow* fresh = nullptr;
  const ObservationRow* active = nullptr;
};

std::optional<Decimal> CountOf(const ObservationRow* row) {
  return row == nullptr || IsPlanned(row->fact()) ? std::nullopt : CountedNumber(row->fact());
}

std::optional<Decimal> WholeOf(const ObservationRow* row) {
  if (row == nullptr || !row->fact().has_share()) return std::nullopt;
  return NumberOf(row->fact().share().denominator());
}

class CaseloadWriter {
 public:
  CaseloadWriter(const ReportViews& views, const CaseloadRequest& request,
                 const AnswerContext& context)
      : views_(views),
        request_(request),
        context_(context),
        table_("caseload", "Cases: " + AreaName(*views.names, request.area_id)) {}

  TablesAnswer Write() {
    Collect(request_.open_id, &CaseCounts::open);
    Collect(request_.fresh_id, &CaseCounts::fresh);
    if (!request_.active_id.empty() && !context_.for_release) {
      Collect(request_.active_id, &CaseCounts::active);
    }
    Begin();
    for (const auto& [group, periods] : groups_) WriteGroup(group, periods);
    NoteOpenings();
    if (!request_.active_id.empty() && context_.for_release) {
      table_.Note("Active cases are left out: they would give new ones away.");
    }
    const bool nothing = table_.rows() == 0;
    if (nothing && !context_.truth.known_on) table_.Note("No cases are held for the area.");
    TablesAnswer answer;
    answer.tables.push_back(table_.Take());
    AddKnownNotes(context_, nothing, back_loaded_, answer.tables[0].mutable_notes());
    answer.truth = TruthOf(context_, back_loaded_);
    return answer;
  }

 private:
  void Collect(const std::string& measure_id, const ObservationRow* CaseCounts::*place) {
    for (const views::SeriesBook* book :
         {&views_.incidents->series(), &views_.referrals->series(), &views_.returned->series()}) {
      for (const auto& [key, row] : book->observations().rows()) {
        const ObservationRecorded& fact = row.fact();
        if (fact.measure_id() != measure_id || fact.area_id() != request_.area_id) continue;
        if (request_.within && !Contains(*request_.within, fact.period())) continue;
        CaseCounts& held = groups_[Group(fact.source_id(), fact.extract(), fact.period().kind())]
                                  [fact.period().start_date()];
        held.period = fact.period();
        held.*place = &row;
        if (row.origin().back_loaded()) ++back_loaded_;
      }
    }
  }

  void Begin() {
    table_.Key("period", "Period").Key("source", "Source").Key("extract", "Extract");
    table_.Number("open", "Open").Number("open_of", "Of").Number("open_percent", "%");
    table_.Number("new", "New").Number("new_of", "Of").Number("new_percent", "%");
    table_.Number("closed", "Closed").Number("new_to_date", "New to date");
    table_.Number("active", "Active").Number("began_with", "Began with");
  }

  void WriteGroup(const Group& group, const std::map<std::string, CaseCounts>& periods) {
    const CaseCounts* before = nullptr;
    std::optional<Decimal> to_date;
    std::vector<std::uint64_t> fresh_to_date;  // positions of what to_date adds up
    std::string year;
    for (const auto& [start, held] : periods) {
      const std::string own_year = PeriodLabel(PlanYearOf(start.substr(0, 7)));
      const bool begins = own_year != year;
      const bool follows = before != nullptr && Follows(before->period, held.period);
      const auto fresh = CountOf(held.fresh);
      const auto open = CountOf(held.open);
      // A year that does not begin with its first period is not added up.
      if (begins) to_date = IsFirstOfYear(held.period) ? std::optional(Decimal(0)) : std::nullopt;
      if (!begins && !follows) to_date.reset();
      to_date = to_date && fresh ? std::optional(*to_date + *fresh) : std::nullopt;
      if (begins) fresh_to_date.clear();
      for (const std::uint64_t position : PositionsOf({held.fresh})) {
        fresh_to_date.push_back(position);
      }
      const auto active = CountOf(held.active);
      const auto began = active && to_date ? std::optional(*active - *to_date) : std::nullopt;
      const auto was_open = follows ? CountOf(before->open) : std::nullopt;
      const auto opening = was_open ? was_open : (begins ? began : std::nullopt);
      const auto closed =
          opening && fresh && open ? std::optional(*opening + *fresh - *open) : std::nullopt;
      WriteRow(group, held);
      WriteNumber(closed);
      table_.RestsOn(PositionsOf({follows ? before->open : held.active, held.fresh, held.open}));
      if (closed && !was_open) has_implied_ = true;
      WriteNumber(to_date);
      table_.RestsOn(fresh_to_date);
      WriteNumber(active);
      table_.RestsOn(PositionsOf({held.active}));
      WriteNumber(began);
      std::vector<std::uint64_t> of_began = fresh_to_date;
      for (const std::uint64_t position : PositionsOf({held.active})) of_began.push_back(position);
      table_.RestsOn(of_began);
      if (began) openings_[own_year][began->ToString()].push_back(PeriodLabel(held.period));
      year = own_year;
      before = &held;
    }
  }

  static bool Follows(const Period& earlier, const Period& later) {
    const auto previous = PreviousPeriod(later);
    return previous && SamePeriod(*previous, earlier);
  }

  static bool IsFirstOfYear(const Period& period) {
    return period.start_date().substr(5) == "04-01";
  }

  void WriteRow(const Group& group, const CaseCounts& held) {
    table_.Row().Cell(PeriodLabel(held.period));
    table_.Cell(OrganisationName(*views_.names, std::get<0>(group))).Cell(std::get<1>(group));
    for (const ObservationRow* row : {held.open, held.fresh}) {
      const auto part = CountOf(row);
      const auto whole = WholeOf(row);
      WriteNumber(part);
      table_.RestsOn(PositionsOf({row}));
      WriteNumber(whole);
      table_.RestsOn(PositionsOf({row}));
      table_.CellOr(part && whole ? PercentText(*part, *whole) : "", marker::kNotAvailable);
      table_.RestsOn(PositionsOf({row}));
    }
  }

  static std::vector<std::uint64_t> PositionsOf(std::initializer_list<const ObservationRow*> rows) {
    std::vector<std::uint64_t> positions;
    for (const ObservationRow* row : rows) {
      if (row != nullptr) positions.push_back(row->origin().position());
    }
    return positions;
  }

  void WriteNumber(const std::optional<Decimal>& number) {
    table_.CellOr(number ? number->ToString() : "", marker::kNotAvailable);
  }

  void NoteOpenings() {
    for (const auto& [year, openings] : openings_) {
      if (openings.size() == 1) {
        table_.Note(fmt::format(
            "{}: active cases roll forward from {} on 1 April in every period that has them.", year,
            openings.begin()->first));
        continue;
      }
      std::vector<std::string> words;
      for (const auto& [opening, periods] : openings) {
        words.push_back(fmt::format("{} ({})", opening, fmt::join(periods, ", ")));
      }
      table_.Note(fmt::format("{}: active cases do not roll forward; they imply {} on 1 April.",
                              year, fmt::join(words, ", ")));
    }
    if (has_implied_) {
      table_.Note("Closed in a first period is from the caseload that the active cases imply.");
    }
  }

  const ReportViews& views_;
  const CaseloadRequest& request_;
  const AnswerContext& context_;
  TableBuilder table_;
  std::map<Group, std::map<std::string, CaseCounts>> groups_;  // by first day
  // By plan year: the caseloads that it is implied to have begun with, each with its periods.
  std::map<std::string, std::map<std::string, std::vector<std::string>>> openings_;
  bool has_implied_ = false;
  std::uint64_t back_loaded_ = 0;
};

absl::Status CheckMeasure(const ReportViews& views, std::string_view parameter,
                          const std::string& measure_id) {
  const views::v1::MeasureRow* row = FindMeasure(*views.names, measure_id);
  if (row == nullptr || row->definition().label().empty()) {
    return NotFound(parameter, "measure", "UNKNOWN_MEASURE");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TablesAnswer> Caseload(const ReportViews& views, const CaseloadRequest& request,
                                      const AnswerContext& context) {
  if (absl::Status known = CheckMeasure(views, "open", request.open_id); !known.ok()) return known;
  if (absl::Status known = CheckMeasure(views, "new", request.fresh_id); !known.ok()) return known;
  if (!request.active_id.empty()) {
    if (absl::Status known = CheckMeasure(views, "active", request.active_id); !known.ok()) {
      return known;
    }
  }
  if (FindArea(*views.names, request.area_id) == nullptr) {
    return NotFound("area", "area", "UNKNOWN_AREA");
  }
  return CaseloadWriter(views, request, context).Write();
}

}  // namespace daybook::reports
