#include "services/projector/view_admin.h"

#include <utility>

namespace daybook::projector {
namespace v1 = admin::v1;

ViewAdmin::ViewAdmin(runtime::ReadEnvironment env, projections::RebuildableViews& views)
    : calls_(std::move(env), views) {}

grpc::ServerUnaryReactor* ViewAdmin::Ping(grpc::CallbackServerContext* context,
                                          const v1::PingRequest*, v1::PingResponse*) {
  auto* reactor = context->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

grpc::ServerUnaryReactor* ViewAdmin::GetViewStatus(grpc::CallbackServerContext* context,
                                                   const v1::GetViewStatusRequest* request,
                                                   v1::GetViewStatusResponse* response) {
  return calls_.GetViewStatus(context, request, response);
}

grpc::ServerUnaryReactor* ViewAdmin::RebuildViews(grpc::CallbackServerContext* context,
                                                  const v1::RebuildViewsRequest*,
                                                  v1::RebuildViewsResponse* response) {
  return calls_.RebuildViews(context, response);
}

}  // namespace daybook::projector
