// Daybook: an append session a client, every batch one message of rows, each row an incident and a
// stream of its own, checked against its register and vocabularies.
#include <string>

#include "daybook/eventlog/v1/eventlog_service.grpc.pb.h"
#include "daybook/incidents/v1/incidents_service.grpc.pb.h"
#include "fmt/format.h"
#include "tests/bench/bench_client.h"
#include "tests/bench/peers/peer.h"

namespace daybook::peers {
namespace {

class DaybookClient final : public Client {
 public:
  DaybookClient(std::shared_ptr<grpc::Channel> channel, int payload_bytes)
      : payload_bytes_(payload_bytes),
        stub_(incidents::v1::IncidentService::NewStub(std::move(channel))) {
    bench::Identify(context_);
    stream_ = stub_->SubmitIncidents(&context_);
  }
  ~DaybookClient() override {
    stream_->WritesDone();
    stream_->Finish();
  }

  bool Append(std::uint64_t first, int count, std::string& why) override {
    request_.Clear();
    request_.mutable_head()->set_request_id(fmt::format("b{}", first));
    request_.set_dataset("police-uk-street");
    for (int i = 0; i < count; ++i) {
      Fill(first + static_cast<std::uint64_t>(i), *request_.add_rows());
    }
    if (!stream_->Write(request_) || !stream_->Read(&response_)) {
      why = "the session is over";
      return false;
    }
    if (!response_.has_error() && response_.results_size() == count) return true;
    why = response_.error().message();
    return false;
  }

 private:
  void Fill(std::uint64_t number, incidents::v1::IncidentRow& row) const {
    bench::FillRow(number, row);
    // The text fills it up to the payload of the others.
    const auto there = static_cast<int>(row.ByteSizeLong());
    if (there < payload_bytes_) {
      row.mutable_location()->append(static_cast<std::size_t>(payload_bytes_ - there), 'x');
    }
  }

  const int payload_bytes_;
  const std::unique_ptr<incidents::v1::IncidentService::Stub> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<incidents::v1::SubmitIncidentsRequest,
                                           incidents::v1::SubmitIncidentsResponse>>
      stream_;
  incidents::v1::SubmitIncidentsRequest request_;
  incidents::v1::SubmitIncidentsResponse response_;
};

class Daybook final : public Peer {
 public:
  Daybook(std::string address, int payload_bytes)
      : address_(std::move(address)), payload_bytes_(payload_bytes) {}

  std::unique_ptr<Client> Connect(int) override {
    return std::make_unique<DaybookClient>(bench::Open(address_), payload_bytes_);
  }

  bool Prepare(std::string&) override {
    bench::RegisterForce(address_);
    return true;
  }

  std::uint64_t Replay(std::string& why) override {
    const auto stub = eventlog::v1::EventLogService::NewStub(bench::Open(address_));
    grpc::ClientContext context;
    bench::Identify(context);
    const auto reader = stub->ReadAll(&context, {});
    std::uint64_t events = 0;
    eventlog::v1::ReadAllResponse response;
    while (reader->Read(&response)) events += static_cast<std::uint64_t>(response.events_size());
    why = reader->Finish().error_message();
    return events;
  }

 private:
  const std::string address_;
  const int payload_bytes_;
};

}  // namespace

std::unique_ptr<Peer> MakePeer(const std::string& address, int payload_bytes) {
  return std::make_unique<Daybook>(address, payload_bytes);
}

}  // namespace daybook::peers
