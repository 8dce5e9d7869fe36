#include "projections/reports/released_figures.h"

#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/table_builder.h"

namespace daybook::reports {
namespace {

using ReleasedFigure = ReportReleased::Figure;
using RowLabel = std::vector<std::string>;

// Calls `visit(figure, cell)` for every figure of the report.
template <class Visit>
void ForEachFigure(const RenderedReport& report, const Visit& visit) {
  std::set<std::tuple<int, int, int>> sealed;
  for (const TextCell& text : report.texts) sealed.emplace(text.table, text.row, text.column);
  for (int t = 0; t < report.response.tables_size(); ++t) {
    const v1::Table& table = report.response.tables(t);
    std::map<RowLabel, std::uint32_t> seen;
    for (int r = 0; r < table.rows_size(); ++r) {
      const v1::Row& row = table.rows(r);
      RowLabel name;
      for (int c = 0; c < table.columns_size(); ++c) {
        if (!table.columns(c).names_row()) continue;
        name.push_back(sealed.contains({t, r, c}) ? "" : row.cells(c).text());
      }
      const std::uint32_t nth = seen[name]++;
      for (int c = 0; c < table.columns_size(); ++c) {
        const v1::Cell& cell = row.cells(c);
        if (!table.columns(c).numeric() || table.columns(c).names_row()) continue;
        if (cell.text().empty() && cell.marker().empty()) continue;
        ReleasedFigure figure;
        figure.set_table(table.name());
        for (const std::string& part : name) figure.add_row(part);
        figure.set_nth(nth);
        figure.set_column(table.columns(c).key());
        figure.set_value(cell.text());
        figure.set_marker(cell.marker());
        visit(std::move(figure), cell);
      }
    }
  }
}

bool SamePlace(const ReleasedFigure& a, const ReleasedFigure& b) {
  return a.table() == b.table() && a.column() == b.column() && a.nth() == b.nth() &&
         std::equal(a.row().begin(), a.row().end(), b.row().begin(), b.row().end());
}

std::string Printed(const ReleasedFigure& figure) {
  if (figure.marker().empty()) return figure.value();
  return figure.value().empty() ? fmt::format("[{}]", figure.marker())
                                : fmt::format("{} [{}]", figure.value(), figure.marker());
}

TableBuilder Begin(const ReportReleased& released) {
  TableBuilder table("figure", fmt::format("{} in {}, released on {}", released.report(),
                                           released.document_id(), released.released_date()));
  table.Key("reference", "Reference").Text("table", "Table").Text("row", "Row");
  table.Text("column", "Column").Number("printed", "Printed");
  return table;
}

void WriteFigure(const ReleasedFigure& figure, std::uint64_t position, std::uint32_t number,
                 TableBuilder& table) {
  table.Row().Cell(ReferenceOf(position, number)).Cell(figure.table());
  table.Cell(fmt::format("{}", fmt::join(figure.row(), ", "))).Cell(figure.column());
  table.Cell(Printed(figure));
}

// How the report was asked for.
void NoteOrigin(const ReportReleased& released, TableBuilder& table) {
  std::string asked;
  for (const auto& parameter : released.parameters()) {
    asked += fmt::format("{}{}={}", asked.empty() ? "" : ", ", parameter.name(), parameter.value());
  }
  table.Note(fmt::format("Made from the first {} events{}; {}.", released.recorded_size(),
                         released.known_on().empty() ? "" : ", as known on " + released.known_on(),
                         asked.empty() ? "without parameters" : asked));
  if (released.exempt_paragraph() > 0) {
    table.Note(
        fmt::format("Exempt from publication: Local Government Act 1972, Schedule 12A, Part "
                    "1, paragraph {}.",
                    released.exempt_paragraph()));
  }
}

}  // namespace

std::vector<ReleasedFigure> FiguresOf(const RenderedReport& report) {
  std::vector<ReleasedFigure> figures;
  ForEachFigure(report, [&](ReleasedFigure figure, const v1::Cell&) {
    figures.push_back(std::move(figure));
  });
  return figures;
}

std::string ReferenceOf(std::uint64_t position, std::uint32_t number) {
  return fmt::format("{}.{}", position, number);
}

v1::Table ReleasedFiguresTable(const ReportReleased& released, std::uint64_t position) {
  TableBuilder table = Begin(released);
  for (int i = 0; i < released.figures_size(); ++i) {
    WriteFigure(released.figures(i), position, static_cast<std::uint32_t>(i + 1), table);
  }
  NoteOrigin(released, table);
  return table.Take();
}

FigureAgain ReleasedFigureAgain(const ReportReleased& released, std::uint64_t position,
                                std::uint32_t number, const RenderedReport& again) {
  const ReleasedFigure& printed = released.figures(static_cast<int>(number) - 1);
  std::optional<std::string> now;
  FigureAgain made;
  ForEachFigure(again, [&](const ReleasedFigure& figure, const v1::Cell& cell) {
    if (now || !SamePlace(figure, printed)) return;
    now = Printed(figure);
    made.inputs.assign(cell.positions().begin(), cell.positions().end());
  });
  TableBuilder table = Begin(released);
  table.Number("again", "Made again");
  WriteFigure(printed, position, number, table);
  table.CellOr(now.value_or(""), marker::kNotAvailable);
  if (!now) {
    table.Note(
        "The report made again has no such figure; what was printed stands. Parts of what it "
        "rested on were erased since, or the report is made otherwise today.");
  } else if (*now != Printed(printed)) {
    table.Note(
        fmt::format("The report made again says {}; what was printed stands. Parts of what "
                    "it rested on were erased since, or the report is made otherwise today.",
                    *now));
  }
  NoteOrigin(released, table);
  made.table = table.Take();
  return made;
}

}  // namespace daybook::reports
