// Every malformed or oversized request is refused with a reason and the field, and leaves no trace.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/core/limits.h"
#include "tests/contract/event_store_contract.h"

namespace daybook::eventstore {
namespace {

using ::daybook::testing::HasCode;
using ::daybook::testing::HasReasonAndField;

struct BadRequest {
  std::string name;
  std::function<void(AppendRequest&)> spoil;  // a valid request of one stream, two events, one part
  std::string_view reason;
  std::string field;
};

NewEvent& FirstEvent(AppendRequest& request) { return request.writes[0].events[0]; }
SealedPart& FirstPart(AppendRequest& request) { return FirstEvent(request).parts[0]; }

std::vector<BadRequest> Malformed() {
  const std::string_view reason = reason::kInvalidArgument;
  return {
      {"no agency", [](auto& r) { r.agency = ""; }, reason, "agency"},
      {"no request id", [](auto& r) { r.request_id = ""; }, reason, "request_id"},
      {"no writes", [](auto& r) { r.writes.clear(); }, reason, "writes"},
      {"no events", [](auto& r) { r.writes[0].events.clear(); }, reason, "writes"},
      {"agency not UTF-8", [](auto& r) { r.agency = "\xC3("; }, reason, "agency"},
      {"overlong UTF-8", [](auto& r) { r.actor = "\xC0\xAF"; }, reason, "actor"},
      {"surrogate", [](auto& r) { r.actor = "\xED\xA0\x80"; }, reason, "actor"},
      {"control", [](auto& r) { r.request_id = "a\nb"; }, reason, "request_id"},
      {"no stream", [](auto& r) { r.writes[0].stream = ""; }, reason, "writes[0].stream"},
      {"stream with NUL", [](auto& r) { r.writes[0].stream = std::string("a\0b", 3); }, reason,
       "writes[0].stream"},
      {"stream twice", [](auto& r) { r.writes.push_back(r.writes[0]); }, reason,
       "writes[1].stream"},
      {"no event id", [](auto& r) { FirstEvent(r).id = ""; }, reason, "writes[0].events[0].id"},
      {"no type", [](auto& r) { FirstEvent(r).type = ""; }, reason, "writes[0].events[0].type"},
      {"type without context", [](auto& r) { FirstEvent(r).type = "Recorded"; }, reason,
       "writes[0].events[0].type"},
      {"type with two dots", [](auto& r) { FirstEvent(r).type = "a.b.C"; }, reason,
       "writes[0].events[0].type"},
      {"schema version 0", [](auto& r) { FirstEvent(r).schema_version = 0; }, reason,
       "writes[0].events[0].schema_version"},
      {"period backwards",
       [](auto& r) {
         FirstEvent(r).effective = {{5}, {4}};
       },
       reason, "writes[0].events[0].effective.end"},
      {"unknown precision",
       [](auto& r) { FirstEvent(r).known.precision = static_cast<KnownPrecision>(9); }, reason,
       "writes[0].events[0].known.precision"},
      {"part without name", [](auto& r) { FirstPart(r).name = ""; }, reason,
       "writes[0].events[0].parts[0].name"},
      {"part without key", [](auto& r) { FirstPart(r).key_id = ""; }, reason,
       "writes[0].events[0].parts[0].key_id"},
      {"short nonce", [](auto& r) { FirstPart(r).nonce = "short"; }, reason,
       "writes[0].events[0].parts[0].nonce"},
      {"part without ciphertext", [](auto& r) { FirstPart(r).ciphertext = ""; }, reason,
       "writes[0].events[0].parts[0].ciphertext"},
      {"erased part", [](auto& r) { FirstPart(r).erased = true; }, reason,
       "writes[0].events[0].parts[0].ciphertext"},
  };
}

std::vector<BadRequest> TooLarge() {
  const std::string_view reason = reason::kTooLarge;
  const auto longer_than = [](std::size_t limit) { return std::string(limit + 1, 'x'); };
  const std::string field = longer_than(limits::kMetadataFieldBytesMax);
  return {
      {"agency", [=](auto& r) { r.agency = longer_than(limits::kAgencyBytesMax); }, reason,
       "agency"},
      {"actor", [=](auto& r) { r.actor = longer_than(limits::kActorBytesMax); }, reason, "actor"},
      {"request id", [=](auto& r) { r.request_id = longer_than(limits::kRequestIdBytesMax); },
       reason, "request_id"},
      {"correlation id", [=](auto& r) { r.correlation_id = field; }, reason, "correlation_id"},
      {"causation id", [=](auto& r) { r.causation_id = field; }, reason, "causation_id"},
      {"answer", [=](auto& r) { r.answer = longer_than(limits::kAnswerBytesMax); }, reason,
       "answer"},
      {"stream", [=](auto& r) { r.writes[0].stream = longer_than(limits::kStreamNameBytesMax); },
       reason, "writes[0].stream"},
      {"type",
       [=](auto& r) { FirstEvent(r).type = "a." + longer_than(limits::kEventTypeBytesMax); },
       reason, "writes[0].events[0].type"},
      {"event id", [=](auto& r) { FirstEvent(r).id = field; }, reason, "writes[0].events[0].id"},
      {"marking", [=](auto& r) { FirstEvent(r).marking = field; }, reason,
       "writes[0].events[0].marking"},
      {"basis", [=](auto& r) { FirstEvent(r).basis = field; }, reason, "writes[0].events[0].basis"},
      {"agreement", [=](auto& r) { FirstEvent(r).agreement = field; }, reason,
       "writes[0].events[0].agreement"},
      {"retention rule", [=](auto& r) { FirstEvent(r).retention_rule = field; }, reason,
       "writes[0].events[0].retention_rule"},
      {"payload", [=](auto& r) { FirstEvent(r).payload = longer_than(limits::kEventBytesMax); },
       reason, "writes[0].events[0]"},
      {"payload and parts together",
       [=](auto& r) {
         FirstEvent(r).payload = std::string(limits::kEventBytesMax / 2, 'p');
         FirstPart(r).ciphertext = longer_than(limits::kEventBytesMax / 2);
       },
       reason, "writes[0].events[0]"},
      {"parts",
       [](auto& r) {
         FirstEvent(r).parts.assign(limits::kPartsPerEventMax + 1, SealedPart(FirstPart(r)));
       },
       reason, "writes[0].events[0].parts"},
      {"part name", [=](auto& r) { FirstPart(r).name = field; }, reason,
       "writes[0].events[0].parts[0].name"},
      {"events",
       [](auto& r) {
         r.writes[0].events.assign(limits::kEventsPerRequestMax + 1, NewEvent(FirstEvent(r)));
       },
       reason, "writes"},
      {"streams",
       [](auto& r) {
         for (std::size_t i = 0; i < limits::kStreamsPerRequestMax; ++i) {
           r.writes.push_back({"check-" + std::to_string(i), ExpectedRevision::NoStream(), {}});
         }
       },
       reason, "writes"},
      {"request",
       [](auto& r) {
         FirstEvent(r).payload = std::string(limits::kEventBytesMax - 100, 'p');
         r.writes[0].events.assign(5, NewEvent(FirstEvent(r)));
       },
       reason, "writes"},
  };
}

// Spoils a fresh request in each of these ways.
void ExpectRefused(EventStore& store, const AppendRequest& good,
                   const std::vector<BadRequest>& cases) {
  for (const BadRequest& bad : cases) {
    SCOPED_TRACE(bad.name);
    AppendRequest request = good;
    bad.spoil(request);
    const auto result = store.Append(request);
    EXPECT_THAT(result, HasCode(absl::StatusCode::kInvalidArgument));
    EXPECT_THAT(result, HasReasonAndField(bad.reason, bad.field));
    const auto detail = GetErrorDetail(result.status());
    EXPECT_TRUE(detail.has_value() && !detail->remedy.empty());
  }
  EXPECT_EQ(store.Head().size, 0U);
  EXPECT_OK(store.Health());
  EXPECT_OK(store.Append(good));
}

TEST_P(EventStoreContract, MalformedRequestsAreRefusedWithReasonAndField) {
  AppendRequest good = Request("a", 2);
  FirstEvent(good).parts = {Part("narrative", "ciphertext")};
  ExpectRefused(store(), good, Malformed());
}

TEST_P(EventStoreContract, OversizedRequestsAreRefusedWithReasonAndField) {
  AppendRequest good = Request("a", 2);
  FirstEvent(good).parts = {Part("narrative", "ciphertext")};
  ExpectRefused(store(), good, TooLarge());
}

TEST_P(EventStoreContract, ARefusalShowsEveryFindingAndNoValue) {
  AppendRequest request = Request("a", 2);
  request.agency.clear();
  request.actor = "secret-name\n";
  request.writes[0].events[1].type = "secret-type";
  const auto result = store().Append(request);
  const auto detail = GetErrorDetail(result.status());
  ASSERT_TRUE(detail.has_value());
  ASSERT_EQ(detail->fields.size(), 3U);
  std::string said = Message(result.status()) + detail->remedy;
  for (const FieldViolation& violation : detail->fields) {
    said += violation.field + violation.description;
  }
  EXPECT_EQ(said.find("secret"), std::string::npos) << said;
}

}  // namespace
}  // namespace daybook::eventstore
