#include "services/referrals/domain/referral_commands.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/core/refusals.h"
#include "services/commands/door.h"
#include "services/commands/row_session.h"
#include "services/partners/domain/refusals.h"
#include "services/referrals/domain/referral_row.h"

namespace daybook::referrals {
namespace {

namespace ev = events::v1;
using commands::Decision;
using commands::InvalidField;
using commands::Outcome;
using commands::Problems;
using commands::Rejection;
using commands::RowDecision;

// What stands in clear; where it came from and its row number are not its content.
bool SameReferral(const ev::ReferralReceived& a, const ev::ReferralReceived& b) {
  return a.referral_id() == b.referral_id() && a.service_id() == b.service_id() &&
         a.month() == b.month() && a.area_id() == b.area_id() && a.status() == b.status();
}

values::Problem Taken() {
  values::Problem problem;
  problem.field = "referral_id";
  problem.reason = "ALREADY_EXISTS";
  problem.description = "a referral with this id was recorded before with other content";
  problem.remedy = "Choose another id; to record what became of a referral, change its status.";
  return problem;
}

RowContext ContextOf(const Circumstances& circumstances, const types::v1::CommandHead& head) {
  return {.agency = circumstances.agency,
          .submission_id = head.submission_id(),
          .today = circumstances.today,
          .areas = circumstances.areas,
          .services = circumstances.services};
}

Rejection Refuse(absl::StatusCode code, std::vector<values::Problem> problems) {
  Rejection rejection = commands::RejectFields(std::move(problems));
  rejection.code = code;
  return rejection;
}

// Everything that is wrong with a single referral. An area that is not registered, and nothing else
// wrong, is NOT_FOUND with the nearest name in the metadata, as for every command.
Rejection RefuseReferral(const Circumstances& circumstances, const v1::ReferralRow& row,
                         Problems problems) {
  for (values::Problem& problem : problems) {
    problem.field = values::FieldPath("referral", problem.field);
  }
  if (problems.size() == 1 && problems.front().reason == "UNKNOWN_AREA") {
    return partners::RejectArea(problems.front().field, row.area(), circumstances.areas);
  }
  return commands::RejectFields(std::move(problems));
}

Rejection WrongState(std::string description, std::string remedy) {
  values::Problem problem;
  problem.field = "status";
  problem.reason = "WRONG_STATE";
  problem.description = std::move(description);
  problem.remedy = std::move(remedy);
  return Refuse(absl::StatusCode::kFailedPrecondition, {std::move(problem)});
}

// Declined and closed are ends; nothing goes back to "received".
bool IsEnd(std::string_view status) { return status == "declined" || status == "closed"; }

absl::StatusOr<ReferralState> Load(commands::StreamLoader& loader, const std::string& stream) {
  ReferralState state;
  DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t count, loader.Count(stream));
  if (count == 0) return state;  // as nearly every row of a session
  DAYBOOK_RETURN_IF_ERROR(loader
                              .Fold(stream,
                                    [&state](const google::protobuf::Message& event,
                                             const eventstore::RecordedEvent& recorded) {
                                      Evolve(state, event, recorded);
                                    })
                              .status());
  return state;
}

// What stands under the id of a row.
enum class Standing {
  kUnknown,  // nothing, or not any more
  kSame,
  kErased,  // the same as far as can be told: something of the row was erased
  kOther,
};

// Takes out of a row that is unknown what was erased of it when it stood.
absl::StatusOr<Standing> StandingOf(const ReferralState& referral,
                                    const Circumstances& circumstances, ReadRow& row) {
  if (referral.event_count == 0) return Standing::kUnknown;
  DAYBOOK_ASSIGN_OR_RETURN(
      const commands::SealedComparison sealed,
      commands::CompareSealed(circumstances.parts, kParts, referral.sealed.parts,
                              referral.sealed.erased, SealedOf(row)));
  if (!referral.received.has_value()) {
    TakeErased(commands::NamesIn(kParts, sealed.erased), row);
    return Standing::kUnknown;
  }
  if (!sealed.same || !SameReferral(*referral.received, row.referral)) return Standing::kOther;
  return sealed.drops ? Standing::kErased : Standing::kSame;
}

// The same within one message, where nothing was sealed yet.
Standing StandingOf(const ReadRow& before, const ReadRow& row) {
  return SameReferral(before.referral, row.referral) &&
                 commands::SameSealed(SealedOf(before), SealedOf(row))
             ? Standing::kSame
             : Standing::kOther;
}

// Empty for an id that cannot be taken, and, unless it shall be made, for one that is not known.
absl::StatusOr<std::string> OpaqueIdOf(const Circumstances& circumstances, const std::string& id,
                                       bool make) {
  Problems problems;
  RequireReferralId("referral_id", id, problems);
  if (!problems.empty()) return std::string();
  DAYBOOK_ASSIGN_OR_RETURN(
      auto ids, circumstances.ids.IdsOf(ReferralIdSpace(circumstances.agency), {id}, make));
  return std::move(ids.front());
}

struct RowOrProblems {
  std::optional<ReadRow> row;
  Problems problems;
};

// The rows of a message, with their opaque ids, which are made with one sync.
absl::StatusOr<std::vector<RowOrProblems>> ReadRows(const Circumstances& circumstances,
                                                    const v1::SubmitReferralsRequest& request) {
  const RowContext context = ContextOf(circumstances, request.head());
  std::vector<RowOrProblems> rows;
  std::vector<std::string> names;
  for (const v1::ReferralRow& given : request.rows()) {
    RowOrProblems& row = rows.emplace_back();
    row.row = ReadReferral(context, given, row.problems);
    if (row.row) names.push_back(given.referral_id());
  }
  DAYBOOK_ASSIGN_OR_RETURN(
      const auto ids,
      circumstances.ids.IdsOf(ReferralIdSpace(circumstances.agency), names, /*make=*/true));
  auto next = ids.begin();
  for (RowOrProblems& row : rows) {
    if (row.row) row.row->referral.set_referral_id(*next++);
  }
  return rows;
}

RowDecision DecideRow(Standing standing, std::string_view agency, std::uint32_t number,
                      const ReadRow& row) {
  switch (standing) {
    case Standing::kUnknown:
      return commands::RecordRow(
          number, {DraftReferral(ReferralStream(agency, row.referral.referral_id()), row)},
          row.referral.erased_size() > 0 ? Problems{commands::ErasedBefore("referral_id")}
                                         : Problems());
    case Standing::kSame:
      return commands::UnchangedRow(number);
    case Standing::kErased:
      return commands::UnchangedRow(number, {commands::ErasedBefore("referral_id")});
    case Standing::kOther:
      break;
  }
  return commands::RefuseRow(number, {Taken()});
}

}  // namespace

absl::StatusOr<Outcome> Decide(const ReferralState& referral, const Circumstances& circumstances,
                               const std::string& opaque_id,
                               const v1::SubmitReferralRequest& request) {
  if (!request.has_referral()) return commands::RejectFields({commands::MissingField("referral")});
  if (!request.head().submission_id().empty()) {
    return commands::RejectFields(
        {commands::InvalidField("head.submission_id", "rows of a submission are sent in a session",
                                "Use SubmitReferrals, or leave the submission out.")});
  }
  const RowContext context = ContextOf(circumstances, request.head());
  Problems problems;
  auto row = ReadReferral(context, request.referral(), problems);
  if (!problems.empty()) {
    return RefuseReferral(circumstances, request.referral(), std::move(problems));
  }
  row->referral.set_referral_id(opaque_id);
  DAYBOOK_ASSIGN_OR_RETURN(const Standing standing, StandingOf(referral, circumstances, *row));
  if (standing != Standing::kUnknown) {
    if (standing != Standing::kOther) return Decision{};
    values::Problem taken = Taken();
    taken.field = values::FieldPath("referral", taken.field);
    return Refuse(absl::StatusCode::kAlreadyExists, {std::move(taken)});
  }
  Decision decision;
  decision.events.push_back(DraftReferral(ReferralStream(context.agency, opaque_id), *row));
  return decision;
}

Outcome Decide(const ReferralState& referral, const Circumstances& circumstances,
               const std::string& opaque_id, const v1::ChangeReferralStatusRequest& request) {
  Problems problems;
  RequireReferralId("referral_id", request.referral_id(), problems);
  commands::RequireOneOf("status", request.status(), {"accepted", "declined", "closed"}, problems);
  const auto month = RequireMonth("month", request.month(), circumstances.today, problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  if (!referral.received.has_value()) {
    values::Problem problem;
    problem.field = "referral_id";
    problem.reason = "UNKNOWN_REFERRAL";
    problem.description = "the referral is not known";
    problem.remedy = "Submit the referral first, or correct its id.";
    return Refuse(absl::StatusCode::kNotFound, {std::move(problem)});
  }
  if (referral.status() == request.status() && referral.status_month() == request.month()) {
    return Decision{};
  }
  if (IsEnd(referral.status())) {
    return WrongState("the referral was declined or closed before",
                      "Leave it, or submit a new referral.");
  }
  if (referral.status() == request.status()) {
    return WrongState("the referral has this status since another month",
                      "Leave it, or record the next step.");
  }
  // Months of one form compare as text.
  if (request.month() < referral.status_month()) {
    return commands::RejectFields(
        {InvalidField("month", "the month is before that of the present status",
                      "Give the month in which the status changed.")});
  }
  ev::ReferralStatusChanged changed;
  changed.set_referral_id(opaque_id);
  changed.set_status(request.status());
  changed.set_month(request.month());
  Decision decision;
  decision.events.push_back(
      commands::MakeDraft(ReferralStream(circumstances.agency, opaque_id), changed, *month));
  return decision;
}

absl::StatusOr<Outcome> DecideReferral(commands::StreamLoader& loader,
                                       const Circumstances& circumstances,
                                       const v1::SubmitReferralRequest& request) {
  DAYBOOK_ASSIGN_OR_RETURN(
      const std::string id,
      OpaqueIdOf(circumstances, request.referral().referral_id(), /*make=*/true));
  DAYBOOK_ASSIGN_OR_RETURN(const ReferralState state,
                           Load(loader, ReferralStream(circumstances.agency, id)));
  return Decide(state, circumstances, id, request);
}

absl::StatusOr<Outcome> DecideStatusChange(commands::StreamLoader& loader,
                                           const Circumstances& circumstances,
                                           const v1::ChangeReferralStatusRequest& request) {
  DAYBOOK_ASSIGN_OR_RETURN(const std::string id,
                           OpaqueIdOf(circumstances, request.referral_id(), /*make=*/false));
  ReferralState state;
  if (!id.empty()) {
    DAYBOOK_ASSIGN_OR_RETURN(state, Load(loader, ReferralStream(circumstances.agency, id)));
  }
  return Decide(state, circumstances, id, request);
}

absl::StatusOr<Outcome> DecideReferrals(commands::StreamLoader& loader,
                                        const Circumstances& circumstances,
                                        const v1::SubmitReferralsRequest& request) {
  Problems whole;
  commands::CheckRowCount(static_cast<std::size_t>(request.rows_size()), whole);
  if (!whole.empty()) return commands::RejectFields(std::move(whole));

  DAYBOOK_ASSIGN_OR_RETURN(std::vector<RowOrProblems> read, ReadRows(circumstances, request));
  std::map<std::string, ReadRow> now;  // what this message records, by id
  std::vector<RowDecision> rows;
  rows.reserve(read.size());
  for (int i = 0; i < request.rows_size(); ++i) {
    const std::uint32_t number = request.rows(i).row();
    auto& [row, problems] = read[static_cast<std::size_t>(i)];
    if (!row) {
      rows.push_back(commands::RefuseRow(number, problems));
      continue;
    }
    const std::string id = row->referral.referral_id();
    Standing standing = Standing::kUnknown;
    if (const auto before = now.find(id); before != now.end()) {
      standing = StandingOf(before->second, *row);
    } else {
      DAYBOOK_ASSIGN_OR_RETURN(const ReferralState state,
                               Load(loader, ReferralStream(circumstances.agency, id)));
      DAYBOOK_ASSIGN_OR_RETURN(standing, StandingOf(state, circumstances, *row));
    }
    rows.push_back(DecideRow(standing, circumstances.agency, number, *row));
    if (standing == Standing::kUnknown) now.emplace(id, *std::move(row));
  }
  return commands::DecideRows(std::move(rows));
}

absl::Status CheckSameReferral(const Circumstances& circumstances,
                               const v1::ChangeReferralStatusRequest& request,
                               const eventstore::AppendResult& known) {
  DAYBOOK_ASSIGN_OR_RETURN(const std::string id,
                           OpaqueIdOf(circumstances, request.referral_id(), /*make=*/false));
  const std::string stream = ReferralStream(circumstances.agency, id);
  const bool same = id.empty() || known.streams.empty() || known.streams.front().stream == stream;
  return same ? absl::OkStatus() : eventstore::RequestIdReused();
}

absl::StatusOr<std::variant<commands::RowsRead, Rejection>> ReadReferrals(
    const Circumstances& circumstances, const v1::SubmitReferralsRequest& request) {
  Problems whole;
  commands::CheckRowCount(static_cast<std::size_t>(request.rows_size()), whole);
  if (!whole.empty()) return commands::RejectFields(std::move(whole));
  DAYBOOK_ASSIGN_OR_RETURN(std::vector<RowOrProblems> rows, ReadRows(circumstances, request));
  commands::RowsRead read;
  commands::RowNumbers numbers;
  for (int i = 0; i < request.rows_size(); ++i) {
    auto& [row, problems] = rows[static_cast<std::size_t>(i)];
    Problems all;
    const auto number = numbers.Take(request.rows(i).row(), all);
    all.insert(all.end(), problems.begin(), problems.end());
    types::v1::RowResult& result = *read.results.add_results();
    if (!all.empty()) {
      result = commands::RefuseRow(request.rows(i).row(), all).result;
      continue;
    }
    result.set_row(*number);
    result.set_outcome(types::v1::RowResult::OUTCOME_STAGED);
    read.kept.push_back({*number, ReferralStream(circumstances.agency, row->referral.referral_id()),
                         ToStaged(*row), row->referral.month()});
  }
  return read;
}

}  // namespace daybook::referrals
