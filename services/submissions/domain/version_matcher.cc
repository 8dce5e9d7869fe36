#include "services/submissions/domain/version_matcher.h"

namespace daybook::submissions {

using commands::RowHash;

void VersionMatcher::Stands(const RowHash& row, const RowHash& content, std::uint32_t place) {
  rows_[row] = {.content = content, .place = place, .stood = true, .seen = false};
}

RowVerdict VersionMatcher::Keyed(const RowHash& row, const RowHash& content) {
  const auto [it, is_new] = rows_.try_emplace(row);
  Row& known = it->second;
  if (is_new) {
    known = {.content = content, .place = 0, .stood = false, .seen = true};
    ++added_;
    return RowVerdict::kNew;
  }
  if (known.seen)
    return known.content == content ? RowVerdict::kRepeated : RowVerdict::kContradicts;
  known.seen = true;
  ++seen_;
  if (known.content == content) return RowVerdict::kUnchanged;
  if (kind_ == VersionKind::kAdditions) return RowVerdict::kTaken;
  known.content = content;
  return RowVerdict::kChanged;
}

bool VersionMatcher::IsKept(const RowHash& row, const RowHash& content) {
  const auto it = rows_.find(row);
  if (it == rows_.end() || it->second.seen || it->second.content != content) return false;
  it->second.seen = true;
  ++seen_;
  return true;
}

VersionMatcher::Alike VersionMatcher::Unkeyed(const RowHash& content) {
  std::uint32_t& copy = copies_[content];
  if (kind_ == VersionKind::kWhole) {
    const auto [it, is_new] = rows_.try_emplace(alike_(content, ++copy));
    Row& known = it->second;
    if (is_new) ++added_;
    if (!is_new && known.stood && !known.seen) ++seen_;
    known.content = content;
    known.seen = true;
    return {.verdict = is_new ? RowVerdict::kNew : RowVerdict::kUnchanged, .copy = copy};
  }
  if (const auto brought = brought_.find(content); brought != brought_.end()) {
    if (--brought->second == 0) brought_.erase(brought);
    return {.verdict = RowVerdict::kUnchanged, .copy = 0};
  }
  // What is added comes after those that stand.
  while (true) {
    const auto [it, is_new] = rows_.try_emplace(alike_(content, ++copy));
    if (!is_new) continue;
    it->second = {.content = content, .place = 0, .stood = false, .seen = true};
    ++added_;
    return {.verdict = RowVerdict::kNew, .copy = copy};
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

bool VersionMatcher::IsSeen(const RowHash& row) const {
  const auto it = rows_.find(row);
  return it != rows_.end() && it->second.seen;
}

}  // namespace daybook::submissions
