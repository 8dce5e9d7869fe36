// What the rows, columns and cells of a printed table are: told by its sender in answers, or plain
// from what stands in it. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/ingest/dataset_spec.h"
#include "services/ingest/printed_table.h"
#include "services/ingest/question.h"

namespace daybook::ingest {

enum class Meaning : std::uint8_t {
  kFigures,        // of what its label names
  kTotal,          // checked and not stored
  kStoredTotal,    // checked, and stored as the figure that is not broken down by its labels
  kChange,         // the difference of two others
  kChangePercent,  // likewise, in percent of the first
  kShare,          // percentage of a total
  kRank,
  kRate,     // by inhabitants or the like: what it is computed from does not stand in the table
  kIgnored,  // as its sender said
};

// A row or a column.
struct Slot {
  std::size_t at = 0;         // the line, or the column of the sheet
  std::string label;          // as printed: "Existing / Female"
  std::string question = {};  // which answer says what it is
  Meaning meaning = Meaning::kFigures;
  bool is_told = false;       // by an answer; else its words say it, and its figures have to agree
  std::string group = {};     // of a column: what stands above it
  bool begins_group = false;  // it stands above this very column
  // Columns of the dataset that it fills, and the label that each comes from.
  std::map<std::string, std::string> cells = {};
  std::map<std::string, std::string> labels = {};
  std::string figure = {};  // column of the dataset for its figures; empty: the table's
};

struct Layout {
  std::vector<Slot> rows;
  std::vector<Slot> columns;
  bool rows_are_periods = false;
  bool columns_are_periods = false;
  std::map<std::string, std::string> constants;  // what holds for all figures, by column
  std::string figure;                            // column of the dataset for the figures
};

// What is known of a table beside its cells.
struct TableContext {
  std::string name;                 // of the file, without its ending
  std::string agency;               // who sends it
  std::vector<std::string> titles;  // lines above it, and the name of its sheet
};

// Settles the label column of the table, then its layout, computed rows and columns included; what
// is neither answered nor plain is asked. nullopt while a question is open that the layout needs.
std::optional<Layout> LayoutOf(const Lines& lines, const PrintedTable& table,
                               const DatasetSpec& dataset, const TableContext& context,
                               Inquiry& inquiry, std::vector<std::string>& notes);

}  // namespace daybook::ingest
