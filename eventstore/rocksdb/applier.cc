#include "eventstore/rocksdb/applier.h"

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/rocksdb/bytes.h"
#include "eventstore/rocksdb/codec.h"
#include "eventstore/rocksdb/crc32c.h"
#include "eventstore/rocksdb/damage.h"
#include "eventstore/rocksdb/keys.h"
#include "fmt/format.h"

namespace daybook::eventstore::rocks {
namespace {

constexpr std::uint32_t kStateVersion = 1;
constexpr std::size_t kStateFixedBytes = 4 + 8 + 4 + 8;  // before the frontier

absl::Status Malformed(std::uint64_t group, std::uint64_t position, std::string_view what) {
  return Damage({.file = "journal",
                 .what = fmt::format("group {}: {}", group, what),
                 .first_position = position});
}

std::string EncodeTail(const LogTail& tail) {
  std::string value;
  AppendLittle(value, kStateVersion);
  AppendLittle(value, tail.group);
  AppendLittle(value, tail.group_crc);
  AppendLittle(value, static_cast<std::uint64_t>(tail.record_time.micros));
  value += tail.frontier.Serialise();
  AppendLittle(value, Crc32c(value));
  return value;
}

std::optional<LogTail> DecodeTail(std::string_view value) {
  if (value.size() < kStateFixedBytes + 4) return std::nullopt;
  const std::string_view checked = value.substr(0, value.size() - 4);
  if (GetLittle<std::uint32_t>(value.data() + checked.size()) != Crc32c(checked) ||
      GetLittle<std::uint32_t>(value.data()) != kStateVersion) {
    return std::nullopt;
  }
  std::optional<merkle::Frontier> frontier =
      merkle::Frontier::Parse(checked.substr(kStateFixedBytes));
  if (!frontier) return std::nullopt;
  LogTail tail;
  tail.group = GetLittle<std::uint64_t>(value.data() + 4);
  tail.group_crc = GetLittle<std::uint32_t>(value.data() + 12);
  tail.record_time.micros = static_cast<std::int64_t>(GetLittle<std::uint64_t>(value.data() + 16));
  tail.size = frontier->size();
  tail.frontier = *std::move(frontier);
  return tail;
}

// Keys of one record in every family.
void PutRecord(Database& database, const RecordView& view, std::string_view record,
               rocksdb::WriteBatch& batch) {
  const std::string key = RecordKey(view.first());
  const std::string checksum = RecordChecksum(record);
  const rocksdb::Slice key_part(key);
  const rocksdb::Slice value_parts[] = {ToSlice(record), checksum};
  batch.Put(database.records(), rocksdb::SliceParts(&key_part, 1),
            rocksdb::SliceParts(value_parts, 2));
  batch.Put(database.requests(), RequestKey(view.agency(), view.request_id()),
            RequestValue({.first = view.first(), .fingerprint = view.fingerprint()}));
  for (const RecordView::Write& write : view.writes()) {
    batch.Put(database.streams(), StreamRunKey(write.stream, write.first_revision),
              StreamRunValue({.record = view.first(),
                              .index = static_cast<std::uint32_t>(write.first_index),
                              .count = static_cast<std::uint32_t>(write.count)}));
  }
  std::set<std::string_view> types;
  std::string_view previous;
  for (std::size_t i = 0; i < view.event_count(); ++i) {
    const std::string_view type = view.type(i);
    if (i > 0 && type == previous) continue;
    previous = type;
    if (types.insert(type).second) {
      batch.Put(database.types(), TypeKey(type, view.first()), rocksdb::Slice());
    }
  }
}

absl::StatusOr<LogTail> ReadTail(Database& database, const rocksdb::ReadOptions& options) {
  std::string value;
  const rocksdb::Status status =
      database.db().Get(options, database.state(), ToSlice(kStateKey), &value);
  if (status.IsNotFound()) return LogTail{};
  DAYBOOK_RETURN_IF_ERROR(FromRocks(status, "read the state"));
  std::optional<LogTail> tail = DecodeTail(value);
  if (!tail)
    return Damage({.file = "store/state", .what = "the state does not match its checksum"});
  return *std::move(tail);
}

}  // namespace

absl::Status Applier::Apply(const Group& group, std::uint32_t group_crc) {
  return Write(group.header, group.body(), group.tree, group_crc);
}

absl::Status Applier::Replay(const FrameHeader& header, std::string_view body,
                             std::uint32_t group_crc) {
  if (header.group <= tail_.group) return absl::OkStatus();  // delivered again
  TreeStep tree{.frontier = tail_.frontier, .nodes = {}};
  std::string_view rest = body;
  for (std::uint32_t i = 0; i < header.record_count; ++i) {
    if (!view_.Reset(TakeRecord(rest)).ok()) {
      return Malformed(header.group, header.first_position, "a record cannot be decoded");
    }
    for (std::size_t e = 0; e < view_.event_count(); ++e) tree.Append(view_.leaf(e));
  }
  const std::optional<merkle::Frontier> named = merkle::Frontier::Parse(rest);
  if (!named || *named != tree.frontier) {
    return Malformed(header.group, header.first_position,
                     "its leaves do not give the tree that it names");
  }
  return Write(header, body, tree, group_crc);
}

// The names look into the group's body, which lives until it is applied.
void Applier::NoteHeads() {
  for (const RecordView::Write& write : view_.writes()) {
    heads_.emplace_back(write.stream, write.first_revision.value + write.count);
  }
}

absl::Status Applier::Write(const FrameHeader& header, std::string_view body, const TreeStep& tree,
                            std::uint32_t group_crc) {
  if (header.group <= tail_.group) return absl::OkStatus();  // delivered again
  if (header.group != tail_.group + 1 || header.first_position != tail_.size) {
    return Malformed(header.group, tail_.size,
                     fmt::format("it does not follow group {}", tail_.group));
  }
  LogTail after{.group = header.group,
                .group_crc = group_crc,
                .size = tail_.size + header.event_count,
                .record_time = tail_.record_time,
                .frontier = tree.frontier};
  batch_.Clear();
  heads_.clear();
  for (std::uint32_t i = 0; i < header.record_count; ++i) {
    const std::string_view record = TakeRecord(body);
    if (!view_.Reset(record).ok()) {
      return Malformed(header.group, header.first_position, "a record cannot be decoded");
    }
    PutRecord(database_, view_, record, batch_);
    NoteHeads();
    after.record_time = view_.record_time();
  }
  for (const TreeNode& node : tree.nodes) {
    batch_.Put(database_.tree(), TreeKey(node.level, node.index),
               ToSlice(merkle::AsBytes(node.hash)));
  }
  batch_.Put(database_.state(), ToSlice(kStateKey), EncodeTail(after));
  if (const rocksdb::Status written = database_.Write(batch_); !written.ok()) {
    database_.heads().Forget();
    return FromRocks(written, "apply a group");
  }
  database_.heads().Applied([this](const auto& set) {
    for (const auto& [stream, count] : heads_) set(stream, count);
  });
  tail_ = std::move(after);
  return absl::OkStatus();
}

absl::StatusOr<LogTail> ReadTail(Database& database) { return ReadTail(database, {}); }

absl::StatusOr<LogTail> ReadDurableTail(Database& database) {
  rocksdb::ReadOptions options;
  options.read_tier = rocksdb::kPersistedTier;
  return ReadTail(database, options);
}

}  // namespace daybook::eventstore::rocks
