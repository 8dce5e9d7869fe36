#include "services/cli/xlsx_reader.h"

#include <algorithm>
#include <exception>

#include "absl/strings/ascii.h"
#include "eventstore/core/error.h"
#include "fmt/format.h"

// The libraries' headers are not held to our warnings.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wsuggest-override"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wpedantic"
#include <ixion/formula_result.hpp>
#include <ixion/model_context.hpp>
#include <orcus/orcus_xlsx.hpp>
#include <orcus/spreadsheet/document.hpp>
#include <orcus/spreadsheet/factory.hpp>
#include <orcus/spreadsheet/sheet.hpp>
#include <orcus/zip_archive.hpp>
#include <orcus/zip_archive_stream.hpp>
#pragma GCC diagnostic pop

namespace daybook::cli {
namespace {

namespace ss = orcus::spreadsheet;
using Lines = std::vector<std::vector<std::string>>;

constexpr std::size_t kWorkbookBytesMax = 64U << 20;
constexpr std::size_t kCellsMax = 20'000'000;
constexpr int kSheetRows = 1'048'576;
constexpr int kSheetColumns = 16'384;

absl::Status BadWorkbook(const std::string& reason, const std::string& what,
                         const std::string& remedy) {
  return eventstore::MakeError(absl::StatusCode::kInvalidArgument, what,
                               {.reason = reason, .remedy = remedy, .fields = {}, .metadata = {}});
}

std::string NumberText(double value) { return fmt::format("{}", value); }

std::string CellText(const ixion::model_context& cells, const ixion::abs_address_t& at) {
  switch (cells.get_celltype(at)) {
    case ixion::celltype_t::string: {
      const std::string* text = cells.get_string(cells.get_string_identifier(at));
      return text == nullptr ? std::string() : *text;
    }
    case ixion::celltype_t::numeric:
      return NumberText(cells.get_numeric_value(at));
    case ixion::celltype_t::boolean:
      return cells.get_boolean_value(at) ? "yes" : "no";
    case ixion::celltype_t::formula: {
      const ixion::formula_result& result =
          cells.get_formula_result(at);  // as the program that wrote the file left it
      if (result.get_type() == ixion::formula_result::result_type::value) {
        return NumberText(result.get_value());
      }
      if (result.get_type() == ixion::formula_result::result_type::string) {
        return result.get_string();
      }
      return {};
    }
    default:
      return {};
  }
}

absl::StatusOr<Lines> FirstSheet(const ss::document& document) {
  const ss::sheet* sheet = document.get_sheet(0);
  if (sheet == nullptr) {
    return BadWorkbook("INVALID_FIELD", "the workbook has no sheet",
                       "Save it as an XLSX workbook.");
  }
  const ixion::abs_range_t range = sheet->get_data_range();
  if (!range.valid()) return Lines();
  const auto rows = static_cast<std::size_t>(range.last.row - range.first.row + 1);
  const auto columns = static_cast<std::size_t>(range.last.column - range.first.column + 1);
  if (rows * columns > kCellsMax) {
    return BadWorkbook("TOO_LARGE", "the sheet has more than 20 million cells",
                       "Send it as CSV, or split it by month.");
  }
  const ixion::model_context& cells = document.get_model_context();
  Lines lines;
  for (ixion::row_t row = range.first.row; row <= range.last.row; ++row) {
    std::vector<std::string> line;
    for (ixion::col_t column = range.first.column; column <= range.last.column; ++column) {
      line.push_back(CellText(cells, {0, row, column}));
      absl::StripAsciiWhitespace(&line.back());
    }
    const bool empty =
        std::all_of(line.begin(), line.end(), [](const std::string& cell) { return cell.empty(); });
    if (!empty) lines.push_back(std::move(line));
  }
  return lines;
}

// Orcus 0.17 fills a buffer and says whether it could; since 0.19 it returns the buffer or throws.
// A template, because only there is the other version's call not compiled.
template <typename Archive>
std::vector<unsigned char> FileEntry(const Archive& archive, std::string_view name) {
  if constexpr (requires(std::vector<unsigned char> out) { archive.read_file_entry(name, out); }) {
    std::vector<unsigned char> content;
    if (!archive.read_file_entry(name, content)) content.clear();
    return content;
  } else {
    return archive.read_file_entry(name);
  }
}

// The library passes over texts that stand in the cells themselves, without a word; Excel and
// LibreOffice keep them in a table of their own.
bool HasInlineTexts(std::string_view bytes) {
  constexpr std::string_view kInline = "inlineStr";
  orcus::zip_archive_stream_blob stream(reinterpret_cast<const unsigned char*>(bytes.data()),
                                        bytes.size());
  orcus::zip_archive archive(&stream);
  archive.load();
  for (std::size_t i = 0; i < archive.get_file_entry_count(); ++i) {
    const std::string_view name = archive.get_file_entry_name(i);
    if (!name.starts_with("xl/worksheets/")) continue;
    const std::vector<unsigned char> sheet = FileEntry(archive, name);
    const std::string_view text(reinterpret_cast<const char*>(sheet.data()), sheet.size());
    if (text.find(kInline) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

bool IsXlsx(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

absl::StatusOr<Lines> ReadXlsx(std::string_view bytes) {
  if (bytes.size() > kWorkbookBytesMax) {
    return BadWorkbook("TOO_LARGE", "the workbook is larger than 64 MiB",
                       "Send it as CSV, or split it by month.");
  }
  try {  // the library reports by exception; it ends here
    if (HasInlineTexts(bytes)) {
      return BadWorkbook(
          "INVALID_FIELD", "the workbook keeps texts within its cells, where they cannot be read",
          "Open it in a spreadsheet program, save it again as XLSX or as CSV, and send that.");
    }
    ss::document document({kSheetRows, kSheetColumns});
    ss::import_factory factory(document);
    orcus::orcus_xlsx workbook(&factory);
    workbook.read_stream({bytes.data(), bytes.size()});
    return FirstSheet(document);
  } catch (const std::exception&) {
    return BadWorkbook("INVALID_FIELD", "the file looks like an XLSX workbook and cannot be read",
                       "Open it, save it again as \"Excel workbook (.xlsx)\" or as CSV.");
  }
}

}  // namespace daybook::cli
