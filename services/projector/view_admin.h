// What of AdminService a projector has: an empty call, and its views.
#pragma once

#include "daybook/admin/v1/admin_service.grpc.pb.h"
#include "services/admin/grpc/view_calls.h"

namespace daybook::projector {

// Thread-safe. Owns nothing that it is given.
class ViewAdmin final : public admin::v1::AdminService::CallbackService {
 public:
  ViewAdmin(runtime::ReadEnvironment env, projections::RebuildableViews& views);

  grpc::ServerUnaryReactor* Ping(grpc::CallbackServerContext* context,
                                 const admin::v1::PingRequest* request,
                                 admin::v1::PingResponse* response) override;
  grpc::ServerUnaryReactor* GetViewStatus(grpc::CallbackServerContext* context,
                                          const admin::v1::GetViewStatusRequest* request,
                                          admin::v1::GetViewStatusResponse* response) override;
  grpc::ServerUnaryReactor* RebuildViews(grpc::CallbackServerContext* context,
                                         const admin::v1::RebuildViewsRequest* request,
                                         admin::v1::RebuildViewsResponse* response) override;

 private:
  const admin::ViewCalls calls_;
};

}  // namespace daybook::projector
