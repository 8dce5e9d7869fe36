// Rows of the files of enforcement -> commands.
#include "services/cli/cell_reader.h"
#include "services/cli/command_mapping.h"

namespace daybook::cli {

void Map(const ingest::TableRow& row, enforcement::v1::MakeOrderRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_order_id(cells.Text("order_id"));
  out.set_partnership_id(cells.Text("partnership"));
  out.set_kind(static_cast<enforcement::events::v1::OrderMade::Kind>(
      cells.Word("kind", {"", "injunction", "public-spaces", "other"})));
  out.set_label(cells.Text("label"));
  out.set_power(cells.Text("power"));
  out.set_area_id(cells.Text("area"));
  for (std::string& prohibition : cells.List("prohibitions")) {
    out.add_prohibitions(std::move(prohibition));
  }
  out.set_made_date(cells.Text("made"));
  out.set_expires_date(cells.Text("expires"));
  out.set_referral_from(cells.Number("referral_from"));
  out.set_committal_from(cells.Number("committal_from"));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, enforcement::v1::ReviewOrderRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_order_id(cells.Text("order_id"));
  out.set_reviewed_date(cells.Text("reviewed"));
  out.set_outcome(static_cast<enforcement::events::v1::OrderReviewed::Outcome>(
      cells.Word("outcome", {"", "continued", "extended", "varied", "discharged"})));
  out.set_expires_date(cells.Text("expires"));
  for (std::string& prohibition : cells.List("prohibitions")) {
    out.add_prohibitions(std::move(prohibition));
  }
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, enforcement::v1::RecordBreachRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_order_id(cells.Text("order_id"));
  out.set_subject(cells.Text("person"));
  out.set_breach_id(cells.Text("breach_id"));
  out.set_occurred_date(cells.Text("occurred"));
  out.set_prohibition(cells.Text("prohibition"));
  out.set_organisation(cells.Text("organisation"));
  out.set_number(cells.Number("number"));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, enforcement::v1::TakeStepRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_order_id(cells.Text("order_id"));
  out.set_subject(cells.Text("person"));
  out.set_breach_id(cells.Text("breach_id"));
  out.set_step(static_cast<enforcement::events::v1::StepTaken::Step>(
      cells.Word("step", {"", "signposted", "warned", "referred", "committal-considered",
                          "committal-applied", "committal-heard"})));
  out.set_taken_date(cells.Text("taken"));
  out.set_organisation(cells.Text("organisation"));
  out.set_decision(cells.Text("decision"));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, enforcement::v1::RaiseTaskRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_task_id(cells.Text("task_id"));
  out.set_partnership_id(cells.Text("partnership"));
  out.set_order_id(cells.Text("order_id"));
  out.set_kind(cells.Text("kind"));
  out.set_raised_date(cells.Text("raised"));
  out.set_organisation(cells.Text("organisation"));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, enforcement::v1::ActionTaskRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_task_id(cells.Text("task_id"));
  out.set_actioned_date(cells.Text("actioned"));
  out.set_outcome(cells.Text("outcome"));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, enforcement::v1::IssuePenaltyRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_penalty_id(cells.Text("penalty_id"));
  out.set_partnership_id(cells.Text("partnership"));
  out.set_order_id(cells.Text("order_id"));
  out.set_offence(cells.Text("offence"));
  out.set_issued_date(cells.Text("issued"));
  out.set_amount(cells.Text("amount"));
  out.set_organisation(cells.Text("organisation"));
  MapKnown(cells, out);
}

void Map(const ingest::TableRow& row, enforcement::v1::SettlePenaltyRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_penalty_id(cells.Text("penalty_id"));
  out.set_settled_date(cells.Text("settled"));
  out.set_how(static_cast<enforcement::events::v1::PenaltySettled::How>(
      cells.Word("how", {"", "paid", "cancelled", "prosecuted"})));
  MapKnown(cells, out);
}

}  // namespace daybook::cli
