#include "services/submissions/application/file_coverage.h"

#include "proto/values/civil.h"

namespace daybook::submissions {

FileCoverage::FileCoverage(const events::v1::SubmissionOpened& opened) {
  const auto first = values::ParseMonth(opened.covers_from());
  const auto last = values::ParseMonth(opened.covers_to());
  if (!first || !last) return;
  for (values::CivilDay month = *first; month <= *last; month = values::AddMonths(month, 1)) {
    months_.insert(values::FormatMonth(month));
  }
}

FileCoverage::PlaceId FileCoverage::IdOf(const commands::RowPlace& place) {
  const auto [it, is_new] = ids_.try_emplace(place, static_cast<PlaceId>(places_.size()));
  if (is_new) places_.push_back(&it->first);
  return it->second;
}

void FileCoverage::Found(PlaceId id) {
  months_.insert(At(id).month);
  areas_.insert(At(id).area);
}

}  // namespace daybook::submissions
