#include "projections/store/meta_codec.h"

#include <algorithm>

#include "daybook/views/v1/state.pb.h"

namespace daybook::projections {
namespace {

void EncodeCounts(const KnownCounts& counts, views::v1::StoredCounts& stored) {
  stored.set_not_yet_known(counts.not_yet_known);
  stored.set_known_unknown(counts.known_unknown);
  stored.set_back_loaded(counts.back_loaded);
}

KnownCounts DecodeCounts(const views::v1::StoredCounts& stored) {
  return {.not_yet_known = stored.not_yet_known(),
          .known_unknown = stored.known_unknown(),
          .back_loaded = stored.back_loaded()};
}

ViewMeta DecodeView(const views::v1::StoredView& stored) {
  ViewMeta view;
  view.version = stored.version();
  if (stored.has_parked_position()) {
    view.progress.parked = ParkedAt{{stored.parked_position()}, stored.parked_reason()};
  }
  view.progress.applied = stored.applied();
  view.progress.skipped_unknown = stored.skipped_unknown();
  view.progress.counts = DecodeCounts(stored.counts());
  return view;
}

}  // namespace

std::string EncodeMeta(const StoreMeta& meta) {
  views::v1::StoredState state;
  types::v1::Checkpoint& checkpoint = *state.mutable_checkpoint();
  checkpoint.set_log_id(meta.checkpoint.log.log_id);
  checkpoint.set_incarnation(meta.checkpoint.log.incarnation);
  checkpoint.set_size(meta.checkpoint.size);
  checkpoint.set_root(meta.checkpoint.root.data(), meta.checkpoint.root.size());
  EncodeCounts(meta.totals, *state.mutable_totals());
  for (const auto& [name, view] : meta.views) {
    views::v1::StoredView& stored = *state.add_views();
    stored.set_name(name);
    stored.set_version(view.version);
    if (view.progress.parked.has_value()) {
      stored.set_parked_position(view.progress.parked->position.value);
      stored.set_parked_reason(view.progress.parked->why);
    }
    stored.set_applied(view.progress.applied);
    stored.set_skipped_unknown(view.progress.skipped_unknown);
    EncodeCounts(view.progress.counts, *stored.mutable_counts());
  }
  return state.SerializeAsString();
}

absl::StatusOr<StoreMeta> DecodeMeta(std::string_view bytes) {
  views::v1::StoredState state;
  StoreMeta meta;
  if (!state.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) ||
      state.checkpoint().root().size() != meta.checkpoint.root.size()) {
    return absl::DataLossError("the checkpoint of the views does not read");
  }
  meta.checkpoint.log.log_id = state.checkpoint().log_id();
  meta.checkpoint.log.incarnation = state.checkpoint().incarnation();
  meta.checkpoint.size = state.checkpoint().size();
  std::copy_n(state.checkpoint().root().begin(), meta.checkpoint.root.size(),
              reinterpret_cast<char*>(meta.checkpoint.root.data()));
  meta.totals = DecodeCounts(state.totals());
  for (const views::v1::StoredView& stored : state.views()) {
    meta.views.emplace(stored.name(), DecodeView(stored));
  }
  return meta;
}

}  // namespace daybook::projections
