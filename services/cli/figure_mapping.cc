#include "services/cli/figure_mapping.h"

#include <string>

#include "proto/registry/prescribed_items.h"
#include "services/cli/cell_reader.h"
#include "services/cli/value_mapping.h"

namespace daybook::cli {
namespace {

void MapDimensions(CellReader& cells, measures::v1::ObservationRow& out) {
  for (const std::string& text : cells.List("dimensions")) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) {
      cells.Problem("dimensions", "INVALID_FIELD", "has an entry that is not dimension=category",
                    "Write for example age-band=under-12;sex=male.");
      return;
    }
    auto* value = out.add_dimensions();
    value->set_dimension_id(text.substr(0, equals));
    value->set_category_id(text.substr(equals + 1));
  }
}

}  // namespace

void Map(const ingest::TableRow& row, measures::v1::ObservationRow& out,
         values::Problems& problems) {
  using Recorded = measures::events::v1::ObservationRecorded;
  CellReader cells(row, problems);
  out.set_row(row.number());
  out.set_measure_id(cells.Text("measure_id"));
  out.set_area(cells.Text("area"));
  out.set_source(cells.Text("source"));
  out.set_extract(cells.Text("extract"));
  *out.mutable_period() = cells.Period("period");
  out.set_basis(static_cast<Recorded::Basis>(
      cells.Word("basis", {"", "in-period", "to-date", "at-date", "monthly-mean"})));
  out.set_stage(
      static_cast<Recorded::Stage>(cells.Word("stage", {"", "actual", "booked", "planned"})));
  MapValue(cells, out);
  for (const std::string& caveat : cells.List("caveats")) out.add_caveats(caveat);
  MapDimensions(cells, out);
  out.set_reason(cells.Text("reason"));
  if (cells.Has("known")) *out.mutable_known() = cells.Known("known");
}

void Map(const ingest::TableRow& row, measures::v1::FigureRow& out, values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_row(row.number());
  out.set_document_id(cells.Text("document_id"));
  out.set_section(cells.Text("section"));
  out.set_published_date(cells.Text("published"));
  out.set_measure_id(cells.Text("measure_id"));
  out.set_area(cells.Text("area"));
  *out.mutable_period() = cells.Period("period");
  if (cells.Has("compared_with")) *out.mutable_compared_with() = cells.Period("compared_with");
  if (cells.Has("value")) {
    out.mutable_quantity()->set_value(cells.Text("value"));
    out.mutable_quantity()->set_precision(cells.Precision("precision"));
    RefuseStrayCells(cells, {"percent", "change_percent", "change_absolute"});
  } else if (cells.Has("percent")) {
    out.mutable_percent()->set_percent(cells.Text("percent"));
    out.mutable_percent()->set_precision(cells.Precision("precision"));
    out.mutable_percent()->set_missing(types::v1::PrintedPercent::MISSING_BOTH);
    RefuseStrayCells(cells, {"change_percent", "change_absolute"});
  } else if (cells.Has("change_percent") || cells.Has("change_absolute")) {
    out.mutable_change()->set_percent(cells.Text("change_percent"));
    out.mutable_change()->set_absolute(cells.Text("change_absolute"));
    RefuseStrayCells(cells, {"precision"});
  }
}

void Map(const ingest::TableRow& row, referrals::v1::ReferralRow& out, values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_row(row.number());
  out.set_referral_id(cells.Text("referral_id"));
  out.set_service_id(cells.Text("service_id"));
  out.set_received(cells.Text("received"));
  out.set_area(cells.Text("area"));
  out.set_status(cells.Text("status"));
  out.set_subject_ref(cells.Text("subject_ref"));
  out.set_age(cells.Text("age"));
  out.set_sex(cells.Text("sex"));
  out.set_need(cells.Text("need"));
  out.set_referred_by(cells.Text("referred_by"));
  out.set_place(cells.Text("place"));
  out.set_note(cells.Text("note"));
}

void MapIncident(const ingest::TableRow& row, incidents::v1::IncidentRow& out,
                 values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_row(row.number());
  out.set_source_key(cells.Text("source_key"));
  out.set_month(cells.Text("month"));
  out.set_type(cells.Text("type"));
  out.set_force(cells.Text("force"));
  out.set_district(cells.Text("district"));
  out.set_lsoa_code(cells.Text("lsoa_code"));
  out.set_outcome(cells.Text("outcome"));
  out.set_longitude(cells.Text("longitude"));
  out.set_latitude(cells.Text("latitude"));
  out.set_location(cells.Text("location"));
  out.set_recorded(cells.Text("recorded"));
  out.set_happened_from(cells.Text("committed_from"));
  out.set_happened_to(cells.Text("committed_to"));
  out.set_sub_group(cells.Text("sub_group"));
  out.set_offence_code(cells.Text("offence_code"));
  for (std::string& flag : cells.List("flags")) out.add_flags(std::move(flag));
  out.set_withdrawal(cells.Text("withdrawn"));
}

void MapPrescribed(const ingest::TableRow& row, const std::string& agency,
                   incidents::v1::IncidentRow& out, values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_row(row.number());
  for (const registry::PrescribedDataset& dataset : registry::PrescribedDatasets()) {
    if (cells.Has(dataset.column)) out.set_type(cells.Text(dataset.column));
  }
  out.set_force(agency);
  std::string when = cells.Text("date");
  if (cells.Has("time")) {
    const std::string time = cells.Text("time");
    const std::size_t clock = when.find('T');
    if (clock == std::string::npos) {
      when += "T" + time;
    } else if (when.substr(clock + 1) != time) {
      cells.Problem("time", "INVALID_FIELD", "is another time than the one in date",
                    "Keep the one that is right, in one of the two columns.");
    }
  }
  out.set_happened_from(when);
  out.set_outward_postcode(cells.Text("outward_postcode"));
  out.set_district(cells.Text("district"));
  out.set_lsoa_code(cells.Text("lsoa_code"));
  out.set_longitude(cells.Text("longitude"));
  out.set_latitude(cells.Text("latitude"));
  out.set_location(cells.Text("location"));
}

void MapPoliceUk(const ingest::TableRow& row, incidents::v1::IncidentRow& out,
                 values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_row(row.number());
  out.set_source_key(cells.Text("Crime ID"));
  out.set_month(cells.Text("Month"));
  out.set_type(cells.Text("Crime type"));
  out.set_force(cells.Text("Reported by"));
  out.set_lsoa_code(cells.Text("LSOA code"));
  out.set_outcome(cells.Text("Last outcome category"));
  out.set_longitude(cells.Text("Longitude"));
  out.set_latitude(cells.Text("Latitude"));
  const std::string location = cells.Text("Location");
  if (location != "No Location") out.set_location(location);
  const std::string lsoa = cells.Text("LSOA name");  // "Colchester 010C"
  if (lsoa.empty()) return;
  const auto space = lsoa.rfind(' ');
  if (space == std::string::npos) {
    cells.Problem("LSOA name", "INVALID_FIELD", "does not end with the number of an LSOA",
                  "Send the file as data.police.uk gives it.");
    return;
  }
  out.set_district(lsoa.substr(0, space));
}

void MapPoliceUkApi(const ingest::TableRow& row, const std::string& agency,
                    incidents::v1::IncidentRow& out, values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_row(row.number());
  out.set_type(cells.Text("category"));
  out.set_source_key(cells.Text("persistent_id"));
  const bool is_asb = out.type() == "anti-social-behaviour";
  if (!is_asb && out.source_key().empty() && cells.Has("id")) {
    out.set_source_key("id-" + cells.Text("id"));
  }
  out.set_month(cells.Text("date"));
  out.set_latitude(cells.Text("lat"));
  out.set_longitude(cells.Text("long"));
  out.set_location(cells.Text("street_name"));
  out.set_force(cells.Text("location_type") == "BTP" ? "British Transport Police" : agency);
  out.set_outcome(cells.Text("outcome_status"));
}

}  // namespace daybook::cli
