#include "services/incidents/domain/incident_commands.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "services/commands/door.h"
#include "services/commands/row_session.h"
#include "services/incidents/domain/incident_row.h"
#include "services/incidents/domain/incident_state.h"
#include "services/partners/domain/refusals.h"

namespace daybook::incidents {
namespace {

namespace ev = events::v1;
using commands::Decision;
using commands::Outcome;
using commands::Problems;
using commands::Rejection;
using commands::RowDecision;

// What stands about an incident, in the log or earlier in the message.
enum class Standing {
  kUnknown,
  kSame,
  kErased,  // the same as far as can be told: its place was erased
  kOther,
};

// The streams of one message. Not thread-safe.
class Ledger {
 public:
  Ledger(commands::StreamLoader& loader, commands::PartMatcher& parts)
      : loader_(loader), parts_(parts) {}

  // Takes out of a row that is unknown what was erased of it when it stood.
  absl::StatusOr<Standing> StandingOf(ReadRow& row) {
    if (const auto it = now_.find(row.stream); it != now_.end()) {
      const ReadRow& before = it->second;
      const bool same = SameIncident(before.incident, row.incident) &&
                        commands::SameSealed(SealedOf(before), SealedOf(row));
      return same ? Standing::kSame : Standing::kOther;
    }
    DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t count, loader_.Count(row.stream));
    if (count == 0) return Standing::kUnknown;
    IncidentState state;
    const auto evolve = [&state](const google::protobuf::Message& event,
                                 const eventstore::RecordedEvent& recorded) {
      Evolve(state, event, recorded);
    };
    DAYBOOK_RETURN_IF_ERROR(loader_.Fold(row.stream, evolve).status());
    DAYBOOK_ASSIGN_OR_RETURN(const commands::SealedComparison sealed,
                             commands::CompareSealed(parts_, kParts, state.sealed.parts,
                                                     state.sealed.erased, SealedOf(row)));
    // Voided, or known from an older extract only.
    if (!state.stands) {
      if (sealed.erased != 0) TakeErased(commands::NamesIn(kParts, sealed.erased), row);
      return Standing::kUnknown;
    }
    if (!sealed.same || !SameIncident(*state.stands, row.incident)) return Standing::kOther;
    return sealed.drops ? Standing::kErased : Standing::kSame;
  }

  void Record(const ReadRow& row) { now_.emplace(row.stream, row); }

 private:
  commands::StreamLoader& loader_;
  commands::PartMatcher& parts_;
  std::map<std::string, ReadRow> now_;  // what this message records, by stream
};

values::Problem Taken(const ev::IncidentRecorded& incident) {
  values::Problem problem;
  problem.field = incident.source_key().empty() ? "row" : "source_key";
  problem.reason = "ALREADY_EXISTS";
  problem.description = "this incident was recorded before with other content";
  problem.remedy =
      "Leave the recorded one as it is; revised records come with a later version of the file.";
  return problem;
}

RowContext ContextOf(const Circumstances& circumstances, std::string_view dataset,
                     const types::v1::CommandHead& head) {
  return {.dataset = dataset,
          .submission_id = head.submission_id(),
          .agency = circumstances.agency,
          .request_id = head.request_id(),
          .today = circumstances.today,
          .organisations = circumstances.organisations,
          .areas = circumstances.areas};
}

Problems ShapeOf(const v1::SubmitIncidentsRequest& request) {
  Problems whole;
  commands::RequireSlug("dataset", request.dataset(), whole);
  commands::CheckRowCount(static_cast<std::size_t>(request.rows_size()), whole);
  return whole;
}

// Everything that is wrong with a single incident. A force that is not registered, and nothing else
// wrong, is NOT_FOUND with the nearest spelling in the metadata, as for every command.
Rejection RefuseIncident(const Circumstances& circumstances, const v1::IncidentRow& row,
                         Problems problems) {
  for (values::Problem& problem : problems) {
    problem.field = values::FieldPath("incident", problem.field);
  }
  if (problems.size() == 1 && problems.front().reason == "UNKNOWN_ORGANISATION") {
    return partners::RejectOrganisation(problems.front().field, row.force(),
                                        circumstances.organisations);
  }
  return commands::RejectFields(std::move(problems));
}

}  // namespace

absl::StatusOr<Outcome> DecideIncident(commands::StreamLoader& loader,
                                       const Circumstances& circumstances,
                                       const v1::SubmitIncidentRequest& request) {
  Problems problems;
  commands::RequireSlug("dataset", request.dataset(), problems);
  if (!request.has_incident()) problems.push_back(commands::MissingField("incident"));
  if (!request.head().submission_id().empty()) {
    problems.push_back(commands::InvalidField("head.submission_id",
                                              "rows of a submission are sent in a session",
                                              "Use SubmitIncidents, or leave the submission out."));
  }
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  const RowContext context = ContextOf(circumstances, request.dataset(), request.head());
  auto row = RowReader(context).Read(request.incident(), 1, problems);
  if (!problems.empty()) {
    return RefuseIncident(circumstances, request.incident(), std::move(problems));
  }

  DAYBOOK_ASSIGN_OR_RETURN(const Standing standing,
                           Ledger(loader, circumstances.parts).StandingOf(*row));
  if (standing == Standing::kSame || standing == Standing::kErased) return Decision{};
  if (standing == Standing::kOther) {
    values::Problem taken = Taken(row->incident);
    taken.field = values::FieldPath("incident", taken.field);
    Rejection rejection = commands::RejectFields({std::move(taken)});
    rejection.code = absl::StatusCode::kAlreadyExists;
    return rejection;
  }
  Decision decision;
  decision.events.push_back(DraftIncident(*row));
  return decision;
}

absl::StatusOr<Outcome> DecideIncidents(commands::StreamLoader& loader,
                                        const Circumstances& circumstances,
                                        const v1::SubmitIncidentsRequest& request) {
  if (Problems whole = ShapeOf(request); !whole.empty()) {
    return commands::RejectFields(std::move(whole));
  }
  const RowContext context = ContextOf(circumstances, request.dataset(), request.head());
  RowReader reader(context);
  Ledger ledger(loader, circumstances.parts);
  std::vector<RowDecision> rows;
  rows.reserve(static_cast<std::size_t>(request.rows_size()));
  std::uint32_t place = 0;
  for (const v1::IncidentRow& given : request.rows()) {
    Problems problems;
    auto row = reader.Read(given, ++place, problems);
    if (!problems.empty()) {
      rows.push_back(commands::RefuseRow(given.row(), problems));
      continue;
    }
    DAYBOOK_ASSIGN_OR_RETURN(const Standing standing, ledger.StandingOf(*row));
    if (standing == Standing::kSame) {
      rows.push_back(commands::UnchangedRow(given.row()));
    } else if (standing == Standing::kErased) {
      rows.push_back(commands::UnchangedRow(given.row(), {commands::ErasedBefore("source_key")}));
    } else if (standing == Standing::kOther) {
      rows.push_back(commands::RefuseRow(given.row(), {Taken(row->incident)}));
    } else {
      ledger.Record(*row);
      if (row->incident.erased_size() > 0) {
        row->asks.push_back(commands::ErasedBefore("source_key"));
      }
      rows.push_back(commands::RecordRow(given.row(), {DraftIncident(*row)}, row->asks));
    }
  }
  return commands::DecideRows(std::move(rows));
}

std::variant<commands::RowsRead, Rejection> ReadIncidents(
    const Circumstances& circumstances, const v1::SubmitIncidentsRequest& request) {
  if (Problems whole = ShapeOf(request); !whole.empty()) {
    return commands::RejectFields(std::move(whole));
  }
  const RowContext context = ContextOf(circumstances, request.dataset(), request.head());
  RowReader reader(context);
  commands::RowNumbers numbers;
  commands::RowsRead read;
  for (const v1::IncidentRow& given : request.rows()) {
    Problems problems;
    const auto number = numbers.Take(given.row(), problems);
    auto row = reader.Read(given, number.value_or(0), problems);
    types::v1::RowResult& result = *read.results.add_results();
    if (!problems.empty()) {
      result = commands::RefuseRow(given.row(), problems).result;
      continue;
    }
    result = commands::StagedRow(given.row(), row->asks).result;
    std::string stream = row->stream;
    std::string month = row->incident.month();
    read.kept.push_back({*number, std::move(stream), ToStaged(*std::move(row)), std::move(month)});
  }
  return read;
}

}  // namespace daybook::incidents
