// A subscription over the wire and what came of it so far.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "tests/integration/wire.h"

namespace daybook::integration {

// Used by one thread.
class Listener {
 public:
  using SubscribeResponse = eventlog::v1::SubscribeResponse;
  explicit Listener(Incoming<SubscribeResponse> incoming) : incoming_(std::move(incoming)) {}

  // Reads one message; false at the end.
  bool ReadOne() {
    if (!incoming_.Read(&message_)) return false;
    switch (message_.content_case()) {
      case SubscribeResponse::kEvents:
        EXPECT_GT(message_.events().events_size(), 0);
        for (const auto& event : message_.events().events()) positions.push_back(event.position());
        break;
      case SubscribeResponse::kCaughtUp:
        caught_up = true;
        caught_up_after = positions.size();
        break;
      case SubscribeResponse::kCheckpoint:
        ++checkpoints;
        checkpoint = message_.checkpoint();
        break;
      case SubscribeResponse::kFellBehind:
        fell_behind = true;
        caught_up = false;
        break;
      case SubscribeResponse::CONTENT_NOT_SET:
        ADD_FAILURE() << "an empty message";
    }
    return true;
  }
  // Reads until `done` holds; fails the test when the stream ends before.
  template <class Done>
  void ReadUntil(const Done& done) {
    while (!done()) ASSERT_TRUE(ReadOne()) << "the subscription ended";
  }
  void ReadEvents(std::size_t count) {
    ReadUntil([&] { return positions.size() >= count; });
  }
  Incoming<SubscribeResponse>& incoming() { return incoming_; }

  std::vector<std::uint64_t> positions;
  bool caught_up = false;
  bool fell_behind = false;
  std::size_t caught_up_after = 0;
  int checkpoints = 0;
  types::v1::Checkpoint checkpoint;

 private:
  Incoming<SubscribeResponse> incoming_;
  SubscribeResponse message_;
};

}  // namespace daybook::integration
