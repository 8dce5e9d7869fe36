// One row of incidents: from what a source gives to the fact that is recorded, or to everything
// that is wrong with it.
//
// Pure: today and the register of organisations are arguments. Problems name the row's fields and
// never repeat a value. For services/incidents/domain and its tests.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/incidents/events/v1/events.pb.h"
#include "daybook/incidents/v1/incidents_service.pb.h"
#include "eventstore/core/event.h"
#include "eventstore/core/ids.h"
#include "services/commands/decision.h"
#include "services/commands/door.h"
#include "services/commands/sealed_fields.h"
#include "services/incidents/domain/incident_district.h"
#include "services/partners/domain/organisation_register.h"

namespace daybook::incidents {

// Of the datasets that are published record by record, as files and by their API, places stand in
// clear. Both have the same crimes, told apart: what the API says replaces nothing of a file.
using commands::IsPublished;

// What a row is read with. Refers to what it is given; all of it must outlive the reader.
struct RowContext {
  std::string_view dataset;        // checked
  std::string_view submission_id;  // checked; may be empty
  // Makes the stream of a row without a key where there is no submission: the caller's agency and
  // the request's id.
  std::string_view agency;
  std::string_view request_id;
  eventstore::CivilDay today;  // Europe/London
  const partners::OrganisationRegister& organisations;
  const partners::AreaRegister& areas;
};

// A row that can be recorded.
struct ReadRow {
  std::string stream;  // empty for a row of a submission that has no key
  events::v1::IncidentRecorded incident;
  events::v1::Place sealed_place;  // where the source does not publish its records
  eventstore::Effective effective;
  commands::Problems asks = {};  // what to look at although it is recorded
};

// Reads rows of one message. Not thread-safe: it remembers the force that the row before named,
// since a file's rows nearly always name the same.
class RowReader {
 public:
  explicit RowReader(const RowContext& context) : context_(context), districts_(context.areas) {}

  // nullopt exactly when it added a problem. `row_number` is the row's own number, or its place in
  // the message where it has none. Reasons: MISSING_FIELD, INVALID_FIELD, TOO_LARGE, UNKNOWN_VALUE
  // (type, outcome), UNKNOWN_ORGANISATION (force), UNKNOWN_AREA (district). What is to be looked at
  // in a row that can be recorded stands in its `asks`.
  std::optional<ReadRow> Read(const v1::IncidentRow& row, std::uint32_t row_number,
                              commands::Problems& problems);

 private:
  std::string ResolveForce(const v1::IncidentRow& row, commands::Problems& problems);
  std::string ReadDistrict(const v1::IncidentRow& row, commands::Problems& problems,
                           commands::Problems& asks);

  const RowContext& context_;
  DistrictReader districts_;
  std::string last_force_name_;
  std::string last_force_id_;
};

// The place, where the source does not publish its records and gives one.
std::vector<commands::DraftPart> SealedOf(const ReadRow& row);
// Takes the place out of the row, which was erased and is not stored again; the fact says so.
void TakeErased(const std::vector<std::string>& parts, ReadRow& row);
// The event of this row, with its basis and the place that is sealed.
commands::DraftEvent WithPlace(commands::DraftEvent draft, const ReadRow& row);
// The event of a row that shall be recorded; that of one which stood otherwise, or (nullopt) had
// been voided.
commands::DraftEvent DraftIncident(const ReadRow& row);
commands::DraftEvent DraftRevision(const ReadRow& row,
                                   const std::optional<events::v1::IncidentRecorded>& before);

// A row on its way through the stage, which seals it as a whole; its stream is not kept.
std::string ToStaged(ReadRow row);
ReadRow FromStaged(std::string_view staged);

eventstore::Effective MonthOf(const events::v1::IncidentRecorded& incident);

}  // namespace daybook::incidents
