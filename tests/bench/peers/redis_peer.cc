// Redis Streams: one stream, XADD in a pipeline. It checks no version and no event id: what people
// use it for, and its fastest.
#include <hiredis/hiredis.h>

#include <cstring>
#include <string>

#include "tests/bench/peers/peer.h"

namespace daybook::peers {
namespace {

struct FreeContext {
  void operator()(redisContext* context) const { redisFree(context); }
};
using Context = std::unique_ptr<redisContext, FreeContext>;

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using Reply = std::unique_ptr<redisReply, FreeReply>;

Context Open(const std::string& address) {
  const auto colon = address.rfind(':');
  return Context(
      redisConnect(address.substr(0, colon).c_str(), std::stoi(address.substr(colon + 1))));
}

Reply TakeReply(redisContext& context) {
  void* reply = nullptr;
  if (redisGetReply(&context, &reply) != REDIS_OK) return nullptr;
  return Reply(static_cast<redisReply*>(reply));
}

class RedisClient final : public Client {
 public:
  RedisClient(Context context, int payload_bytes)
      : context_(std::move(context)), payload_(static_cast<std::size_t>(payload_bytes), 'x') {}

  bool Append(std::uint64_t first, int count, std::string& why) override {
    for (int i = 0; i < count; ++i) {
      redisAppendCommand(context_.get(), "XADD log * stream %llu payload %b",
                         static_cast<unsigned long long>(first + static_cast<std::uint64_t>(i)),
                         payload_.data(), payload_.size());
    }
    for (int i = 0; i < count; ++i) {
      const Reply reply = TakeReply(*context_);
      if (reply && reply->type == REDIS_REPLY_STRING) continue;
      why = reply ? std::string(reply->str, reply->len) : context_->errstr;
      return false;
    }
    return true;
  }

 private:
  const Context context_;
  const std::string payload_;
};

class Redis final : public Peer {
 public:
  Redis(std::string address, int payload_bytes)
      : address_(std::move(address)), payload_bytes_(payload_bytes) {}

  std::unique_ptr<Client> Connect(int) override {
    return std::make_unique<RedisClient>(Open(address_), payload_bytes_);
  }
  bool Prepare(std::string&) override { return true; }

  std::uint64_t Replay(std::string& why) override {
    const Context context = Open(address_);
    std::string from = "-";
    std::uint64_t events = 0;
    while (true) {
      redisAppendCommand(context.get(), "XRANGE log %s + COUNT 1000", from.c_str());
      const Reply reply = TakeReply(*context);
      if (!reply || reply->type != REDIS_REPLY_ARRAY) {
        why = context->errstr;
        return events;
      }
      if (reply->elements == 0) return events;
      events += reply->elements;
      const redisReply& last = *reply->element[reply->elements - 1]->element[0];
      from = "(" + std::string(last.str, last.len);
    }
  }

 private:
  const std::string address_;
  const int payload_bytes_;
};

}  // namespace

std::unique_ptr<Peer> MakePeer(const std::string& address, int payload_bytes) {
  return std::make_unique<Redis>(address, payload_bytes);
}

}  // namespace daybook::peers
