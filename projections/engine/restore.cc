#include "projections/engine/restore.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "projections/engine/fold.h"

namespace daybook::projections {
namespace {

// nullopt when nothing usable is stored; the store is then empty.
absl::StatusOr<std::optional<StoreMeta>> LoadUsableMeta(eventstore::EventStore& events,
                                                        ViewStore& store, const LogLine& log) {
  absl::StatusOr<std::optional<StoreMeta>> meta = store.LoadMeta();
  absl::Status usable = meta.status();
  if (meta.ok()) {
    if (!meta->has_value()) return std::nullopt;
    usable = eventstore::CheckCheckpoint(events, (*meta)->checkpoint);
    if (usable.ok()) return meta;
  }
  // These three say that what is stored is of no use; any other error says nothing about it.
  if (!absl::IsDataLoss(usable) && !absl::IsFailedPrecondition(usable) &&
      !absl::IsOutOfRange(usable)) {
    return usable;
  }
  log("the stored views are dropped and folded again: " + eventstore::Message(usable));
  DAYBOOK_RETURN_IF_ERROR(store.Clear());
  return std::nullopt;
}

absl::Status LoadView(ViewStore& store, View& view) {
  for (TableBase* table : view.tables()) {
    const auto load = [table](std::string_view key, std::string_view bytes) {
      return table->Load(key, bytes);
    };
    DAYBOOK_RETURN_IF_ERROR(store.LoadRows(view.name(), table->name(), load));
  }
  return absl::OkStatus();
}

// Loads the slot, or says (true) that the view must be folded again; it is then empty.
absl::StatusOr<bool> NeedsFold(ViewStore& store, const StoreMeta& meta, ViewSet::Slot& slot,
                               const LogLine& log) {
  const std::string name(slot.view->name());
  const auto stored = meta.views.find(name);
  if (stored == meta.views.end()) {
    log("view " + name + " is new and is folded from the start of the log");
    return true;
  }
  if (stored->second.version != slot.view->version()) {
    log("view " + name + " changed from version " + std::to_string(stored->second.version) +
        " to " + std::to_string(slot.view->version()) + " and is folded again");
    return true;
  }
  const absl::Status loaded = LoadView(store, *slot.view);
  if (loaded.ok()) {
    slot.progress = stored->second.progress;
    return false;
  }
  if (!absl::IsDataLoss(loaded)) return loaded;
  for (TableBase* table : slot.view->tables()) table->Clear();
  log("view " + name + " is folded again: " + eventstore::Message(loaded));
  return true;
}

absl::StatusOr<bool> DropUnknownViews(ViewStore& store, const StoreMeta& meta, const ViewSet& views,
                                      const LogLine& log) {
  bool dropped = false;
  for (const auto& stored : meta.views) {
    const std::string& name = stored.first;
    const bool known = std::any_of(views.slots().begin(), views.slots().end(),
                                   [&](const auto& slot) { return slot.view->name() == name; });
    if (known) continue;
    log("view " + name + " is no longer here and is dropped");
    DAYBOOK_RETURN_IF_ERROR(store.DropView(name));
    dropped = true;
  }
  return dropped;
}

absl::Status FoldAgain(eventstore::EventStore& events, ViewStore& store, ViewSet& views,
                       const std::vector<bool>& fold, const eventstore::Checkpoint& checkpoint) {
  DAYBOOK_RETURN_IF_ERROR(FoldSlots(events, views, fold, checkpoint.size));
  CommitBatch batch = TakeChanges(views, checkpoint);
  for (std::size_t i = 0; i < fold.size(); ++i) {
    if (fold[i]) batch.cleared.emplace_back(views.slots()[i].view->name());
  }
  return store.Commit(batch);
}

}  // namespace

absl::StatusOr<Restored> Restore(eventstore::EventStore& events, ViewStore& store,
                                 const ViewSetFactory& factory, const LogLine& log) {
  Restored restored{ViewSet(factory()), 0};
  DAYBOOK_ASSIGN_OR_RETURN(const std::optional<StoreMeta> meta, LoadUsableMeta(events, store, log));
  if (!meta.has_value()) return restored;
  std::vector<bool> fold;
  for (ViewSet::Slot& slot : restored.views.slots()) {
    DAYBOOK_ASSIGN_OR_RETURN(const bool needed, NeedsFold(store, *meta, slot, log));
    fold.push_back(needed);
  }
  if (std::find(fold.begin(), fold.end(), false) == fold.end()) {
    DAYBOOK_RETURN_IF_ERROR(store.Clear());  // nothing to keep: the runner catches up from 0
    return restored;
  }
  DAYBOOK_ASSIGN_OR_RETURN(const bool dropped, DropUnknownViews(store, *meta, restored.views, log));
  restored.size = meta->checkpoint.size;
  restored.views.totals() = meta->totals;
  // The totals are over the types of all views, so they too change when a view comes or goes.
  if (dropped || std::find(fold.begin(), fold.end(), true) != fold.end()) {
    DAYBOOK_RETURN_IF_ERROR(FoldAgain(events, store, restored.views, fold, meta->checkpoint));
  }
  return restored;
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
