// One workload against any store: clients that append batches of new events and wait until all of a
// batch is acknowledged, then one that reads everything back. Each store has a program of its own,
// made of main.cc and its adapter, so that no client is written in a slower language than another.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace daybook::peers {

// One client's connection; used by one thread.
class Client {
 public:
  virtual ~Client() = default;
  // Appends `count` events, each the first of a stream of its own, named and identified by its
  // number, and returns once every one is acknowledged. False when one was not; `why` says more.
  virtual bool Append(std::uint64_t first, int count, std::string& why) = 0;
};

class Peer {
 public:
  virtual ~Peer() = default;
  virtual std::unique_ptr<Client> Connect(int number) = 0;
  // Makes what the store needs before the first event: tables, a stream, an organisation.
  virtual bool Prepare(std::string& why) = 0;
  // Reads every event there is, payload and all, in order; how many.
  virtual std::uint64_t Replay(std::string& why) = 0;
};

// Of the store at `address`; every event's payload has `payload_bytes`.
std::unique_ptr<Peer> MakePeer(const std::string& address, int payload_bytes);

}  // namespace daybook::peers
