// What the append sessions (streamed submissions of rows) share: one message holds up to 500 rows,
// good rows are recorded together, refused ones are findings, and every row gets a result. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/types/v1/types.pb.h"
#include "services/commands/decision.h"
#include "services/commands/door.h"

namespace daybook::commands {

// What was decided for one row: a result, and the events to record (only for OUTCOME_RECORDED).
struct RowDecision {
  types::v1::RowResult result;
  std::vector<DraftEvent> events;
};

// Recorded; `ask` is what somebody should confirm although it was recorded.
RowDecision RecordRow(std::uint32_t row, std::vector<DraftEvent> events, const Problems& ask = {});

// Was recorded before with the same content; `ask` as above.
RowDecision UnchangedRow(std::uint32_t row, const Problems& ask = {});

// Waits for the completion of its submission; `ask` as above.
RowDecision StagedRow(std::uint32_t row, const Problems& ask = {});

// Refused; at least one problem.
RowDecision RefuseRow(std::uint32_t row, const Problems& problems);

// The whole message's outcome: the events of all good rows in the order of the rows, and the
// results as answer. Without a good row there are no events: nothing is stored and the message is
// decided again when it is sent again. TOO_LARGE when results or events are more than one request
// can hold.
Outcome DecideRows(std::vector<RowDecision> rows);

// The results in the answer of such a command; empty for an answer of another kind.
types::v1::RowResults RowResultsOf(std::string_view answer);

// True when a row was recorded, now or when the message came first: the response has a receipt.
bool AnyRecorded(const types::v1::RowResults& results);

}  // namespace daybook::commands
