#include "services/cli/log_commands.h"

#include <cstdio>

#include "daybook/eventlog/v1/eventlog_service.grpc.pb.h"
#include "eventstore/notify/feed_listener.h"
#include "fmt/format.h"
#include "services/cli/error_output.h"
#include "services/cli/event_printer.h"

namespace daybook::cli {
namespace {

namespace v1 = eventlog::v1;

void SetFilter(const std::vector<std::string>& types, v1::Filter* filter) {
  for (const std::string& type : types) {
    (type.find('.') == std::string::npos ? filter->add_contexts() : filter->add_types())
        ->assign(type);
  }
}

// Prints until the limit; false when it is reached, or nobody can read on.
class Printer {
 public:
  Printer(std::string format, std::uint64_t limit) : format_(std::move(format)), limit_(limit) {}

  bool Print(const v1::Event& event) {
    fmt::print("{}\n", format_ == "jsonl" ? ToJsonLine(event) : ToTableLine(event));
    ++printed_;
    return (limit_ == 0 || printed_ < limit_) && std::ferror(stdout) == 0;
  }
  // Whether it could be written.
  static bool Flush() { return std::fflush(stdout) == 0; }

 private:
  const std::string format_;
  const std::uint64_t limit_;
  std::uint64_t printed_ = 0;
};

int ReadStream(const Connection& connection, const LogOptions& options, Printer& printer) {
  auto stub = v1::EventLogService::NewStub(connection.channel);
  v1::ReadStreamRequest request;
  request.set_stream(options.stream);
  request.set_from_revision(0);
  while (true) {
    grpc::ClientContext context;
    Prepare(context, connection, connection.agency);
    v1::ReadStreamResponse response;
    const grpc::Status status = stub->ReadStream(&context, request, &response);
    if (!status.ok()) return Report("log", status, connection);
    for (const auto& event : response.events()) {
      if (!printer.Print(event)) return kDone;
    }
    if (!response.has_next_revision()) return kDone;
    request.set_from_revision(response.next_revision());
  }
}

// Prints [from, to] and returns the status; `go_on` turns false at the limit.
grpc::Status ReadRange(const Connection& connection, std::uint64_t from,
                       std::optional<std::uint64_t> to, const std::vector<std::string>& types,
                       Printer& printer, bool& go_on) {
  auto stub = v1::EventLogService::NewStub(connection.channel);
  v1::ReadAllRequest request;
  request.set_from_position(from);
  if (to) request.set_to_position(*to);
  SetFilter(types, request.mutable_filter());
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency, std::chrono::seconds(0));
  auto reader = stub->ReadAll(&context, request);
  v1::ReadAllResponse response;
  while (go_on && reader->Read(&response)) {
    for (const auto& event : response.events()) {
      go_on = printer.Print(event);
      if (!go_on) break;
    }
  }
  if (!go_on) {
    context.TryCancel();
    reader->Finish();
    return grpc::Status::OK;
  }
  return reader->Finish();
}

int Follow(const Connection& connection, const LogOptions& options, Printer& printer) {
  auto stub = v1::EventLogService::NewStub(connection.channel);
  v1::SubscribeRequest request;
  request.set_from_position(options.from);
  SetFilter(options.types, request.mutable_filter());
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency, std::chrono::seconds(0));
  auto reader = stub->Subscribe(&context, request);
  v1::SubscribeResponse response;
  bool go_on = true;
  while (reader->Read(&response)) {
    for (const auto& event : response.events().events()) {
      go_on = go_on && printer.Print(event);
    }
    go_on = Printer::Flush() && go_on;
    if (!go_on) {
      context.TryCancel();
      reader->Finish();
      return kDone;
    }
  }
  const grpc::Status status = reader->Finish();
  return status.ok() ? kDone : Report("log --follow", status, connection);
}

// Prints what is in the log from `next` on and moves it to the head.
grpc::Status CatchUp(const Connection& connection, const FeedOptions& options, std::uint64_t& next,
                     Printer& printer, bool& go_on) {
  auto stub = v1::EventLogService::NewStub(connection.channel);
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency);
  v1::GetHeadResponse head;
  grpc::Status status = stub->GetHead(&context, {}, &head);
  if (!status.ok() || head.head().size() <= next) return status;
  status = ReadRange(connection, next, head.head().size() - 1, options.topics, printer, go_on);
  Printer::Flush();
  next = head.head().size();
  return status;
}

}  // namespace

int RunLog(const Connection& connection, const LogOptions& options) {
  Printer printer(options.format, options.limit);
  if (!options.stream.empty()) return ReadStream(connection, options, printer);
  if (options.follow) return Follow(connection, options, printer);
  bool go_on = true;
  const grpc::Status status =
      ReadRange(connection, options.from, options.to, options.types, printer, go_on);
  return status.ok() ? kDone : Report("log", status, connection);
}

int RunFeed(const Connection& connection, const FeedOptions& options) {
  auto listener = notify::FeedListener::Connect(options.endpoint, {});
  if (!listener.ok()) return Report(listener.status());
  auto stub = v1::EventLogService::NewStub(connection.channel);
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency);
  v1::GetHeadResponse head;
  if (const auto status = stub->GetHead(&context, {}, &head); !status.ok()) {
    return Report("feed", status, connection);
  }
  std::uint64_t next = head.head().size();
  PrintError("Listening to {} from position {}.\n", options.endpoint, next);
  Printer printer(options.format, options.limit);
  bool go_on = true;
  while (go_on) {
    const auto claim = (*listener)->Next(std::chrono::milliseconds(1000));
    if (!claim) {
      // The feed may lose claims, the first ones while it connects above all. Quiet: ask the log.
      const auto status = CatchUp(connection, options, next, printer, go_on);
      if (!status.ok()) return Report("feed", status, connection);
      continue;
    }
    if (claim->log_id != head.head().log_id() || claim->incarnation != head.head().incarnation()) {
      PrintError("error: the feed speaks of another log than {}\n", connection.address);
      return kRefused;
    }
    if (claim->position < next) continue;  // printed with an earlier claim's range
    if (claim->position > next) {
      PrintError("Positions {} to {} were not heard; reading them from the log.\n", next,
                 claim->position - 1);
    }
    const auto status =
        ReadRange(connection, next, claim->position, options.topics, printer, go_on);
    if (!status.ok()) return Report("feed", status, connection);
    Printer::Flush();
    next = claim->position + 1;
  }
  return kDone;
}

}  // namespace daybook::cli
