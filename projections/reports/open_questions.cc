#include "projections/reports/open_questions.h"

#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/dates.h"
#include "projections/reports/figure.h"
#include "projections/reports/names.h"
#include "projections/reports/report_error.h"
#include "projections/reports/table_builder.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/referral_trend_view.h"
#include "projections/views/register_view.h"
#include "projections/views/returned_figures_view.h"
#include "projections/views/row_key.h"

namespace daybook::reports {
namespace {

using measures::events::v1::ObservationRecorded;

std::string QuestionWords(std::string_view reason) {
  if (reason == "FAR_FROM_LAST") return "more than half off the last figure";
  if (reason == "OUTSIDE_LIMITS") return "outside the usual variation of its series";
  if (reason == "TOTAL_NOT_SUM") return "a total that is not the sum of its parts";
  return std::string(reason);
}

std::string CategoryWords(const views::RegisterView& names, const ObservationRecorded& fact) {
  std::vector<std::string> words;
  for (const auto& value : fact.dimensions()) {
    std::string label = value.category_id();
    const auto* dimension = names.dimensions().Find(views::RowKey({value.dimension_id()}));
    if (dimension != nullptr) {
      for (const auto& category : dimension->categories()) {
        if (category.category_id() == value.category_id()) label = category.label();
      }
    }
    words.push_back(std::move(label));
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace

absl::StatusOr<TablesAnswer> OpenQuestions(const ReportViews& views,
                                           const OpenQuestionsRequest& request,
                                           const AnswerContext& context) {
  if (!request.area_id.empty() && FindArea(*views.names, request.area_id) == nullptr) {
    return NotFound("area", "area", "UNKNOWN_AREA");
  }
  TableBuilder table("open-questions", "Figures that somebody should confirm");
  table.Key("source", "Source").Key("measure", "Measure").Key("area", "Area");
  table.Key("extract", "Extract").Key("period", "Period").Key("category", "Category");
  table.Text("figure", "Figure").Key("question", "Question").Aside("known", "Known on");
  table.AsideNumber("position", "Position");
  std::uint64_t back_loaded = 0;
  const auto write = [&](const views::v1::ObservationRow& row) {
    const ObservationRecorded& fact = row.fact();
    if (!request.area_id.empty() && fact.area_id() != request.area_id) return;
    if (!request.source_id.empty() && fact.source_id() != request.source_id) return;
    for (const std::string& question : fact.questions()) {
      table.Row().Cell(OrganisationName(*views.names, fact.source_id()));
      table.Cell(MeasureLabel(*views.names, fact.measure_id()));
      table.Cell(AreaName(*views.names, fact.area_id())).Cell(fact.extract());
      table.Cell(PeriodLabel(fact.period())).Cell(CategoryWords(*views.names, fact));
      table.Cell(Words(FigureOf(fact))).Cell(QuestionWords(question));
      table.Cell(IsoDay({row.origin().known_day()})).Cell(row.origin().position());
      if (row.origin().back_loaded()) ++back_loaded;
    }
  };
  for (const views::SeriesBook* book :
       {&views.incidents->series(), &views.referrals->series(), &views.returned->series()}) {
    for (const auto* rows : {&book->observations(), &book->cells()}) {
      for (const auto& [key, row] : rows->rows()) write(row);
    }
  }
  const bool nothing = table.rows() == 0;
  table.Note(nothing ? "Nothing is open."
                     : "A question is answered by sending the figure again with the reason why it "
                       "is so (column reason), or the right one.");
  TablesAnswer answer;
  answer.tables.push_back(table.Take());
  AddKnownNotes(context, nothing, back_loaded, answer.tables[0].mutable_notes());
  answer.truth = TruthOf(context, back_loaded);
  return answer;
}

}  // namespace daybook::reports
