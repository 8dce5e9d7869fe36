// Rows of the files of scrutiny -> commands.
#include "services/cli/cell_reader.h"
#include "services/cli/command_mapping.h"

namespace daybook::cli {
void Map(const ingest::TableRow& row, scrutiny::v1::PassResolutionRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_resolution_id(cells.Text("resolution_id"));
  out.set_partnership_id(cells.Text("partnership"));
  out.set_body(cells.Text("committee"));
  out.set_passed_date(cells.Text("passed"));
  out.set_kind(static_cast<scrutiny::events::v1::ResolutionPassed::Kind>(
      cells.Word("kind", {"", "resolution", "recommendation"})));
  out.set_label(cells.Text("label"));
  out.set_due_date(cells.Text("due"));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, scrutiny::v1::GiveResponseRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_resolution_id(cells.Text("resolution_id"));
  out.set_answered_date(cells.Text("answered"));
  out.set_disposition(static_cast<scrutiny::events::v1::ResponseGiven::Disposition>(
      cells.Word("disposition", {"", "answered", "adopted", "partly-adopted", "not-adopted"})));
  out.set_document_id(cells.Text("document_id"));
  out.set_section(cells.Text("section"));
  out.set_reason(cells.Text("reason"));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, scrutiny::v1::OpenAssessmentRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_assessment_id(cells.Text("assessment_id"));
  out.set_partnership_id(cells.Text("partnership"));
  *out.mutable_year() = cells.Period("year");
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, scrutiny::v1::SubmitSectionRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_assessment_id(cells.Text("assessment_id"));
  out.set_section(static_cast<scrutiny::events::v1::SectionSubmitted::Section>(cells.Word(
      "content",
      {"", "levels", "changes", "causes", "priorities", "public-priorities", "plan-review"})));
  out.set_organisation(cells.Text("organisation"));
  out.set_submitted_date(cells.Text("delivered"));
  out.set_document_id(cells.Text("document_id"));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, scrutiny::v1::ApproveAssessmentRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_assessment_id(cells.Text("assessment_id"));
  out.set_approved_date(cells.Text("approved"));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, scrutiny::v1::RankRiskRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_assessment_id(cells.Text("assessment_id"));
  out.set_risk_id(cells.Text("risk_id"));
  out.set_label(cells.Text("label"));
  out.set_rank(cells.Number("rank"));
  out.set_forum_date(cells.Text("forum"));
  out.set_score(cells.Text("score"));
  MapKnown(cells, out);
}

}  // namespace daybook::cli
