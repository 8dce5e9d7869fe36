// What stands of some months of a scope: the fold of the statements that the versions made which
// touch them, read from the parts of the log in which they were recorded. Nothing else is kept
// beside the log for it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/event_store.h"
#include "services/commands/versioned_rows.h"
#include "services/submissions/domain/submission_state.h"

namespace daybook::submissions {

// One scope as it stood when this was loaded. Not thread-safe; refers to store and rows.
class ScopeRows {
 public:
  // `months`: of the file that is to be compared; empty: all.
  static absl::StatusOr<ScopeRows> Load(eventstore::EventStore& store,
                                        const commands::VersionedRows& rows,
                                        commands::ScopeName name, Months months);

  const commands::ScopeName& name() const { return name_; }
  const ScopeState& scope() const { return scope_; }
  const Months& months() const { return months_; }
  // `months`, and those of the versions that touch them.
  const Months& known() const { return known_; }
  // Whether all that stands of the month is known.
  bool Knows(const std::string& month) const { return knows_all_ || known_.contains(month); }
  bool IsOurs(std::string_view submission_id) const {
    return scope_.Find(submission_id) != nullptr;
  }

  // What stands, as changes in the order of the log: `content` absent when the row stands no more.
  struct RowChange {
    const commands::RowHash* content = nullptr;
    const commands::SealedRow& sealed;
    const commands::RowPlace& place;
    std::string_view submission_id;
  };
  using Change = std::function<void(const std::string& stream, const RowChange& said)>;
  absl::Status ForEachChange(const Change& change) const;

  // Every row on which a version of it ever spoke, once a statement.
  absl::Status ForEachRow(const std::function<void(const std::string& stream)>& row) const;

  // What the versions said, with their ranks in the order of extracts: the last change of a stream
  // is not the one that counts, the highest rank is.
  struct RankedChange {
    std::uint32_t rank = 0;
    const commands::RowHash* content = nullptr;  // nullptr: not there
    // nullptr: as it was at that rank before the change that came just before this one.
    const commands::SealedRow* sealed = nullptr;
    const commands::RowPlace& place;
    eventstore::Position at;
    bool is_current = false;  // it changed what stands, and not only the history
  };
  absl::Status ForEachRankedChange(
      const std::function<std::optional<std::uint32_t>(std::string_view)>& rank,
      const std::function<void(const std::string& stream, const RankedChange& said)>& change) const;

 private:
  struct Span {
    std::uint64_t first = 0;
    std::uint64_t end = 0;  // exclusive
  };

  ScopeRows(eventstore::EventStore& store, const commands::VersionedRows& rows,
            commands::ScopeName name, Months months)
      : store_(&store),
        rows_(&rows),
        name_(std::move(name)),
        months_(std::move(months)),
        knows_all_(months_.empty()) {}
  absl::Status AddSpan(const std::string& submission_id);
  void MergeSpans();
  absl::Status ForEachStatement(
      const std::function<void(const eventstore::RecordedEvent& recorded,
                               const commands::RowStatement& said)>& use) const;

  eventstore::EventStore* store_;
  const commands::VersionedRows* rows_;
  commands::ScopeName name_;
  Months months_;
  Months known_;
  bool knows_all_;
  ScopeState scope_;
  std::vector<Span> spans_;  // of the log, in order, apart
};

}  // namespace daybook::submissions
