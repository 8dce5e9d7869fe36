// Tables straight from incident records: months by type, and where they happened.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "projections/reports/report_views.h"
#include "projections/reports/tables_answer.h"

namespace daybook::reports {

// Months x crime types of an area, with the total and the total without anti-social behaviour; one
// table, a row for each (dataset, force, month). `from` and `to` ("YYYY-MM") limit it; months
// between them that are not held are rows marked [x]. `by`: type (or empty), or sub-group or flag,
// which stand in the place of the types beside the total. MISSING_FIELD, INVALID_FIELD,
// UNKNOWN_AREA.
struct IncidentMonthsRequest {
  std::string area_id;
  std::optional<std::string> from;
  std::optional<std::string> to;
  std::string by = {};
};
absl::StatusOr<TablesAnswer> IncidentMonths(const ReportViews& views,
                                            const IncidentMonthsRequest& request,
                                            const AnswerContext& context);

// The records of a force in the months, by place: every district of the force's area, then the
// districts outside it together, then the records without a place, then the total - which is their
// sum. `force` is the organisation's id or the id of its area of kind "force" (see ForceOfArea);
// the districts of that area are those registered as lying in it. Where no such area or no district
// in it is registered, every district named by the records is listed and "out of force" is [x].
// MISSING_FIELD, INVALID_FIELD, UNKNOWN_ORGANISATION.
struct IncidentPlacesRequest {
  std::string force;
  std::string from;  // "YYYY-MM"
  std::string to;    // "YYYY-MM"
};
absl::StatusOr<TablesAnswer> IncidentPlaces(const ReportViews& views,
                                            const IncidentPlacesRequest& request,
                                            const AnswerContext& context);

}  // namespace daybook::reports
