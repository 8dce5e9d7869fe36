#include "services/actions/domain/plan_state.h"

#include "services/commands/stream_name.h"

namespace daybook::actions {
namespace {

namespace ev = events::v1;

template <class Event, class Apply>
bool ApplyIf(const google::protobuf::Message& event, const Apply& apply) {
  if (event.GetDescriptor() != Event::descriptor()) return false;
  apply(static_cast<const Event&>(event));
  return true;
}

// The action of an event. One that was never added is made: the log is right and the fold goes on.
template <class Event>
ActionState& ActionOf(PlanState& state, const Event& event) {
  return state.actions[event.action_id()];
}

template <class Event>
Answer& NextAnswer(PlanState& state, const Event& event) {
  Answer& answer = ActionOf(state, event)
                       .answers[AnswerKey{event.period().start_date(), event.period().end_date(),
                                          event.organisation_id()}];
  answer.update.reset();
  answer.deferral.reset();
  answer.narrative = {};
  ++answer.versions;
  return answer;
}

bool EvolveHeadings(PlanState& state, const google::protobuf::Message& event) {
  return ApplyIf<ev::PlanOpened>(event, [&](const auto& e) { state.opened = e; }) ||
         ApplyIf<ev::PriorityAdded>(
             event, [&](const auto& e) { state.priorities[e.priority_id()] = e; }) ||
         ApplyIf<ev::PlanAdopted>(event, [&](const auto& e) { state.adopted = e; }) ||
         ApplyIf<ev::PriorityReworded>(
             event, [&](const auto& e) { state.rewordings[e.priority_id()] = e; }) ||
         ApplyIf<ev::PriorityRetired>(
             event, [&](const auto& e) { state.retirements[e.priority_id()] = e; }) ||
         ApplyIf<ev::CommitmentAdded>(event,
                                      [&](const auto& e) {
                                        state.commitments[{e.priority_id(), e.commitment_id()}] = e;
                                      }) ||
         ApplyIf<ev::ProjectMapped>(event,
                                    [&](const auto& e) { state.projects[e.project_id()] = e; });
}

bool EvolveActions(PlanState& state, const google::protobuf::Message& event) {
  return ApplyIf<ev::ActionAdded>(event, [&](const auto& e) { ActionOf(state, e).added = e; }) ||
         ApplyIf<ev::TargetSet>(
             event, [&](const auto& e) { ActionOf(state, e).targets[e.target_id()] = e; }) ||
         ApplyIf<ev::ActionCancelled>(event,
                                      [&](const auto& e) { ActionOf(state, e).cancelled = e; }) ||
         ApplyIf<ev::ActionCompleted>(event,
                                      [&](const auto& e) { ActionOf(state, e).completed = e; });
}

void EvolveAnswers(PlanState& state, const google::protobuf::Message& event,
                   const std::vector<eventstore::SealedPart>& parts) {
  ApplyIf<ev::UpdateSubmitted>(event, [&](const auto& e) {
    Answer& answer = NextAnswer(state, e);
    answer.update = e;
    answer.narrative = commands::SealedRowOf(kUpdateParts, parts, e.erased());
  });
  ApplyIf<ev::UpdateDeferred>(event, [&](const auto& e) { NextAnswer(state, e).deferral = e; });
}

}  // namespace

std::string PlanStream(std::string_view plan_id) { return commands::StreamName("plan", {plan_id}); }

void Evolve(PlanState& state, const google::protobuf::Message& event,
            const std::vector<eventstore::SealedPart>& parts) {
  ++state.event_count;
  if (!EvolveHeadings(state, event) && !EvolveActions(state, event)) {
    EvolveAnswers(state, event, parts);
  }
}

}  // namespace daybook::actions
