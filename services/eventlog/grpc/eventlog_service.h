// EventLogService: translate, read, finish. Reading happens on the worker pool; a stream has one
// write in flight, so a slow reader holds only its own call.
#pragma once

#include "daybook/eventlog/v1/eventlog_service.grpc.pb.h"
#include "services/runtime/drain.h"
#include "services/runtime/unary_call.h"

namespace daybook::eventlog {

// Thread-safe. Owns nothing that it is given.
class EventLogServiceImpl final : public v1::EventLogService::CallbackService {
 public:
  EventLogServiceImpl(const runtime::CallEnvironment& env, runtime::DrainSignal& drain);

  grpc::ServerUnaryReactor* ReadStream(grpc::CallbackServerContext* context,
                                       const v1::ReadStreamRequest* request,
                                       v1::ReadStreamResponse* response) override;
  grpc::ServerWriteReactor<v1::ReadAllResponse>* ReadAll(
      grpc::CallbackServerContext* context, const v1::ReadAllRequest* request) override;
  grpc::ServerWriteReactor<v1::SubscribeResponse>* Subscribe(
      grpc::CallbackServerContext* context, const v1::SubscribeRequest* request) override;
  grpc::ServerUnaryReactor* GetHead(grpc::CallbackServerContext* context,
                                    const v1::GetHeadRequest* request,
                                    v1::GetHeadResponse* response) override;

 private:
  const runtime::CallEnvironment& env_;
  runtime::DrainSignal& drain_;
};

}  // namespace daybook::eventlog
