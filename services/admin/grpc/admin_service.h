// AdminService: where the views stand, whether the store takes writes, and an empty call.
#pragma once

#include "daybook/admin/v1/admin_service.grpc.pb.h"
#include "projections/engine/engine.h"
#include "services/runtime/unary_call.h"

namespace daybook::admin {

// Thread-safe. Owns nothing that it is given.
class AdminServiceImpl final : public v1::AdminService::CallbackService {
 public:
  AdminServiceImpl(const runtime::CallEnvironment& env, projections::Engine& engine)
      : env_(env), engine_(engine) {}

  grpc::ServerUnaryReactor* GetViewStatus(grpc::CallbackServerContext* context,
                                          const v1::GetViewStatusRequest* request,
                                          v1::GetViewStatusResponse* response) override;
  grpc::ServerUnaryReactor* Ping(grpc::CallbackServerContext* context,
                                 const v1::PingRequest* request,
                                 v1::PingResponse* response) override;

 private:
  void Fill(v1::GetViewStatusResponse& response);

  const runtime::CallEnvironment& env_;
  projections::Engine& engine_;
};

}  // namespace daybook::admin
