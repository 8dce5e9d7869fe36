#include "services/projector/view_admin.h"

#include "services/admin/grpc/view_status.h"
#include "services/runtime/deadline.h"

namespace daybook::projector {

grpc::ServerUnaryReactor* ViewAdmin::Ping(grpc::CallbackServerContext* context,
                                          const admin::v1::PingRequest*, admin::v1::PingResponse*) {
  auto* reactor = context->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

grpc::ServerUnaryReactor* ViewAdmin::GetViewStatus(grpc::CallbackServerContext* context,
                                                   const admin::v1::GetViewStatusRequest* request,
                                                   admin::v1::GetViewStatusResponse* response) {
  const auto fill = [this, response] { admin::FillViewStatus(engine_.status(), *response); };
  if (!request->has_min_position()) {
    return runtime::OnWorker(context, env_, [fill] {
      fill();
      return absl::OkStatus();
    });
  }
  auto* reactor = context->DefaultReactor();
  engine_.WaitForAsync({request->min_position()}, runtime::DeadlineOf(*context),
                       [this, reactor, fill](const absl::Status& reached) {
                         env_.executor.Execute([reactor, fill, reached] {
                           if (reached.ok()) fill();
                           reactor->Finish(runtime::ToGrpcStatus(reached));
                         });
                       });
  return reactor;
}

}  // namespace daybook::projector
