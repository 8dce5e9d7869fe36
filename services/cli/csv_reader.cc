#include "services/cli/csv_reader.h"

#include <csv.h>

#include <algorithm>
#include <utility>

#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "services/ingest/spaces.h"

namespace daybook::cli {
namespace {

absl::Status BadFile(const std::string& reason, const std::string& message,
                     const std::string& remedy) {
  return eventstore::MakeError(absl::StatusCode::kInvalidArgument, message,
                               {.reason = reason, .remedy = remedy, .fields = {}, .metadata = {}});
}

struct Parsing {
  std::vector<std::vector<std::string>> lines;
  std::vector<std::string> line;
};

void OnField(void* data, std::size_t length, void* context) {
  auto* parsing = static_cast<Parsing*>(context);
  std::string field =
      data == nullptr ? std::string() : std::string(static_cast<char*>(data), length);
  ingest::NormaliseSpaces(field);
  parsing->line.push_back(std::move(field));
}

void OnLine(int, void* context) {
  auto* parsing = static_cast<Parsing*>(context);
  const bool empty = std::all_of(parsing->line.begin(), parsing->line.end(),
                                 [](const std::string& field) { return field.empty(); });
  if (!empty) parsing->lines.push_back(std::move(parsing->line));
  parsing->line.clear();
}

// The part of the text in which so many line ends lie.
std::string_view FirstLines(std::string_view text, std::size_t lines_max) {
  std::size_t end = 0;
  for (std::size_t line = 0; line < lines_max; ++line) {
    end = text.find('\n', end);
    if (end == std::string_view::npos) return text;
    ++end;
  }
  return text.substr(0, end);
}

}  // namespace

std::string_view CsvRow::operator[](std::string_view column) const {
  const auto it = std::find(header_.begin(), header_.end(), column);
  if (it == header_.end()) return {};
  const auto index = static_cast<std::size_t>(it - header_.begin());
  return index < fields_.size() ? std::string_view(fields_[index]) : std::string_view();
}

void CsvRow::CheckForm(values::Problems& problems) const {
  if (findings_ != nullptr) {
    for (const CellFinding& finding : *findings_) {
      values::AddProblem(problems, values::reason::kInvalidField, header_[finding.column],
                         finding.what, finding.remedy);
    }
  }
  std::size_t cells = fields_.size();
  while (cells > header_.size() && fields_[cells - 1].empty()) --cells;
  if (cells == header_.size()) return;
  values::AddProblem(problems, values::reason::kInvalidField, "row",
                     fmt::format("has {} cells, the header has {}", cells, header_.size()),
                     "Give every row a cell for every column, an empty one where nothing is known; "
                     "see that the file is whole and that commas within a cell are quoted.");
}

absl::StatusOr<std::vector<std::vector<std::string>>> ParseCsv(std::string_view text,
                                                               char delimiter,
                                                               std::size_t lines_max) {
  const bool is_part = lines_max != SIZE_MAX;
  if (is_part) text = FirstLines(text, lines_max);
  Parsing parsing;
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
    return absl::ResourceExhaustedError("out of memory while reading CSV");
  }
  csv_set_delim(&parser, static_cast<unsigned char>(delimiter));
  bool parsed =
      csv_parse(&parser, text.data(), text.size(), OnField, OnLine, &parsing) == text.size();
  // Of a part, a quote that is open at its end may close behind it.
  if (parsed && !is_part) parsed = csv_fini(&parser, OnField, OnLine, &parsing) == 0;
  if (parsed && is_part) (void)csv_fini(&parser, OnField, OnLine, &parsing);
  csv_free(&parser);
  if (!parsed) {
    return BadFile("INVALID_FIELD",
                   fmt::format("row {}: a quotation mark stands where none may, or never closes",
                               std::max<std::size_t>(parsing.lines.size(), 1)),
                   "Write a quotation mark within a quoted field twice, and close every field.");
  }
  return std::move(parsing.lines);
}

}  // namespace daybook::cli
