// What a report of several tables gives back.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "projections/reports/report_views.h"
#include "projections/reports/table_builder.h"

namespace daybook::reports {

struct TablesAnswer {
  std::vector<v1::Table> tables;
  v1::Truth truth;
};

// The tables with what the context has to say of them, under the first one. `nothing` is noted
// there when no table has a row and no day was asked for; `back_loaded` counts the facts loaded
// late.
TablesAnswer FinishTables(std::vector<TableBuilder> tables, const AnswerContext& context,
                          std::uint64_t back_loaded, std::string_view nothing);
TablesAnswer FinishTable(TableBuilder table, const AnswerContext& context,
                         std::uint64_t back_loaded, std::string_view nothing);

// UNKNOWN_PARTNERSHIP for a partnership that is not registered; empty means all of them.
absl::Status CheckPartnership(const views::RegisterView& names, std::string_view partnership_id);

}  // namespace daybook::reports
