#include "eventstore/rocksdb/log_cursor.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/rocksdb/damage.h"
#include "eventstore/rocksdb/keys.h"
#include "eventstore/rocksdb/reader.h"

namespace daybook::eventstore::rocks {
namespace {

constexpr std::size_t kReadaheadBytes = 2U << 20;

using IteratorPtr = std::unique_ptr<rocksdb::Iterator>;

// Every record.
class ScanCursor final : public LogCursor {
 public:
  ScanCursor(Database& database, Position from, Direction direction)
      : forward_(direction == Direction::kForward) {
    rocksdb::ReadOptions options;
    options.readahead_size = kReadaheadBytes;
    it_ = database.Iterate(database.records(), options);
    it_->SeekForPrev(RecordKey(from));
  }

  bool Valid() const override { return it_->Valid(); }
  void Next() override { forward_ ? it_->Next() : it_->Prev(); }
  Position first() const override {
    return ParseRecordKey(ToView(it_->key())).value_or(Position{});
  }
  absl::Status View(RecordView& view) override {
    return ViewRecord(first(), ToView(it_->value()), view);
  }
  absl::Status status() const override { return FromRocks(it_->status(), "read the log"); }

 private:
  bool forward_;
  IteratorPtr it_;
};

// The registered types that a filter lets through, as the index knows them.
absl::StatusOr<std::set<std::string>> TypesOf(Database& database, const Filter& filter) {
  std::set<std::string> types(filter.types.begin(), filter.types.end());
  const IteratorPtr it = database.Iterate(database.types());
  for (const std::string& context : filter.contexts) {
    const std::string prefix = context + ".";
    it->Seek(prefix);
    while (it->Valid() && ToView(it->key()).substr(0, prefix.size()) == prefix) {
      const auto entry = ParseTypeKey(ToView(it->key()));
      if (!entry) return Damage({.file = "store/types", .what = "a key is malformed"});
      const std::string type(entry->type);
      types.insert(type);
      it->Seek(TypeKey(type, {UINT64_MAX}));  // past all records of this type
      if (it->Valid() && ToView(it->key()) == TypeKey(type, {UINT64_MAX})) it->Next();
    }
    DAYBOOK_RETURN_IF_ERROR(FromRocks(it->status(), "read the index of types"));
  }
  return types;
}

// Records of several types, merged in order; each record once.
class TypesCursor final : public LogCursor {
 public:
  TypesCursor(Database& database, const std::set<std::string>& types, Position from_record,
              Direction direction)
      : database_(database), forward_(direction == Direction::kForward) {
    for (const std::string& type : types) {
      lines_.push_back({type, database.Iterate(database.types()), std::nullopt});
      Line& line = lines_.back();
      const std::string start = TypeKey(type, from_record);
      forward_ ? line.it->Seek(start) : line.it->SeekForPrev(start);
      Load(line);
    }
    FindNearest();
  }

  bool Valid() const override { return nearest_.has_value(); }
  Position first() const override { return *nearest_; }
  void Next() override {
    for (Line& line : lines_) {
      if (line.at != nearest_) continue;
      forward_ ? line.it->Next() : line.it->Prev();
      Load(line);
    }
    FindNearest();
  }

  absl::Status View(RecordView& view) override {
    value_.Reset();
    const rocksdb::Status status =
        database_.db().Get({}, database_.records(), RecordKey(*nearest_), &value_);
    if (status.IsNotFound()) {
      return Damage({.file = "store/records",
                     .what = "a record is missing",
                     .first_position = nearest_->value});
    }
    DAYBOOK_RETURN_IF_ERROR(FromRocks(status, "read a record"));
    return ViewRecord(*nearest_, ToView(value_), view);
  }

  absl::Status status() const override {
    for (const Line& line : lines_) {
      DAYBOOK_RETURN_IF_ERROR(FromRocks(line.it->status(), "read the index of types"));
    }
    return absl::OkStatus();
  }

 private:
  struct Line {
    std::string type;
    IteratorPtr it;
    std::optional<Position> at;
  };

  static void Load(Line& line) {
    line.at.reset();
    if (!line.it->Valid()) return;
    const auto entry = ParseTypeKey(ToView(line.it->key()));
    if (entry && entry->type == line.type) line.at = entry->record;
  }

  void FindNearest() {
    nearest_.reset();
    for (const Line& line : lines_) {
      if (!line.at) continue;
      if (!nearest_ || (forward_ ? *line.at < *nearest_ : *line.at > *nearest_)) nearest_ = line.at;
    }
  }

  Database& database_;
  bool forward_;
  std::vector<Line> lines_;
  std::optional<Position> nearest_;
  rocksdb::PinnableSlice value_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<LogCursor>> LogCursor::Open(Database& database, const Filter& filter,
                                                           Position from, Direction direction) {
  auto scan = std::make_unique<ScanCursor>(database, from, direction);
  if (filter.PassesAll() || !scan->Valid()) return scan;
  // The index names records by their first event: start at the record that holds `from`.
  const Position record = scan->first();
  DAYBOOK_ASSIGN_OR_RETURN(const std::set<std::string> types, TypesOf(database, filter));
  return std::make_unique<TypesCursor>(database, types, record, direction);
}

}  // namespace daybook::eventstore::rocks
