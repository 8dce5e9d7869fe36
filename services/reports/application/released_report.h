// Reports that went into documents, as the log holds them. Pure but for reading the log.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "eventstore/core/log_reader.h"
#include "projections/reports/released_figures.h"
#include "services/reports/application/report_reader.h"

namespace daybook::reporting {

// UNKNOWN_FIGURE (NOT_FOUND).
absl::Status UnknownFigure();

// The release at that position. UNKNOWN_FIGURE where there is none.
absl::StatusOr<reports::ReportReleased> FindRelease(eventstore::LogReader& log,
                                                    std::uint64_t position);

// The report as it was asked for then.
ReportWanted WantedAgain(const reports::ReportReleased& released);

// Table "inputs": what stands in the log at those positions, without content.
absl::StatusOr<reports::v1::Table> InputsTable(eventstore::LogReader& log,
                                               const std::vector<std::uint64_t>& positions);

}  // namespace daybook::reporting
