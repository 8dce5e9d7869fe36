// NATS JetStream with file storage: a subject a stream, message ids for duplicates, the expectation
// that the subject is new. It does not sync each message: its acknowledgement is not on disk.
#include <nats/nats.h>

#include <atomic>
#include <string>

#include "tests/bench/peers/peer.h"

namespace daybook::peers {
namespace {

template <class T, void (*kDestroy)(T*)>
struct Destroy {
  void operator()(T* thing) const { kDestroy(thing); }
};
using Connection = std::unique_ptr<natsConnection, Destroy<natsConnection, natsConnection_Destroy>>;
using Context = std::unique_ptr<jsCtx, Destroy<jsCtx, jsCtx_Destroy>>;
using Subscription =
    std::unique_ptr<natsSubscription, Destroy<natsSubscription, natsSubscription_Destroy>>;

Connection Open(const std::string& address) {
  natsConnection* connection = nullptr;
  natsConnection_ConnectTo(&connection, ("nats://" + address).c_str());
  return Connection(connection);
}

class NatsClient final : public Client {
 public:
  NatsClient(Connection connection, int payload_bytes)
      : connection_(std::move(connection)), payload_(static_cast<std::size_t>(payload_bytes), 'x') {
    jsOptions options;
    jsOptions_Init(&options);
    options.PublishAsync.MaxPending = 1000;
    options.PublishAsync.ErrHandler = [](jsCtx*, jsPubAckErr* error, void* self) {
      auto& client = *static_cast<NatsClient*>(self);
      if (client.refused_++ == 0) client.why_ = error->ErrText;
    };
    options.PublishAsync.ErrHandlerClosure = this;
    jsCtx* context = nullptr;
    natsConnection_JetStream(&context, connection_.get(), &options);
    context_.reset(context);
  }

  bool Append(std::uint64_t first, int count, std::string& why) override {
    for (int i = 0; i < count; ++i) {
      const std::string id = std::to_string(first + static_cast<std::uint64_t>(i));
      jsPubOptions options;
      jsPubOptions_Init(&options);
      options.MsgId = id.c_str();
      options.ExpectNoMessage = true;
      const natsStatus status =
          js_PublishAsync(context_.get(), ("log." + id).c_str(), payload_.data(),
                          static_cast<int>(payload_.size()), &options);
      if (status != NATS_OK) {
        why = natsStatus_GetText(status);
        return false;
      }
    }
    const natsStatus status = js_PublishAsyncComplete(context_.get(), nullptr);
    if (status == NATS_OK && refused_ == 0) return true;
    why = refused_ > 0 ? why_ : natsStatus_GetText(status);
    return false;
  }

 private:
  const Connection connection_;
  const std::string payload_;
  std::atomic<int> refused_ = 0;
  std::string why_;
  Context context_;
};

class Nats final : public Peer {
 public:
  Nats(std::string address, int payload_bytes)
      : address_(std::move(address)), payload_bytes_(payload_bytes) {}

  std::unique_ptr<Client> Connect(int) override {
    return std::make_unique<NatsClient>(Open(address_), payload_bytes_);
  }

  bool Prepare(std::string& why) override {
    const Connection connection = Open(address_);
    jsCtx* raw = nullptr;
    natsConnection_JetStream(&raw, connection.get(), nullptr);
    const Context context(raw);
    jsStreamConfig config;
    jsStreamConfig_Init(&config);
    const char* subjects[] = {"log.*"};
    config.Name = "LOG";
    config.Subjects = subjects;
    config.SubjectsLen = 1;
    config.Storage = js_FileStorage;
    const natsStatus status = js_AddStream(nullptr, context.get(), &config, nullptr, nullptr);
    if (status == NATS_OK) return true;
    why = natsStatus_GetText(status);
    return false;
  }

  std::uint64_t Replay(std::string& why) override {
    const Connection connection = Open(address_);
    jsCtx* raw_context = nullptr;
    natsConnection_JetStream(&raw_context, connection.get(), nullptr);
    const Context context(raw_context);
    jsStreamInfo* info = nullptr;
    js_GetStreamInfo(&info, context.get(), "LOG", nullptr, nullptr);
    const std::uint64_t all = info == nullptr ? 0 : info->State.Msgs;
    jsStreamInfo_Destroy(info);
    jsSubOptions options;
    jsSubOptions_Init(&options);
    options.Ordered = true;
    natsSubscription* raw = nullptr;
    natsStatus status = js_SubscribeSync(&raw, context.get(), "log.*", nullptr, &options, nullptr);
    const Subscription subscription(raw);
    std::uint64_t events = 0;
    while (status == NATS_OK && events < all) {
      natsMsg* message = nullptr;
      status = natsSubscription_NextMsg(&message, subscription.get(), 10'000);
      if (status != NATS_OK) break;
      ++events;
      natsMsg_Destroy(message);
    }
    if (status != NATS_OK) why = natsStatus_GetText(status);
    return events;
  }

 private:
  const std::string address_;
  const int payload_bytes_;
};

}  // namespace

std::unique_ptr<Peer> MakePeer(const std::string& address, int payload_bytes) {
  return std::make_unique<Nats>(address, payload_bytes);
}

}  // namespace daybook::peers
