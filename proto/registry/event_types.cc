#include "proto/registry/event_types.h"

#include <map>

#include "daybook/actions/events/v1/events.pb.h"
#include "daybook/enforcement/events/v1/events.pb.h"
#include "daybook/incidents/events/v1/events.pb.h"
#include "daybook/measures/events/v1/events.pb.h"
#include "daybook/partners/events/v1/events.pb.h"
#include "daybook/referrals/events/v1/events.pb.h"
#include "daybook/scrutiny/events/v1/events.pb.h"
#include "daybook/submissions/events/v1/events.pb.h"

namespace daybook::registry {
namespace {

using google::protobuf::Message;
using TypeMap = std::map<std::string, const Message*, std::less<>>;

template <class... Events>
TypeMap MakeTypes() {
  TypeMap types;
  (types.emplace(TypeNameOf(Events::default_instance()), &Events::default_instance()), ...);
  return types;
}

// Listed by hand: linking a generated message is what registers it, so nothing may be left
// implicit.
const TypeMap& Types() {
  namespace a = actions::events::v1;
  namespace i = incidents::events::v1;
  namespace m = measures::events::v1;
  namespace p = partners::events::v1;
  namespace r = referrals::events::v1;
  namespace c = scrutiny::events::v1;
  namespace e = enforcement::events::v1;
  namespace s = submissions::events::v1;
  static const auto& types = *new TypeMap(
      MakeTypes<
          a::PlanOpened, a::PlanAdopted, a::PriorityAdded, a::PriorityReworded, a::PriorityRetired,
          a::CommitmentAdded, a::ActionAdded, a::TargetSet, a::UpdateSubmitted, a::UpdateDeferred,
          a::ActionCancelled, a::ActionCompleted, a::ProjectMapped, a::GrantAllocated,
          a::TopSliceApplied, a::FundsMoved, a::ActivityRecorded, a::ReachRecorded, e::OrderMade,
          e::OrderReviewed, e::BreachRecorded, e::StepTaken, e::TaskRaised, e::TaskActioned,
          e::PenaltyIssued, e::PenaltySettled, i::IncidentRecorded, i::IncidentRevised,
          i::IncidentVoided, i::IncidentStatedEarlier, m::MeasureDefined, m::DimensionDefined,
          m::SeriesBreakDeclared, m::ObservationRecorded, m::FigurePublished, m::TableReleased,
          m::HarmWeightSet, p::OrganisationRegistered, p::OrganisationAliasAdded,
          p::OrganisationSucceeded, p::PartnershipRegistered, p::MembershipGranted,
          p::MembershipEnded, p::AreaRegistered, r::ReferralReceived, r::ReferralStatusChanged,
          r::ReferralRevised, r::ReferralVoided, r::ReferralStatedEarlier, c::ResolutionPassed,
          c::ResponseGiven, c::AssessmentOpened, c::SectionSubmitted, c::AssessmentApproved,
          c::RiskRanked, c::ReportReleased, s::SubmissionOpened, s::SubmissionHeld,
          s::VersionAccepted, s::RowsMovedAway, s::SubmissionCompleted, s::ReadingRuleKept,
          s::ReadingRuleRevoked>());
  return types;
}

}  // namespace

const std::vector<std::string>& AllEventTypes() {
  static const auto& names = *[] {
    auto* all = new std::vector<std::string>;
    for (const auto& [name, prototype] : Types()) all->push_back(name);
    return all;
  }();
  return names;
}

const Message* PrototypeOf(std::string_view type) {
  const auto it = Types().find(type);
  return it == Types().end() ? nullptr : it->second;
}

std::string TypeNameOf(const Message& event) {
  // "daybook.<context>.events.v1.<Fact>" -> "<context>.<Fact>"
  const std::string& full = event.GetDescriptor()->full_name();
  const auto context_begin = full.find('.') + 1;
  const auto context_end = full.find('.', context_begin);
  return full.substr(context_begin, context_end - context_begin) + full.substr(full.rfind('.'));
}

std::unique_ptr<Message> DecodeEvent(std::string_view type, std::string_view payload) {
  const Message* prototype = PrototypeOf(type);
  if (prototype == nullptr) return nullptr;
  std::unique_ptr<Message> message(prototype->New());
  if (!message->ParseFromArray(payload.data(), static_cast<int>(payload.size()))) return nullptr;
  return message;
}

}  // namespace daybook::registry
