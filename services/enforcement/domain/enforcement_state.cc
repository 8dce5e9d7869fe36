#include "services/enforcement/domain/enforcement_state.h"

#include "services/commands/event_as.h"
#include "services/commands/stream_name.h"

namespace daybook::enforcement {

namespace ev = events::v1;

void Evolve(OrderState& state, const google::protobuf::Message& event) {
  if (const auto* made = commands::EventAs<ev::OrderMade>(event)) state.made = *made;
  if (const auto* reviewed = commands::EventAs<ev::OrderReviewed>(event))
    state.reviews.push_back(*reviewed);
}

void Evolve(BreachCaseState& state, const google::protobuf::Message& event) {
  if (const auto* breach = commands::EventAs<ev::BreachRecorded>(event)) {
    state.breaches[breach->breach_id()] = *breach;
  }
  if (const auto* step = commands::EventAs<ev::StepTaken>(event)) state.steps.push_back(*step);
}

void Evolve(TaskState& state, const google::protobuf::Message& event) {
  if (const auto* raised = commands::EventAs<ev::TaskRaised>(event)) state.raised = *raised;
  if (const auto* actioned = commands::EventAs<ev::TaskActioned>(event)) state.actioned = *actioned;
}

void Evolve(PenaltyState& state, const google::protobuf::Message& event) {
  if (const auto* issued = commands::EventAs<ev::PenaltyIssued>(event)) state.issued = *issued;
  if (const auto* settled = commands::EventAs<ev::PenaltySettled>(event)) state.settled = *settled;
}

std::string OrderStream(std::string_view order_id) {
  return commands::StreamName("order", {order_id});
}

std::string PersonSpace(std::string_view order_id) {
  return std::string("breaches/").append(order_id);
}

std::string BreachCaseStream(std::string_view order_id, std::string_view subject) {
  return commands::StreamName("breachcase", {order_id, subject});
}

std::string TaskStream(std::string_view task_id) { return commands::StreamName("task", {task_id}); }

std::string PenaltyStream(std::string_view penalty_id) {
  return commands::StreamName("penalty", {penalty_id});
}

}  // namespace daybook::enforcement
