// Referrals counted from records: by month, and by quarter and plan year where no month is missing.
#pragma once

#include <cstdint>
#include <vector>

#include "daybook/reports/v1/reports_service.pb.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// The series "records" of every (service, agency, area) that the request asks for, one for each of
// month, quarter and plan year. `back_loaded` is raised by the records that were loaded late.
std::vector<v1::ReferralSeries> ReferralRecordSeries(const ReportViews& views,
                                                     const v1::GetReferralTrendRequest& request,
                                                     std::uint64_t& back_loaded);

}  // namespace daybook::reports
