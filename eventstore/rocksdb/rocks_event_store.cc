#include "eventstore/rocksdb/rocks_event_store.h"

#include <algorithm>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/core/refusals.h"
#include "eventstore/rocksdb/codec.h"
#include "eventstore/rocksdb/identity.h"
#include "eventstore/rocksdb/new_ledger.h"
#include "eventstore/rocksdb/segment_pool.h"
#include "eventstore/rocksdb/upgrade.h"
#include "fmt/format.h"

namespace daybook::eventstore {
namespace {

constexpr std::uint64_t kSegmentBytesMin = 4U << 10;

std::uint64_t SegmentBytes(const RocksEventStoreOptions& options) {
  const std::uint64_t bytes = std::max(options.segment_bytes, kSegmentBytesMin);
  return bytes / rocks::kFrameAlignment * rocks::kFrameAlignment;
}

std::filesystem::path JournalDirectory(const RocksEventStoreOptions& options) {
  return options.directory / "journal";
}

// Everything applied so far to the medium; the number of a group that is covered.
absl::StatusOr<std::uint64_t> FlushAll(rocks::Database& database) {
  DAYBOOK_ASSIGN_OR_RETURN(const rocks::LogTail applied, rocks::ReadTail(database));
  DAYBOOK_RETURN_IF_ERROR(database.Flush());
  // The journal is taken back for this number, so what is there is looked at, not what was said.
  DAYBOOK_ASSIGN_OR_RETURN(const rocks::LogTail durable, rocks::ReadDurableTail(database));
  if (database.has_failed()) return absl::UnavailableError("the store failed in the background");
  if (durable.group < applied.group) {
    return absl::UnavailableError(
        fmt::format("the store has group {} on the medium, not {}", durable.group, applied.group));
  }
  return durable.group;
}

// The log of the directory, brought up to the current format, or a new one.
absl::StatusOr<LogIdentity> IdentifyLog(const rocks::Files& files,
                                        const RocksEventStoreOptions& options) {
  const rocks::FormatSupport& formats = *options.formats;
  DAYBOOK_ASSIGN_OR_RETURN(const std::optional<rocks::DirectoryIdentity> identity,
                           rocks::ReadIdentity(files, options.directory, formats));
  if (!identity) {
    return rocks::MakeLedger(files, options.directory, SegmentBytes(options), formats.current);
  }
  DAYBOOK_ASSIGN_OR_RETURN(
      const rocks::DirectoryIdentity upgraded,
      rocks::UpgradeDirectory(files, options.directory, *identity, formats, options.log));
  return upgraded.log;
}

void RemoveLeftovers(const rocks::Files& files, const std::filesystem::path& journal) {
  const absl::StatusOr<std::vector<std::string>> names = files.List(journal);
  if (!names.ok()) return;  // the scan says so
  for (const std::string& name : *names) {
    if (name.ends_with(".tmp")) files.Remove(journal / name).IgnoreError();
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<RocksEventStore>> RocksEventStore::Open(
    RocksEventStoreOptions options) {
  const rocks::Files files(options.env);
  DAYBOOK_ASSIGN_OR_RETURN(rocks::DirectoryLock lock,
                           rocks::DirectoryLock::Acquire(files, options.directory));
  DAYBOOK_ASSIGN_OR_RETURN(LogIdentity log, IdentifyLog(files, options));
  RemoveLeftovers(files, JournalDirectory(options));
  std::unique_ptr<RocksEventStore> store(
      new RocksEventStore(std::move(options), std::move(lock), std::move(log)));
  {
    const absl::MutexLock opening(&store->recovering_);
    DAYBOOK_RETURN_IF_ERROR(store->OpenAndStart());
  }
  return store;
}

RocksEventStore::RocksEventStore(RocksEventStoreOptions options, rocks::DirectoryLock lock,
                                 LogIdentity log)
    : options_(std::move(options)),
      files_(options_.env),
      lock_(std::move(lock)),
      log_(std::move(log)),
      database_({.directory = options_.directory / "store",
                 .env = options_.env,
                 .block_cache_bytes = options_.block_cache_bytes}),
      reader_(database_),
      reviver_(options_.recover_after, [this] { return Revive(); }) {}

RocksEventStore::~RocksEventStore() { Close().IgnoreError(); }

absl::Status RocksEventStore::OpenAndStart() {
  DAYBOOK_ASSIGN_OR_RETURN(rocks::Database* const database, database_.Open());
  absl::Status status = Start(*database);
  if (!status.ok()) database_.Withdraw(status);
  return status;
}

absl::Status RocksEventStore::Start(rocks::Database& database) {
  database.heads().Forget();
  DAYBOOK_ASSIGN_OR_RETURN(rocks::Recovered recovered,
                           rocks::RecoverLog(files_, JournalDirectory(options_), log_, database));
  const rocks::LogTail tail = recovered.applier->tail();
  rocks::SegmentPool::Options pool{
      .files = files_,
      .directory = JournalDirectory(options_),
      .log = log_,
      .segment_bytes = SegmentBytes(options_),
      .full_segments_max = std::max<std::size_t>(options_.full_segments_max, 2),
      .flush = [&database, fault = options_.fault]() -> absl::StatusOr<std::uint64_t> {
        if (fault) DAYBOOK_RETURN_IF_ERROR(fault("store.flush"));
        return FlushAll(database);
      }};
  rocks::Committer::Parts parts;
  DAYBOOK_ASSIGN_OR_RETURN(
      parts.journal, rocks::Journal::Continue(recovered.journal, std::move(pool), options_.fault));
  parts.applier = std::move(recovered.applier);
  parts.sequencer = std::make_unique<rocks::Sequencer>(reader_, *options_.clock, tail);
  parts.limits = {.requests = options_.queue_requests_max,
                  .bytes = options_.queue_bytes_max,
                  .group_bytes = limits::kGroupBytesMax};
  parts.publish = [this](const rocks::LogTail& now) { Publish(now); };
  parts.notify = [this](std::uint64_t size) { listeners_.Notify(size); };
  parts.failed = [this](const absl::Status& why) {
    Log("the store takes no writes: " + Message(why));
    reviver_.Wake();
  };
  parts.fault = options_.fault;
  parts.statistics = &statistics_;
  Publish(tail);
  auto committer = std::make_shared<rocks::Committer>(std::move(parts));
  const absl::MutexLock lock(&mutex_);
  report_ = std::move(recovered.report);
  committer_ = std::move(committer);
  // Also where an earlier start had failed, and readers were refused.
  database_.Publish();
  return absl::OkStatus();
}

void RocksEventStore::Publish(const rocks::LogTail& tail) {
  Checkpoint head{.log = log_, .size = tail.size, .root = tail.frontier.Root()};
  const absl::MutexLock lock(&mutex_);
  head_ = std::move(head);
  size_.store(tail.size, std::memory_order_release);
}

std::shared_ptr<rocks::Committer> RocksEventStore::committer() const {
  const absl::MutexLock lock(&mutex_);
  return committer_;
}

absl::Status RocksEventStore::Close() {
  if (closed_ || abandoned_) return absl::OkStatus();
  closed_ = true;
  reviver_.Stop();
  const std::shared_ptr<rocks::Committer> running = committer();
  if (!running) return absl::OkStatus();  // never started
  DAYBOOK_RETURN_IF_ERROR(running->Stop());
  return database_.writer()->Flush();
}

absl::Status RocksEventStore::Revive() {
  absl::Status status = Recover();
  std::string line = status.ok() ? "the store takes writes again"
                                 : "the store still takes no writes: " + Message(status);
  if (line != revived_line_) Log(line);
  revived_line_ = status.ok() ? "" : std::move(line);
  return status;
}

void RocksEventStore::Log(std::string_view line) const {
  if (options_.log) options_.log(line);
}

absl::Status RocksEventStore::Recover() {
  const absl::MutexLock one_at_a_time(&recovering_);
  const std::shared_ptr<rocks::Committer> failed = committer();
  if (closed_ || !failed->failed()) return absl::OkStatus();
  failed->Stop().IgnoreError();
  failed->ReleaseJournal();
  const std::uint64_t before = size_.load();
  rocks::Database* const database = database_.writer();
  if (database != nullptr && !database->has_failed()) {
    DAYBOOK_RETURN_IF_ERROR(Start(*database));
  } else {
    // Reads wait, or are refused, while it is closed: not before there is some hope, and not for
    // the length of a backup.
    const absl::MutexLock no_backup(&backing_up_);
    DAYBOOK_RETURN_IF_ERROR(CheckRoom());
    DAYBOOK_RETURN_IF_ERROR(OpenAndStart());
  }
  if (const std::uint64_t after = size_.load(); after > before) listeners_.Notify(after);
  return absl::OkStatus();
}

// Whether a segment of the journal can be written.
absl::Status RocksEventStore::CheckRoom() const {
  const std::filesystem::path probe = JournalDirectory(options_) / "probe.tmp";
  const absl::Status made = files_.CreateZeroed(probe, SegmentBytes(options_)).status();
  files_.Remove(probe).IgnoreError();
  return made;
}

absl::StatusOr<BackupInfo> RocksEventStore::Backup(const std::filesystem::path& directory,
                                                   std::uint32_t keep) {
  const absl::MutexLock one_at_a_time(&backing_up_);
  DAYBOOK_ASSIGN_OR_RETURN(const rocks::SharedDatabase::Lease database, database_.Use());
  return rocks::TakeBackup(*database, {.log = log_, .format = options_.formats->current}, directory,
                           keep, options_.env);
}

RecoveryReport RocksEventStore::report() const {
  const absl::MutexLock lock(&mutex_);
  return report_;
}

void RocksEventStore::AbandonForTest() {
  reviver_.Stop();
  abandoned_ = true;
  committer()->AbandonForTest();
}

void RocksEventStore::AppendAsync(AppendRequest request, AppendCallback done) {
  if (absl::Status status = ValidateAppendRequest(request); !status.ok()) {
    done(std::move(status));
    return;
  }
  committer()->Submit({.prepared = rocks::Prepare(std::move(request)), .done = std::move(done)});
}

absl::StatusOr<std::optional<AppendResult>> RocksEventStore::FindRequest(
    std::string_view agency, std::string_view request_id, const Hash& fingerprint) {
  DAYBOOK_ASSIGN_OR_RETURN(std::optional<rocks::StoredRequest> stored,
                           reader_.FindStored(agency, request_id));
  if (!stored) return std::optional<AppendResult>();
  if (stored->fingerprint != fingerprint) return RequestIdReused();
  stored->result.duplicate = true;
  return std::optional<AppendResult>(std::move(stored->result));
}

absl::Status RocksEventStore::ReadStream(std::string_view stream, Revision from,
                                         Direction direction, std::uint64_t limit,
                                         const EventSink& sink) {
  return reader_.ReadStream(stream, from, direction, limit, sink);
}

absl::Status RocksEventStore::ReadAll(const ReadAllOptions& options, const EventSink& sink) {
  return reader_.ReadAll(options, size_.load(std::memory_order_acquire), sink);
}

absl::StatusOr<std::uint64_t> RocksEventStore::StreamEventCount(std::string_view stream) {
  return reader_.EventCount(stream);
}

Checkpoint RocksEventStore::Head() {
  const absl::MutexLock lock(&mutex_);
  return head_;
}

absl::StatusOr<Hash> RocksEventStore::RootAt(std::uint64_t size) {
  const Checkpoint head = Head();
  if (size > head.size) return BeyondHead(size, head.size);
  if (size == head.size) return head.root;
  return reader_.RootAt(size);
}

absl::StatusOr<std::uint64_t> RocksEventStore::SizeAt(Instant time) {
  return reader_.SizeAt(time, size_.load(std::memory_order_acquire));
}

std::unique_ptr<EventStore::Listener> RocksEventStore::OnCommit(
    std::function<void(std::uint64_t size)> listener) {
  return listeners_.Add(std::move(listener));
}

absl::Status RocksEventStore::Health() { return committer()->Health(); }

}  // namespace daybook::eventstore
