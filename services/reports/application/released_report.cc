#include "services/reports/application/released_report.h"

#include <memory>
#include <optional>
#include <string>

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "projections/reports/table_builder.h"
#include "proto/registry/event_types.h"
#include "proto/values/civil.h"
#include "services/commands/event_as.h"

namespace daybook::reporting {
namespace {

absl::StatusOr<std::optional<eventstore::RecordedEvent>> EventAt(eventstore::LogReader& log,
                                                                 std::uint64_t position) {
  std::optional<eventstore::RecordedEvent> found;
  DAYBOOK_RETURN_IF_ERROR(log.ReadAll({.from = eventstore::Position{position}, .limit = 1},
                                      [&](eventstore::RecordedEvent& event) {
                                        if (event.position.value == position)
                                          found = std::move(event);
                                        return false;
                                      }));
  return found;
}

// The days of an event's period; empty where it has none.
std::string PeriodOf(const eventstore::Effective& effective) {
  if (effective.start == effective.end) return "";
  const std::string first = values::FormatDay(effective.start);
  const std::string last = values::FormatDay(eventstore::CivilDay{effective.end.days - 1});
  return first == last ? first : first + " to " + last;
}

}  // namespace

absl::Status UnknownFigure() {
  return eventstore::MakeError(
      absl::StatusCode::kNotFound, "no report that was released has such a figure",
      {.reason = "UNKNOWN_FIGURE",
       .remedy =
           "Give the reference as `daybook release` printed it; report released-reports lists "
           "what was released."});
}

absl::StatusOr<reports::ReportReleased> FindRelease(eventstore::LogReader& log,
                                                    std::uint64_t position) {
  DAYBOOK_ASSIGN_OR_RETURN(const auto found, EventAt(log, position));
  if (!found) return UnknownFigure();
  const auto message = registry::DecodeEvent(found->event.type, found->event.payload);
  if (message == nullptr) return UnknownFigure();
  const auto* released = commands::EventAs<reports::ReportReleased>(*message);
  if (released == nullptr) return UnknownFigure();
  return *released;
}

ReportWanted WantedAgain(const reports::ReportReleased& released) {
  ReportWanted wanted;
  wanted.name = released.report();
  for (const auto& parameter : released.parameters()) {
    wanted.parameters[parameter.name()] = parameter.value();
  }
  wanted.as_of.set_recorded_size(released.recorded_size());
  wanted.as_of.set_known_on(released.known_on());
  wanted.as_of.set_today(released.today());
  wanted.for_release = released.classification() == reports::ReportReleased::CLASSIFICATION_PUBLIC;
  return wanted;
}

absl::StatusOr<reports::v1::Table> InputsTable(eventstore::LogReader& log,
                                               const std::vector<std::uint64_t>& positions) {
  reports::TableBuilder table("inputs", "The facts that the figure rests on");
  table.KeyNumber("position", "Position").Text("type", "Fact").Text("stream", "Stream");
  table.Text("period", "Period").Text("agency", "Sent by").Text("recorded", "Recorded on");
  for (const std::uint64_t position : positions) {
    DAYBOOK_ASSIGN_OR_RETURN(const auto event, EventAt(log, position));
    if (!event) continue;
    table.Row().Cell(position).Cell(event->event.type).Cell(event->stream);
    table.Cell(PeriodOf(event->event.effective)).Cell(event->agency);
    table.Cell(values::FormatDay(eventstore::LondonDay(event->record_time)));
  }
  if (positions.empty()) {
    table.Note(
        "The facts are too many to be named, or counts of records. `daybook report … "
        "--compare-with` names what changed it.");
  }
  return table.Take();
}

}  // namespace daybook::reporting
