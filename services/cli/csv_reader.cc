#include "services/cli/csv_reader.h"

#include <csv.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "eventstore/core/error.h"
#include "eventstore/core/utf8.h"
#include "fmt/format.h"

namespace daybook::cli {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kFileBytesMax = std::size_t{1} << 30;

absl::Status BadFile(const std::string& reason, const std::string& message,
                     const std::string& remedy) {
  return eventstore::MakeError(absl::StatusCode::kInvalidArgument, message,
                               {.reason = reason, .remedy = remedy, .fields = {}, .metadata = {}});
}

struct Parsing {
  CsvTable table;
  std::vector<std::string> row;
  bool header_done = false;
};

void OnField(void* data, std::size_t length, void* context) {
  auto* parsing = static_cast<Parsing*>(context);
  std::string field =
      data == nullptr ? std::string() : std::string(static_cast<char*>(data), length);
  absl::StripAsciiWhitespace(&field);
  parsing->row.push_back(std::move(field));
}

void OnRow(int, void* context) {
  auto* parsing = static_cast<Parsing*>(context);
  const bool empty = std::all_of(parsing->row.begin(), parsing->row.end(),
                                 [](const std::string& field) { return field.empty(); });
  if (!parsing->header_done) {
    if (!empty) {
      parsing->table.header = std::move(parsing->row);
      parsing->header_done = true;
    }
  } else if (!empty) {
    parsing->table.rows.push_back(std::move(parsing->row));
  }
  parsing->row.clear();
}

}  // namespace

std::string_view CsvRow::operator[](std::string_view column) const {
  const auto it = std::find(header_.begin(), header_.end(), column);
  if (it == header_.end()) return {};
  const auto index = static_cast<std::size_t>(it - header_.begin());
  return index < fields_.size() ? std::string_view(fields_[index]) : std::string_view();
}

void CsvRow::CheckCellCount(values::Problems& problems) const {
  std::size_t cells = fields_.size();
  while (cells > header_.size() && fields_[cells - 1].empty()) --cells;
  if (cells == header_.size()) return;
  values::AddProblem(problems, values::reason::kInvalidField, "row",
                     fmt::format("has {} cells, the header has {}", cells, header_.size()),
                     "Give every row a cell for every column, an empty one where nothing is known; "
                     "see that the file is whole and that commas within a cell are quoted.");
}

absl::StatusOr<CsvTable> ParseCsv(std::string_view bytes) {
  if (bytes.size() > kFileBytesMax) {
    return BadFile("TOO_LARGE", "the file is larger than 1 GiB", "Split it by month.");
  }
  if (bytes.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    bytes.remove_prefix(kByteOrderMark.size());
  }
  if (bytes.empty()) {
    return BadFile("MISSING_FIELD", "the file is empty", "Send a file with a header and rows.");
  }
  if (!eventstore::IsUtf8(bytes)) {
    return BadFile("INVALID_FIELD", "the file is not UTF-8",
                   "Save it as \"CSV UTF-8\" and import it again.");
  }
  Parsing parsing;
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
    return absl::ResourceExhaustedError("out of memory while reading CSV");
  }
  const bool parsed =
      csv_parse(&parser, bytes.data(), bytes.size(), OnField, OnRow, &parsing) == bytes.size() &&
      csv_fini(&parser, OnField, OnRow, &parsing) == 0;
  const std::size_t row = parsing.table.rows.size() + 1;
  csv_free(&parser);
  if (!parsed) {
    return BadFile(
        "INVALID_FIELD",
        fmt::format("row {}: a quotation mark stands where none may, or never closes", row),
        "Write a quotation mark within a quoted field twice, and close every field.");
  }
  if (!parsing.header_done) {
    return BadFile("MISSING_FIELD", "the file has no header", "Begin it with the column names.");
  }
  return std::move(parsing.table);
}

}  // namespace daybook::cli
