// Append sessions: a result for every row, in order, and nothing twice.
#include <string>
#include <thread>
#include <vector>

#include "tests/integration/daybook_test.h"
#include "tests/integration/samples.h"

namespace daybook::integration {
namespace {

using types::v1::RowResult;

class Sessions : public DaybookTest {
 protected:
  void SetUp() override {
    DaybookTest::SetUp();
    SeedMeasures();
  }
  // How many events of that type the log holds.
  std::uint64_t CountOf(const std::string& type) {
    eventlog::v1::ReadAllRequest request;
    request.mutable_filter()->add_types(type);
    auto reader = client().ReadAll(request);
    std::uint64_t count = 0;
    eventlog::v1::ReadAllResponse page;
    while (reader.Read(&page)) count += static_cast<std::uint64_t>(page.events_size());
    EXPECT_TRUE(reader.Finish().ok());
    return count;
  }
};

template <class Response>
void ExpectOutcomes(const Response& response, std::uint32_t first_row, int rows,
                    RowResult::Outcome outcome) {
  EXPECT_FALSE(response.has_error()) << response.error().message();
  ASSERT_EQ(response.results_size(), rows);
  for (int i = 0; i < rows; ++i) {
    EXPECT_EQ(response.results(i).row(), first_row + static_cast<std::uint32_t>(i));
    EXPECT_EQ(response.results(i).outcome(), outcome) << response.results(i).ShortDebugString();
  }
}

TEST_F(Sessions, EveryReferralHasItsResultInOrder) {
  auto session = client().Referrals();
  auto message = ReferralMessage();
  for (std::uint32_t row = 1; row <= 20; ++row) {
    *message.add_rows() = Referral(row, "r-" + std::to_string(row));
  }
  const auto size = Size();
  const auto answer = session.Exchange(message);
  EXPECT_EQ(answer.request_id(), message.head().request_id());
  ExpectOutcomes(answer, 1, 20, RowResult::OUTCOME_RECORDED);
  EXPECT_EQ(answer.receipt().position(), size + 19);
  EXPECT_FALSE(answer.receipt().record_time().empty());
  session.WritesDone();
  EXPECT_TRUE(session.Finish().ok());
}

// Sends many messages of one row before it reads an answer; the ids of the answers as they came.
class ManyMessages {
 public:
  explicit ManyMessages(IncidentSession session) : session_(std::move(session)) {}

  void Send(int count) {
    for (int i = 0; i < count; ++i) {
      const auto message = IncidentMessage(static_cast<std::uint32_t>(i + 1), 1);
      sent.push_back(message.head().request_id());
      ASSERT_TRUE(session_.Write(message));
    }
    session_.WritesDone();
  }
  void ReadAll() {
    incidents::v1::SubmitIncidentsResponse response;
    while (session_.Read(&response)) {
      ++responses;
      Note(response);
      for (const auto& answer : response.more()) Note(answer);
    }
    EXPECT_TRUE(session_.Finish().ok());
  }

  std::vector<std::string> sent;
  std::vector<std::string> answered;
  std::size_t responses = 0;

 private:
  void Note(const incidents::v1::SubmitIncidentsResponse& answer) {
    answered.push_back(answer.request_id());
    EXPECT_TRUE(answer.has_receipt());
    EXPECT_EQ(answer.results_size(), 1);
  }
  IncidentSession session_;
};

TEST_F(Sessions, EveryMessageHasAResponseOfItsOwn) {
  ManyMessages messages(client().Incidents());
  messages.Send(100);
  messages.ReadAll();
  EXPECT_EQ(messages.answered, messages.sent);
  EXPECT_EQ(messages.responses, 100U);
}

TEST_F(Sessions, WhoAsksForGatheredAnswersGetsEachOnceAndInOrder) {
  ManyMessages messages(client().Incidents(/*gather_answers=*/true));
  messages.Send(100);
  messages.ReadAll();
  EXPECT_EQ(messages.answered, messages.sent);
  EXPECT_LE(messages.responses, 100U);
  EXPECT_EQ(CountOf("incidents.IncidentRecorded"), 100U);
}

TEST_F(Sessions, GatheredAnswersFitIntoWhatAClientTakes) {
  auto session = client().Incidents(/*gather_answers=*/true);
  constexpr std::uint32_t kMessages = 100;
  const std::jthread writer([&session] {
    for (std::uint32_t i = 0; i < kMessages; ++i) {
      auto message = IncidentMessage(500 * i + 1, 500);
      for (auto& row : *message.mutable_rows()) row.set_month("not a month");  // long findings
      if (!session.Write(message)) return;
    }
    session.WritesDone();
  });
  std::uint32_t answers = 0;
  incidents::v1::SubmitIncidentsResponse response;
  while (session.Read(&response)) {
    answers += 1 + static_cast<std::uint32_t>(response.more_size());
    EXPECT_LE(response.ByteSizeLong(), 4U << 20);
  }
  EXPECT_EQ(answers, kMessages);
}

TEST_F(Sessions, ABadRowInTheMiddleCostsNoGoodOne) {
  auto session = client().Referrals();
  auto message = ReferralMessage();
  for (std::uint32_t row = 1; row <= 5; ++row) {
    *message.add_rows() = Referral(row, "r-" + std::to_string(row));
  }
  message.mutable_rows(2)->set_received("2023-13");
  const auto size = Size();
  const auto answer = session.Exchange(message);
  ASSERT_EQ(answer.results_size(), 5);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(answer.results(i).outcome(),
              i == 2 ? RowResult::OUTCOME_REFUSED : RowResult::OUTCOME_RECORDED);
  }
  ASSERT_EQ(answer.results(2).findings_size(), 1);
  ExpectFinding(answer.results(2).findings(0),
                {absl::StatusCode::kOk, "INVALID_FIELD", "received", "2023-13"});
  EXPECT_EQ(Size(), size + 4);
}

TEST_F(Sessions, ManyMessagesInFlightAreAnsweredInTheirOrder) {
  constexpr int kMessages = 60;
  auto session = client().Incidents();
  std::vector<std::string> sent;
  const std::jthread writer([&session] {
    for (int i = 0; i < kMessages; ++i) {
      auto message = IncidentMessage(static_cast<std::uint32_t>(10 * i + 1), 10);
      message.mutable_head()->set_request_id("message-" + std::to_string(i));
      ASSERT_TRUE(session.Write(message));
    }
    session.WritesDone();
  });
  for (int i = 0; i < kMessages; ++i) {
    incidents::v1::SubmitIncidentsResponse answer;
    ASSERT_TRUE(session.Read(&answer));
    EXPECT_EQ(answer.request_id(), "message-" + std::to_string(i));
    ExpectOutcomes(answer, static_cast<std::uint32_t>(10 * i + 1), 10, RowResult::OUTCOME_RECORDED);
  }
  EXPECT_TRUE(session.Finish().ok());
  EXPECT_EQ(CountOf("incidents.IncidentRecorded"), 10U * kMessages);
}

TEST_F(Sessions, AMessageSentAgainIsAnsweredAsBefore) {
  const auto message = IncidentMessage(1, 5);
  const auto first = client().Incidents().Exchange(message);
  const auto size = Size();
  const auto again = client().Incidents().Exchange(message);
  ExpectOutcomes(again, 1, 5, RowResult::OUTCOME_RECORDED);
  EXPECT_TRUE(again.receipt().duplicate());
  EXPECT_EQ(again.receipt().position(), first.receipt().position());
  EXPECT_EQ(again.receipt().record_time(), first.receipt().record_time());
  EXPECT_EQ(Size(), size);
}

TEST_F(Sessions, TheSameRowsUnderNewRequestIdsAreUnchanged) {
  client().Incidents().Exchange(IncidentMessage(1, 5));
  const auto size = Size();
  const auto again = client().Incidents().Exchange(IncidentMessage(1, 5));
  ExpectOutcomes(again, 1, 5, RowResult::OUTCOME_UNCHANGED);
  EXPECT_FALSE(again.has_receipt());
  EXPECT_EQ(Size(), size);
}

TEST_F(Sessions, TheSameRowTwiceInAMessageIsRecordedOnce) {
  auto message = ObservationMessage();
  *message.add_rows() = Observation(1, "11");
  *message.add_rows() = Observation(2, "11");
  const auto answer = client().Observations().Exchange(message);
  ASSERT_EQ(answer.results_size(), 2);
  EXPECT_EQ(answer.results(0).outcome(), RowResult::OUTCOME_RECORDED);
  EXPECT_EQ(answer.results(1).outcome(), RowResult::OUTCOME_UNCHANGED);
}

TEST_F(Sessions, TheSameFileAgainChangesNothing) {
  const auto opened = Accept(OpenIncidents("north-shire/2023-05", 'a'));
  const std::string& id = opened.submission().submission_id();
  EXPECT_FALSE(opened.submission().completed());
  {
    auto session = client().Incidents();
    ExpectOutcomes(session.Exchange(IncidentMessage(1, 100, id)), 1, 100,
                   RowResult::OUTCOME_STAGED);
    auto last = IncidentMessage(101, 50, id);
    last.mutable_rows(0)->set_type("anti-social-behaviour");
    last.mutable_rows(0)->clear_source_key();
    ExpectOutcomes(session.Exchange(last), 101, 50, RowResult::OUTCOME_STAGED);
  }
  submissions::v1::CompleteSubmissionRequest complete;
  complete.mutable_head()->set_request_id(NewId("request"));
  complete.set_submission_id(id);
  complete.set_rows_read(150);
  const auto completed = Accept(complete).submission();
  EXPECT_EQ(completed.state(), "completed");
  EXPECT_TRUE(completed.current());
  EXPECT_EQ(completed.counts().rows_new(), 150U);
  EXPECT_EQ(completed.root().size(), 64U);

  const auto size = Size();
  const auto again = Accept(OpenIncidents("north-shire/2023-05", 'a'));
  EXPECT_EQ(again.submission().submission_id(), id);
  EXPECT_TRUE(again.submission().completed()) << "there is nothing to send";
  EXPECT_EQ(again.submission().rows_recorded(), 150U);
  // A client that sends its rows all the same changes nothing either.
  auto session = client().Incidents();
  ExpectOutcomes(session.Exchange(IncidentMessage(1, 100, id)), 1, 100, RowResult::OUTCOME_STAGED);
  auto last = IncidentMessage(101, 50, id);
  last.mutable_rows(0)->set_type("anti-social-behaviour");
  last.mutable_rows(0)->clear_source_key();
  ExpectOutcomes(session.Exchange(last), 101, 50, RowResult::OUTCOME_STAGED);
  complete.mutable_head()->set_request_id(NewId("request"));
  EXPECT_TRUE(Accept(complete).submission().completed());
  EXPECT_EQ(Size(), size);
}

TEST_F(Sessions, AnotherFileOfTheSameScopeIsItsNextVersion) {
  const auto send = [this](char digit, std::uint32_t rows) {
    const auto opened = Accept(OpenIncidents("north-shire/2023-05", digit)).submission();
    client().Incidents().Exchange(
        IncidentMessage(1, static_cast<int>(rows), opened.submission_id()));
    submissions::v1::CompleteSubmissionRequest complete;
    complete.mutable_head()->set_request_id(NewId("request"));
    complete.set_submission_id(opened.submission_id());
    complete.set_rows_read(rows);
    return complete;
  };
  Accept(send('a', 100));
  const auto more = Accept(send('b', 101)).submission();
  EXPECT_EQ(more.version(), 2U);
  EXPECT_EQ(more.counts().rows_new(), 1U);
  EXPECT_EQ(more.counts().rows_unchanged(), 100U);
  const auto size = Size();
  auto ten = send('c', 10);
  auto held = Accept(ten).submission();
  EXPECT_EQ(held.state(), "held");
  EXPECT_EQ(held.counts().rows_voided(), 91U);
  EXPECT_EQ(Size(), size + 3) << "two openings and the hold";
  ten.mutable_head()->set_request_id(NewId("request"));
  ten.set_confirm_voids(90);
  Refuse(ten, {absl::StatusCode::kFailedPrecondition, "WRONG_STATE", "", ""});
  ten.mutable_head()->set_request_id(NewId("request"));
  ten.set_confirm_voids(91);
  EXPECT_EQ(Accept(ten).submission().counts().rows_voided(), 91U);
}

TEST_F(Sessions, ASubmissionOfWhichRowsAreMissingIsNotCompleted) {
  const auto opened = Accept(OpenIncidents("north-shire/2023-05", 'a')).submission();
  client().Incidents().Exchange(IncidentMessage(1, 10, opened.submission_id()));
  submissions::v1::CompleteSubmissionRequest complete;
  complete.mutable_head()->set_request_id(NewId("request"));
  complete.set_submission_id(opened.submission_id());
  complete.set_rows_read(12);
  Refuse(complete, {absl::StatusCode::kFailedPrecondition, "WRONG_STATE", "", ""});
  submissions::v1::GetSubmissionRequest get;
  get.set_submission_id(opened.submission_id());
  EXPECT_EQ(Accept(get).submission().state(), "open");
}

TEST_F(Sessions, TheSubmissionOfAnotherAgencyIsNotKnown) {
  const auto opened = Accept(OpenIncidents("north-shire/2023-05", 'a'));
  Accept(Organisation("some-charity"));
  const auto before = Head();
  auto session = ClientOf("some-charity")->Incidents();
  const auto answer = session.Exchange(IncidentMessage(1, 3, opened.submission().submission_id()));
  ExpectRefusal(RefusalOf(answer.error()),
                {absl::StatusCode::kNotFound, "UNKNOWN_SUBMISSION", "", ""});
  ExpectUnharmed(before);
}

// Two extracts of one source, sent at the same time with the same incidents: each is recorded once,
// and whoever came second is told so.
TEST_F(Sessions, RowsSentByTwoSessionsAtOnceAreRecordedOnce) {
  static constexpr int kMessages = 20;
  static constexpr int kRows = 10;
  std::vector<int> recorded(2);
  const auto send = [this](int& count) {
    auto session = client().Incidents();
    for (int i = 0; i < kMessages; ++i) {
      const auto answer =
          session.Exchange(IncidentMessage(static_cast<std::uint32_t>(kRows * i + 1), kRows));
      EXPECT_FALSE(answer.has_error()) << answer.error().message();
      ASSERT_EQ(answer.results_size(), kRows);
      for (const auto& result : answer.results()) {
        EXPECT_NE(result.outcome(), RowResult::OUTCOME_REFUSED) << result.ShortDebugString();
        if (result.outcome() == RowResult::OUTCOME_RECORDED) ++count;
      }
    }
  };
  {
    const std::jthread other(send, std::ref(recorded[1]));
    send(recorded[0]);
  }
  EXPECT_EQ(recorded[0] + recorded[1], kMessages * kRows);
  EXPECT_EQ(CountOf("incidents.IncidentRecorded"), static_cast<std::uint64_t>(kMessages * kRows));
}

TEST_F(Sessions, FiguresOfADocumentAreRecordedOnce) {
  measures::v1::PublishFiguresRequest message;
  message.mutable_head()->set_request_id(NewId("request"));
  auto* figure = message.add_rows();
  figure->set_row(1);
  figure->set_document_id("report-2024-03");
  figure->set_published_date("2024-03-18");
  figure->set_measure_id(kCountMeasure);
  figure->set_area(kDistrict);
  *figure->mutable_period() = Month("2023-05", "31");
  figure->mutable_quantity()->set_value("12");
  ExpectOutcomes(client().Figures().Exchange(message), 1, 1, RowResult::OUTCOME_RECORDED);
  message.mutable_head()->set_request_id(NewId("request"));
  ExpectOutcomes(client().Figures().Exchange(message), 1, 1, RowResult::OUTCOME_UNCHANGED);
}

}  // namespace
}  // namespace daybook::integration
