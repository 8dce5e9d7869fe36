#include "services/commands/row_session.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "eventstore/core/limits.h"

namespace daybook::commands {
namespace {

using types::v1::Finding;
using types::v1::RowResult;
namespace limits = eventstore::limits;

RowDecision Decided(std::uint32_t row, RowResult::Outcome outcome, Finding::Level level,
                    const Problems& problems) {
  RowDecision decision;
  decision.result.set_row(row);
  decision.result.set_outcome(outcome);
  for (const values::Problem& problem : problems) {
    Finding* finding = decision.result.add_findings();
    finding->set_level(level);
    finding->set_field(problem.field);
    finding->set_reason(problem.reason);
    finding->set_description(problem.description);
    finding->set_remedy(problem.remedy);
  }
  return decision;
}

bool FitsOneRequest(const Decision& decision) {
  std::size_t bytes = 0;
  for (const DraftEvent& event : decision.events) {
    bytes += event.payload.size();
    for (const DraftPart& part : event.parts) bytes += part.plaintext.size() + 64;
  }
  return decision.events.size() <= limits::kEventsPerRequestMax &&
         bytes <= limits::kRequestBytesMax && decision.answer.size() <= limits::kAnswerBytesMax;
}

}  // namespace

RowDecision RecordRow(std::uint32_t row, std::vector<DraftEvent> events, const Problems& ask) {
  RowDecision decision = Decided(row, RowResult::OUTCOME_RECORDED, Finding::LEVEL_ASK, ask);
  decision.events = std::move(events);
  return decision;
}

RowDecision UnchangedRow(std::uint32_t row, const Problems& ask) {
  return Decided(row, RowResult::OUTCOME_UNCHANGED, Finding::LEVEL_ASK, ask);
}

RowDecision StagedRow(std::uint32_t row, const Problems& ask) {
  return Decided(row, RowResult::OUTCOME_STAGED, Finding::LEVEL_ASK, ask);
}

RowDecision RefuseRow(std::uint32_t row, const Problems& problems) {
  return Decided(row, RowResult::OUTCOME_REFUSED, Finding::LEVEL_REFUSED, problems);
}

Outcome DecideRows(std::vector<RowDecision> rows) {
  Decision decision;
  types::v1::RowResults results;
  results.mutable_results()->Reserve(static_cast<int>(rows.size()));
  for (RowDecision& row : rows) {
    *results.add_results() = std::move(row.result);
    std::move(row.events.begin(), row.events.end(), std::back_inserter(decision.events));
  }
  decision.answer = results.SerializeAsString();
  // Without events nothing is stored, and the limits of the store do not bind.
  if (decision.events.empty() || FitsOneRequest(decision)) return decision;
  Rejection rejection;
  rejection.code = absl::StatusCode::kInvalidArgument;
  rejection.reason = "TOO_LARGE";
  rejection.message =
      "The rows of this message and their findings are more than one request holds.";
  rejection.remedy = "Send fewer rows in a message.";
  return rejection;
}

types::v1::RowResults RowResultsOf(std::string_view answer) {
  types::v1::RowResults results;
  if (!results.ParseFromArray(answer.data(), static_cast<int>(answer.size()))) results.Clear();
  return results;
}

bool AnyRecorded(const types::v1::RowResults& results) {
  return std::any_of(results.results().begin(), results.results().end(), [](const RowResult& row) {
    return row.outcome() == RowResult::OUTCOME_RECORDED;
  });
}

}  // namespace daybook::commands
