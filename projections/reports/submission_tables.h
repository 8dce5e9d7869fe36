// What was sent by whom, and how months moved from one version of a file to the next.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "projections/reports/incident_tables.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// Empty fields mean "all".
struct SubmissionsRequest {
  std::string sender;
  std::string dataset;
  std::string scope;
};

// Every file, by sender, dataset, scope and version, with what became of it: it stands, is
// superseded by which version, is in the history only, is held, is open, is being recorded, or was
// left lying and overtaken.
TablesAnswer Submissions(const ReportViews& views, const SubmissionsRequest& request,
                         const AnswerContext& context);

struct RevisionsRequest {
  std::string dataset;
  std::string scope;
  std::string from;  // months, "YYYY-MM"
  std::string to;
};

// Every version of a scope against the one before it, by the day of the extract and month by month:
// incidents added, removed, moved between months, changed (by field), and how many months after the
// month the extract was made. The first version of a scope is what the others are compared with.
TablesAnswer Revisions(const ReportViews& views, const RevisionsRequest& request,
                       const AnswerContext& context);

}  // namespace daybook::reports
