#include "projections/views/all_views.h"

#include "projections/views/activities_view.h"
#include "projections/views/enforcement_view.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/plan_performance_view.h"
#include "projections/views/referral_trend_view.h"
#include "projections/views/register_view.h"
#include "projections/views/returned_figures_view.h"
#include "projections/views/scrutiny_view.h"
#include "projections/views/submissions_view.h"

namespace daybook::views {

std::vector<std::unique_ptr<projections::View>> AllViews() {
  std::vector<std::unique_ptr<projections::View>> views;
  views.push_back(std::make_unique<RegisterView>());
  views.push_back(std::make_unique<PlanPerformanceView>());
  views.push_back(std::make_unique<ReferralTrendView>());
  views.push_back(std::make_unique<IncidentTrendView>());
  views.push_back(std::make_unique<SubmissionsView>());
  views.push_back(std::make_unique<ReturnedFiguresView>());
  views.push_back(std::make_unique<ScrutinyView>());
  views.push_back(std::make_unique<EnforcementView>());
  views.push_back(std::make_unique<ActivitiesView>());
  return views;
}

}  // namespace daybook::views
