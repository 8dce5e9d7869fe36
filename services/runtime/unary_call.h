// Unary calls: what the gRPC classes of the contexts share. They translate and finish, nothing
// else.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "daybook/types/v1/types.pb.h"
#include "eventstore/core/clock.h"
#include "eventstore/core/event_store.h"
#include "eventstore/core/limits.h"
#include "eventstore/core/refusals.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/commands/command_runner.h"
#include "services/commands/fingerprint.h"
#include "services/runtime/admission.h"
#include "services/runtime/identity.h"
#include "services/runtime/status_mapping.h"

namespace daybook::runtime {

// What every adapter needs. Owned by the composition root, which outlives every call.
struct CallEnvironment {
  eventstore::EventStore& store;
  commands::CommandRunner& runner;
  commands::Executor& executor;          // reads and renders, whatever may take its time
  commands::Executor& command_executor;  // decides commands; short work only
  const eventstore::Clock& clock;
  // Whether this agency may send commands; every one may where there is none.
  std::function<absl::Status(const commands::Caller&)> may_send = nullptr;
  // Whether commands may say something of a person.
  bool takes_personal_data = false;
  // What is under way, over all contexts.
  std::shared_ptr<Admission> commands =
      Admission::Make({.calls = eventstore::limits::kCommandsInFlightMax,
                       .bytes = eventstore::limits::kCommandBytesInFlightMax});
  std::shared_ptr<Admission> reads =
      Admission::Make({.calls = eventstore::limits::kReadsInFlightMax,
                       .bytes = eventstore::limits::kCommandBytesInFlightMax});
  std::shared_ptr<Admission> log_streams =
      Admission::Make({.calls = eventstore::limits::kLogStreamsMax,
                       .bytes = eventstore::limits::kCommandBytesInFlightMax});
};

// Who sends a command: AGENCY_MISSING, and what `may_send` refuses with.
absl::StatusOr<commands::Caller> SenderOf(const CallEnvironment& env,
                                          const grpc::ServerContextBase& context);

// What a call that only reads needs.
struct ReadEnvironment {
  commands::Executor& executor;
  const eventstore::Clock& clock;
  std::shared_ptr<Admission> reads =
      Admission::Make({.calls = eventstore::limits::kReadsInFlightMax,
                       .bytes = eventstore::limits::kCommandBytesInFlightMax});
};
inline ReadEnvironment ReadsOf(const CallEnvironment& env) {
  return {env.executor, env.clock, env.reads};
}

// Runs `work`, a read, on the pool (or on `executor`) and finishes the call with its status. A call
// that was cancelled while it waited is not begun; QUEUE_FULL when too many wait.
inline grpc::ServerUnaryReactor* OnWorker(grpc::CallbackServerContext* context,
                                          const ReadEnvironment& env,
                                          std::function<absl::Status()> work,
                                          commands::Executor* executor = nullptr) {
  auto* reactor = context->DefaultReactor();
  Admission::Ticket ticket = env.reads->TryEnter(0);
  if (!ticket) {
    reactor->Finish(ToGrpcStatus(eventstore::QueueFull()));
    return reactor;
  }
  commands::Executor& chosen = executor == nullptr ? env.executor : *executor;
  chosen.Execute([context, reactor, ticket = std::move(ticket), work = std::move(work)] {
    if (context->IsCancelled()) {
      reactor->Finish(grpc::Status::CANCELLED);
      return;
    }
    reactor->Finish(ToGrpcStatus(work()));
  });
  return reactor;
}
inline grpc::ServerUnaryReactor* OnWorker(grpc::CallbackServerContext* context,
                                          const CallEnvironment& env,
                                          std::function<absl::Status()> work,
                                          commands::Executor* executor = nullptr) {
  return OnWorker(context, ReadsOf(env), std::move(work), executor);
}

// "Position and time" of an append, as every answer carries them.
types::v1::Receipt ToReceipt(const eventstore::AppendResult& result);

// Checks the size of the message (TOO_LARGE), its head (request id, known) and whether it may say
// what it does of a person (PERSONAL_DATA_OFF), and turns it into the frame of a command. `request`
// is fingerprinted as a whole.
absl::StatusOr<commands::Command> StartCommand(const CallEnvironment& env,
                                               const commands::Caller& caller,
                                               const types::v1::CommandHead& head,
                                               const google::protobuf::Message& request);

// A command in the common way: door, decide, append, receipt. `decide` loads what it needs;
// `fill` may add to the response (the receipt is set already); `check` looks at a request that was
// answered before, beside what the common way looks at.
template <class Request, class Response>
grpc::ServerUnaryReactor* OnCommand(
    const CallEnvironment& env, grpc::CallbackServerContext* context, const Request* request,
    Response* response,
    std::function<absl::StatusOr<commands::Outcome>(const commands::Caller&, const Request&,
                                                    commands::StreamLoader&)>
        decide,
    std::function<void(const eventstore::AppendResult&, Response&)> fill = nullptr,
    std::function<absl::Status(const commands::Caller&, const Request&,
                               const eventstore::AppendResult&)>
        check = nullptr) {
  auto* reactor = context->DefaultReactor();
  Admission::Ticket ticket = env.commands->TryEnter(request->ByteSizeLong());
  if (!ticket) {
    reactor->Finish(ToGrpcStatus(eventstore::QueueFull()));
    return reactor;
  }
  auto work = [&env, context, reactor, request, response, ticket = std::move(ticket),
               decide = std::move(decide), fill = std::move(fill), check = std::move(check)] {
    if (context->IsCancelled()) {
      reactor->Finish(grpc::Status::CANCELLED);
      return;
    }
    auto caller = SenderOf(env, *context);
    if (!caller.ok()) {
      reactor->Finish(ToGrpcStatus(caller.status()));
      return;
    }
    auto command = StartCommand(env, *caller, request->head(), *request);
    if (!command.ok()) {
      reactor->Finish(ToGrpcStatus(command.status()));
      return;
    }
    command->decide = [caller = *caller, request, decide](commands::StreamLoader& loader) {
      return decide(caller, *request, loader);
    };
    if (check) {
      command->check_known = [caller = *caller, request,
                              check](const eventstore::AppendResult& known) {
        return check(caller, *request, known);
      };
    }
    // The answer comes on a thread of the store, which must not read or render: filling goes back
    // to the pool.
    env.runner.RunHere(*std::move(command), [&env, reactor, response, fill, ticket](
                                                absl::StatusOr<eventstore::AppendResult> result) {
      if (result.ok()) *response->mutable_receipt() = ToReceipt(*result);
      if (!result.ok() || !fill) {
        reactor->Finish(ToGrpcStatus(result.status()));
        return;
      }
      env.executor.Execute([reactor, response, fill, ticket, result = *std::move(result)] {
        fill(result, *response);
        reactor->Finish(grpc::Status::OK);
      });
    });
  };
  env.command_executor.Execute(std::move(work));
  return reactor;
}

}  // namespace daybook::runtime
