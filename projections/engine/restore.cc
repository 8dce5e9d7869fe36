#include "projections/engine/restore.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"

namespace daybook::projections {
namespace {

absl::Status OfNoUse(const std::string& why) { return absl::FailedPreconditionError(why); }

// Other errors say nothing about what is stored.
bool SaysOfNoUse(const absl::Status& status) {
  return absl::IsDataLoss(status) || absl::IsFailedPrecondition(status) ||
         absl::IsOutOfRange(status);
}

absl::Status CheckViews(const StoreMeta& meta, const ViewSet& views) {
  for (const ViewSet::Slot& slot : views.slots()) {
    const std::string name(slot.view->name());
    const auto stored = meta.views.find(name);
    if (stored == meta.views.end()) return OfNoUse("view " + name + " is new");
    if (stored->second.version != slot.view->version()) {
      return OfNoUse("view " + name + " changed from version " +
                     std::to_string(stored->second.version) + " to " +
                     std::to_string(slot.view->version()));
    }
  }
  for (const auto& stored : meta.views) {
    const std::string& name = stored.first;
    const bool known = std::any_of(views.slots().begin(), views.slots().end(),
                                   [&](const auto& slot) { return slot.view->name() == name; });
    if (!known) return OfNoUse("view " + name + " is no longer here");
  }
  return absl::OkStatus();
}

// What the meta belongs to, into fresh views. `kept_size`: as for ViewStore::LoadRows.
absl::Status LoadViews(ViewStore& store, const StoreMeta& meta,
                       std::optional<std::uint64_t> kept_size, ViewSet& views) {
  DAYBOOK_RETURN_IF_ERROR(CheckViews(meta, views));
  for (ViewSet::Slot& slot : views.slots()) {
    for (TableBase* table : slot.view->tables()) {
      const auto load = [table](std::string_view key, std::string_view bytes) {
        return table->Load(key, bytes);
      };
      DAYBOOK_RETURN_IF_ERROR(store.LoadRows(slot.view->name(), table->name(), kept_size, load));
    }
    slot.progress = meta.views.find(slot.view->name())->second.progress;
  }
  views.totals() = meta.totals;
  return absl::OkStatus();
}

// The views of the last commit; nullopt when nothing was committed.
absl::StatusOr<std::optional<Restored>> LoadLast(eventstore::LogReader& events, ViewStore& store,
                                                 const ViewSetFactory& factory,
                                                 std::size_t kept_states_max) {
  DAYBOOK_ASSIGN_OR_RETURN(const std::optional<StoreMeta> meta, store.LoadMeta());
  if (!meta.has_value()) return std::nullopt;
  DAYBOOK_RETURN_IF_ERROR(eventstore::CheckCheckpoint(events, meta->checkpoint));
  Restored restored{ViewSet(factory()), meta->checkpoint.size, 0};
  DAYBOOK_RETURN_IF_ERROR(LoadViews(store, *meta, std::nullopt, restored.views));
  DAYBOOK_RETURN_IF_ERROR(store.ThinKept(kept_states_max));
  DAYBOOK_ASSIGN_OR_RETURN(const std::optional<StoreMeta> kept,
                           store.LoadKeptMeta(meta->checkpoint.size));
  if (kept.has_value()) restored.kept_size = kept->checkpoint.size;
  return restored;
}

}  // namespace

absl::StatusOr<Restored> Restore(eventstore::LogReader& events, ViewStore& store,
                                 const ViewSetFactory& factory, std::size_t kept_states_max,
                                 const LogLine& log) {
  absl::StatusOr<std::optional<Restored>> last = LoadLast(events, store, factory, kept_states_max);
  if (last.ok() && last->has_value()) {
    log("the stored views are loaded, at " + std::to_string((*last)->size) + " events");
    return *std::move(*last);
  }
  if (!last.ok()) {
    if (!SaysOfNoUse(last.status())) return last.status();
    log("the stored views are dropped and folded again: " + eventstore::Message(last.status()));
  }
  // Also where nothing was committed: an earlier call may have been cut short.
  DAYBOOK_RETURN_IF_ERROR(store.Clear());
  return Restored{ViewSet(factory()), 0, 0};
}

absl::StatusOr<std::unique_ptr<ViewSet>> LoadKept(ViewStore& store, const ViewSetFactory& factory,
                                                  std::uint64_t size, std::uint64_t& kept_size) {
  DAYBOOK_ASSIGN_OR_RETURN(const std::optional<StoreMeta> meta, store.LoadKeptMeta(size));
  if (!meta.has_value()) return nullptr;
  kept_size = meta->checkpoint.size;
  auto views = std::make_unique<ViewSet>(factory());
  DAYBOOK_RETURN_IF_ERROR(LoadViews(store, *meta, kept_size, *views));
  return views;
}

CommitBatch TakeChanges(ViewSet& views, eventstore::Checkpoint checkpoint) {
  CommitBatch batch;
  batch.meta.checkpoint = std::move(checkpoint);
  batch.meta.totals = views.totals();
  for (ViewSet::Slot& slot : views.slots()) {
    View& view = *slot.view;
    batch.meta.views.emplace(view.name(), ViewMeta{view.version(), slot.progress});
    for (TableBase* table : view.tables()) {
      if (!table->has_dirty()) continue;
      TableChanges changes{std::string(view.name()), table->name(), {}, {}};
      table->TakeDirty([&](std::string_view key,
                           const std::string& bytes) { changes.rows.emplace_back(key, bytes); },
                       [&](std::string_view key) { changes.deletes.emplace_back(key); });
      batch.changes.push_back(std::move(changes));
    }
  }
  return batch;
}

}  // namespace daybook::projections
