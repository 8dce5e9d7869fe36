// Every report by name, rendered as tables.
#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "projections/reports/rendered_report.h"
#include "projections/reports/report_parameters.h"
#include "projections/reports/report_views.h"
#include "projections/reports/text_opener.h"

namespace daybook::reports {

// By name. Thread-safe.
const std::vector<v1::ReportInfo>& AllReports();

// UNKNOWN_REPORT; MISSING_FIELD for a required parameter; INVALID_FIELD for one that the report
// does not take or that is malformed; else the errors of the report itself. An area may be given by
// id or by name.
absl::StatusOr<RenderedReport> Render(std::string_view name, const Parameters& parameters,
                                      const ReportViews& views, const AnswerContext& context);

// Opens the texts into their cells; call it once, after the views were let go. An erased text is a
// cell marked [c] with a note; one that does not open is [x] with a note, never an error.
void OpenTexts(const TextOpener& opener, RenderedReport& report);

}  // namespace daybook::reports
