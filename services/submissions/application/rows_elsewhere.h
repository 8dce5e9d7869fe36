// What is known under the key of a row of which nothing stands in the months of its file: other
// months of its scope, other scopes and other agencies may have it.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "services/commands/versioned_rows.h"
#include "services/submissions/application/extract_words.h"
#include "services/submissions/application/version_plan.h"
#include "services/submissions/domain/submission_state.h"

namespace daybook::submissions {

struct Elsewhere {
  enum class Verdict : std::uint8_t {
    kNew,        // it stands nowhere, or a later extract has the next word on it
    kEnds,       // it stands from an earlier extract, moves here, and ends at a later one
    kUnchanged,  // it stands with this content, or was said since this file came first
    kMoves,      // it stands with other content, in another month or scope of the agency
    kTaken,      // it stands with other content, and this file is not to change it
  };
  Verdict verdict = Verdict::kNew;
  std::uint32_t until = 0;  // kNew, kEnds: rank of the later extract; 0: none
  bool drops = false;       // the row has something that was erased before
  std::string month;        // where it stands
  std::string left_scope;   // kMoves: stream of the other scope that it leaves; empty: this scope
  std::string agency;       // kTaken: of another one
  Months later_months;      // in which later extracts have it
};

// Not thread-safe; refers to input and words, which has ranked the versions.
class RowsElsewhere {
 public:
  RowsElsewhere(const PlanInput& input, const ExtractWords& words) : input_(input), words_(words) {}

  // `until`: rank of the later extract that has a word on every row of its month; 0: none. Reads
  // the stream of the row. A status is a failure of store or keys.
  absl::StatusOr<Elsewhere> Look(const commands::RowIdentity& row, std::uint32_t until);

 private:
  bool HearHistory(const commands::RowStanding& standing, Elsewhere& found) const;
  absl::Status JudgeStanding(const commands::RowStanding& standing, Elsewhere& found);
  absl::StatusOr<std::string> ScopeItLeaves(const commands::RowStanding& standing);

  const PlanInput& input_;
  const ExtractWords& words_;
  std::map<std::string, std::string> scopes_;  // of submissions, as streams
};

}  // namespace daybook::submissions
