// enforcement: orders with their reviews, breaches with the steps that followed, tasks and
// penalties with their ends.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "daybook/views/v1/enforcement_rows.pb.h"
#include "projections/core/view.h"

namespace daybook::views {

// Not thread-safe (see projections::View).
class EnforcementView final : public projections::View {
 public:
  static constexpr std::string_view kName = "enforcement";

  std::string_view name() const override { return kName; }
  std::uint32_t version() const override { return 2; }
  const std::vector<projections::TypeHandling>& types() const override;
  void Apply(const projections::ViewEvent& event) override;
  std::vector<projections::TableBase*> tables() override {
    return {&orders_, &breaches_, &tasks_, &penalties_};
  }

  using Orders = projections::Table<v1::OrderRow>;
  using Breaches = projections::Table<v1::BreachRow>;
  using Tasks = projections::Table<v1::TaskRow>;
  using Penalties = projections::Table<v1::PenaltyRow>;

  const Orders& orders() const { return orders_; }           // keyed by order
  const Breaches& breaches() const { return breaches_; }     // keyed by order, person, breach
  const Tasks& tasks() const { return tasks_; }              // keyed by task
  const Penalties& penalties() const { return penalties_; }  // keyed by penalty

 private:
  void ApplyDuty(const projections::ViewEvent& event);

  Orders orders_{"orders"};
  Breaches breaches_{"breaches"};
  Tasks tasks_{"tasks"};
  Penalties penalties_{"penalties"};
};

}  // namespace daybook::views
