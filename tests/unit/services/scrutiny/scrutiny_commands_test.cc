#include "services/scrutiny/domain/scrutiny_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "proto/values/civil.h"
#include "proto/values/period.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::scrutiny {
namespace {

using absl::StatusCode;
using daybook::testing::ChangesNothing;
using daybook::testing::DraftsOf;
using daybook::testing::FieldsOf;
using daybook::testing::IsRefused;
using daybook::testing::OnlyEvent;
using events::v1::ResolutionPassed;
using events::v1::ResponseGiven;
using events::v1::SectionSubmitted;
using ::testing::ElementsAre;

class Scrutiny : public ::testing::Test {
 protected:
  Scrutiny() {
    partners::events::v1::PartnershipRegistered partnership;
    partnership.set_partnership_id("shire-csp");
    partnership.set_name("Shire CSP");
    partnerships_.Evolve(partnership);
    partners::events::v1::OrganisationRegistered organisation;
    organisation.set_organisation_id("north-police");
    organisation.set_name("North Police");
    organisations_.Evolve(organisation);
  }

  Circumstances Now() const {
    return {*values::ParseDay("2024-04-02"), partnerships_, organisations_};
  }

  static v1::PassResolutionRequest Resolution() {
    v1::PassResolutionRequest request;
    request.set_resolution_id("r1");
    request.set_partnership_id("shire-csp");
    request.set_body("The committee");
    request.set_passed_date("2023-09-18");
    request.set_kind(ResolutionPassed::KIND_RECOMMENDATION);
    request.set_label("Benchmarks");
    return request;
  }

  static v1::GiveResponseRequest Response(ResponseGiven::Disposition disposition) {
    v1::GiveResponseRequest request;
    request.set_resolution_id("r1");
    request.set_answered_date("2024-03-18");
    request.set_disposition(disposition);
    return request;
  }

  static v1::OpenAssessmentRequest Assessment() {
    v1::OpenAssessmentRequest request;
    request.set_assessment_id("a1");
    request.set_partnership_id("shire-csp");
    *request.mutable_year() = values::PeriodToProto(*values::ParsePeriod("AY2022-23"));
    return request;
  }

  static v1::SubmitSectionRequest Content(SectionSubmitted::Section section) {
    v1::SubmitSectionRequest request;
    request.set_assessment_id("a1");
    request.set_section(section);
    request.set_organisation("North Police");
    request.set_submitted_date("2023-11-20");
    return request;
  }

  static v1::RankRiskRequest Rank(const std::string& risk, std::uint32_t rank) {
    v1::RankRiskRequest request;
    request.set_assessment_id("a1");
    request.set_risk_id(risk);
    request.set_label(risk);
    request.set_rank(rank);
    return request;
  }

  static v1::ApproveAssessmentRequest Approval() {
    v1::ApproveAssessmentRequest request;
    request.set_assessment_id("a1");
    request.set_approved_date("2024-03-18");
    return request;
  }

  // Decides and folds what was decided.
  template <class State, class Request>
  commands::Outcome Do(State& state, const Request& request) {
    commands::Outcome outcome = Decide(state, Now(), request);
    for (const auto& draft : DraftsOf(outcome)) {
      Evolve(state, *registry::DecodeEvent(draft.type, draft.payload));
    }
    return outcome;
  }

  partners::PartnershipRegister partnerships_;
  partners::OrganisationRegister organisations_;
  ResolutionState resolution_;
  AssessmentState assessment_;
};

TEST_F(Scrutiny, AResolutionIsPassedOnceAndNotChanged) {
  EXPECT_EQ(OnlyEvent<ResolutionPassed>(Do(resolution_, Resolution())).label(), "Benchmarks");
  EXPECT_THAT(Do(resolution_, Resolution()), ChangesNothing());
  auto other = Resolution();
  other.set_label("Other words");
  EXPECT_THAT(Do(resolution_, other), IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS"));
}

TEST_F(Scrutiny, EveryFaultyFieldOfAResolutionIsNamedAtOnce) {
  EXPECT_THAT(
      FieldsOf(Do(resolution_, v1::PassResolutionRequest())),
      ElementsAre("resolution_id", "partnership_id", "body", "passed_date", "kind", "label"));
  auto request = Resolution();
  request.set_passed_date("2024-04-03");
  request.set_due_date("soon");
  EXPECT_THAT(FieldsOf(Do(resolution_, request)), ElementsAre("passed_date", "due_date"));
  request = Resolution();
  request.set_due_date("2023-09-01");
  EXPECT_THAT(FieldsOf(Do(resolution_, request)), ElementsAre("due_date"));
  request = Resolution();
  request.set_partnership_id("moon-csp");
  EXPECT_THAT(Do(resolution_, request),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_PARTNERSHIP", "partnership_id"));
}

TEST_F(Scrutiny, WhatWasNeverPassedIsNotAnswered) {
  EXPECT_THAT(Do(resolution_, Response(ResponseGiven::DISPOSITION_ANSWERED)),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_RESOLUTION", "resolution_id"));
}

TEST_F(Scrutiny, ALaterAnswerTakesThePlaceOfTheEarlier) {
  Do(resolution_, Resolution());
  Do(resolution_, Response(ResponseGiven::DISPOSITION_ANSWERED));
  EXPECT_THAT(Do(resolution_, Response(ResponseGiven::DISPOSITION_ANSWERED)), ChangesNothing());
  EXPECT_EQ(DraftsOf(Do(resolution_, Response(ResponseGiven::DISPOSITION_ADOPTED))).size(), 1U);
  EXPECT_EQ(resolution_.response->disposition(), ResponseGiven::DISPOSITION_ADOPTED);
}

TEST_F(Scrutiny, WhatIsNotAdoptedHasAReason) {
  Do(resolution_, Resolution());
  auto request = Response(ResponseGiven::DISPOSITION_NOT_ADOPTED);
  EXPECT_THAT(Do(resolution_, request),
              IsRefused(StatusCode::kInvalidArgument, "MISSING_FIELD", "reason"));
  request.set_reason("the scores of the risks");
  EXPECT_EQ(DraftsOf(Do(resolution_, request)).size(), 1U);
}

TEST_F(Scrutiny, AResolutionIsAnsweredNotAdopted) {
  auto resolution = Resolution();
  resolution.set_kind(ResolutionPassed::KIND_RESOLUTION);
  Do(resolution_, resolution);
  EXPECT_THAT(FieldsOf(Do(resolution_, Response(ResponseGiven::DISPOSITION_ADOPTED))),
              ElementsAre("disposition"));
}

TEST_F(Scrutiny, AnAnswerLiesBetweenTheResolutionAndToday) {
  Do(resolution_, Resolution());
  auto request = Response(ResponseGiven::DISPOSITION_ANSWERED);
  for (const char* day : {"2023-09-17", "2024-04-03", ""}) {
    request.set_answered_date(day);
    EXPECT_THAT(FieldsOf(Do(resolution_, request)), ElementsAre("answered_date")) << day;
  }
}

TEST_F(Scrutiny, AnAssessmentIsOfAnAssessmentYear) {
  auto request = Assessment();
  *request.mutable_year() = values::PeriodToProto(values::PlanYear(2023));
  EXPECT_THAT(Do(assessment_, request),
              IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "year"));
  EXPECT_EQ(DraftsOf(Do(assessment_, Assessment())).size(), 1U);
  EXPECT_THAT(Do(assessment_, Assessment()), ChangesNothing());
}

TEST_F(Scrutiny, WhatWasNeverOpenedTakesNothing) {
  const auto unknown = IsRefused(StatusCode::kNotFound, "UNKNOWN_ASSESSMENT", "assessment_id");
  EXPECT_THAT(Do(assessment_, Content(SectionSubmitted::SECTION_LEVELS)), unknown);
  EXPECT_THAT(Do(assessment_, Rank("rape", 1)), unknown);
  EXPECT_THAT(Do(assessment_, Approval()), unknown);
}

TEST_F(Scrutiny, AnAssessmentIsApprovedOnlyWithAllSixContents) {
  Do(assessment_, Assessment());
  for (int section = SectionSubmitted::SECTION_LEVELS;
       section < SectionSubmitted::SECTION_PLAN_REVIEW; ++section) {
    Do(assessment_, Content(static_cast<SectionSubmitted::Section>(section)));
  }
  const auto early = Do(assessment_, Approval());
  EXPECT_THAT(early, IsRefused(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  EXPECT_THAT(std::get<commands::Rejection>(early).message, ::testing::HasSubstr("plan-review"));
  Do(assessment_, Content(SectionSubmitted::SECTION_PLAN_REVIEW));
  EXPECT_EQ(DraftsOf(Do(assessment_, Approval())).size(), 1U);
  EXPECT_THAT(Do(assessment_, Approval()), ChangesNothing());
}

TEST_F(Scrutiny, WhatIsApprovedIsNotChangedAnyMore) {
  Do(assessment_, Assessment());
  for (int section = SectionSubmitted::SECTION_LEVELS;
       section <= SectionSubmitted::SECTION_PLAN_REVIEW; ++section) {
    Do(assessment_, Content(static_cast<SectionSubmitted::Section>(section)));
  }
  Do(assessment_, Rank("rape", 3));
  Do(assessment_, Approval());
  EXPECT_THAT(Do(assessment_, Rank("rape", 3)), ChangesNothing()) << "the same again";
  EXPECT_THAT(Do(assessment_, Rank("rape", 2)),
              IsRefused(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  auto later = Content(SectionSubmitted::SECTION_LEVELS);
  later.set_document_id("another");
  EXPECT_THAT(Do(assessment_, later), IsRefused(StatusCode::kFailedPrecondition, "WRONG_STATE"));
}

TEST_F(Scrutiny, ContentsAndRanksNameWhatIsRegisteredAndInRange) {
  Do(assessment_, Assessment());
  auto content = Content(SectionSubmitted::SECTION_LEVELS);
  content.set_organisation("South Police");
  EXPECT_THAT(Do(assessment_, content),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_ORGANISATION", "organisation"));
  EXPECT_THAT(FieldsOf(Do(assessment_, Rank("rape", 0))), ElementsAre("rank"));
  auto rank = Rank("rape", 101);
  rank.set_score("-1");
  rank.set_forum_date("2099-01-01");
  EXPECT_THAT(FieldsOf(Do(assessment_, rank)), ElementsAre("rank", "forum_date", "score"));
}

TEST_F(Scrutiny, RisksMayShareAPlaceAndALaterOneTakesThePlaceOfTheEarlier) {
  Do(assessment_, Assessment());
  Do(assessment_, Rank("rape", 3));
  EXPECT_EQ(DraftsOf(Do(assessment_, Rank("robbery", 3))).size(), 1U);
  EXPECT_THAT(Do(assessment_, Rank("rape", 3)), ChangesNothing());
  EXPECT_EQ(DraftsOf(Do(assessment_, Rank("rape", 4))).size(), 1U);
}

}  // namespace
}  // namespace daybook::scrutiny
