// What a committee asked, and what it was answered.
#include <string>
#include <utility>

#include "services/commands/door.h"
#include "services/commands/fingerprint.h"
#include "services/partners/domain/refusals.h"
#include "services/scrutiny/domain/scrutiny_commands.h"

namespace daybook::scrutiny {

namespace ev = events::v1;
using commands::InvalidField;
using commands::OneEvent;
using commands::Outcome;
using commands::Problems;
using commands::Refuse;
using commands::RequirePastDay;
using commands::SaysTheSame;

namespace {

void CheckKind(ev::ResolutionPassed::Kind kind, Problems& problems) {
  if (!ev::ResolutionPassed::Kind_IsValid(kind)) {
    problems.push_back(commands::UnknownValue("kind", "resolution or recommendation"));
  } else if (kind == ev::ResolutionPassed::KIND_UNSPECIFIED) {
    problems.push_back(commands::MissingField("kind"));
  }
}

void CheckDisposition(const ev::ResolutionPassed& passed, const v1::GiveResponseRequest& request,
                      Problems& problems) {
  const auto disposition = request.disposition();
  if (!ev::ResponseGiven::Disposition_IsValid(disposition)) {
    problems.push_back(commands::UnknownValue("disposition", "a registered disposition"));
    return;
  }
  if (disposition == ev::ResponseGiven::DISPOSITION_UNSPECIFIED) {
    problems.push_back(commands::MissingField("disposition"));
    return;
  }
  if (passed.kind() == ev::ResolutionPassed::KIND_RESOLUTION &&
      disposition != ev::ResponseGiven::DISPOSITION_ANSWERED) {
    problems.push_back(InvalidField("disposition", "is one of a recommendation",
                                    "A resolution is answered; say that, and where."));
  }
  const bool wants_reason = disposition == ev::ResponseGiven::DISPOSITION_NOT_ADOPTED ||
                            disposition == ev::ResponseGiven::DISPOSITION_PARTLY_ADOPTED;
  if (wants_reason) {
    commands::RequireText("reason", request.reason(), commands::kNameBytesMax, problems);
  } else {
    commands::CheckText("reason", request.reason(), commands::kNameBytesMax, problems);
  }
}

}  // namespace

Outcome Decide(const ResolutionState& state, const Circumstances& circumstances,
               const v1::PassResolutionRequest& request) {
  Problems problems;
  commands::RequireSlug("resolution_id", request.resolution_id(), problems);
  commands::RequireSlug("partnership_id", request.partnership_id(), problems);
  commands::RequireText("body", request.body(), commands::kNameBytesMax, problems);
  const auto day =
      RequirePastDay("passed_date", request.passed_date(), circumstances.today, problems);
  CheckKind(request.kind(), problems);
  commands::RequireText("label", request.label(), commands::kNameBytesMax, problems);
  const auto due = commands::CheckDay("due_date", request.due_date(), problems);
  if (day && due && *due < *day) {
    problems.push_back(InvalidField("due_date", "lies before the resolution",
                                    "Give the day by which an answer is due."));
  }
  if (!problems.empty()) return commands::RejectFields(std::move(problems));
  if (!circumstances.partnerships.Contains(request.partnership_id())) {
    return partners::RejectPartnership("partnership_id");
  }

  ev::ResolutionPassed passed;
  passed.set_resolution_id(request.resolution_id());
  passed.set_partnership_id(request.partnership_id());
  passed.set_body(request.body());
  passed.set_passed_date(request.passed_date());
  passed.set_kind(request.kind());
  passed.set_label(request.label());
  passed.set_due_date(request.due_date());
  if (!state.passed) {
    return OneEvent(ResolutionStream(request.resolution_id()), passed, commands::OnDay(*day));
  }
  if (SaysTheSame(*state.passed, passed)) return commands::Decision{};
  return Refuse(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "resolution_id",
                "a resolution with this id was passed with other content",
                "Choose another id, or send the content that stands.");
}

Outcome Decide(const ResolutionState& state, const Circumstances& circumstances,
               const v1::GiveResponseRequest& request) {
  if (request.resolution_id().empty()) {
    return commands::RejectFields({commands::MissingField("resolution_id")});
  }
  if (!state.passed) {
    return Refuse(absl::StatusCode::kNotFound, "UNKNOWN_RESOLUTION", "resolution_id",
                  "the resolution was never passed", "Record the resolution, or correct its id.");
  }
  Problems problems;
  const auto day =
      RequirePastDay("answered_date", request.answered_date(), circumstances.today, problems);
  if (day && request.answered_date() < state.passed->passed_date()) {
    problems.push_back(
        InvalidField("answered_date", "lies before the resolution", "Give the day of the answer."));
  }
  CheckDisposition(*state.passed, request, problems);
  commands::CheckSlug("document_id", request.document_id(), problems);
  commands::CheckText("section", request.section(), commands::kNameBytesMax, problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  ev::ResponseGiven response;
  response.set_resolution_id(request.resolution_id());
  response.set_answered_date(request.answered_date());
  response.set_disposition(request.disposition());
  response.set_document_id(request.document_id());
  response.set_section(request.section());
  response.set_reason(request.reason());
  if (state.response && SaysTheSame(*state.response, response)) return commands::Decision{};
  return OneEvent(ResolutionStream(request.resolution_id()), response, commands::OnDay(*day));
}

}  // namespace daybook::scrutiny
