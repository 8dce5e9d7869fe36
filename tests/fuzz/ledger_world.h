// All services of a daemon over a ledger in memory, called without a network and on one thread, so
// that the same calls have the same effects. What a call needs of the machine (clock, keys, log id)
// is fixed.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/types/v1/types.pb.h"
#include "eventstore/core/event.h"
#include "eventstore/core/event_store.h"
#include "google/protobuf/message.h"

namespace daybook::fuzz {

// What came back, unary or as the only answer of an append session.
struct Answer {
  int code = 0;  // of gRPC
  std::string reason;
  std::string remedy;
  std::string message;
  bool has_receipt = false;
  types::v1::Receipt receipt;
  std::vector<types::v1::RowResult> rows;
};

class LedgerWorld {
 public:
  LedgerWorld();
  ~LedgerWorld();

  eventstore::EventStore& store();
  // Every event, in order.
  std::vector<eventstore::RecordedEvent> Events();
  // The events of another world, as one request of this one.
  void Adopt(const std::vector<eventstore::RecordedEvent>& events);

 private:
  friend struct RpcAccess;
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// One method of a service. Calls may write only where `is_command`.
struct Rpc {
  std::string name;  // of the method
  bool is_command = false;
  const google::protobuf::Message* prototype = nullptr;
  std::function<Answer(LedgerWorld&, const google::protobuf::Message& request)> call;
};

// Every method but the two that stream out of the log (their filters are texts and numbers that the
// event store's own tests try). The order is part of the inputs: new ones go to the end.
const std::vector<Rpc>& AllRpcs();
// nullptr for a name that is none.
const Rpc* FindRpc(std::string_view name);

}  // namespace daybook::fuzz
