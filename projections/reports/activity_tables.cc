#include "projections/reports/activity_tables.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/figure.h"
#include "projections/reports/names.h"
#include "projections/reports/plan_reading.h"
#include "projections/reports/report_error.h"
#include "projections/views/activities_view.h"
#include "projections/views/row_key.h"
#include "proto/values/period.h"

namespace daybook::reports {
namespace {

using Activity = actions::events::v1::ActivityRecorded;
using views::v1::ActivityRow;
using views::v1::ReachRow;

struct KindWord {
  Activity::Kind kind;
  std::string_view word;
};
constexpr std::array<KindWord, 7> kKinds = {{{Activity::KIND_OPERATION, "operation"},
                                             {Activity::KIND_DAY_OF_ACTION, "day-of-action"},
                                             {Activity::KIND_CONSULTATION, "consultation"},
                                             {Activity::KIND_TRAINING, "training"},
                                             {Activity::KIND_CAMPAIGN, "campaign"},
                                             {Activity::KIND_OUTREACH, "outreach"},
                                             {Activity::KIND_SERVICE, "service"}}};

std::string WordOf(Activity::Kind kind) {
  const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                  [&](const KindWord& word) { return word.kind == kind; });
  return found == kKinds.end() ? "other" : std::string(found->word);
}

std::string WithSpaces(std::string_view slug) {
  std::string words(slug);
  std::replace(words.begin(), words.end(), '-', ' ');
  return words;
}

class ActivitiesWriter {
 public:
  ActivitiesWriter(const ReportViews& views, const ActivitiesRequest& request,
                   const AnswerContext& context)
      : views_(views), request_(request), context_(context) {}

  TablesAnswer Write() {
    const std::vector<const ActivityRow*> rows = Wanted();
    TableBuilder activities("activities", "Activities" + Within());
    activities.Key("activity", "Activity").Text("label", "Label").Text("kind", "Kind");
    activities.Text("period", "When").Text("lead", "Lead").Text("partners", "Partners");
    activities.Text("areas", "Where").Text("plan", "Plan").Text("action", "Action");
    TableBuilder reach("reach", "What they reached" + Within());
    reach.Key("activity", "Activity").Key("what", "What").Key("period", "When");
    reach.Key("area", "Where").Text("kind", "Kind").Number("count", "Count");
    for (const ActivityRow* row : rows) {
      WriteActivity(*row, activities);
      WriteReach(*row, reach);
    }
    WriteSums(reach);
    std::vector<TableBuilder> tables;
    tables.push_back(std::move(activities));
    tables.push_back(std::move(reach));
    return FinishTables(std::move(tables), context_, back_loaded_,
                        "No activity is recorded for the partnership in that time.");
  }

 private:
  // Exact counts of one thing over activities of one kind.
  struct Sum {
    Decimal total{0};
    int counts = 0;
    bool exact = true;
    std::vector<std::uint64_t> positions;
  };

  std::string Within() const {
    return request_.within ? ", " + PeriodLabel(*request_.within) : std::string();
  }

  bool InTime(const Period& period, bool ongoing) const {
    if (!request_.within) return true;
    const bool begins = period.start_date() <= request_.within->end_date();
    return begins && (ongoing || period.end_date() >= request_.within->start_date());
  }

  std::vector<const ActivityRow*> Wanted() const {
    std::vector<const ActivityRow*> rows;
    for (const auto& [key, row] : views_.activities->activities().rows()) {
      const Activity& fact = row.fact();
      const bool wanted = row.has_fact() && fact.partnership_id() == request_.partnership_id &&
                          InTime(fact.period(), fact.ongoing()) &&
                          (request_.kind.empty() || WordOf(fact.kind()) == request_.kind);
      if (wanted) rows.push_back(&row);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const ActivityRow* a, const ActivityRow* b) {
      return std::tuple(a->fact().kind(), a->fact().period().start_date()) <
             std::tuple(b->fact().kind(), b->fact().period().start_date());
    });
    return rows;
  }

  void WriteActivity(const ActivityRow& row, TableBuilder& table) {
    const Activity& fact = row.fact();
    std::vector<std::string> partners;
    for (const std::string& id : fact.partner_ids()) {
      partners.push_back(OrganisationName(*views_.names, id));
    }
    std::vector<std::string> areas;
    for (const std::string& id : fact.area_ids()) areas.push_back(AreaName(*views_.names, id));
    if (row.origin().back_loaded()) ++back_loaded_;
    table.Row().Cell(fact.activity_id()).Cell(fact.label()).Cell(WithSpaces(WordOf(fact.kind())));
    table.Cell(PeriodLabel(fact.period()) + (fact.ongoing() ? ", goes on" : ""));
    table.RestsOn({row.origin().position()});
    table.Cell(OrganisationName(*views_.names, fact.lead_organisation_id()));
    table.Cell(fmt::format("{}", fmt::join(partners, ", ")));
    table.Cell(fmt::format("{}", fmt::join(areas, ", ")));
    table.Cell(fact.plan_id()).Cell(fact.action_id());
  }

  void WriteReach(const ActivityRow& activity, TableBuilder& table) {
    const Activity& fact = activity.fact();
    for (const ReachRow* row :
         RowsUnder(views_.activities->reaches(), views::RowKey({fact.activity_id()}))) {
      const auto& reached = row->fact();
      if (!InTime(reached.period(), false)) continue;
      Figure figure;
      figure.form = Figure::Form::kNumber;
      figure.number = reached.count();
      table.Row().Cell(fact.activity_id()).Cell(WithSpaces(reached.what()));
      table.Cell(PeriodLabel(reached.period()));
      table.Cell(reached.area_id().empty() ? "" : AreaName(*views_.names, reached.area_id()));
      table.Cell(WithSpaces(WordOf(fact.kind()))).Cell(Words(figure));
      table.RestsOn({row->origin().position()});
      if (row->origin().back_loaded()) ++back_loaded_;
      Add(fact.kind(), *row, figure);
    }
  }

  // A count of a part of an activity, or of a time within another one's, may be counted twice: only
  // figures of whole activities are added up, and of those only periods that do not overlap.
  void Add(Activity::Kind kind, const ReachRow& row, const Figure& figure) {
    const auto& reached = row.fact();
    if (!reached.area_id().empty()) return;
    Sum& sum = sums_[{kind, reached.what()}];
    ++sum.counts;
    sum.positions.push_back(row.origin().position());
    const auto number = ExactNumber(figure);
    const auto period = values::PeriodFromProto(reached.period());
    auto& before = counted_[{reached.activity_id(), reached.what()}];
    const bool overlaps =
        !period || std::any_of(before.begin(), before.end(), [&](const values::Period& other) {
          return values::Overlaps(*period, other);
        });
    sum.exact = sum.exact && number.has_value() && !overlaps;
    if (number) sum.total = sum.total + *number;
    if (period) before.push_back(*period);
  }

  void WriteSums(TableBuilder& table) const {
    for (const auto& [key, sum] : sums_) {
      if (sum.counts < 2) continue;
      table.Row().Cell("All").Cell(WithSpaces(key.second)).Cell("").Cell("");
      table.Cell(WithSpaces(WordOf(key.first)));
      table.CellOr(sum.exact ? sum.total.ToString() : "", marker::kNotAvailable);
      table.RestsOn(sum.positions);
      if (!sum.exact) {
        table.NoteOnce(
            "[x] no sum: a count is no exact number, or periods of one activity overlap.");
      }
    }
  }

  const ReportViews& views_;
  const ActivitiesRequest& request_;
  const AnswerContext& context_;
  std::map<std::pair<Activity::Kind, std::string>, Sum> sums_;
  std::map<std::pair<std::string, std::string>, std::vector<values::Period>> counted_;
  std::uint64_t back_loaded_ = 0;
};

}  // namespace

absl::StatusOr<TablesAnswer> Activities(const ReportViews& views, const ActivitiesRequest& request,
                                        const AnswerContext& context) {
  if (absl::Status known = CheckPartnership(*views.names, request.partnership_id); !known.ok()) {
    return known;
  }
  const bool is_kind = request.kind.empty() ||
                       std::any_of(kKinds.begin(), kKinds.end(),
                                   [&](const KindWord& word) { return word.word == request.kind; });
  if (!is_kind) {
    return InvalidParameter("kind",
                            "operation, day-of-action, consultation, training, campaign, outreach "
                            "or service");
  }
  return ActivitiesWriter(views, request, context).Write();
}

}  // namespace daybook::reports
