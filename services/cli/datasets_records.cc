// Datasets of figures and of records.
#include "fmt/format.h"
#include "proto/registry/prescribed_items.h"
#include "services/cli/dataset_columns.h"

namespace daybook::cli {
namespace {

// How a printed table of figures becomes observations.
ingest::PrintedSpec PrintedObservations() {
  using Part = ingest::PrintedPart;
  ingest::PrintedSpec printed;
  printed.parts = {
      {.id = "measure",
       .column = "measure_id",
       .what = "what is counted: ids or labels of measures",
       .question = "What is counted in all of this table?",
       .kept = Part::kWithTitle,
       .labels = true},
      {.id = "area",
       .column = "area",
       .what = "areas, by id or name",
       .question = "For which area are the figures?",
       .kept = Part::kWithTitle,
       .labels = true},
      {.id = "period",
       .column = "period",
       .what = "months, quarters or years",
       .question = "For which period are the figures?",
       .kept = Part::kNever,
       .labels = true},
      {.id = "dimension",
       .column = "dimensions",
       .what = "categories of a dimension, for example dimension:age-band",
       .question = "Which part of the measure is counted?",
       .kept = Part::kWithTitle,
       .labels = true,
       .is_list = true},
      {.id = "source",
       .column = "source",
       .what = "who counted",
       .question = "Who counted the figures?",
       .kept = Part::kWithTitle,
       .is_sender = true},
      {.id = "basis",
       .column = "basis",
       .what = "what the numbers stand for",
       .question = "What does a figure stand for?",
       .words = {{"in-period", "what happened in its period"},
                 {"to-date", "what happened since the beginning of the year"},
                 {"at-date", "what there was at the end of its period"},
                 {"monthly-mean", "the mean of its months"}}},
      {.id = "stage",
       .column = "stage",
       .what = "how far it has come",
       .question = "How far have the figures come?",
       .words = {{"actual", "counted"}, {"booked", "agreed on"}, {"planned", "intended"}}},
      {.id = "extract-name",
       .column = "extract",
       .what = "the name of the extract",
       .question = "From which extract or document are the figures?",
       .kept = Part::kNever},
      {.id = "known",
       .column = "known",
       .what = "when they were received",
       .question = "When did the partnership receive the figures?",
       .kept = Part::kNever,
       .is_remark = true},
      {.id = "denominator-area",
       .column = "denominator_area",
       .what = "the area of the whole",
       .question = "Which area is the whole of?",
       .is_remark = true},
      {.id = "missing",
       .column = "missing",
       .what = "what a percentage lacks",
       .question = "What of the percentages is not told?",
       .is_remark = true,
       .words = {{"denominator", "the whole"}, {"numerator", "the part"}, {"both", "both"}}},
      {.id = "caveats",
       .column = "caveats",
       .what = "what to bear in mind",
       .question = "What is to be borne in mind of the figures?",
       .is_remark = true},
  };
  printed.figures = {{"value", "value"},
                     {"numerator", "numerator"},
                     {"denominator", "denominator"},
                     {"percent", "printed_percent"}};
  return printed;
}

Dataset Observations() {
  return {
      "observations",
      Columns({{"measure_id!", "id or label of the measure"},
               {"area!", "id or name of the area that it counts"},
               {"source!", "organisation that counted it"},
               {"extract", "name of the extract; series of two extracts are never mixed"},
               {"dimensions",
                "what part it counts: age-band=under-12;sex=male; a dimension that is not named "
                "is not broken down by"},
               {"period!", kPeriod},
               {"basis!", "in-period, to-date, at-date or monthly-mean"},
               {"stage", "actual (default), booked or planned"},
               {"value", "a decimal number of at least 0"},
               {"precision", kPrecision},
               {"upper", "upper end of a range"},
               {"absence",
                "why there is no value: not-collected, not-applicable, not-yet-due, "
                "suppressed-below"},
               {"numerator", "the part, where both parts of a share are known"},
               {"denominator", "the whole"},
               {"denominator_area", "id or name of the area of the whole, where another"},
               {"printed_percent", "percentage as printed; with parts it must agree with them"},
               {"missing", "of a percentage alone: denominator, numerator or both"},
               {"caveats", "words such as area-unclear, separated by semicolons"},
               {"reason",
                "why it is so although it looks unlikely: confirmed, correction, recording, "
                "capacity, campaign, backlog, seasonal, redeployment or one-off"},
               {"known", kKnown}}),
      "a figure of a series",
      {},
      "",
      "",
      PrintedObservations()};
}

Dataset Figures() {
  return {"figures",
          Columns({{"document_id!", "id of the document"},
                   {"section", "section of it"},
                   {"published!", "day of publication, YYYY-MM-DD"},
                   {"measure_id!", "id or label of the measure"},
                   {"area!", "id or name of the area"},
                   {"period!", kPeriod},
                   {"compared_with", "of a change: the period before"},
                   {"value", "the number as printed"},
                   {"precision", kPrecision},
                   {"percent", "the percentage as printed"},
                   {"change_percent", "the change in percent as printed, with its sign"},
                   {"change_absolute", "the change as printed, with its sign"}}),
          "a figure as a document printed it, kept beside the computed one"};
}

Dataset Referrals() {
  return {"referrals",
          Columns({{"referral_id!", "opaque id, unique within the agency; never a personal value"},
                   {"service_id!", "service referred to: id, or name of its organisation"},
                   {"received!", "YYYY-MM-DD or YYYY-MM; only the month is stored in clear"},
                   {"area", "id or name of the district"},
                   {"status", "received (default), accepted, declined or closed"},
                   {"subject_ref",
                    "opaque reference of the person; wanted with any cell below. Sealed"},
                   {"age", "age or band. Sealed"},
                   {"sex", "as given. Sealed"},
                   {"need", "need or reason. Sealed"},
                   {"referred_by", "where it came from. Sealed"},
                   {"place", "place. Sealed"},
                   {"note", "free text, at most 16 KiB. Sealed under a key of its own"}}),
          "a referral",
          {},
          "received"};
}

Dataset Incidents() {
  Dataset dataset{
      "incidents",
      Columns({{"source_key",
                "key in its source, for example the crime number; rows without one are told "
                "apart by their content"},
               {"month!",
                "YYYY-MM; empty: the month of recorded, else of committed_from. One of the "
                "three is wanted"},
               {"type!",
                "crime type, as data.police.uk words or codes it; may be empty where there is "
                "a sub_group"},
               {"force!", "recording force: name or alias"},
               {"district",
                "name or code of a registered district; \"out of area\" for a place outside "
                "all of them; empty where there is no place"},
               {"lsoa_code", "E or W and 8 digits. Sealed with the place"},
               {"outcome", "outcome, as data.police.uk words or codes it"},
               {"longitude", "degrees east (WGS 84). Sealed"},
               {"latitude", "degrees north. Sealed"},
               {"location", "street or place. Sealed"},
               {"recorded", "day, and perhaps time, at which it was recorded. Sealed"},
               {"committed_from", "day, and perhaps time, from which it happened. Sealed"},
               {"committed_to", "day, and perhaps time, until which it happened. Sealed"},
               {"sub_group",
                "the Home Office's sub-group of offences, for example Violence with injury"},
               {"offence_code", "the Home Office's code of the offence, for example 8N"},
               {"flags", "such as domestic abuse; hate crime; knife"},
               {"withdrawn",
                "why the force withdrew it: cancelled, transferred or reclassified; such a "
                "row counts nowhere"}}),
      "an incident that its source does not publish",
      {},
      "month"};
  for (Column& column : dataset.columns) {
    if (column.name == "month") column.instead = {"recorded", "committed_from"};
    if (column.name == "type") column.instead = {"sub_group"};
  }
  return dataset;
}

Dataset PoliceUkStreet() {
  return {"police-uk-street",
          Columns({{"Crime ID!",
                    "64 hexadecimal digits; empty for anti-social behaviour and wherever the "
                    "force publishes none"},
                   {"Month!", "YYYY-MM"},
                   {"Reported by!", "force: name or alias of a registered organisation"},
                   {"Falls within", "not used: it repeats the force"},
                   {"Longitude", "degrees east (WGS 84); empty where there is no place"},
                   {"Latitude", "degrees north"},
                   {"Location", "street as published"},
                   {"LSOA code", "code as published"},
                   {"LSOA name", "its district and number, for example Colchester 010C"},
                   {"Crime type!", "as published"},
                   {"Last outcome category", "as published"},
                   {"Context", "not used: it is empty in every file"}}),
          "a crime or incident of data.police.uk, as downloaded",
          {},
          "Month",
          "Reported by"};
}

Dataset PoliceUkApi() {
  Dataset dataset{
      "police-uk-api",
      Columns({{"category!", "crime type, as the API codes it"},
               {"persistent_id!", "64 hexadecimal digits; empty for anti-social behaviour"},
               {"date!", "YYYY-MM"},
               {"lat", "degrees north (WGS 84); empty where there is no place"},
               {"long", "degrees east"},
               {"street_id", "not used"},
               {"street_name", "street as published"},
               {"context", "not used: it is empty"},
               {"id", "number in the API; the key of a crime without persistent_id"},
               {"location_type", "Force (the sending agency's) or BTP (British Transport Police)"},
               {"location_subtype", "not used"},
               {"outcome_status", "outcome as published; NA: none"}}),
      "a crime or incident, as the data.police.uk API gives it",
      {},
      "date"};
  for (Column& column : dataset.columns) {
    if (column.name == "date") column.kind = ingest::CellKind::kMonth;
  }
  return dataset;
}

// What partners share of SI 2007/1831: no column says whom a record is about, and no other column
// is taken.
Dataset Prescribed(const registry::PrescribedDataset& prescribed) {
  Dataset dataset;
  dataset.name = prescribed.name;
  const bool is_postcode = prescribed.place == registry::PrescribedPlace::kOutwardPostcode;
  dataset.columns = Columns({{"category!", "an item of `daybook list prescribed`"},
                             {"date!", "day, and perhaps time, on which it happened. Sealed"},
                             {"time", "time of day, such as 14:30, where date has none. Sealed"}});
  const auto places =
      is_postcode
          ? Columns({{"outward_postcode!", "the part of a postcode before its space, such as CO1"}})
          : Columns({{"district", "name or code of a registered district; \"out of area\""},
                     {"lsoa_code", "E or W and 8 digits. Sealed"},
                     {"longitude", "degrees east (WGS 84). Sealed"},
                     {"latitude", "degrees north. Sealed"},
                     {"location", "street or place. Sealed"}});
  dataset.columns.insert(dataset.columns.end(), places.begin(), places.end());
  dataset.columns.front().name = prescribed.column;
  for (Column& column : dataset.columns) {
    if (column.name == "date") column.kind = ingest::CellKind::kMoment;
  }
  dataset.one_line =
      fmt::format("a record that {} share of SI 2007/1831, of nobody by name", prescribed.holder);
  dataset.cover_column = "date";
  dataset.no_other_columns = true;
  return dataset;
}

}  // namespace

std::vector<Dataset> RecordDatasets() {
  std::vector<Dataset> datasets = {Observations(), Figures(),        Referrals(),
                                   Incidents(),    PoliceUkStreet(), PoliceUkApi()};
  for (const auto& prescribed : registry::PrescribedDatasets()) {
    datasets.push_back(Prescribed(prescribed));
  }
  return datasets;
}

}  // namespace daybook::cli
