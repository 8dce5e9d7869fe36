#include "services/submissions/application/rows_elsewhere.h"

#include <algorithm>

#include "eventstore/core/error.h"
#include "services/commands/stream_loader.h"
#include "services/submissions/domain/submission_commands.h"

namespace daybook::submissions {

using commands::RowStanding;
using Verdict = Elsewhere::Verdict;

absl::StatusOr<Elsewhere> RowsElsewhere::Look(const commands::RowIdentity& row,
                                              std::uint32_t until) {
  Elsewhere found;
  found.until = until;
  commands::StreamLoader loader(input_.store);
  DAYBOOK_ASSIGN_OR_RETURN(const auto standing,
                           input_.rows.LookUp(input_.scope.name(), loader, row.stream));
  if (!standing) return found;
  DAYBOOK_ASSIGN_OR_RETURN(
      const commands::SealedComparison sealed,
      input_.rows.Compare(standing->sealed.parts, standing->sealed.erased, row.sealed));
  found.drops = sealed.drops;
  found.month = standing->place.month;
  if (HearHistory(*standing, found)) return found;
  const bool is_same = sealed.same && standing->content == row.content;
  // Sent again for its refused rows, a file does not take back what was said since.
  const bool is_past = input_.accepted_before && *input_.accepted_before < standing->at;
  if (is_same || is_past) {
    found.verdict = Verdict::kUnchanged;
    found.drops = found.drops && is_same;
    return found;
  }
  DAYBOOK_RETURN_IF_ERROR(JudgeStanding(*standing, found));
  return found;
}

// Whether other extracts of the scope settle it: one of a later day has a word on the row, or it
// ends in its month where it stands from an earlier one, or it does not stand.
bool RowsElsewhere::HearHistory(const RowStanding& standing, Elsewhere& found) const {
  bool has_later = false;
  for (const commands::RowSaid& said : standing.said) {
    const std::uint32_t rank = words_.LaterRank(said.submission_id);
    if (rank == 0) continue;
    found.later_months.insert(said.place.month);
    found.until = found.until == 0 ? rank : std::min(found.until, rank);
    has_later = true;
  }
  if (has_later || !standing.stands) return true;
  if (found.until == 0) return false;
  if (!words_.IsEarlier(standing.submission_id)) return true;
  found.verdict = input_.opened.kind() == "additions" ? Verdict::kTaken : Verdict::kEnds;
  return true;
}

absl::Status RowsElsewhere::JudgeStanding(const RowStanding& standing, Elsewhere& found) {
  const commands::ScopeName& own = input_.scope.name();
  DAYBOOK_ASSIGN_OR_RETURN(found.left_scope, ScopeItLeaves(standing));
  if (found.left_scope.empty() || input_.opened.kind() == "additions") {
    found.verdict = Verdict::kTaken;
    if (standing.agency != own.agency) found.agency = standing.agency;
    return absl::OkStatus();
  }
  found.verdict = Verdict::kMoves;
  if (found.left_scope == ScopeStream(own.agency, own.dataset, own.scope)) found.left_scope.clear();
  return absl::OkStatus();
}

// The stream of the scope of this agency and dataset in which it stands; empty when it is
// somebody else's, or of a single command.
absl::StatusOr<std::string> RowsElsewhere::ScopeItLeaves(const RowStanding& standing) {
  const commands::ScopeName& own = input_.scope.name();
  if (standing.submission_id.empty() || standing.agency != own.agency) return std::string();
  const auto [it, is_new] = scopes_.try_emplace(standing.submission_id);
  if (!is_new) return it->second;
  commands::StreamLoader loader(input_.store);
  DAYBOOK_ASSIGN_OR_RETURN(const SubmissionState other, Load(standing.submission_id, loader));
  if (other.opened && other.opened->dataset() == own.dataset) {
    it->second = ScopeStream(own.agency, own.dataset, other.opened->scope());
  }
  return it->second;
}

}  // namespace daybook::submissions
