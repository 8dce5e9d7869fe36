#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "eventstore/memory/memory_event_store.h"
#include "eventstore/notify/feed_listener.h"
#include "eventstore/notify/feed_pump.h"
#include "tests/support/status_matchers.h"

namespace daybook::notify {
namespace {

using testing::HasReason;

constexpr std::chrono::seconds kPatience{20};

class Feed : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(pump_, FeedPump::Start(store_, "tcp://127.0.0.1:0"));
  }

  std::unique_ptr<FeedListener> Listen(const std::vector<std::string>& topics = {}) {
    auto listener = FeedListener::Connect(pump_->endpoint(), topics);
    EXPECT_OK(listener.status());
    return *std::move(listener);
  }

  void Append(const std::string& type) {
    const std::string id = std::to_string(++appended_);
    eventstore::AppendRequest request;
    request.agency = "us";
    request.request_id = id;
    eventstore::NewEvent event;
    event.id = id;
    event.type = type;
    request.writes.push_back({"s" + id, eventstore::ExpectedRevision::NoStream(), {event}});
    ASSERT_OK(store_.Append(request).status());
  }

  // A socket that connects hears nothing until it has subscribed: appends until it hears, and
  // returns that claim.
  FeedClaim FirstHeard(FeedListener& listener, const std::string& type) {
    for (const auto end = std::chrono::steady_clock::now() + kPatience;
         std::chrono::steady_clock::now() < end;) {
      Append(type);
      if (auto claim = listener.Next(std::chrono::milliseconds(100))) return *claim;
    }
    ADD_FAILURE() << "nothing was heard";
    return {};
  }

  eventstore::MemoryEventStore store_;
  std::unique_ptr<FeedPump> pump_;
  int appended_ = 0;
};

TEST_F(Feed, ClaimsEveryEventInOrderWithTypeAndPosition) {
  const auto listener = Listen();
  FeedClaim last = FirstHeard(*listener, "a.First");
  const eventstore::LogIdentity log = store_.Head().log;
  for (const char* type : {"b.Second", "c.Third"}) Append(type);
  std::vector<std::string> types;
  while (last.position + 1 < store_.Head().size) {
    const auto claim = listener->Next(kPatience);
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->position, last.position + 1);
    EXPECT_EQ(claim->log_id, log.log_id);
    EXPECT_EQ(claim->incarnation, log.incarnation);
    types.push_back(claim->topic);
    last = *claim;
  }
  ASSERT_GE(types.size(), 2U);
  EXPECT_EQ(types[types.size() - 2], "b.Second");
  EXPECT_EQ(types.back(), "c.Third");
}

TEST_F(Feed, AListenerToOneTopicHearsThatAlone) {
  const auto listener = Listen({"b."});
  FirstHeard(*listener, "b.Wanted");
  Append("a.Other");
  Append("b.Again");
  std::string topic;
  while (const auto claim = listener->Next(kPatience)) {
    EXPECT_TRUE(claim->topic.starts_with("b.")) << claim->topic;
    topic = claim->topic;
    if (claim->position + 1 == store_.Head().size) break;
  }
  EXPECT_EQ(topic, "b.Again");
}

TEST_F(Feed, EndsWhileItIsQuietAndWhileNobodyListens) {
  Append("a.Unheard");
  const auto listener = Listen();
  pump_.reset();
  EXPECT_EQ(listener->Next(std::chrono::milliseconds(1)), std::nullopt);
}

TEST_F(Feed, AnAddressThatIsTakenIsNamedAsSuch) {
  const auto second = FeedPump::Start(store_, pump_->endpoint()).status();
  EXPECT_THAT(second, HasReason("ADDRESS_IN_USE"));
  EXPECT_THAT(FeedPump::Start(store_, "nonsense").status(), HasReason("ADDRESS_IN_USE"));
}

}  // namespace
}  // namespace daybook::notify
