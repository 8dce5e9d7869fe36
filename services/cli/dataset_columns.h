// What the lists of datasets are written with. For services/cli/datasets_*.cc and dataset.cc only.
#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include "services/cli/dataset.h"

namespace daybook::cli {

// Name and meaning of each; "name!" is a required column. Columns of one name have one kind of
// cells in all datasets.
std::vector<Column> Columns(
    std::initializer_list<std::pair<std::string_view, std::string_view>> words);

inline constexpr std::string_view kPeriod =
    "a period, for example 2024-01, 2017-18, 2017-18 Q1, CY2023, AY2022-23, 12m to 2024-01, "
    "2022-09-01..2023-07-31 or 2023-08-02";
inline constexpr std::string_view kPrecision =
    "exact (default), about, more than, at least, fewer than, up to, counted";
inline constexpr std::string_view kKnown =
    "when the partnership received it: a day, a month or the word unknown; empty: now";
inline constexpr std::string_view kOrganisation = "name or alias of a registered organisation";
inline constexpr std::string_view kPlanId = "id of the plan";
inline constexpr std::string_view kYesNo = "yes or no (default)";

// In the order in which a fresh ledger takes them.
std::vector<Dataset> RegisterDatasets();
std::vector<Dataset> PlanDatasets();
std::vector<Dataset> MoneyDatasets();
std::vector<Dataset> ActivityDatasets();
std::vector<Dataset> EnforcementDatasets();
std::vector<Dataset> ScrutinyDatasets();
std::vector<Dataset> RecordDatasets();  // figures, referrals, incidents

}  // namespace daybook::cli
