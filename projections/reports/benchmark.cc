#include "projections/reports/benchmark.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/denominators.h"
#include "projections/reports/names.h"
#include "projections/reports/period_value.h"
#include "projections/reports/report_error.h"
#include "projections/reports/series.h"
#include "projections/reports/table_builder.h"
#include "projections/stats/stats.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/register_view.h"
#include "projections/views/returned_figures_view.h"

namespace daybook::reports {
namespace {

constexpr int kRateDecimals = 2;
constexpr int kRateDecimalsOfAll = 3;

// What one area has in a comparison.
struct Contender {
  std::string area_id;
  PeriodValue value;
  std::optional<Decimal> count;  // of the same definition as the area's
  const Denominator* denominator = nullptr;
  std::optional<values::Ratio> rate;
  std::optional<stats::Place> place;        // by rate
  std::optional<stats::Place> count_place;  // by count
};

// The figures of one measure, source and extract, by area.
struct Comparison {
  std::string measure_id;
  std::string source_id;
  std::string extract;
  std::vector<Contender> areas;
};

std::optional<Decimal> CountOf(const PeriodValue& value) {
  if (!value.exact || !value.exact->IsWhole() || value.exact->IsNegative()) return std::nullopt;
  return value.exact;
}

class BenchmarkWriter {
 public:
  BenchmarkWriter(const ReportViews& views, const BenchmarkRequest& request,
                  std::set<std::string> among, const AnswerContext& context)
      : views_(views),
        request_(request),
        among_(std::move(among)),
        context_(context),
        denominators_(views.returned->series(), request.per, request.period.end_date()) {}

  TablesAnswer Write() {
    std::vector<Comparison> comparisons = Compare();
    TableBuilder own = BeginOwn();
    TableBuilder all = BeginAll();
    for (Comparison& comparison : comparisons) {
      Place(comparison);
      WriteOwn(comparison, own);
      for (const Contender& area : comparison.areas) WriteArea(comparison, area, all);
    }
    WriteNotes(comparisons, own);
    TablesAnswer answer;
    answer.tables.push_back(own.Take());
    answer.tables.push_back(all.Take());
    AddKnownNotes(context_, comparisons.empty(), back_loaded_,
                  answer.tables.front().mutable_notes());
    answer.truth = TruthOf(context_, back_loaded_);
    return answer;
  }

 private:
  // Comparisons in which the area itself has a figure, by the measures' places in tables.
  std::vector<Comparison> Compare() {
    using Key = std::tuple<std::uint32_t, std::string, std::string, std::string>;
    std::map<Key, Comparison> by_key;
    for (const Series& series : SeriesOf(views_.incidents->series())) {
      if (!among_.contains(series.area_id)) continue;
      if (series.basis != measures::events::v1::ObservationRecorded::BASIS_IN_PERIOD) continue;
      if (!request_.measure_id.empty() && series.measure_id != request_.measure_id) continue;
      PeriodValue value = ValueOf(*views_.names, series, request_.period);
      if (!value.IsHeld()) continue;
      const views::v1::MeasureRow* measure = FindMeasure(*views_.names, series.measure_id);
      const std::uint32_t place =
          measure == nullptr ? UINT32_MAX : measure->definition().sort_order();
      Comparison& comparison =
          by_key[Key(place, series.measure_id, series.source_id, series.extract)];
      comparison.measure_id = series.measure_id;
      comparison.source_id = series.source_id;
      comparison.extract = series.extract;
      if (value.back_loaded) ++back_loaded_;
      comparison.areas.push_back({series.area_id, std::move(value), {}, {}, {}, {}, {}});
    }
    std::vector<Comparison> comparisons;
    for (auto& [key, comparison] : by_key) {
      if (OwnOf(comparison) != nullptr) comparisons.push_back(std::move(comparison));
    }
    return comparisons;
  }

  const Contender* OwnOf(const Comparison& comparison) const {
    const auto it =
        std::find_if(comparison.areas.begin(), comparison.areas.end(),
                     [this](const Contender& area) { return area.area_id == request_.area_id; });
    return it == comparison.areas.end() ? nullptr : &*it;
  }

  void Place(Comparison& comparison) const {
    const std::uint32_t version = OwnOf(comparison)->value.version;
    std::vector<std::optional<values::Ratio>> rates;
    std::vector<std::optional<values::Ratio>> counts;
    for (Contender& area : comparison.areas) {
      if (area.value.version == version) area.count = CountOf(area.value);
      area.denominator = denominators_.Of(area.area_id);
      if (area.count && area.denominator != nullptr) {
        area.rate = stats::RatePer1000(*area.count, area.denominator->value);
      }
      rates.push_back(area.rate);
      counts.push_back(area.count ? std::optional(values::Ratio(*area.count)) : std::nullopt);
    }
    const auto by_rate = stats::Rank(rates);
    const auto by_count = stats::Rank(counts);
    const bool alone = std::count_if(counts.begin(), counts.end(),
                                     [](const auto& count) { return count.has_value(); }) < 2;
    for (std::size_t i = 0; i < comparison.areas.size(); ++i) {
      comparison.areas[i].place = by_rate[i];
      if (!alone) comparison.areas[i].count_place = by_count[i];
    }
  }

  std::string Title(std::string_view of) const {
    return fmt::format("Benchmark: {}, {}, per 1,000 of {}", of, PeriodLabel(request_.period),
                       MeasureLabel(*views_.names, request_.per));
  }

  TableBuilder BeginOwn() const {
    TableBuilder table("benchmark", Title(AreaName(*views_.names, request_.area_id)));
    table.Key("measure", "Measure").Key("label", "Type").Key("source", "Source");
    table.Key("extract", "Extract").Number("count", "Count").Number("rate", "Rate");
    table.Number("rank", "Rank").Text("tied", "Tied").Number("of", "Of");
    table.Number("best", "Best rank").Number("worst", "Worst rank");
    table.Number("count_rank", "Rank by count").Text("not_apart", "Not told apart from");
    return table;
  }

  TableBuilder BeginAll() const {
    TableBuilder table("benchmark-areas", Title("every area"));
    table.Key("measure", "Measure").Key("label", "Type").Key("source", "Source");
    table.Key("extract", "Extract").Key("area", "Area").Number("count", "Count");
    table.Number("denominator", "Denominator").Number("rate", "Rate").Number("rank", "Rank");
    table.Number("count_rank", "Rank by count");
    return table;
  }

  TableBuilder& BeginRow(const Comparison& comparison, TableBuilder& table) const {
    table.Row().Cell(comparison.measure_id);
    table.Cell(MeasureLabel(*views_.names, comparison.measure_id));
    table.Cell(OrganisationName(*views_.names, comparison.source_id)).Cell(comparison.extract);
    return table;
  }

  // [b] for another definition than the area's, or a break within the period.
  static void WriteCount(const Contender& area, std::uint32_t version, TableBuilder& table) {
    const bool other = area.value.broken || area.value.version != version;
    table.CellOr(other ? "" : area.value.words, other ? marker::kBreak : marker::kNotAvailable);
    table.RestsOn(area.value.positions);
  }

  static void WriteRate(const Contender& area, int decimals, TableBuilder& table) {
    table.CellOr(area.rate ? area.rate->RoundHalfUp(decimals).ToString() : "",
                 marker::kNotAvailable);
  }

  static void WritePlace(const std::optional<stats::Place>& place, TableBuilder& table) {
    table.CellOr(place ? std::to_string(place->rank) : "", marker::kNotAvailable);
  }

  void WriteOwn(const Comparison& comparison, TableBuilder& table) {
    const Contender& own = *OwnOf(comparison);
    BeginRow(comparison, table);
    WriteCount(own, own.value.version, table);
    WriteRate(own, kRateDecimals, table);
    std::vector<const Contender*> rated;
    for (const Contender& area : comparison.areas) {
      if (area.rate) rated.push_back(&area);
    }
    if (!own.rate || rated.size() < 2) {
      has_lonely_ |= own.rate.has_value() || (own.count && !own.count_place);
      for (int cell = 0; cell < 5; ++cell) table.CellOr("", marker::kNotAvailable);
    } else {
      WriteRanks(own, rated, table);
    }
    WritePlace(own.count_place, table);
    table.Cell(own.rate ? fmt::format("{}", fmt::join(NotToldApart(own, rated), "; ")) : "");
  }

  static void WriteRanks(const Contender& own, const std::vector<const Contender*>& rated,
                         TableBuilder& table) {
    std::vector<stats::CountAmong> rates;
    std::size_t index = 0;
    for (const Contender* area : rated) {
      if (area == &own) index = rates.size();
      rates.push_back({*area->count, area->denominator->value});
    }
    const stats::PlaceRange range = stats::PlaceRanges(rates)[index];
    WritePlace(own.place, table);
    table.Cell(own.place->tied ? "yes" : "").Cell(rated.size());
    table.Cell(std::to_string(range.best)).Cell(std::to_string(range.worst));
  }

  std::vector<std::string> NotToldApart(const Contender& own,
                                        const std::vector<const Contender*>& rated) const {
    std::vector<std::string> names;
    for (const Contender* area : rated) {
      if (area == &own) continue;
      if (!stats::RatesDiffer({*own.count, own.denominator->value},
                              {*area->count, area->denominator->value})) {
        names.push_back(AreaName(*views_.names, area->area_id));
      }
    }
    return names;
  }

  void WriteArea(const Comparison& comparison, const Contender& area, TableBuilder& table) {
    BeginRow(comparison, table).Cell(AreaName(*views_.names, area.area_id));
    WriteCount(area, OwnOf(comparison)->value.version, table);
    table.CellOr(area.denominator == nullptr ? "" : area.denominator->value.ToString(),
                 marker::kNotAvailable);
    if (area.denominator == nullptr) without_.insert(area.area_id);
    WriteRate(area, kRateDecimalsOfAll, table);
    WritePlace(area.place, table);
    WritePlace(area.count_place, table);
  }

  void WriteNotes(const std::vector<Comparison>& comparisons, TableBuilder& table) const {
    if (comparisons.empty()) {
      if (!context_.truth.known_on) {
        table.Note("No figure of this area is held for the period, nor its months.");
      }
      return;
    }
    table.Note(
        "Rank 1 is the highest rate, before rounding. Best and worst rank: what the noise "
        "of counts leaves open (two-sided, 95%); areas that cannot be told apart may stand "
        "in either order.");
    if (has_lonely_) {
      table.Note(
          "[x] A rank wants two areas with figures of the same source and extract; send "
          "those of the others (dataset observations).");
    }
    NoteDenominators(comparisons, table);
  }

  void NoteDenominators(const std::vector<Comparison>& comparisons, TableBuilder& table) const {
    std::map<std::string, std::vector<std::string>> areas_of;  // by provenance
    std::set<std::string> seen;
    for (const Comparison& comparison : comparisons) {
      for (const Contender& area : comparison.areas) {
        if (area.denominator == nullptr || !seen.insert(area.area_id).second) continue;
        areas_of[Provenance(*area.denominator)].push_back(
            fmt::format("{}{} {}", AreaName(*views_.names, area.area_id),
                        area.denominator->is_about ? " about" : "",
                        Grouped(area.denominator->value.ToString())));
      }
    }
    for (const auto& [provenance, areas] : areas_of) {
      table.Note(fmt::format("{}: {}.", provenance, fmt::join(areas, "; ")));
    }
    for (const std::string& area_id : without_) {
      const auto later = denominators_.LaterDateOf(area_id);
      table.Note(fmt::format(
          "[x] {}: no figure of measure {} with a reference date up to {}{}; send one (dataset "
          "observations, basis at-date).",
          AreaName(*views_.names, area_id), request_.per, request_.period.end_date(),
          later ? ", only of " + *later : ""));
    }
  }

  std::string Provenance(const Denominator& denominator) const {
    return fmt::format("{} of {}, {}{}", MeasureLabel(*views_.names, request_.per),
                       denominator.period.end_date(),
                       OrganisationName(*views_.names, denominator.source_id),
                       denominator.extract.empty() ? "" : ", " + denominator.extract);
  }

  const ReportViews& views_;
  const BenchmarkRequest& request_;
  const std::set<std::string> among_;
  const AnswerContext& context_;
  const Denominators denominators_;
  std::set<std::string> without_;
  bool has_lonely_ = false;
  std::uint64_t back_loaded_ = 0;
};

// Those asked for, or every area of the kind.
absl::StatusOr<std::set<std::string>> AreasOf(const views::RegisterView& names,
                                              const BenchmarkRequest& request,
                                              const views::v1::AreaRow& own) {
  std::set<std::string> areas(request.among.begin(), request.among.end());
  for (const std::string& area_id : areas) {
    if (FindArea(names, area_id) == nullptr) return NotFound("among", "area", "UNKNOWN_AREA");
  }
  if (areas.empty()) {
    for (const auto& [key, row] : names.areas().rows()) {
      if (row.kind() == own.kind()) areas.insert(row.area_id());
    }
  }
  areas.insert(request.area_id);
  if (areas.size() < 2) {
    return InvalidParameter("among", "a list with another area (a rank over one says nothing)");
  }
  return areas;
}

}  // namespace

absl::StatusOr<TablesAnswer> Benchmark(const ReportViews& views, const BenchmarkRequest& request,
                                       const AnswerContext& asked) {
  if (request.area_id.empty()) return MissingParameter("area");
  const views::v1::AreaRow* own = FindArea(*views.names, request.area_id);
  if (own == nullptr) return NotFound("area", "area", "UNKNOWN_AREA");
  if (!IsValidPeriod(request.period)) return InvalidParameter("period", "a period");
  for (const auto& [name, measure_id] :
       {std::pair("measure", request.measure_id), std::pair("per", request.per)}) {
    if (!measure_id.empty() && FindMeasure(*views.names, measure_id) == nullptr) {
      return NotFound(name, "measure", "UNKNOWN_MEASURE");
    }
  }
  DAYBOOK_ASSIGN_OR_RETURN(std::set<std::string> among, AreasOf(*views.names, request, *own));
  const AnswerContext context = ContextOfView(asked, views.incident_counts);
  return BenchmarkWriter(views, request, std::move(among), context).Write();
}

}  // namespace daybook::reports
