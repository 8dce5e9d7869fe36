#include "projections/views/scrutiny_view.h"

#include <string>

#include "projections/views/fact.h"
#include "projections/views/handlings.h"
#include "projections/views/row_key.h"

namespace daybook::views {

namespace scrutiny_events = daybook::scrutiny::events::v1;
using projections::Handling;
using projections::TypeHandling;

namespace {

// The row of the section; one is made where there is none, in the order of the sections.
v1::SectionRow& SectionOf(scrutiny_events::SectionSubmitted::Section section,
                          v1::AssessmentRow& row) {
  int at = 0;
  while (at < row.sections_size() && row.sections(at).fact().section() < section) ++at;
  if (at < row.sections_size() && row.sections(at).fact().section() == section) {
    return *row.mutable_sections(at);
  }
  row.add_sections();
  for (int last = row.sections_size() - 1; last > at; --last) {
    row.mutable_sections()->SwapElements(last, last - 1);
  }
  return *row.mutable_sections(at);
}

}  // namespace

const std::vector<TypeHandling>& ScrutinyView::types() const {
  static const auto& types = *new std::vector<TypeHandling>(Handlings(
      {
          {"scrutiny.AssessmentApproved", Handling::kApply},
          {"scrutiny.AssessmentOpened", Handling::kApply},
          {"scrutiny.ReportReleased", Handling::kApply},
          {"scrutiny.ResolutionPassed", Handling::kApply},
          {"scrutiny.ResponseGiven", Handling::kApply},
          {"scrutiny.RiskRanked", Handling::kApply},
          {"scrutiny.SectionSubmitted", Handling::kApply},
      },
      {"actions", "incidents", "measures", "partners", "referrals", "submissions", "enforcement"}));
  return types;
}

// The figures stay in the log: whoever asks for one brings its position along.
void ScrutinyView::KeepRelease(const projections::ViewEvent& event,
                               const scrutiny_events::ReportReleased& released) {
  v1::ReleasedRow& row =
      releases_.Mutable(RowKey({released.released_date(), released.document_id(), released.report(),
                                std::to_string(event.recorded->position.value)}));
  *row.mutable_fact() = released;
  row.mutable_fact()->clear_figures();
  *row.mutable_origin() = OriginOf(event);
  row.set_figures(static_cast<std::uint32_t>(released.figures_size()));
}

void ScrutinyView::Apply(const projections::ViewEvent& event) {
  if (const auto* passed = AsFact<scrutiny_events::ResolutionPassed>(event)) {
    KeepLatest(event, *passed, resolutions_.Mutable(RowKey({passed->resolution_id()})));
  } else if (const auto* given = AsFact<scrutiny_events::ResponseGiven>(event)) {
    KeepLatest(event, *given,
               *resolutions_.Mutable(RowKey({given->resolution_id()})).mutable_response());
  } else if (const auto* opened = AsFact<scrutiny_events::AssessmentOpened>(event)) {
    KeepLatest(event, *opened, assessments_.Mutable(RowKey({opened->assessment_id()})));
  } else if (const auto* section = AsFact<scrutiny_events::SectionSubmitted>(event)) {
    KeepLatest(
        event, *section,
        SectionOf(section->section(), assessments_.Mutable(RowKey({section->assessment_id()}))));
  } else if (const auto* approved = AsFact<scrutiny_events::AssessmentApproved>(event)) {
    assessments_.Mutable(RowKey({approved->assessment_id()}))
        .set_approved_date(approved->approved_date());
  } else if (const auto* ranked = AsFact<scrutiny_events::RiskRanked>(event)) {
    KeepLatest(event, *ranked,
               risks_.Mutable(RowKey({ranked->assessment_id(), ranked->risk_id()})));
  } else if (const auto* released = AsFact<scrutiny_events::ReportReleased>(event)) {
    KeepRelease(event, *released);
  }
}

}  // namespace daybook::views
