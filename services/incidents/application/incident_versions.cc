#include "services/incidents/application/incident_versions.h"

#include <map>
#include <utility>

#include "daybook/incidents/events/v1/events.pb.h"
#include "eventstore/core/error.h"
#include "services/incidents/domain/incident_row.h"
#include "services/incidents/domain/incident_state.h"

namespace daybook::incidents {
namespace {

namespace ev = events::v1;
using commands::DraftEvent;
using commands::OlderExtract;
using commands::RowHash;
using commands::RowStanding;
using commands::RowStatement;
using commands::ScopeName;
using commands::StreamLoader;
using google::protobuf::Message;

// Rows without a key are the same ones only within their scope.
RowHash ContentIn(const ScopeName& scope, const ev::IncidentRecorded& incident) {
  const RowHash content = ContentOf(incident);
  if (!incident.source_key().empty()) return content;
  return commands::HashRow({scope.agency, scope.dataset, scope.scope, ToHex(content)});
}

absl::StatusOr<IncidentState> Load(StreamLoader& loader, std::string_view stream) {
  IncidentState state;
  DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t count, loader.Count(stream));
  if (count == 0) return state;  // as nearly every row of a new file
  const auto evolve = [&state](const Message& event, const eventstore::RecordedEvent& recorded) {
    Evolve(state, event, recorded.agency);
  };
  DAYBOOK_RETURN_IF_ERROR(loader.Fold(stream, evolve).status());
  return state;
}

using MaybeIncident = std::optional<ev::IncidentRecorded>;

// What the extracts of one scope said about an incident, by their ranks.
std::map<std::uint32_t, MaybeIncident> Timeline(const IncidentState& state,
                                                const OlderExtract& extract) {
  std::map<std::uint32_t, MaybeIncident> line;
  for (const IncidentState::Statement& said : state.statements) {
    const auto rank = extract.rank(said.submission_id);
    if (!rank) continue;
    line[*rank] = said.incident;
    // From the extract after it on another content holds, unless that one spoke for itself.
    if (!said.earlier) continue;
    if (const auto until = extract.rank(said.until_submission_id)) {
      line.try_emplace(*until, said.later);
    }
  }
  return line;
}

// The last word at or before a rank.
MaybeIncident At(const std::map<std::uint32_t, MaybeIncident>& line, std::uint32_t rank) {
  auto after = line.upper_bound(rank);
  if (after == line.begin()) return std::nullopt;
  return std::prev(after)->second;
}

}  // namespace

bool IncidentVersions::Has(std::string_view dataset) const {
  return IsPublished(dataset) || dataset == "incidents";
}

commands::RowIdentity IncidentVersions::Identify(const ScopeName& scope,
                                                 std::string_view staged) const {
  const ev::IncidentRecorded incident = FromStaged(staged).incident;
  std::string stream;
  if (!incident.source_key().empty()) {
    stream = KeyedIncidentStream(incident);
  }
  return {std::move(stream), ContentIn(scope, incident)};
}

std::string IncidentVersions::AlikeStream(const RowHash& content, std::uint32_t copy) const {
  return AlikeIncidentStream(ToHex(content), copy);
}

std::optional<RowStatement> IncidentVersions::Read(const ScopeName& scope,
                                                   const Message& event) const {
  RowStatement said;
  const ev::IncidentRecorded* before = nullptr;
  if (event.GetDescriptor() == ev::IncidentRecorded::descriptor()) {
    const auto& incident = static_cast<const ev::IncidentRecorded&>(event);
    said.submission_id = incident.submission_id();
    said.content = ContentIn(scope, incident);
  } else if (event.GetDescriptor() == ev::IncidentRevised::descriptor()) {
    const auto& revised = static_cast<const ev::IncidentRevised&>(event);
    said.submission_id = revised.incident().submission_id();
    said.content = ContentIn(scope, revised.incident());
    if (revised.has_before()) before = &revised.before();
  } else if (event.GetDescriptor() == ev::IncidentVoided::descriptor()) {
    const auto& voided = static_cast<const ev::IncidentVoided&>(event);
    said.submission_id = voided.submission_id();
    before = &voided.before();
  } else if (event.GetDescriptor() == ev::IncidentStatedEarlier::descriptor()) {
    const auto& earlier = static_cast<const ev::IncidentStatedEarlier&>(event);
    said.submission_id = earlier.submission_id();
    said.earlier = true;
    if (earlier.has_stated()) said.content = ContentIn(scope, earlier.stated());
    if (earlier.has_later()) said.later = ContentIn(scope, earlier.later());
    said.until_submission_id = earlier.until_submission_id();
  } else {
    return std::nullopt;
  }
  if (before != nullptr) said.before_submission_id = before->submission_id();
  if (said.submission_id.empty()) return std::nullopt;
  return said;
}

absl::StatusOr<std::optional<RowStanding>> IncidentVersions::LookUp(StreamLoader& loader,
                                                                    std::string_view stream) const {
  DAYBOOK_ASSIGN_OR_RETURN(const IncidentState state, Load(loader, stream));
  if (state.event_count == 0) return std::nullopt;
  RowStanding standing;
  standing.agency = state.agency;
  if (state.stands) {
    standing.stands = true;
    standing.content = ContentOf(*state.stands);
    standing.submission_id = state.stands->submission_id();
  }
  return standing;
}

absl::StatusOr<std::optional<DraftEvent>> IncidentVersions::Put(StreamLoader& loader,
                                                                const std::string& stream,
                                                                std::string_view staged) const {
  ReadRow row = FromStaged(staged);
  row.stream = stream;
  DAYBOOK_ASSIGN_OR_RETURN(const IncidentState state, Load(loader, stream));
  if (state.event_count == 0) return DraftIncident(row);
  if (state.stands && SameIncident(*state.stands, row.incident)) return std::nullopt;
  return DraftRevision(row, state.stands);
}

absl::StatusOr<std::optional<DraftEvent>> IncidentVersions::Void(
    StreamLoader& loader, const std::string& stream, const std::string& submission_id,
    const std::function<bool(std::string_view submission_id)>& ours) const {
  DAYBOOK_ASSIGN_OR_RETURN(const IncidentState state, Load(loader, stream));
  if (!state.stands || !ours(state.stands->submission_id())) return std::nullopt;
  ev::IncidentVoided event;
  event.set_submission_id(submission_id);
  *event.mutable_before() = *state.stands;
  return commands::MakeDraft(stream, event, MonthOf(*state.stands));
}

absl::StatusOr<std::optional<DraftEvent>> IncidentVersions::StateEarlier(
    StreamLoader& loader, const std::string& stream, std::string_view staged,
    const std::string& submission_id, const OlderExtract& extract) const {
  DAYBOOK_ASSIGN_OR_RETURN(const IncidentState state, Load(loader, stream));
  for (const IncidentState::Statement& said : state.statements) {
    if (said.submission_id == submission_id) return std::nullopt;
  }
  const auto line = Timeline(state, extract);
  const MaybeIncident before =
      extract.own_rank == 0 ? MaybeIncident() : At(line, extract.own_rank - 1);
  const MaybeIncident later = At(line, extract.own_rank + 1);
  ev::IncidentStatedEarlier event;
  event.set_submission_id(submission_id);
  event.set_until_day(extract.until_day);
  event.set_until_submission_id(extract.until_submission_id);
  eventstore::Effective effective;
  if (before) *event.mutable_before() = *before;
  if (later) *event.mutable_later() = *later;
  if (!staged.empty()) {
    ReadRow row = FromStaged(staged);
    effective = row.effective;
    *event.mutable_stated() = std::move(row.incident);
  } else if (before) {
    effective = MonthOf(*before);
  } else if (later) {
    effective = MonthOf(*later);
  }
  DraftEvent draft = commands::MakeDraft(stream, event, effective);
  if (IsPublished(event.stated().dataset())) draft.basis = "public-source";
  return draft;
}

}  // namespace daybook::incidents
