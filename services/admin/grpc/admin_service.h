// AdminService: status, upkeep, and an empty call.
#pragma once

#include <filesystem>

#include "daybook/admin/v1/admin_service.grpc.pb.h"
#include "services/admin/application/upkeep.h"
#include "services/admin/grpc/view_calls.h"
#include "services/runtime/unary_call.h"

namespace daybook::admin {

// Thread-safe. Owns nothing that it is given.
class AdminServiceImpl final : public v1::AdminService::CallbackService {
 public:
  AdminServiceImpl(const runtime::CallEnvironment& env, projections::RebuildableViews& views,
                   Upkeep& upkeep, std::filesystem::path data);

  grpc::ServerUnaryReactor* GetViewStatus(grpc::CallbackServerContext* context,
                                          const v1::GetViewStatusRequest* request,
                                          v1::GetViewStatusResponse* response) override;
  grpc::ServerUnaryReactor* RebuildViews(grpc::CallbackServerContext* context,
                                         const v1::RebuildViewsRequest* request,
                                         v1::RebuildViewsResponse* response) override;
  grpc::ServerUnaryReactor* Ping(grpc::CallbackServerContext* context,
                                 const v1::PingRequest* request,
                                 v1::PingResponse* response) override;
  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context,
                                      const v1::GetStatusRequest* request,
                                      v1::GetStatusResponse* response) override;
  grpc::ServerUnaryReactor* CreateBackup(grpc::CallbackServerContext* context,
                                         const v1::CreateBackupRequest* request,
                                         v1::CreateBackupResponse* response) override;
  grpc::ServerUnaryReactor* RecordRehearsal(grpc::CallbackServerContext* context,
                                            const v1::RecordRehearsalRequest* request,
                                            v1::RecordRehearsalResponse* response) override;

 private:
  const runtime::CallEnvironment& env_;
  const ViewCalls views_;
  Upkeep& upkeep_;
  const std::filesystem::path data_;
  const eventstore::Instant started_;
};

}  // namespace daybook::admin
