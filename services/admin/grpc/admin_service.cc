#include "services/admin/grpc/admin_service.h"

#include <string>
#include <system_error>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/core/ledger_format.h"
#include "services/runtime/time_text.h"
#include "services/runtime/version.h"

namespace daybook::admin {

AdminServiceImpl::AdminServiceImpl(const runtime::CallEnvironment& env,
                                   projections::RebuildableViews& views, Upkeep& upkeep,
                                   std::filesystem::path data)
    : env_(env),
      views_(runtime::ReadsOf(env), views,
             [&env] {
               const absl::Status store = env.store.Health();
               return store.ok() ? std::string() : eventstore::Message(store);
             }),
      upkeep_(upkeep),
      data_(std::move(data)),
      started_(env.clock.Now()) {}

grpc::ServerUnaryReactor* AdminServiceImpl::GetViewStatus(grpc::CallbackServerContext* context,
                                                          const v1::GetViewStatusRequest* request,
                                                          v1::GetViewStatusResponse* response) {
  return views_.GetViewStatus(context, request, response);
}

grpc::ServerUnaryReactor* AdminServiceImpl::RebuildViews(grpc::CallbackServerContext* context,
                                                         const v1::RebuildViewsRequest*,
                                                         v1::RebuildViewsResponse* response) {
  return views_.RebuildViews(context, response);
}

grpc::ServerUnaryReactor* AdminServiceImpl::Ping(grpc::CallbackServerContext* context,
                                                 const v1::PingRequest*, v1::PingResponse*) {
  auto* reactor = context->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

grpc::ServerUnaryReactor* AdminServiceImpl::GetStatus(grpc::CallbackServerContext* context,
                                                      const v1::GetStatusRequest*,
                                                      v1::GetStatusResponse* response) {
  return runtime::OnWorker(context, env_, [this, response] {
    response->set_version(runtime::kVersion);
    response->set_ledger_format(eventstore::ToText(eventstore::kLedgerFormat));
    response->set_started(runtime::ToRfc3339(started_));
    response->set_data_directory(data_.string());
    views_.Fill(*response->mutable_ledger());
    *response->mutable_upkeep() = upkeep_.last();
    std::error_code error;
    const std::filesystem::space_info space = std::filesystem::space(data_, error);
    if (!error) {
      response->set_disk_free_bytes(space.available);
      response->set_disk_bytes(space.capacity);
    }
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* AdminServiceImpl::CreateBackup(grpc::CallbackServerContext* context,
                                                         const v1::CreateBackupRequest* request,
                                                         v1::CreateBackupResponse* response) {
  return runtime::OnWorker(context, env_, [this, request, response]() -> absl::Status {
    DAYBOOK_ASSIGN_OR_RETURN(*response->mutable_backup(), upkeep_.Backup(*request));
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* AdminServiceImpl::RecordRehearsal(
    grpc::CallbackServerContext* context, const v1::RecordRehearsalRequest* request,
    v1::RecordRehearsalResponse*) {
  return runtime::OnWorker(context, env_, [this, request] {
    upkeep_.RecordRehearsal(request->rehearsal());
    return absl::OkStatus();
  });
}

}  // namespace daybook::admin
