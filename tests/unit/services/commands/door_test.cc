#include "services/commands/door.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "eventstore/core/error.h"
#include "proto/values/civil.h"
#include "services/commands/decision.h"
#include "services/commands/stream_name.h"

namespace daybook::commands {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const eventstore::CivilDay kToday = *values::ParseDay("2024-03-18");

std::vector<std::string> Words(const Problems& problems) {
  std::vector<std::string> words;
  for (const auto& problem : problems) words.push_back(problem.reason + "@" + problem.field);
  return words;
}

TEST(Door, AnIdIsALowerCaseSlugOf2To64) {
  EXPECT_TRUE(IsSlug("a1"));
  EXPECT_TRUE(IsSlug("essex-police-2"));
  EXPECT_TRUE(IsSlug(std::string(64, 'a')));
  EXPECT_FALSE(IsSlug("a"));
  EXPECT_FALSE(IsSlug(std::string(65, 'a')));
  EXPECT_FALSE(IsSlug("-ab"));
  EXPECT_FALSE(IsSlug("Ab"));
  EXPECT_FALSE(IsSlug("a_b"));
}

TEST(Door, AHeadNeedsARequestId) {
  EXPECT_THAT(Words(HeadProblems({}, kToday)), ElementsAre("MISSING_FIELD@head.request_id"));
  types::v1::CommandHead head;
  head.set_request_id("3f2c");
  EXPECT_THAT(Words(HeadProblems(head, kToday)), IsEmpty());
}

TEST(Door, ARequestIdIsVisibleAsciiOfAtMost128) {
  types::v1::CommandHead head;
  for (const auto& id : {std::string("a b"), std::string(129, 'x'), std::string("\xC3\xA9")}) {
    head.set_request_id(id);
    EXPECT_THAT(Words(HeadProblems(head, kToday)), ElementsAre("INVALID_FIELD@head.request_id"));
  }
}

TEST(Door, WhatIsKnownTomorrowIsNotKnown) {
  types::v1::CommandHead head;
  head.set_request_id("r1");
  head.mutable_known()->set_precision(types::v1::Known::PRECISION_DAY);
  head.mutable_known()->set_date("2024-03-19");
  EXPECT_THAT(Words(HeadProblems(head, kToday)), ElementsAre("INVALID_FIELD@head.known.date"));
  head.mutable_known()->set_date("2024-03-18");
  EXPECT_THAT(Words(HeadProblems(head, kToday)), IsEmpty());
  EXPECT_EQ(KnownOf(head, kToday).precision, eventstore::KnownPrecision::kDay);
  EXPECT_EQ(KnownOf(head, kToday).day, kToday);
}

TEST(Door, WithoutKnownItIsReceivedNow) {
  EXPECT_EQ(KnownOf({}, kToday).precision, eventstore::KnownPrecision::kRecorded);
}

TEST(Door, ASubmissionIdIs32HexadecimalDigits) {
  types::v1::CommandHead head;
  head.set_request_id("r1");
  head.set_submission_id("nope");
  EXPECT_THAT(Words(HeadProblems(head, kToday)), ElementsAre("INVALID_FIELD@head.submission_id"));
  head.set_submission_id("0123456789abcdef0123456789abcdef");
  EXPECT_THAT(Words(HeadProblems(head, kToday)), IsEmpty());
}

TEST(Door, ACallerNeedsAnAgency) {
  EXPECT_THAT(Words(CallerProblems({.agency = "", .actor = ""})),
              ElementsAre("AGENCY_MISSING@daybook-agency"));
  EXPECT_THAT(Words(CallerProblems({.agency = "North Police", .actor = ""})),
              ElementsAre("AGENCY_MISSING@daybook-agency"));
  EXPECT_THAT(Words(CallerProblems({.agency = "north-police", .actor = "a\nb"})),
              ElementsAre("INVALID_FIELD@daybook-actor"));
  EXPECT_THAT(Words(CallerProblems({.agency = "north-police", .actor = "clerk 7"})), IsEmpty());
}

TEST(Door, AMessageHolds1To500Rows) {
  Problems problems;
  CheckRowCount(1, problems);
  CheckRowCount(500, problems);
  EXPECT_THAT(Words(problems), IsEmpty());
  CheckRowCount(0, problems);
  CheckRowCount(501, problems);
  EXPECT_THAT(Words(problems), ElementsAre("MISSING_FIELD@rows", "TOO_LARGE@rows"));
}

TEST(Door, TextIsOneLine) {
  Problems problems;
  RequireText("a", "", 10, problems);
  RequireText("b", "two\nlines", 10, problems);
  RequireText("c", "much too long", 10, problems);
  RequireText("d", "fine", 10, problems);
  CheckText("e", "", 10, problems);
  EXPECT_THAT(Words(problems), ElementsAre("MISSING_FIELD@a", "INVALID_FIELD@b", "TOO_LARGE@c"));
}

TEST(Door, ADayIsIso8601) {
  Problems problems;
  EXPECT_EQ(RequireDay("a", "2024-03-18", problems), kToday);
  EXPECT_EQ(CheckDay("b", "", problems), std::nullopt);
  RequireDay("c", "", problems);
  RequireDay("d", "18/03/2024", problems);
  CheckDay("e", "2023-02-29", problems);
  EXPECT_THAT(Words(problems),
              ElementsAre("MISSING_FIELD@c", "INVALID_FIELD@d", "INVALID_FIELD@e"));
}

TEST(Door, ARefusalNeverRepeatsTheValue) {
  Problems problems;
  RequireSlug("organisation_id", "Jane Example", problems);
  RequireOneOf("kind", "Jane Example", {"police", "council"}, problems);
  const absl::Status status = ToStatus(RejectFields(problems));
  EXPECT_EQ(eventstore::ErrorReason(status), "INVALID_FIELD");
  EXPECT_EQ(eventstore::GetErrorDetail(status)->fields.size(), 2U);
  EXPECT_EQ(status.ToString(absl::StatusToStringMode::kWithEverything).find("Jane"),
            std::string::npos);
}

TEST(StreamName, JoinsIdsSoThatTheyCannotBeMistaken) {
  EXPECT_EQ(StreamName("series", {"robbery", "colchester", "essex-police"}),
            "series-robbery/colchester/essex-police");
  EXPECT_NE(StreamName("series", {"a-b", "c"}), StreamName("series", {"a", "b-c"}));
}

TEST(StreamName, ALongOneIsHashed) {
  const std::string id(64, 'a');
  const std::string name = StreamName("series", {id, id, id});
  EXPECT_EQ(name.rfind("series-sha256-", 0), 0U);
  EXPECT_LE(name.size(), 200U);
  EXPECT_NE(name, StreamName("series", {id, id, id + "b"}));
}

}  // namespace
}  // namespace daybook::commands
