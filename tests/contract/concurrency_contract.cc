// Many writers at once, and those who listen to them.
#include <algorithm>
#include <map>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "eventstore/core/error.h"
#include "tests/contract/event_store_contract.h"

namespace daybook::eventstore {
namespace {

using ::daybook::testing::HasReason;
using ::testing::Each;

constexpr std::size_t kWriters = 8;

// Runs `work(writer)` on kWriters threads and waits for all of them.
template <typename Work>
void InParallel(const Work& work) {
  std::vector<std::jthread> threads;
  for (std::size_t writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&work, writer] { work(writer); });
  }
}

TEST_P(EventStoreContract, ConcurrentWritersLeaveNoGapAndNoDoublePosition) {
  constexpr std::size_t kRequests = 40;
  std::vector<std::vector<AppendResult>> results(kWriters);
  InParallel([&](std::size_t writer) {
    for (std::size_t i = 0; i < kRequests; ++i) {
      const std::string own = "own-" + std::to_string(writer);
      results[writer].push_back(Append(Request({{own, ExpectedRevision::Any(), Events(1 + i % 3)},
                                                {"shared", ExpectedRevision::Any(), Events(1)}})));
    }
  });

  std::uint64_t next = 0;
  std::map<std::string, std::uint64_t> next_revision;
  for (const RecordedEvent& event : ReadAll()) {
    EXPECT_EQ(event.position.value, next++);
    EXPECT_EQ(event.revision.value, next_revision[event.stream]++);
  }
  EXPECT_EQ(next, Size());

  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
  for (const std::vector<AppendResult>& of_writer : results) {
    for (const AppendResult& result : of_writer) {
      ranges.emplace_back(result.first.value, result.last.value + 1);
    }
  }
  std::sort(ranges.begin(), ranges.end());
  std::uint64_t expected_first = 0;
  for (const auto& [first, end] : ranges) {
    EXPECT_EQ(first, expected_first);
    expected_first = end;
  }
  EXPECT_EQ(expected_first, Size());
}

TEST_P(EventStoreContract, AWritersOwnRequestsStandInTheOrderOfTheirAnswers) {
  std::vector<std::vector<std::uint64_t>> firsts(kWriters);
  InParallel([&](std::size_t writer) {
    for (int i = 0; i < 30; ++i) {
      firsts[writer].push_back(Append("stream-" + std::to_string(writer)).first.value);
    }
  });
  for (const std::vector<std::uint64_t>& of_writer : firsts) {
    EXPECT_TRUE(std::is_sorted(of_writer.begin(), of_writer.end()));
  }
}

TEST_P(EventStoreContract, OfRacingWritersToANewStreamExactlyOneSucceeds) {
  for (int round = 0; round < 10; ++round) {
    const std::string stream = "incident-" + std::to_string(round);
    std::atomic<int> accepted = 0;
    InParallel([&](std::size_t) {
      const auto result = store().Append(Request(stream, 2, ExpectedRevision::NoStream()));
      if (result.ok()) {
        ++accepted;
      } else {
        EXPECT_THAT(result, HasReason(reason::kRevisionConflict));
      }
    });
    EXPECT_EQ(accepted, 1);
    EXPECT_EQ(ReadStream(stream).size(), 2U);
  }
}

TEST_P(EventStoreContract, OptimisticWritersLoseNoUpdate) {
  constexpr std::uint64_t kEach = 10;
  Append("counter");
  InParallel([&](std::size_t) {
    for (std::uint64_t done = 0; done < kEach;) {
      const std::uint64_t count = store().StreamEventCount("counter").value();
      done += store().Append(Request("counter", 1, ExpectedRevision::Exactly({count - 1}))).ok()
                  ? 1
                  : 0;
    }
  });
  EXPECT_EQ(ReadStream("counter").size(), 1 + kWriters * kEach);
}

TEST_P(EventStoreContract, TheSameRequestFromManyWritersIsWrittenOnce) {
  for (int round = 0; round < 10; ++round) {
    const AppendRequest request = Request("incident-" + std::to_string(round), 3);
    std::vector<AppendResult> results(kWriters);
    InParallel([&](std::size_t writer) { results[writer] = Append(request); });
    EXPECT_EQ(std::count_if(results.begin(), results.end(),
                            [](const AppendResult& result) { return !result.duplicate; }),
              1);
    for (AppendResult& result : results) {
      result.duplicate = false;
    }
    EXPECT_THAT(results, Each(results.front()));
    EXPECT_EQ(Size(), 3U * static_cast<std::uint64_t>(round + 1));
  }
}

TEST_P(EventStoreContract, AnAnsweredRequestIsSeenByEveryLaterRead) {
  InParallel([&](std::size_t writer) {
    const std::string stream = "stream-" + std::to_string(writer);
    for (std::uint64_t i = 0; i < 20; ++i) {
      const AppendResult result = Append(stream);
      EXPECT_EQ(store().StreamEventCount(stream).value(), i + 1);
      EXPECT_EQ(ReadStream(stream).size(), i + 1);
      EXPECT_GT(Size(), result.last.value);
      EXPECT_EQ(ReadAll({.from = result.last, .limit = 1}).size(), 1U);
    }
  });
}

TEST_P(EventStoreContract, EveryAsynchronousRequestIsAnsweredOnce) {
  constexpr int kRequests = 200;
  absl::BlockingCounter outstanding(kRequests);
  std::vector<std::atomic<int>> answers(kRequests);
  for (int i = 0; i < kRequests; ++i) {
    // Every tenth is refused at the door, every seventh at the commit.
    AppendRequest request =
        Request("stream-" + std::to_string(i), 1,
                i % 7 == 0 ? ExpectedRevision::StreamExists() : ExpectedRevision::NoStream());
    if (i % 10 == 0) {
      request.agency.clear();
    }
    store().AppendAsync(std::move(request), [&, i](absl::StatusOr<AppendResult> result) {
      EXPECT_EQ(result.ok(), i % 7 != 0 && i % 10 != 0);
      if (++answers[static_cast<std::size_t>(i)] == 1) {
        outstanding.DecrementCount();
      }
    });
  }
  outstanding.Wait();
  for (const std::atomic<int>& count : answers) {
    EXPECT_EQ(count, 1);
  }
}

TEST_P(EventStoreContract, AnAnswerMayQueueTheNextRequest) {
  absl::BlockingCounter outstanding(2);
  store().AppendAsync(Request("stream-1"), [&](const absl::StatusOr<AppendResult>& first) {
    EXPECT_OK(first);
    store().AppendAsync(Request("stream-2"), [&](const absl::StatusOr<AppendResult>& second) {
      EXPECT_OK(second);
      outstanding.DecrementCount();
    });
    outstanding.DecrementCount();
  });
  outstanding.Wait();
  EXPECT_EQ(Size(), 2U);
}

// What a listener heard.
class Heard {
 public:
  void Add(std::uint64_t size) {
    absl::MutexLock lock(&mutex_);
    EXPECT_GT(size, last_);
    last_ = size;
    ++calls_;
  }
  // False when it is not heard of within a minute.
  bool WaitFor(std::uint64_t size) {
    absl::MutexLock lock(&mutex_);
    const auto there = [this, size]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return last_ >= size; };
    return mutex_.AwaitWithTimeout(absl::Condition(&there), absl::Minutes(1));
  }
  int calls() {
    absl::MutexLock lock(&mutex_);
    return calls_;
  }

 private:
  absl::Mutex mutex_;
  std::uint64_t last_ ABSL_GUARDED_BY(mutex_) = 0;
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;
};

TEST_P(EventStoreContract, AListenerHearsOfEveryCommitInOrder) {
  Heard heard;
  const auto listener = store().OnCommit([&heard](std::uint64_t size) { heard.Add(size); });
  InParallel([&](std::size_t writer) {
    for (int i = 0; i < 20; ++i) {
      Append("stream-" + std::to_string(writer), 2);
    }
  });
  EXPECT_EQ(Size(), kWriters * 40);
  EXPECT_TRUE(heard.WaitFor(Size()));
}

TEST_P(EventStoreContract, WhatAListenerHearsOfCanBeRead) {
  struct {
    absl::Mutex mutex;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> sizes_and_heads ABSL_GUARDED_BY(mutex);
  } seen;
  Heard heard;
  const auto listener = store().OnCommit([&](std::uint64_t size) {
    {
      absl::MutexLock lock(&seen.mutex);
      seen.sizes_and_heads.emplace_back(size, store().Head().size);
    }
    heard.Add(size);
  });
  Append("stream-1", 2);
  Append("stream-1", 3);
  ASSERT_TRUE(heard.WaitFor(5));
  absl::MutexLock lock(&seen.mutex);
  for (const auto& [size, head] : seen.sizes_and_heads) {
    EXPECT_GE(head, size);
  }
}

TEST_P(EventStoreContract, AListenerThatIsGoneHearsNothing) {
  Heard heard;
  Heard other;
  auto listener = store().OnCommit([&heard](std::uint64_t size) { heard.Add(size); });
  const auto stays = store().OnCommit([&other](std::uint64_t size) { other.Add(size); });
  Append("stream-1");
  ASSERT_TRUE(heard.WaitFor(1));
  listener.reset();
  const int calls = heard.calls();
  Append("stream-1");
  ASSERT_TRUE(other.WaitFor(2));
  EXPECT_EQ(heard.calls(), calls);
}

TEST_P(EventStoreContract, AListenerHearsNothingOfDuplicatesAndRefusals) {
  const AppendRequest request = Request("stream-1", 1, ExpectedRevision::NoStream());
  Append(request);
  Heard heard;
  const auto listener = store().OnCommit([&heard](std::uint64_t size) { heard.Add(size); });
  Append(request);
  EXPECT_FALSE(store().Append(Request("stream-1", 1, ExpectedRevision::NoStream())).ok());
  Append("stream-2");
  ASSERT_TRUE(heard.WaitFor(2));
  EXPECT_EQ(heard.calls(), 1);
}

}  // namespace
}  // namespace daybook::eventstore
