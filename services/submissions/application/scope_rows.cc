#include "services/submissions/application/scope_rows.h"

#include <algorithm>
#include <utility>

#include "eventstore/core/error.h"
#include "proto/registry/event_types.h"
#include "services/commands/stream_loader.h"
#include "services/submissions/domain/submission_commands.h"

namespace daybook::submissions {

using commands::RowHash;
using commands::RowStatement;

absl::StatusOr<ScopeRows> ScopeRows::Load(eventstore::EventStore& store,
                                          const commands::VersionedRows& rows,
                                          commands::ScopeName name, Months months) {
  ScopeRows loaded(store, rows, std::move(name), std::move(months));
  commands::StreamLoader loader(store);
  DAYBOOK_ASSIGN_OR_RETURN(loaded.scope_, LoadScope(loaded.name_.agency, loaded.name_.dataset,
                                                    loaded.name_.scope, loader));
  loaded.known_ = loaded.scope_.TouchedWith(loaded.months_);
  for (const ScopeState::Version& version : loaded.scope_.versions) {
    if (!version.accepted || !(loaded.knows_all_ || version.Touches(loaded.known_))) continue;
    DAYBOOK_RETURN_IF_ERROR(loaded.AddSpan(version.opened.submission_id()));
  }
  for (const std::string& taker : loaded.scope_.took_rows) {
    DAYBOOK_RETURN_IF_ERROR(loaded.AddSpan(taker));
  }
  loaded.MergeSpans();
  return loaded;
}

absl::Status ScopeRows::AddSpan(const std::string& submission_id) {
  commands::StreamLoader loader(*store_);
  DAYBOOK_ASSIGN_OR_RETURN(const SubmissionState state, submissions::Load(submission_id, loader));
  if (!state.accepted) return absl::OkStatus();
  spans_.push_back(
      {state.accepted_at.value, state.completed ? state.last_at.value + 1 : store_->Head().size});
  return absl::OkStatus();
}

void ScopeRows::MergeSpans() {
  std::sort(spans_.begin(), spans_.end(),
            [](const Span& a, const Span& b) { return a.first < b.first; });
  std::vector<Span> merged;
  for (const Span& span : spans_) {
    if (!merged.empty() && span.first <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, span.end);
    } else {
      merged.push_back(span);
    }
  }
  spans_ = std::move(merged);
}

absl::Status ScopeRows::ForEachStatement(
    const std::function<void(const eventstore::RecordedEvent&, const RowStatement&)>& use) const {
  for (const Span& span : spans_) {
    absl::Status decoded;
    eventstore::ReadAllOptions options;
    options.from = eventstore::Position{span.first};
    options.filter.contexts = {std::string(rows_->context())};
    DAYBOOK_RETURN_IF_ERROR(store_->ReadAll(options, [&](eventstore::RecordedEvent& recorded) {
      if (recorded.position.value >= span.end) return false;
      const auto event = registry::DecodeEvent(recorded.event.type, recorded.event.payload);
      if (event == nullptr) {
        decoded =
            absl::DataLossError("an event of type " + recorded.event.type + " does not decode");
        return false;
      }
      if (const auto said = rows_->Read(name_, *event, recorded.event.parts)) use(recorded, *said);
      return true;
    }));
    DAYBOOK_RETURN_IF_ERROR(decoded);
  }
  return absl::OkStatus();
}

absl::Status ScopeRows::ForEachChange(const Change& change) const {
  return ForEachStatement([&](const auto& recorded, const RowStatement& said) {
    const std::string& stream = recorded.stream;
    if (said.earlier) return;
    if (IsOurs(said.submission_id)) {
      change(stream, {said.content ? &*said.content : nullptr, said.sealed, said.place,
                      said.submission_id});
    } else if (IsOurs(said.before_submission_id)) {
      // Moved to another scope.
      change(stream, {nullptr, said.sealed, said.place, said.submission_id});
    }
  });
}

absl::Status ScopeRows::ForEachRow(
    const std::function<void(const std::string& stream)>& row) const {
  return ForEachStatement([&](const auto& recorded, const RowStatement& said) {
    if (IsOurs(said.submission_id)) row(recorded.stream);
  });
}

absl::Status ScopeRows::ForEachRankedChange(
    const std::function<std::optional<std::uint32_t>(std::string_view)>& rank,
    const std::function<void(const std::string&, const RankedChange&)>& change) const {
  const auto content = [](const std::optional<RowHash>& hash) { return hash ? &*hash : nullptr; };
  return ForEachStatement([&](const auto& recorded, const RowStatement& said) {
    const auto own = rank(said.submission_id);
    if (!own) return;
    change(recorded.stream, {*own, content(said.content), &said.sealed, said.place,
                             recorded.position, !said.earlier});
    if (!said.earlier) return;
    if (const auto until = rank(said.until_submission_id)) {
      change(recorded.stream,
             {*until, content(said.later), nullptr, said.later_place, recorded.position, false});
    }
  });
}

}  // namespace daybook::submissions
