// The bytes: checksums, keys, journal headers, records.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "eventstore/merkle/hash.h"
#include "eventstore/rocksdb/bytes.h"
#include "eventstore/rocksdb/codec.h"
#include "eventstore/rocksdb/crc32c.h"
#include "eventstore/rocksdb/journal_format.h"
#include "eventstore/rocksdb/keys.h"
#include "eventstore/rocksdb/record_view.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/eventstore/rocksdb_fixture.h"

namespace daybook::eventstore::rocks {
namespace {

TEST(Crc32c, MatchesTheVectorsOfRfc3720) {
  EXPECT_EQ(Crc32c("123456789"), 0xE3069283U);
  EXPECT_EQ(Crc32c(std::string(32, '\0')), 0x8A9136AAU);
  EXPECT_EQ(Crc32c(std::string(32, '\xFF')), 0x62A8AB43U);
  EXPECT_EQ(Crc32c("56789", Crc32c("1234")), Crc32c("123456789"));
}

TEST(JournalFormat, ASegmentHeaderSurvivesTheWayThroughItsBytes) {
  const SegmentHeader header{.number = 7,
                             .file_bytes = 1 << 20,
                             .log_id = "00112233445566778899aabbccddeeff",
                             .incarnation = 3,
                             .recycled = true,
                             .nonce = 0x0123456789ABCDEFU};
  const std::string bytes = EncodeSegmentHeader(header);
  ASSERT_EQ(bytes.size(), kSegmentHeaderBytes);
  EXPECT_EQ(DecodeSegmentHeader(bytes), header);
  for (std::size_t i = 0; i < bytes.size() * 8; ++i) {
    std::string flipped = bytes;
    flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << (i % 8)));
    EXPECT_EQ(DecodeSegmentHeader(flipped), std::nullopt) << i;
  }
}

// The same bytes with another value at `offset`, and a checksum that fits them again.
std::string Rewritten(std::string bytes, std::size_t offset, char value, std::uint32_t crc_seed) {
  bytes[offset] = value;
  PutLittle(bytes.data() + 60, Crc32c(std::string_view(bytes).substr(0, 60), crc_seed));
  return bytes;
}

TEST(JournalFormat, AHeaderThatNoWriterMakesIsNoneThoughItsChecksumFits) {
  const std::string segment = EncodeSegmentHeader({.number = 7, .log_id = std::string(32, 'a')});
  EXPECT_NE(DecodeSegmentHeader(Rewritten(segment, 56, 1, 0)), std::nullopt);
  EXPECT_EQ(DecodeSegmentHeader(Rewritten(segment, 56, 2, 0)), std::nullopt);

  const std::string frame = EncodeFrameHeader({.group = 42}, 0);
  const std::uint32_t nonce = Crc32c(std::string(8, '\0'));
  EXPECT_NE(DecodeFrameHeader(Rewritten(frame, 10, 4, nonce), 0), std::nullopt);
  for (const char kind : {'\0', '\5'}) {
    EXPECT_EQ(DecodeFrameHeader(Rewritten(frame, 10, kind, nonce), 0), std::nullopt);
  }
  for (std::size_t reserved = 52; reserved < 60; ++reserved) {
    EXPECT_EQ(DecodeFrameHeader(Rewritten(frame, reserved, 1, nonce), 0), std::nullopt);
  }
}

TEST(JournalFormat, AFrameHeaderIsReadOnlyInItsOwnSegment) {
  const FrameHeader header{.kind = FrameKind::kGroup,
                           .group = 42,
                           .first_position = 1000,
                           .event_count = 12,
                           .record_count = 3,
                           .previous_crc = 99,
                           .body_bytes = 4096,
                           .body_crc = 77};
  const std::string bytes = EncodeFrameHeader(header, 5);
  ASSERT_EQ(bytes.size(), kFrameHeaderBytes);
  EXPECT_EQ(DecodeFrameHeader(bytes, 5), header);
  EXPECT_EQ(DecodeFrameHeader(bytes, 6), std::nullopt);
  for (std::size_t i = 0; i < bytes.size() * 8; ++i) {
    std::string flipped = bytes;
    flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << (i % 8)));
    EXPECT_EQ(DecodeFrameHeader(flipped, 5), std::nullopt) << i;
  }
}

TEST(JournalFormat, SegmentFileNamesSortAsTheirNumbers) {
  EXPECT_EQ(SegmentFileName(7), "0000000000000007.seg");
  EXPECT_EQ(SegmentNumber("0000000000000007.seg"), 7u);
  for (const char* name : {"7.seg", "0000000000000000.seg", "000000000000000x.seg",
                           "0000000000000007.tmp", "0000000000000007.seg.spare.tmp"}) {
    EXPECT_EQ(SegmentNumber(name), std::nullopt) << name;
  }
}

TEST(Keys, SortByStreamThenRevisionAndKeepNamesApart) {
  EXPECT_LT(StreamRunKey("a", {255}), StreamRunKey("a", {256}));
  EXPECT_LT(StreamRunKey("a", {UINT64_MAX}), StreamRunsEnd("a"));
  EXPECT_LT(StreamRunsEnd("a"), StreamRunKey("ab", {0}));
  EXPECT_EQ(ParseStreamRunKey(StreamRunKey("a", {9}), "a"), Revision{9});
  EXPECT_EQ(ParseStreamRunKey(StreamRunKey("ab", {9}), "a"), std::nullopt);
  EXPECT_EQ(ParseTypeKey(TypeKey("x.Y", {3}))->type, "x.Y");
  EXPECT_NE(RequestKey("ab", "c"), RequestKey("a", "bc"));
}

// Any change to the bytes of a stored record shows here: old ledgers must stay readable.
TEST(Codec, ARecordHasTheseVeryBytes) {
  AppendRequest request = MakeRequest("r", "s");
  request.writes[0].events[0].payload = "p";
  PreparedRequest prepared = Prepare(std::move(request));
  std::string body;
  AppendRecord(
      {.first = {1}, .record_time = {2}, .first_revisions = {3}, .leaves = std::string(32, 'l')},
      prepared.bytes, body);
  const std::string stamp = std::string("\x08\x01\x12\x37\x09\x01\0\0\0\0\0\0\0", 13) +
                            std::string("\x11\x02\0\0\0\0\0\0\0", 9) + "\x1a\x01\x03" + "\x22\x20" +
                            std::string(32, 'l');
  EXPECT_EQ(body.substr(4, stamp.size()), stamp);
  EXPECT_EQ(GetLittle<std::uint32_t>(body.data()), body.size() - 4);
  EXPECT_EQ(body.substr(body.size() - prepared.bytes.size()), prepared.bytes);
}

TEST(Codec, AnEventComesBackAsItWentIn) {
  AppendRequest request = MakeRequest("request", "stream", 3);
  request.correlation_id = "c1";
  request.causation_id = "c2";
  request.answer = std::string("\0answer", 7);
  request.writes.push_back(
      {.stream = "checked", .expected = ExpectedRevision::NoStream(), .events = {}});
  NewEvent& event = request.writes[0].events[1];
  event.schema_version = 4;
  event.effective = {.start = {-3}, .end = {12}};
  event.known = {.precision = KnownPrecision::kMonth, .day = {-31}};
  event.marking = "OFFICIAL-SENSITIVE";
  event.basis = "s115";
  event.agreement = "isa-1";
  event.retention_rule = "r7";
  event.payload = std::string("\0\xFF", 2);
  event.parts = {{.name = "narrative",
                  .key_id = "k",
                  .nonce = std::string(24, 'n'),
                  .ciphertext = "secret",
                  .ciphertext_hash = {},
                  .digest = merkle::Sha256("a keyed digest"),
                  .erased = false},
                 {.name = "note",
                  .key_id = "k",
                  .nonce = std::string(24, 'n'),
                  .ciphertext = "another",
                  .ciphertext_hash = {},
                  .digest = {},
                  .erased = false}};
  const AppendRequest original = request;
  const PreparedRequest prepared = Prepare(std::move(request));
  std::string body;
  AppendRecord({.first = {10},
                .record_time = {1'767'603'600'000'000},
                .first_revisions = {5},
                .leaves = std::string(96, 'l')},
               prepared.bytes, body);
  std::string_view rest = body;
  RecordView view;
  ASSERT_OK(view.Reset(TakeRecord(rest)));
  EXPECT_TRUE(rest.empty());
  EXPECT_EQ(view.event_count(), 3u);
  RecordedEvent read;
  ASSERT_OK(view.Decode(1, read));
  const NewEvent& sent = original.writes[0].events[1];
  EXPECT_EQ(read.position.value, 11u);
  EXPECT_EQ(read.revision.value, 6u);
  EXPECT_EQ(read.stream, "stream");
  EXPECT_EQ(read.correlation_id, "c1");
  EXPECT_EQ(read.causation_id, "c2");
  EXPECT_EQ(read.event.id, sent.id);
  EXPECT_EQ(read.event.schema_version, 4u);
  EXPECT_EQ(read.event.effective, sent.effective);
  EXPECT_EQ(read.event.known, sent.known);
  EXPECT_EQ(read.event.payload, sent.payload);
  ASSERT_EQ(read.event.parts.size(), 2u);
  EXPECT_EQ(read.event.parts[0].digest, merkle::Sha256("a keyed digest"));
  EXPECT_EQ(read.event.parts[1].digest, Hash{});
  EXPECT_EQ(read.event.parts[0].ciphertext, "secret");
  EXPECT_EQ(read.event.parts[0].ciphertext_hash, merkle::Sha256("secret"));
  EXPECT_EQ(read.salt, prepared.events[1].salt);
  const AppendResult result = view.Result();
  EXPECT_EQ(result.answer, original.answer);
  ASSERT_EQ(result.streams.size(), 1u);
  EXPECT_EQ(result.streams[0].last_revision.value, 7u);
}

TEST(RecordView, RefusesEveryRecordThatIsCutShort) {
  const PreparedRequest prepared = Prepare(MakeRequest("request", "stream", 2));
  std::string body;
  AppendRecord(
      {.first = {0}, .record_time = {1}, .first_revisions = {0}, .leaves = std::string(64, 'l')},
      prepared.bytes, body);
  const std::string record = body.substr(4);
  RecordView view;
  ASSERT_OK(view.Reset(record));
  for (std::size_t length = 0; length < record.size(); ++length) {
    EXPECT_FALSE(view.Reset(std::string_view(record).substr(0, length)).ok()) << length;
  }
}

}  // namespace
}  // namespace daybook::eventstore::rocks
