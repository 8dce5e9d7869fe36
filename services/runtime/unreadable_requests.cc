#include "services/runtime/unreadable_requests.h"

#include <algorithm>
#include <string>

#include "eventstore/core/error.h"
#include "google/protobuf/descriptor.h"
#include "services/runtime/status_mapping.h"

namespace daybook::runtime {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::ServerRpcInfo;

// "/daybook.eventlog.v1.EventLogService/ReadAll".
bool IsKnownMethod(std::string path) {
  path.erase(0, 1);
  std::ranges::replace(path, '/', '.');
  return google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(path) != nullptr;
}

class Interceptor final : public grpc::experimental::Interceptor {
 public:
  explicit Interceptor(ServerRpcInfo* info) : info_(info) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      const grpc::Status status = methods->GetSendStatus();
      if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED &&
          status.error_message().empty() && IsKnownMethod(info_->method())) {
        methods->ModifySendStatus(ToGrpcStatus(eventstore::MakeError(
            absl::StatusCode::kInvalidArgument, "the request cannot be read",
            {.reason = "INVALID_FIELD",
             .remedy = "Send the message of this method as the contract (proto/) defines it, and "
                       "every text as UTF-8.",
             .fields = {{"request", "holds text that is not UTF-8, or is of another contract"}},
             .metadata = {}})));
      }
    }
    methods->Proceed();
  }

 private:
  ServerRpcInfo* info_;  // of the call, which outlives this
};

class Factory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  grpc::experimental::Interceptor* CreateServerInterceptor(ServerRpcInfo* info) override {
    // A session tells its own unreadable messages (append_session.h), and is not slowed down.
    if (info->type() == ServerRpcInfo::Type::BIDI_STREAMING) return nullptr;
    return new Interceptor(info);  // gRPC owns it
  }
};

}  // namespace

std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>>
UnreadableRequestInterceptors() {
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> all;
  all.push_back(std::make_unique<Factory>());
  return all;
}

}  // namespace daybook::runtime
