// A ledger in a temporary directory that can be crashed, copied and damaged.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eventstore/rocksdb/files.h"
#include "eventstore/rocksdb/rocks_event_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace daybook::eventstore {

inline AppendRequest MakeRequest(std::string id, std::string stream, std::size_t events = 1,
                                 ExpectedRevision expected = ExpectedRevision::Any()) {
  AppendRequest request;
  request.agency = "essex-police";
  request.actor = "extract";
  request.request_id = std::move(id);
  request.fingerprint[0] = 7;
  StreamWrite write{.stream = std::move(stream), .expected = expected, .events = {}};
  for (std::size_t i = 0; i < events; ++i) {
    NewEvent event;
    event.id = request.request_id + "-" + std::to_string(i);
    event.type = i % 2 == 0 ? "incidents.IncidentRecorded" : "actions.ActionUpdated";
    event.payload = "payload of " + event.id;
    write.events.push_back(std::move(event));
  }
  request.writes.push_back(std::move(write));
  return request;
}

class RocksStoreTest : public ::testing::Test {
 protected:
  RocksEventStoreOptions Options() {
    RocksEventStoreOptions options;
    options.directory = ledger();
    options.clock = &clock_;
    options.segment_bytes = segment_bytes_;
    options.full_segments_max = 3;
    options.recover_after = absl::InfiniteDuration();
    return options;
  }

  std::filesystem::path ledger() const { return directory_.path() / "ledger"; }
  std::filesystem::path journal() const { return ledger() / "journal"; }
  std::filesystem::path Segment(std::uint64_t number) const {
    return journal() / rocks::SegmentFileName(number);
  }

  absl::Status Open() { return OpenWith(Options()); }
  absl::Status OpenWith(RocksEventStoreOptions options) {
    store_.reset();
    absl::StatusOr<std::unique_ptr<RocksEventStore>> store =
        RocksEventStore::Open(std::move(options));
    if (!store.ok()) return store.status();
    store_ = *std::move(store);
    return absl::OkStatus();
  }
  // What a killed process leaves: the journal, and RocksDB as of its last flush.
  void Crash() {
    store_->AbandonForTest();
    store_.reset();
  }
  void Close() {
    EXPECT_OK(store_->Close());
    store_.reset();
  }

  // Appends `count` requests of one event each, one group each.
  void AppendSome(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string id = "r" + std::to_string(next_++);
      ASSERT_OK(store_->Append(MakeRequest(id, "stream-" + id)));
    }
  }

  std::vector<RecordedEvent> All() {
    std::vector<RecordedEvent> events;
    EXPECT_OK(store_->ReadAll({}, [&](RecordedEvent& event) {
      events.push_back(std::move(event));
      return true;
    }));
    return events;
  }

  static std::string Read(const std::filesystem::path& path) {
    return *rocks::Files(rocks::LocalEnv()).ReadWhole(path);
  }
  static void Write(const std::filesystem::path& path, std::string_view content) {
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(content.data(), static_cast<std::streamsize>(content.size()));
  }
  static void Flip(const std::filesystem::path& path, std::size_t offset, int bit = 0) {
    std::string content = Read(path);
    content[offset] = static_cast<char>(content[offset] ^ (1 << bit));
    Write(path, content);
  }

  // Where the groups of a segment start, the end of the last one last.
  static std::vector<std::size_t> FrameOffsets(const std::filesystem::path& segment) {
    const std::string content = Read(segment);
    const auto header = rocks::DecodeSegmentHeader(content);
    std::vector<std::size_t> offsets = {rocks::kSegmentHeaderBytes};
    while (true) {
      const auto frame =
          rocks::DecodeFrameHeader(std::string_view(content).substr(offsets.back()), header->nonce);
      if (!frame) return offsets;
      offsets.push_back(offsets.back() + rocks::FrameBytes(frame->body_bytes));
    }
  }

  ::daybook::testing::TempDir directory_;
  ::daybook::testing::FakeClock clock_;
  std::uint64_t segment_bytes_ = 64U << 10;
  std::unique_ptr<RocksEventStore> store_;
  int next_ = 0;
};

}  // namespace daybook::eventstore
