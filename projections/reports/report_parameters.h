// The parameters of a report, as text by name, and what they mean.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "projections/reports/control_chart.h"
#include "projections/reports/dates.h"

namespace daybook::reports {

using Parameters = std::map<std::string, std::string>;

// "" when it was not given; required ones are checked before a report is rendered.
std::string Parameter(const Parameters& parameters, const std::string& name);

// nullopt when it was not given, or is empty.
std::optional<std::string> Given(const Parameters& parameters, const std::string& name);

// What stands between commas, spaces around it gone; empty when it was not given. INVALID_FIELD for
// more than kListMax.
inline constexpr std::size_t kListMax = 200;
absl::StatusOr<std::vector<std::string>> ListParameter(const Parameters& parameters,
                                                       const std::string& name);

// INVALID_FIELD for what is no period, no whole number, or no position.
absl::StatusOr<Period> PeriodParameter(const Parameters& parameters, const std::string& name);
// The same of a plan: there "2009-10" is the plan year, not October.
absl::StatusOr<Period> PlanPeriodParameter(const Parameters& parameters, const std::string& name);
// nullopt when it was not given.
absl::StatusOr<std::optional<Period>> GivenPeriod(const Parameters& parameters,
                                                  const std::string& name);
absl::StatusOr<int> NumberParameter(const Parameters& parameters, const std::string& name,
                                    int without);
absl::StatusOr<std::uint64_t> PositionParameter(const Parameters& parameters,
                                                const std::string& name);

// "ranges", "wanted" and "target" of a control chart.
absl::StatusOr<ChartOptions> ChartParameters(const Parameters& parameters);

}  // namespace daybook::reports
