// What an operator hands in as files: CSV with its datasets, import manifests, configuration.
#include <algorithm>
#include <string>

#include "eventstore/core/error.h"
#include "eventstore/core/utf8.h"
#include "services/cli/column_of.h"
#include "services/cli/command_mapping.h"
#include "services/cli/dataset.h"
#include "services/cli/figure_mapping.h"
#include "services/cli/finding.h"
#include "services/cli/manifest.h"
#include "services/cli/source_file.h"
#include "services/ingest/cell_forms.h"
#include "services/ingest/csv_lines.h"
#include "services/ingest/read_table.h"
#include "services/ingest/table.h"
#include "services/ingest/table_finder.h"
#include "services/ingest/text_decoding.h"
#include "services/runtime/config.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/scratch.h"
#include "tests/fuzz/target.h"

namespace daybook::fuzz {
namespace {

constexpr std::size_t kRowsMax = 8;

const Scratch& Folder() {
  static const Scratch folder;
  return folder;
}

void CheckRefusal(const absl::Status& status) {
  const auto detail = eventstore::GetErrorDetail(status);
  Check(detail && !detail->reason.empty() && !detail->remedy.empty(),
        "a refusal says why and what to do", eventstore::Message(status));
}

std::string Quoted(const std::string& cell) {
  std::string text = "\"";
  for (const char c : cell) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

std::string ToCsv(const ingest::Table& table) {
  std::string text;
  for (const auto& cells : table.rows) {
    for (std::size_t i = 0; i < cells.size(); ++i) text += (i > 0 ? "," : "") + Quoted(cells[i]);
    text += "\r\n";
  }
  return text;
}

template <class Message>
void MapAs(const ingest::TableRow& row, values::Problems& problems) {
  Message message;
  cli::Map(row, message, problems);
  Check(message.ByteSizeLong() < (std::size_t{1} << 22), "a row is no larger than its file");
}

// Every mapping takes every row: which columns are there is the file's choice.
values::Problems MapRow(const ingest::TableRow& row, const ingest::TableRow& before) {
  values::Problems problems;
  row.AddFindings(problems);
  MapAs<partners::v1::RegisterOrganisationRequest>(row, problems);
  MapAs<partners::v1::RecordSuccessionRequest>(row, problems);
  MapAs<partners::v1::RegisterAreaRequest>(row, problems);
  MapAs<partners::v1::RegisterPartnershipRequest>(row, problems);
  MapAs<partners::v1::GrantMembershipRequest>(row, problems);
  MapAs<measures::v1::DefineMeasureRequest>(row, problems);
  MapAs<measures::v1::DeclareBreakRequest>(row, problems);
  MapAs<actions::v1::OpenPlanRequest>(row, problems);
  MapAs<actions::v1::AddPriorityRequest>(row, problems);
  MapAs<actions::v1::AddCommitmentRequest>(row, problems);
  MapAs<actions::v1::AddActionRequest>(row, problems);
  MapAs<actions::v1::SetTargetRequest>(row, problems);
  MapAs<actions::v1::DeferUpdateRequest>(row, problems);
  MapAs<actions::v1::SubmitUpdateRequest>(row, problems);
  MapAs<measures::v1::ObservationRow>(row, problems);
  MapAs<measures::v1::FigureRow>(row, problems);
  MapAs<referrals::v1::ReferralRow>(row, problems);
  incidents::v1::IncidentRow incident;
  cli::MapIncident(row, incident, problems);
  cli::MapPoliceUk(row, incident, problems);
  cli::MapPoliceUkApi(row, "an-agency", incident, problems);
  actions::v1::SubmitUpdateRequest update;
  cli::Map(before, update, problems);
  if (cli::ContinuesUpdate(before, row)) cli::AddMeasurement(row, update, problems);
  return problems;
}

void MapTable(const ingest::Table& table, std::string_view dataset) {
  std::vector<cli::FileFinding> findings;
  for (std::size_t i = 0; i < std::min(table.rows.size(), kRowsMax); ++i) {
    const ingest::TableRow row(table.header, static_cast<std::uint32_t>(i + 1), table.rows[i]);
    const ingest::TableRow before(table.header, 1, table.rows[0]);
    for (const auto& problem : MapRow(row, before)) {
      Check(!problem.field.empty() && !problem.reason.empty() && !problem.description.empty() &&
                !problem.remedy.empty(),
            "a finding says where, why, what and what to do");
      findings.push_back({.row = row.number(),
                          .refused = true,
                          .field = cli::ColumnOf(dataset, problem.field),
                          .reason = problem.reason,
                          .description = problem.description,
                          .remedy = problem.remedy});
    }
  }
  const auto lines = cli::FindingLines("file.csv", findings, 3);
  Check(lines.empty() == findings.empty() && lines.size() <= findings.size(),
        "findings are told, the same ones once");
}

void Csv(std::string_view bytes) {
  const auto text = ingest::DecodeText(std::string(bytes));
  if (!text.ok()) return CheckRefusal(text.status());
  Check(eventstore::IsUtf8(text->utf8), "what is decoded is UTF-8");
  auto lines = ingest::ParseCsv(*text);
  if (!lines.ok()) return CheckRefusal(lines.status());
  if (lines->empty()) return;
  ingest::Table table;
  for (const ingest::Line& line : *lines) {
    Check(line.fault.empty() == line.remedy.empty(), "a fault has a remedy");
    Check(table.lines.empty() || table.lines.back() < line.number, "lines are counted");
    table.rows.push_back(line.cells);
    table.lines.push_back(line.number);
  }
  const auto again = ingest::ParseCsv({.utf8 = ToCsv(table)});
  Check(again.ok(), "a table that was read can be written", eventstore::Message(again.status()));
  Check(again->size() == lines->size(), "a table has as many rows as were written");
  for (std::size_t i = 0; i < again->size(); ++i) {
    Check((*again)[i].cells == (*lines)[i].cells && (*again)[i].fault.empty(),
          "a table is read as it was written");
  }
  if (const auto found = ingest::FindTable(*lines, cli::Datasets())) {
    ingest::Table in_form = found->table;
    ingest::BringIntoForm(*found->dataset, in_form);
    ingest::Table twice = in_form;
    ingest::BringIntoForm(*found->dataset, twice);
    Check(twice.header == in_form.header && twice.rows == in_form.rows,
          "cells that are in their form stay as they are");
    MapTable(in_form, found->dataset->name);
  } else {
    CheckRefusal(ingest::NoTable(*lines, cli::Datasets()));
    table.header = std::move(table.rows.front());
    table.rows.erase(table.rows.begin());
    MapTable(table, "");
  }
}

// A dataset's own header, so that the cells are what is tried.
std::string WithHeaderOf(std::size_t number, std::string_view rows) {
  const auto& datasets = cli::Datasets();
  std::string text;
  for (const auto& column : datasets[number % datasets.size()].columns) {
    text += (text.empty() ? "" : ",") + column.name;
  }
  return text + "\n" + std::string(rows);
}

void Source(Input& in) {
  const std::size_t number = in.Byte();
  const auto& datasets = cli::Datasets();
  const std::string named = number % 2 == 0 ? "" : datasets[number / 2 % datasets.size()].name;
  const std::string path = Folder().Write("source.csv", in.Rest()).string();
  cli::ImportFile file;
  file.path = path;
  file.dataset = named;
  file.agency = "an-agency";
  const auto source = cli::ReadSource(file);
  if (!source.ok()) return CheckRefusal(source.status());
  Check(source->dataset != nullptr && source->sha256.size() == 64 && !source->scope.empty(),
        "a source is recognised");
  Check(named.empty() || source->dataset->name == named, "a source is what it is said to be");
  MapTable(source->table, source->dataset->name);
}

// A table as offices print it, with everything told that may be told of one.
void Printed(Input& in) {
  static constexpr const char* kAxes[] = {"measure", "area", "period", "dimension:age", "each"};
  const auto axis = [&] { return std::string(kAxes[in.Byte() % std::size(kAxes)]); };
  ingest::TableRequest request{.datasets = cli::Datasets(), .name = "t", .agency = "us"};
  request.answers = {{"rows", axis()},
                     {"columns", axis()},
                     {"columns-above", axis()},
                     {"labels", "A"},
                     {"years", "calendar"},
                     {"year", "2013-14"},
                     {"quarters", "financial"},
                     {"dates", "months"},
                     {"measure", "all-crime"},
                     {"area", "Castle"},
                     {"period", "2013-14"},
                     {"source", "us"},
                     {"basis", "in-period"},
                     {"figure", "value"},
                     {"dash", "none"},
                     {"dots", "0"},
                     {"asterisk", "suppressed-below-5"},
                     {"extract", "none"},
                     {"marking", "none"},
                     {"years-or-months", "years"},
                     {"label:Total", in.Byte() % 2 == 0 ? "total" : "total-kept"},
                     {"label:X", "measure=x; basis=at-date; figure=numerator"},
                     {"label:Rank", "ignore"}};
  const auto read = ingest::ReadTable(std::string(in.Rest()), request);
  if (!read.ok()) return CheckRefusal(read.status());
  for (const auto& question : read->questions) {
    Check(!question.id.empty() && !question.what.empty() &&
              !(question.readings.empty() && question.other.empty()),
          "a question can be answered");
  }
  Check(!read->is_printed || read->table.labels.size() == read->table.rows.size(),
        "the labels of every row are known");
  Check(read->table.lines.size() == read->table.rows.size(), "the line of every row is known");
  if (!read->table.rows.empty()) MapTable(read->table, read->dataset->name);
}

void Manifest(std::string_view bytes) {
  Folder().Write("manifest.toml", bytes);
  const auto files = cli::ResolvePaths({Folder().path().string()}, {.dataset = "", .agency = "us"});
  if (!files.ok()) return CheckRefusal(files.status());
  Check(!files->empty(), "a manifest names files");
  for (const auto& file : *files) {
    Check(!file.path.empty() && (file.dataset.empty() || cli::FindDataset(file.dataset) != nullptr),
          "a manifest's files have a path and a known dataset");
  }
}

void Config(std::string_view bytes) {
  const auto config = runtime::LoadConfig(Folder().Write("daybook.toml", bytes).string());
  if (!config.ok()) return CheckRefusal(config.status());
  const absl::Status valid = runtime::ValidateConfig(*config);
  if (!valid.ok()) return CheckRefusal(valid);
  Check(config->workers >= 1 && config->drain_seconds >= 0, "a valid configuration is in range");
}

enum Kind : std::uint8_t { kCsv, kRows, kSource, kManifest, kConfig, kPrinted, kKinds };

std::string Kinded(Kind kind, const std::string& bytes) {
  return std::string(1, static_cast<char>(kind)) + bytes;
}

// One row for every dataset, in the order of Datasets().
constexpr const char* kRowSeeds[] = {
    "castle-police,Castle Police,police,CP;Castle Constabulary\n",
    "old-crc;old-probation,probation-service,2021-06-26\n",
    "castle,E07000069,Castle,district,county-one,2021\n",
    "castle,Safer Castle,castle;moat\n",
    "castle,Castle Police,statutory,2017-04-01\n",
    "all-crime,All crime,incidents,offences,yes,no,,burglary,no,1\n",
    "all-crime,2022-02-01,definition\n",
    "all-crime,Castle,Castle Police,x1,12m to 2024-01,in-period,actual,8,about,10,,,,,,,"
    "area-unclear,2024-03\n",
    "report,5.14,2024-03-18,all-crime,Castle,12m to 2024-01,12m to 2023-01,,,,-8.7,-1620\n",
    "castle-2017-18,castle,2017-18,\"Plan, Castle\"\n",
    "castle-2017-18,p1,1,Safeguarding,yes\n",
    "castle-2017-18,p1,c1,Work together\n",
    "castle-2017-18,a1,p1,Objective,Visits,Safer homes,Castle Police (watch team)*; RDC,2018-03\n",
    "castle-2017-18,a1,t1,percent,aware,at-least,80,attendees,no\n",
    "castle-2017-18,a1,2017-18 Q1,Castle Police,ongoing,,\"Two \"\"visits\"\".\",visits,Visits,3,"
    "exact,8,74,11,,visits,2017-18,actual,unknown\n"
    "castle-2017-18,a1,2017-18 Q1,Castle Police,ongoing,,,talks,Talks,\"1,620\",,,,,,,,,\n",
    "r-1,housing,2024-01,Castle,received,person-1,30-39,f,rent,self,Castle,A note.\n",
    "k1,2024-01,burglary,Castle Police,Castle,E01021803,none,0.9,51.8,On or near High Street\n",
    ",2024-01,Castle Police,Castle Police,0.9,51.8,On or near High Street,E01021803,Castle 010C,"
    "Anti-social behaviour,,\n",
};

constexpr const char* kPrintedSeeds[] = {
    "Crime,1 October 2022 to 30 September 2023\nData correct as at 05/02/2024\nOFFICIAL\n"
    "Type,North,South,Total\nHomicide,3,-,3\nRobbery,\"1,984\",..,\"1,984\"\nTotal,1987,,1987\n"
    "Source: extracted 2024-02-05\n",
    "Type,2022,2023,Change,% change,Rank\nRobbery,161,178,+17,10.6%,2\nTheft,1105,1160,55,5.0,1\n",
    "Age,Existing,,New,,Total\n,Female,Male,Female,Male,\nUnder "
    "12,11,0,14,5,30\n13-17,49,8,65,6,128\n"
    "Total,60,8,79,11,158\n",
    "Quarter,Open,,X\n,Town,County,Cases\nQ1,45,396,8\nQ2,*,418,5\nQ3,1,2,3\n",
    "Code,Type,2022-23,,2023-24,\n,,Q3,Q4,Q1,Q2\nViolence\n1,Rape,1,2,3,4\n5D,Arson,5,6,7,8\n",
};

}  // namespace

void RunOne(std::string_view input) {
  Input in(input);
  switch (static_cast<Kind>(in.Byte() % kKinds)) {
    case kCsv:
      return Csv(in.Rest());
    case kRows: {
      const std::size_t dataset = in.Byte();
      return Csv(WithHeaderOf(dataset, in.Rest()));
    }
    case kSource:
      return Source(in);
    case kManifest:
      return Manifest(in.Rest());
    case kConfig:
      return Config(in.Rest());
    case kPrinted:
      return Printed(in);
    case kKinds:
      return;
  }
}

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds = {
      Kinded(kCsv, "\xEF\xBB\xBFmeasure_id , date,cause\r\n\"a,\"\"b\",2022-02-01,x\r\n\r\n"),
      Kinded(kSource, Output().Byte(0).Bytes("measure_id,date,cause\na,2022-02-01,x\n").Take()),
      Kinded(kSource, Output().Byte(13).Bytes(WithHeaderOf(6, "a,2022-02-01,x\n")).Take()),
      Kinded(kManifest,
             "agency = \"us\"\n[[file]]\npath = \"a.csv\"\ndataset = \"areas\"\nscope = \"x\"\n"),
      Kinded(kManifest, "[[file]]\npath = 'b.csv'\nagency = \"\"\"them\"\"\"\n"),
      Kinded(kConfig,
             "data = \"d\"\nlisten = \"127.0.0.1:0\"\nfeed = \"off\"\nlog_level = \"warn\"\n"
             "workers = 0x10\ndrain_seconds = 1_0\n"),
      Kinded(kConfig, "workers = 2024-01-01T00:00:00Z\n[table]\nkey.inner = [1, {a = 1.5e3}]\n"),
  };
  for (const char* table : kPrintedSeeds) {
    for (const std::uint64_t axes : {0U, 1U, 4U}) {
      seeds.push_back(Kinded(
          kPrinted, Output().Number(axes, 1).Byte(1).Byte(3).Number(axes, 1).Bytes(table).Take()));
    }
  }
  std::uint8_t number = 0;
  for (const char* row : kRowSeeds) {
    seeds.push_back(Kinded(kRows, Output().Byte(number++).Bytes(row).Take()));
  }
  return seeds;
}

}  // namespace daybook::fuzz
