// activities: what partners did together, and what it reached.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "daybook/views/v1/rows.pb.h"
#include "projections/core/view.h"

namespace daybook::views {

// Not thread-safe (see projections::View).
class ActivitiesView final : public projections::View {
 public:
  static constexpr std::string_view kName = "activities";

  std::string_view name() const override { return kName; }
  std::uint32_t version() const override { return 2; }
  const std::vector<projections::TypeHandling>& types() const override;
  void Apply(const projections::ViewEvent& event) override;
  std::vector<projections::TableBase*> tables() override { return {&activities_, &reaches_}; }

  using Activities = projections::Table<v1::ActivityRow>;
  using Reaches = projections::Table<v1::ReachRow>;

  const Activities& activities() const { return activities_; }  // keyed by activity
  const Reaches& reaches() const { return reaches_; }  // keyed by activity, what, period, area

 private:
  Activities activities_{"activities"};
  Reaches reaches_{"reaches"};
};

}  // namespace daybook::views
