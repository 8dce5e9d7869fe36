#include "eventstore/notify/feed_claim.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace daybook::notify {
namespace {

TEST(FeedClaim, GoesOverTheWireAndBack) {
  const FeedClaim claims[] = {
      {"incidents.IncidentRecorded", "0123456789abcdef0123456789abcdef", 1, 0},
      {"", "x", std::numeric_limits<std::uint32_t>::max(),
       std::numeric_limits<std::uint64_t>::max()}};
  for (const FeedClaim& claim : claims) {
    EXPECT_EQ(ParseClaim(claim.topic, FormatClaim(claim)), claim);
  }
  EXPECT_EQ(FormatClaim({"t", "abc", 2, 17}), "abc 2 17");
}

TEST(FeedClaim, WhatIsNoneIsNotTakenForOne) {
  for (const char* frame : {"", " ", "abc", "abc ", "abc 1", "abc 1 ", "abc 1 x", "abc 1 2 3",
                            "abc -1 2", "abc 1 -2", "abc 4294967296 1", " 1 2", "abc  1 2",
                            "abc 1 18446744073709551616", "abc 01 2", "abc 1 02", "abc 1 00"}) {
    EXPECT_EQ(ParseClaim("t", frame), std::nullopt) << frame;
  }
}

}  // namespace
}  // namespace daybook::notify
