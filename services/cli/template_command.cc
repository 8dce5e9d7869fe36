#include "services/cli/template_command.h"

#include <xlsxwriter.h>

#include <cstdio>
#include <filesystem>
#include <map>

#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "services/cli/connection.h"
#include "services/cli/error_output.h"
#include "services/cli/output/csv_tables.h"
#include "services/cli/output/whole_file.h"

namespace daybook::cli {
namespace {

using Examples = std::map<std::string_view, std::string_view>;

// By dataset; cells that are not named stay empty.
const std::map<std::string_view, Examples>& AllExamples() {
  static const auto& examples = *new std::map<std::string_view, Examples>{
      {"organisations",
       {{"organisation_id", "example-charity"},
        {"name", "Example Charity"},
        {"kind", "voluntary"},
        {"aliases", "Ex. Charity;The Example"}}},
      {"successions", {{"from", "old-trust"}, {"to", "new-trust"}, {"date", "2024-04-01"}}},
      {"areas",
       {{"area_id", "example-district"},
        {"code", "E07000000"},
        {"name", "Example District"},
        {"kind", "district"},
        {"parents", "example-county"},
        {"boundary_vintage", "2021"}}},
      {"partnerships",
       {{"partnership_id", "example-csp"}, {"name", "Example CSP"}, {"areas", "example-district"}}},
      {"members",
       {{"partnership", "example-csp"},
        {"organisation", "Example Charity"},
        {"role", "statutory"},
        {"from", "2024-04-01"}}},
      {"dimensions",
       {{"dimension_id", "example-age-band"},
        {"label", "Age"},
        {"categories", "under-18=Under 18 [0..17]; 18-plus=18 and over [18..]"},
        {"complete", "yes"}}},
      {"measures",
       {{"measure_id", "example-referrals"},
        {"label", "Referrals to the example service"},
        {"subject", "referrals"},
        {"unit", "referrals"},
        {"is_count", "yes"},
        {"service_id", "example-service"}}},
      {"breaks",
       {{"measure_id", "example-referrals"}, {"date", "2024-04-01"}, {"cause", "definition"}}},
      {"observations",
       {{"measure_id", "example-referrals"},
        {"area", "Example District"},
        {"source", "Example Charity"},
        {"period", "2024-04"},
        {"basis", "in-period"},
        {"stage", "actual"},
        {"value", "12"},
        {"precision", "exact"},
        {"known", "2024-05-07"}}},
      {"figures",
       {{"document_id", "example-report-2024"},
        {"section", "1.1"},
        {"published", "2024-05-07"},
        {"measure_id", "example-referrals"},
        {"area", "Example District"},
        {"period", "2023-24"},
        {"value", "140"},
        {"precision", "about"}}},
      {"projects",
       {{"plan_id", "example-2024-25"},
        {"project_id", "safer-streets"},
        {"label", "Safer streets"},
        {"priorities", "p1"},
        {"themes_of", "pfcc-priorities"},
        {"themes", "domestic-abuse"}}},
      {"grants",
       {{"fund_id", "example-grant-2024-25"},
        {"partnership", "example-csp"},
        {"year", "2024-25"},
        {"source", "Police, Fire and Crime Commissioner"},
        {"amount", "12000"},
        {"after_top_slice", "yes"}}},
      {"top-slices",
       {{"fund_id", "example-grant-2024-25"},
        {"percent", "12"},
        {"purpose", "Domestic homicide reviews"}}},
      {"fund-entries",
       {{"entry_id", "e1"},
        {"fund_id", "example-grant-2024-25"},
        {"kind", "committed"},
        {"amount", "2500"},
        {"purpose", "Outreach"},
        {"date", "2024-05-07"}}},
      {"activities",
       {{"activity_id", "example-day-of-action"},
        {"partnership", "example-csp"},
        {"kind", "day-of-action"},
        {"label", "Town centre day of action"},
        {"period", "2024-05-07"},
        {"lead", "Example Council"},
        {"partners", "Example Police; Example Charity"},
        {"areas", "Example District"}}},
      {"reaches",
       {{"activity_id", "example-day-of-action"},
        {"period", "2024-05-07"},
        {"what", "people"},
        {"value", "500"},
        {"precision", "about"}}},
      {"harm-weights",
       {{"index_id", "example-severity"},
        {"measure_id", "example-burglary"},
        {"weight", "38.5"},
        {"source", "Example institute, issue 2024"}}},
      {"orders",
       {{"order_id", "example-injunction"},
        {"partnership", "example-csp"},
        {"kind", "injunction"},
        {"label", "Town centre"},
        {"power", "Local Government Act 1972 s.222"},
        {"prohibitions", "begging; open-alcohol-container"},
        {"made", "2024-05-07"},
        {"referral_from", "2"},
        {"committal_from", "3"}}},
      {"order-reviews",
       {{"order_id", "example-injunction"}, {"reviewed", "2024-11-04"}, {"outcome", "continued"}}},
      {"breaches",
       {{"order_id", "example-injunction"},
        {"person", "p-0041"},
        {"breach_id", "b-17"},
        {"occurred", "2024-06-01"},
        {"prohibition", "begging"},
        {"organisation", "Example Police"},
        {"number", "1"}}},
      {"breach-steps",
       {{"order_id", "example-injunction"},
        {"person", "p-0041"},
        {"breach_id", "b-17"},
        {"step", "signposted"},
        {"taken", "2024-06-01"},
        {"organisation", "Example Police"}}},
      {"tasks",
       {{"task_id", "t-301"},
        {"partnership", "example-csp"},
        {"kind", "begging"},
        {"raised", "2024-06-02"}}},
      {"task-ends", {{"task_id", "t-301"}, {"actioned", "2024-06-03"}, {"outcome", "moved-on"}}},
      {"penalties",
       {{"penalty_id", "n-88"},
        {"partnership", "example-csp"},
        {"offence", "litter"},
        {"issued", "2024-06-02"},
        {"amount", "75"}}},
      {"penalty-ends", {{"penalty_id", "n-88"}, {"settled", "2024-06-12"}, {"how", "paid"}}},
      {"resolutions",
       {{"resolution_id", "example-2024-05-07-1"},
        {"partnership", "example-csp"},
        {"committee", "Crime and Disorder Committee"},
        {"passed", "2024-05-07"},
        {"kind", "recommendation"},
        {"label", "Benchmarks beside the figures"},
        {"due", "2024-09-30"}}},
      {"responses",
       {{"resolution_id", "example-2024-05-07-1"},
        {"answered", "2024-09-10"},
        {"disposition", "adopted"},
        {"document_id", "example-report-2024"},
        {"section", "5.1"}}},
      {"assessments",
       {{"assessment_id", "example-2023-24"},
        {"partnership", "example-csp"},
        {"year", "AY2023-24"}}},
      {"assessment-sections",
       {{"assessment_id", "example-2023-24"},
        {"content", "levels"},
        {"organisation", "Example Police"},
        {"delivered", "2024-10-21"}}},
      {"assessment-approvals", {{"assessment_id", "example-2023-24"}, {"approved", "2024-12-02"}}},
      {"risk-ranks",
       {{"assessment_id", "example-2023-24"},
        {"risk_id", "domestic-abuse"},
        {"label", "Domestic abuse"},
        {"rank", "1"},
        {"forum", "2024-11-20"}}},
      {"plans",
       {{"plan_id", "example-2024-25"},
        {"partnership", "example-csp"},
        {"year", "2024-25"},
        {"title", "Partnership plan 2024-25"}}},
      {"priorities",
       {{"plan_id", "example-2024-25"},
        {"priority_id", "p1"},
        {"number", "1"},
        {"label", "An example priority"},
        {"cross_cutting", "no"}}},
      {"plan-adoptions",
       {{"plan_id", "example-2025-26"}, {"agreed", "2025-03-20"}, {"agreed_by", "Delivery board"}}},
      {"priority-changes",
       {{"plan_id", "example-2025-26"}, {"priority_id", "p2"}, {"label", "A better wording"}}},
      {"commitments",
       {{"plan_id", "example-2024-25"},
        {"priority_id", "cross-cutting"},
        {"commitment_id", "c1"},
        {"label", "An example commitment"}}},
      {"actions",
       {{"plan_id", "example-2024-25"},
        {"action_id", "a1"},
        {"priority_id", "p1"},
        {"objective", "An example objective"},
        {"label", "An example action"},
        {"outcome", "what shall come of it"},
        {"leads", "Example Charity (its team)"},
        {"deadline", "2025-03"}}},
      {"targets",
       {{"plan_id", "example-2024-25"},
        {"action_id", "a1"},
        {"target_id", "t1"},
        {"kind", "count"},
        {"measure", "sessions-held"},
        {"comparator", "at-least"},
        {"threshold", "10"},
        {"unit", "sessions"},
        {"cumulative", "yes"}}},
      {"updates",
       {{"plan_id", "example-2024-25"},
        {"action_id", "a1"},
        {"period", "2024-25 Q1"},
        {"organisation", "Example Charity"},
        {"state", "ongoing"},
        {"narrative", "Three sessions were held."},
        {"measure", "sessions-held"},
        {"measure_label", "sessions held"},
        {"value", "3"},
        {"precision", "exact"},
        {"unit", "sessions"},
        {"stage", "actual"}}},
      {"referrals",
       {{"referral_id", "EX-2024-0001"},
        {"service_id", "example-service"},
        {"received", "2024-04-17"},
        {"area", "Example District"},
        {"status", "received"},
        {"subject_ref", "EX-PERSON-1"},
        {"age", "25-34"}}},
      {"incidents",
       {{"source_key", "EX-2024-0001"},
        {"month", "2024-04"},
        {"type", "Robbery"},
        {"force", "Example Police"},
        {"district", "Example District"},
        {"outcome", "Under investigation"}}},
      {"prescribed-police",
       {{"police_category", "Violence with injury"},
        {"date", "2024-04-17"},
        {"time", "21:40"},
        {"district", "Example District"}}},
      {"prescribed-fire",
       {{"fire_category", "Deliberate secondary fire"},
        {"date", "2024-04-17"},
        {"time", "21:40"},
        {"district", "Example District"}}},
      {"prescribed-hospital",
       {{"hospital_category", "Hospital admission for assault"},
        {"date", "2024-04-17"},
        {"outward_postcode", "co1"}}},
      {"prescribed-ambulance",
       {{"ambulance_category", "Ambulance call-out: assault"},
        {"date", "2024-04-17"},
        {"time", "21:40"},
        {"outward_postcode", "co1"}}},
      {"prescribed-asb",
       {{"asb_category", "Anti-social behaviour: nuisance"},
        {"date", "2024-04-17"},
        {"time", "21:40"},
        {"district", "Example District"}}},
      {"police-uk-street",
       {{"Month", "2024-04"},
        {"Reported by", "Example Police"},
        {"Falls within", "Example Police"},
        {"Longitude", "0.901681"},
        {"Latitude", "51.889074"},
        {"Location", "On or near Example Street"},
        {"LSOA code", "E01000000"},
        {"LSOA name", "Example 001A"},
        {"Crime type", "Anti-social behaviour"}}},
      {"police-uk-api",
       {{"category", "anti-social-behaviour"},
        {"date", "2024-04"},
        {"lat", "51.889074"},
        {"long", "0.901681"},
        {"street_name", "On or near Example Street"},
        {"location_type", "Force"},
        {"outcome_status", "NA"}}}};
  return examples;
}

std::string CsvText(const Dataset& dataset) {
  std::string text;
  for (const Column& column : dataset.columns) {
    text += (text.empty() ? "" : ",") + CsvCell(column.name);
  }
  text += "\n";
  bool first = true;
  for (const std::string& cell : dataset.example) {
    text += (first ? "" : ",") + CsvCell(cell);
    first = false;
  }
  return text + "\n";
}

void WriteRowsSheet(lxw_workbook* workbook, lxw_format* bold, const Dataset& dataset) {
  lxw_worksheet* sheet = workbook_add_worksheet(workbook, "rows");
  // As text: a spreadsheet would make a number of an id and a date of a month.
  lxw_format* text = workbook_add_format(workbook);
  format_set_num_format(text, "@");
  for (std::size_t i = 0; i < dataset.columns.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    worksheet_set_column(sheet, column, column, 18, text);
    worksheet_write_string(sheet, 0, column, dataset.columns[i].name.c_str(), bold);
    worksheet_write_string(sheet, 1, column, dataset.example[i].c_str(), text);
  }
  worksheet_freeze_panes(sheet, 1, 0);
}

void WriteColumnsSheet(lxw_workbook* workbook, lxw_format* bold, const Dataset& dataset) {
  lxw_worksheet* sheet = workbook_add_worksheet(workbook, "columns");
  worksheet_set_column(sheet, 0, 0, 24, nullptr);
  worksheet_set_column(sheet, 1, 1, 10, nullptr);
  worksheet_set_column(sheet, 2, 2, 100, nullptr);
  const std::string title = dataset.name + ": one row is " + dataset.one_line;
  worksheet_write_string(sheet, 0, 0, title.c_str(), bold);
  const char* headings[] = {"column", "required", "what"};
  for (lxw_col_t i = 0; i < 3; ++i) worksheet_write_string(sheet, 2, i, headings[i], bold);
  lxw_row_t row = 3;
  for (const Column& column : dataset.columns) {
    worksheet_write_string(sheet, row, 0, column.name.c_str(), nullptr);
    worksheet_write_string(sheet, row, 1, column.required ? "yes" : "", nullptr);
    worksheet_write_string(sheet, row, 2, column.meaning.c_str(), nullptr);
    ++row;
  }
  worksheet_write_string(sheet, row + 1, 0,
                         "The example row is ignored; leave it or write over it.", nullptr);
}

absl::Status WriteWorkbook(const std::string& path, const Dataset& dataset) {
  lxw_workbook* workbook = workbook_new(path.c_str());
  if (workbook != nullptr) {
    lxw_format* bold = workbook_add_format(workbook);
    format_set_bold(bold);
    WriteRowsSheet(workbook, bold, dataset);
    WriteColumnsSheet(workbook, bold, dataset);
    if (workbook_close(workbook) == LXW_NO_ERROR) return absl::OkStatus();
  }
  return eventstore::MakeError(
      absl::StatusCode::kUnavailable, path + " cannot be written",
      {.reason = "", .remedy = "Name another folder with --dir.", .fields = {}, .metadata = {}});
}

}  // namespace

std::vector<std::string> ExampleRow(const Dataset& dataset) {
  std::vector<std::string> row(dataset.columns.size());
  const auto examples = AllExamples().find(dataset.name);
  if (examples == AllExamples().end()) return row;
  for (std::size_t i = 0; i < dataset.columns.size(); ++i) {
    const auto cell = examples->second.find(dataset.columns[i].name);
    if (cell != examples->second.end()) row[i] = cell->second;
  }
  return row;
}

int RunTemplateFiles(const std::string& dataset, const std::string& directory) {
  const Dataset* named = FindDataset(dataset);
  if (named == nullptr) {
    PrintError(
        "error: there is no such dataset\n       do      `daybook import --help` lists "
        "them.\n");
    return kUsage;
  }
  const std::filesystem::path folder(directory.empty() ? "." : directory);
  const std::string csv = (folder / (dataset + ".csv")).string();
  const std::string xlsx = (folder / (dataset + ".xlsx")).string();
  for (const std::string& path : {csv, xlsx}) {
    if (!std::filesystem::exists(path)) continue;
    return Report(eventstore::MakeError(absl::StatusCode::kAlreadyExists,
                                        path + " is there already",
                                        {.reason = "",
                                         .remedy = "Remove it, or name another folder with --dir.",
                                         .fields = {},
                                         .metadata = {}}));
  }
  if (const absl::Status written = WriteWhole(csv, CsvText(*named)); !written.ok()) {
    return Report(written);
  }
  if (const absl::Status written = WriteWorkbook(xlsx, *named); !written.ok()) {
    return Report(written);
  }
  fmt::print("{}\n{}\n", csv, xlsx);
  return kDone;
}

}  // namespace daybook::cli
