#include "services/measures/domain/plausibility.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "proto/values/decimal.h"
#include "proto/values/quantity.h"
#include "proto/values/xmr_limits.h"

namespace daybook::measures {

namespace ev = events::v1;
using commands::Problems;
using values::Decimal;
using Observation = ev::ObservationRecorded;

namespace {

constexpr std::string_view kRemedy =
    "Correct it, or send it again with the reason why it is so (column reason).";
constexpr std::size_t kFamilyMax = 1'000;

values::Problem Question(std::string_view reason, std::string description) {
  return {.field = "value",
          .reason = std::string(reason),
          .description = std::move(description),
          .remedy = std::string(kRemedy)};
}

bool IsActual(const Observation& event) { return event.stage() == Observation::STAGE_ACTUAL; }

std::optional<Decimal> NumberOf(const Observation& event) {
  if (!IsActual(event)) return std::nullopt;
  if (event.has_share()) return Decimal::Parse(event.share().numerator());
  return event.has_quantity() ? values::ExactNumber(event.quantity()) : std::nullopt;
}

// ------------------------------------------------------------------- totals

// Some dimensions in the measure's order, each with a category or (a total) with none.
struct Place {
  const ev::DimensionDefined* dimension = nullptr;
  std::string category_id;  // empty: not broken down
};

std::vector<Place> PlacesOf(const Observation& event, const MeasureRegister::Measure& measure,
                            const MeasureRegister& dimensions) {
  std::vector<Place> places;
  for (const std::string& dimension_id : measure.defined.dimension_ids()) {
    Place& place = places.emplace_back();
    place.dimension = dimensions.FindDimension(dimension_id);
    for (const ev::DimensionValue& value : event.dimensions()) {
      if (value.dimension_id() == dimension_id) place.category_id = value.category_id();
    }
  }
  return places;
}

std::string KeyOf(const std::vector<Place>& places) {
  google::protobuf::RepeatedPtrField<ev::DimensionValue> values;
  for (const Place& place : places) {
    if (place.category_id.empty()) continue;
    ev::DimensionValue* value = values.Add();
    value->set_dimension_id(place.dimension->dimension_id());
    value->set_category_id(place.category_id);
  }
  return CategoriesKey(values);
}

// Whether totals that are held with the new figure are the sums of what they are made of.
class TotalsReader {
 public:
  TotalsReader(const Observation& event, std::vector<Place> places, const SeriesState& series)
      : event_(event),
        places_(std::move(places)),
        own_key_(KeyOf(places_)),
        period_(PeriodKeyOf(event.period())),
        series_(series) {}

  // Every total that the figure is, or is a part of: one for each choice of dimensions that are
  // summed over and that the figure either all names or all leaves open.
  bool AllAddUp() const {
    const std::size_t choices = std::size_t{1} << places_.size();
    for (std::size_t summed = 1; summed < choices; ++summed) {
      if (!IsOneKind(summed)) continue;
      if (!AddsUp(summed)) return false;
    }
    return true;
  }

 private:
  static bool Has(std::size_t choice, std::size_t i) { return ((choice >> i) & 1U) != 0; }

  bool IsOneKind(std::size_t summed) const {
    bool named = false;
    bool open = false;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (!Has(summed, i)) continue;
      (places_[i].category_id.empty() ? open : named) = true;
    }
    return named != open;
  }

  std::optional<Decimal> Held(const std::string& key) const {
    if (key == own_key_) return NumberOf(event_);
    const Observation* held = series_.Find(key, period_);
    if (held == nullptr || held->basis() != event_.basis()) return std::nullopt;
    return NumberOf(*held);
  }

  bool AddsUp(std::size_t summed) const {
    std::vector<Place> total = places_;
    bool complete = true;
    std::size_t parts = 1;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (!Has(summed, i)) continue;
      total[i].category_id.clear();
      complete = complete && places_[i].dimension->complete();
      parts *= static_cast<std::size_t>(places_[i].dimension->categories_size());
      if (parts > kFamilyMax) return true;
    }
    const auto whole = Held(KeyOf(total));
    if (!whole) return true;
    Decimal sum;
    if (!AddParts(summed, 0, total, sum)) return true;
    return complete ? sum == *whole : sum <= *whole;
  }

  // False where a part is not held.
  bool AddParts(std::size_t summed, std::size_t i, std::vector<Place>& part, Decimal& sum) const {
    if (i == part.size()) {
      const auto number = Held(KeyOf(part));
      if (number) sum += *number;
      return number.has_value();
    }
    if (!Has(summed, i)) return AddParts(summed, i + 1, part, sum);
    for (const auto& category : part[i].dimension->categories()) {
      part[i].category_id = category.category_id();
      if (!AddParts(summed, i + 1, part, sum)) return false;
    }
    return true;
  }

  const Observation& event_;
  const std::vector<Place> places_;
  const std::string own_key_;
  const SeriesState::PeriodKey period_;
  const SeriesState& series_;
};

// -------------------------------------------------------------- its own past

// The figures of the series before it that it can be held against, in order.
std::vector<Decimal> Before(const Observation& event, const MeasureRegister::Measure& measure,
                            const SeriesState& series) {
  std::string since;  // the last break that can lie before it
  for (const ev::SeriesBreakDeclared& declared : measure.breaks) {
    const std::string& day =
        declared.latest_date().empty() ? declared.date() : declared.latest_date();
    if (declared.date() <= event.period().end_date()) since = std::max(since, day);
  }
  std::vector<Decimal> numbers;
  const auto periods = series.latest.find(CategoriesKey(event.dimensions()));
  if (periods == series.latest.end()) return numbers;
  for (const auto& [key, held] : periods->second) {
    const bool comparable = held.period().kind() == event.period().kind() &&
                            held.basis() == event.basis() &&
                            held.measure_version() == event.measure_version() &&
                            held.period().end_date() < event.period().start_date() &&
                            held.period().start_date() >= since;
    if (!comparable) continue;
    if (const auto number = NumberOf(held)) numbers.push_back(*number);
  }
  return numbers;
}

bool IsFarFrom(const Decimal& last, const Decimal& number) {
  const Decimal distance = number < last ? last - number : number - last;
  const Decimal size = last.IsNegative() ? -last : last;
  return distance + distance > size;
}

bool IsOutside(const std::vector<Decimal>& before, const Decimal& number) {
  const std::vector<std::optional<Decimal>> points(before.begin(), before.end());
  const auto limits = values::LimitsOf(points, {});
  return limits && (values::Ratio(number) < limits->lower || limits->upper < values::Ratio(number));
}

void AskPast(const std::vector<Decimal>& before, const Decimal& number, Problems& asked) {
  if (before.empty()) return;
  if (before.size() < values::XmrLimits::kPointsWanted) {
    if (!IsFarFrom(before.back(), number)) return;
    asked.push_back(
        Question("FAR_FROM_LAST", "is more than half off the last figure of its series"));
  } else if (IsOutside(before, number)) {
    asked.push_back(Question(
        "OUTSIDE_LIMITS",
        fmt::format("lies outside the limits of the usual variation of the {} figures before it",
                    before.size())));
  }
}

}  // namespace

Problems Questions(const Observation& event, const MeasureRegister::Measure& measure,
                   const MeasureRegister& register_of_dimensions, const SeriesState& series) {
  Problems asked;
  const auto number = NumberOf(event);
  if (!number) return asked;
  const TotalsReader totals(event, PlacesOf(event, measure, register_of_dimensions), series);
  if (!totals.AllAddUp()) {
    asked.push_back(
        Question("TOTAL_NOT_SUM",
                 "with it, a total of the file differs from the sum of what it is made of"));
  }
  AskPast(Before(event, measure, series), *number, asked);
  return asked;
}

}  // namespace daybook::measures
