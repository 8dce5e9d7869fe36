#include "services/cli/output/html_page.h"

#include <string_view>

#include "fmt/format.h"
#include "services/cli/output/markers.h"

namespace daybook::cli {
namespace {

// Type sizes, spacing and colours of the GOV.UK table component.
constexpr std::string_view kStyle = R"(
body { font-family: Arial, sans-serif; color: #0b0c0c; margin: 30px; line-height: 1.3; }
table { border-collapse: collapse; width: 100%; margin-bottom: 15px; }
caption { font-weight: bold; font-size: 1.25rem; text-align: left; padding-bottom: 10px; }
th, td { padding: 8px 16px 8px 0; border-bottom: 1px solid #b1b4b6; text-align: left;
  vertical-align: top; }
thead th { border-bottom: 2px solid #0b0c0c; vertical-align: bottom; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
section { margin-bottom: 40px; }
.notes, .truth { font-size: 0.875rem; }
.truth { color: #505a5f; }
@media print { body { margin: 0; font-size: 10pt; } thead { display: table-header-group; }
  tr { break-inside: avoid; } section { break-after: page; } section:last-of-type {
  break-after: auto; } }
)";

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// The numbers of its notes as links to them.
std::string CellHtml(const reports::v1::Cell& cell, int table) {
  std::string html = Escaped(cell.text());
  if (!cell.marker().empty()) {
    html += fmt::format("{}<abbr title=\"{}\">[{}]</abbr>", html.empty() ? "" : " ",
                        Escaped(MarkerWords(cell.marker())), Escaped(cell.marker()));
  }
  for (const auto note : cell.notes()) {
    html += fmt::format(" <a href=\"#note-{}-{}\">({})</a>", table, note, note);
  }
  return html;
}

int HeadingColumn(const reports::v1::Table& table) {
  for (int c = 0; c < table.columns_size(); ++c) {
    if (!table.columns(c).numeric()) return c;
  }
  return -1;
}

void WriteRows(const reports::v1::Table& table, int number, std::string& out) {
  const int heading = HeadingColumn(table);
  out += "<tbody>\n";
  for (const auto& row : table.rows()) {
    out += "<tr>";
    for (int c = 0; c < table.columns_size(); ++c) {
      const std::string html = c < row.cells_size() ? CellHtml(row.cells(c), number) : "";
      const bool numeric = table.columns(c).numeric();
      if (c == heading) {
        out += fmt::format("<th scope=\"row\">{}</th>", html);
      } else {
        out += fmt::format("<td{}>{}</td>", numeric ? " class=\"number\"" : "", html);
      }
    }
    out += "</tr>\n";
  }
  out += "</tbody>\n";
}

void WriteNotes(const reports::v1::Table& table, int number, std::string& out) {
  if (table.notes_size() > 0) {
    out += "<ol class=\"notes\">\n";
    for (int n = 0; n < table.notes_size(); ++n) {
      out += fmt::format("<li id=\"note-{}-{}\">{}</li>\n", number, n + 1, Escaped(table.notes(n)));
    }
    out += "</ol>\n";
  }
  if (const std::string legend = MarkerLegend(table); !legend.empty()) {
    out += fmt::format("<p class=\"notes\">{}</p>\n", Escaped(legend));
  }
}

void WriteTable(const reports::v1::Table& table, int number, std::string& out) {
  out +=
      fmt::format("<section>\n<table>\n<caption>{}</caption>\n<thead><tr>", Escaped(table.title()));
  for (const auto& column : table.columns()) {
    out += fmt::format("<th scope=\"col\"{}>{}</th>", column.numeric() ? " class=\"number\"" : "",
                       Escaped(column.title()));
  }
  out += "</tr></thead>\n";
  WriteRows(table, number, out);
  out += "</table>\n";
  if (table.rows().empty()) out += "<p>No rows.</p>\n";
  WriteNotes(table, number, out);
  out += "</section>\n";
}

}  // namespace

std::string ToHtml(const reports::v1::RenderReportResponse& response) {
  const std::string title = response.tables().empty() ? "Report" : response.tables(0).title();
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n",
      Escaped(title), kStyle);
  for (int t = 0; t < response.tables_size(); ++t) WriteTable(response.tables(t), t + 1, out);
  out += fmt::format("<p class=\"truth\">{}</p>\n</main>\n</body>\n</html>\n",
                     Escaped(TruthWords(response)));
  return out;
}

}  // namespace daybook::cli
