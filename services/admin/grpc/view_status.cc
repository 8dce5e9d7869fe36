#include "services/admin/grpc/view_status.h"

#include "services/runtime/wire.h"

namespace daybook::admin {

void FillViewStatus(const projections::EngineStatus& status, v1::GetViewStatusResponse& response) {
  runtime::ToWire(status.head, response.mutable_head());
  runtime::ToWire(status.views, response.mutable_views_checkpoint());
  for (const auto& view : status.view_status) {
    auto* wire = response.add_views();
    wire->set_name(view.name);
    wire->set_version(view.version);
    wire->set_size(view.size);
    wire->set_lag(view.lag);
    wire->set_rows(view.rows);
    wire->set_skipped_unknown(view.progress.skipped_unknown);
    wire->set_applied(view.progress.applied);
    if (view.progress.parked) {
      wire->set_parked(true);
      wire->set_parked_position(view.progress.parked->position.value);
      wire->set_parked_reason(view.progress.parked->why);
    }
  }
  response.set_store_problem(status.problem);
}

}  // namespace daybook::admin
