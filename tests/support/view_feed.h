// Feeds facts straight into the views, without log or engine, and asks reports of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "eventstore/core/event.h"
#include "google/protobuf/message.h"
#include "projections/core/known_day.h"
#include "projections/core/view.h"
#include "projections/reports/report_views.h"
#include "projections/views/activities_view.h"
#include "projections/views/enforcement_view.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/plan_performance_view.h"
#include "projections/views/referral_trend_view.h"
#include "projections/views/register_view.h"
#include "projections/views/returned_figures_view.h"
#include "projections/views/scrutiny_view.h"
#include "projections/views/submissions_view.h"
#include "proto/registry/event_types.h"
#include "proto/values/civil.h"

namespace daybook::testing {

// Recorded on 5 January 2026, which is also today, unless `today` says otherwise.
class ViewFeed {
 public:
  struct Options {
    std::string agency = "essex-police";
    std::string known_on = {};            // ISO day; empty = received when recorded
    std::vector<std::string> parts = {};  // names of sealed parts
  };

  // Returns the position. Views are given what they handle, as the engine does.
  std::uint64_t Add(const google::protobuf::Message& fact) { return Add(fact, Options()); }
  std::uint64_t Add(const google::protobuf::Message& fact, const Options& options) {
    eventstore::RecordedEvent recorded;
    recorded.agency = options.agency;
    recorded.position = {next_};
    recorded.record_time = values::StartOfDay(*values::ParseDay("2026-01-05"));
    recorded.event.type = registry::TypeNameOf(fact);
    if (!options.known_on.empty()) {
      recorded.event.known = {eventstore::KnownPrecision::kDay,
                              *values::ParseDay(options.known_on)};
    }
    for (const std::string& part : options.parts) {
      recorded.event.parts.emplace_back().name = part;
    }
    const projections::ViewEvent event{&recorded, &fact, projections::IsBackLoaded(recorded)};
    for (projections::View* view :
         std::vector<projections::View*>{&names, &plans, &referrals, &incidents, &submissions,
                                         &returned, &scrutiny, &enforcement, &activities}) {
      for (const projections::TypeHandling& type : view->types()) {
        if (type.type == recorded.event.type && type.handling != projections::Handling::kIgnore) {
          view->Apply(event);
        }
      }
    }
    return next_++;
  }

  reports::ReportViews Views() const {
    return {&names,    &plans,    &referrals,   &incidents, &submissions,
            &returned, &scrutiny, &enforcement, &activities};
  }

  reports::AnswerContext Context(const std::string& today = "2026-01-05") const {
    reports::AnswerContext context;
    context.today = *values::ParseDay(today);
    context.truth.checkpoint.size = next_;
    return context;
  }

  views::RegisterView names;
  views::PlanPerformanceView plans;
  views::ReferralTrendView referrals;
  views::IncidentTrendView incidents;
  views::SubmissionsView submissions;
  views::ReturnedFiguresView returned;
  views::ScrutinyView scrutiny;
  views::EnforcementView enforcement;
  views::ActivitiesView activities;

 private:
  std::uint64_t next_ = 0;
};

}  // namespace daybook::testing
