#include "eventstore/rocksdb/tree_reader.h"

#include <algorithm>
#include <memory>

#include "eventstore/merkle/frontier.h"
#include "eventstore/rocksdb/damage.h"
#include "eventstore/rocksdb/keys.h"
#include "eventstore/rocksdb/reader.h"
#include "eventstore/rocksdb/tree_step.h"

namespace daybook::eventstore::rocks {

std::optional<Hash> TreeReader::Node(unsigned level, std::uint64_t index) const {
  const unsigned kept = level / kTreeLevelStep * kTreeLevelStep;
  const std::uint64_t count = std::uint64_t{1} << (level - kept);
  const std::uint64_t begin = index << (level - kept);
  return kept == 0 ? FromLeaves(begin, count) : FromNodes(kept, begin, count);
}

std::optional<Hash> TreeReader::FromLeaves(std::uint64_t begin, std::uint64_t count) const {
  const auto it = database_.Iterate(database_.records());
  merkle::Frontier frontier;
  RecordView view;
  std::uint64_t next = begin;
  for (it->SeekForPrev(RecordKey({begin})); it->Valid() && next < begin + count; it->Next()) {
    const std::optional<Position> first = ParseRecordKey(ToView(it->key()));
    if (!first || !ViewRecord(*first, ToView(it->value()), view).ok()) return std::nullopt;
    const std::uint64_t end = std::min(first->value + view.event_count(), begin + count);
    if (next < first->value) return std::nullopt;
    for (; next < end; ++next) frontier.Append(view.leaf(next - first->value));
  }
  if (next != begin + count) return std::nullopt;
  return frontier.Root();
}

std::optional<Hash> TreeReader::FromNodes(unsigned level, std::uint64_t begin,
                                          std::uint64_t count) const {
  const auto it = database_.Iterate(database_.tree());
  merkle::Frontier frontier;
  std::uint64_t next = begin;
  for (it->Seek(TreeKey(static_cast<std::uint8_t>(level), begin));
       it->Valid() && next < begin + count; it->Next(), ++next) {
    const std::string_view value = ToView(it->value());
    Hash hash{};
    if (ToView(it->key()) != TreeKey(static_cast<std::uint8_t>(level), next) ||
        value.size() != hash.size()) {
      return std::nullopt;
    }
    std::copy(value.begin(), value.end(), hash.begin());
    frontier.Append(hash);
  }
  if (next != begin + count) return std::nullopt;
  return frontier.Root();
}

absl::StatusOr<Hash> TreeReader::RootAt(std::uint64_t size) const {
  if (const std::optional<Hash> root = merkle::RootFromNodes(*this, size)) return *root;
  return Damage({.file = "store/tree", .what = "a node of the tree is missing"});
}

}  // namespace daybook::eventstore::rocks
