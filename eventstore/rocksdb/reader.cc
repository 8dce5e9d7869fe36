#include "eventstore/rocksdb/reader.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/rocksdb/damage.h"
#include "eventstore/rocksdb/keys.h"
#include "eventstore/rocksdb/log_cursor.h"
#include "eventstore/rocksdb/tree_reader.h"

namespace daybook::eventstore::rocks {
namespace {

absl::Status BadEntry(std::string_view family) {
  return Damage({.file = "store", .what = "a value of " + std::string(family) + " is malformed"});
}

absl::Status Missing(std::uint64_t from, std::uint64_t to) {
  return Damage({.file = "store/records",
                 .what = "records are missing",
                 .first_position = std::min(from, to),
                 .next_position = std::max(from, to)});
}

// Delivers the run's events between revisions `from` and the run's end in the given direction.
// Returns false when the sink has had enough.
absl::StatusOr<bool> DeliverRun(const RecordView& view, const StreamRun& run, Revision run_first,
                                Revision from, Direction direction, std::uint64_t& left,
                                const EventSink& sink) {
  if (run.index + std::uint64_t{run.count} > view.event_count()) return BadEntry("streams");
  const bool forward = direction == Direction::kForward;
  const std::uint64_t last = run_first.value + run.count - 1;
  std::uint64_t revision =
      forward ? std::max(from.value, run_first.value) : std::min(from.value, last);
  while (revision >= run_first.value && revision <= last) {
    if (left == 0) return false;
    RecordedEvent event;
    DAYBOOK_RETURN_IF_ERROR(view.Decode(run.index + (revision - run_first.value), event));
    --left;
    if (!sink(event)) return false;
    if (!forward && revision == 0) break;
    revision = forward ? revision + 1 : revision - 1;
  }
  return true;
}

// The record with this key. `value` keeps the bytes that `view` looks at.
absl::Status GetRecord(Database& database, Position first, rocksdb::PinnableSlice& value,
                       RecordView& view) {
  const rocksdb::Status status =
      database.db().Get({}, database.records(), RecordKey(first), &value);
  if (status.IsNotFound()) {
    return Damage(
        {.file = "store/records", .what = "a record is missing", .first_position = first.value});
  }
  DAYBOOK_RETURN_IF_ERROR(FromRocks(status, "read a record"));
  return ViewRecord(first, ToView(value), view);
}

}  // namespace

absl::Status ViewRecord(Position first, std::string_view value, RecordView& view) {
  const std::optional<std::string_view> record = CheckedRecord(value);
  if (!record) {
    return Damage({.file = "store/records",
                   .what = "a record does not match its checksum",
                   .first_position = first.value});
  }
  if (const absl::Status status = view.Reset(*record); !status.ok() || view.first() != first) {
    return Damage({.file = "store/records",
                   .what = status.ok() ? "a record stands in the wrong place" : Message(status),
                   .first_position = first.value});
  }
  return absl::OkStatus();
}

absl::StatusOr<std::uint64_t> Reader::EventCount(std::string_view stream) {
  DAYBOOK_ASSIGN_OR_RETURN(const SharedDatabase::Lease database, databases_.Use());
  if (const auto known = database->heads().Find(stream)) return *known;
  const std::uint64_t begun = database->heads().Begin();
  // The first run's key is known, so that for a new stream a filter answers.
  const std::string first_key = StreamRunKey(stream, {0});
  rocksdb::PinnableSlice value;
  const rocksdb::Status status = database->db().Get({}, database->streams(), first_key, &value);
  if (status.IsNotFound()) return 0;
  DAYBOOK_RETURN_IF_ERROR(FromRocks(status, "look up a stream"));
  const std::string end = StreamRunsEnd(stream);
  const rocksdb::Slice lower(first_key);
  rocksdb::ReadOptions options;
  options.iterate_lower_bound = &lower;
  const auto it = database->Iterate(database->streams(), options);
  it->SeekForPrev(end);
  DAYBOOK_RETURN_IF_ERROR(FromRocks(it->status(), "look up a stream"));
  if (!it->Valid()) return BadEntry("streams");
  const auto revision = ParseStreamRunKey(ToView(it->key()), stream);
  const auto run = ParseStreamRunValue(ToView(it->value()));
  if (!revision || !run) return BadEntry("streams");
  const std::uint64_t count = revision->value + run->count;
  database->heads().Keep(stream, count, begun);
  return count;
}

absl::StatusOr<std::optional<StoredRequest>> Reader::FindStored(std::string_view agency,
                                                                std::string_view request_id) {
  DAYBOOK_ASSIGN_OR_RETURN(const SharedDatabase::Lease database, databases_.Use());
  rocksdb::PinnableSlice value;
  const rocksdb::Status status =
      database->db().Get({}, database->requests(), RequestKey(agency, request_id), &value);
  if (status.IsNotFound()) return std::optional<StoredRequest>();
  DAYBOOK_RETURN_IF_ERROR(FromRocks(status, "look up a request"));
  const std::optional<RequestEntry> entry = ParseRequestValue(ToView(value));
  if (!entry) return BadEntry("requests");
  rocksdb::PinnableSlice record;
  RecordView view;
  DAYBOOK_RETURN_IF_ERROR(GetRecord(*database, entry->first, record, view));
  return std::optional<StoredRequest>({.fingerprint = entry->fingerprint, .result = view.Result()});
}

absl::Status Reader::ReadStream(std::string_view stream, Revision from, Direction direction,
                                std::uint64_t limit, const EventSink& sink) {
  DAYBOOK_ASSIGN_OR_RETURN(const SharedDatabase::Lease database, databases_.Use());
  const std::string first_key = StreamRunKey(stream, {0});
  const std::string end_key = StreamRunsEnd(stream);
  const rocksdb::Slice lower(first_key);
  const rocksdb::Slice upper(end_key);
  rocksdb::ReadOptions options;
  options.iterate_lower_bound = &lower;
  options.iterate_upper_bound = &upper;
  const auto it = database->Iterate(database->streams(), options);
  rocksdb::PinnableSlice value;
  RecordView view;
  std::uint64_t left = limit;
  std::optional<std::uint64_t> next;  // the revision where the next run must start, or end
  // The last run that starts at or before `from` is the first that may hold it, in both directions.
  for (it->SeekForPrev(StreamRunKey(stream, from)); it->Valid();
       direction == Direction::kForward ? it->Next() : it->Prev()) {
    const auto run_first = ParseStreamRunKey(ToView(it->key()), stream);
    const auto run = ParseStreamRunValue(ToView(it->value()));
    if (!run_first || !run) return BadEntry("streams");
    const bool forward = direction == Direction::kForward;
    const std::uint64_t run_end = run_first->value + run->count;
    if (next && *next != (forward ? run_first->value : run_end)) return BadEntry("streams");
    next = forward ? run_end : run_first->value;
    value.Reset();
    DAYBOOK_RETURN_IF_ERROR(GetRecord(*database, run->record, value, view));
    DAYBOOK_ASSIGN_OR_RETURN(const bool more,
                             DeliverRun(view, *run, *run_first, from, direction, left, sink));
    if (!more) return absl::OkStatus();
  }
  return FromRocks(it->status(), "read a stream");
}

absl::Status Reader::ReadAll(const ReadAllOptions& options, std::uint64_t head,
                             const EventSink& sink) {
  const bool forward = options.direction == Direction::kForward;
  if (head == 0 || options.limit == 0) return absl::OkStatus();
  std::uint64_t at = options.from.value_or(Position{forward ? 0 : head - 1}).value;
  if (forward && at >= head) return absl::OkStatus();
  at = std::min(at, head - 1);
  DAYBOOK_ASSIGN_OR_RETURN(const SharedDatabase::Lease database, databases_.Use());
  std::uint64_t left = options.limit;
  DAYBOOK_ASSIGN_OR_RETURN(const std::unique_ptr<LogCursor> cursor,
                           LogCursor::Open(*database, options.filter, {at}, options.direction));
  RecordView view;
  std::optional<std::uint64_t> next;  // first position of the record that must come
  for (; cursor->Valid(); cursor->Next()) {
    if (forward && cursor->first().value >= head) break;
    DAYBOOK_RETURN_IF_ERROR(cursor->View(view));
    const std::uint64_t first = view.first().value;
    const std::uint64_t end = first + view.event_count();
    if (options.filter.PassesAll()) {
      if (next && *next != (forward ? first : end)) return Missing(*next, forward ? first : end);
      next = forward ? end : first;
    }
    const std::uint64_t count = std::min<std::uint64_t>(view.event_count(), head - first);
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t index = forward ? i : count - 1 - i;
      if (forward ? first + index < at : first + index > at) continue;
      if (!options.filter.PassesAll() && !options.filter.Passes(view.type(index))) continue;
      RecordedEvent event;
      DAYBOOK_RETURN_IF_ERROR(view.Decode(index, event));
      if (!sink(event) || --left == 0) return absl::OkStatus();
    }
  }
  DAYBOOK_RETURN_IF_ERROR(cursor->status());
  // The whole way was gone: it ends where the log does.
  if (options.filter.PassesAll() && next.value_or(at) != (forward ? head : 0) &&
      !(forward && next.value_or(at) > head)) {
    return Missing(next.value_or(at), forward ? head : 0);
  }
  return absl::OkStatus();
}

absl::StatusOr<Hash> Reader::RootAt(std::uint64_t size) {
  DAYBOOK_ASSIGN_OR_RETURN(const SharedDatabase::Lease database, databases_.Use());
  return TreeReader(*database).RootAt(size);
}

absl::StatusOr<std::uint64_t> Reader::SizeAt(Instant time, std::uint64_t head) {
  DAYBOOK_ASSIGN_OR_RETURN(const SharedDatabase::Lease database, databases_.Use());
  const auto it = database->Iterate(database->records());
  RecordView view;
  std::uint64_t low = 0;      // every event below is at or before `time`
  std::uint64_t high = head;  // every event from here on is after it, or not looked at
  while (low < high) {
    it->SeekForPrev(RecordKey({low + (high - low) / 2}));
    if (!it->Valid()) return Damage({.file = "store/records", .what = "a record is missing"});
    const std::optional<Position> first = ParseRecordKey(ToView(it->key()));
    if (!first) return BadEntry("records");
    DAYBOOK_RETURN_IF_ERROR(ViewRecord(*first, ToView(it->value()), view));
    if (view.record_time() <= time) {
      low = first->value + view.event_count();
    } else {
      high = first->value;
    }
  }
  return std::min(low, head);
}

}  // namespace daybook::eventstore::rocks
