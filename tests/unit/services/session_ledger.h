// A ledger in memory to which decisions are appended as the runner does it, with parts that are
// sealed without a secret.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "eventstore/memory/memory_event_store.h"
#include "gtest/gtest.h"
#include "services/commands/decision.h"
#include "services/commands/stream_loader.h"
#include "tests/support/plain_parts.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::commands {

class SessionLedger {
 public:
  // Decides with a fresh loader and appends what was decided under the revisions that it looked at.
  // The failure of a decision or an append is a failure of the test.
  template <class DecideFunction>
  Outcome Run(const DecideFunction& decide) {
    StreamLoader loader(store_);
    absl::StatusOr<Outcome> outcome = decide(loader);
    EXPECT_TRUE(outcome.ok()) << outcome.status();
    if (!outcome.ok()) return Decision{};
    if (const auto* decision = std::get_if<Decision>(&*outcome)) Append(loader, *decision);
    return *std::move(outcome);
  }

  std::uint64_t size() { return store_.Head().size; }
  eventstore::EventStore& store() { return store_; }
  // What the last decision drafted.
  const std::vector<DraftEvent>& drafts() const { return drafts_; }

  daybook::testing::PlainParts parts;

 private:
  void Append(const StreamLoader& loader, const Decision& decision) {
    drafts_ = decision.events;
    if (decision.events.empty()) return;
    eventstore::AppendRequest request;
    request.agency = "test-agency";
    request.request_id = "r" + std::to_string(++requests_);
    std::map<std::string, std::size_t> places;
    for (const DraftEvent& draft : decision.events) {
      const auto [place, added] = places.emplace(draft.stream, request.writes.size());
      if (added) {
        request.writes.push_back(
            {.stream = draft.stream, .expected = loader.Expected(draft.stream), .events = {}});
      }
      eventstore::NewEvent& event = request.writes[place->second].events.emplace_back();
      event.id = "e" + std::to_string(++events_);
      event.type = draft.type;
      event.effective = draft.effective;
      event.basis = draft.basis;
      event.payload = draft.payload;
      for (const DraftPart& part : draft.parts) {
        event.parts.push_back(
            daybook::testing::PlainPart(event.id, part.name, part.plaintext, part.subject_ref));
      }
    }
    const auto result = store_.Append(std::move(request));
    EXPECT_TRUE(result.ok()) << result.status();
  }

  eventstore::MemoryEventStore store_;
  std::vector<DraftEvent> drafts_;
  int requests_ = 0;
  int events_ = 0;
};

using daybook::testing::ReasonOf;
using daybook::testing::ResultsOf;

// "recorded", "unchanged" or "refused: FIELD REASON, FIELD REASON", a row each.
inline std::vector<std::string> Summary(const Outcome& outcome) {
  std::vector<std::string> rows;
  const types::v1::RowResults results = ResultsOf(outcome);
  for (const types::v1::RowResult& result : results.results()) {
    std::string& row = rows.emplace_back();
    if (result.outcome() == types::v1::RowResult::OUTCOME_RECORDED) row = "recorded";
    if (result.outcome() == types::v1::RowResult::OUTCOME_UNCHANGED) row = "unchanged";
    if (result.outcome() == types::v1::RowResult::OUTCOME_REFUSED) row = "refused:";
    for (const types::v1::Finding& finding : result.findings()) {
      if (row.back() != ':') row += ",";
      row += " " + finding.field() + " " + finding.reason();
    }
  }
  return rows;
}

}  // namespace daybook::commands
