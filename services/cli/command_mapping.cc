#include "services/cli/command_mapping.h"

#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "services/cli/cell_reader.h"
#include "services/cli/value_mapping.h"

namespace daybook::cli {
namespace {

bool HasFigure(const CellReader& cells) {
  return cells.Has("value") || cells.Has("numerator") || cells.Has("denominator") ||
         cells.Has("printed_percent");
}

void RefuseFigureWithoutMeasure(CellReader& cells) {
  for (const std::string_view column :
       {"measure_label", "value", "precision", "numerator", "denominator", "printed_percent",
        "missing", "unit", "own_period", "stage"}) {
    if (!cells.Has(column)) continue;
    return cells.Problem("measure", "MISSING_FIELD", "is empty though the row has a figure",
                         "Say what the figure measures.");
  }
}

}  // namespace

void Map(const ingest::TableRow& row, partners::v1::RegisterOrganisationRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_organisation_id(cells.Text("organisation_id"));
  out.set_name(cells.Text("name"));
  out.set_kind(cells.Text("kind"));
  for (const std::string& alias : cells.List("aliases")) out.add_aliases(alias);
}

void Map(const ingest::TableRow& row, partners::v1::RecordSuccessionRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  for (const std::string& from : cells.List("from")) out.add_from_organisation_ids(from);
  out.set_to_organisation_id(cells.Text("to"));
  out.set_date(cells.Text("date"));
}

void Map(const ingest::TableRow& row, partners::v1::RegisterAreaRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_area_id(cells.Text("area_id"));
  out.set_code(cells.Text("code"));
  out.set_name(cells.Text("name"));
  out.set_kind(cells.Text("kind"));
  for (const std::string& parent : cells.List("parents")) out.add_parent_ids(parent);
  out.set_boundary_vintage(cells.Number("boundary_vintage"));
}

void Map(const ingest::TableRow& row, partners::v1::RegisterPartnershipRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_partnership_id(cells.Text("partnership_id"));
  out.set_name(cells.Text("name"));
  for (const std::string& area : cells.List("areas")) out.add_area_ids(area);
}

void Map(const ingest::TableRow& row, partners::v1::GrantMembershipRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_partnership_id(cells.Text("partnership"));
  out.set_organisation_id(cells.Text("organisation"));
  out.set_role(cells.Text("role"));
  out.set_from_date(cells.Text("from"));
}

void Map(const ingest::TableRow& row, actions::v1::OpenPlanRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_plan_id(cells.Text("plan_id"));
  out.set_partnership_id(cells.Text("partnership"));
  *out.mutable_year() = cells.Period("year");
  out.set_title(cells.Text("title"));
  out.set_draft(cells.YesNo("draft"));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, actions::v1::AdoptPlanRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_plan_id(cells.Text("plan_id"));
  out.set_date(cells.Text("agreed"));
  out.set_adopted_by(cells.Text("agreed_by"));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, actions::v1::RevisePriorityRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_plan_id(cells.Text("plan_id"));
  out.set_priority_id(cells.Text("priority_id"));
  out.set_label(cells.Text("label"));
  out.set_number(cells.Number("number"));
  out.set_retired_date(cells.Text("retired"));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, actions::v1::AddPriorityRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_plan_id(cells.Text("plan_id"));
  out.set_priority_id(cells.Text("priority_id"));
  out.set_number(cells.Number("number"));
  out.set_label(cells.Text("label"));
  out.set_cross_cutting(cells.YesNo("cross_cutting"));
  for (const std::string& origin : cells.List("derived_from")) {
    const std::size_t slash = origin.find('/');
    if (slash == std::string::npos) {
      values::AddProblem(problems, values::reason::kInvalidField, "derived_from",
                         "is no plan_id/priority_id",
                         "Write the earlier plan, a slash and its heading.");
      continue;
    }
    auto* ref = out.add_derived_from();
    ref->set_plan_id(origin.substr(0, slash));
    ref->set_priority_id(origin.substr(slash + 1));
  }
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, actions::v1::AddCommitmentRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_plan_id(cells.Text("plan_id"));
  out.set_priority_id(cells.Text("priority_id"));
  out.set_commitment_id(cells.Text("commitment_id"));
  out.set_label(cells.Text("label"));
}

void Map(const ingest::TableRow& row, actions::v1::AddActionRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_plan_id(cells.Text("plan_id"));
  out.set_action_id(cells.Text("action_id"));
  out.set_priority_id(cells.Text("priority_id"));
  out.set_objective(cells.Text("objective"));
  out.set_label(cells.Text("label"));
  out.set_outcome(cells.Text("outcome"));
  for (std::string lead : cells.List("leads")) {
    auto* input = out.add_leads();
    if (lead.back() == '*') {
      input->set_reports(true);
      lead.pop_back();
      absl::StripTrailingAsciiWhitespace(&lead);
    }
    const auto open = lead.find(" (");
    if (open != std::string::npos && lead.back() == ')') {
      input->set_role(lead.substr(open + 2, lead.size() - open - 3));
      lead.resize(open);
    }
    input->set_organisation(lead);
  }
  out.set_deadline(cells.Text("deadline"));
}

void Map(const ingest::TableRow& row, actions::v1::SetTargetRequest& out,
         values::Problems& problems) {
  using Target = actions::events::v1::TargetSet;
  CellReader cells(row, problems);
  out.set_plan_id(cells.Text("plan_id"));
  out.set_action_id(cells.Text("action_id"));
  out.set_target_id(cells.Text("target_id"));
  out.set_kind(static_cast<Target::Kind>(
      cells.Word("kind", {"", "count", "percent", "trend", "milestone"})));
  out.set_measure(cells.Text("measure"));
  out.set_comparator(static_cast<Target::Comparator>(
      cells.Word("comparator", {"", "at-least", "at-most", "equal", "increase", "decrease"})));
  out.set_threshold(cells.Text("threshold"));
  out.set_unit(cells.Text("unit"));
  out.set_cumulative(cells.YesNo("cumulative"));
}

void Map(const ingest::TableRow& row, actions::v1::DeferUpdateRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  for (const std::string_view column : {"state", "narrative", "measure"}) {
    if (!cells.Has(column)) continue;
    cells.Problem(column, "INVALID_FIELD", "is filled though the update is left to another",
                  "Leave it empty, or leave left_to empty.");
  }
  if (cells.Has("known")) *out.mutable_head()->mutable_known() = cells.Known("known");
  out.set_plan_id(cells.Text("plan_id"));
  out.set_action_id(cells.Text("action_id"));
  *out.mutable_period() = cells.Period("period");
  out.set_organisation(cells.Text("organisation"));
  out.set_to_organisation(cells.Text("left_to"));
}

void Map(const ingest::TableRow& row, actions::v1::SubmitUpdateRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  if (cells.Has("known")) *out.mutable_head()->mutable_known() = cells.Known("known");
  out.set_plan_id(cells.Text("plan_id"));
  out.set_action_id(cells.Text("action_id"));
  *out.mutable_period() = cells.Period("period");
  out.set_organisation(cells.Text("organisation"));
  out.set_state(cells.Text("state"));
  out.set_narrative(cells.Text("narrative"));
  AddMeasurement(row, out, problems);
}

void AddMeasurement(const ingest::TableRow& row, actions::v1::SubmitUpdateRequest& out,
                    values::Problems& problems) {
  CellReader cells(row, problems);
  // A return asks for figures; a row of it without one is a row without one.
  const bool asked = !cells.Has("measure") && cells.Has("asked_measure");
  if (asked && !HasFigure(cells)) return;
  if (!asked && !cells.Has("measure")) return RefuseFigureWithoutMeasure(cells);
  auto* measurement = out.add_measurements();
  measurement->set_measure(cells.Text(asked ? "asked_measure" : "measure"));
  measurement->set_label(cells.Text("measure_label"));
  MapValue(cells, *measurement);
  measurement->set_unit(cells.Text(asked && !cells.Has("unit") ? "asked_unit" : "unit"));
  if (cells.Has("own_period")) *measurement->mutable_period() = cells.Period("own_period");
  measurement->set_stage(cells.Text("stage"));
}

bool ContinuesUpdate(const ingest::TableRow& first, const ingest::TableRow& row) {
  for (const std::string_view column : {"plan_id", "action_id", "period", "organisation"}) {
    if (first[column] != row[column]) return false;
  }
  if (!row["known"].empty() && row["known"] != first["known"]) return false;
  return row["state"].empty() && row["narrative"].empty() && row["left_to"].empty() &&
         first["left_to"].empty() && !(row["measure"].empty() && row["asked_measure"].empty());
}

}  // namespace daybook::cli
