// How a strategic assessment comes about.
#include <array>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "proto/values/decimal.h"
#include "proto/values/period.h"
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
using Section = ev::SectionSubmitted;

namespace {

constexpr std::uint32_t kRankMax = 100;

struct SectionName {
  Section::Section section;
  std::string_view name;
};
constexpr std::array<SectionName, 6> kSections = {
    {{Section::SECTION_LEVELS, "levels"},
     {Section::SECTION_CHANGES, "changes"},
     {Section::SECTION_CAUSES, "causes"},
     {Section::SECTION_PRIORITIES, "priorities"},
     {Section::SECTION_PUBLIC_PRIORITIES, "public-priorities"},
     {Section::SECTION_PLAN_REVIEW, "plan-review"}}};

commands::Rejection UnknownAssessment() {
  return Refuse(absl::StatusCode::kNotFound, "UNKNOWN_ASSESSMENT", "assessment_id",
                "the assessment was never opened", "Open the assessment, or correct its id.");
}

commands::Rejection IsApproved() {
  return Refuse(absl::StatusCode::kFailedPrecondition, "WRONG_STATE", "assessment_id",
                "the assessment was approved and is not changed any more",
                "Record it in the next assessment.");
}

}  // namespace

Outcome Decide(const AssessmentState& state, const Circumstances& circumstances,
               const v1::OpenAssessmentRequest& request) {
  Problems problems;
  commands::RequireSlug("assessment_id", request.assessment_id(), problems);
  commands::RequireSlug("partnership_id", request.partnership_id(), problems);
  std::optional<values::Period> year;
  if (!request.has_year()) {
    problems.push_back(commands::MissingField("year"));
  } else {
    year = values::PeriodFromProto("year", request.year(), problems);
    if (year && request.year().kind() != types::v1::Period::KIND_ASSESSMENT_YEAR) {
      problems.push_back(InvalidField("year", "is no assessment year",
                                      "Give 1 October to 30 September, for example AY2022-23."));
    }
  }
  if (!problems.empty()) return commands::RejectFields(std::move(problems));
  if (!circumstances.partnerships.Contains(request.partnership_id())) {
    return partners::RejectPartnership("partnership_id");
  }

  ev::AssessmentOpened opened;
  opened.set_assessment_id(request.assessment_id());
  opened.set_partnership_id(request.partnership_id());
  *opened.mutable_year() = request.year();
  if (!state.opened) {
    return OneEvent(AssessmentStream(request.assessment_id()), opened, values::EffectiveOf(*year));
  }
  if (SaysTheSame(*state.opened, opened)) return commands::Decision{};
  return Refuse(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "assessment_id",
                "an assessment with this id was opened with other content",
                "Choose another id, or send the content that stands.");
}

Outcome Decide(const AssessmentState& state, const Circumstances& circumstances,
               const v1::SubmitSectionRequest& request) {
  if (!state.opened) return UnknownAssessment();
  Problems problems;
  if (!Section::Section_IsValid(request.section())) {
    problems.push_back(commands::UnknownValue("section", "one of the six contents"));
  } else if (request.section() == Section::SECTION_UNSPECIFIED) {
    problems.push_back(commands::MissingField("section"));
  }
  if (request.organisation().empty()) problems.push_back(commands::MissingField("organisation"));
  const auto day =
      RequirePastDay("submitted_date", request.submitted_date(), circumstances.today, problems);
  commands::CheckSlug("document_id", request.document_id(), problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));
  const auto* organisation = circumstances.organisations.Resolve(request.organisation());
  if (organisation == nullptr) {
    return partners::RejectOrganisation("organisation", request.organisation(),
                                        circumstances.organisations);
  }

  Section submitted;
  submitted.set_assessment_id(request.assessment_id());
  submitted.set_section(request.section());
  submitted.set_organisation_id(organisation->id());
  submitted.set_submitted_date(request.submitted_date());
  submitted.set_document_id(request.document_id());
  const auto stands = state.sections.find(request.section());
  if (stands != state.sections.end() && SaysTheSame(stands->second, submitted)) {
    return commands::Decision{};
  }
  if (state.approved) return IsApproved();
  return OneEvent(AssessmentStream(request.assessment_id()), submitted, commands::OnDay(*day));
}

Outcome Decide(const AssessmentState& state, const Circumstances& circumstances,
               const v1::RankRiskRequest& request) {
  if (!state.opened) return UnknownAssessment();
  Problems problems;
  commands::RequireSlug("risk_id", request.risk_id(), problems);
  commands::RequireText("label", request.label(), commands::kNameBytesMax, problems);
  if (request.rank() == 0) {
    problems.push_back(commands::MissingField("rank"));
  } else if (request.rank() > kRankMax) {
    problems.push_back(InvalidField("rank", fmt::format("is not 1 to {}", kRankMax),
                                    "Give the place, 1 for the gravest."));
  }
  if (!request.forum_date().empty()) {
    RequirePastDay("forum_date", request.forum_date(), circumstances.today, problems);
  }
  if (!request.score().empty()) {
    const auto score = values::Decimal::Parse(request.score());
    if (!score || score->IsNegative()) {
      problems.push_back(InvalidField("score", "is no decimal of at least 0",
                                      "Give the score as the model has it, for example 12."));
    }
  }
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  ev::RiskRanked ranked;
  ranked.set_assessment_id(request.assessment_id());
  ranked.set_risk_id(request.risk_id());
  ranked.set_label(request.label());
  ranked.set_rank(request.rank());
  ranked.set_forum_date(request.forum_date());
  ranked.set_score(request.score());
  const auto stands = state.risks.find(request.risk_id());
  if (stands != state.risks.end() && SaysTheSame(stands->second, ranked)) {
    return commands::Decision{};
  }
  if (state.approved) return IsApproved();
  Problems none;
  const auto year = values::PeriodFromProto("year", state.opened->year(), none);
  return OneEvent(AssessmentStream(request.assessment_id()), ranked, values::EffectiveOf(*year));
}

Outcome Decide(const AssessmentState& state, const Circumstances& circumstances,
               const v1::ApproveAssessmentRequest& request) {
  if (!state.opened) return UnknownAssessment();
  Problems problems;
  const auto day =
      RequirePastDay("approved_date", request.approved_date(), circumstances.today, problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  ev::AssessmentApproved approved;
  approved.set_assessment_id(request.assessment_id());
  approved.set_approved_date(request.approved_date());
  if (state.approved) {
    if (SaysTheSame(*state.approved, approved)) return commands::Decision{};
    return IsApproved();
  }
  std::string missing;
  for (const SectionName& section : kSections) {
    if (state.sections.contains(section.section)) continue;
    missing += fmt::format("{}{}", missing.empty() ? "" : ", ", section.name);
  }
  if (!missing.empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "WRONG_STATE", "assessment_id",
                  fmt::format("the assessment lacks {}", missing),
                  "Submit what is missing first: an assessment has six contents.");
  }
  return OneEvent(AssessmentStream(request.assessment_id()), approved, commands::OnDay(*day));
}

}  // namespace daybook::scrutiny
