// What the feed says of an event: that it is there, and where. A claim check: the body is fetched
// from the log by someone who may.
//
// Frames: [topic = "context.Fact"] ["<log id> <incarnation> <position>", ASCII, one space between].
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::notify {

struct FeedClaim {
  std::string topic;
  std::string log_id;
  std::uint32_t incarnation = 0;
  std::uint64_t position = 0;
  friend bool operator==(const FeedClaim&, const FeedClaim&) = default;
};

std::string FormatClaim(const FeedClaim& claim);
// nullopt for a second frame that is not of that form.
std::optional<FeedClaim> ParseClaim(std::string_view topic, std::string_view frame);

}  // namespace daybook::notify
