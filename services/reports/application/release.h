// Recording that a table left the partnership. Pure.
#pragma once

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "eventstore/core/ids.h"
#include "projections/reports/rendered_report.h"
#include "services/commands/decision.h"
#include "services/commands/stream_loader.h"

namespace daybook::reporting {

// Every release of the ledger, so that two at a time cannot miss each other.
inline constexpr std::string_view kReleasesStream = "releases";

// The facts of a report that was protected (ProtectForPublic) when the ledger had `releases_seen`
// releases: one a table of counts. MISSING_FIELD, INVALID_FIELD (a day in the future, no slug);
// REVISION_CONFLICT when another release came meanwhile, against which this one was not checked.
absl::StatusOr<commands::Outcome> DecideRelease(commands::StreamLoader& loader,
                                                const reports::v1::ReleaseReportRequest& request,
                                                eventstore::CivilDay today,
                                                std::uint64_t releases_seen,
                                                const reports::RenderedReport& report);

}  // namespace daybook::reporting
