// What services/ingest takes of files, for tests that compare it with what other readers take:
//   read_files FILE…                  as one of the command's datasets, by their headers
//   read_files --texts 'a|b|c' FILE…  as a table that has these columns of texts
//   read_files --sheet NAME …         of workbooks the sheet of that name
// A line of JSON for each file: {"dataset", "notes", "header", "rows"}, each row {"line", "cells",
// "findings": [{"column", "what"}]} with column "" for the whole row; or {"error"}, with
// {"reason", "message", "remedy"}.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "eventstore/core/error.h"
#include "nlohmann/json.hpp"
#include "services/cli/dataset.h"
#include "services/ingest/read_table.h"

namespace daybook::testing {
namespace {

using Json = nlohmann::ordered_json;

ingest::DatasetSpec TextColumns(const std::string& names) {
  ingest::DatasetSpec dataset{.name = "texts", .columns = {}};
  for (const absl::string_view name : absl::StrSplit(names, '|')) {
    dataset.columns.push_back({.name = std::string(name), .required = true});
  }
  return dataset;
}

Json RowOf(const ingest::Table& table, std::size_t index) {
  Json findings = Json::array();
  const auto said = table.findings.find(index);
  if (said != table.findings.end()) {
    for (const ingest::CellFinding& one : said->second) {
      const bool of_cell = one.column < table.header.size();
      findings.push_back({{"column", of_cell ? table.header[one.column] : ""}, {"what", one.what}});
    }
  }
  return {{"line", table.lines[index]}, {"cells", table.rows[index]}, {"findings", findings}};
}

Json Read(const std::string& path, ingest::DatasetSpecs datasets, const std::string& sheet) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  const auto read = ingest::ReadTable(
      std::move(bytes), {.datasets = datasets, .sheet = sheet, .may_have_no_rows = true});
  if (!read.ok()) {
    const auto detail = eventstore::GetErrorDetail(read.status());
    return {{"error",
             {{"reason", detail ? detail->reason : ""},
              {"message", eventstore::Message(read.status())},
              {"remedy", detail ? detail->remedy : ""}}}};
  }
  Json rows = Json::array();
  for (std::size_t i = 0; i < read->table.rows.size(); ++i) rows.push_back(RowOf(read->table, i));
  return {{"dataset", read->dataset->name},
          {"notes", read->notes},
          {"header", read->table.header},
          {"rows", rows}};
}

int Main(std::vector<std::string> arguments) {
  std::vector<ingest::DatasetSpec> datasets = cli::Datasets();
  std::string sheet;
  while (arguments.size() > 1 && arguments[0].starts_with("--")) {
    if (arguments[0] == "--texts") datasets = {TextColumns(arguments[1])};
    if (arguments[0] == "--sheet") sheet = arguments[1];
    arguments.erase(arguments.begin(), arguments.begin() + 2);
  }
  for (const std::string& path : arguments) {
    std::puts(Read(path, datasets, sheet).dump().c_str());
  }
  return arguments.empty() ? 2 : 0;
}

}  // namespace
}  // namespace daybook::testing

int main(int argc, char** argv) { return daybook::testing::Main({argv + 1, argv + argc}); }
