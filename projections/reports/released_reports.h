// Which reports went into which documents.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/report_views.h"
#include "projections/reports/tables_answer.h"

namespace daybook::reports {

// One table, by day and document: for whom it was (of exempt papers the paragraph of Schedule 12A),
// the report and how it was asked for, what it was true of, and where its references begin.
// `document_id` empty: all.
TablesAnswer ReleasedReports(const ReportViews& views, const std::string& document_id,
                             const AnswerContext& context);

}  // namespace daybook::reports
