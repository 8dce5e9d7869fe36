// What the rules of enforcement look at: one order, one person's breaches of it, one task, one
// penalty.
//
// Streams "order-<id>", "breachcase-<order>/<opaque id of the person>", "task-<id>",
// "penalty-<id>". The states hold the facts themselves. Plain values; not thread-safe.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/enforcement/events/v1/events.pb.h"
#include "google/protobuf/message.h"

namespace daybook::enforcement {

struct OrderState {
  std::optional<events::v1::OrderMade> made;
  std::vector<events::v1::OrderReviewed> reviews;  // in order of arrival
};

struct BreachCaseState {
  std::map<std::string, events::v1::BreachRecorded> breaches;  // by breach id
  std::vector<events::v1::StepTaken> steps;                    // in order of arrival
};

struct TaskState {
  std::optional<events::v1::TaskRaised> raised;
  std::optional<events::v1::TaskActioned> actioned;
};

struct PenaltyState {
  std::optional<events::v1::PenaltyIssued> issued;
  std::optional<events::v1::PenaltySettled> settled;
};

// Fold one event; others change nothing.
void Evolve(OrderState& state, const google::protobuf::Message& event);
void Evolve(BreachCaseState& state, const google::protobuf::Message& event);
void Evolve(TaskState& state, const google::protobuf::Message& event);
void Evolve(PenaltyState& state, const google::protobuf::Message& event);

std::string OrderStream(std::string_view order_id);
std::string BreachCaseStream(std::string_view order_id, std::string_view person);
// Within which a reference to a person has one opaque id: the same one of two orders is two.
std::string PersonSpace(std::string_view order_id);
std::string TaskStream(std::string_view task_id);
std::string PenaltyStream(std::string_view penalty_id);

}  // namespace daybook::enforcement
