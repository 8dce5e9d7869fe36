// What the rules of a plan look at: everything that was said about one plan, folded.
//
// One stream a plan, "plan-<plan_id>". The state holds the facts themselves, not figures derived
// from them. Plain values; not thread-safe.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daybook/actions/events/v1/events.pb.h"
#include "eventstore/core/event.h"
#include "google/protobuf/message.h"
#include "services/commands/sealed_row.h"

namespace daybook::actions {

// Whose answer, for which period. The organisation is empty where a report leaves the answer to
// another partner without saying who leaves it.
struct AnswerKey {
  std::string period_start;  // ISO 8601; the kind follows from both ends
  std::string period_end;
  std::string organisation_id;
  friend auto operator<=>(const AnswerKey&, const AnswerKey&) = default;
};

// The latest answer for a key: an update or a deferral, whichever came last.
struct Answer {
  std::optional<events::v1::UpdateSubmitted> update;
  std::optional<events::v1::UpdateDeferred> deferral;
  commands::SealedRow narrative;  // of the update
  std::uint32_t versions = 0;     // how many answers there were for this key
};

struct ActionState {
  events::v1::ActionAdded added;
  std::map<std::string, events::v1::TargetSet> targets;  // by target id
  std::map<AnswerKey, Answer> answers;
  std::optional<events::v1::ActionCancelled> cancelled;
  std::optional<events::v1::ActionCompleted> completed;
};

struct PlanState {
  std::uint64_t event_count = 0;  // the plan's revision is one less
  std::optional<events::v1::PlanOpened> opened;
  std::optional<events::v1::PlanAdopted> adopted;
  std::map<std::string, events::v1::PriorityAdded> priorities;
  std::map<std::string, events::v1::PriorityReworded> rewordings;  // the latest of each heading
  std::map<std::string, events::v1::PriorityRetired> retirements;  // by heading
  // By (priority, commitment).
  std::map<std::pair<std::string, std::string>, events::v1::CommitmentAdded> commitments;
  std::map<std::string, ActionState> actions;
  std::map<std::string, events::v1::ProjectMapped> projects;  // the latest of each
};

// The sealed part of an update that holds its narrative, and the dataset of its retention key.
inline constexpr std::string_view kNarrativePart = "narrative";
inline constexpr std::string_view kNarrativeDataset = "plan-updates";

// The sealed parts of an update.
inline constexpr std::array<std::string_view, 1> kUpdateParts = {kNarrativePart};

// Stream of a plan.
std::string PlanStream(std::string_view plan_id);

// Folds one event, with what is sealed of it. Every event counts for the revision; an event of
// another context changes nothing else. Never fails: what is in the log has happened.
void Evolve(PlanState& state, const google::protobuf::Message& event,
            const std::vector<eventstore::SealedPart>& parts = {});

}  // namespace daybook::actions
