#include "services/cli/dataset.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_join.h"
#include "fmt/format.h"
#include "services/cli/dataset_columns.h"
#include "services/cli/headings.h"
#include "services/cli/template_command.h"

namespace daybook::cli {

const std::vector<Dataset>& Datasets() {
  static const auto& datasets = *[] {
    auto* all = new std::vector<Dataset>;
    for (auto* list : {RegisterDatasets, RecordDatasets, PlanDatasets, MoneyDatasets,
                       ActivityDatasets, EnforcementDatasets, ScrutinyDatasets}) {
      std::vector<Dataset> some = list();
      for (Dataset& dataset : some) {
        AddHeadings(dataset);
        dataset.example = ExampleRow(dataset);
      }
      std::move(some.begin(), some.end(), std::back_inserter(*all));
    }
    return all;
  }();
  return datasets;
}

const Dataset* FindDataset(std::string_view name) {
  for (const Dataset& dataset : Datasets()) {
    if (dataset.name == name) return &dataset;
  }
  return nullptr;
}

namespace {

std::string OtherHeadings(const Column& column) {
  if (column.headings.empty()) return {};
  return ". Also read under: " + absl::StrJoin(column.headings, ", ");
}

}  // namespace

std::string TemplateText(const Dataset& dataset) {
  std::string header;
  std::string list;
  for (const Column& column : dataset.columns) {
    header += (header.empty() ? "" : ",") + column.name;
    list += fmt::format("  {:<24}{:<10}{}\n", column.name, column.required ? "required" : "",
                        column.meaning + OtherHeadings(column));
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
                          column.meaning + OtherHeadings(column));
    }
  }
  return text;
}

}  // namespace daybook::cli
