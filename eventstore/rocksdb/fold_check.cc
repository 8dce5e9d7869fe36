#include "eventstore/rocksdb/fold_check.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/merkle/commitment.h"
#include "eventstore/merkle/hash.h"
#include "eventstore/rocksdb/applier.h"
#include "eventstore/rocksdb/keys.h"
#include "eventstore/rocksdb/reader.h"
#include "fmt/format.h"

namespace daybook::eventstore::rocks {
namespace {

constexpr std::uint64_t kProgressEvery = 10'000;  // records

rocksdb::ReadOptions FullScan() {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  options.verify_checksums = true;
  options.readahead_size = 4U << 20;
  return options;
}

}  // namespace

void CheckRecordContent(const RecordView& view, std::string_view file, Findings& findings,
                        LedgerCounts& counts) {
  RecordedEvent event;
  const auto add = [&](std::size_t index, std::string what) {
    const std::uint64_t position = view.first().value + index;
    findings.Add({.file = std::string(file),
                  .what = std::move(what),
                  .first_position = position,
                  .next_position = position + 1});
  };
  for (std::size_t i = 0; i < view.event_count(); ++i) {
    if (const absl::Status status = view.Decode(i, event); !status.ok()) {
      add(i, Message(status));
      continue;
    }
    for (const SealedPart& part : event.event.parts) {
      ++counts.parts;
      if (part.erased) {
        ++counts.erased_parts;
      } else if (merkle::Sha256(part.ciphertext) != part.ciphertext_hash) {
        add(i, "a sealed part does not match its hash");
      }
    }
    if (merkle::CommitmentLeaf(event) != event.leaf) {
      add(i, "the event does not give the leaf that the log commits to");
    }
  }
}

FoldCheck::FoldCheck(Database& database, Findings& findings, LedgerCounts& counts,
                     std::function<void(std::uint64_t)> progress)
    : database_(database), findings_(findings), counts_(counts), progress_(std::move(progress)) {}

LogTail FoldCheck::Run() {
  Tables();
  Records();
  CountIndexes();
  absl::StatusOr<LogTail> tail = ReadTail(database_);
  if (!tail.ok()) {
    Add("state", Message(tail.status()));
    return {};
  }
  State(*tail);
  return *std::move(tail);
}

void FoldCheck::Tables() {
  if (const rocksdb::Status status = database_.db().VerifyChecksum(); !status.ok()) {
    findings_.Add({.file = "store", .what = status.ToString()});
  }
}

void FoldCheck::Records() {
  const auto it = database_.Iterate(database_.records(), FullScan());
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    const std::optional<Position> first = ParseRecordKey(ToView(it->key()));
    if (!first) {
      Add("records", "a key is malformed");
      continue;
    }
    if (const absl::Status status = ViewRecord(*first, ToView(it->value()), view_); !status.ok()) {
      Add("records", Message(status), *first);
      continue;
    }
    Record(*first);
    if (progress_ && counts_.records % kProgressEvery == 0) progress_(counts_.events);
  }
  if (!it->status().ok()) Add("records", it->status().ToString());
}

void FoldCheck::Record(Position first) {
  if (first.value != tree_.frontier.size()) {
    Add("records",
        fmt::format("a record starts at position {} where {} is next", first.value,
                    tree_.frontier.size()),
        Position{std::min(first.value, tree_.frontier.size())},
        first.value > tree_.frontier.size() ? first.value - tree_.frontier.size() : 1);
  }
  if (view_.record_time() < record_time_) {
    Add("records", "its record time is before that of the record before it", first,
        view_.event_count());
  }
  record_time_ = view_.record_time();
  CheckRecordContent(view_, "store/records", findings_, counts_);
  for (std::size_t i = 0; i < view_.event_count(); ++i) tree_.Append(view_.leaf(i));
  Nodes();
  Request(view_);
  Runs(view_);
  Types(view_);
  ++counts_.records;
  counts_.events += view_.event_count();
}

bool FoldCheck::Get(rocksdb::ColumnFamilyHandle* family, std::string_view name,
                    const std::string& key, Position at) {
  value_.Reset();
  const rocksdb::Status status = database_.db().Get({}, family, key, &value_);
  if (status.ok()) return true;
  Add(name, status.IsNotFound() ? "the record has no entry in it" : status.ToString(), at);
  return false;
}

void FoldCheck::Request(const RecordView& view) {
  const std::string key = RequestKey(view.agency(), view.request_id());
  if (!Get(database_.requests(), "requests", key, view.first())) return;
  const std::optional<RequestEntry> entry = ParseRequestValue(ToView(value_));
  if (!entry || entry->first != view.first() || entry->fingerprint != view.fingerprint()) {
    Add("requests", "the request's entry names another record", view.first());
  }
}

void FoldCheck::Runs(const RecordView& view) {
  for (const RecordView::Write& write : view.writes()) {
    ++runs_expected_;
    const std::string key = StreamRunKey(write.stream, write.first_revision);
    if (!Get(database_.streams(), "streams", key, view.first())) continue;
    const std::optional<StreamRun> run = ParseStreamRunValue(ToView(value_));
    if (!run || run->record != view.first() || run->index != write.first_index ||
        run->count != write.count) {
      Add("streams", "the entry of a stream names other events", view.first());
    }
  }
}

void FoldCheck::Types(const RecordView& view) {
  std::set<std::string_view> types;
  for (std::size_t i = 0; i < view.event_count(); ++i) types.insert(view.type(i));
  types_expected_ += types.size();
  for (const std::string_view type : types) {
    Get(database_.types(), "types", TypeKey(type, view.first()), view.first());
  }
}

void FoldCheck::Nodes() {
  nodes_expected_ += tree_.nodes.size();
  for (const TreeNode& node : tree_.nodes) {
    const Position last{tree_.frontier.size() - 1};
    if (!Get(database_.tree(), "tree", TreeKey(node.level, node.index), last)) continue;
    if (ToView(value_) != merkle::AsBytes(node.hash)) {
      Add("tree", fmt::format("node {} of level {} is another one", node.index, node.level), last);
    }
  }
  tree_.nodes.clear();
}

void FoldCheck::State(const LogTail& tail) {
  if (tail.size != tree_.frontier.size() || tail.frontier != tree_.frontier) {
    const std::uint64_t size = tree_.frontier.size();
    Add("state", fmt::format("it has {} events where the records have {}", tail.size, size),
        Position{std::min(tail.size, size)}, std::max(tail.size, size) - std::min(tail.size, size));
  } else if (counts_.records > 0 && tail.record_time != record_time_) {
    Add("state", "its record time is not that of the last record");
  }
}

void FoldCheck::CountIndexes() {
  counts_.requests = Count(database_.requests(), "requests");
  counts_.type_entries = Count(database_.types(), "types");
  counts_.tree_nodes = Count(database_.tree(), "tree");
  CountRuns();
  Compare("requests", counts_.records, counts_.requests);
  Compare("streams", runs_expected_, counts_.runs);
  Compare("types", types_expected_, counts_.type_entries);
  Compare("tree", nodes_expected_, counts_.tree_nodes);
}

std::uint64_t FoldCheck::Count(rocksdb::ColumnFamilyHandle* family, std::string_view name) {
  const auto it = database_.Iterate(family, FullScan());
  std::uint64_t count = 0;
  for (it->SeekToFirst(); it->Valid(); it->Next()) ++count;
  if (!it->status().ok()) Add(name, it->status().ToString());
  return count;
}

void FoldCheck::CountRuns() {
  const auto it = database_.Iterate(database_.streams(), FullScan());
  std::string stream;
  std::uint64_t next = 0;
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    ++counts_.runs;
    const std::string_view key = ToView(it->key());
    const std::size_t end = key.find('\0');
    const std::optional<StreamRun> run = ParseStreamRunValue(ToView(it->value()));
    if (end == std::string_view::npos || !run) {
      Add("streams", "an entry is malformed");
      continue;
    }
    if (counts_.streams == 0 || key.substr(0, end) != stream) {
      stream = key.substr(0, end);
      next = 0;
      ++counts_.streams;
    }
    const std::optional<Revision> first = ParseStreamRunKey(key, stream);
    if (!first || first->value != next) {
      Add("streams", fmt::format("a stream goes on at another revision than {}", next),
          run->record);
    }
    next = first.value_or(Revision{next}).value + run->count;
  }
  if (!it->status().ok()) Add("streams", it->status().ToString());
}

void FoldCheck::Compare(std::string_view family, std::uint64_t expected, std::uint64_t found) {
  if (expected == found) return;
  Add(family, fmt::format("it has {} entries where the records call for {}", found, expected));
}

void FoldCheck::CompareRecord(Position first, std::string_view record) {
  if (!Get(database_.records(), "records", RecordKey(first), first)) return;
  const std::optional<std::string_view> stored = CheckedRecord(ToView(value_));
  if (!stored || *stored != record) {
    Add("records", "the record is not the one that the journal has", first);
  }
}

void FoldCheck::Add(std::string_view family, std::string what, std::optional<Position> at,
                    std::uint64_t events) {
  LedgerFinding finding{.file = "store/" + std::string(family), .what = std::move(what)};
  if (at) {
    finding.first_position = at->value;
    finding.next_position = at->value + events;
  }
  findings_.Add(std::move(finding));
}

}  // namespace daybook::eventstore::rocks
