// Every report by name, rendered as tables.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "projections/reports/plan_tables.h"
#include "projections/reports/report_views.h"
#include "projections/reports/text_opener.h"

namespace daybook::reports {

using Parameters = std::map<std::string, std::string>;

// By name. Thread-safe.
const std::vector<v1::ReportInfo>& AllReports();

struct RenderedReport {
  v1::RenderReportResponse response;
  std::vector<TextCell> texts;  // not opened yet
};

// UNKNOWN_REPORT; MISSING_FIELD for a required parameter; INVALID_FIELD for one that the report
// does not take or that is malformed; else the errors of the report itself. An area may be given by
// id or by name.
absl::StatusOr<RenderedReport> Render(std::string_view name, const Parameters& parameters,
                                      const ReportViews& views, const AnswerContext& context);

// Opens the texts into their cells; call it after the views were let go. An erased text is a cell
// marked [c] with a note; one that does not open is [x] with a note, never an error.
void OpenTexts(const TextOpener& opener, RenderedReport& report);

}  // namespace daybook::reports
