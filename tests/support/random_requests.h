// Seeded random requests to an event store: few streams, so that they meet; ids that come back, so
// that retries and conflicts happen; every kind of expectation.
#pragma once

#include <cstdint>
#include <functional>
#include <iterator>
#include <random>
#include <string>
#include <utility>

#include "eventstore/core/event_store.h"
#include "eventstore/merkle/hash.h"

namespace daybook::eventstore::testing {

// Random values; each draw moves the one generator, so a seed is a history.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : generator_(seed) {}

  std::uint64_t Below(std::uint64_t end) { return generator_() % end; }
  bool OneIn(std::uint64_t n) { return Below(n) == 0; }
  std::string Bytes(std::uint64_t size_end) {
    std::string bytes(Below(size_end), '\0');
    for (char& byte : bytes) {
      byte = static_cast<char>(Below(256));
    }
    return bytes;
  }
  std::string Stream() { return "stream-" + std::to_string(Below(6)); }
  std::string Type() {
    static constexpr const char* kTypes[] = {"a.One", "a.Two", "b.One", "b.Two", "ab.One"};
    return kTypes[Below(std::size(kTypes))];
  }
  ExpectedRevision Expected() {
    switch (Below(6)) {
      case 0:
        return ExpectedRevision::NoStream();
      case 1:
        return ExpectedRevision::StreamExists();
      case 2:
        return ExpectedRevision::Exactly({Below(20)});
      default:
        return ExpectedRevision::Any();
    }
  }
  Filter AFilter() {
    Filter filter;
    for (std::uint64_t i = Below(3); i > 0; --i) {
      filter.types.push_back(Type());
    }
    if (OneIn(3)) {
      filter.contexts.push_back(OneIn(2) ? "a" : "b");
    }
    return filter;
  }

 private:
  std::mt19937_64 generator_;
};

inline NewEvent RandomEvent(Dice& dice) {
  NewEvent event;
  event.id = "event-" + std::to_string(dice.Below(UINT64_MAX));
  event.type = dice.Type();
  event.schema_version = 1 + static_cast<std::uint32_t>(dice.Below(3));
  event.effective.start = {static_cast<std::int32_t>(dice.Below(40'000)) - 20'000};
  event.effective.end = {event.effective.start.days + static_cast<std::int32_t>(dice.Below(400))};
  event.known.precision = static_cast<KnownPrecision>(dice.Below(4));
  event.known.day = {static_cast<std::int32_t>(dice.Below(20'000))};
  event.marking = dice.OneIn(3) ? "OFFICIAL" : "";
  event.basis = dice.OneIn(3) ? "s115" : "";
  event.payload = dice.Bytes(dice.OneIn(20) ? 5000 : 60);
  for (std::uint64_t i = dice.OneIn(3) ? dice.Below(4) : 0; i > 0; --i) {
    SealedPart part;
    part.name = "part-" + std::to_string(i);
    part.key_id = "key-" + std::to_string(dice.Below(5));
    part.nonce = std::string(24, static_cast<char>(dice.Below(256)));
    part.ciphertext = "c" + dice.Bytes(50);
    event.parts.push_back(std::move(part));
  }
  return event;
}

inline AppendRequest RandomRequest(Dice& dice,
                                   const std::function<NewEvent(Dice&)>& make_event = &RandomEvent,
                                   std::uint64_t request_ids = 400) {
  AppendRequest request;
  request.agency = dice.OneIn(2) ? "council" : "police";
  request.actor = dice.OneIn(2) ? "officer" : "";
  request.request_id = "request-" + std::to_string(dice.Below(request_ids));  // some come back
  request.fingerprint = merkle::Sha256(request.request_id + (dice.OneIn(8) ? "other" : ""));
  request.correlation_id = dice.OneIn(2) ? "correlation" : "";
  request.answer = dice.Bytes(20);
  for (std::uint64_t writes = 1 + dice.Below(3); writes > 0; --writes) {
    StreamWrite write{dice.Stream(), dice.Expected(), {}};
    for (std::uint64_t events = dice.Below(4); events > 0; --events) {
      write.events.push_back(make_event(dice));
    }
    request.writes.push_back(
        std::move(write));  // now and then one stream twice, or no event at all
  }
  return request;
}

}  // namespace daybook::eventstore::testing
