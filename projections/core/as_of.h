// When an answer shall be true, and how true it is. Plain values; the adapters turn them into
// daybook.reports.v1.AsOf and Truth.
#pragma once

#include <cstdint>
#include <optional>

#include "eventstore/core/ids.h"

namespace daybook::projections {

// Nothing set = now, with everything that is known.
struct AsOf {
  // As the partnership knew it at the end of this day in Europe/London.
  std::optional<eventstore::CivilDay> known_on;
  // As the log stood after this many events.
  std::optional<std::uint64_t> recorded_size;
  friend bool operator==(const AsOf&, const AsOf&) = default;
};

// What was left out of a fold, and what in it was loaded late. Events that change names,
// definitions and areas (Handling::kReference) are always in and counted nowhere here.
struct KnownCounts {
  std::uint64_t not_yet_known = 0;  // left out: known after the day asked for
  std::uint64_t known_unknown = 0;  // left out: nobody knows when they were received
  std::uint64_t back_loaded = 0;    // in, and recorded on a later day than known
  friend bool operator==(const KnownCounts&, const KnownCounts&) = default;
};

// How true an answer is. The counts are of events, each counted once however many views use it;
// ViewSet::CountsOf gives them for one view.
struct Truth {
  eventstore::Checkpoint checkpoint;             // log and number of events it rests on
  std::optional<eventstore::CivilDay> known_on;  // as asked
  KnownCounts counts;
};

}  // namespace daybook::projections
