#include "projections/views/returned_figures_view.h"

#include "projections/views/handlings.h"

namespace daybook::views {

using projections::Handling;
using projections::TypeHandling;

const std::vector<TypeHandling>& ReturnedFiguresView::types() const {
  static const auto& types = *new std::vector<TypeHandling>(Handlings(
      {
          {"measures.FigurePublished", Handling::kApply},
          {"measures.MeasureDefined", Handling::kReference},
          {"measures.ObservationRecorded", Handling::kApply},
          {"measures.TableReleased", Handling::kApply},
      },
      // The register keeps breaks and weights.
      {"actions", "incidents", "measures.DimensionDefined", "measures.HarmWeightSet",
       "measures.SeriesBreakDeclared", "partners", "referrals", "scrutiny", "submissions",
       "enforcement"}));
  return types;
}

}  // namespace daybook::views
