// What a start does after every kind of end: nothing acknowledged is lost, a torn tail is cut, and
// damage is told from it and refused.
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstdio>

#include "absl/synchronization/notification.h"
#include "eventstore/core/error.h"
#include "eventstore/rocksdb/crc32c.h"
#include "eventstore/rocksdb/recovery.h"
#include "tests/unit/eventstore/rocksdb_fixture.h"

namespace daybook::eventstore {
namespace {

using ::daybook::testing::HasReason;
using ::testing::HasSubstr;

bool OneBitApart(std::string_view a, std::string_view b) {
  int bits = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    bits += std::popcount(static_cast<std::uint8_t>(a[i] ^ b[i]));
  }
  return a.size() == b.size() && bits <= 1;
}

class Recovery : public RocksStoreTest {
 protected:
  // Scans the journal as it lies there, without RocksDB.
  absl::StatusOr<rocks::JournalEnd> Scan() {
    return rocks::ScanJournal(rocks::Files(rocks::LocalEnv()), journal(), log_,
                              [](const auto&) { return absl::OkStatus(); });
  }
  void OpenAndCrash(int requests) {
    ASSERT_OK(Open());
    log_ = store_->Head().log;
    AppendSome(requests);
    Crash();
  }
  std::string Metadata(const absl::Status& status, const std::string& key) {
    return GetErrorDetail(status)->metadata[key];
  }

  LogIdentity log_;
};

TEST_F(Recovery, ACleanStopIsSeenAndReplaysNothing) {
  ASSERT_OK(Open());
  EXPECT_FALSE(store_->report().clean_stop);
  AppendSome(3);
  const Checkpoint head = store_->Head();
  Close();
  ASSERT_OK(Open());
  EXPECT_TRUE(store_->report().clean_stop);
  EXPECT_EQ(store_->report().groups_replayed, 0u);
  EXPECT_EQ(store_->Head(), head);
}

TEST_F(Recovery, WhatRocksDbLostIsRebuiltFromTheJournal) {
  ASSERT_OK(Open());
  AppendSome(5);
  ASSERT_OK(store_->Append(MakeRequest("many", "stream-many", 300)));
  const Checkpoint head = store_->Head();
  Crash();
  ASSERT_OK(Open());
  EXPECT_FALSE(store_->report().clean_stop);
  EXPECT_EQ(store_->report().groups_replayed, 7u);  // with the opening group
  EXPECT_EQ(store_->report().events_replayed, 305u);
  EXPECT_FALSE(store_->report().torn.has_value());
  EXPECT_EQ(store_->Head(), head);
  EXPECT_EQ(All().size(), 305u);
  EXPECT_EQ(*store_->StreamEventCount("stream-many"), 300u);
  ASSERT_OK_AND_ASSIGN(const AppendResult again,
                       store_->Append(MakeRequest("many", "stream-many", 300)));
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.first.value, 5u);
}

TEST_F(Recovery, ADatabaseThatIsGoneIsRebuiltWhileTheJournalIsWhole) {
  OpenAndCrash(4);
  std::filesystem::remove_all(ledger() / "store");
  ASSERT_OK(Open());
  EXPECT_EQ(All().size(), 4u);
}

TEST_F(Recovery, ATornLastFrameIsCutAtWhateverByteItEnds) {
  OpenAndCrash(5);
  const std::string whole = Read(Segment(1));
  const std::vector<std::size_t> offsets = FrameOffsets(Segment(1));
  const std::size_t last = offsets[offsets.size() - 2];
  // The padding behind the body belongs to the frame but not to its checksum.
  const auto header = rocks::DecodeFrameHeader(std::string_view(whole).substr(last),
                                               rocks::DecodeSegmentHeader(whole)->nonce);
  const std::size_t end = last + rocks::kFrameHeaderBytes + header->body_bytes;
  for (std::size_t cut = last; cut < end; ++cut) {
    std::string torn = whole;
    std::fill(torn.begin() + static_cast<std::ptrdiff_t>(cut), torn.end(), '\0');
    if (OneBitApart(torn, whole)) continue;  // told apart from a torn one; see below
    Write(Segment(1), torn);
    const auto scanned = Scan();
    ASSERT_OK(scanned) << cut;
    EXPECT_EQ(scanned->next_position, 4u) << cut;
    EXPECT_EQ(scanned->offset, last) << cut;
    EXPECT_EQ(scanned->torn.has_value(), cut > last) << cut;
  }
}

TEST_F(Recovery, AfterACrashAnyFlippedBitOfTheLastGroupIsDamage) {
  OpenAndCrash(5);
  const std::string whole = Read(Segment(1));
  const std::vector<std::size_t> offsets = FrameOffsets(Segment(1));
  const std::size_t last = offsets[offsets.size() - 2];
  const auto header = rocks::DecodeFrameHeader(std::string_view(whole).substr(last),
                                               rocks::DecodeSegmentHeader(whole)->nonce);
  for (std::size_t i = 0; i < (rocks::kFrameHeaderBytes + header->body_bytes) * 8; ++i) {
    std::string flipped = whole;
    flipped[last + i / 8] = static_cast<char>(flipped[last + i / 8] ^ (1 << (i % 8)));
    Write(Segment(1), flipped);
    const auto scanned = Scan();
    ASSERT_THAT(scanned, HasReason("LOG_DAMAGED")) << i;
    EXPECT_EQ(Metadata(scanned.status(), "offset"), std::to_string(last));
    EXPECT_EQ(Metadata(scanned.status(), "first_position"), "4");
  }
}

TEST_F(Recovery, AfterATornTailTheLogGoesOnWhereItWasCut) {
  OpenAndCrash(5);
  std::string content = Read(Segment(1));
  const std::vector<std::size_t> offsets = FrameOffsets(Segment(1));
  std::fill(content.begin() + static_cast<std::ptrdiff_t>(offsets[offsets.size() - 2] + 100),
            content.end(), '\0');
  Write(Segment(1), content);
  ASSERT_OK(Open());
  ASSERT_TRUE(store_->report().torn.has_value());
  EXPECT_EQ(store_->report().torn->offset, offsets[offsets.size() - 2]);
  EXPECT_EQ(store_->Head().size, 4u);
  AppendSome(2);
  Crash();
  ASSERT_OK(Open());
  EXPECT_FALSE(store_->report().torn.has_value());
  EXPECT_EQ(All().size(), 6u);
}

TEST_F(Recovery, EveryFlippedByteInAMiddleGroupIsDamage) {
  OpenAndCrash(5);
  const std::string whole = Read(Segment(1));
  const std::vector<std::size_t> offsets = FrameOffsets(Segment(1));
  const std::size_t middle = offsets[3];  // third request, position 2
  const auto header = rocks::DecodeFrameHeader(std::string_view(whole).substr(middle),
                                               rocks::DecodeSegmentHeader(whole)->nonce);
  for (std::size_t i = 0; i < rocks::kFrameHeaderBytes + header->body_bytes; ++i) {
    std::string flipped = whole;
    flipped[middle + i] = static_cast<char>(flipped[middle + i] ^ (1 << (i % 8)));
    Write(Segment(1), flipped);
    const auto scanned = Scan();
    ASSERT_THAT(scanned, HasReason("LOG_DAMAGED")) << i;
    EXPECT_EQ(Metadata(scanned.status(), "offset"), std::to_string(middle));
    EXPECT_EQ(Metadata(scanned.status(), "first_position"), "2");
    EXPECT_EQ(Metadata(scanned.status(), "next_position"), "3");
  }
}

TEST_F(Recovery, AStoreWithAFlippedBitRefusesToStartAndNamesFileAndPosition) {
  OpenAndCrash(5);
  const std::vector<std::size_t> offsets = FrameOffsets(Segment(1));
  Flip(Segment(1), offsets[2] + 80, 3);
  const absl::Status status = Open();
  ASSERT_THAT(status, HasReason("LOG_DAMAGED"));
  EXPECT_EQ(Metadata(status, "file"), Segment(1).string());
  EXPECT_THAT(Message(status), HasSubstr("events from position 1 to 1 are in question"));
  // It says so again: the first attempt changed nothing.
  EXPECT_THAT(Open(), HasReason("LOG_DAMAGED"));
}

TEST_F(Recovery, AfterACleanStopDamageToTheVeryLastGroupIsFound) {
  ASSERT_OK(Open());
  AppendSome(2);
  Close();
  const std::string whole = Read(Segment(1));
  const std::vector<std::size_t> offsets = FrameOffsets(Segment(1));
  ASSERT_EQ(offsets.size(), 5u);  // opening, two requests, closing, end
  for (const std::size_t frame : {offsets[2], offsets[3]}) {
    Flip(Segment(1), frame + 70);
    EXPECT_THAT(Open(), HasReason("LOG_DAMAGED"));
    Write(Segment(1), whole);
  }
  EXPECT_OK(Open());
}

TEST_F(Recovery, AMissingFileIsDamage) {
  segment_bytes_ = 4096;
  RocksEventStoreOptions options = Options();
  absl::Notification crashed;  // until then full segments are kept
  options.fault = [&](std::string_view operation) {
    if (operation != "store.flush") return absl::OkStatus();
    crashed.WaitForNotification();
    return absl::CancelledError("crashed");
  };
  ASSERT_OK(OpenWith(std::move(options)));
  log_ = store_->Head().log;
  while (!std::filesystem::exists(Segment(4))) AppendSome(1);
  crashed.Notify();
  Crash();
  ASSERT_OK_AND_ASSIGN(const rocks::JournalEnd end, Scan());
  ASSERT_GE(end.current, 2u);
  // The oldest, too: the store has none of its groups.
  for (std::size_t i = 0; i <= end.current; ++i) {
    const std::filesystem::path path = end.segments[i].path;
    std::filesystem::rename(path, directory_.path() / "away");
    EXPECT_THAT(Open(), HasReason("LOG_DAMAGED")) << path;
    std::filesystem::rename(directory_.path() / "away", path);
  }
  EXPECT_OK(Open());
}

TEST_F(Recovery, AJournalThatIsGoneOrShortIsDamage) {
  OpenAndCrash(3);
  const std::string whole = Read(Segment(1));
  Write(Segment(1), whole.substr(0, whole.size() - 1));
  EXPECT_THAT(Open(), HasReason("LOG_DAMAGED"));
  std::filesystem::remove_all(journal());
  std::filesystem::create_directory(journal());
  EXPECT_THAT(Open(), HasReason("LOG_DAMAGED"));
}

TEST_F(Recovery, AStoreAheadOfTheJournalIsDamage) {
  ASSERT_OK(Open());
  AppendSome(2);
  store_->AbandonForTest();
  store_.reset();
  const std::string early = Read(Segment(1));
  ASSERT_OK(Open());
  AppendSome(3);
  Close();  // flushed
  Write(Segment(1), early);
  EXPECT_THAT(Open(), HasReason("LOG_DAMAGED"));
}

TEST_F(Recovery, ASegmentOfAnotherLogIsDamage) {
  OpenAndCrash(2);
  const std::string foreign = Read(Segment(1));
  std::filesystem::remove_all(ledger());
  OpenAndCrash(2);
  Write(Segment(1), foreign);
  EXPECT_THAT(Open(), HasReason("LOG_DAMAGED"));
}

TEST_F(Recovery, ADamagedIdentityIsDamageAndANewerFormatIsRefused) {
  OpenAndCrash(1);
  const std::string whole = Read(ledger() / "IDENTITY");
  Flip(ledger() / "IDENTITY", whole.find("log: ") + 7);
  EXPECT_THAT(Open(), HasReason("LOG_DAMAGED"));
  std::string newer = whole;
  newer.replace(newer.find("format: 2"), 9, "format: 9");
  Write(ledger() / "IDENTITY", newer);
  EXPECT_THAT(Open(), HasReason("LOG_DAMAGED")) << "a flipped bit is not a newer version";
  newer.resize(newer.find("checksum: "));
  std::string checksum = "checksum: 00000000\n";
  std::snprintf(checksum.data() + 10, 9, "%08x", rocks::Crc32c(newer));
  checksum[18] = '\n';
  Write(ledger() / "IDENTITY", newer + checksum);
  EXPECT_THAT(Open(), HasReason("DIRECTORY_UNUSABLE"));
  Write(ledger() / "IDENTITY", whole);
  EXPECT_OK(Open());
}

TEST_F(Recovery, ASecondOpenIsToldThatTheDirectoryIsInUse) {
  ASSERT_OK(Open());
  const auto second = RocksEventStore::Open(Options());
  ASSERT_THAT(second, HasReason("DIRECTORY_IN_USE"));
  EXPECT_THAT(Message(second.status()), HasSubstr("another process owns"));
  AppendSome(1);
}

TEST_F(Recovery, APlaceThatCannotBeADirectoryIsUnusable) {
  Write(directory_.path() / "file", "");
  RocksEventStoreOptions options = Options();
  options.directory = directory_.path() / "file";
  EXPECT_THAT(OpenWith(options), HasReason("DIRECTORY_UNUSABLE"));
  options.directory = "/proc/daybook";
  EXPECT_THAT(OpenWith(options), HasReason("DIRECTORY_UNUSABLE"));
}

TEST_F(Recovery, AReadOnlyDirectoryIsUnusable) {
  if (::geteuid() == 0) GTEST_SKIP() << "the superuser may write everywhere";
  std::filesystem::create_directory(ledger());
  std::filesystem::permissions(
      ledger(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  EXPECT_THAT(Open(), HasReason("DIRECTORY_UNUSABLE"));
  std::filesystem::permissions(ledger(), std::filesystem::perms::owner_all);
}

TEST_F(Recovery, RolledAndRecycledSegmentsLoseNothing) {
  segment_bytes_ = 4096;
  ASSERT_OK(Open());
  std::size_t crashes = 0;
  for (int round = 0; round < 6; ++round) {
    AppendSome(60);
    const Checkpoint head = store_->Head();
    if (round % 2 == 0) {
      Crash();
      ++crashes;
    } else {
      Close();
    }
    ASSERT_OK(Open()) << round;
    EXPECT_EQ(store_->Head(), head);
  }
  EXPECT_EQ(crashes, 3u);
  const std::vector<RecordedEvent> events = All();
  ASSERT_EQ(events.size(), 360u);
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].position.value, i);
    EXPECT_EQ(events[i].request_id, "r" + std::to_string(i));
  }
  // The oldest were taken back.
  EXPECT_FALSE(std::filesystem::exists(Segment(1)));
}

TEST_F(Recovery, ARequestLargerThanASegmentGetsOneOfItsOwn) {
  segment_bytes_ = 4096;
  ASSERT_OK(Open());
  AppendSome(2);
  AppendRequest large = MakeRequest("large", "stream-large", 400);
  large.writes[0].events[0].payload.assign(100'000, 'x');
  ASSERT_OK(store_->Append(std::move(large)));
  AppendSome(2);
  const Checkpoint head = store_->Head();
  Crash();
  ASSERT_OK(Open());
  EXPECT_EQ(store_->Head(), head);
  EXPECT_EQ(All().size(), 404u);
}

TEST_F(Recovery, ADirectoryLeftHalfMadeIsBegunAnew) {
  std::filesystem::create_directories(ledger() / "journal");
  Write(ledger() / "journal" / "next-1.tmp", "half");
  ASSERT_OK(Open());
  AppendSome(1);
  EXPECT_EQ(store_->Head().size, 1u);
}

}  // namespace
}  // namespace daybook::eventstore
