#include "eventstore/merkle/commitment.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "eventstore/core/ids.h"

namespace daybook::merkle {
namespace {

using eventstore::KnownPrecision;
using eventstore::RecordedEvent;

RecordedEvent Sample() {
  RecordedEvent recorded;
  recorded.agency = "council";
  recorded.actor = "officer-1";
  recorded.request_id = "request-1";
  recorded.correlation_id = "correlation-1";
  recorded.causation_id = "causation-1";
  recorded.record_time = {1'767'603'600'000'000};
  recorded.position = {258};
  recorded.stream = "incident-1";
  recorded.revision = {3};
  recorded.event.id = "00000000-0000-4000-8000-000000000001";
  recorded.event.type = "incidents.IncidentRecorded";
  recorded.event.schema_version = 2;
  recorded.event.effective = {{17'256}, {17'286}};
  recorded.event.known = {KnownPrecision::kDay, {17'300}};
  recorded.event.marking = "m";
  recorded.event.basis = "b";
  recorded.event.agreement = "a";
  recorded.event.retention_rule = "r";
  recorded.event.payload = "payload";
  std::uint8_t number = 0;
  for (const char* const name : {"narrative", "age"}) {
    Hash digest{};
    digest.fill(++number);
    recorded.event.parts.push_back({.name = name,
                                    .key_id = "key-1",
                                    .nonce = std::string(24, 'n'),
                                    .ciphertext = name,
                                    .ciphertext_hash = Sha256(name),
                                    .digest = digest,
                                    .erased = false});
  }
  recorded.salt.fill(9);
  return recorded;
}

// Built by hand from the description in the header.
std::string Number(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) {
    out.push_back(static_cast<char>((value >> (8 * i)) & 0xFF));
  }
  return out;
}
std::string Text(const std::string& text) { return Number(text.size(), 4) + text; }
std::string Raw(const Hash& hash) { return std::string(AsBytes(hash)); }

TEST(Commitment, IsWhatTheHeaderSays) {
  const std::string nonce(24, 'n');
  const std::string metadata =
      Text("council") + Text("officer-1") + Text("request-1") + Text("correlation-1") +
      Text("causation-1") + Number(1'767'603'600'000'000, 8) + Text("incident-1") + Number(3, 8) +
      Text("00000000-0000-4000-8000-000000000001") + Text("incidents.IncidentRecorded") +
      Number(2, 4) + Number(17'256, 4) + Number(17'286, 4) + Number(1, 1) + Number(17'300, 4) +
      Text("m") + Text("b") + Text("a") + Text("r") + Number(2, 4) + Text("narrative") +
      Text("key-1") + Text(nonce) + std::string(32, 1) + Text("age") + Text("key-1") + Text(nonce) +
      std::string(32, 2);
  const std::string record = Number(2, 1) + Number(258, 8) +
                             Raw(Sha256(std::string(16, 9) + metadata)) + Raw(Sha256("payload")) +
                             Number(2, 4) + Raw(Sha256("narrative")) + Raw(Sha256("age"));
  EXPECT_EQ(CommitmentLeaf(Sample()), Sha256(std::string(1, '\0') + record));
}

// Computed from the description in the header by a program in another language.
TEST(Commitment, NeverChanges) {
  EXPECT_EQ(eventstore::ToHex(CommitmentLeaf(Sample())),
            "758bd48849f021277ef830d19cd8f7882bcb4953e1c94037b2c92243d110af75");
}

TEST(Commitment, ChangesWithEveryField) {
  using Change = std::function<void(RecordedEvent&)>;
  const std::vector<Change> changes = {
      [](auto& r) { r.agency += "x"; },
      [](auto& r) { r.actor += "x"; },
      [](auto& r) { r.request_id += "x"; },
      [](auto& r) { r.correlation_id += "x"; },
      [](auto& r) { r.causation_id += "x"; },
      [](auto& r) { ++r.record_time.micros; },
      [](auto& r) { ++r.position.value; },
      [](auto& r) { r.stream += "x"; },
      [](auto& r) { ++r.revision.value; },
      [](auto& r) { r.event.id += "x"; },
      [](auto& r) { r.event.type += "x"; },
      [](auto& r) { ++r.event.schema_version; },
      [](auto& r) { --r.event.effective.start.days; },
      [](auto& r) { ++r.event.effective.end.days; },
      [](auto& r) { r.event.known.precision = KnownPrecision::kMonth; },
      [](auto& r) { ++r.event.known.day.days; },
      [](auto& r) { r.event.marking += "x"; },
      [](auto& r) { r.event.basis += "x"; },
      [](auto& r) { r.event.agreement += "x"; },
      [](auto& r) { r.event.retention_rule += "x"; },
      [](auto& r) { r.event.payload += "x"; },
      [](auto& r) { r.event.parts[1].name += "x"; },
      [](auto& r) { r.event.parts[1].key_id += "x"; },
      [](auto& r) { r.event.parts[1].nonce[0] = 'x'; },
      [](auto& r) { r.event.parts[1].ciphertext_hash[0] ^= 1; },
      [](auto& r) { r.event.parts[1].digest[0] ^= 1; },
      [](auto& r) { std::swap(r.event.parts[0], r.event.parts[1]); },
      [](auto& r) { r.event.parts.pop_back(); },
      [](auto& r) { r.salt[15] ^= 1; },
      // A byte that moves from one field to the next.
      [](auto& r) { r.agency = "councilo", r.actor = "fficer-1"; },
  };
  const Hash leaf = CommitmentLeaf(Sample());
  for (std::size_t i = 0; i < changes.size(); ++i) {
    RecordedEvent changed = Sample();
    changes[i](changed);
    EXPECT_NE(CommitmentLeaf(changed), leaf) << "change " << i;
  }
}

TEST(Commitment, StaysWhenAPartIsErased) {
  RecordedEvent erased = Sample();
  erased.event.parts[0].ciphertext.clear();
  erased.event.parts[0].erased = true;
  EXPECT_EQ(CommitmentLeaf(erased), CommitmentLeaf(Sample()));
}

TEST(Commitment, DoesNotDependOnTheDayThatAReaderFillsIn) {
  RecordedEvent event = Sample();
  event.event.known = {KnownPrecision::kRecorded, {}};
  const Hash leaf = CommitmentLeaf(event);
  event.event.known.day = {20'458};
  EXPECT_EQ(CommitmentLeaf(event), leaf);
}

TEST(Commitment, IsTheSameFromAPayloadHash) {
  const RecordedEvent event = Sample();
  std::string scratch = "left over";
  EXPECT_EQ(CommitmentLeaf(CommitmentInputOf(event), Sha256("payload"), scratch),
            CommitmentLeaf(event));
}

}  // namespace
}  // namespace daybook::merkle
