#include "services/submissions/domain/submission_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "eventstore/memory/memory_event_store.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::submissions {
namespace {

using absl::StatusCode;
using daybook::testing::ChangesNothing;
using daybook::testing::DraftsOf;
using daybook::testing::FieldsOf;
using daybook::testing::IsRefused;

const commands::Caller kPolice{.agency = "north-police", .actor = ""};
const commands::Caller kCouncil{.agency = "town-council", .actor = ""};

v1::OpenSubmissionRequest File(char digit, const std::string& scope = "north-police/2018-10") {
  v1::OpenSubmissionRequest request;
  request.set_dataset("police-uk-street");
  request.set_scope(scope);
  request.set_sha256(std::string(64, digit));
  return request;
}

v1::CompleteSubmissionRequest Counts(const std::string& id, std::uint32_t read,
                                     std::uint32_t recorded, std::uint32_t unchanged = 0) {
  v1::CompleteSubmissionRequest request;
  request.set_submission_id(id);
  request.set_rows_read(read);
  request.set_rows_recorded(recorded);
  request.set_rows_unchanged(unchanged);
  request.set_rows_refused(read - recorded - unchanged);
  return request;
}

class Submissions : public ::testing::Test {
 protected:
  commands::Outcome Open(const v1::OpenSubmissionRequest& request,
                         const commands::Caller& caller = kPolice) {
    commands::StreamLoader loader(store_);
    return Unwrap(submissions::Open(caller, today_, request, loader), loader, caller);
  }
  commands::Outcome Complete(const v1::CompleteSubmissionRequest& request,
                             const commands::Caller& caller = kPolice) {
    commands::StreamLoader loader(store_);
    return Unwrap(submissions::Complete(caller, request, loader), loader, caller);
  }

  static events::v1::SubmissionOpened OpeningOf(const commands::Outcome& outcome) {
    events::v1::SubmissionOpened opening;
    const auto drafts = DraftsOf(outcome);
    EXPECT_EQ(drafts.size(), 2U);
    if (!drafts.empty()) {
      EXPECT_TRUE(opening.ParseFromString(drafts[0].payload));
    }
    return opening;
  }

  // Opened and accepted: it is the version that stands.
  void Stand(const v1::OpenSubmissionRequest& request,
             const std::vector<std::string>& months = {"2018-10"}) {
    events::v1::VersionAccepted accepted;
    *accepted.mutable_months() = {months.begin(), months.end()};
    accepted.set_submission_id(OpeningOf(Open(request)).submission_id());
    commands::StreamLoader loader(store_);
    ASSERT_OK_AND_ASSIGN(const SubmissionState state, Load(accepted.submission_id(), loader));
    ASSERT_OK(LoadScopeOf(state, loader).status());
    Unwrap(commands::Outcome(Accept(state, accepted, {})), loader, kPolice);
  }

  static v1::Submission AnswerOf(const commands::Outcome& outcome) {
    const auto* decision = std::get_if<commands::Decision>(&outcome);
    EXPECT_NE(decision, nullptr);
    return decision == nullptr ? v1::Submission() : SubmissionInAnswer(decision->answer);
  }

  std::string IdOf(char digit) {
    return SubmissionId("north-police", "police-uk-street", "north-police/2018-10",
                        std::string(64, digit));
  }

  eventstore::CivilDay today_{19'900};  // 2024-06-26
  eventstore::MemoryEventStore store_;

 private:
  // Appends what was decided, as one request.
  commands::Outcome Unwrap(absl::StatusOr<commands::Outcome> outcome,
                           const commands::StreamLoader& loader, const commands::Caller& caller) {
    EXPECT_OK(outcome.status());
    if (!outcome.ok()) return commands::Rejection();
    eventstore::AppendRequest request;
    request.agency = caller.agency;
    request.request_id = "r" + std::to_string(++requests_);
    for (const auto& draft : DraftsOf(*outcome)) {
      eventstore::NewEvent event;
      event.id = "e" + std::to_string(requests_) + draft.stream;
      event.type = draft.type;
      event.payload = draft.payload;
      request.writes.push_back({draft.stream, loader.Expected(draft.stream), {event}});
      EXPECT_NE(loader.Expected(draft.stream), eventstore::ExpectedRevision::Any());
    }
    if (!request.writes.empty()) {
      EXPECT_OK(store_.Append(request).status());
    }
    return *outcome;
  }

  int requests_ = 0;
};

TEST_F(Submissions, TheFirstFileOfAScopeIsVersion1) {
  const auto outcome = Open(File('a'));
  const auto drafts = DraftsOf(outcome);
  ASSERT_EQ(drafts.size(), 2U);
  EXPECT_EQ(drafts[0].stream, "submission-" + IdOf('a'));
  EXPECT_EQ(drafts[1].stream, "scope-north-police/police-uk-street/north-police/2018-10");
  EXPECT_EQ(drafts[0].payload, drafts[1].payload);
  const auto answer = AnswerOf(outcome);
  EXPECT_EQ(answer.submission_id(), IdOf('a'));
  EXPECT_EQ(answer.submission_id().size(), 32U);
  EXPECT_EQ(answer.version(), 1U);
  EXPECT_EQ(answer.kind(), "whole");
  EXPECT_EQ(answer.agency(), "north-police");
  EXPECT_FALSE(answer.completed());
}

TEST_F(Submissions, TheSameFileIsTheSameSubmission) {
  Open(File('a'));
  const auto again = Open(File('a'));
  EXPECT_THAT(again, ChangesNothing());
  EXPECT_EQ(AnswerOf(again).submission_id(), IdOf('a'));
}

TEST_F(Submissions, AfterCompletionTheSameFileIsAnsweredWithItsCounts) {
  Open(File('a'));
  Complete(Counts(IdOf('a'), 10, 7));
  const auto again = Open(File('a'));
  EXPECT_THAT(again, ChangesNothing());
  EXPECT_TRUE(AnswerOf(again).completed());
  EXPECT_EQ(AnswerOf(again).rows_recorded(), 7U);
  EXPECT_EQ(AnswerOf(again).rows_refused(), 3U);
}

TEST_F(Submissions, AnotherFileOfTheSameScopeIsTheNextVersion) {
  Open(File('a'));
  EXPECT_EQ(AnswerOf(Open(File('b'))).version(), 2U);
  EXPECT_EQ(AnswerOf(Open(File('c'))).version(), 3U);
  EXPECT_EQ(AnswerOf(Open(File('b'))).version(), 2U);
}

TEST_F(Submissions, VersionsAreOrderedByTheDayOfTheirExtractElseOfTheirOpening) {
  auto old = File('a');
  old.set_extract_date("2024-01-31");
  EXPECT_EQ(OpeningOf(Open(old)).order_day(), "2024-01-31");
  EXPECT_EQ(OpeningOf(Open(File('b'))).order_day(), "2024-06-26");
  auto future = File('c');
  future.set_extract_date("2024-06-27");
  EXPECT_THAT(Open(future),
              IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "extract_date"));
}

TEST_F(Submissions, AnEarlierFileStandsAgainOnlyWhenItIsAskedForWithAReason) {
  Stand(File('a'));
  Stand(File('b'));
  EXPECT_EQ(AnswerOf(Open(File('a'))).version(), 1U);
  auto again = File('a');
  again.set_as_new_version(true);
  EXPECT_THAT(Open(again), IsRefused(StatusCode::kInvalidArgument, "MISSING_FIELD", "reason"));
  again.set_reason("the second was of another month");
  const auto opening = OpeningOf(Open(again));
  EXPECT_EQ(opening.version(), 3U);
  EXPECT_NE(opening.submission_id(), IdOf('a'));
  EXPECT_EQ(opening.reason(), "the second was of another month");
}

TEST_F(Submissions, AFileOfOtherMonthsSupersedesNone) {
  Stand(File('a'), {"2018-10"});
  Stand(File('b'), {"2018-11", "2018-12"});
  const auto said = AnswerOf(Open(File('a')));
  EXPECT_EQ(said.submission_id(), IdOf('a'));
  commands::StreamLoader loader(store_);
  const auto standing = [&](char file) {
    const auto state = Load(IdOf(file), loader);
    const auto scope = LoadScopeOf(*state, loader);
    const v1::Submission told = ToSubmission(*state, *scope);
    return told.current() ? 0 : static_cast<int>(told.superseded_by());
  };
  EXPECT_EQ(standing('a'), 0);
  EXPECT_EQ(standing('b'), 0);
  Stand(File('c'), {"2018-10", "2018-11"});
  EXPECT_EQ(standing('a'), 3);
  EXPECT_EQ(standing('b'), 0) << "of a month nothing later came";
  Stand(File('d'), {"2018-12"});
  EXPECT_EQ(standing('b'), 4) << "two later files cover it together";
}

TEST_F(Submissions, TheFileThatStandsIsNeverOpenedAgain) {
  Stand(File('a'));
  auto again = File('a');
  again.set_as_new_version(true);
  again.set_reason("to be sure");
  const auto outcome = Open(again);
  EXPECT_THAT(outcome, ChangesNothing());
  EXPECT_EQ(AnswerOf(outcome).submission_id(), IdOf('a'));
}

TEST_F(Submissions, AnotherScopeDatasetOrAgencyIsAnotherSubmission) {
  Open(File('a'));
  EXPECT_EQ(DraftsOf(Open(File('b', "north-police/2018-11"))).size(), 2U);
  EXPECT_EQ(DraftsOf(Open(File('b'), kCouncil)).size(), 2U);
  auto other = File('b');
  other.set_dataset("incidents");
  EXPECT_EQ(DraftsOf(Open(other)).size(), 2U);
}

TEST_F(Submissions, EveryFaultyFieldIsNamedAtOnce) {
  auto request = File('a');
  request.set_dataset("horoscopes");
  request.set_scope("Everything!");
  request.set_kind("rumours");
  request.set_extract_date("yesterday");
  request.set_sha256("ABC");
  const auto outcome = Open(request);
  EXPECT_THAT(outcome, IsRefused(StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "dataset"));
  EXPECT_THAT(FieldsOf(outcome),
              ::testing::ElementsAre("dataset", "scope", "kind", "extract_date", "sha256"));
}

TEST_F(Submissions, DatasetScopeAndHashAreRequired) {
  const auto outcome = Open({});
  EXPECT_THAT(outcome, IsRefused(StatusCode::kInvalidArgument, "MISSING_FIELD"));
  EXPECT_THAT(FieldsOf(outcome), ::testing::ElementsAre("dataset", "scope", "sha256"));
}

TEST_F(Submissions, CompletingTwiceWithTheSameCountsChangesNothing) {
  Open(File('a'));
  EXPECT_EQ(DraftsOf(Complete(Counts(IdOf('a'), 10, 7, 1))).size(), 1U);
  EXPECT_THAT(Complete(Counts(IdOf('a'), 10, 7, 1)), ChangesNothing());
}

TEST_F(Submissions, CompletingWithOtherCountsIsAWrongState) {
  Open(File('a'));
  Complete(Counts(IdOf('a'), 10, 10));
  EXPECT_THAT(Complete(Counts(IdOf('a'), 10, 9, 1)),
              IsRefused(StatusCode::kFailedPrecondition, "WRONG_STATE"));
}

TEST_F(Submissions, RefusedRowsMayBeSentAgainAndTheLastCountsStand) {
  Open(File('a'));
  EXPECT_EQ(AnswerOf(Complete(Counts(IdOf('a'), 10, 7))).attempts(), 1U);
  EXPECT_THAT(Complete(Counts(IdOf('a'), 11, 11)),
              IsRefused(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  EXPECT_EQ(AnswerOf(Complete(Counts(IdOf('a'), 10, 10))).attempts(), 2U);
  const auto stands = AnswerOf(Open(File('a')));
  EXPECT_EQ(stands.rows_recorded(), 10U);
  EXPECT_EQ(stands.rows_refused(), 0U);
  EXPECT_EQ(stands.attempts(), 2U);
  EXPECT_THAT(Complete(Counts(IdOf('a'), 10, 7)),
              IsRefused(StatusCode::kFailedPrecondition, "WRONG_STATE"));
}

TEST_F(Submissions, OnlyWhatWasOpenedByTheAgencyCanBeCompleted) {
  EXPECT_THAT(Complete(Counts(IdOf('a'), 1, 1)),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_SUBMISSION", "submission_id"));
  EXPECT_THAT(Complete(Counts("garbage", 1, 1)),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_SUBMISSION"));
  Open(File('a'));
  EXPECT_THAT(Complete(Counts(IdOf('a'), 1, 1), kCouncil),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_SUBMISSION"));
}

TEST_F(Submissions, CountsFitTheRowsRead) {
  Open(File('a'));
  auto request = Counts(IdOf('a'), 5, 5);
  request.set_rows_refused(6);
  EXPECT_THAT(Complete(request),
              IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "rows_refused"));
  EXPECT_THAT(Complete({}),
              IsRefused(StatusCode::kInvalidArgument, "MISSING_FIELD", "submission_id"));
}

TEST_F(Submissions, RowsMayNameOnlyASubmissionOfTheirAgency) {
  Open(File('a'));
  commands::StreamLoader loader(store_);
  ASSERT_OK_AND_ASSIGN(auto own, CheckOpened(kPolice, IdOf('a'), loader));
  EXPECT_FALSE(own.has_value());
  ASSERT_OK_AND_ASSIGN(auto none, CheckOpened(kPolice, "", loader));
  EXPECT_FALSE(none.has_value());
  ASSERT_OK_AND_ASSIGN(auto other, CheckOpened(kCouncil, IdOf('a'), loader));
  ASSERT_TRUE(other.has_value());
  EXPECT_EQ(other->reason, "UNKNOWN_SUBMISSION");
}

TEST_F(Submissions, OfAFileWithSealedCellsScopeAndReasonAreSealed) {
  v1::OpenSubmissionRequest request = File('a', "00112233445566778899aabbccddeeff");
  request.set_dataset("referrals");
  request.set_as_new_version(true);
  request.set_reason("she rang again");
  const auto outcome =
      Decide(kPolice, today_, ScopeState(), SubmissionState(), request, "jane-smith");
  const auto drafts = DraftsOf(outcome);
  ASSERT_EQ(drafts.size(), 2U);
  EXPECT_EQ(OpeningOf(outcome).reason(), "");
  ASSERT_EQ(drafts[0].parts.size(), 2U);
  EXPECT_EQ(drafts[0].parts[0].name, "scope");
  EXPECT_EQ(drafts[0].parts[0].plaintext, "jane-smith");
  EXPECT_EQ(drafts[0].parts[1].name, "reason");
  EXPECT_EQ(drafts[0].parts[1].plaintext, "she rang again");
  EXPECT_TRUE(drafts[1].parts.empty());
  for (const auto& draft : drafts) {
    EXPECT_EQ(draft.payload.find("jane"), std::string::npos);
    EXPECT_EQ(draft.payload.find("rang"), std::string::npos);
  }
}

}  // namespace
}  // namespace daybook::submissions
