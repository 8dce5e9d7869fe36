// referral-trend: referrals counted from records, and beside them the figures that agencies
// returned and documents printed. The two are never added.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/referrals/events/v1/events.pb.h"
#include "daybook/views/v1/rows.pb.h"
#include "projections/core/view.h"
#include "projections/views/series_book.h"

namespace daybook::views {

// Not thread-safe (see projections::View). A referral counts in the month it was received, whatever
// becomes of it, so a changed status changes nothing here.
class ReferralTrendView final : public projections::View {
 public:
  static constexpr std::string_view kName = "referral-trend";

  std::string_view name() const override { return kName; }
  std::uint32_t version() const override { return 5; }
  const std::vector<projections::TypeHandling>& types() const override;
  void Apply(const projections::ViewEvent& event) override;
  std::vector<projections::TableBase*> tables() override;

  // Keyed by RowKey(service, agency, area, month).
  using Cells = projections::Table<v1::ReferralCellRow>;
  const Cells& cells() const { return cells_; }
  const SeriesBook& series() const { return series_; }

 private:
  bool ApplyReferral(const projections::ViewEvent& event);
  void Add(const std::string& agency, const referrals::events::v1::ReferralReceived& referral,
           bool back_loaded);
  void Remove(const std::string& agency, const referrals::events::v1::ReferralReceived& referral);

  Cells cells_{"cells"};
  SeriesBook series_{measures::events::v1::MeasureDefined::SUBJECT_REFERRALS};
};

}  // namespace daybook::views
