// How append sessions end before their time: the client goes away, or the server does. Whoever
// sends everything again ends with every row once.
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "tests/integration/daybook_test.h"
#include "tests/integration/samples.h"

namespace daybook::integration {
namespace {

using incidents::v1::SubmitIncidentsRequest;
using incidents::v1::SubmitIncidentsResponse;

constexpr int kEndMessages = 30;
constexpr int kEndRows = 10;

class SessionEnds : public DaybookTest {
 protected:
  void SetUp() override {
    DaybookTest::SetUp();
    SeedPartners();
    for (int i = 0; i < kEndMessages; ++i) {
      messages_.push_back(IncidentMessage(static_cast<std::uint32_t>(kEndRows * i + 1), kEndRows));
    }
  }

  // Sends every message under its first request id; each is accepted, now or before.
  void SendAll() {
    auto session = client().Incidents();
    for (const auto& message : messages_) {
      const auto answer = session.Exchange(message);
      ASSERT_FALSE(answer.has_error()) << answer.error().message();
      ASSERT_EQ(answer.results_size(), kEndRows);
    }
    session.WritesDone();
    EXPECT_TRUE(session.Finish().ok());
  }

  void ExpectEveryRowOnce() {
    eventlog::v1::ReadAllRequest request;
    request.mutable_filter()->add_types("incidents.IncidentRecorded");
    auto reader = client().ReadAll(request);
    std::set<std::string> streams;
    std::size_t events = 0;
    eventlog::v1::ReadAllResponse page;
    while (reader.Read(&page)) {
      for (const auto& event : page.events()) streams.insert(event.stream());
      events += static_cast<std::size_t>(page.events_size());
    }
    EXPECT_TRUE(reader.Finish().ok());
    EXPECT_EQ(events, static_cast<std::size_t>(kEndMessages * kEndRows));
    EXPECT_EQ(streams.size(), events);
  }

  std::vector<SubmitIncidentsRequest> messages_;
};

TEST_F(SessionEnds, AClientThatCancelsHalfWayResumes) {
  {
    auto session = client().Incidents();
    for (const auto& message : messages_) ASSERT_TRUE(session.Write(message));
    for (int i = 0; i < kEndMessages / 3; ++i) {
      SubmitIncidentsResponse answer;
      ASSERT_TRUE(session.Read(&answer));
    }
    session.Cancel();
    EXPECT_EQ(session.Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  SendAll();
  ExpectEveryRowOnce();
}

TEST_F(SessionEnds, AClientThatGoesAwayWithoutReadingLeavesTheServerWell) {
  for (int i = 0; i < 5; ++i) {
    auto session = client().Incidents();
    for (const auto& message : messages_) ASSERT_TRUE(session.Write(message));
    // The session is dropped: no answer was read.
  }
  SendAll();
  ExpectEveryRowOnce();
}

TEST_F(SessionEnds, AHalfClosedSessionStillAnswersEverything) {
  auto session = client().Incidents();
  for (const auto& message : messages_) ASSERT_TRUE(session.Write(message));
  session.WritesDone();
  for (const auto& message : messages_) {
    SubmitIncidentsResponse answer;
    ASSERT_TRUE(session.Read(&answer));
    EXPECT_EQ(answer.request_id(), message.head().request_id());
    EXPECT_EQ(answer.results_size(), kEndRows);
  }
  EXPECT_TRUE(session.Finish().ok());
}

TEST_F(SessionEnds, AnIdleSessionIsToldThatTheServerDrains) {
  auto session = client().Incidents();
  ASSERT_EQ(session.Exchange(messages_.front()).results_size(), kEndRows);
  const std::jthread drain([this] { node().Drain(); });
  SubmitIncidentsResponse none;
  EXPECT_FALSE(session.Read(&none));
  const Refusal refusal = RefusalOf(session.Finish());
  ExpectRefusal(refusal, {absl::StatusCode::kUnavailable, "SHUTTING_DOWN", "", ""});
  EXPECT_GT(refusal.retry_after_ms, 0U);
}

TEST_F(SessionEnds, MessagesInFlightWhenTheServerDrainsAreNotLostAndNotDoubled) {
  std::set<std::string> answered;
  {
    auto session = client().Incidents();
    absl::Notification some_answered;
    std::jthread writer([&] {
      for (const auto& message : messages_) {
        if (!session.Write(message)) return;
      }
    });
    const std::jthread drain([&] {
      some_answered.WaitForNotification();
      node().Drain();
    });
    SubmitIncidentsResponse answer;
    while (session.Read(&answer)) {
      EXPECT_FALSE(answer.has_error()) << answer.error().message();
      answered.insert(answer.request_id());
      if (answered.size() == 3) some_answered.Notify();
    }
    ASSERT_GE(answered.size(), 3U);
    writer.join();  // nothing may be written to a stream that is finished
    // The reason may be overtaken: a connection that closes while the client still sends is reset.
    EXPECT_EQ(session.Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  }
  Restart();
  // What was answered is in the log: sent again, it is known.
  auto session = client().Incidents();
  for (const auto& message : messages_) {
    const auto answer = session.Exchange(message);
    ASSERT_FALSE(answer.has_error()) << answer.error().message();
    if (answered.contains(message.head().request_id())) {
      EXPECT_TRUE(answer.receipt().duplicate()) << message.head().request_id();
    }
  }
  ExpectEveryRowOnce();
}

TEST_F(SessionEnds, ASubmissionGoesOnAfterARestart) {
  const auto opened = Accept(OpenIncidents("north-shire/2023-05", 'a'));
  const std::string& id = opened.submission().submission_id();
  for (auto& message : messages_) message.mutable_head()->set_submission_id(id);
  {
    auto session = client().Incidents();
    for (int i = 0; i < kEndMessages / 2; ++i) {
      session.Exchange(messages_[static_cast<std::size_t>(i)]);
    }
  }
  Restart();
  const auto again = Accept(OpenIncidents("north-shire/2023-05", 'a'));
  EXPECT_EQ(again.submission().submission_id(), id);
  EXPECT_FALSE(again.submission().completed());
  SendAll();
  submissions::v1::CompleteSubmissionRequest complete;
  complete.mutable_head()->set_request_id(NewId("request"));
  complete.set_submission_id(id);
  complete.set_rows_read(kEndMessages * kEndRows);
  EXPECT_EQ(Accept(complete).submission().counts().rows_new(),
            static_cast<std::uint32_t>(kEndMessages * kEndRows));
  ExpectEveryRowOnce();
}

}  // namespace
}  // namespace daybook::integration
