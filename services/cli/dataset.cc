#include "services/cli/dataset.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <utility>

#include "fmt/format.h"

namespace daybook::cli {
namespace {

// Columns of one name have one kind of cells in all datasets.
CellKind KindOf(std::string_view name) {
  static const auto& kinds =
      *new std::map<std::string_view, CellKind>{{"month", CellKind::kMonth},
                                                {"Month", CellKind::kMonth},
                                                {"date", CellKind::kDay},
                                                {"published", CellKind::kDay},
                                                {"received", CellKind::kDayOrMonth},
                                                {"deadline", CellKind::kDayOrMonth},
                                                {"known", CellKind::kDayOrMonth},
                                                {"value", CellKind::kValue},
                                                {"upper", CellKind::kNumber},
                                                {"threshold", CellKind::kNumber},
                                                {"numerator", CellKind::kNumber},
                                                {"denominator", CellKind::kNumber},
                                                {"percent", CellKind::kNumber},
                                                {"printed_percent", CellKind::kNumber},
                                                {"change_percent", CellKind::kNumber},
                                                {"change_absolute", CellKind::kNumber}};
  const auto it = kinds.find(name);
  return it == kinds.end() ? CellKind::kText : it->second;
}

// "name!" is a required column.
using Words = std::pair<std::string_view, std::string_view>;

std::vector<Column> Columns(std::initializer_list<Words> words) {
  std::vector<Column> columns;
  for (auto [name, meaning] : words) {
    const bool required = name.back() == '!';
    if (required) name.remove_suffix(1);
    columns.push_back({std::string(name), required, std::string(meaning), KindOf(name)});
  }
  return columns;
}

constexpr std::string_view kPeriod =
    "a period, for example 2024-01, 2017-18, 2017-18 Q1, CY2023, AY2022-23, 12m to 2024-01, "
    "2022-09-01..2023-07-31 or 2023-08-02";
constexpr std::string_view kPrecision =
    "exact (default), about, more than, at least, fewer than, up to, counted";
constexpr std::string_view kKnown =
    "when the partnership received it: a day, a month or the word unknown; empty: now";
constexpr std::string_view kOrganisation = "name or alias of a registered organisation";
constexpr std::string_view kPlanId = "id of the plan";
constexpr std::string_view kYesNo = "yes or no (default)";

Dataset Organisations() {
  return {
      "organisations",
      Columns({{"organisation_id!", "id of your choice: lower-case letters, digits and hyphens"},
               {"name!", "name as reports print it"},
               {"kind!",
                "police, council, probation, health, fire, voluntary, housing, education, "
                "partnership or other"},
               {"aliases", "other spellings, separated by semicolons"}}),
      "an organisation"};
}

Dataset Successions() {
  return {"successions",
          Columns({{"from!", "ids of the organisations that ended, separated by semicolons"},
                   {"to!", "id of the one that took over"},
                   {"date!", "first day of the new one, YYYY-MM-DD"}}),
          "organisations that went over into another"};
}

Dataset Areas() {
  return {"areas",
          Columns({{"area_id!", "id of your choice"},
                   {"code", "official code, for example E07000071"},
                   {"name!", "name; rows of incidents and observations find the area by it"},
                   {"kind!", "district, county, force, partnership, lsoa or custom"},
                   {"parents", "ids of the areas that it lies in, separated by semicolons"},
                   {"boundary_vintage", "year of its boundary"}}),
          "an area"};
}

Dataset Partnerships() {
  return {"partnerships",
          Columns({{"partnership_id!", "id of your choice"},
                   {"name!", "name"},
                   {"areas", "ids of its areas, separated by semicolons"}}),
          "a partnership"};
}

Dataset Members() {
  return {"members",
          Columns({{"partnership!", "id of the partnership"},
                   {"organisation!", kOrganisation},
                   {"role!", "statutory or another word for its part"},
                   {"from", "first day, YYYY-MM-DD"}}),
          "a member of a partnership"};
}

Dataset Measures() {
  return {
      "measures",
      Columns({{"measure_id!", "id of your choice"},
               {"label!", "name as reports print it"},
               {"subject!", "incidents, referrals or other"},
               {"unit!", "what is counted, for example offences"},
               {"is_count", "yes: whole numbers; no (default)"},
               {"parts_of_whole", "yes: a percentage of it lies between 0 and 100; no (default)"},
               {"service_id", "of a referral measure: the service"},
               {"incident_type", "of an incident measure: the crime type it counts"},
               {"overlaps", "yes: also counted in another measure, so never added; no (default)"},
               {"sort_order", "place in a table, from 1"}}),
      "what a series counts"};
}

Dataset Breaks() {
  return {"breaks",
          Columns({{"measure_id!", "id of the measure"},
                   {"date!", "first day of the new definition, YYYY-MM-DD"},
                   {"cause!", "definition, recording, boundary, …"}}),
          "a break of a series: no change is computed across it"};
}

Dataset Observations() {
  return {"observations",
          Columns({{"measure_id!", "id of the measure"},
                   {"area!", "id or name of the area that it counts"},
                   {"source!", "organisation that counted it"},
                   {"extract", "name of the extract; series of two extracts are never mixed"},
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
                   {"known", kKnown}}),
          "a figure of a series"};
}

Dataset Figures() {
  return {"figures",
          Columns({{"document_id!", "id of the document"},
                   {"section", "section of it"},
                   {"published!", "day of publication, YYYY-MM-DD"},
                   {"measure_id!", "id of the measure"},
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

Dataset Plans() {
  return {"plans",
          Columns({{"plan_id!", "id of your choice"},
                   {"partnership!", "id of the partnership"},
                   {"year!", "plan year, for example 2017-18"},
                   {"title!", "title"}}),
          "a plan"};
}

Dataset Priorities() {
  return {"priorities",
          Columns({{"plan_id!", kPlanId},
                   {"priority_id!", "id of your choice"},
                   {"number", "as the plan numbers it"},
                   {"label!", "label"},
                   {"cross_cutting", kYesNo}}),
          "a priority or cross-cutting heading"};
}

Dataset Commitments() {
  return {"commitments",
          Columns({{"plan_id!", kPlanId},
                   {"priority_id!", "id of the cross-cutting heading"},
                   {"commitment_id!", "id of your choice"},
                   {"label!", "label"}}),
          "a commitment under a cross-cutting heading"};
}

Dataset Actions() {
  return {"actions",
          Columns({{"plan_id!", kPlanId},
                   {"action_id!", "id of your choice"},
                   {"priority_id", "id of the priority that it serves"},
                   {"objective", "label of the objective"},
                   {"label!", "label of the action"},
                   {"outcome", "outcome or measure in words"},
                   {"leads",
                    "organisations separated by semicolons, each with its team in round "
                    "brackets; an asterisk marks the one from whom the update is due "
                    "(default: the first)"},
                   {"deadline", "YYYY-MM or YYYY-MM-DD; empty: the plan prints none"}}),
          "an action of a plan"};
}

Dataset Targets() {
  return {
      "targets",
      Columns({{"plan_id!", kPlanId},
               {"action_id!", "id of the action"},
               {"target_id!", "id of your choice; several targets of an action must all be met"},
               {"kind!", "count, percent, trend or milestone"},
               {"measure!", "name of what is measured; updates name the same"},
               {"comparator", "at-least, at-most, equal, increase or decrease"},
               {"threshold", "the number to reach"},
               {"unit", "what is counted"},
               {"cumulative", "yes: it adds up over the plan year; no (default)"}}),
      "a target of an action"};
}

Dataset Updates() {
  return {
      "updates",
      Columns({{"plan_id!", kPlanId},
               {"action_id!", "id of the action"},
               {"period!", "quarter or year of the plan, for example 2017-18 Q1"},
               {"organisation", "who reports: name or alias"},
               {"state", "ongoing, planned, delivered, … as reported"},
               {"left_to", "the partner to whom the update is left; then nothing else is filled"},
               {"narrative", "the update in words; sealed before it is stored"},
               {"measure", "what the figure measures; empty: no figure"},
               {"measure_label", "its label"},
               {"value", "a decimal number of at least 0"},
               {"precision", kPrecision},
               {"numerator", "the part of a share"},
               {"denominator", "the whole"},
               {"printed_percent", "percentage as printed"},
               {"missing", "of a percentage alone: denominator, numerator or both"},
               {"unit", "what is counted"},
               {"own_period", "where the figure is of another period than the update"},
               {"stage", "actual (default), booked or planned"},
               {"known", kKnown}}),
      "an update, or one more figure of the update in the row above"};
}

Dataset Referrals() {
  return {"referrals",
          Columns({{"referral_id!", "opaque id, unique within the agency; never a personal value"},
                   {"service_id!", "service referred to"},
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
          "a referral"};
}

Dataset Incidents() {
  return {"incidents",
          Columns({{"source_key", "key in its source; empty: every row is an incident of its own"},
                   {"month!", "YYYY-MM"},
                   {"type!", "crime type, as data.police.uk words or codes it"},
                   {"force!", "recording force: name or alias"},
                   {"district", "district as the source names it; empty where it gives no place"},
                   {"lsoa_code", "E or W and 8 digits. Sealed with the place"},
                   {"outcome", "outcome, as data.police.uk words or codes it"},
                   {"longitude", "degrees east (WGS 84). Sealed"},
                   {"latitude", "degrees north. Sealed"},
                   {"location", "street or place. Sealed"}}),
          "an incident that its source does not publish"};
}

Dataset PoliceUkStreet() {
  return {"police-uk-street",
          Columns({{"Crime ID!", "64 hexadecimal digits; empty for anti-social behaviour"},
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
          "a crime or incident of data.police.uk, as downloaded"};
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
      "a crime or incident, as the data.police.uk API gives it"};
  for (Column& column : dataset.columns) {
    if (column.name == "date") column.kind = CellKind::kMonth;
  }
  return dataset;
}

}  // namespace

const std::vector<Dataset>& Datasets() {
  static const auto& datasets = *new std::vector<Dataset>{
      Organisations(), Successions(), Areas(),          Partnerships(), Members(),
      Measures(),      Breaks(),      Observations(),   Figures(),      Plans(),
      Priorities(),    Commitments(), Actions(),        Targets(),      Updates(),
      Referrals(),     Incidents(),   PoliceUkStreet(), PoliceUkApi()};
  return datasets;
}

const Dataset* FindDataset(std::string_view name) {
  for (const Dataset& dataset : Datasets()) {
    if (dataset.name == name) return &dataset;
  }
  return nullptr;
}

std::string TemplateText(const Dataset& dataset) {
  std::string header;
  std::string list;
  for (const Column& column : dataset.columns) {
    header += (header.empty() ? "" : ",") + column.name;
    list += fmt::format("  {:<24}{:<10}{}\n", column.name, column.required ? "required" : "",
                        column.meaning);
  }
  return header + "\n\n" + dataset.name + ": one row is " + dataset.one_line + ".\n" + list;
}

std::string TemplatesMarkdown() {
  std::string text =
      "# CSV templates\n\n"
      "What `daybook import --template DATASET` prints, all in one place; a test holds the two\n"
      "together. Files are UTF-8 with one header line, comma-separated, cells quoted where they "
      "hold\n"
      "commas, quotation marks or line breaks. Columns may stand in any order; one that a dataset "
      "does\n"
      "not know is named and not stored (`--strict` refuses it). A row has a cell for every "
      "column. "
      "Rows\n"
      "are numbered from 1, the header, lines above it and empty lines not counted. What else is\n"
      "understood (other encodings, semicolons, XLSX, UK dates, 1,620): see SENDING.md.\n";
  for (const Dataset& dataset : Datasets()) {
    text +=
        fmt::format("\n## {}\n\nOne row is {}.\n\n| column | required | what |\n|---|---|---|\n",
                    dataset.name, dataset.one_line);
    for (const Column& column : dataset.columns) {
      text += fmt::format("| `{}` | {} | {} |\n", column.name, column.required ? "yes" : "",
                          column.meaning);
    }
  }
  return text;
}

}  // namespace daybook::cli
