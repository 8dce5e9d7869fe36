// Recording that a table left the partnership. Pure.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "eventstore/core/ids.h"
#include "projections/reports/rendered_report.h"
#include "services/commands/decision.h"
#include "services/commands/stream_loader.h"
#include "services/reports/application/report_reader.h"

namespace daybook::reporting {

// Every table of counts that the public has, so that two at a time cannot miss each other.
inline constexpr std::string_view kReleasesStream = "releases";

// Whether nothing of it is protected.
bool IsForPartnership(const reports::v1::ReleaseReportRequest& request);

// The report as it is asked for. Fails for nothing; what is wrong with it DecideRelease says.
ReportWanted WantedFor(const reports::v1::ReleaseReportRequest& request,
                       eventstore::CivilDay today);

// The facts of a report that is released: for the public, which was protected (ProtectForPublic)
// when the ledger had `report.releases_seen` releases, one a table of counts; last the report with
// its figures. MISSING_FIELD, INVALID_FIELD (a day in the future, no slug, a paragraph that there
// is not, an older state for the public); REVISION_CONFLICT when another release came meanwhile,
// against which this one was not checked.
absl::StatusOr<commands::Outcome> DecideRelease(commands::StreamLoader& loader,
                                                const reports::v1::ReleaseReportRequest& request,
                                                eventstore::CivilDay today,
                                                const reports::RenderedReport& report);

}  // namespace daybook::reporting
