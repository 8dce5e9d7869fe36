// Everything that only reads: streams, the log in order, requests, sizes and roots of the past.
//
// Holds no lock while it reads: RocksDB's iterators see one moment each, and what they hold is
// durable, for a group is applied after its sync. A call waits while the database is opened anew
// after a failure, and is UNAVAILABLE (STORE_STOPPED) when that failed, too. Thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/event_store.h"
#include "eventstore/rocksdb/log_lookup.h"
#include "eventstore/rocksdb/record_view.h"
#include "eventstore/rocksdb/shared_database.h"

namespace daybook::eventstore::rocks {

class Reader final : public LogLookup {
 public:
  // `databases` must outlive it.
  explicit Reader(SharedDatabase& databases) : databases_(databases) {}

  absl::StatusOr<std::uint64_t> EventCount(std::string_view stream) override;
  absl::StatusOr<std::optional<StoredRequest>> FindStored(std::string_view agency,
                                                          std::string_view request_id) override;

  absl::Status ReadStream(std::string_view stream, Revision from, Direction direction,
                          std::uint64_t limit, const EventSink& sink);

  // Looks at positions below `head` only.
  absl::Status ReadAll(const ReadAllOptions& options, std::uint64_t head, const EventSink& sink);

  // Both need size, respectively an answer, of at most `head`.
  absl::StatusOr<Hash> RootAt(std::uint64_t size);
  absl::StatusOr<std::uint64_t> SizeAt(Instant time, std::uint64_t head);

 private:
  SharedDatabase& databases_;
};

// Checks a value of `records` and walks over it. LOG_DAMAGED, with its position, when it is bad.
absl::Status ViewRecord(Position first, std::string_view value, RecordView& view);

}  // namespace daybook::eventstore::rocks
