#include "projections/reports/figure_relation.h"

#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "projections/reports/figure.h"
#include "projections/reports/names.h"
#include "projections/reports/report_error.h"
#include "projections/reports/series.h"
#include "projections/reports/table_builder.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/plan_performance_view.h"
#include "projections/views/referral_trend_view.h"
#include "projections/views/returned_figures_view.h"

namespace daybook::reports {
namespace {

using values::Ratio;

// Where two figures meet: the same period, source and extract, or the same update.
struct Place {
  std::string end;
  std::string start;
  std::string source_id;
  std::string where;  // area, or plan and action
  std::string extract;
  friend auto operator<=>(const Place&, const Place&) = default;
};

struct Pair {
  Period period;
  std::optional<Figure> of;
  std::optional<Figure> per;
  std::string of_unit;
  std::string per_unit;
  std::vector<std::uint64_t> positions;
};

// A number as far as one can reckon with it, and whether it is the number itself.
struct Reckoned {
  Decimal number;
  bool exact = true;
};

std::optional<Reckoned> Reckon(const Figure& figure) {
  if (const auto exact = ExactNumber(figure)) return Reckoned{*exact, true};
  if (figure.form == Figure::Form::kShare) {
    const auto part = NumberOf(figure.share.numerator());
    return part ? std::optional(Reckoned{*part, true}) : std::nullopt;
  }
  if (figure.form != Figure::Form::kNumber || !figure.number.upper().empty()) return std::nullopt;
  if (figure.number.absence() != types::v1::Quantity::ABSENCE_UNSPECIFIED) return std::nullopt;
  const auto about = NumberOf(figure.number.value());
  return about ? std::optional(Reckoned{*about, false}) : std::nullopt;
}

// Half of what the last printed digit of a percentage stands for.
Decimal HalfStep(const Decimal& percent) {
  return Decimal::FromUnscaled(5, percent.decimals() + 1);
}

std::string Quotient(const Decimal& part, const Decimal& whole, int decimals) {
  const auto ratio = Ratio::Of(part, whole);
  return ratio ? ratio->RoundHalfUp(decimals).ToString() : "";
}

// The largest whole number not above the quotient; `whole` is above 0.
Decimal Floor(const Decimal& part, const Decimal& whole) {
  const Ratio ratio = *Ratio::Of(part, whole);
  const Decimal nearest = ratio.RoundHalfUp(0);
  return ratio < Ratio(nearest) ? nearest - Decimal(1) : nearest;
}

class RelationWriter {
 public:
  RelationWriter(const ReportViews& views, const FigureRelationRequest& request,
                 const AnswerContext& context)
      : views_(views),
        request_(request),
        context_(context),
        table_("figure-relation",
               fmt::format("{} by {}", LabelOf(request.of), LabelOf(request.per))) {}

  // Collects first: the errors come from it.
  absl::StatusOr<TablesAnswer> Write() {
    CollectObservations();
    CollectUpdates();
    for (const auto& [name, parameter] :
         {std::pair(request_.of, "of"), std::pair(request_.per, "per")}) {
      if (!seen_[name]) return NotFound(parameter, "figure", "UNKNOWN_MEASURE");
    }
    Begin();
    for (const auto& [place, pair] : pairs_) {
      if (pair.of && pair.per) WritePair(place, pair);
    }
    const bool nothing = table_.rows() == 0;
    if (nothing && !context_.truth.known_on) {
      table_.Note("No period and source returned both figures.");
    }
    TablesAnswer answer;
    answer.tables.push_back(table_.Take());
    AddKnownNotes(context_, nothing, back_loaded_, answer.tables[0].mutable_notes());
    answer.truth = TruthOf(context_, back_loaded_);
    return answer;
  }

 private:
  std::string LabelOf(const std::string& name) const {
    return FindMeasure(*views_.names, name) == nullptr ? name : MeasureLabel(*views_.names, name);
  }

  template <class Fact>
  void Take(const std::string& name, const std::string& unit, const Place& place,
            const Period& period, const Fact& fact, const views::v1::Origin& origin) {
    if (name != request_.of && name != request_.per) return;
    seen_[name] = true;
    Pair& pair = pairs_[place];
    pair.period = period;
    (name == request_.of ? pair.of : pair.per) = FigureOf(fact);
    (name == request_.of ? pair.of_unit : pair.per_unit) = unit;
    pair.positions.push_back(origin.position());
    if (origin.back_loaded()) ++back_loaded_;
  }

  void CollectObservations() {
    for (const views::SeriesBook* book :
         {&views_.incidents->series(), &views_.referrals->series(), &views_.returned->series()}) {
      for (const auto& [key, row] : book->observations().rows()) {
        const auto& fact = row.fact();
        if (!request_.area_id.empty() && fact.area_id() != request_.area_id) continue;
        if (IsPlanned(fact)) continue;
        const views::v1::MeasureRow* measure = FindMeasure(*views_.names, fact.measure_id());
        Take(fact.measure_id(), measure == nullptr ? "" : measure->definition().unit(),
             {fact.period().end_date(), fact.period().start_date(), fact.source_id(),
              AreaName(*views_.names, fact.area_id()), fact.extract()},
             fact.period(), fact, row.origin());
      }
    }
  }

  void CollectUpdates() {
    for (const auto& [key, row] : views_.plans->updates().rows()) {
      const auto& fact = row.fact();
      if (!request_.plan_id.empty() && fact.plan_id() != request_.plan_id) continue;
      for (const auto& measurement : fact.measurements()) {
        // Within one update the figures belong together, whatever their own periods.
        Take(measurement.measure(), measurement.unit(),
             {fact.period().end_date(), fact.period().start_date(), fact.organisation_id(),
              fact.plan_id() + ", " + fact.action_id(), ""},
             fact.period(), measurement, row.origin());
      }
    }
  }

  void Begin() {
    table_.Key("period", "Period").Key("source", "Source").Key("where", "Area or action");
    table_.Key("extract", "Extract").Text("of", LabelOf(request_.of));
    table_.Text("per", LabelOf(request_.per)).Number("ratio", "One by the other");
    table_.Number("difference", "Difference").Number("percent", "%");
    table_.Number("implied", "Implied").Number("from", "From").Number("to", "To");
  }

  void WritePair(const Place& place, const Pair& pair) {
    table_.Row().Cell(PeriodLabel(pair.period));
    table_.Cell(OrganisationName(*views_.names, place.source_id)).Cell(place.where);
    table_.Cell(place.extract).Cell(Words(*pair.of)).RestsOn(pair.positions);
    table_.Cell(Words(*pair.per));
    const bool of_printed = pair.of->form == Figure::Form::kPrintedPercent;
    const bool per_printed = pair.per->form == Figure::Form::kPrintedPercent;
    if (of_printed && per_printed) return WriteNothing(6);
    if (of_printed) return WriteImplied(pair.of->printed, Reckon(*pair.per), /*is_part=*/true);
    if (per_printed) return WriteImplied(pair.per->printed, Reckon(*pair.of), /*is_part=*/false);
    WriteNumbers(Reckon(*pair.of), Reckon(*pair.per), pair.of_unit == pair.per_unit);
  }

  void WriteNothing(int cells) {
    for (int i = 0; i < cells; ++i) table_.CellOr("", marker::kNotAvailable);
  }

  void WriteResult(const std::string& text, bool exact) {
    if (text.empty() || exact) {
      table_.CellOr(text, marker::kNotAvailable);
    } else {
      table_.MarkedCell(text, marker::kEstimated);
    }
  }

  void WriteNumbers(const std::optional<Reckoned>& of, const std::optional<Reckoned>& per,
                    bool one_unit) {
    if (!of || !per) return WriteNothing(6);
    const bool exact = of->exact && per->exact;
    WriteResult(Quotient(of->number, per->number, 2), exact);
    if (one_unit) {
      WriteResult((of->number - per->number).ToString(), exact);
      WriteResult(PercentText(of->number, per->number), exact);
    } else {
      for (int i = 0; i < 2; ++i) table_.CellOr("", marker::kNotApplicable);
      table_.NoteOnce("[z] The two count different things: no difference and no percentage.");
    }
    for (int i = 0; i < 3; ++i) table_.CellOr("", marker::kNotApplicable);
  }

  // The part that a percentage is of a number, or the whole of which a number is that percentage.
  void WriteImplied(const types::v1::PrintedPercent& printed, const std::optional<Reckoned>& number,
                    bool is_part) {
    for (int i = 0; i < 3; ++i) table_.CellOr("", marker::kNotApplicable);
    const auto percent = NumberOf(printed.percent());
    if (!percent || !number || *percent <= Decimal(0)) return WriteNothing(3);
    const bool exact = number->exact && (printed.precision() == types::v1::PRECISION_UNSPECIFIED ||
                                         printed.precision() == types::v1::PRECISION_EXACT);
    if (is_part) {
      WriteParts(*percent, number->number, exact);
    } else {
      WriteWholes(*percent, number->number, exact);
    }
  }

  void WriteParts(const Decimal& percent, const Decimal& whole, bool exact) {
    const Decimal half = HalfStep(percent);
    for (const Decimal& of : {percent, percent - half, percent + half}) {
      WriteResult(Quotient(whole * of, Decimal(100), 1), exact);
    }
  }

  // Counts, so the ends are whole: the smallest and the largest of which the part, rounded half up,
  // is that percentage.
  void WriteWholes(const Decimal& percent, const Decimal& part, bool exact) {
    const Decimal scaled = part * Decimal(100);
    const Decimal low = percent - HalfStep(percent);
    WriteResult(Quotient(scaled, percent, 0), exact);
    WriteResult((Floor(scaled, percent + HalfStep(percent)) + Decimal(1)).ToString(), exact);
    WriteResult(low <= Decimal(0) ? "" : Floor(scaled, low).ToString(), exact);
  }

  const ReportViews& views_;
  const FigureRelationRequest& request_;
  const AnswerContext& context_;
  TableBuilder table_;
  std::map<Place, Pair> pairs_;
  std::map<std::string, bool> seen_;
  std::uint64_t back_loaded_ = 0;
};

}  // namespace

absl::StatusOr<TablesAnswer> FigureRelation(const ReportViews& views,
                                            const FigureRelationRequest& request,
                                            const AnswerContext& context) {
  if (!request.area_id.empty() && FindArea(*views.names, request.area_id) == nullptr) {
    return NotFound("area", "area", "UNKNOWN_AREA");
  }
  if (request.of == request.per) return InvalidParameter("per", "another figure than of");
  return RelationWriter(views, request, context).Write();
}

}  // namespace daybook::reports
