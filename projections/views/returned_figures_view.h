// returned-figures: what agencies returned of everything that is neither incidents nor referrals -
// populations, people reached, cases, contacts, hours - and what documents printed of it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "projections/core/view.h"
#include "projections/views/series_book.h"

namespace daybook::views {

// Not thread-safe (see projections::View).
class ReturnedFiguresView final : public projections::View {
 public:
  static constexpr std::string_view kName = "returned-figures";

  std::string_view name() const override { return kName; }
  std::uint32_t version() const override { return 4; }
  const std::vector<projections::TypeHandling>& types() const override;
  void Apply(const projections::ViewEvent& event) override { series_.Apply(event); }
  std::vector<projections::TableBase*> tables() override { return series_.tables(); }

  const SeriesBook& series() const { return series_; }

 private:
  SeriesBook series_{measures::events::v1::MeasureDefined::SUBJECT_OTHER};
};

}  // namespace daybook::views
