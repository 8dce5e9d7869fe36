// The referral trend and the incident trend as tables.
#pragma once

#include "daybook/reports/v1/reports_service.pb.h"

namespace daybook::reports {

// "referral-trend": a row a point, series after series.
v1::Table ReferralTable(const v1::GetReferralTrendResponse& trend);

// "incident-trend": a row a type and series. A withheld change is marked [b], what is not held [x].
v1::Table IncidentTable(const v1::GetIncidentTrendResponse& trend);

}  // namespace daybook::reports
