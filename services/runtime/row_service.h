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

// What is done with the rows of a submission that is compared as a whole: kept aside, nothing is
// recorded.
template <class Request>
using KeepRowsOf =
    std::function<absl::StatusOr<types::v1::RowResults>(const commands::Caller&, const Request&)>;

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

template <class Response>
Response ToKeptResponse(const std::string& request_id,
                        absl::StatusOr<types::v1::RowResults> results) {
  Response response;
  response.set_request_id(request_id);
  if (results.ok()) {
    response.mutable_results()->Swap(results->mutable_results());
  } else {
    *response.mutable_error() = ToSessionError(results.status());
  }
  return response;
}

// Opens a session. `env` and `drain` must outlive it; `decide` is called on the pool, for several
// messages at once, and so is `keep`, where there is one, for messages that name a submission.
template <class Request, class Response>
grpc::ServerBidiReactor<Request, Response>* OnRows(const CallEnvironment& env, DrainSignal& drain,
                                                   grpc::CallbackServerContext* context,
                                                   DecideRowsOf<Request> decide,
                                                   KeepRowsOf<Request> keep = nullptr) {
  using Session = AppendSession<Request, Response>;
  auto caller = SenderOf(env, *context);
  if (!caller.ok()) return Session::Refused(caller.status());
  auto handle = [&env, caller = *std::move(caller), decide = std::move(decide),
                 keep = std::move(keep)](std::shared_ptr<const Request> request,
                                         typename Session::Answer answer) {
    Admission::Ticket ticket = env.commands->TryEnter(request->ByteSizeLong());
    if (!ticket) {
      answer(ToRowResponse<Response>(request->head().request_id(), eventstore::QueueFull()));
      return;
    }
    env.command_executor.Execute([&env, caller, decide, keep, ticket = std::move(ticket),
                                  request = std::move(request), answer = std::move(answer)] {
      const std::string request_id = request->head().request_id();
      auto command = StartCommand(env, caller, request->head(), *request);
      if (!command.ok()) {
        answer(ToRowResponse<Response>(request_id, command.status()));
        return;
      }
      if (keep && !request->head().submission_id().empty()) {
        answer(ToKeptResponse<Response>(request_id, keep(caller, *request)));
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
