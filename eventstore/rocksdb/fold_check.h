// The store beneath as a fold of its records: every record is what its leaf says, and every index
// has exactly the entries that the records call for.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "eventstore/rocksdb/database.h"
#include "eventstore/rocksdb/findings.h"
#include "eventstore/rocksdb/group.h"
#include "eventstore/rocksdb/record_view.h"

namespace daybook::eventstore::rocks {

// Payloads, parts and metadata of each event give the leaf that the record names. `file` says where
// the record was read.
void CheckRecordContent(const RecordView& view, std::string_view file, Findings& findings,
                        LedgerCounts& counts);

// Not thread-safe. Everything handed in must outlive it.
class FoldCheck {
 public:
  FoldCheck(Database& database, Findings& findings, LedgerCounts& counts,
            std::function<void(std::uint64_t)> progress);

  // Checks all of it. Returns the state that the store says it is in, as far as it can be read.
  LogTail Run();

  // A record of the journal that the store has, too: they must be the same bytes.
  void CompareRecord(Position first, std::string_view record);

 private:
  void Tables();
  void Records();
  void Record(Position first);
  void Request(const RecordView& view);
  void Runs(const RecordView& view);
  void Types(const RecordView& view);
  void Nodes();
  void State(const LogTail& tail);
  // The number of entries in each index, and that streams have no holes.
  void CountIndexes();
  std::uint64_t Count(rocksdb::ColumnFamilyHandle* family, std::string_view name);
  void CountRuns();
  void Compare(std::string_view family, std::uint64_t expected, std::uint64_t found);
  void Add(std::string_view family, std::string what, std::optional<Position> at = std::nullopt,
           std::uint64_t events = 1);
  // A look-up that must succeed.
  bool Get(rocksdb::ColumnFamilyHandle* family, std::string_view name, const std::string& key,
           Position at);

  Database& database_;
  Findings& findings_;
  LedgerCounts& counts_;
  const std::function<void(std::uint64_t)> progress_;
  RecordView view_;
  rocksdb::PinnableSlice value_;
  TreeStep tree_;
  Instant record_time_{INT64_MIN};
  std::uint64_t runs_expected_ = 0;
  std::uint64_t types_expected_ = 0;
  std::uint64_t nodes_expected_ = 0;
};

}  // namespace daybook::eventstore::rocks
