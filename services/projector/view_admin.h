// What of AdminService a projector has: an empty call, and how its views are.
#pragma once

#include "daybook/admin/v1/admin_service.grpc.pb.h"
#include "projections/engine/engine.h"
#include "services/runtime/unary_call.h"

namespace daybook::projector {

// Thread-safe. Owns nothing that it is given.
class ViewAdmin final : public admin::v1::AdminService::CallbackService {
 public:
  ViewAdmin(runtime::ReadEnvironment env, projections::Engine& engine)
      : env_(std::move(env)), engine_(engine) {}

  grpc::ServerUnaryReactor* Ping(grpc::CallbackServerContext* context,
                                 const admin::v1::PingRequest* request,
                                 admin::v1::PingResponse* response) override;
  grpc::ServerUnaryReactor* GetViewStatus(grpc::CallbackServerContext* context,
                                          const admin::v1::GetViewStatusRequest* request,
                                          admin::v1::GetViewStatusResponse* response) override;

 private:
  const runtime::ReadEnvironment env_;
  projections::Engine& engine_;
};

}  // namespace daybook::projector
