// The markers of official statistics in tables (Government Statistical Service), in words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daybook/reports/v1/reports_service.pb.h"

namespace daybook::cli {

// "x" -> "not available"; the marker itself where it is not one of the GSS.
std::string MarkerWords(std::string_view marker);

// Those that cells of the table carry, in the order in which they are explained.
std::vector<std::string> MarkersOf(const reports::v1::Table& table);

// "[x] not available; [z] not applicable." for those that no note of the table explains; "" for
// none.
std::string MarkerLegend(const reports::v1::Table& table);

// "As of 17 events, as known on 2024-03-18 (2 facts not known by then, 0 of unknown date left
// out)."
std::string TruthWords(const reports::v1::Truth& truth);
// The same of an answer, with the truth that it was compared with on a second line.
std::string TruthWords(const reports::v1::RenderReportResponse& response);

}  // namespace daybook::cli
