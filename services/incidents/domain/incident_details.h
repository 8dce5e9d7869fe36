// What a row says beside its type and place: when it happened and was recorded, the Home Office's
// words for the offence, flags, and why its source withdrew it. Pure. For services/incidents/domain
// and its tests.
#pragma once

#include <optional>
#include <string>

#include "daybook/incidents/events/v1/events.pb.h"
#include "daybook/incidents/v1/incidents_service.pb.h"
#include "eventstore/core/event.h"
#include "eventstore/core/ids.h"
#include "services/commands/door.h"

namespace daybook::incidents {

// The days of a row's times; nullopt where it gives none, or one that is no time (a problem).
struct RowDays {
  std::optional<eventstore::CivilDay> from;
  std::optional<eventstore::CivilDay> to;
  std::optional<eventstore::CivilDay> recorded;
};

// INVALID_FIELD for a time that is none, is in the future, or stands before one that came first.
RowDays ReadDays(const v1::IncidentRow& row, eventstore::CivilDay today,
                 commands::Problems& problems);

struct RowMonth {
  std::string text;  // "2018-10"
  eventstore::Effective days;
};
// The month that is given; else that of recording, else that in which it happened. nullopt with
// MISSING_FIELD or INVALID_FIELD.
std::optional<RowMonth> ReadMonth(const v1::IncidentRow& row, const RowDays& days,
                                  eventstore::CivilDay today, commands::Problems& problems);

// The type in the register of the dataset: crime types of data.police.uk, where a sub-group may say
// it, or items of prescribed information. In the month (empty: any) one that ended is refused,
// since another took its place; one that had not begun is asked about, since publishers count
// months anew. Empty with MISSING_FIELD or UNKNOWN_VALUE.
std::string ReadType(const v1::IncidentRow& row, std::string_view month, std::string_view dataset,
                     commands::Problems& problems, commands::Problems& asks);

// Sub-group, code of the offence, flags and withdrawal into the fact, which has its type already.
// INVALID_FIELD, UNKNOWN_VALUE.
void ReadOffence(const v1::IncidentRow& row, events::v1::IncidentRecorded& incident,
                 commands::Problems& problems);

// Fields that records of the dataset do not have: INVALID_FIELD for each that is given, and
// MISSING_FIELD for those that prescribed information must have.
void CheckFieldsOfDataset(const v1::IncidentRow& row, std::string_view dataset,
                          commands::Problems& problems);

// "CO1" of "co1"; empty with INVALID_FIELD for anything but the outward part of a postcode.
std::string ReadOutwardPostcode(std::string_view text, commands::Problems& problems);

}  // namespace daybook::incidents
