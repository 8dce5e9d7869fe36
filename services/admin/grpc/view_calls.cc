#include "services/admin/grpc/view_calls.h"

#include <utility>

#include "eventstore/core/error.h"
#include "services/runtime/deadline.h"
#include "services/runtime/wire.h"

namespace daybook::admin {
namespace {

void FillViews(const projections::EngineStatus& status, v1::GetViewStatusResponse& response) {
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

void FillRebuild(const projections::RebuildStatus& status, v1::ViewRebuild& wire) {
  wire.set_generation(status.generation);
  if (status.running.has_value()) {
    wire.set_making(status.running->generation);
    wire.set_size(status.running->size);
  }
  if (!status.last.has_value()) return;
  v1::RebuildOutcome& last = *wire.mutable_last();
  last.set_generation(status.last->generation);
  last.set_changed_over(status.last->changed_over);
  last.set_compared_size(status.last->size);
  for (const std::string& view : status.last->differing) last.add_differing_views(view);
  last.set_problem(status.last->problem);
}

}  // namespace

void ViewCalls::Fill(v1::GetViewStatusResponse& response) const {
  FillViews(views_.status(), response);
  FillRebuild(views_.rebuild_status(), *response.mutable_rebuild());
  if (const std::string problem = store_problem_ ? store_problem_() : ""; !problem.empty()) {
    response.set_store_problem(problem);
  }
}

grpc::ServerUnaryReactor* ViewCalls::GetViewStatus(grpc::CallbackServerContext* context,
                                                   const v1::GetViewStatusRequest* request,
                                                   v1::GetViewStatusResponse* response) const {
  if (!request->has_min_position()) {
    return runtime::OnWorker(context, env_, [this, response] {
      Fill(*response);
      return absl::OkStatus();
    });
  }
  auto* reactor = context->DefaultReactor();
  views_.WaitForAsync({request->min_position()}, runtime::DeadlineOf(*context),
                      [this, reactor, response](const absl::Status& reached) {
                        env_.executor.Execute([this, reactor, response, reached] {
                          if (reached.ok()) Fill(*response);
                          reactor->Finish(runtime::ToGrpcStatus(reached));
                        });
                      });
  return reactor;
}

grpc::ServerUnaryReactor* ViewCalls::RebuildViews(grpc::CallbackServerContext* context,
                                                  v1::RebuildViewsResponse* response) const {
  return runtime::OnWorker(context, env_, [this, response]() -> absl::Status {
    DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t generation, views_.StartRebuild());
    response->set_generation(generation);
    return absl::OkStatus();
  });
}

}  // namespace daybook::admin
