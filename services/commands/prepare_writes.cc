#include "services/commands/prepare_writes.h"

#include <map>
#include <string>
#include <utility>

#include "eventstore/core/clock.h"
#include "eventstore/core/error.h"
#include "proto/values/civil.h"
#include "services/commands/command_runner.h"
#include "services/commands/event_id.h"

namespace daybook::commands {
namespace {

using eventstore::NewEvent;
using eventstore::StreamWrite;

NewEvent ToEvent(DraftEvent& draft, const eventstore::Known& known, eventstore::Instant now) {
  NewEvent event;
  event.id = NewEventId(now);
  event.type = std::move(draft.type);
  event.effective = draft.effective;
  event.known = draft.known.value_or(known);
  event.marking = std::move(draft.marking);
  event.basis = std::move(draft.basis);
  event.payload = std::move(draft.payload);
  return event;
}

int YearOf(const eventstore::Effective& effective) {
  return effective == eventstore::Effective{} ? 0 : values::DateOf(effective.start).year;
}

// Takes the plain parts of a draft over to `plain`.
void TakeParts(DraftEvent& draft, const std::string& event_id, std::vector<PartToSeal>& plain) {
  for (DraftPart& part : draft.parts) {
    plain.push_back({.event_id = event_id,
                     .name = std::move(part.name),
                     .plaintext = std::move(part.plaintext),
                     .retention_dataset = draft.retention_dataset,
                     .year = YearOf(draft.effective),
                     .subject_ref = std::move(part.subject_ref)});
  }
}

// The sealed parts go to their events in the order in which they were taken.
absl::Status SealInto(std::vector<NewEvent>& events, const std::vector<std::size_t>& part_counts,
                      std::vector<PartToSeal> plain, std::string_view agency, PartSealer& sealer) {
  if (plain.empty()) return absl::OkStatus();
  const std::size_t expected = plain.size();
  DAYBOOK_ASSIGN_OR_RETURN(auto sealed, sealer.Seal(agency, std::move(plain)));
  if (sealed.size() != expected) {
    return absl::InternalError("the sealer returned another number of parts");
  }
  auto next = sealed.begin();
  for (std::size_t i = 0; i < events.size(); ++i) {
    for (std::size_t n = 0; n < part_counts[i]; ++n) events[i].parts.push_back(std::move(*next++));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<StreamWrite>> PrepareWrites(std::vector<DraftEvent> drafts,
                                                       const Command& command,
                                                       const StreamLoader& loader,
                                                       PartSealer& sealer) {
  const eventstore::Instant now = eventstore::SystemClock().Now();
  std::vector<NewEvent> events;
  std::vector<std::size_t> part_counts;
  std::vector<PartToSeal> plain;
  events.reserve(drafts.size());
  for (DraftEvent& draft : drafts) {
    events.push_back(ToEvent(draft, command.known, now));
    part_counts.push_back(draft.parts.size());
    TakeParts(draft, events.back().id, plain);
  }
  DAYBOOK_RETURN_IF_ERROR(
      SealInto(events, part_counts, std::move(plain), command.caller.agency, sealer));

  std::vector<StreamWrite> writes;
  std::map<std::string_view, std::size_t> write_of;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const auto [it, is_new] = write_of.try_emplace(drafts[i].stream, writes.size());
    if (is_new) writes.push_back({drafts[i].stream, loader.Expected(drafts[i].stream), {}});
    writes[it->second].events.push_back(std::move(events[i]));
  }
  return writes;
}

}  // namespace daybook::commands
