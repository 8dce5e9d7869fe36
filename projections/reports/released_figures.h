// The figures of a report that went into a document: what is recorded of them, and each as it
// stands when the report is made again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "daybook/reports/v1/reports_service.pb.h"
#include "daybook/scrutiny/events/v1/events.pb.h"
#include "projections/reports/rendered_report.h"

namespace daybook::reports {

using scrutiny::events::v1::ReportReleased;

// Every cell of a numeric column that has a number or a marker, row by row. A row is named by the
// cells of its naming columns; what is sealed in the log is left out of its name, for the release
// is recorded in clear.
std::vector<ReportReleased::Figure> FiguresOf(const RenderedReport& report);

// "1234.7": how people refer to figure `number` (from 1) of the release at `position`.
std::string ReferenceOf(std::uint64_t position, std::uint32_t number);

// Table "figure": the figures of `released` with their references; all of them as printed, or one
// beside what `again` (the report made again) says now.
v1::Table ReleasedFiguresTable(const ReportReleased& released, std::uint64_t position);
struct FigureAgain {
  v1::Table table;
  std::vector<std::uint64_t> inputs;  // positions of the facts that it rests on, where they are few
};
FigureAgain ReleasedFigureAgain(const ReportReleased& released, std::uint64_t position,
                                std::uint32_t number, const RenderedReport& again);

}  // namespace daybook::reports
