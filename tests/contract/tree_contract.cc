// The Merkle tree over the log: heads, roots, checkpoints.
#include <set>
#include <span>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/merkle/commitment.h"
#include "eventstore/merkle/frontier.h"
#include "eventstore/merkle/hash.h"
#include "tests/contract/event_store_contract.h"
#include "tests/support/naive_tree.h"

namespace daybook::eventstore {
namespace {

using ::daybook::testing::HasCode;
using ::daybook::testing::HasReason;
using ::daybook::testing::NaiveRoot;

std::vector<Hash> LeavesOf(const std::vector<RecordedEvent>& events) {
  std::vector<Hash> leaves;
  for (const RecordedEvent& event : events) {
    leaves.push_back(event.leaf);
  }
  return leaves;
}

TEST_P(EventStoreContract, TheRootOfAnEmptyLogIsTheHashOfNothing) {
  EXPECT_EQ(store().Head().root, merkle::EmptyRoot());
  ASSERT_OK_AND_ASSIGN(const Hash root, store().RootAt(0));
  EXPECT_EQ(root, merkle::EmptyRoot());
}

TEST_P(EventStoreContract, EveryLeafCommitsToItsEvent) {
  NewEvent event = Event("x.Y", "payload");
  event.known = {.precision = KnownPrecision::kMonth, .day = {19'812}};
  event.marking = "marking";
  event.parts = {Part("narrative", "one"), Part("age", "two")};
  Append(Request({{"a", ExpectedRevision::Any(), {event, Event()}},
                  {"b", ExpectedRevision::Any(), Events(1)}}));
  for (const RecordedEvent& recorded : ReadAll()) {
    EXPECT_EQ(recorded.leaf, merkle::CommitmentLeaf(recorded));
  }
}

TEST_P(EventStoreContract, EveryEventHasASaltOfItsOwn) {
  Append("a", 50);
  std::set<Salt> salts;
  for (const RecordedEvent& event : ReadAll()) {
    salts.insert(event.salt);
  }
  EXPECT_EQ(salts.size(), 50U);
  EXPECT_EQ(salts.count(Salt{}), 0U);
}

TEST_P(EventStoreContract, EveryRootIsThatOfTheNaiveTreeOverTheLeaves) {
  std::vector<Hash> heads = {store().Head().root};
  for (std::size_t i = 0; i < 45; ++i) {
    Append("stream-" + std::to_string(i % 4), 1 + i % 5);
    const Checkpoint head = store().Head();
    heads.resize(head.size, Hash{});  // sizes inside a request are never a head
    heads.push_back(head.root);
  }
  const std::vector<Hash> leaves = LeavesOf(ReadAll());
  ASSERT_EQ(leaves.size() + 1, heads.size());
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    const Hash expected = NaiveRoot(std::span(leaves).first(size));
    ASSERT_OK_AND_ASSIGN(const Hash root, store().RootAt(size));
    ASSERT_EQ(root, expected) << "size " << size;
    if (heads[size] != Hash{}) {
      ASSERT_EQ(heads[size], expected) << "head of size " << size;
    }
  }
}

TEST_P(EventStoreContract, ReopeningKeepsEveryRoot) {
  Append("a", 100);
  Append("b", 37);
  std::vector<Hash> roots;
  for (std::uint64_t size = 0; size <= 137; ++size) {
    roots.push_back(store().RootAt(size).value());
  }
  Reopen();
  for (std::uint64_t size = 0; size <= 137; ++size) {
    ASSERT_EQ(store().RootAt(size).value(), roots[size]) << "size " << size;
  }
  Append("a");
  EXPECT_EQ(store().Head().root, merkle::RootFromLeaves(LeavesOf(ReadAll())));
}

TEST_P(EventStoreContract, ALargeLogHasTheRootOfItsLeaves) {
  for (int i = 0; i < 10; ++i) {
    Append("a", 999);
  }
  const std::vector<Hash> leaves = LeavesOf(ReadAll());
  EXPECT_EQ(store().Head().root, merkle::RootFromLeaves(leaves));
  for (const std::uint64_t size : {1U, 4095U, 4096U, 4097U, 8192U, 9989U}) {
    ASSERT_OK_AND_ASSIGN(const Hash root, store().RootAt(size));
    EXPECT_EQ(root, merkle::RootFromLeaves(std::span(leaves).first(size))) << "size " << size;
  }
}

TEST_P(EventStoreContract, ThereIsNoRootBeyondTheHead) {
  Append("a", 2);
  EXPECT_THAT(store().RootAt(3), HasCode(absl::StatusCode::kOutOfRange));
  EXPECT_THAT(store().RootAt(3), HasReason(reason::kBeyondHead));
}

TEST_P(EventStoreContract, EveryHeadEverGivenStaysAValidCheckpoint) {
  std::vector<Checkpoint> heads = {store().Head()};
  for (std::size_t i = 0; i < 20; ++i) {
    Append("a", 1 + i % 3);
    heads.push_back(store().Head());
  }
  for (const Checkpoint& head : heads) {
    EXPECT_OK(CheckCheckpoint(store(), head));
  }
}

TEST_P(EventStoreContract, ACheckpointOfAnotherLogIsRefused) {
  Append("a");
  Checkpoint checkpoint = store().Head();
  checkpoint.log.log_id = "00000000000000000000000000000000";
  EXPECT_THAT(CheckCheckpoint(store(), checkpoint), HasCode(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(CheckCheckpoint(store(), checkpoint), HasReason(reason::kLogDiverged));
}

TEST_P(EventStoreContract, ACheckpointOfAnotherIncarnationIsRefused) {
  Append("a");
  Checkpoint checkpoint = store().Head();
  ++checkpoint.log.incarnation;
  EXPECT_THAT(CheckCheckpoint(store(), checkpoint), HasReason(reason::kLogDiverged));
}

TEST_P(EventStoreContract, ACheckpointWithAnotherRootIsRefused) {
  Append("a", 3);
  Checkpoint checkpoint = store().Head();
  checkpoint.root[31] ^= 1;
  EXPECT_THAT(CheckCheckpoint(store(), checkpoint), HasReason(reason::kLogDiverged));
  checkpoint.root = Hash{};
  EXPECT_OK(CheckCheckpoint(store(), checkpoint));
}

TEST_P(EventStoreContract, ACheckpointAheadOfTheLogIsBeyondItsHead) {
  Append("a");
  Checkpoint checkpoint = store().Head();
  ++checkpoint.size;
  EXPECT_THAT(CheckCheckpoint(store(), checkpoint), HasCode(absl::StatusCode::kOutOfRange));
  EXPECT_THAT(CheckCheckpoint(store(), checkpoint), HasReason(reason::kBeyondHead));
}

}  // namespace
}  // namespace daybook::eventstore
