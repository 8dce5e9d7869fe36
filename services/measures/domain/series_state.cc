#include "services/measures/domain/series_state.h"

#include <algorithm>
#include <utility>

#include "services/commands/fingerprint.h"
#include "services/commands/stream_name.h"

namespace daybook::measures {

namespace ev = events::v1;

void Evolve(SeriesState& state, const google::protobuf::Message& event, std::string_view agency,
            const eventstore::Known& known, eventstore::CivilDay recorded) {
  if (event.GetDescriptor() != ev::ObservationRecorded::descriptor()) return;
  const auto& e = static_cast<const ev::ObservationRecorded&>(event);
  std::string categories = CategoriesKey(e.dimensions());
  const auto period = PeriodKeyOf(e.period());
  state.latest[categories][period] = e;
  auto& days = state.known[{std::move(categories), period}];
  days.last = known;
  days.current = std::max(days.current, RankOf(known, recorded));
  if (state.owner.empty() || agency == e.source_id()) state.owner = agency;
}

const ev::ObservationRecorded* SeriesState::Find(std::string_view categories,
                                                 const PeriodKey& period) const {
  const auto periods = latest.find(categories);
  if (periods == latest.end()) return nullptr;
  const auto found = periods->second.find(period);
  return found == periods->second.end() ? nullptr : &found->second;
}

SeriesState::KnownDays SeriesState::KnownOf(const std::string& categories,
                                            const PeriodKey& period) const {
  const auto found = known.find({categories, period});
  return found == known.end() ? KnownDays{} : found->second;
}

KnownRank RankOf(const eventstore::Known& known, eventstore::CivilDay recorded) {
  switch (known.precision) {
    case eventstore::KnownPrecision::kUnknown:
      return {false, 0};
    case eventstore::KnownPrecision::kDay:
    case eventstore::KnownPrecision::kMonth:
      return {true, std::min(known.day, recorded).days};
    case eventstore::KnownPrecision::kRecorded:
      break;
  }
  return {true, recorded.days};
}

std::string CategoriesKey(
    const google::protobuf::RepeatedPtrField<ev::DimensionValue>& dimensions) {
  std::string key;
  for (const ev::DimensionValue& value : dimensions) {
    if (!key.empty()) key += '/';
    key += value.dimension_id() + '=' + value.category_id();
  }
  return key;
}

void Evolve(DocumentState& state, const google::protobuf::Message& event) {
  if (event.GetDescriptor() != ev::FigurePublished::descriptor()) return;
  state.figures.insert(commands::CanonicalBytes(event));
}

SeriesState::PeriodKey PeriodKeyOf(const types::v1::Period& period) {
  return {period.kind(), period.start_date(), period.end_date()};
}

std::string SeriesStream(const ev::ObservationRecorded& observation) {
  if (observation.extract().empty()) {
    return commands::StreamName(
        "series", {observation.measure_id(), observation.area_id(), observation.source_id()});
  }
  return commands::StreamName("series", {observation.measure_id(), observation.area_id(),
                                         observation.source_id(), observation.extract()});
}

std::string DocumentStream(std::string_view document_id) {
  return commands::StreamName("document", {document_id});
}

bool SaysTheSame(const ev::ObservationRecorded& a, const ev::ObservationRecorded& b) {
  const auto content = [](ev::ObservationRecorded observation) {
    observation.clear_submission_id();
    observation.clear_row();
    observation.clear_questions();
    return commands::CanonicalBytes(observation);
  };
  return content(a) == content(b);
}

}  // namespace daybook::measures
