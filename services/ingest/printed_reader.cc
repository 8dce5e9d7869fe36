#include "services/ingest/printed_reader.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_join.h"
#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "services/ingest/computed_cells.h"
#include "services/ingest/label_meaning.h"
#include "services/ingest/printed_table.h"
#include "services/ingest/written_sign.h"

namespace daybook::ingest {
namespace {

bool IsStored(const Slot& slot) {
  return slot.meaning == Meaning::kFigures || slot.meaning == Meaning::kStoredTotal;
}

// Puts the figures of a layout into rows of the dataset.
class Converter {
 public:
  Converter(const Grid& grid, const Layout& layout, const DatasetSpec& dataset, Inquiry& inquiry)
      : grid_(grid), layout_(layout), dataset_(dataset), inquiry_(inquiry) {}

  Table Convert(std::vector<std::string>& notes) {
    FindHeader();
    for (std::size_t r = 0; r < layout_.rows.size(); ++r) {
      for (std::size_t c = 0; c < layout_.columns.size(); ++c) {
        if (IsStored(layout_.rows[r]) && IsStored(layout_.columns[c])) AddFigure(r, c);
      }
    }
    for (const Disagreement& one : DisagreementsOf(grid_.lines, layout_)) Refuse(one, notes);
    if (empty_ > 0) {
      notes.push_back(fmt::format("{} cells without a figure: not stored", empty_));
    }
    return std::move(table_);
  }

 private:
  // Columns of the dataset that the layout fills, in the dataset's order.
  void FindHeader() {
    std::set<std::string> filled = {layout_.figure};
    const auto add = [&](const std::map<std::string, std::string>& cells) {
      for (const auto& [column, text] : cells) filled.insert(column);
    };
    add(layout_.constants);
    for (const auto* slots : {&layout_.rows, &layout_.columns}) {
      for (const Slot& slot : *slots) {
        if (!IsStored(slot)) continue;
        add(slot.cells);
        if (!slot.figure.empty()) filled.insert(slot.figure);
      }
    }
    for (const ColumnSpec& column : dataset_.columns) {
      if (filled.contains(column.name)) table_.header.push_back(column.name);
    }
  }

  struct Cells {
    std::map<std::string, std::string> texts;
    std::map<std::string, std::string> labels;
    std::string contradiction;  // a column that row and column fill differently
  };

  bool IsList(const std::string& column) const {
    return std::ranges::any_of(dataset_.printed->parts, [&](const PrintedPart& part) {
      return part.is_list && part.column == column;
    });
  }

  // A list takes what it has and the text, any other column the text.
  void Put(const std::string& column, const std::string& text, std::string_view between,
           std::string& cell) const {
    if (IsList(column) && !cell.empty()) {
      cell.append(between).append(text);
    } else {
      cell = text;
    }
  }

  Cells CellsOf(const Slot& row, const Slot& column) const {
    Cells cells{.texts = layout_.constants, .labels = row.labels, .contradiction = {}};
    for (const auto& [name, text] : row.cells) {
      Put(name, text, ";", cells.texts[name]);
    }
    for (const auto& [name, text] : column.cells) {
      std::string& cell = cells.texts[name];
      const bool both = row.cells.contains(name) && !IsList(name);
      if (both && cell != text) cells.contradiction = name;
      Put(name, text, ";", cell);
    }
    for (const auto& [name, label] : column.labels) {
      Put(name, label, ", ", cells.labels[name]);
    }
    return cells;
  }

  // A sign that stands for no figure, as answered.
  bool IsNoFigure(std::string_view text) {
    if (text.empty()) return true;
    const std::string id(SignIn(text));
    if (id.empty() || !inquiry_.HasAnswer(id)) return false;
    const auto choice =
        inquiry_.Given({.id = id, .what = ""}, [](const std::string&) { return ""; });
    return choice && *choice == "none";
  }

  void AddFigure(std::size_t r, std::size_t c) {
    const Slot& row = layout_.rows[r];
    const Slot& column = layout_.columns[c];
    const Line& line = grid_.lines[row.at];
    const std::string_view text = CellAt(line, column.at);
    const auto fault = grid_.faults.find({row.at, column.at});
    if (fault == grid_.faults.end() && IsNoFigure(text)) {
      ++empty_;
      return;
    }
    const Cells cells = CellsOf(row, column);
    const std::string& figure = !column.figure.empty() ? column.figure
                                : !row.figure.empty()  ? row.figure
                                                       : layout_.figure;
    const std::size_t index = RowFor(cells, line.number);
    placed_[{r, c}] = index;
    std::string& cell = table_.rows[index][*IndexOf(table_.header, figure)];
    if (!cell.empty()) {
      table_.AddFinding(index, {.column = kWholeRow,
                                .what = fmt::format("\"{}\" of \"{}\" is a second figure for the "
                                                    "same row",
                                                    column.label, row.label),
                                .remedy = "Keep one of the two, or say what else the labels mean "
                                          "with --answer 'label:…=…'."});
      return;
    }
    cell = text;
    AddFaults(fault, figure, cells, line, index);
  }

  using Fault = std::map<std::pair<std::size_t, std::size_t>, CellFinding>::const_iterator;
  void AddFaults(Fault fault, const std::string& figure, const Cells& cells, const Line& line,
                 std::size_t index) {
    const std::size_t at = *IndexOf(table_.header, figure);
    if (fault != grid_.faults.end()) {
      table_.AddFinding(index, {at, fault->second.what, fault->second.remedy});
    }
    if (!line.fault.empty()) table_.AddFinding(index, {kWholeRow, line.fault, line.remedy});
    if (!cells.contradiction.empty()) {
      table_.AddFinding(index,
                        {.column = *IndexOf(table_.header, cells.contradiction),
                         .what = "row and column say different things of it",
                         .remedy = "Say of one of the two labels what else it means, with --answer "
                                   "'label:…=…'."});
    }
  }

  bool IsRemark(const std::string& column) const {
    return std::ranges::any_of(dataset_.printed->parts, [&](const PrintedPart& part) {
      return part.is_remark && part.column == column;
    });
  }

  // Remarks of another figure of the row.
  void AddRemarks(const Cells& cells, std::size_t row) {
    for (const auto& [column, text] : cells.texts) {
      if (!IsRemark(column)) continue;
      const std::size_t at = *IndexOf(table_.header, column);
      std::string& cell = table_.rows[row][at];
      if (!cell.empty() && cell != text) {
        table_.AddFinding(row, {.column = at,
                                .what = "several columns say different things of it",
                                .remedy = "Say it of one of them."});
      }
      cell = text;
    }
  }

  // That of the same texts, else a new one: the parts of a share come from several columns.
  std::size_t RowFor(const Cells& cells, std::uint32_t line) {
    std::map<std::string, std::string> key = cells.texts;
    std::erase_if(key, [&](const auto& cell) { return IsRemark(cell.first); });
    const auto [it, is_new] = by_texts_.emplace(std::move(key), table_.rows.size());
    if (!is_new) {
      AddRemarks(cells, it->second);
      return it->second;
    }
    std::vector<std::string> row(table_.header.size());
    for (const auto& [column, text] : cells.texts) {
      if (const auto at = IndexOf(table_.header, column)) row[*at] = text;
    }
    table_.rows.push_back(std::move(row));
    table_.lines.push_back(line);
    table_.labels.push_back(cells.labels);
    return it->second;
  }

  // The figures that a wrong total is computed from are refused: one of them may be the wrong one.
  void Refuse(const Disagreement& one, std::vector<std::string>& notes) {
    bool refused = false;
    const auto& computed =
        one.is_column ? layout_.columns[one.computed] : layout_.rows[one.computed];
    for (const std::size_t from : one.from) {
      const auto place = one.is_column ? std::pair(one.at, from) : std::pair(from, one.at);
      const auto it = placed_.find(place);
      if (it == placed_.end()) continue;
      refused = true;
      table_.AddFinding(
          it->second,
          {.column = kWholeRow,
           .what = one.what,
           .remedy = fmt::format("Correct the figure that is wrong, or the computed one. If it is "
                                 "computed otherwise: --answer '{}=ignore'.",
                                 computed.question)});
    }
    if (!refused) notes.push_back(one.what + "; neither is stored");
  }

  const Grid& grid_;
  const Layout& layout_;
  const DatasetSpec& dataset_;
  Inquiry& inquiry_;
  Table table_;
  std::map<std::map<std::string, std::string>, std::size_t> by_texts_;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> placed_;  // row and column: its row
  std::size_t empty_ = 0;
};

void NoteComputed(const std::vector<Slot>& slots, std::string_view what,
                  std::vector<std::string>& notes) {
  for (const Slot& slot : slots) {
    if (slot.meaning == Meaning::kFigures) continue;
    const std::string_view fate = slot.meaning == Meaning::kIgnored       ? ""
                                  : slot.meaning == Meaning::kStoredTotal ? ", checked and stored"
                                                                          : ", checked, not stored";
    notes.push_back(fmt::format("{} \"{}\": {}{}", what, slot.label, WordsOf(slot.meaning), fate));
  }
}

void NoteRest(const Grid& grid, const PrintedTable& table, std::vector<std::string>& notes) {
  for (const std::size_t column : table.word_columns) {
    notes.push_back(fmt::format("column {} holds words or numbers of its own: not stored",
                                ColumnLetters(column)));
  }
  if (table.between.empty()) return;
  std::vector<std::uint32_t> numbers;
  for (const std::size_t line : table.between) numbers.push_back(grid.lines[line].number);
  notes.push_back(fmt::format("lines {} among the rows have no figures: not stored",
                              absl::StrJoin(numbers, ", ")));
}

StatedLine StatedOf(const Line& line) { return {line.number, line.cells}; }

std::vector<std::string> HeadingsOf(const Grid& grid, const PrintedTable& table) {
  std::vector<std::string> headings;
  for (const std::size_t column : table.label_columns) {
    headings.emplace_back(CellAt(grid.lines[table.header], column));
  }
  for (const Heading& heading : table.headings) headings.push_back(heading.Text());
  return headings;
}

}  // namespace

const DatasetSpec* PrintedDataset(DatasetSpecs datasets) {
  const auto found = std::ranges::find_if(
      datasets, [](const DatasetSpec& dataset) { return dataset.printed.has_value(); });
  return found == datasets.end() ? nullptr : &*found;
}

absl::StatusOr<std::optional<FoundTable>> ReadPrintedTable(const Grid& grid,
                                                           const DatasetSpec& dataset,
                                                           TableContext context, Inquiry& inquiry) {
  const auto table = FindPrintedTable(grid.lines);
  if (!table) return std::optional<FoundTable>();
  if (table->second_header) {
    return eventstore::MakeError(
        absl::StatusCode::kInvalidArgument,
        fmt::format("line {} looks like the header of another table below the first",
                    grid.lines[*table->second_header].number),
        {.reason = "INVALID_FIELD",
         .remedy = "Put each table on a sheet, or into a file, of its own.",
         .fields = {},
         .metadata = {}});
  }
  FoundTable found;
  found.dataset = &dataset;
  found.is_printed = true;
  for (std::size_t i = 0; i < table->first_header; ++i) {
    found.above.push_back(StatedOf(grid.lines[i]));
    context.titles.push_back(found.above.back().Text());
  }
  for (std::size_t i = table->end; i < grid.lines.size(); ++i) {
    found.below.push_back(StatedOf(grid.lines[i]));
  }
  found.headings = HeadingsOf(grid, *table);
  for (const std::size_t row : table->rows) {
    found.row_labels.emplace_back(CellAt(grid.lines[row], table->label_columns.front()));
  }
  const auto layout = LayoutOf(grid.lines, *table, dataset, context, inquiry, found.notes);
  if (!layout) return std::optional(std::move(found));
  NoteComputed(layout->columns, "column", found.notes);
  NoteComputed(layout->rows, "row", found.notes);
  NoteRest(grid, *table, found.notes);
  found.table = Converter(grid, *layout, dataset, inquiry).Convert(found.notes);
  return std::optional(std::move(found));
}

}  // namespace daybook::ingest
