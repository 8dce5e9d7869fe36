// Followers of a log that is written to: what a subscription is made of, without the wire, so that
// the thread sanitizer can judge it.
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "tests/contract/event_store_contract.h"

namespace daybook::eventstore {
namespace {

constexpr int kFollowedWriters = 8;
constexpr int kRequestsEach = 60;
const std::vector<std::string> kTypes = {"incidents.IncidentRecorded", "referrals.ReferralRecorded",
                                         "actions.UpdateSubmitted"};

// Reads page by page what passes its filter, and waits for a commit when it has seen everything.
class Follower {
 public:
  Follower(EventStore& store, Filter filter, Position from, std::uint64_t page)
      : store_(store), filter_(std::move(filter)), next_(from.value), page_(page) {
    listener_ = store_.OnCommit([this](std::uint64_t size) {
      const absl::MutexLock lock(&mutex_);
      size_ = size;
    });
    // After the listener is there: nothing falls between.
    const std::uint64_t size = store_.Head().size;
    const absl::MutexLock lock(&mutex_);
    size_ = std::max(size_, size);
  }

  void FollowUpTo(std::uint64_t end) {
    while (next_ < end) {
      Wait();
      ReadPage();
    }
  }

  std::vector<RecordedEvent> seen;

 private:
  void Wait() {
    const absl::MutexLock lock(&mutex_);
    const auto more = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return size_ > next_; };
    mutex_.Await(absl::Condition(&more));
    upto_ = size_;
  }

  void ReadPage() {
    std::uint64_t left = page_;
    const absl::Status status =
        store_.ReadAll({.from = Position{next_}, .filter = filter_}, [&](RecordedEvent& event) {
          if (event.position.value >= upto_) return false;
          next_ = event.position.value + 1;
          seen.push_back(std::move(event));
          return --left > 0;
        });
    ASSERT_OK(status);
    if (left > 0) next_ = upto_;  // nothing more below passes
  }

  EventStore& store_;
  const Filter filter_;
  std::uint64_t next_;
  std::uint64_t upto_ = 0;
  const std::uint64_t page_;
  absl::Mutex mutex_;
  std::uint64_t size_ ABSL_GUARDED_BY(mutex_) = 0;
  std::unique_ptr<EventStore::Listener> listener_;
};

TEST_P(EventStoreContract, EightFollowersOfEightWritersEachSeeEveryMatchingEventOnceAndInOrder) {
  Append("before", 5);
  const std::vector<Filter> filters = {{},
                                       {.types = {kTypes[0]}},
                                       {.types = {kTypes[1], kTypes[2]}},
                                       {.contexts = {"actions"}},
                                       {.types = {kTypes[1]}, .contexts = {"incidents"}},
                                       {.types = {"nobody.Writes"}},
                                       {},
                                       {.contexts = {"referrals"}}};
  constexpr std::uint64_t kAll = 5 + kFollowedWriters * kRequestsEach * 3;
  std::vector<std::unique_ptr<Follower>> followers;
  for (std::size_t i = 0; i < filters.size(); ++i) {
    // Pages of 1, 7, 49, …: some stop often, some hardly.
    followers.push_back(
        std::make_unique<Follower>(store(), filters[i], Position{i % 3}, i % 4 == 0 ? 1 : 7 * i));
  }
  {
    std::vector<std::jthread> threads;
    for (int writer = 0; writer < kFollowedWriters; ++writer) {
      threads.emplace_back([this, writer] {
        for (int i = 0; i < kRequestsEach; ++i) {
          std::vector<NewEvent> events;
          for (const std::string& type : kTypes) events.push_back(Event(type));
          Append(Request(
              {{"stream-" + std::to_string(writer), ExpectedRevision::Any(), std::move(events)}}));
        }
      });
    }
    for (const auto& follower : followers) {
      threads.emplace_back([&follower] { follower->FollowUpTo(kAll); });
    }
  }
  const std::vector<RecordedEvent> log = ReadAll();
  ASSERT_EQ(log.size(), kAll);
  for (std::size_t i = 0; i < filters.size(); ++i) {
    std::vector<RecordedEvent> expected;
    for (const RecordedEvent& event : log) {
      if (event.position.value >= i % 3 && filters[i].Passes(event.event.type)) {
        expected.push_back(event);
      }
    }
    EXPECT_EQ(followers[i]->seen.size(), expected.size()) << "follower " << i;
    EXPECT_TRUE(followers[i]->seen == expected) << "follower " << i;
  }
}

}  // namespace
}  // namespace daybook::eventstore
