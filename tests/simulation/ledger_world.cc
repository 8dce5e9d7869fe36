#include "tests/simulation/ledger_world.h"

#include <algorithm>
#include <utility>

#include "absl/synchronization/blocking_counter.h"
#include "eventstore/core/error.h"
#include "projections/views/all_views.h"
#include "tests/simulation/simulated_file_system.h"
#include "tests/support/store_comparison.h"
#include "tests/support/view_property.h"

namespace daybook::simulation {
namespace {

using eventstore::AppendRequest;
using eventstore::AppendResult;
using eventstore::ErrorReason;
using eventstore::RecordedEvent;
using eventstore::testing::ReadAllOf;
using eventstore::testing::ReadStreamOf;

constexpr const char* kLedger = "/data/log";
constexpr const char* kViews = "/data/views";
constexpr std::uint64_t kRequestIds = 100'000;  // most are new, some come back

bool OutcomeUnknown(const absl::Status& status) {
  return ErrorReason(status) == eventstore::reason::kOutcomeUnknown;
}

// The store was stopped and said so: surely not recorded.
bool SurelyNotRecorded(const absl::Status& status) {
  const std::string reason = ErrorReason(status);
  return reason == eventstore::reason::kStoreStopped || reason == eventstore::reason::kDiskFull;
}

// Ids of events are never given twice, those of requests are: of two under one id the first may
// have been refused, which is not remembered.
bool HasEvent(const AppendRequest& request, const std::string& event_id) {
  return std::any_of(request.writes.begin(), request.writes.end(), [&](const auto& write) {
    return std::any_of(write.events.begin(), write.events.end(),
                       [&](const auto& event) { return event.id == event_id; });
  });
}

}  // namespace

struct LedgerWorld::Sent {
  AppendRequest request;
  absl::StatusOr<AppendResult> answer = absl::UnknownError("no answer");
  bool too_late = false;  // the power was gone when the answer came: nobody heard it
  absl::BlockingCounter answered{1};
};

LedgerWorld::LedgerWorld(std::uint64_t seed)
    : dice_(seed), events_(static_cast<std::uint32_t>(seed)), oracle_(clock_) {
  auto disk = std::make_unique<SimulatedDisk>(seed);
  disk->MakeDirectory("/data", true);
  disk->SyncDirectory("/");
  Replace(std::move(disk));
}

LedgerWorld::~LedgerWorld() { Close(); }

void LedgerWorld::Replace(std::unique_ptr<SimulatedDisk> disk) {
  env_.reset();
  disk_ = std::move(disk);
  env_ = MakeEnv(*disk_);
}

absl::Status LedgerWorld::Open() {
  eventstore::RocksEventStoreOptions options;
  options.directory = kLedger;
  options.env = env_.get();
  options.clock = &clock_;
  options.segment_bytes = 32U << 10;
  options.full_segments_max = 3;
  options.block_cache_bytes = 1U << 20;
  options.recover_after = absl::InfiniteDuration();
  DAYBOOK_ASSIGN_OR_RETURN(store_, eventstore::RocksEventStore::Open(std::move(options)));
  auto views = projections::RocksDbViewStore::Open(kViews, env_.get());
  if (!views.ok()) {
    store_.reset();
    return views.status();
  }
  view_store_ = *std::move(views);
  projections::EngineOptions engine;
  engine.commit_interval = std::chrono::milliseconds(1);
  auto opened =
      projections::Engine::Open(*store_, *view_store_, &views::AllViews, std::move(engine));
  if (!opened.ok()) {
    view_store_.reset();
    store_.reset();
    return opened.status();
  }
  engine_ = *std::move(opened);
  engine_->Start();
  return absl::OkStatus();
}

void LedgerWorld::Close() {
  engine_.reset();
  view_store_.reset();
  if (store_) store_->Close().IgnoreError();
  store_.reset();
}

std::vector<std::shared_ptr<LedgerWorld::Sent>> LedgerWorld::Launch(std::uint64_t requests) {
  std::vector<std::shared_ptr<Sent>> all;
  for (std::uint64_t i = 0; i < requests; ++i) {
    auto sent = std::make_shared<Sent>();
    sent->request = eventstore::testing::RandomRequest(
        dice_,
        [this](eventstore::testing::Dice&) {
          return events_.Next("event-" + std::to_string(next_event_++));
        },
        kRequestIds);
    all.push_back(std::move(sent));
  }
  for (const auto& sent : all) {
    store_->AppendAsync(sent->request, [this, sent](absl::StatusOr<AppendResult> answer) {
      sent->answer = std::move(answer);
      sent->too_late = disk_->is_off();
      sent->answered.DecrementCount();
    });
  }
  counts_.sent += requests;
  return all;
}

void LedgerWorld::Send(std::uint64_t requests) { Settle(Launch(requests)); }

void LedgerWorld::SendIntoPowerLoss(std::uint64_t requests, std::uint64_t operations) {
  disk_->PowerOffAfter(operations);
  const auto all = Launch(requests);
  Settle(all);
  disk_->PowerOff();
  Close();
}

void LedgerWorld::Settle(const std::vector<std::shared_ptr<Sent>>& all) {
  for (const auto& sent : all) {
    sent->answered.Wait();
    const absl::Status& status = sent->answer.status();
    if (sent->too_late || OutcomeUnknown(status)) {
      ++counts_.unknown;
      in_doubt_.push_back(std::move(sent->request));
      continue;
    }
    if (SurelyNotRecorded(status)) continue;
    // Answers are in the order of the requests: what is sure comes before what is in doubt. (What
    // is malformed is refused before it is queued.)
    ASSERT_TRUE(in_doubt_.empty() || absl::IsInvalidArgument(status)) << status;
    const auto expected = oracle_.Append(sent->request);
    ASSERT_EQ(eventstore::testing::Describe(status),
              eventstore::testing::Describe(expected.status()));
    if (!status.ok()) continue;
    ++counts_.acknowledged;
    ASSERT_TRUE(*sent->answer == *expected) << "another answer than the twin's";
  }
}

void LedgerWorld::ResolveDoubts() {
  std::vector<AppendRequest> doubts = std::exchange(in_doubt_, {});
  std::uint64_t seen = oracle_.Head().size;
  const std::uint64_t head = store_->Head().size;
  ASSERT_GE(head, seen) << "acknowledged events are gone";
  const std::vector<RecordedEvent> news = ReadAllOf(*store_, {.from = eventstore::Position{seen}});
  ASSERT_EQ(news.size(), head - seen);
  while (seen < head) {
    const RecordedEvent& event = news[news.size() - (head - seen)];
    const auto it = std::find_if(doubts.begin(), doubts.end(), [&](const AppendRequest& request) {
      return HasEvent(request, event.event.id);
    });
    ASSERT_NE(it, doubts.end()) << "position " << seen << " has a request that nobody sent";
    const auto recorded = oracle_.Append(*it);
    ASSERT_OK(recorded);
    ASSERT_EQ(recorded->first.value, seen) << "half of a request is there";
    ++counts_.unknown_recorded;
    seen = oracle_.Head().size;
    ASSERT_LE(seen, head) << "half of a request is there";
  }
  // A blind retry has one answer, whatever happened to the first.
  for (const AppendRequest& request : doubts) {
    bool unknown = false;
    auto actual = AppendInTheEnd(request, unknown);
    const auto expected = oracle_.Append(request);
    ASSERT_EQ(eventstore::testing::Describe(actual.status()),
              eventstore::testing::Describe(expected.status()));
    if (!actual.ok()) continue;
    // The first of several tries may be the one that was recorded; the twin has seen one only.
    if (unknown) actual->duplicate = expected->duplicate;
    ASSERT_TRUE(*actual == *expected) << "a retry has another answer";
  }
}

absl::StatusOr<AppendResult> LedgerWorld::AppendInTheEnd(const AppendRequest& request,
                                                         bool& unknown) {
  constexpr int kTriesMax = 5;
  for (int i = 0;; ++i) {
    absl::StatusOr<AppendResult> answer = store_->Append(request);
    unknown |= OutcomeUnknown(answer.status());
    const bool retry = OutcomeUnknown(answer.status()) || SurelyNotRecorded(answer.status());
    if (!retry || i == kTriesMax) return answer;
    EXPECT_OK(store_->Recover());
  }
}

void LedgerWorld::Verify() {
  ResolveDoubts();
  if (::testing::Test::HasFatalFailure()) return;
  const std::vector<RecordedEvent> expected = ReadAllOf(oracle_, {});
  ASSERT_TRUE(ReadAllOf(*store_, {}) == expected) << "the log is another one than the twin's";
  for (std::uint64_t i = 0; i < 6; ++i) {
    const std::string stream = "stream-" + std::to_string(i);
    ASSERT_EQ(*store_->StreamEventCount(stream), *oracle_.StreamEventCount(stream));
    ASSERT_TRUE(ReadStreamOf(*store_, stream, 0, eventstore::Direction::kForward, UINT64_MAX) ==
                ReadStreamOf(oracle_, stream, 0, eventstore::Direction::kForward, UINT64_MAX));
  }
  const eventstore::Filter filter = dice_.AFilter();
  ASSERT_TRUE(ReadAllOf(*store_, {.filter = filter}) == ReadAllOf(oracle_, {.filter = filter}));
  VerifyViews();
}

void LedgerWorld::VerifyViews() {
  const std::uint64_t size = store_->Head().size;
  if (size == 0) return;
  ASSERT_OK(engine_->WaitFor({size - 1}, daybook::testing::Soon()));
  EXPECT_EQ(daybook::testing::ObserveEngine(*engine_, size),
            daybook::testing::ObserveFold(*store_, &views::AllViews, size));
}

void LedgerWorld::BackUpAndRestore() {
  const auto taken = store_->Backup("/data/backups", 2);
  ASSERT_OK(taken);
  const std::string into = "/data/restored-" + std::to_string(restores_++);
  const auto restored = eventstore::RestoreBackup("/data/backups", std::nullopt, into, env_.get());
  ASSERT_OK(restored);
  EXPECT_EQ(restored->backup.upto, taken->upto);
  const auto root = store_->RootAt(taken->upto.size);
  ASSERT_OK(root);
  EXPECT_EQ(*root, taken->upto.root) << "the backup is no prefix of the log";
  const auto report = eventstore::CheckLedger({.directory = into, .env = env_.get()});
  ASSERT_OK(report);
  EXPECT_EQ(report->findings_total, 0u);
  EXPECT_EQ(report->head.root, taken->upto.root);
}

eventstore::LedgerCheckOptions LedgerWorld::CheckOptions() const {
  return {.directory = kLedger, .env = env_.get()};
}

void LedgerWorld::Check() {
  if (disk_->KindOf(std::string(kLedger) + "/IDENTITY") == SimulatedDisk::Kind::kNone) {
    ASSERT_EQ(oracle_.Head().size, 0u) << "a ledger with events lost its IDENTITY";
    return;
  }
  const auto report = eventstore::CheckLedger(CheckOptions());
  ASSERT_OK(report);
  for (const eventstore::LedgerFinding& finding : report->findings) {
    ADD_FAILURE() << "fsck: " << finding.file << ": " << finding.what;
  }
}

}  // namespace daybook::simulation
