// What a file comes to, compared with what stands, before anything of it is recorded.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "daybook/submissions/events/v1/events.pb.h"
#include "daybook/types/v1/types.pb.h"
#include "eventstore/core/event_store.h"
#include "eventstore/staging/row_stage.h"
#include "services/commands/versioned_rows.h"
#include "services/submissions/application/file_coverage.h"
#include "services/submissions/application/scope_rows.h"
#include "services/submissions/domain/version_matcher.h"

namespace daybook::submissions {

// A row of the file that is to be recorded.
struct PlannedRow {
  std::uint32_t number = 0;
  std::uint32_t copy = 0;  // which of its content it is, from 1; 0 for a row with a key
  // The rank of the later extract from which on its own word holds; 0 when none has one, and the
  // row is current.
  std::uint32_t until = 0;
};

struct VersionPlan {
  events::v1::VersionCounts counts;
  std::vector<PlannedRow> rows;  // new and changed, in the order of the file
  Months months;       // in which it has rows, or which it covers; a whole file speaks for them
  Months left_months;  // others, in which rows of it stood
  std::vector<std::string> gone;  // streams that are voided
  bool loses_area = false;  // all rows of an area are among them, in every month that it covers
  std::map<std::string, std::uint32_t> moved;  // rows taken, by the stream of the scope they leave
  // Rows that cannot be taken, and rows of which something was erased before; of each the first
  // kRefusedRowsNamedMax.
  std::vector<types::v1::RowResult> refused;
  std::vector<types::v1::RowResult> erased;

  // The accepted versions next to it by day of extract.
  std::string before_submission_id;
  std::string after_submission_id;

  // Of an extract that came after later ones.
  bool history_only = false;  // complete ones cover all its months: nothing of it is current
  commands::OlderExtract older;
  std::map<std::string, std::uint32_t> not_in_it;  // streams that were not there, until which rank
  std::map<std::uint32_t, std::vector<std::string>> ended;  // streams that end at a later rank
};

struct PlanInput {
  eventstore::EventStore& store;
  const commands::VersionedRows& rows;
  const staging::RowStage& stage;
  const ScopeRows& scope;  // loaded for the months of the file
  const events::v1::SubmissionOpened& opened;
  std::uint32_t rows_read = 0;
  std::uint32_t rows_refused = 0;  // of those, by the client's reader or at the door
  // Where the file was accepted before, of one that is sent again with its refused rows.
  std::optional<eventstore::Position> accepted_before = std::nullopt;
  // Whether another file that waits holds the row whose stream has this hash.
  std::function<absl::StatusOr<bool>(const commands::RowHash& row)> awaited;
};

// Reads the whole file and what stands of its scope: 60 to 100 bytes of memory a row, 41 more for
// one with a sealed part, a second for some hundred thousand rows. A status is a failure of store,
// stage or keys.
absl::StatusOr<VersionPlan> MakePlan(const PlanInput& input);

// True when the plan would void more than goes without saying: more than 2% of what stands of a
// month, or rows of an area of which the file has none.
bool VoidsTooMuch(const VersionPlan& plan);

}  // namespace daybook::submissions
