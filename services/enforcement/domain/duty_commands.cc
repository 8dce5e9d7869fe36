// What officers on the ground are told to do and issue: tasks and fixed penalties.
#include <string>
#include <utility>

#include "proto/values/money.h"
#include "services/commands/door.h"
#include "services/commands/fingerprint.h"
#include "services/enforcement/domain/enforcement_commands.h"
#include "services/partners/domain/refusals.h"

namespace daybook::enforcement {

namespace ev = events::v1;
using commands::InvalidField;
using commands::Outcome;
using commands::Problems;
using commands::RequirePastDay;

namespace {

// The organisation's id, "" where none is given; or UNKNOWN_ORGANISATION.
std::variant<std::string, commands::Rejection> OrganisationOf(const Circumstances& circumstances,
                                                              const std::string& given) {
  if (given.empty()) return std::string();
  const auto* organisation = circumstances.organisations.Resolve(given);
  if (organisation != nullptr) return organisation->id();
  return partners::RejectOrganisation("organisation", given, circumstances.organisations);
}

commands::Rejection Taken(std::string_view field, std::string_view what) {
  return commands::Refuse(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", field,
                          std::string(what) + " with this id was recorded with other content",
                          "Choose another id, or send the content that stands.");
}

commands::Rejection Ended(std::string_view field, std::string_view what) {
  return commands::Refuse(absl::StatusCode::kFailedPrecondition, "WRONG_STATE", field,
                          std::string(what) + " was ended before, in another way",
                          "Send what stands, or record another one.");
}

}  // namespace

Outcome Decide(const TaskState& task, const Circumstances& circumstances,
               const v1::RaiseTaskRequest& request) {
  Problems problems;
  commands::RequireSlug("task_id", request.task_id(), problems);
  commands::RequireSlug("partnership_id", request.partnership_id(), problems);
  commands::CheckSlug("order_id", request.order_id(), problems);
  commands::RequireSlug("kind", request.kind(), problems);
  const auto day =
      RequirePastDay("raised_date", request.raised_date(), circumstances.today, problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));
  if (!circumstances.partnerships.Contains(request.partnership_id())) {
    return partners::RejectPartnership("partnership_id");
  }
  auto organisation = OrganisationOf(circumstances, request.organisation());
  if (auto* refused = std::get_if<commands::Rejection>(&organisation)) return std::move(*refused);

  ev::TaskRaised event;
  event.set_task_id(request.task_id());
  event.set_partnership_id(request.partnership_id());
  event.set_order_id(request.order_id());
  event.set_kind(request.kind());
  event.set_raised_date(request.raised_date());
  event.set_organisation_id(std::get<std::string>(organisation));
  if (!task.raised) {
    return commands::OneEvent(TaskStream(request.task_id()), event, commands::OnDay(*day));
  }
  if (commands::SaysTheSame(*task.raised, event)) return commands::Decision{};
  return Taken("task_id", "a task");
}

Outcome Decide(const TaskState& task, const Circumstances& circumstances,
               const v1::ActionTaskRequest& request) {
  if (request.task_id().empty()) return commands::RejectFields({commands::MissingField("task_id")});
  if (!task.raised) {
    return commands::Refuse(absl::StatusCode::kNotFound, "UNKNOWN_TASK", "task_id",
                            "the task was never recorded", "Record the task, or correct its id.");
  }
  Problems problems;
  const auto day =
      RequirePastDay("actioned_date", request.actioned_date(), circumstances.today, problems);
  if (day && request.actioned_date() < task.raised->raised_date()) {
    problems.push_back(InvalidField("actioned_date", "lies before the task was raised",
                                    "Give the day on which it was dealt with."));
  }
  commands::CheckSlug("outcome", request.outcome(), problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  ev::TaskActioned event;
  event.set_task_id(request.task_id());
  event.set_actioned_date(request.actioned_date());
  event.set_outcome(request.outcome());
  if (!task.actioned) {
    return commands::OneEvent(TaskStream(request.task_id()), event, commands::OnDay(*day));
  }
  if (commands::SaysTheSame(*task.actioned, event)) return commands::Decision{};
  return Ended("task_id", "the task");
}

Outcome Decide(const PenaltyState& penalty, const Circumstances& circumstances,
               const v1::IssuePenaltyRequest& request) {
  Problems problems;
  commands::RequireSlug("penalty_id", request.penalty_id(), problems);
  commands::RequireSlug("partnership_id", request.partnership_id(), problems);
  commands::CheckSlug("order_id", request.order_id(), problems);
  commands::RequireSlug("offence", request.offence(), problems);
  const auto day =
      RequirePastDay("issued_date", request.issued_date(), circumstances.today, problems);
  std::uint64_t pence = 0;
  if (!request.amount().empty()) {
    const auto pounds = values::ParsePounds(request.amount());
    if (!pounds) {
      problems.push_back(InvalidField("amount", "is no amount in pounds",
                                      "Write pounds with at most two decimals, for example 75."));
    }
    pence = pounds.value_or(0);
  }
  if (!problems.empty()) return commands::RejectFields(std::move(problems));
  if (!circumstances.partnerships.Contains(request.partnership_id())) {
    return partners::RejectPartnership("partnership_id");
  }
  auto organisation = OrganisationOf(circumstances, request.organisation());
  if (auto* refused = std::get_if<commands::Rejection>(&organisation)) return std::move(*refused);

  ev::PenaltyIssued event;
  event.set_penalty_id(request.penalty_id());
  event.set_partnership_id(request.partnership_id());
  event.set_order_id(request.order_id());
  event.set_offence(request.offence());
  event.set_issued_date(request.issued_date());
  event.set_pence(pence);
  event.set_organisation_id(std::get<std::string>(organisation));
  if (!penalty.issued) {
    return commands::OneEvent(PenaltyStream(request.penalty_id()), event, commands::OnDay(*day));
  }
  if (commands::SaysTheSame(*penalty.issued, event)) return commands::Decision{};
  return Taken("penalty_id", "a penalty");
}

Outcome Decide(const PenaltyState& penalty, const Circumstances& circumstances,
               const v1::SettlePenaltyRequest& request) {
  if (request.penalty_id().empty()) {
    return commands::RejectFields({commands::MissingField("penalty_id")});
  }
  if (!penalty.issued) {
    return commands::Refuse(absl::StatusCode::kNotFound, "UNKNOWN_PENALTY", "penalty_id",
                            "the penalty was never recorded",
                            "Record the penalty, or correct its id.");
  }
  Problems problems;
  const auto day =
      RequirePastDay("settled_date", request.settled_date(), circumstances.today, problems);
  if (day && request.settled_date() < penalty.issued->issued_date()) {
    problems.push_back(InvalidField("settled_date", "lies before the penalty was issued",
                                    "Give the day on which it ended."));
  }
  if (!ev::PenaltySettled::How_IsValid(request.how())) {
    problems.push_back(commands::UnknownValue("how", "paid, cancelled or prosecuted"));
  } else if (request.how() == ev::PenaltySettled::HOW_UNSPECIFIED) {
    problems.push_back(commands::MissingField("how"));
  }
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  ev::PenaltySettled event;
  event.set_penalty_id(request.penalty_id());
  event.set_settled_date(request.settled_date());
  event.set_how(request.how());
  if (!penalty.settled) {
    return commands::OneEvent(PenaltyStream(request.penalty_id()), event, commands::OnDay(*day));
  }
  if (commands::SaysTheSame(*penalty.settled, event)) return commands::Decision{};
  return Ended("penalty_id", "the penalty");
}

}  // namespace daybook::enforcement
