// Walks over the records of the log in order, all of them or those that have an event that may pass
// a filter. For a filter it follows the index of types, a context being all types that start with
// its name and a dot.
#pragma once

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/event_store.h"
#include "eventstore/rocksdb/database.h"
#include "eventstore/rocksdb/record_view.h"

namespace daybook::eventstore::rocks {

// Not thread-safe. Sees the log as of Open.
class LogCursor {
 public:
  virtual ~LogCursor() = default;

  // Starts at the record that holds `from`, which must exist, or at the next one in the direction.
  static absl::StatusOr<std::unique_ptr<LogCursor>> Open(Database& database, const Filter& filter,
                                                         Position from, Direction direction);

  virtual bool Valid() const = 0;
  virtual void Next() = 0;
  virtual Position first() const = 0;               // while Valid
  virtual absl::Status View(RecordView& view) = 0;  // while Valid; good until Next
  virtual absl::Status status() const = 0;          // why it is not Valid; OK at the end
};

}  // namespace daybook::eventstore::rocks
