// From a file's bytes to typed rows: ReadTable over every dataset, and each row through the mapping
// of its dataset. A table that was read can be written as CSV and is read to the same rows again.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/core/utf8.h"
#include "proto/registry/prescribed_items.h"
#include "services/cli/command_mapping.h"
#include "services/cli/dataset.h"
#include "services/cli/figure_mapping.h"
#include "services/cli/output/csv_tables.h"
#include "services/ingest/read_table.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/made_workbook.h"
#include "tests/fuzz/target.h"

namespace daybook::fuzz {
namespace {

constexpr std::size_t kRowsMax = 32;

// The typed row that the server is sent, as bytes.
using ToTypedRow = std::string (*)(const ingest::TableRow&, values::Problems&);

template <class Message>
std::string As(const ingest::TableRow& row, values::Problems& problems) {
  Message message;
  cli::Map(row, message, problems);
  return message.SerializeAsString();
}

template <void (*kMap)(const ingest::TableRow&, incidents::v1::IncidentRow&, values::Problems&)>
std::string AsIncident(const ingest::TableRow& row, values::Problems& problems) {
  incidents::v1::IncidentRow incident;
  kMap(row, incident, problems);
  return incident.SerializeAsString();
}

void MapApi(const ingest::TableRow& row, incidents::v1::IncidentRow& out,
            values::Problems& problems) {
  cli::MapPoliceUkApi(row, "an-agency", out, problems);
}

void MapPrescribed(const ingest::TableRow& row, incidents::v1::IncidentRow& out,
                   values::Problems& problems) {
  cli::MapPrescribed(row, "an-agency", out, problems);
}

// A row with `left_to` says that the update is left to a partner.
std::string AsUpdate(const ingest::TableRow& row, values::Problems& problems) {
  return row["left_to"].empty() ? As<actions::v1::SubmitUpdateRequest>(row, problems)
                                : As<actions::v1::DeferUpdateRequest>(row, problems);
}

const std::map<std::string, ToTypedRow>& Mappings() {
  static const auto& mappings = *new std::map<std::string, ToTypedRow>{
      {"organisations", As<partners::v1::RegisterOrganisationRequest>},
      {"successions", As<partners::v1::RecordSuccessionRequest>},
      {"areas", As<partners::v1::RegisterAreaRequest>},
      {"partnerships", As<partners::v1::RegisterPartnershipRequest>},
      {"members", As<partners::v1::GrantMembershipRequest>},
      {"dimensions", As<measures::v1::DefineDimensionRequest>},
      {"measures", As<measures::v1::DefineMeasureRequest>},
      {"breaks", As<measures::v1::DeclareBreakRequest>},
      {"harm-weights", As<measures::v1::SetHarmWeightRequest>},
      {"observations", As<measures::v1::ObservationRow>},
      {"figures", As<measures::v1::FigureRow>},
      {"plans", As<actions::v1::OpenPlanRequest>},
      {"plan-adoptions", As<actions::v1::AdoptPlanRequest>},
      {"priorities", As<actions::v1::AddPriorityRequest>},
      {"priority-changes", As<actions::v1::RevisePriorityRequest>},
      {"commitments", As<actions::v1::AddCommitmentRequest>},
      {"actions", As<actions::v1::AddActionRequest>},
      {"targets", As<actions::v1::SetTargetRequest>},
      {"updates", AsUpdate},
      {"projects", As<actions::v1::MapProjectRequest>},
      {"grants", As<actions::v1::AllocateGrantRequest>},
      {"top-slices", As<actions::v1::ApplyTopSliceRequest>},
      {"fund-entries", As<actions::v1::MoveFundsRequest>},
      {"activities", As<actions::v1::RecordActivityRequest>},
      {"reaches", As<actions::v1::RecordReachRequest>},
      {"orders", As<enforcement::v1::MakeOrderRequest>},
      {"order-reviews", As<enforcement::v1::ReviewOrderRequest>},
      {"breaches", As<enforcement::v1::RecordBreachRequest>},
      {"breach-steps", As<enforcement::v1::TakeStepRequest>},
      {"tasks", As<enforcement::v1::RaiseTaskRequest>},
      {"task-ends", As<enforcement::v1::ActionTaskRequest>},
      {"penalties", As<enforcement::v1::IssuePenaltyRequest>},
      {"penalty-ends", As<enforcement::v1::SettlePenaltyRequest>},
      {"resolutions", As<scrutiny::v1::PassResolutionRequest>},
      {"responses", As<scrutiny::v1::GiveResponseRequest>},
      {"assessments", As<scrutiny::v1::OpenAssessmentRequest>},
      {"assessment-sections", As<scrutiny::v1::SubmitSectionRequest>},
      {"assessment-approvals", As<scrutiny::v1::ApproveAssessmentRequest>},
      {"risk-ranks", As<scrutiny::v1::RankRiskRequest>},
      {"referrals", As<referrals::v1::ReferralRow>},
      {"incidents", AsIncident<cli::MapIncident>},
      {"police-uk-street", AsIncident<cli::MapPoliceUk>},
      {"police-uk-api", AsIncident<MapApi>}};
  return mappings;
}

ToTypedRow MappingOf(const cli::Dataset& dataset) {
  if (registry::IsPrescribed(dataset.name)) return AsIncident<MapPrescribed>;
  const auto it = Mappings().find(dataset.name);
  Check(it != Mappings().end(), "every dataset has its mapping here", dataset.name);
  return it->second;
}

// A faulty line keeps the spaces within its quotation marks.
void CheckCell(const std::string& cell, bool faultless) {
  Check(eventstore::IsUtf8(cell), "a cell is UTF-8");
  Check(!faultless || cell.empty() || (cell.front() != ' ' && cell.back() != ' '),
        "no spaces are round a cell", cell);
}

void CheckTable(const ingest::Table& table) {
  Check(table.rows.size() == table.lines.size(), "every row has its line");
  Check(std::ranges::is_sorted(table.lines, std::ranges::less_equal()), "lines are counted");
  for (const auto& row : table.rows) {
    Check(row.size() >= table.header.size(), "a row has a cell for every column");
    for (const std::string& cell : row) CheckCell(cell, table.findings.empty());
  }
  // Not yet that they are of the table's rows: those of lines that were cut away as example or
  // total stay, and those behind an example are one too far (text_files_test.py).
  for (const auto& [row, findings] : table.findings) {
    Check(!findings.empty(), "a row with findings has one");
    for (const ingest::CellFinding& finding : findings) {
      Check(!finding.what.empty() && !finding.remedy.empty(), "a finding says what and what to do");
      Check(finding.column < table.header.size() || finding.column == ingest::kWholeRow,
            "a finding is of a column or of the row");
    }
  }
}

std::string TypedRow(const cli::Dataset& dataset, const ingest::Table& table, std::size_t index,
                     values::Problems& problems) {
  const auto said = table.findings.find(index);
  // All under one number, so that rows can be compared.
  const ingest::TableRow row(table.header, 1, table.rows[index],
                             said == table.findings.end() ? nullptr : &said->second);
  row.AddFindings(problems);
  std::string typed = MappingOf(dataset)(row, problems);
  for (const auto& problem : problems) {
    Check(!problem.field.empty() && !problem.reason.empty() && !problem.description.empty() &&
              !problem.remedy.empty(),
          "a finding says where, why, what and what to do");
  }
  return typed;
}

using Cells = std::vector<std::string>;

// The cells under the dataset's columns, in their order.
Cells OwnCells(const cli::Dataset& dataset, const ingest::Table& table, const Cells& row) {
  Cells cells;
  for (const auto& column : dataset.columns) {
    const auto index = ingest::IndexOf(table.header, column.name);
    cells.push_back(index ? row[*index] : "");
  }
  return cells;
}

// With a column that is not stored, so that no line is empty.
std::string CsvLine(const Cells& cells, std::string_view last) {
  std::string line;
  for (const std::string& cell : cells) line += cli::CsvCell(cell) + ",";
  return line + std::string(last) + "\n";
}

bool HasLineEnds(const Cells& cells) {
  return std::ranges::any_of(cells, [](const std::string& cell) {
    return cell.find_first_of("\r\n") != std::string::npos;
  });
}

// Rows without findings are written and read again. A row of crosses stands before and behind them,
// because the first row may be the example of the template and the last ones totals, which are no
// rows. Cells of several lines are left out: rows may look like such a cell (csv_lines.h).
void CheckReadsBack(const cli::Dataset& dataset, const ingest::Table& table) {
  Cells names;
  for (const auto& column : dataset.columns) names.push_back(column.name);
  const std::string crosses = CsvLine(Cells(names.size(), "x"), "x");
  std::string text = CsvLine(names, "info: line of the file") + crosses;
  for (const Cells& row : table.rows) {
    const Cells cells = OwnCells(dataset, table, row);
    if (HasLineEnds(cells)) return;
    text += CsvLine(cells, "x");
  }
  const auto again = ingest::ReadTable(text + crosses, {.datasets = {&dataset, 1}});
  Check(again.ok(), "a table that was read can be written", eventstore::Message(again.status()));
  Check(again->table.rows.size() == table.rows.size() + 2, "as many rows as were written");
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    Check(!again->table.findings.contains(i + 1), "a row that was read is read again");
    Check(OwnCells(dataset, again->table, again->table.rows[i + 1]) ==
              OwnCells(dataset, table, table.rows[i]),
          "a row is read as it was written");
    values::Problems before;
    values::Problems after;
    Check(TypedRow(dataset, table, i, before) == TypedRow(dataset, again->table, i + 1, after) &&
              before.size() == after.size(),
          "a row that is read again is the same typed row",
          dataset.name + ": " + CsvLine(OwnCells(dataset, table, table.rows[i]), ""));
  }
}

void Read(const std::string& bytes, ingest::DatasetSpecs datasets) {
  const auto read = ingest::ReadTable(bytes, {.datasets = datasets, .may_have_no_rows = true});
  if (!read.ok()) {
    const auto detail = eventstore::GetErrorDetail(read.status());
    Check(detail && !detail->reason.empty() && !detail->remedy.empty(),
          "a refusal says why and what to do", eventstore::Message(read.status()));
    return;
  }
  Check(read->dataset != nullptr, "a table is of a dataset");
  CheckTable(read->table);
  for (std::size_t i = 0; i < std::min(read->table.rows.size(), kRowsMax); ++i) {
    values::Problems problems;
    TypedRow(*read->dataset, read->table, i, problems);
  }
  if (read->table.findings.empty()) CheckReadsBack(*read->dataset, read->table);
}

// All datasets, or the one of the number.
ingest::DatasetSpecs Chosen(std::size_t number) {
  const auto& datasets = cli::Datasets();
  if (number == 0) return datasets;
  return {&datasets[(number - 1) % datasets.size()], 1};
}

std::vector<std::string> HeaderOf(ingest::DatasetSpecs datasets) {
  std::vector<std::string> header;
  for (const auto& column : datasets.front().columns) header.push_back(column.name);
  return header;
}

enum Kind : std::uint8_t { kBytes, kRows, kWorkbook, kSheetXml, kKinds };

std::string Kinded(Kind kind, std::size_t dataset, const std::string& bytes) {
  return Output().Byte(kind).Byte(dataset).Bytes(bytes).Take();
}

// What offices write into cells of the kind.
std::string OfficesCell(ingest::CellKind kind) {
  using ingest::CellKind;
  switch (kind) {
    case CellKind::kKey:
    case CellKind::kPersonKey:
      return "42/000123/24";
    case CellKind::kAge:
      return "25 to 34";
    case CellKind::kText:
      return "Caf\xC3\xA9 \"Rose\", 12";
    case CellKind::kWord:
      return "In period";
    case CellKind::kMoment:
      return "04/02/2024 23:30";
    case CellKind::kTime:
      return "2.30pm";
    case CellKind::kDay:
      return "18/03/2024";
    case CellKind::kMonth:
      return "Mar-24";
    case CellKind::kDayOrMonth:
      return "2024-06-30T23:30:00Z";
    case CellKind::kYear:
      return "2017/18";
    case CellKind::kPeriod:
      return "2007-08";
    case CellKind::kNumber:
      return "1,620";
    case CellKind::kPercent:
      return "65.25%";
    case CellKind::kMoney:
      return "\xC2\xA3"
             "12.50";
    case CellKind::kValue:
      return "about 40";
  }
  return "";
}

}  // namespace

void RunOne(std::string_view input) {
  Input in(input);
  const auto kind = static_cast<Kind>(in.Byte() % kKinds);
  const ingest::DatasetSpecs datasets = Chosen(in.Byte());
  switch (kind) {
    case kBytes:
      return Read(std::string(in.Rest()), datasets);
    case kRows: {
      std::string text = CsvLine(HeaderOf(datasets), "Notes");
      text += in.Rest();
      return Read(text, datasets);
    }
    case kWorkbook:
      return Read(MadeWorkbook(HeaderOf(datasets), in), datasets);
    case kSheetXml: {
      const std::string styles(in.Blob());
      const std::string texts(in.Blob());
      return Read(WorkbookOf(std::string(in.Rest()), texts, styles, false), datasets);
    }
    case kKinds:
      return;
  }
}

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds = {
      Kinded(kBytes, 0, "\xEF\xBB\xBFMeasure ID ;date;cause\r\na;01/02/2022;Definition\r\n"),
      Kinded(kBytes, 0, "Title\n\nmeasure_id,date,cause,Notes\na,2022-02-01,x,y\nTotal,,,\n"),
      Kinded(
          kSheetXml, 8,
          Output()
              .Blob("<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>")
              .Blob("<sst><si><t>cause</t></si><si><r><t>a</t></r><rPh><t>b</t></rPh></si></sst>")
              .Bytes("<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>measure_id</t></is>"
                     "</c><c t=\"inlineStr\"><is><t>date</t></is></c><c t=\"s\"><v>0</v></c>"
                     "</row><row><c t=\"s\"><v>1</v></c><c s=\"0\"><v>45369</v></c><c t=\"str\">"
                     "<v>Definition</v></c></row></sheetData><mergeCells><mergeCell "
                     "ref=\"A2:A3\"/></mergeCells></worksheet>")
              .Take())};
  const auto& datasets = cli::Datasets();
  for (std::size_t number = 1; number <= datasets.size(); ++number) {
    const auto& dataset = datasets[number - 1];
    MappingOf(dataset);
    Cells cells;
    Output book;
    book.Byte(0).Blob("General").Blob("0.0%").Blob("dd/mm/yyyy").Blob("[$\xC2\xA3-809]#,##0");
    for (const auto& column : dataset.columns) {
      cells.push_back(OfficesCell(column.kind));
      const bool day = column.kind == ingest::CellKind::kDay;
      const bool percent = column.kind == ingest::CellKind::kPercent;
      book.Byte(day       ? 2
                : percent ? 1
                          : 0)
          .Byte(day || percent ? 0 : 3)
          .Blob(day       ? "45369"
                : percent ? "0.65"
                          : cells.back());
    }
    seeds.push_back(Kinded(kRows, number, CsvLine(dataset.example, "") + CsvLine(cells, "a note")));
    seeds.push_back(Kinded(kWorkbook, number, book.Take()));
  }
  return seeds;
}

}  // namespace daybook::fuzz
