// In which order the facts of a log became known, without the facts: what a fold as known on a day
// reads the log by.
//
// A log is mostly in that order, and a file of many rows was known on one day, so runs of events
// that were known on the same day are few: some 100 bytes a run, at most 65,536 events in one.
// (Where every event was known on another day than the one before it, a run is one event.)
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/civil_day.h"
#include "eventstore/core/log_reader.h"
#include "projections/core/view_set.h"
#include "projections/engine/event_batch.h"
#include "projections/engine/type_table.h"

namespace daybook::projections {

// Not thread-safe.
class KnownOrder {
 public:
  // For the views of that factory. Errors of TypeTable::Make.
  static absl::StatusOr<std::unique_ptr<KnownOrder>> Make(ViewSetFactory factory);

  // The views as the partnership knew it at the end of `day`, as far as the first `size` events of
  // the log tell (which has as many).
  //
  // For each view: first the events it handles as kReference, all of them, in log order, for a name
  // or a definition says how to read facts whenever it came; then those it handles as kApply and
  // that were known by the end of `day`, in order of (day known, position). Not in log order,
  // because the rule is "the latest by (known, position)", and a view lets the later event win: a
  // figure of 2014 loaded after a figure of 2015 must not replace it. Events whose day is unknown
  // are left out; both kinds left out are counted.
  //
  // What of the log was not read for an earlier answer is read once to learn the order; then what
  // was known is read in that order and applied. Holds no events.
  absl::StatusOr<std::unique_ptr<ViewSet>> Fold(eventstore::LogReader& events, std::uint64_t size,
                                                eventstore::CivilDay day);

 private:
  // Facts (some view handles their type as kApply) that were known on one day, with whatever else
  // lies between them.
  struct Run {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::optional<eventstore::CivilDay> known;
    std::vector<std::pair<const TypeEntry*, std::uint64_t>> facts;  // how many of each type
  };
  // Events next to each other that are no mere facts: some view handles their type as kReference,
  // or does not name it.
  struct Others {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
  };

  KnownOrder(ViewSetFactory factory, TypeTable types);
  absl::Status Learn(eventstore::LogReader& events, std::uint64_t size);
  void Note(const BatchEvent& event);
  // Names and definitions say how to read facts whenever they came, so they go first.
  absl::Status ApplyOthers(eventstore::LogReader& events, std::uint64_t size, ViewSet& views) const;
  // Of a run that reaches beyond `size`, what does not.
  absl::StatusOr<Run> Cut(eventstore::LogReader& events, const Run& run, std::uint64_t size) const;

  const ViewSetFactory factory_;
  const TypeTable types_;
  std::uint64_t learned_ = 0;  // events
  std::vector<Run> runs_;      // by from
  std::vector<Others> others_;
};

}  // namespace daybook::projections
