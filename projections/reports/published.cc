#include "projections/reports/published.h"

#include "projections/reports/figure.h"
#include "projections/reports/plan_reading.h"
#include "projections/views/row_key.h"

namespace daybook::reports {
namespace {

using views::v1::FigureRow;

// "-1620" -> "1,620 fewer".
std::string ChangeWord(std::string_view number, std::string_view unit) {
  const bool fewer = number.starts_with('-');
  if (fewer || number.starts_with('+')) number.remove_prefix(1);
  return Grouped(number) + std::string(unit) + (fewer ? " fewer" : " more");
}

std::string ChangeWords(const types::v1::PrintedChange& change) {
  if (change.absolute().empty()) return ChangeWord(change.percent(), "%");
  std::string words = ChangeWord(change.absolute(), "");
  if (change.percent().empty()) return words;
  std::string_view percent = change.percent();
  if (percent.starts_with('-') || percent.starts_with('+')) percent.remove_prefix(1);
  return words + ", " + std::string(percent) + "%";
}

}  // namespace

std::vector<const FigureRow*> PublishedOn(const views::SeriesBook& book,
                                          std::string_view measure_id, std::string_view area_id,
                                          const types::v1::Period& period) {
  return RowsUnder(book.figures(), views::RowKey({measure_id, area_id, views::PeriodPart(period)}));
}

std::string PrintedWords(const FigureRow& row) {
  const auto& fact = row.fact();
  std::string words;
  if (fact.has_quantity()) {
    Figure figure;
    figure.form = Figure::Form::kNumber;
    figure.number = fact.quantity();
    words = Words(figure);
  } else if (fact.has_percent()) {
    Figure figure;
    figure.form = Figure::Form::kPrintedPercent;
    figure.printed = fact.percent();
    words = Words(figure) + "%";
  } else if (fact.has_change()) {
    words = ChangeWords(fact.change());
  }
  return words;
}

std::string PublishedWords(const FigureRow& row) {
  const auto& fact = row.fact();
  return PrintedWords(row) + " (" + fact.document_id() +
         (fact.section().empty() ? "" : ", " + fact.section()) + ")";
}

}  // namespace daybook::reports
