#include "services/runtime/server.h"

#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/core/limits.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/server_builder.h"
#include "services/runtime/unreadable_requests.h"

namespace daybook::runtime {
namespace {

// A client may ping every ten seconds, with or without a call, so that idle subscriptions behind
// ordinary keepalive settings live for hours; gRPC's own default cuts them off.
constexpr int kPingEveryMs = 9'000;
constexpr int kKeepaliveMs = 60'000;
constexpr int kKeepaliveTimeoutMs = 20'000;
constexpr int kStreamsPerConnectionMax = 1'000;
// gRPC cuts a call whose message is too large without a reason. So it reads somewhat more than a
// command may have, and the door refuses it with one (StartCommand).
constexpr int kReadFactor = 4;

void Limits(grpc::ServerBuilder& builder) {
  const int message_bytes = static_cast<int>(eventstore::limits::kMessageBytesMax);
  builder.SetMaxReceiveMessageSize(kReadFactor * message_bytes);
  builder.SetMaxSendMessageSize(4 * message_bytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kStreamsPerConnectionMax);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kPingEveryMs);
  // A second daemon on the same port must fail, not share it.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const std::string& address,
                                                      const std::vector<grpc::Service*>& services,
                                                      DrainSignal& drain) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  Limits(builder);
  builder.experimental().SetInterceptorCreators(UnreadableRequestInterceptors());
  int port = 0;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  for (grpc::Service* service : services) builder.RegisterService(service);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr || port == 0) {
    return eventstore::MakeError(
        absl::StatusCode::kUnavailable, "cannot listen on " + address,
        {.reason = "ADDRESS_IN_USE",
         .remedy =
             "The port is in use or the address is not this machine's. Stop the other process, "
             "or choose another with --listen 127.0.0.1:PORT (port 0 takes a free one).",
         .fields = {{"listen", "cannot be listened on"}},
         .metadata = {}});
  }
  std::string bound = address.substr(0, address.rfind(':') + 1) + std::to_string(port);
  auto result = std::unique_ptr<Server>(new Server(std::move(server), std::move(bound), drain));
  result->SetServing(true);
  return result;
}

Server::~Server() { Drain(std::chrono::seconds(0)); }

void Server::SetServing(bool serving) {
  if (auto* health = server_->GetHealthCheckService()) health->SetServingStatus(serving);
}

void Server::Drain(std::chrono::seconds limit) {
  if (drained_) return;
  drained_ = true;
  SetServing(false);
  drain_.Fire();
  server_->Shutdown(std::chrono::system_clock::now() + limit);
  server_->Wait();
}

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  return server_->InProcessChannel(grpc::ChannelArguments());
}

}  // namespace daybook::runtime
