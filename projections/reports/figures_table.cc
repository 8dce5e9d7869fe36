#include "projections/reports/figures_table.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/caveats.h"
#include "projections/reports/figure.h"
#include "projections/reports/names.h"
#include "projections/reports/published.h"
#include "projections/reports/report_error.h"
#include "projections/reports/series.h"
#include "projections/reports/table_builder.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/referral_trend_view.h"
#include "projections/views/returned_figures_view.h"

namespace daybook::reports {
namespace {

using measures::events::v1::ObservationRecorded;
using views::v1::FigureRow;
using views::v1::ObservationRow;

std::string_view StageWord(const ObservationRecorded& fact) {
  switch (fact.stage()) {
    case ObservationRecorded::STAGE_BOOKED:
      return "booked";
    case ObservationRecorded::STAGE_PLANNED:
      return "planned";
    default:
      return "";
  }
}

class FiguresWriter {
 public:
  FiguresWriter(const ReportViews& views, const FiguresRequest& request,
                const AnswerContext& context)
      : views_(views), request_(request), context_(context) {}

  TablesAnswer Write() {
    TablesAnswer answer;
    answer.tables.push_back(Returned());
    answer.tables.push_back(Published());
    const bool nothing = answer.tables[0].rows().empty() && answer.tables[1].rows().empty();
    if (nothing && !context_.truth.known_on) answer.tables[0].add_notes("No such figure is held.");
    AddKnownNotes(context_, nothing, back_loaded_, answer.tables[0].mutable_notes());
    answer.truth = TruthOf(context_, back_loaded_);
    return answer;
  }

 private:
  std::array<const views::SeriesBook*, 3> Books() const {
    return {&views_.incidents->series(), &views_.referrals->series(), &views_.returned->series()};
  }

  template <class Fact>
  bool IsWanted(const Fact& fact) const {
    return (request_.measure_id.empty() || fact.measure_id() == request_.measure_id) &&
           (request_.area_id.empty() || fact.area_id() == request_.area_id) &&
           (!request_.within || Contains(*request_.within, fact.period()));
  }

  // Place in tables, then the period.
  template <class Fact>
  auto OrderOf(const Fact& fact, std::string_view source, std::string_view extract) const {
    const views::v1::MeasureRow* measure = FindMeasure(*views_.names, fact.measure_id());
    return std::tuple(measure == nullptr ? UINT32_MAX : measure->definition().sort_order(),
                      fact.measure_id(), fact.area_id(), std::string(source), std::string(extract),
                      fact.period().end_date(), fact.period().start_date());
  }

  // Those that are shown, in order.
  template <class Row, class Order>
  static std::vector<const Row*> Shown(std::vector<const Row*> rows, Order order,
                                       TableBuilder& table) {
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const Row* a, const Row* b) { return order(*a) < order(*b); });
    if (rows.size() > FiguresRequest::kRowsMax) {
      table.Note(fmt::format("{} more figures are not shown; ask for a measure, an area or a time.",
                             rows.size() - FiguresRequest::kRowsMax));
      rows.resize(FiguresRequest::kRowsMax);
    }
    return rows;
  }

  v1::Table Returned() {
    TableBuilder table("figures", "Figures as returned");
    table.Key("measure", "Measure").Key("label", "Label").Key("area", "Area");
    table.Key("source", "Source").Key("extract", "Extract").Key("period", "Period");
    table.Key("basis", "Basis").Text("stage", "Stage").Text("figure", "Figure");
    table.Number("number", "Number").Number("whole", "Of").Number("percent", "%");
    table.Number("printed_percent", "% as printed").Text("caveats", "Caveats");
    table.Aside("known", "Known on")
        .AsideNumber("replaced", "Replaced")
        .AsideNumber("position", "Position");
    std::vector<const ObservationRow*> rows;
    for (const views::SeriesBook* book : Books()) {
      for (const auto& [key, row] : book->observations().rows()) {
        const bool from_source =
            request_.source_id.empty() || row.fact().source_id() == request_.source_id;
        if (from_source && IsWanted(row.fact())) rows.push_back(&row);
      }
    }
    const auto order = [this](const ObservationRow& row) {
      return OrderOf(row.fact(), row.fact().source_id(), row.fact().extract());
    };
    for (const ObservationRow* row : Shown(std::move(rows), order, table))
      WriteReturned(*row, table);
    for (const std::string& code : caveats_) table.Note(CaveatNote(code));
    return table.Take();
  }

  void WriteReturned(const ObservationRow& row, TableBuilder& table) {
    const ObservationRecorded& fact = row.fact();
    const Figure figure = FigureOf(fact);
    table.Row().Cell(fact.measure_id()).Cell(MeasureLabel(*views_.names, fact.measure_id()));
    table.Cell(AreaName(*views_.names, fact.area_id()));
    table.Cell(OrganisationName(*views_.names, fact.source_id())).Cell(fact.extract());
    table.Cell(PeriodLabel(fact.period())).Cell(BasisWord(BasisOf(fact))).Cell(StageWord(fact));
    table.Cell(Words(figure));
    WriteNumbers(figure, row.origin().position(), table);
    caveats_.insert(fact.caveats().begin(), fact.caveats().end());
    table.Cell(fmt::format("{}", fmt::join(fact.caveats(), "; ")));
    table.Cell(IsoDay({row.origin().known_day()}));
    table.Cell(row.replaced()).Cell(row.origin().position());
    if (row.origin().back_loaded()) ++back_loaded_;
  }

  static void WriteNumbers(const Figure& figure, std::uint64_t position, TableBuilder& table) {
    const auto number = ExactNumber(figure);
    switch (figure.form) {
      case Figure::Form::kShare: {
        const auto part = NumberOf(figure.share.numerator());
        const auto whole = NumberOf(figure.share.denominator());
        table.Cell(figure.share.numerator()).RestsOn({position});
        table.Cell(figure.share.denominator()).RestsOn({position});
        table.CellOr(part && whole ? PercentText(*part, *whole) : "", marker::kNotAvailable);
        table.RestsOn({position});
        table.CellOr(figure.share.printed_percent(), marker::kNotApplicable).RestsOn({position});
        return;
      }
      case Figure::Form::kPrintedPercent:  // its parts were not given
        for (int cell = 0; cell < 3; ++cell) table.CellOr("", marker::kNotAvailable);
        table.Cell(figure.printed.percent()).RestsOn({position});
        return;
      default:
        table.CellOr(number ? number->ToString() : "", marker::kNotAvailable);
        table.RestsOn({position});
        for (int cell = 0; cell < 3; ++cell) table.CellOr("", marker::kNotApplicable);
    }
  }

  v1::Table Published() {
    TableBuilder table("figures-published", "Figures as documents printed them");
    table.Key("measure", "Measure").Key("label", "Label").Key("area", "Area");
    table.Key("period", "Period").Key("compared_with", "Against").Text("printed", "As printed");
    table.Key("document", "Document").Key("section", "Section").Aside("published", "Published");
    table.AsideNumber("position", "Position");
    std::vector<const FigureRow*> rows;
    for (const views::SeriesBook* book : Books()) {
      for (const auto& [key, row] : book->figures().rows()) {
        if (IsWanted(row.fact())) rows.push_back(&row);
      }
    }
    const auto order = [this](const FigureRow& row) {
      return OrderOf(row.fact(), row.fact().document_id(), row.fact().section());
    };
    for (const FigureRow* row : Shown(std::move(rows), order, table)) {
      const auto& fact = row->fact();
      table.Row().Cell(fact.measure_id()).Cell(MeasureLabel(*views_.names, fact.measure_id()));
      table.Cell(AreaName(*views_.names, fact.area_id())).Cell(PeriodLabel(fact.period()));
      table.Cell(fact.has_compared_with() ? PeriodLabel(fact.compared_with()) : "");
      table.Cell(PrintedWords(*row)).Cell(fact.document_id()).Cell(fact.section());
      table.Cell(fact.published_date()).Cell(row->origin().position());
      if (row->origin().back_loaded()) ++back_loaded_;
    }
    return table.Take();
  }

  const ReportViews& views_;
  const FiguresRequest& request_;
  const AnswerContext& context_;
  std::set<std::string> caveats_;
  std::uint64_t back_loaded_ = 0;
};

}  // namespace

absl::StatusOr<TablesAnswer> Figures(const ReportViews& views, const FiguresRequest& request,
                                     const AnswerContext& context) {
  if (!request.measure_id.empty() && FindMeasure(*views.names, request.measure_id) == nullptr) {
    return NotFound("measure", "measure", "UNKNOWN_MEASURE");
  }
  if (!request.area_id.empty() && FindArea(*views.names, request.area_id) == nullptr) {
    return NotFound("area", "area", "UNKNOWN_AREA");
  }
  return FiguresWriter(views, request, context).Write();
}

}  // namespace daybook::reports
