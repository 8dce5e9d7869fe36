// Rows of the files of activities -> commands.
#include "services/cli/cell_reader.h"
#include "services/cli/command_mapping.h"
#include "services/cli/value_mapping.h"

namespace daybook::cli {

void Map(const ingest::TableRow& row, actions::v1::RecordActivityRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_activity_id(cells.Text("activity_id"));
  out.set_partnership_id(cells.Text("partnership"));
  out.set_kind(static_cast<actions::events::v1::ActivityRecorded::Kind>(
      cells.Word("kind", {"", "operation", "day-of-action", "consultation", "training", "campaign",
                          "outreach", "service"})));
  out.set_label(cells.Text("label"));
  *out.mutable_period() = cells.Period("period");
  out.set_ongoing(cells.YesNo("ongoing"));
  out.set_lead(cells.Text("lead"));
  for (std::string& name : cells.List("partners")) out.add_partners(std::move(name));
  for (std::string& name : cells.List("areas")) out.add_areas(std::move(name));
  out.set_plan_id(cells.Text("plan_id"));
  out.set_action_id(cells.Text("action_id"));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, actions::v1::RecordReachRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_activity_id(cells.Text("activity_id"));
  *out.mutable_period() = cells.Period("period");
  out.set_area(cells.Text("area"));
  out.set_what(cells.Text("what"));
  MapQuantity(cells, *out.mutable_count());
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, measures::v1::SetHarmWeightRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_index_id(cells.Text("index_id"));
  out.set_measure_id(cells.Text("measure_id"));
  out.set_weight(cells.Text("weight"));
  out.set_from_date(cells.Text("from"));
  out.set_source(cells.Text("source"));
  MapKnown(cells, out);
}

}  // namespace daybook::cli
