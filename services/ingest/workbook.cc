#include "services/ingest/workbook.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "services/ingest/number_format.h"
#include "services/ingest/number_text.h"
#include "services/ingest/spaces.h"
#include "services/ingest/workbook_parts.h"

namespace daybook::ingest {
namespace {

constexpr std::uint32_t kRowsMax = 1'048'576;
constexpr std::uint32_t kColumnsMax = 16'384;

absl::Status BadWorkbook(const std::string& reason, const std::string& what,
                         const std::string& remedy) {
  return eventstore::MakeError(absl::StatusCode::kInvalidArgument, what,
                               {.reason = reason, .remedy = remedy, .fields = {}, .metadata = {}});
}

absl::Status TooLarge(const std::string& what) {
  return BadWorkbook("TOO_LARGE", what, "Send it as CSV, or split it by month.");
}

struct Place {
  std::uint32_t row = 0;     // from 1
  std::uint32_t column = 0;  // from 0
};

// "AB12"; nullopt when it is no cell of a sheet.
std::optional<Place> PlaceOf(std::string_view reference) {
  Place place;
  std::size_t i = 0;
  for (; i < reference.size() && absl::ascii_isupper(static_cast<unsigned char>(reference[i]));
       ++i) {
    place.column = place.column * 26 + static_cast<std::uint32_t>(reference[i] - 'A' + 1);
    if (place.column > kColumnsMax) return std::nullopt;
  }
  const std::string_view digits = reference.substr(i);
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), place.row);
  const bool read = i > 0 && error == std::errc() && end == digits.data() + digits.size();
  if (!read || place.row == 0 || place.row > kRowsMax) return std::nullopt;
  --place.column;
  return place;
}

std::optional<double> NumberOf(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool read = !text.empty() && error == std::errc() && end == text.data() + text.size();
  return read && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

struct MergedRange {
  Place first;
  std::uint32_t last_row = 0;
};

// One sheet. A cell is put where it says, or behind the one before.
class SheetReader final : public XmlHandler {
 public:
  // `left` for the rest of the workbook.
  SheetReader(const WorkbookParts& parts, WorkbookLimits& left, WorkbookSheet& sheet)
      : parts_(parts), left_(left), sheet_(sheet) {}

  void Start(std::string_view element, const XmlAttributes& attributes) override {
    if (element == "row") StartRow(attributes);
    if (element == "c") StartCell(attributes);
    if (element == "f") has_formula_ = true;
    if (element == "rPh") spoken_ = true;
    takes_text_ = in_cell_ && (element == "v" || (element == "t" && !spoken_));
    if (element == "v") has_value_ = true;
    if (element == "mergeCell") Merge(attributes["ref"]);
  }

  void End(std::string_view element) override {
    if (element == "v" || element == "t") takes_text_ = false;
    if (element == "rPh") spoken_ = false;
    if (element == "c") EndCell();
    if (element == "row") EndRow();
    if (element == "sheetData") SortRows();
    if (element == "mergeCells") FillMerged();
  }

  void Text(std::string_view piece) override {
    if (takes_text_) value_ += piece;
  }

  absl::Status status() const override { return status_; }

 private:
  void StartRow(const XmlAttributes& attributes) {
    const std::string_view number = attributes["r"];
    row_number_ = number.empty() ? row_number_ + 1 : WholeNumber(number).value_or(0);
    if (row_number_ == 0 || row_number_ > kRowsMax) {
      status_ = absl::InvalidArgumentError("a row says that it is where no row can be");
    }
    row_ = {.number = row_number_, .hidden = attributes.Is("hidden"), .cells = {}};
    column_ = 0;
  }

  void StartCell(const XmlAttributes& attributes) {
    in_cell_ = true;
    type_ = attributes["t"];
    style_ = WholeNumber(attributes["s"]).value_or(0);
    value_.clear();
    has_formula_ = has_value_ = false;
    if (attributes["r"].empty()) return;
    const std::optional<Place> place = PlaceOf(attributes["r"]);
    if (!place || place->row != row_number_) {
      status_ = absl::InvalidArgumentError("a cell says that it is where no cell can be");
      return;
    }
    column_ = place->column;
  }

  WorkbookCell CellOf() const {
    if (type_ == "s") {
      const auto index = WholeNumber(value_);
      if (index && *index < parts_.texts.size()) return {.text = parts_.texts[*index]};
      return {.text = "", .fault = CellFault::kErrorValue};  // a text that is not there
    }
    // The result of a formula may be an empty text, never an empty number.
    const bool is_text = type_ == "inlineStr" || type_ == "str";
    if (has_formula_ && (is_text ? !has_value_ : value_.empty())) {
      return {.text = "", .fault = CellFault::kNotCalculated};
    }
    if (is_text) return {.text = Unescaped(value_)};
    if (type_ == "e") return {.text = value_, .fault = CellFault::kErrorValue};
    if (type_ == "b") return {.text = value_ == "1" || value_ == "true" ? "yes" : "no"};
    if (type_ == "d") return {.text = value_, .fault = CellFault::kNone, .is_date = true};
    if (value_.empty()) return {};
    const std::optional<double> number = NumberOf(value_);
    if (!number) return {.text = value_, .fault = CellFault::kErrorValue};
    std::string_view code = "General";
    if (style_ < parts_.format_codes.size()) code = parts_.format_codes[style_];
    return NumberCell(*number, FormatOf(code, *number), parts_.days_from_1904);
  }

  void EndCell() {
    in_cell_ = false;
    WorkbookCell cell = CellOf();
    NormaliseSpaces(cell.text);
    const std::uint32_t column = column_++;
    if (cell.text.empty() && cell.fault == CellFault::kNone) return;
    if (column >= kColumnsMax) {
      status_ = absl::InvalidArgumentError("a row has more cells than a sheet has columns");
      return;
    }
    Put(row_, column, std::move(cell));
  }

  // Counts first what it takes: a row is as long as its last cell.
  void Put(WorkbookRow& row, std::uint32_t column, WorkbookCell cell) {
    const std::size_t more = row.cells.size() > column ? 0 : column + 1 - row.cells.size();
    if (more > left_.cells || cell.text.size() > left_.text_bytes) {
      status_ = TooLarge("the workbook has more cells, or more text in them, than can be read");
      return;
    }
    left_.cells -= more;
    left_.text_bytes -= cell.text.size();
    if (more > 0) row.cells.resize(column + 1);
    row.cells[column] = std::move(cell);
  }

  void EndRow() {
    if (row_.cells.empty()) return;
    sheet_.rows.push_back(std::move(row_));
    row_ = {};
  }

  void Merge(std::string_view range) {
    const std::size_t colon = range.find(':');
    if (colon == std::string_view::npos) return;
    const std::optional<Place> first = PlaceOf(range.substr(0, colon));
    const std::optional<Place> last = PlaceOf(range.substr(colon + 1));
    if (first && last && last->column > first->column) {
      sheet_.merged.push_back({first->row, last->row, first->column, last->column});
    }
    if (first && last && last->row > first->row) merged_.push_back({*first, last->row});
  }

  // In the order of the sheet, where a program wrote them otherwise.
  void SortRows() {
    std::stable_sort(sheet_.rows.begin(), sheet_.rows.end(),
                     [](const auto& a, const auto& b) { return a.number < b.number; });
  }

  // A value over several rows counts for each of them that holds anything.
  void FillMerged() {
    const auto at = [this](std::uint32_t number) {
      return std::lower_bound(
          sheet_.rows.begin(), sheet_.rows.end(), number,
          [](const WorkbookRow& row, std::uint32_t n) { return row.number < n; });
    };
    for (const MergedRange& range : merged_) {
      const auto top = at(range.first.row);
      if (top == sheet_.rows.end() || top->number != range.first.row ||
          top->cells.size() <= range.first.column) {
        continue;
      }
      const WorkbookCell value = top->cells[range.first.column];
      for (auto row = top + 1; row != sheet_.rows.end() && row->number <= range.last_row; ++row) {
        Put(*row, range.first.column, value);
        // Ranges may overlap, so that their number bounds no work.
        if (!status_.ok() || ++sheet_.filled_cells > left_.cells) break;
      }
      if (sheet_.filled_cells > left_.cells) status_ = TooLarge("too many merged cells");
      if (!status_.ok()) return;
    }
  }

  const WorkbookParts& parts_;
  WorkbookLimits& left_;
  WorkbookSheet& sheet_;
  absl::Status status_;
  WorkbookRow row_;
  std::uint32_t row_number_ = 0;
  std::uint32_t column_ = 0;
  std::string type_;
  std::size_t style_ = 0;
  std::string value_;
  bool in_cell_ = false;
  bool takes_text_ = false;
  bool spoken_ = false;
  bool has_formula_ = false;
  bool has_value_ = false;
  std::vector<MergedRange> merged_;
};

// Of an archive that is no workbook: what it is instead.
absl::Status NotAWorkbook(const ZipArchive& archive, const absl::Status& why) {
  const std::string remedy =
      "Open it, save it as \"Excel workbook (.xlsx)\" or as CSV, and send that.";
  if (archive.Has("xl/workbook.bin")) {
    return BadWorkbook("INVALID_FIELD", "the file is a binary workbook (.xlsb)", remedy);
  }
  if (archive.Has("mimetype") && archive.Has("content.xml")) {
    return BadWorkbook("INVALID_FIELD", "the file is an OpenDocument file (.ods)", remedy);
  }
  if (archive.Has("word/document.xml")) {
    return BadWorkbook("INVALID_FIELD", "the file is a Word document",
                       "Copy the table into a workbook and send that.");
  }
  if (!archive.Has("[Content_Types].xml")) {
    return BadWorkbook("INVALID_FIELD", "the file is a ZIP archive and no workbook",
                       "Unpack it and send the files in it.");
  }
  return BadWorkbook(
      "INVALID_FIELD",
      "the file looks like an XLSX workbook and cannot be read: " + eventstore::Message(why),
      remedy);
}

absl::StatusOr<Workbook> ReadSheets(const ZipArchive& archive, const WorkbookParts& parts,
                                    WorkbookLimits left) {
  Workbook workbook{.days_from_1904 = parts.days_from_1904, .sheets = {}};
  for (const SheetPart& part : parts.sheets) {
    if (part.part.empty()) continue;  // a chart
    WorkbookSheet& sheet = workbook.sheets.emplace_back();
    sheet.name = part.name;
    sheet.hidden = part.hidden;
    SheetReader reader(parts, left, sheet);
    DAYBOOK_RETURN_IF_ERROR(ReadPart(archive, part.part, reader));
  }
  return workbook;
}

}  // namespace

bool IsZip(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

bool IsCompoundFile(std::string_view bytes) {
  return bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
}

absl::Status CompoundFileError(std::string_view bytes) {
  // The name of its stream, in UTF-16.
  static const std::string_view kEncrypted("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
  if (bytes.find(kEncrypted) != std::string_view::npos) {
    return BadWorkbook("INVALID_FIELD", "the workbook asks for a password",
                       "Open it, remove the password (File, Info, Protect Workbook), save it and "
                       "send it again; the connection to Daybook is the place for protection.");
  }
  return BadWorkbook("INVALID_FIELD", "the file is a workbook of Excel 97 to 2003 (.xls)",
                     "Open it in Excel or LibreOffice, save it as \"Excel workbook (.xlsx)\" and "
                     "send that.");
}

absl::StatusOr<Workbook> ReadWorkbook(std::string_view bytes, const WorkbookLimits& limits) {
  if (bytes.size() > limits.bytes) {
    return TooLarge(fmt::format("the workbook is larger than {} MiB", limits.bytes >> 20));
  }
  const absl::StatusOr<ZipArchive> archive = ZipArchive::Open(bytes);
  if (!archive.ok()) {
    return BadWorkbook("INVALID_FIELD",
                       "the file looks like an XLSX workbook and is damaged: " +
                           eventstore::Message(archive.status()),
                       "It may have been cut on its way: send it again, or save it again first.");
  }
  const absl::StatusOr<WorkbookParts> parts = ReadParts(*archive);
  if (!parts.ok()) return NotAWorkbook(*archive, parts.status());
  absl::StatusOr<Workbook> workbook = ReadSheets(*archive, *parts, limits);
  if (!workbook.ok()) {
    if (!eventstore::ErrorReason(workbook.status()).empty()) return workbook.status();
    return NotAWorkbook(*archive, workbook.status());
  }
  if (workbook->sheets.empty()) {
    return BadWorkbook("INVALID_FIELD", "the workbook has no sheet with cells",
                       "Put the table on a sheet and send it again.");
  }
  return workbook;
}

}  // namespace daybook::ingest
