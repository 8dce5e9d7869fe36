#include "projections/reports/harm_index.h"

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/denominators.h"
#include "projections/reports/incident_records.h"
#include "projections/reports/names.h"
#include "projections/reports/period_value.h"
#include "projections/reports/report_error.h"
#include "projections/reports/series.h"
#include "projections/reports/table_builder.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/register_view.h"
#include "projections/views/returned_figures_view.h"

namespace daybook::reports {
namespace {

using measures::events::v1::HarmWeightSet;
using measures::events::v1::MeasureDefined;
using measures::events::v1::ObservationRecorded;

constexpr int kHarmRateDecimals = 2;

// What a source counted of a measure in the two periods.
struct Counted {
  PeriodValue now;
  PeriodValue before;
};
// By source and extract; each by measure.
using Counts = std::map<std::pair<std::string, std::string>, std::map<std::string, Counted>>;

// The weight of each measure on the period's first day.
std::map<std::string, const HarmWeightSet*> WeightsOf(const ReportViews& views,
                                                      const HarmIndexRequest& request) {
  std::map<std::string, const HarmWeightSet*> weights;
  for (const auto& [key, weight] : views.names->weights().rows()) {  // by measure, then first day
    if (weight.index_id() != request.index_id) continue;
    if (weight.from_date() > request.period.start_date()) continue;
    weights[weight.measure_id()] = &weight;
  }
  return weights;
}

class HarmWriter {
 public:
  HarmWriter(const ReportViews& views, const HarmIndexRequest& request,
             const AnswerContext& context)
      : views_(views),
        request_(request),
        context_(context),
        before_(PreviousPeriod(request.period)),
        weights_(WeightsOf(views, request)),
        denominators_(views.returned->series(), request.per, request.period.end_date()),
        table_("harm-index",
               fmt::format("Harm by {}: {}, {}", request.index_id,
                           AreaName(*views.names, request.area_id), PeriodLabel(request.period))) {}

  TablesAnswer Write() {
    table_.Key("measure", "Measure").Key("label", "Type").Key("source", "Source");
    table_.Key("extract", "Extract").Number("count", "Count").Number("weight", "Weight");
    table_.Number("harm", "Harm").Number("share", "% of harm").Number("before", "Harm before");
    table_.Number("change", "Change %").Number("rate", "Harm per 1,000");
    AddReturns();
    AddRecords();
    for (const auto& [source, counted] : counts_) WriteSource(source, counted);
    NoteWeights();
    return FinishTable(std::move(table_), context_, back_loaded_,
                       "No count of this area is held for the period that the index weighs.");
  }

 private:
  void AddReturns() {
    for (const Series& series : SeriesOf(views_.incidents->series())) {
      if (series.area_id != request_.area_id ||
          series.basis != ObservationRecorded::BASIS_IN_PERIOD) {
        continue;
      }
      const MeasureDefined* measure = Defined(series.measure_id);
      if (measure == nullptr || !measure->is_count()) continue;
      Counted counted{ValueOf(*views_.names, series, request_.period), {}};
      if (!counted.now.IsHeld()) continue;
      if (before_) counted.before = ValueOf(*views_.names, series, *before_);
      if (before_ && IsBrokenBetween(*views_.names, series.measure_id, *before_, counted.before,
                                     request_.period, counted.now)) {
        counted.before.exact.reset();
        counted.before.broken = true;
      }
      Take({OrganisationName(*views_.names, series.source_id), series.extract}, series.measure_id,
           std::move(counted));
    }
  }

  // Records are of types; a measure that counts just one type stands for it.
  void AddRecords() {
    const RecordArea area = RecordAreaOf(*views_.names, request_.area_id);
    for (const auto& held_months : HeldMonths(views_)) {
      const RecordSource& source = held_months.first;  // clang 14 captures no structured binding
      const std::set<std::string>& held = held_months.second;
      const auto count = [&](const Period& period) {
        const std::vector<std::string> months = MonthsOf(period);
        return std::pair(CountTypes(*views_.incidents, source, area, months),
                         MissingMonths(months, held));
      };
      const auto [now, missing] = count(request_.period);
      if (missing.size() == MonthsOf(request_.period).size()) continue;
      back_loaded_ += now.back_loaded;
      const auto then = before_ ? std::optional(count(*before_)) : std::nullopt;
      for (const auto& [key, row] : views_.names->measures().rows()) {
        const MeasureDefined& measure = row.definition();
        if (measure.incident_type().empty() || !measure.is_count()) continue;
        Counted counted{now.ValueOf(measure.incident_type(), missing), {}};
        if (then) {
          counted.before = then->first.ValueOf(measure.incident_type(), then->second);
        }
        Take({OrganisationName(*views_.names, source.force_id), source.dataset},
             measure.measure_id(), std::move(counted));
      }
    }
  }

  void Take(const std::pair<std::string, std::string>& source, const std::string& measure_id,
            Counted counted) {
    if (!weights_.contains(measure_id)) {
      unweighed_.insert(MeasureLabel(*views_.names, measure_id));
      return;
    }
    if (counted.now.back_loaded) ++back_loaded_;
    counts_[source][measure_id] = std::move(counted);
  }

  const MeasureDefined* Defined(const std::string& measure_id) const {
    const auto* row = FindMeasure(*views_.names, measure_id);
    return row == nullptr ? nullptr : &row->definition();
  }

  // Sums over a source, unset once one of their parts is.
  struct Total {
    std::optional<Decimal> count = Decimal(0);
    std::optional<Decimal> harm = Decimal(0);
    std::optional<Decimal> before = Decimal(0);
  };

  std::optional<Decimal> HarmOf(const std::string& measure_id, const PeriodValue& value) const {
    if (!value.exact) return std::nullopt;
    return *value.exact * *NumberOf(weights_.at(measure_id)->weight());
  }

  static void AddTo(std::optional<Decimal>& sum, const std::optional<Decimal>& part) {
    sum = sum && part ? std::optional(*sum + *part) : std::nullopt;
  }

  void WriteSource(const std::pair<std::string, std::string>& source,
                   const std::map<std::string, Counted>& counted) {
    Total total;
    for (const auto& [measure_id, counts] : counted) {
      if (Defined(measure_id)->overlaps()) continue;
      AddTo(total.count, counts.now.exact);
      AddTo(total.harm, HarmOf(measure_id, counts.now));
      AddTo(total.before, HarmOf(measure_id, counts.before));
      if (!counts.now.exact) {
        table_.NoteOnce(fmt::format("[x] {}, {}: no total, for {} has no exact count.",
                                    source.first, source.second,
                                    MeasureLabel(*views_.names, measure_id)));
      }
    }
    for (const auto& [measure_id, counts] : counted) {
      const auto harm = HarmOf(measure_id, counts.now);
      const bool overlaps = Defined(measure_id)->overlaps();
      Begin(source, measure_id, MeasureLabel(*views_.names, measure_id));
      table_.CellOr(counts.now.words, marker::kNotAvailable).RestsOn(counts.now.positions);
      table_.Cell(weights_.at(measure_id)->weight());
      Number(harm);
      const bool has_share = harm && total.harm && !overlaps;
      table_.CellOr(has_share ? PercentText(*harm, *total.harm) : "",
                    overlaps ? marker::kNotApplicable : marker::kNotAvailable);
      WriteChange(harm, HarmOf(measure_id, counts.before), counts.before.broken);
      WriteRate(harm);
      if (overlaps) {
        table_.NoteOnce(fmt::format("{} overlaps other types and is in no total.",
                                    MeasureLabel(*views_.names, measure_id)));
      }
    }
    Begin(source, "", "All that is weighed");
    Number(total.count);
    table_.CellOr("", marker::kNotApplicable);
    Number(total.harm);
    table_.CellOr(total.harm ? PercentText(*total.harm, *total.harm) : "", marker::kNotAvailable);
    WriteChange(total.harm, total.before, false);
    WriteRate(total.harm);
  }

  void Begin(const std::pair<std::string, std::string>& source, const std::string& measure_id,
             const std::string& label) {
    table_.Row().Cell(measure_id).Cell(label).Cell(source.first).Cell(source.second);
  }

  void Number(const std::optional<Decimal>& number) {
    table_.CellOr(number ? number->ToString() : "", marker::kNotAvailable);
  }

  void WriteChange(const std::optional<Decimal>& now, const std::optional<Decimal>& before,
                   bool broken) {
    if (broken) {
      table_.CellOr("", marker::kBreak).CellOr("", marker::kBreak);
      table_.NoteOnce("[b] a declared break or another definition lies between the two periods.");
      return;
    }
    Number(before);
    if (!now || !before) {
      table_.CellOr("", marker::kNotAvailable);
    } else {
      table_.CellOr(ChangePercentText(*before, *now), marker::kNotApplicable);
    }
  }

  void WriteRate(const std::optional<Decimal>& harm) {
    const Denominator* denominator = denominators_.Of(request_.area_id);
    if (denominator == nullptr) {
      table_.CellOr("", marker::kNotAvailable);
      table_.NoteOnce(fmt::format(
          "[x] no rate: no figure of {} of this area is held with a reference date up to {}. Send "
          "one with basis at-date.",
          request_.per, request_.period.end_date()));
      return;
    }
    if (!harm) {
      table_.CellOr("", marker::kNotAvailable);
      return;
    }
    const auto rate = values::Ratio::Of(*harm * Decimal(1000), denominator->value);
    table_.CellOr(rate ? rate->RoundHalfUp(kHarmRateDecimals).ToString() : "",
                  marker::kNotAvailable);
  }

  void NoteWeights() {
    std::set<std::string> sources;
    for (const auto& [measure_id, weight] : weights_) sources.insert(weight->source());
    table_.Note(fmt::format("Weights: {}. Harm is count times weight.", fmt::join(sources, "; ")));
    if (!unweighed_.empty()) {
      table_.Note(
          fmt::format("Held and not weighed by this index: {}.", fmt::join(unweighed_, ", ")));
    }
  }

  const ReportViews& views_;
  const HarmIndexRequest& request_;
  const AnswerContext& context_;
  const std::optional<Period> before_;
  const std::map<std::string, const HarmWeightSet*> weights_;  // by measure
  const Denominators denominators_;
  TableBuilder table_;
  Counts counts_;
  std::set<std::string> unweighed_;
  std::uint64_t back_loaded_ = 0;
};

}  // namespace

absl::StatusOr<TablesAnswer> HarmIndex(const ReportViews& views, const HarmIndexRequest& request,
                                       const AnswerContext& asked) {
  if (FindArea(*views.names, request.area_id) == nullptr) {
    return NotFound("area", "area", "UNKNOWN_AREA");
  }
  if (WeightsOf(views, request).empty()) return NotFound("index", "index of harm", "UNKNOWN_INDEX");
  const AnswerContext context = ContextOfView(asked, views.incident_counts);
  return HarmWriter(views, request, context).Write();
}

}  // namespace daybook::reports
