// What tests of the rules ask of an outcome, in few words.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "daybook/types/v1/types.pb.h"
#include "google/protobuf/message.h"
#include "proto/registry/event_types.h"
#include "services/commands/decision.h"
#include "services/commands/row_session.h"

namespace daybook::testing {

// "" for a decision.
inline std::string ReasonOf(const commands::Outcome& outcome) {
  const auto* rejection = std::get_if<commands::Rejection>(&outcome);
  return rejection == nullptr ? "" : rejection->reason;
}

// Fields of a rejection, in order.
inline std::vector<std::string> FieldsOf(const commands::Outcome& outcome) {
  std::vector<std::string> fields;
  if (const auto* rejection = std::get_if<commands::Rejection>(&outcome)) {
    for (const auto& problem : rejection->problems) fields.push_back(problem.field);
  }
  return fields;
}

inline std::vector<commands::DraftEvent> DraftsOf(const commands::Outcome& outcome) {
  const auto* decision = std::get_if<commands::Decision>(&outcome);
  return decision == nullptr ? std::vector<commands::DraftEvent>{} : decision->events;
}

// The only event of a decision, as the message it is.
template <class Event>
Event OnlyEvent(const commands::Outcome& outcome) {
  Event event;
  const auto drafts = DraftsOf(outcome);
  EXPECT_EQ(drafts.size(), 1U) << ReasonOf(outcome);
  if (drafts.size() == 1) {
    EXPECT_EQ(drafts[0].type, registry::TypeNameOf(event));
    EXPECT_TRUE(event.ParseFromString(drafts[0].payload));
  }
  return event;
}

// Folds what was decided, as a later load would.
template <class State>
void Apply(const commands::Outcome& outcome, State& state) {
  for (const auto& draft : DraftsOf(outcome)) {
    const auto event = registry::DecodeEvent(draft.type, draft.payload);
    ASSERT_NE(event, nullptr);
    state.Evolve(*event);
  }
}

inline types::v1::RowResults ResultsOf(const commands::Outcome& outcome) {
  const auto* decision = std::get_if<commands::Decision>(&outcome);
  EXPECT_NE(decision, nullptr) << ReasonOf(outcome);
  return decision == nullptr ? types::v1::RowResults() : commands::RowResultsOf(decision->answer);
}

// "REASON@field" of every finding of a row.
inline std::vector<std::string> FindingsOf(const types::v1::RowResult& row) {
  std::vector<std::string> findings;
  for (const auto& finding : row.findings()) {
    findings.push_back(finding.reason() + "@" + finding.field());
  }
  return findings;
}

// The command was decided and there is nothing to record.
MATCHER(ChangesNothing, "") {
  *result_listener << ReasonOf(arg);
  const auto* decision = std::get_if<commands::Decision>(&arg);
  return decision != nullptr && decision->events.empty();
}

MATCHER_P2(IsRefused, code, reason, "") {
  *result_listener << ReasonOf(arg);
  const auto* rejection = std::get_if<commands::Rejection>(&arg);
  return rejection != nullptr && rejection->code == code && rejection->reason == reason &&
         !rejection->message.empty() && !rejection->remedy.empty();
}

MATCHER_P3(IsRefused, code, reason, field, "") {
  *result_listener << ReasonOf(arg);
  const auto* rejection = std::get_if<commands::Rejection>(&arg);
  return rejection != nullptr && rejection->code == code && rejection->reason == reason &&
         !rejection->message.empty() && !rejection->remedy.empty() &&
         !rejection->problems.empty() && rejection->problems.front().field == field;
}

}  // namespace daybook::testing
