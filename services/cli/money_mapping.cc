// Rows of the files of money and projects -> commands.
#include "services/cli/cell_reader.h"
#include "services/cli/command_mapping.h"

namespace daybook::cli {

void Map(const ingest::TableRow& row, actions::v1::MapProjectRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_plan_id(cells.Text("plan_id"));
  out.set_project_id(cells.Text("project_id"));
  out.set_label(cells.Text("label"));
  for (std::string& id : cells.List("priorities")) out.add_priority_ids(std::move(id));
  out.set_themes_dimension_id(cells.Text("themes_of"));
  for (std::string& id : cells.List("themes")) out.add_theme_ids(std::move(id));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, actions::v1::AllocateGrantRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_fund_id(cells.Text("fund_id"));
  out.set_partnership_id(cells.Text("partnership"));
  *out.mutable_year() = cells.Period("year");
  out.set_source(cells.Text("source"));
  out.set_amount(cells.Text("amount"));
  out.set_after_top_slice(cells.YesNo("after_top_slice"));
  out.set_date(cells.Text("date"));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, actions::v1::ApplyTopSliceRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_fund_id(cells.Text("fund_id"));
  out.set_percent(cells.Text("percent"));
  out.set_amount(cells.Text("amount"));
  out.set_purpose(cells.Text("purpose"));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, actions::v1::MoveFundsRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_entry_id(cells.Text("entry_id"));
  out.set_fund_id(cells.Text("fund_id"));
  out.set_kind(static_cast<actions::events::v1::FundsMoved::Kind>(
      cells.Word("kind", {"", "committed", "spent", "reallocated", "carried-forward"})));
  out.set_amount(cells.Text("amount"));
  out.set_purpose(cells.Text("purpose"));
  out.set_to_purpose(cells.Text("to_purpose"));
  out.set_to_fund_id(cells.Text("to_fund_id"));
  out.set_date(cells.Text("date"));
  out.set_reason(cells.Text("reason"));
  MapKnown(cells, out);
}

}  // namespace daybook::cli
