#include "services/eventlog/grpc/eventlog_service.h"

#include <algorithm>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/core/limits.h"
#include "eventstore/core/refusals.h"
#include "services/eventlog/grpc/event_translation.h"
#include "services/eventlog/grpc/read_all_call.h"
#include "services/eventlog/grpc/subscription_call.h"

namespace daybook::eventlog {
namespace {

constexpr std::uint32_t kPageDefault = 100;
constexpr std::uint32_t kPageMax = 1000;

// More are open than the server has room for.
template <class Response>
class RefusedStream final : public grpc::ServerWriteReactor<Response> {
 public:
  RefusedStream() { this->Finish(runtime::ToGrpcStatus(eventstore::QueueFull())); }
  void OnDone() override { delete this; }
};

absl::Status ReadPage(eventstore::EventStore& store, const v1::ReadStreamRequest& request,
                      v1::ReadStreamResponse& response) {
  if (request.stream().empty()) {
    return eventstore::MakeError(absl::StatusCode::kInvalidArgument, "stream is empty",
                                 {.reason = "MISSING_FIELD",
                                  .remedy = "Name the stream.",
                                  .fields = {{"stream", "is required"}},
                                  .metadata = {}});
  }
  const std::uint64_t page =
      request.page_size() == 0 ? kPageDefault : std::min(request.page_size(), kPageMax);
  const auto direction =
      request.backward() ? eventstore::Direction::kBackward : eventstore::Direction::kForward;
  const std::uint64_t from = request.has_from_revision() ? request.from_revision()
                             : request.backward()        ? UINT64_MAX
                                                         : 0;
  std::size_t bytes = 0;
  // One more than the page is read, to know whether there is a next one.
  return store.ReadStream(
      request.stream(), {from}, direction, page + 1, [&](eventstore::RecordedEvent& event) {
        bytes += event.event.payload.size();
        for (const auto& part : event.event.parts) {
          bytes += part.ciphertext.size();
        }
        const auto taken = static_cast<std::uint64_t>(response.events_size());
        if (taken == page || (taken > 0 && bytes > eventstore::limits::kMessageBytesMax / 2)) {
          response.set_next_revision(event.revision.value);
          return false;
        }
        ToWire(event, response.add_events());
        return true;
      });
}

}  // namespace

EventLogServiceImpl::EventLogServiceImpl(const runtime::CallEnvironment& env,
                                         runtime::DrainSignal& drain)
    : env_(env), drain_(drain) {}

grpc::ServerUnaryReactor* EventLogServiceImpl::ReadStream(grpc::CallbackServerContext* context,
                                                          const v1::ReadStreamRequest* request,
                                                          v1::ReadStreamResponse* response) {
  return runtime::OnWorker(context, env_, [this, request, response] {
    return ReadPage(env_.store, *request, *response);
  });
}

grpc::ServerWriteReactor<v1::ReadAllResponse>* EventLogServiceImpl::ReadAll(
    grpc::CallbackServerContext*, const v1::ReadAllRequest* request) {
  auto ticket = env_.log_streams->TryEnter(0);
  if (!ticket) return new RefusedStream<v1::ReadAllResponse>();
  return new ReadAllCall(env_, std::move(ticket), *request);
}

grpc::ServerWriteReactor<v1::SubscribeResponse>* EventLogServiceImpl::Subscribe(
    grpc::CallbackServerContext*, const v1::SubscribeRequest* request) {
  auto ticket = env_.log_streams->TryEnter(0);
  if (!ticket) return new RefusedStream<v1::SubscribeResponse>();
  return new SubscriptionCall(env_, drain_, std::move(ticket), *request);
}

grpc::ServerUnaryReactor* EventLogServiceImpl::GetHead(grpc::CallbackServerContext* context,
                                                       const v1::GetHeadRequest*,
                                                       v1::GetHeadResponse* response) {
  return runtime::OnWorker(context, env_, [this, response] {
    ToWire(env_.store.Head(), response->mutable_head());
    return absl::OkStatus();
  });
}

}  // namespace daybook::eventlog
