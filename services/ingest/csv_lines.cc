#include "services/ingest/csv_lines.h"

#include <csv.h>

#include <algorithm>
#include <string>
#include <utility>

#include "services/ingest/spaces.h"

namespace daybook::ingest {
namespace {

constexpr std::string_view kQuoteRemedy =
    "Write a quotation mark within a cell twice and put the cell between quotation marks, or take "
    "the mark away.";

// Reads one record after another with libcsv, which is given one line of the text at a time.
class Parser {
 public:
  Parser(const DecodedText& text, char delimiter, std::size_t lines_max)
      : text_(text), delimiter_(delimiter), lines_max_(lines_max) {}
  ~Parser() {
    if (is_open_) csv_free(&parser_);
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  absl::StatusOr<Lines> Parse() {
    while (at_ < text_.utf8.size() && lines_.size() < lines_max_) {
      if (!Reset()) return absl::ResourceExhaustedError("out of memory while reading CSV");
      ReadRecord();
    }
    return std::move(lines_);
  }

 private:
  static void OnField(void* data, std::size_t length, void* context) {
    auto* self = static_cast<Parser*>(context);
    self->cells_.emplace_back(data == nullptr ? "" : static_cast<char*>(data),
                              data == nullptr ? 0 : length);
    NormaliseSpaces(self->cells_.back());
  }
  static void OnRecord(int, void* context) { static_cast<Parser*>(context)->ended_ = true; }

  bool Reset() {
    cells_.clear();
    ended_ = false;
    if (is_open_) return true;
    is_open_ = csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) == 0;
    if (is_open_) csv_set_delim(&parser_, static_cast<unsigned char>(delimiter_));
    return is_open_;
  }

  void ReadRecord() {
    const std::size_t begin = at_;
    const std::size_t first = text_line_;
    std::size_t end = at_;
    std::size_t count = 0;
    bool parsed = true;
    while (parsed && !ended_ && end < text_.utf8.size()) {
      const std::string_view line = LineAt(text_.utf8, end);
      parsed =
          csv_parse(&parser_, line.data(), line.size(), OnField, OnRecord, this) == line.size();
      end += line.size();
      ++count;
      // An empty line makes no record, and none is open then.
      if (count == 1 && IsBlank(line)) break;
    }
    bool closes = true;
    if (parsed && end == text_.utf8.size() && !ended_) {
      closes = csv_fini(&parser_, OnField, OnRecord, this) == 0;
    }
    if (!parsed || !closes || (count > 1 && HoldsRows(begin, end))) {
      // What a failed parse holds is taken to no other record.
      csv_free(&parser_);
      is_open_ = false;
      TakeFaulty(begin, count > 1 || !closes
                            ? "a quotation mark opens a cell and does not close it on this line"
                            : "a quotation mark stands where none may");
      return;
    }
    at_ = end;
    text_line_ += count;
    ++number_;
    const auto fault = text_.faults.lower_bound(first);
    const bool has_fault = fault != text_.faults.end() && fault->first < text_line_;
    Add({.number = number_,
         .cells = std::move(cells_),
         .fault = has_fault ? fault->second : "",
         .remedy = has_fault ? std::string(kEncodingRemedy) : ""},
        count == 1);
  }

  static bool IsBlank(std::string_view line) {
    return line.find_first_not_of(" \t\r\n") == std::string_view::npos;
  }

  // Whether each line between looks like a row of the table: the record is then no record but rows
  // between two stray marks.
  bool HoldsRows(std::size_t begin, std::size_t end) const {
    if (width_ < 3) return false;
    while (begin < end) {
      const std::string_view line = LineAt(text_.utf8, begin);
      const auto delimiters = std::count(line.begin(), line.end(), delimiter_);
      if (static_cast<std::size_t>(delimiters) + 1 != width_) return false;
      begin += line.size();
    }
    return true;
  }

  // Only the line where the record begins; the next is read anew.
  void TakeFaulty(std::size_t begin, std::string_view fault) {
    std::string_view line = LineAt(text_.utf8, begin);
    at_ = begin + line.size();
    ++text_line_;
    ++number_;
    line = line.substr(0, line.find_last_not_of("\r\n") + 1);
    Line faulty{.number = number_,
                .cells = {},
                .fault = std::string(fault),
                .remedy = std::string(kQuoteRemedy)};
    for (bool more = true; more;) {
      const std::size_t cut = line.find(delimiter_);
      faulty.cells.push_back(WithoutQuotes(line.substr(0, cut)));
      more = cut != std::string_view::npos;
      if (more) line.remove_prefix(cut + 1);
    }
    Add(std::move(faulty), false);
  }

  // As its sender would see it in a spreadsheet.
  static std::string WithoutQuotes(std::string_view cell) {
    std::string plain(cell);
    NormaliseSpaces(plain);
    const bool quoted = plain.size() > 1 && plain.front() == '"' && plain.back() == '"';
    return quoted ? plain.substr(1, plain.size() - 2) : plain;
  }

  void Add(Line line, bool is_plain) {
    const auto is_empty = [](const std::string& cell) { return cell.empty(); };
    if (std::ranges::all_of(line.cells, is_empty)) return;
    if (is_plain) width_ = line.cells.size();
    lines_.push_back(std::move(line));
  }

  const DecodedText& text_;
  const char delimiter_;
  const std::size_t lines_max_;
  csv_parser parser_ = {};
  bool is_open_ = false;
  bool ended_ = false;              // the record that is being read
  std::vector<std::string> cells_;  // of it
  Lines lines_;
  std::size_t at_ = 0;         // in the text
  std::size_t text_line_ = 0;  // lines of the text before `at_`
  std::uint32_t number_ = 0;   // records and empty lines before it
  std::size_t width_ = 0;      // of the last record that was one line
};

}  // namespace

absl::StatusOr<Lines> ParseCsv(const DecodedText& text, char delimiter, std::size_t lines_max) {
  return Parser(text, delimiter, lines_max).Parse();
}

}  // namespace daybook::ingest
