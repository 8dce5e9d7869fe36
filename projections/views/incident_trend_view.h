// incident-trend: incidents counted from records, and beside them the figures that agencies
// returned and documents printed. The two are never added.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/incidents/events/v1/events.pb.h"
#include "daybook/views/v1/rows.pb.h"
#include "projections/core/view.h"
#include "projections/views/series_book.h"

namespace daybook::views {

// Not thread-safe (see projections::View).
class IncidentTrendView final : public projections::View {
 public:
  static constexpr std::string_view kName = "incident-trend";

  std::string_view name() const override { return kName; }
  std::uint32_t version() const override { return 6; }
  const std::vector<projections::TypeHandling>& types() const override;
  void Apply(const projections::ViewEvent& event) override;
  std::vector<projections::TableBase*> tables() override;

  // Keyed by RowKey(dataset, force, month, type, district): a month of a force is one run of keys.
  using Cells = projections::Table<v1::IncidentCellRow>;
  const Cells& cells() const { return cells_; }
  // The same by the Home Office's sub-group of offences in the place of the type, and by flag; an
  // incident with two flags is in the cells of both.
  const Cells& sub_groups() const { return sub_groups_; }
  const Cells& flags() const { return flags_; }
  const SeriesBook& series() const { return series_; }

 private:
  // One incident into its cells, or out of them.
  void Add(const incidents::events::v1::IncidentRecorded& incident, bool back_loaded);
  void Remove(const incidents::events::v1::IncidentRecorded& incident);
  void AddTo(Cells& cells, const incidents::events::v1::IncidentRecorded& incident,
             std::string_view type, bool back_loaded);
  void RemoveFrom(Cells& cells, const incidents::events::v1::IncidentRecorded& incident,
                  std::string_view type);
  void MakeKey(const incidents::events::v1::IncidentRecorded& incident, std::string_view type);
  bool ApplyIncident(const projections::ViewEvent& event);

  Cells cells_{"cells"};
  Cells sub_groups_{"sub_groups"};
  Cells flags_{"flags"};
  SeriesBook series_{measures::events::v1::MeasureDefined::SUBJECT_INCIDENTS};
  std::string key_;  // scratch: one allocation for all events
};

}  // namespace daybook::views
