// Breaches of an order and the steps that follow.
#include <string>
#include <utility>

#include "services/commands/door.h"
#include "services/commands/fingerprint.h"
#include "services/commands/personal_key.h"
#include "services/enforcement/domain/enforcement_commands.h"
#include "services/enforcement/domain/unknown_order.h"
#include "services/partners/domain/refusals.h"

namespace daybook::enforcement {

namespace ev = events::v1;
using commands::Outcome;
using commands::Problems;

namespace {

constexpr std::uint32_t kNumberMax = 1000;

void RequireKey(std::string_view field, std::string_view key, Problems& problems) {
  const std::size_t before = problems.size();
  commands::RequireSlug(field, key, problems);
  if (problems.size() == before) commands::RefusePersonalKey(field, key, problems);
}

// The whole reference to a breach: it also names the stream.
template <class Request>
void RequireBreach(const Request& request, Problems& problems) {
  commands::RequireSlug("order_id", request.order_id(), problems);
  RequireKey("subject", request.subject(), problems);
  RequireKey("breach_id", request.breach_id(), problems);
}

// Who it was, under the person's key.
commands::DraftEvent WithPerson(commands::DraftEvent draft, const std::string& subject) {
  draft.retention_dataset = kRetentionDataset;
  draft.parts.push_back(
      {.name = std::string(kPersonPart), .plaintext = subject, .subject_ref = subject});
  return draft;
}

}  // namespace

Outcome Decide(const OrderState& order, const BreachCaseState& breaches,
               const Circumstances& circumstances, const std::string& person,
               const v1::RecordBreachRequest& request) {
  Problems problems;
  RequireBreach(request, problems);
  const auto day = commands::RequirePastDay("occurred_date", request.occurred_date(),
                                            circumstances.today, problems);
  commands::RequireSlug("prohibition", request.prohibition(), problems);
  if (request.organisation().empty()) problems.push_back(commands::MissingField("organisation"));
  if (request.number() > kNumberMax) {
    problems.push_back(commands::InvalidField("number", "is more than 1000",
                                              "Give which breach of this person it is."));
  }
  if (!problems.empty()) return commands::RejectFields(std::move(problems));
  if (!order.made) return UnknownOrder();
  const auto* organisation = circumstances.organisations.Resolve(request.organisation());
  if (organisation == nullptr) {
    return partners::RejectOrganisation("organisation", request.organisation(),
                                        circumstances.organisations);
  }

  ev::BreachRecorded event;
  event.set_order_id(request.order_id());
  event.set_subject(person);
  event.set_breach_id(request.breach_id());
  event.set_occurred_date(request.occurred_date());
  event.set_prohibition(request.prohibition());
  event.set_organisation_id(organisation->id());
  event.set_number(request.number());
  const auto stands = breaches.breaches.find(request.breach_id());
  if (stands == breaches.breaches.end()) {
    commands::Decision decision;
    decision.events.push_back(
        WithPerson(commands::MakeDraft(BreachCaseStream(request.order_id(), person), event,
                                       commands::OnDay(*day)),
                   request.subject()));
    return decision;
  }
  if (commands::SaysTheSame(stands->second, event)) return commands::Decision{};
  return commands::Refuse(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "breach_id",
                          "a breach with this id was recorded with other content",
                          "Choose another id, or send the content that stands.");
}

Outcome Decide(const OrderState& order, const BreachCaseState& breaches,
               const Circumstances& circumstances, const std::string& person,
               const v1::TakeStepRequest& request) {
  Problems problems;
  RequireBreach(request, problems);
  const bool known_step = ev::StepTaken::Step_IsValid(request.step());
  if (!known_step) {
    problems.push_back(commands::UnknownValue(
        "step",
        "signposted, warned, referred, committal-considered, committal-applied, committal-heard"));
  } else if (request.step() == ev::StepTaken::STEP_UNSPECIFIED) {
    problems.push_back(commands::MissingField("step"));
  }
  const auto day =
      commands::RequirePastDay("taken_date", request.taken_date(), circumstances.today, problems);
  commands::CheckSlug("decision", request.decision(), problems);
  if (request.step() == ev::StepTaken::STEP_REFERRED && request.organisation().empty()) {
    problems.push_back(commands::MissingField("organisation"));
  }
  if (!problems.empty()) return commands::RejectFields(std::move(problems));
  if (!order.made) return UnknownOrder();
  if (!breaches.breaches.contains(request.breach_id())) {
    return commands::Refuse(absl::StatusCode::kNotFound, "UNKNOWN_BREACH", "breach_id",
                            "no such breach of this person is recorded",
                            "Record the breach first, or correct order, person or id.");
  }
  const partners::OrganisationRegister::Organisation* organisation = nullptr;
  if (!request.organisation().empty()) {
    organisation = circumstances.organisations.Resolve(request.organisation());
    if (organisation == nullptr) {
      return partners::RejectOrganisation("organisation", request.organisation(),
                                          circumstances.organisations);
    }
  }

  ev::StepTaken event;
  event.set_order_id(request.order_id());
  event.set_subject(person);
  event.set_breach_id(request.breach_id());
  event.set_step(request.step());
  event.set_taken_date(request.taken_date());
  if (organisation != nullptr) event.set_organisation_id(organisation->id());
  event.set_decision(request.decision());
  for (const ev::StepTaken& stands : breaches.steps) {
    if (commands::SaysTheSame(stands, event)) return commands::Decision{};
  }
  return commands::OneEvent(BreachCaseStream(request.order_id(), person), event,
                            commands::OnDay(*day));
}

bool IsPerson(std::string_view subject) {
  Problems problems;
  RequireKey("subject", subject, problems);
  return problems.empty();
}

}  // namespace daybook::enforcement
