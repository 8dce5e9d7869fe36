// How an agency's files of one layout are read: answers that it keeps, so that the next file is not
// asked about again. The fold of stream "reading-rules-<agency>", and its rules.
//
// Decide is pure. Keep and Revoke load what it needs; they are what a command runs. The answer of a
// Decision is a serialised v1::ReadingRule.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "daybook/submissions/events/v1/events.pb.h"
#include "daybook/submissions/v1/submissions_service.pb.h"
#include "eventstore/core/event.h"
#include "google/protobuf/message.h"
#include "services/commands/caller.h"
#include "services/commands/decision.h"
#include "services/commands/stream_loader.h"

namespace daybook::submissions {

// Plain value; not thread-safe.
struct ReadingRules {
  // Every rule that was ever kept, the oldest first, each as it is now.
  std::vector<v1::ReadingRule> rules;

  // The one that holds for a layout of a dataset; nullptr for none.
  const v1::ReadingRule* Active(std::string_view dataset, std::string_view layout) const;
  const v1::ReadingRule* Find(std::string_view rule_id) const;
};

std::string ReadingRulesStream(std::string_view agency);

// Folds one event; others change nothing.
void Evolve(ReadingRules& state, const google::protobuf::Message& event,
            const eventstore::RecordedEvent& recorded);

// Errors as the service says (submissions_service.proto).
commands::Outcome Decide(const commands::Caller& caller, const ReadingRules& state,
                         const v1::KeepReadingRuleRequest& request);
commands::Outcome Decide(const commands::Caller& caller, const ReadingRules& state,
                         const v1::RevokeReadingRuleRequest& request);

absl::StatusOr<ReadingRules> LoadReadingRules(std::string_view agency,
                                              commands::StreamLoader& loader);
absl::StatusOr<commands::Outcome> Keep(const commands::Caller& caller,
                                       const v1::KeepReadingRuleRequest& request,
                                       commands::StreamLoader& loader);
absl::StatusOr<commands::Outcome> Revoke(const commands::Caller& caller,
                                         const v1::RevokeReadingRuleRequest& request,
                                         commands::StreamLoader& loader);

}  // namespace daybook::submissions
