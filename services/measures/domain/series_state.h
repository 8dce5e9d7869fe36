// What the rules of figures look at: one series, and one document.
//
// A series is (measure, area, source, extract), stream
// "series-<measure>/<area>/<source>[/<extract>]". A document's figures are stream
// "document-<document_id>". Plain values; not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "daybook/measures/events/v1/events.pb.h"
#include "eventstore/core/event.h"
#include "google/protobuf/message.h"

namespace daybook::measures {

// In which order figures take each other's place (projections/views/fact.h): whether the day is
// known, and the day. Of equals the one that is recorded later.
using KnownRank = std::pair<bool, std::int32_t>;
KnownRank RankOf(const eventstore::Known& known, eventstore::CivilDay recorded);

struct SeriesState {
  // Kind, first and last day (ISO 8601): as the views tell periods apart.
  using PeriodKey = std::tuple<types::v1::Period::Kind, std::string, std::string>;
  using Periods = std::map<PeriodKey, events::v1::ObservationRecorded>;
  // The latest observation of every period, by the categories that it counts (CategoriesKey).
  std::map<std::string, Periods, std::less<>> latest;
  // When the figures of a period came to be known.
  struct KnownDays {
    eventstore::Known last;  // of the latest
    KnownRank current;       // of the one that reports show
  };
  std::map<std::pair<std::string, PeriodKey>, KnownDays> known;  // by the same keys
  // The agency whose series it is: its source once that has sent it, before the first that did.
  std::string owner;

  // nullptr when none is held.
  const events::v1::ObservationRecorded* Find(std::string_view categories,
                                              const PeriodKey& period) const;
  KnownDays KnownOf(const std::string& categories, const PeriodKey& period) const;
};

struct DocumentState {
  // Canonical bytes of every figure that is recorded of the document.
  std::set<std::string> figures;
};

// Folds one event that `agency` sent, known as it says, recorded on that day; others change
// nothing.
void Evolve(SeriesState& state, const google::protobuf::Message& event, std::string_view agency,
            const eventstore::Known& known, eventstore::CivilDay recorded);
void Evolve(DocumentState& state, const google::protobuf::Message& event);

SeriesState::PeriodKey PeriodKeyOf(const types::v1::Period& period);

// "age-band=under-12/sex=male"; "" for a figure that is not broken down.
std::string CategoriesKey(
    const google::protobuf::RepeatedPtrField<events::v1::DimensionValue>& dimensions);

std::string SeriesStream(const events::v1::ObservationRecorded& observation);
std::string DocumentStream(std::string_view document_id);

// Whether two observations say the same, whichever submission and row they came in and whatever was
// asked about them.
bool SaysTheSame(const events::v1::ObservationRecorded& a,
                 const events::v1::ObservationRecorded& b);

}  // namespace daybook::measures
