// The plan's performance in one period, action by action. See plan_progress.h for the rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "eventstore/core/ids.h"
#include "projections/reports/report_views.h"
#include "projections/reports/text_opener.h"

namespace daybook::reports {

// Words of ActionProgress.update.
namespace update_word {
inline constexpr std::string_view kReported = "reported";
inline constexpr std::string_view kSilent = "silent";
inline constexpr std::string_view kLeftToPartner = "left-to-partner";
inline constexpr std::string_view kNotDue = "not-due";
}  // namespace update_word

// Where the narrative of one action is.
struct NarrativeRef {
  int action = 0;  // index in response.actions
  eventstore::Position position;
  std::string part;
};

struct PlanAnswer {
  v1::GetPlanPerformanceResponse response;
  std::vector<NarrativeRef> narratives;  // not opened yet
};

// request.as_of is not looked at: the views and the context are already as of it.
// MISSING_FIELD, INVALID_FIELD (period: not a quarter of the plan's year nor the year),
// UNKNOWN_PLAN. A plan that was not known by the day asked for gives an empty answer that says so.
absl::StatusOr<PlanAnswer> PlanPerformance(const ReportViews& views,
                                           const v1::GetPlanPerformanceRequest& request,
                                           const AnswerContext& context);

// Opens the narratives into the response; call it after the views were let go. One that does not
// open leaves a note, never an error: the figures stand without it.
void OpenNarratives(const TextOpener& opener, PlanAnswer& answer);

}  // namespace daybook::reports
