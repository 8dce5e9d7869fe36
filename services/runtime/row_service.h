// Append sessions of rows: what the three streamed submissions share. Every message is a command in
// the common way; its answer carries a result for every row, or why the whole message failed.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "services/commands/row_session.h"
#include "services/runtime/append_session.h"
#include "services/runtime/unary_call.h"

namespace daybook::runtime {

template <class Request>
using DecideRowsOf = std::function<absl::StatusOr<commands::Outcome>(
    const commands::Caller&, const Request&, commands::StreamLoader&)>;

// The answer to one message.
template <class Response>
Response ToRowResponse(const std::string& request_id,
                       const absl::StatusOr<eventstore::AppendResult>& result) {
  Response response;
  response.set_request_id(request_id);
  if (!result.ok()) {
    *response.mutable_error() = ToSessionError(result.status());
    return response;
  }
  auto results = commands::RowResultsOf(result->answer);
  if (commands::AnyRecorded(results)) *response.mutable_receipt() = ToReceipt(*result);
  response.mutable_results()->Swap(results.mutable_results());
  return response;
}

// Opens a session. `env` and `drain` must outlive it; `decide` is called on the pool, for several
// messages at once.
template <class Request, class Response>
grpc::ServerBidiReactor<Request, Response>* OnRows(const CallEnvironment& env, DrainSignal& drain,
                                                   grpc::CallbackServerContext* context,
                                                   DecideRowsOf<Request> decide) {
  using Session = AppendSession<Request, Response>;
  auto caller = CallerOf(*context);
  if (!caller.ok()) return Session::Refused(caller.status());
  auto handle = [&env, caller = *std::move(caller), decide = std::move(decide)](
                    std::shared_ptr<const Request> request, typename Session::Answer answer) {
    Admission::Ticket ticket = env.commands->TryEnter(request->ByteSizeLong());
    if (!ticket) {
      answer(ToRowResponse<Response>(request->head().request_id(), eventstore::QueueFull()));
      return;
    }
    env.command_executor.Execute([&env, caller, decide, ticket = std::move(ticket),
                                  request = std::move(request), answer = std::move(answer)] {
      const std::string request_id = request->head().request_id();
      auto command = StartCommand(caller, request->head(), *request, env.clock);
      if (!command.ok()) {
        answer(ToRowResponse<Response>(request_id, command.status()));
        return;
      }
      command->decide = [caller, decide, request](commands::StreamLoader& loader) {
        return decide(caller, *request, loader);
      };
      env.runner.RunHere(
          *std::move(command),
          [request_id, answer, ticket](const absl::StatusOr<eventstore::AppendResult>& result) {
            answer(ToRowResponse<Response>(request_id, result));
          });
    });
  };
  return new Session(drain, GathersAnswers(*context), std::move(handle));
}

}  // namespace daybook::runtime
