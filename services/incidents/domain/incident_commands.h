// The commands of IncidentService: one incident, or the rows of one message of an append session.
//
// The rules are pure functions of the request, the registers, today and the streams that the loader
// folds. `head` and caller are checked at the door (services/commands/door.h) before. What is
// decided for a row:
//   * a row that is not of its form is refused with every problem it has;
//   * an incident that is not known is recorded;
//   * a known one with the same content, in clear and sealed, is unchanged; where its place was
//     erased, the rest decides, and the row is told so (PART_ERASED);
//   * a known one with other content is refused with ALREADY_EXISTS: revisions come with versions
//     of files (services/submissions).
// Rows of a message see the rows before them. Rows of a submission are read only, and judged when
// the file is complete.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "daybook/incidents/v1/incidents_service.pb.h"
#include "eventstore/core/ids.h"
#include "services/commands/decision.h"
#include "services/commands/rows_read.h"
#include "services/commands/stream_loader.h"
#include "services/partners/domain/area_register.h"
#include "services/partners/domain/organisation_register.h"

namespace daybook::incidents {

// Who asks, when, and what is registered. Refers to what it is given.
struct Circumstances {
  std::string_view agency;
  eventstore::CivilDay today;  // Europe/London
  const partners::OrganisationRegister& organisations;
  const partners::AreaRegister& areas;
  commands::PartMatcher& parts;
};

// Rejections: MISSING_FIELD, INVALID_FIELD, TOO_LARGE, UNKNOWN_VALUE, UNKNOWN_ORGANISATION,
// UNKNOWN_AREA, ALREADY_EXISTS. A status is a failure of the store.
absl::StatusOr<commands::Outcome> DecideIncident(commands::StreamLoader& loader,
                                                 const Circumstances& circumstances,
                                                 const v1::SubmitIncidentRequest& request);

// The answer of the Decision holds a result for every row (commands::RowResultsOf). Rejected as a
// whole only for its dataset, its number of rows or its size. Streams that do not exist cost one
// count each; only known ones are read.
absl::StatusOr<commands::Outcome> DecideIncidents(commands::StreamLoader& loader,
                                                  const Circumstances& circumstances,
                                                  const v1::SubmitIncidentsRequest& request);

// Rows of a submission: read only, and judged when the file is complete.
std::variant<commands::RowsRead, commands::Rejection> ReadIncidents(
    const Circumstances& circumstances, const v1::SubmitIncidentsRequest& request);

}  // namespace daybook::incidents
