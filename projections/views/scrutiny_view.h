// scrutiny: what committees asked and were answered, assessments with their contents, the places of
// risks, and which reports went into which documents.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "daybook/views/v1/scrutiny_rows.pb.h"
#include "projections/core/view.h"

namespace daybook::views {

// Not thread-safe (see projections::View).
class ScrutinyView final : public projections::View {
 public:
  static constexpr std::string_view kName = "scrutiny";

  std::string_view name() const override { return kName; }
  std::uint32_t version() const override { return 3; }
  const std::vector<projections::TypeHandling>& types() const override;
  void Apply(const projections::ViewEvent& event) override;
  std::vector<projections::TableBase*> tables() override {
    return {&resolutions_, &assessments_, &risks_, &releases_};
  }

  using Resolutions = projections::Table<v1::ResolutionRow>;
  using Assessments = projections::Table<v1::AssessmentRow>;
  using Risks = projections::Table<v1::RiskRow>;
  using Releases = projections::Table<v1::ReleasedRow>;

  const Resolutions& resolutions() const { return resolutions_; }  // keyed by resolution
  const Assessments& assessments() const { return assessments_; }  // keyed by assessment
  const Risks& risks() const { return risks_; }                    // keyed by assessment, risk
  const Releases& releases() const { return releases_; }           // keyed by day, document, report

 private:
  void KeepRelease(const projections::ViewEvent& event,
                   const scrutiny::events::v1::ReportReleased& released);

  Resolutions resolutions_{"resolutions"};
  Assessments assessments_{"assessments"};
  Risks risks_{"risks"};
  Releases releases_{"releases"};
};

}  // namespace daybook::views
