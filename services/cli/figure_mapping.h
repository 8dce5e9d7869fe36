// Rows of the files with figures and records -> rows of the append sessions.
#pragma once

#include "daybook/incidents/v1/incidents_service.pb.h"
#include "daybook/measures/v1/measures_service.pb.h"
#include "daybook/referrals/v1/referrals_service.pb.h"
#include "proto/values/problem.h"
#include "services/ingest/table.h"

namespace daybook::cli {

// Each fills `out` and adds a problem, under the column's name, for each cell it cannot read; a row
// with a problem is not to be sent.
void Map(const ingest::TableRow& row, measures::v1::ObservationRow& out,
         values::Problems& problems);
void Map(const ingest::TableRow& row, measures::v1::FigureRow& out, values::Problems& problems);
void Map(const ingest::TableRow& row, referrals::v1::ReferralRow& out, values::Problems& problems);
void MapIncident(const ingest::TableRow& row, incidents::v1::IncidentRow& out,
                 values::Problems& problems);
// Any dataset of prescribed information, which `agency` holds.
void MapPrescribed(const ingest::TableRow& row, const std::string& agency,
                   incidents::v1::IncidentRow& out, values::Problems& problems);
// data.police.uk street file: "No Location" is no place, and the district is the LSOA's name
// without its number.
void MapPoliceUk(const ingest::TableRow& row, incidents::v1::IncidentRow& out,
                 values::Problems& problems);
// The same from the API: the force is `agency`, or the British Transport Police where the row says
// BTP.
void MapPoliceUkApi(const ingest::TableRow& row, const std::string& agency,
                    incidents::v1::IncidentRow& out, values::Problems& problems);

}  // namespace daybook::cli
