#include "services/submissions/domain/version_matcher.h"

namespace daybook::submissions {

using commands::RowHash;

namespace {

// Of rows alike in clear, how many are looked at for the one that is the same sealed. Past it a row
// counts as changed, which costs an event and loses nothing.
constexpr int kAlikeLooksMax = 512;

}  // namespace

void VersionMatcher::Stands(const RowHash& row, const RowHash& content, std::uint32_t place,
                            std::uint32_t seal) {
  rows_[row] = {.content = content, .place = place, .seal = seal, .stood = true, .seen = false};
  any_sealed_ = any_sealed_ || seal != 0;
}

RowVerdict VersionMatcher::Keyed(const RowHash& row, const RowContent& content, SameSealed same) {
  const auto [it, is_new] = rows_.try_emplace(row);
  Row& known = it->second;
  if (is_new) {
    known = {.content = content.whole, .place = 0, .seal = 0, .stood = false, .seen = true};
    ++added_;
    return RowVerdict::kNew;
  }
  if (known.seen)
    return known.content == content.whole ? RowVerdict::kRepeated : RowVerdict::kContradicts;
  known.seen = true;
  ++seen_;
  const bool same_sealed = same(known.seal);
  const bool unchanged = same_sealed && known.content == content.clear;
  if (!unchanged && kind_ == VersionKind::kAdditions) return RowVerdict::kTaken;
  known.content = content.whole;
  return unchanged ? RowVerdict::kUnchanged : RowVerdict::kChanged;
}

bool VersionMatcher::IsKept(const RowHash& row, const RowContent& content, SameSealed same) {
  const auto it = rows_.find(row);
  if (it == rows_.end()) return false;
  Row& known = it->second;
  if (known.seen || known.content != content.clear || !same(known.seal)) return false;
  known.seen = true;
  ++seen_;
  return true;
}

// The row of this content in clear that is the same sealed and no other row of the file is.
VersionMatcher::Alike VersionMatcher::SealedAlike(const RowContent& content, SameSealed same) {
  std::uint32_t& last = copies_[content.clear];
  int looks = 0;
  // Sent again in its old order a file finds each at the first look; else they are gone through
  // once round.
  for (std::uint32_t copy = last + 1; looks < kAlikeLooksMax; ++copy, ++looks) {
    const auto it = rows_.find(alike_(content.clear, copy));
    if (it == rows_.end()) {
      if (last == 0 || copy <= last) break;
      copy = 0;
      continue;
    }
    if (copy == last) looks = kAlikeLooksMax;
    Row& known = it->second;
    if (known.seen || !same(known.seal)) continue;
    known.seen = true;
    ++seen_;
    last = copy;
    return {.verdict = RowVerdict::kUnchanged, .copy = copy, .seal = known.seal};
  }
  return {.verdict = RowVerdict::kUndecided, .copy = 0, .seal = 0};
}

VersionMatcher::Alike VersionMatcher::Settle(const RowHash& content) {
  std::uint32_t& last = settled_[content];
  while (true) {
    const auto [it, is_new] = rows_.try_emplace(alike_(content, ++last));
    Row& known = it->second;
    if (known.seen) continue;
    known.seen = true;
    if (is_new) {
      ++added_;
      return {.verdict = RowVerdict::kNew, .copy = last, .seal = 0};
    }
    ++seen_;
    return {.verdict = RowVerdict::kChanged, .copy = last, .seal = known.seal};
  }
}

VersionMatcher::Alike VersionMatcher::Unkeyed(const RowContent& given, SameSealed same) {
  const RowHash& content = given.clear;
  if (kind_ == VersionKind::kWhole && (any_sealed_ || given.whole != given.clear)) {
    return SealedAlike(given, same);
  }
  std::uint32_t& copy = copies_[content];
  if (kind_ == VersionKind::kWhole) {
    const auto [it, is_new] = rows_.try_emplace(alike_(content, ++copy));
    Row& known = it->second;
    if (is_new) ++added_;
    if (!is_new && known.stood && !known.seen) ++seen_;
    known.content = content;
    known.seen = true;
    return {.verdict = is_new ? RowVerdict::kNew : RowVerdict::kUnchanged, .copy = copy, .seal = 0};
  }
  if (const auto brought = brought_.find(content); brought != brought_.end()) {
    if (--brought->second == 0) brought_.erase(brought);
    return {.verdict = RowVerdict::kUnchanged, .copy = 0, .seal = 0};
  }
  // What is added comes after those that stand.
  while (true) {
    const auto [it, is_new] = rows_.try_emplace(alike_(content, ++copy));
    if (!is_new) continue;
    it->second = {.content = content, .place = 0, .seal = 0, .stood = false, .seen = true};
    ++added_;
    return {.verdict = RowVerdict::kNew, .copy = copy, .seal = 0};
  }
}

std::optional<std::uint32_t> VersionMatcher::AbsentFrom(const RowHash& row) const {
  if (kind_ != VersionKind::kWhole) return std::nullopt;
  const auto it = rows_.find(row);
  if (it == rows_.end() || !it->second.stood || it->second.seen) return std::nullopt;
  return it->second.place;
}

void VersionMatcher::ForEachAbsent(
    const std::function<void(const RowHash&, std::uint32_t)>& visit) const {
  if (kind_ != VersionKind::kWhole) return;
  for (const auto& [row, known] : rows_) {
    if (known.stood && !known.seen) visit(row, known.place);
  }
}

void VersionMatcher::ForEachStanding(const std::function<void(std::uint32_t)>& visit) const {
  for (const auto& [row, known] : rows_) {
    if (known.stood) visit(known.place);
  }
}

std::optional<std::uint32_t> VersionMatcher::StoodAt(const RowHash& row) const {
  const auto it = rows_.find(row);
  if (it == rows_.end() || !it->second.stood) return std::nullopt;
  return it->second.place;
}

bool VersionMatcher::IsSeen(const RowHash& row) const {
  const auto it = rows_.find(row);
  return it != rows_.end() && it->second.seen;
}

}  // namespace daybook::submissions
