#include "services/actions/domain/activity_commands.h"

#include <utility>

#include "fmt/format.h"
#include "proto/values/period.h"
#include "proto/values/quantity.h"
#include "services/actions/domain/plan_shape.h"
#include "services/commands/event_as.h"
#include "services/commands/fingerprint.h"
#include "services/commands/stream_name.h"
#include "services/partners/domain/refusals.h"

namespace daybook::actions {

namespace ev = events::v1;
using commands::InvalidField;
using commands::Outcome;
using commands::Problems;
using Activity = ev::ActivityRecorded;
using Reach = ev::ReachRecorded;

namespace {

constexpr int kNamesMax = 100;

ActivityState::ReachKey KeyOf(const Reach& reached) {
  return {reached.period().start_date(), reached.period().end_date(), reached.area_id(),
          reached.what()};
}

void CheckKind(Activity::Kind kind, Problems& problems) {
  if (!Activity::Kind_IsValid(kind)) {
    problems.push_back(commands::UnknownValue(
        "kind", "operation, day-of-action, consultation, training, campaign, outreach or service"));
  } else if (kind == Activity::KIND_UNSPECIFIED) {
    problems.push_back(commands::MissingField("kind"));
  }
}

void CheckCount(std::string_view field, int count, Problems& problems) {
  if (count <= kNamesMax) return;
  problems.push_back(
      InvalidField(field, "has more than 100 entries", "Record several activities."));
}

// Names as they are registered, by id, name or alias; a problem for each that is not.
class Resolver {
 public:
  Resolver(const ActivityRegisters& registers, Problems& problems)
      : registers_(registers), problems_(problems) {}

  std::string Organisation(const std::string& field, const std::string& given) const {
    if (const auto* found = registers_.organisations.Resolve(given)) return found->id();
    problems_.push_back(partners::UnknownOrganisation(field, given, registers_.organisations));
    return "";
  }
  std::string Area(const std::string& field, const std::string& given) const {
    if (const auto* found = registers_.areas.Resolve(given, "district").area) {
      return found->area_id();
    }
    problems_.push_back(partners::UnknownArea(field, given, registers_.areas));
    return "";
  }

 private:
  const ActivityRegisters& registers_;
  Problems& problems_;
};

// What is not registered is not found; the rest is wrong.
commands::Rejection RefuseNames(Problems problems) {
  commands::Rejection rejection = commands::RejectFields(std::move(problems));
  rejection.code = absl::StatusCode::kNotFound;
  return rejection;
}

Activity ActivityOf(const v1::RecordActivityRequest& request, const Resolver& names) {
  Activity event;
  event.set_activity_id(request.activity_id());
  event.set_partnership_id(request.partnership_id());
  event.set_kind(request.kind());
  event.set_label(request.label());
  *event.mutable_period() = request.period();
  event.set_ongoing(request.ongoing());
  event.set_lead_organisation_id(names.Organisation("lead", request.lead()));
  for (int i = 0; i < request.partners_size(); ++i) {
    event.add_partner_ids(names.Organisation(fmt::format("partners[{}]", i), request.partners(i)));
  }
  for (int i = 0; i < request.areas_size(); ++i) {
    event.add_area_ids(names.Area(fmt::format("areas[{}]", i), request.areas(i)));
  }
  event.set_plan_id(request.plan_id());
  event.set_action_id(request.action_id());
  return event;
}

void CheckWithin(const Activity& activity, const values::Period& period, Problems& problems) {
  const auto whole = values::PeriodFromProto(activity.period());
  if (!whole) return;
  const bool before = period.end_exclusive <= whole->start;
  const bool after = period.start >= whole->end_exclusive && !activity.ongoing();
  if (!before && !after) return;
  problems.push_back(InvalidField("period", "has no day in common with the activity",
                                  "Correct the period, or record the activity with its real one."));
}

}  // namespace

std::string ActivityStream(std::string_view activity_id) {
  return commands::StreamName("activity", {activity_id});
}

void Evolve(ActivityState& state, const google::protobuf::Message& event) {
  if (const auto* recorded = commands::EventAs<Activity>(event)) state.recorded = *recorded;
  if (const auto* reached = commands::EventAs<Reach>(event)) {
    state.reached[KeyOf(*reached)] = *reached;
  }
}

Outcome Decide(const ActivityState& state, const ActivityRegisters& registers,
               const v1::RecordActivityRequest& request) {
  Problems problems;
  commands::RequireSlug("activity_id", request.activity_id(), problems);
  commands::RequireSlug("partnership_id", request.partnership_id(), problems);
  CheckKind(request.kind(), problems);
  commands::RequireText("label", request.label(), kLabelBytesMax, problems);
  const auto period = values::PeriodFromProto("period", request.period(), problems);
  commands::RequireText("lead", request.lead(), commands::kNameBytesMax, problems);
  CheckCount("partners", request.partners_size(), problems);
  CheckCount("areas", request.areas_size(), problems);
  commands::CheckSlug("plan_id", request.plan_id(), problems);
  if (!request.action_id().empty()) RequireId("action_id", request.action_id(), problems);
  if (request.plan_id().empty() && !request.action_id().empty()) {
    problems.push_back(InvalidField("plan_id", "is missing beside an action",
                                    "Name the plan whose action it is."));
  }
  if (!problems.empty()) return commands::RejectFields(std::move(problems));
  if (!registers.partnerships.Contains(request.partnership_id())) {
    return partners::RejectPartnership("partnership_id");
  }
  const Activity event = ActivityOf(request, Resolver(registers, problems));
  if (!problems.empty()) return RefuseNames(std::move(problems));
  if (state.recorded && commands::SaysTheSame(*state.recorded, event)) return commands::Decision{};
  return commands::OneEvent(ActivityStream(request.activity_id()), event,
                            values::EffectiveOf(*period));
}

Outcome Decide(const ActivityState& state, const ActivityRegisters& registers,
               const v1::RecordReachRequest& request) {
  Problems problems;
  commands::RequireSlug("activity_id", request.activity_id(), problems);
  const auto period = values::PeriodFromProto("period", request.period(), problems);
  commands::RequireSlug("what", request.what(), problems);
  values::CheckQuantity("count", request.count(), {}, problems);
  if (!problems.empty()) return RefuseProblems(std::move(problems));
  if (!state.recorded) {
    return commands::Refuse(absl::StatusCode::kNotFound, "UNKNOWN_ACTIVITY", "activity_id",
                            "the activity was never recorded",
                            "Record the activity, or correct its id.");
  }
  CheckWithin(*state.recorded, *period, problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));
  Reach event;
  if (!request.area().empty()) {
    event.set_area_id(Resolver(registers, problems).Area("area", request.area()));
    if (!problems.empty()) return RefuseNames(std::move(problems));
  }
  event.set_activity_id(request.activity_id());
  *event.mutable_period() = request.period();
  event.set_what(request.what());
  *event.mutable_count() = request.count();
  const auto stands = state.reached.find(KeyOf(event));
  if (stands != state.reached.end() && commands::SaysTheSame(stands->second, event)) {
    return commands::Decision{};
  }
  return commands::OneEvent(ActivityStream(request.activity_id()), event,
                            values::EffectiveOf(*period));
}

}  // namespace daybook::actions
