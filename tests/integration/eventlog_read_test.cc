// Reads of the log over the wire: streams, pages, directions, filters, checkpoints.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "tests/integration/daybook_test.h"
#include "tests/integration/samples.h"

namespace daybook::integration {
namespace {

using absl::StatusCode;
using eventlog::v1::ReadAllRequest;
using eventlog::v1::ReadAllResponse;
using eventlog::v1::ReadStreamRequest;

struct ReadResult {
  std::vector<std::uint64_t> positions;
  std::vector<std::string> types;
  int messages = 0;
  types::v1::Checkpoint end;
  grpc::Status status;
};

class ReadsOfTheLog : public DaybookTest {
 protected:
  ReadResult ReadAll(const ReadAllRequest& request) {
    ReadResult result;
    auto reader = client().ReadAll(request);
    ReadAllResponse page;
    while (reader.Read(&page)) {
      ++result.messages;
      for (const auto& event : page.events()) {
        result.positions.push_back(event.position());
        result.types.push_back(event.type());
      }
      result.end = page.checkpoint();
    }
    result.status = reader.Finish();
    return result;
  }
  // `count` organisations: one event each, in one stream.
  void Register(int count) {
    for (int i = 0; i < count; ++i) Accept(Organisation(NewId("organisation")));
  }
  static std::vector<std::uint64_t> FromTo(std::uint64_t first, std::uint64_t end) {
    std::vector<std::uint64_t> positions;
    for (std::uint64_t position = first; position < end; ++position) positions.push_back(position);
    return positions;
  }
  void ExpectRefused(const ReadAllRequest& request, const Expected& expected) {
    const auto before = Head();
    ExpectRefusal(RefusalOf(ReadAll(request).status), expected);
    ExpectUnharmed(before);
  }
};

TEST_F(ReadsOfTheLog, AnEmptyLogIsReadToItsEnd) {
  const auto all = ReadAll({});
  EXPECT_TRUE(all.status.ok());
  EXPECT_TRUE(all.positions.empty());
  EXPECT_EQ(all.end.size(), 0U);
  EXPECT_EQ(all.end.root(), Head().root());
}

TEST_F(ReadsOfTheLog, EverythingComesInOrderAndEndsAtTheHead) {
  SeedPlan();
  const auto head = Head();
  const auto all = ReadAll({});
  EXPECT_TRUE(all.status.ok());
  EXPECT_EQ(all.positions, FromTo(0, head.size()));
  EXPECT_EQ(all.types.front(), "partners.OrganisationRegistered");
  EXPECT_EQ(all.types.back(), "actions.TargetSet");
  EXPECT_EQ(all.end.size(), head.size());
  EXPECT_EQ(all.end.root(), head.root());
  EXPECT_EQ(all.end.log_id(), head.log_id());
  EXPECT_EQ(all.end.incarnation(), 1U);
}

TEST_F(ReadsOfTheLog, ALongLogComesInSeveralMessages) {
  SeedPartners();
  auto session = client().Incidents();
  for (std::uint32_t first = 1; first <= 2001; first += 500) {
    session.Exchange(IncidentMessage(first, 500));
  }
  const auto all = ReadAll({});
  EXPECT_GT(all.messages, 1);
  EXPECT_EQ(all.positions, FromTo(0, Size()));
}

TEST_F(ReadsOfTheLog, ALimitIsAPageAndItsCheckpointTheNextOne) {
  Register(10);
  std::vector<std::uint64_t> seen;
  ReadAllRequest request;
  request.set_limit(4);
  for (int pages = 0; pages < 4; ++pages) {
    const auto page = ReadAll(request);
    ASSERT_TRUE(page.status.ok()) << page.status.error_message();
    EXPECT_LE(page.positions.size(), 4U);
    seen.insert(seen.end(), page.positions.begin(), page.positions.end());
    request.set_from_position(page.end.size());
    *request.mutable_seen() = page.end;  // with its root: the log proves that it issued it
  }
  EXPECT_EQ(seen, FromTo(0, 10));
}

TEST_F(ReadsOfTheLog, ARangeIsInclusiveAtBothEnds) {
  Register(10);
  ReadAllRequest request;
  request.set_from_position(3);
  request.set_to_position(6);
  const auto range = ReadAll(request);
  EXPECT_EQ(range.positions, FromTo(3, 7));
  EXPECT_EQ(range.end.size(), 7U);
  request.set_to_position(4000);
  EXPECT_EQ(ReadAll(request).positions, FromTo(3, 10));
  request.set_to_position(std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(ReadAll(request).positions, FromTo(3, 10));
  request.set_to_position(1);
  EXPECT_TRUE(ReadAll(request).positions.empty());
}

TEST_F(ReadsOfTheLog, BackwardComesFromTheHeadOrFromAPosition) {
  Register(10);
  ReadAllRequest request;
  request.set_backward(true);
  auto expected = FromTo(0, 10);
  std::reverse(expected.begin(), expected.end());
  EXPECT_EQ(ReadAll(request).positions, expected);
  request.set_from_position(std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(ReadAll(request).positions, expected);
  request.set_from_position(4);
  request.set_limit(2);
  EXPECT_EQ(ReadAll(request).positions, (std::vector<std::uint64_t>{4, 3}));
}

TEST_F(ReadsOfTheLog, BackwardARangeIsInclusiveAtBothEnds) {
  Register(10);
  ReadAllRequest request;
  request.set_backward(true);
  request.set_from_position(7);
  request.set_to_position(3);
  EXPECT_EQ(ReadAll(request).positions, (std::vector<std::uint64_t>{7, 6, 5, 4, 3}));
  request.set_to_position(7);
  EXPECT_EQ(ReadAll(request).positions, (std::vector<std::uint64_t>{7}));
  request.clear_from_position();
  request.set_to_position(8);
  EXPECT_EQ(ReadAll(request).positions, (std::vector<std::uint64_t>{9, 8}));
  request.set_from_position(3);
  request.set_to_position(7);
  ExpectRefused(request, {StatusCode::kInvalidArgument, "INVALID_FIELD", "to_position", ""});
}

TEST_F(ReadsOfTheLog, AFilterOfWhatThereIsNotIsRefusedWithTheNearest) {
  Register(1);
  ReadAllRequest request;
  request.mutable_filter()->add_types("partners.OrganizationRegistered");
  ExpectRefused(request, {StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "filter.types",
                          "partners.OrganizationRegistered"});
  EXPECT_THAT(ReadAll(request).status.error_details(),
              ::testing::HasSubstr("partners.OrganisationRegistered"));
  request.mutable_filter()->clear_types();
  request.mutable_filter()->add_contexts("partner");
  ExpectRefused(request, {StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "filter.contexts", ""});
}

TEST_F(ReadsOfTheLog, AFilterPassesTypesAndContexts) {
  SeedPlan();
  ReadAllRequest request;
  request.mutable_filter()->add_types("partners.AreaRegistered");
  EXPECT_THAT(ReadAll(request).types, ::testing::ElementsAre("partners.AreaRegistered"));
  request.mutable_filter()->add_contexts("actions");
  EXPECT_THAT(
      ReadAll(request).types,
      ::testing::ElementsAre("partners.AreaRegistered", "actions.PlanOpened",
                             "actions.PriorityAdded", "actions.ActionAdded", "actions.TargetSet"));
  request.mutable_filter()->clear_types();
  request.mutable_filter()->clear_contexts();
  request.mutable_filter()->add_types("enforcement.TaskRaised");
  const auto none = ReadAll(request);
  EXPECT_TRUE(none.positions.empty());
  EXPECT_EQ(none.end.size(), Size()) << "it was looked at all the same";
}

TEST_F(ReadsOfTheLog, APositionBeyondTheHeadIsOutOfRange) {
  Register(2);
  ReadAllRequest request;
  request.set_from_position(100);
  ExpectRefused(request, {StatusCode::kOutOfRange, "BEYOND_HEAD", "from_position", ""});
}

TEST_F(ReadsOfTheLog, ACheckpointOfAnotherHistoryIsRefused) {
  Register(3);
  const auto head = Head();
  ReadAllRequest request;
  *request.mutable_seen() = head;
  EXPECT_TRUE(ReadAll(request).status.ok());

  request.mutable_seen()->set_log_id(std::string(32, '0'));
  ExpectRefused(request, {StatusCode::kFailedPrecondition, "LOG_DIVERGED", "", ""});
  *request.mutable_seen() = head;
  request.mutable_seen()->set_incarnation(2);
  ExpectRefused(request, {StatusCode::kFailedPrecondition, "LOG_DIVERGED", "", ""});
  *request.mutable_seen() = head;
  request.mutable_seen()->set_root(std::string(32, 'x'));
  ExpectRefused(request, {StatusCode::kFailedPrecondition, "LOG_DIVERGED", "", ""});
  *request.mutable_seen() = head;
  request.mutable_seen()->set_size(head.size() - 1);  // the root of another size
  ExpectRefused(request, {StatusCode::kFailedPrecondition, "LOG_DIVERGED", "", ""});
  *request.mutable_seen() = head;
  request.mutable_seen()->set_size(1000);
  ExpectRefused(request, {StatusCode::kOutOfRange, "BEYOND_HEAD", "", ""});
  *request.mutable_seen() = head;
  request.mutable_seen()->set_root("short");
  ExpectRefused(request,
                {StatusCode::kInvalidArgument, "INVALID_FIELD", "checkpoint.root", "short"});
}

TEST_F(ReadsOfTheLog, AFilterOfTooManyEntriesIsRefused) {
  ReadAllRequest request;
  for (int i = 0; i <= 100; ++i) request.mutable_filter()->add_types("some.Type");
  ExpectRefused(request, {StatusCode::kInvalidArgument, "INVALID_FIELD", "filter", ""});
}

TEST_F(ReadsOfTheLog, AStreamIsReadPageByPageInBothDirections) {
  Register(7);
  ReadStreamRequest request;
  request.set_stream("register-organisations");
  request.set_page_size(3);
  std::vector<std::uint64_t> revisions;
  int pages = 0;
  for (bool more = true; more; ++pages) {
    const auto page = Accept(request);
    EXPECT_LE(page.events_size(), 3);
    for (const auto& event : page.events()) revisions.push_back(event.revision());
    more = page.has_next_revision();
    request.set_from_revision(page.next_revision());
  }
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(revisions, FromTo(0, 7));

  request.set_backward(true);
  request.clear_from_revision();
  const auto last = Accept(request);
  ASSERT_EQ(last.events_size(), 3);
  EXPECT_EQ(last.events(0).revision(), 6U);
  EXPECT_EQ(last.events(2).revision(), 4U);
  EXPECT_EQ(last.next_revision(), 3U);
  request.set_from_revision(1);
  const auto first = Accept(request);
  EXPECT_EQ(first.events_size(), 2);
  EXPECT_FALSE(first.has_next_revision());
}

TEST_F(ReadsOfTheLog, AStreamThatDoesNotExistHasNoEvents) {
  ReadStreamRequest request;
  request.set_stream("plan-none");
  const auto none = Accept(request);
  EXPECT_EQ(none.events_size(), 0);
  EXPECT_FALSE(none.has_next_revision());
}

TEST_F(ReadsOfTheLog, AStreamWithoutANameIsRefused) {
  Refuse(ReadStreamRequest(), {StatusCode::kInvalidArgument, "MISSING_FIELD", "stream", ""});
}

TEST_F(ReadsOfTheLog, AnEventCarriesItsWholeMetadata) {
  auto command = Organisation("first-council");
  command.mutable_head()->set_correlation_id("transaction-1");
  command.mutable_head()->mutable_known()->set_precision(types::v1::Known::PRECISION_DAY);
  command.mutable_head()->mutable_known()->set_date("2024-03-18");
  const auto receipt = Accept(command).receipt();
  ReadStreamRequest request;
  request.set_stream("register-organisations");
  const auto page = Accept(request);
  ASSERT_EQ(page.events_size(), 1);
  const auto& event = page.events(0);
  EXPECT_EQ(event.position(), receipt.position());
  EXPECT_EQ(event.record_time(), receipt.record_time());
  EXPECT_EQ(event.agency(), kAgency);
  EXPECT_EQ(event.actor(), "integration-test");
  EXPECT_EQ(event.request_id(), command.head().request_id());
  EXPECT_EQ(event.correlation_id(), "transaction-1");
  EXPECT_EQ(event.known().date(), "2024-03-18");
  EXPECT_EQ(event.schema_version(), 1U);
  EXPECT_EQ(event.event_id().size(), 36U);
  EXPECT_EQ(event.leaf().size(), 32U);
}

}  // namespace
}  // namespace daybook::integration
