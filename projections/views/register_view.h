// register: organisations, partnerships, memberships, areas and measures. All of it is reference:
// what something is called is known to every answer, whatever day it is asked "as known on".
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "daybook/views/v1/rows.pb.h"
#include "projections/core/view.h"

namespace daybook::views {

// Not thread-safe (see projections::View). Rows are keyed by RowKey of the ids named beside them.
class RegisterView final : public projections::View {
 public:
  static constexpr std::string_view kName = "register";

  std::string_view name() const override { return kName; }
  std::uint32_t version() const override { return 3; }
  const std::vector<projections::TypeHandling>& types() const override;
  void Apply(const projections::ViewEvent& event) override;
  std::vector<projections::TableBase*> tables() override {
    return {&organisations_, &partnerships_, &memberships_, &areas_,
            &measures_,      &dimensions_,   &weights_};
  }

  using Organisations = projections::Table<v1::OrganisationRow>;
  using Partnerships = projections::Table<v1::PartnershipRow>;
  using Memberships = projections::Table<v1::MembershipRow>;
  using Areas = projections::Table<v1::AreaRow>;
  using Measures = projections::Table<v1::MeasureRow>;
  using Dimensions = projections::Table<measures::events::v1::DimensionDefined>;
  using Weights = projections::Table<measures::events::v1::HarmWeightSet>;

  const Organisations& organisations() const { return organisations_; }  // organisation
  const Partnerships& partnerships() const { return partnerships_; }     // partnership
  const Memberships& memberships() const { return memberships_; }  // partnership, organisation
  const Areas& areas() const { return areas_; }                    // area
  const Measures& measures() const { return measures_; }           // measure
  const Dimensions& dimensions() const { return dimensions_; }     // dimension
  const Weights& weights() const { return weights_; }              // index, measure, first day

 private:
  bool ApplyOrganisation(const projections::ViewEvent& event);
  bool ApplyMembership(const projections::ViewEvent& event);
  bool ApplyMeasure(const projections::ViewEvent& event);

  Organisations organisations_{"organisations"};
  Partnerships partnerships_{"partnerships"};
  Memberships memberships_{"memberships"};
  Areas areas_{"areas"};
  Measures measures_{"measures"};
  Dimensions dimensions_{"dimensions"};
  Weights weights_{"weights"};
};

}  // namespace daybook::views
