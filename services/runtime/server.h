// The gRPC server: limits, keepalive, health, reflection, start and graceful stop.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "grpcpp/impl/service_type.h"
#include "grpcpp/server.h"
#include "services/runtime/drain.h"

namespace daybook::runtime {

// Thread-safe after Start. Services and drain signal must outlive it.
class Server {
 public:
  // Listens on `address` ("127.0.0.1:7450"; port 0 takes a free one). UNAVAILABLE when the port is
  // in use, with a remedy.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const std::string& address,
                                                       const std::vector<grpc::Service*>& services,
                                                       DrainSignal& drain);
  // Drain(0 s).
  ~Server();

  // Host and port that it really listens on.
  const std::string& address() const { return address_; }

  // What health says of the server as a whole ("" in the health protocol).
  void SetServing(bool serving);

  // Health turns to NOT_SERVING, no call is taken any more, long-lived calls are told to end,
  // running ones may take up to `limit`, then they are cut. Idempotent.
  void Drain(std::chrono::seconds limit);

  // A channel inside the process, for tests.
  std::shared_ptr<grpc::Channel> InProcessChannel();

 private:
  Server(std::unique_ptr<grpc::Server> server, std::string address, DrainSignal& drain)
      : server_(std::move(server)), address_(std::move(address)), drain_(drain) {}

  std::unique_ptr<grpc::Server> server_;
  std::string address_;
  DrainSignal& drain_;
  bool drained_ = false;
};

}  // namespace daybook::runtime
