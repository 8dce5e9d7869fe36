#include "projections/reports/released_reports.h"

#include <utility>

#include "fmt/format.h"
#include "projections/reports/table_builder.h"
#include "projections/views/scrutiny_view.h"

namespace daybook::reports {
namespace {

using scrutiny::events::v1::ReportReleased;

std::string AudienceOf(const ReportReleased& released) {
  switch (released.classification()) {
    case ReportReleased::CLASSIFICATION_PUBLIC:
      return released.rounded() ? "public, rounded" : "public";
    case ReportReleased::CLASSIFICATION_EXEMPT:
      return fmt::format("exempt, paragraph {}", released.exempt_paragraph());
    default:
      return "partnership";
  }
}

std::string ParametersOf(const ReportReleased& released) {
  std::string words;
  for (const auto& parameter : released.parameters()) {
    words += fmt::format("{}{}={}", words.empty() ? "" : ", ", parameter.name(), parameter.value());
  }
  return words;
}

}  // namespace

TablesAnswer ReleasedReports(const ReportViews& views, const std::string& document_id,
                             const AnswerContext& context) {
  TableBuilder table("released-reports", "Reports that went into documents");
  table.KeyNumber("position", "Position").Text("released", "Released");
  table.Text("document", "Document").Text("audience", "For").Text("report", "Report");
  table.Text("parameters", "Asked for with").Number("figures", "Figures");
  table.Number("events", "Of so many events").Text("known_on", "As known on");
  std::uint64_t back_loaded = 0;
  for (const auto& [key, row] : views.scrutiny->releases().rows()) {
    const ReportReleased& fact = row.fact();
    if (!document_id.empty() && fact.document_id() != document_id) continue;
    table.Row().Cell(row.origin().position()).Cell(fact.released_date()).Cell(fact.document_id());
    table.Cell(AudienceOf(fact)).Cell(fact.report()).Cell(ParametersOf(fact));
    table.Cell(row.figures()).Cell(fact.recorded_size()).Cell(fact.known_on());
    if (row.origin().back_loaded()) ++back_loaded;
  }
  if (table.rows() > 0) {
    table.Note(
        "A figure's reference is the position, a point and its number: `daybook figure "
        "POSITION.0` lists them.");
  }
  return FinishTable(std::move(table), context, back_loaded, "No report was released.");
}

}  // namespace daybook::reports
