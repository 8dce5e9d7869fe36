// For what a whole file speaks: the months that are found in it, and those that its sender names. A
// row of any other month that stands is not missing in the file; it is outside of it.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "daybook/submissions/events/v1/events.pb.h"
#include "services/commands/versioned_rows.h"
#include "services/submissions/domain/submission_state.h"

namespace daybook::submissions {

// Names the places of rows by small numbers, so that a row costs four bytes for its place. Not
// thread-safe.
class FileCoverage {
 public:
  using PlaceId = std::uint32_t;

  // `opened` lives as long.
  explicit FileCoverage(const events::v1::SubmissionOpened& opened);

  PlaceId IdOf(const commands::RowPlace& place);
  const commands::RowPlace& At(PlaceId id) const { return *places_[id]; }
  // The file has a row of this place.
  void Found(PlaceId id);

  bool Covers(PlaceId id) const { return months_.contains(At(id).month); }
  // The file has a row of the area, in whatever month.
  bool HasArea(PlaceId id) const { return areas_.contains(At(id).area); }
  const Months& months() const { return months_; }

 private:
  std::map<commands::RowPlace, PlaceId> ids_;
  std::vector<const commands::RowPlace*> places_;
  Months months_;
  std::set<std::string> areas_;
};

}  // namespace daybook::submissions
