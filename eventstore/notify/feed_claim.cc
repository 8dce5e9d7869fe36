#include "eventstore/notify/feed_claim.h"

#include <charconv>

namespace daybook::notify {
namespace {

// Takes the digits up to the next space (or the end) off `text`. No zeros before the number: a
// claim has one form.
template <class Number>
bool TakeNumber(std::string_view& text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  const auto digits = end - text.data();
  if (digits > 1 && text.front() == '0') return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

}  // namespace

std::string FormatClaim(const FeedClaim& claim) {
  return claim.log_id + ' ' + std::to_string(claim.incarnation) + ' ' +
         std::to_string(claim.position);
}

std::optional<FeedClaim> ParseClaim(std::string_view topic, std::string_view frame) {
  const auto space = frame.find(' ');
  if (space == std::string_view::npos || space == 0) return std::nullopt;
  FeedClaim claim{std::string(topic), std::string(frame.substr(0, space)), 0, 0};
  frame.remove_prefix(space + 1);
  if (!TakeNumber(frame, claim.incarnation)) return std::nullopt;
  if (frame.empty() || frame.front() != ' ') return std::nullopt;
  frame.remove_prefix(1);
  if (!TakeNumber(frame, claim.position) || !frame.empty()) return std::nullopt;
  return claim;
}

}  // namespace daybook::notify
