#include "eventstore/staging/row_stage.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/core/limits.h"
#include "eventstore/core/refusals.h"
#include "eventstore/sealing/cipher.h"

namespace daybook::staging {
namespace {

constexpr std::size_t kWriteBufferBytes = 16U << 20;
constexpr std::chrono::hours kLeftLying{1};
constexpr char kMark = 'm';
constexpr char kRow = 'r';

std::string RowKey(std::uint32_t number) {
  std::string key(1, kRow);
  for (int shift = 24; shift >= 0; shift -= 8) {
    key.push_back(static_cast<char>(static_cast<std::uint8_t>(number >> shift)));
  }
  return key;
}
const std::string kRowsEnd(1, kRow + 1);

// A mark may come from a key as it was sent, so it stands on the disk as a keyed digest only.
std::string MarkKey(const sealing::SecretKey& key, std::string_view mark) {
  const eventstore::Hash digest = sealing::Hmac(key, mark);
  return std::string(1, kMark).append(digest.begin(), digest.end());
}

std::chrono::steady_clock::duration Now() {
  return std::chrono::steady_clock::now().time_since_epoch();
}

std::uint32_t NumberIn(std::string_view key) {
  std::uint32_t number = 0;
  for (const char c : key.substr(key.size() - 4)) {
    number = number << 8 | static_cast<std::uint8_t>(c);
  }
  return number;
}

// A number of this process, never used twice with its key.
std::string NonceOf(std::uint64_t number) {
  std::string nonce(sealing::kNonceBytes, '\0');
  for (std::size_t i = 0; i < sizeof(number); ++i) {
    nonce[i] = static_cast<char>(static_cast<std::uint8_t>(number >> (8 * i)));
  }
  return nonce;
}

absl::Status DiskFull() {
  return eventstore::MakeError(
      absl::StatusCode::kUnavailable,
      "the rows of a file cannot be kept: the disk has no room beside what the log needs",
      {.reason = std::string(eventstore::reason::kDiskFull),
       .remedy = "Make room on the disk, then send the rows again.",
       .fields = {},
       .metadata = {}});
}

absl::Status FromRocks(const rocksdb::Status& status, std::string_view what) {
  if (status.ok()) return absl::OkStatus();
  if (status.IsNoSpace()) return DiskFull();
  return absl::UnavailableError(std::string(what) + " failed: " + status.ToString());
}

rocksdb::Options MakeOptions() {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.write_buffer_size = kWriteBufferBytes;
  options.keep_log_file_num = 2;
  options.max_open_files = 64;
  return options;
}

rocksdb::WriteOptions Unlogged() {
  rocksdb::WriteOptions options;
  options.disableWAL = true;  // nothing of it outlives the process
  return options;
}

absl::Status Unusable(const std::filesystem::path& directory, const std::string& why) {
  return eventstore::MakeError(
      absl::StatusCode::kFailedPrecondition,
      "the directory for rows that wait " + directory.string() + " cannot be used: " + why,
      {.reason = std::string(eventstore::reason::kDirectoryUnusable),
       .remedy = "Make the directory writable, or choose another data directory.",
       .fields = {},
       .metadata = {}});
}

}  // namespace

RowStage::File::~File() {
  table.reset();
  std::error_code ignored;  // what is left goes at the next start
  std::filesystem::remove_all(directory, ignored);
}

absl::StatusOr<std::unique_ptr<RowStage>> RowStage::Open(const std::filesystem::path& directory) {
  DAYBOOK_RETURN_IF_ERROR(sealing::InitCrypto());
  std::error_code error;
  std::filesystem::remove_all(directory, error);
  if (!error) std::filesystem::create_directories(directory, error);
  if (error) return Unusable(directory, error.message());
  return std::unique_ptr<RowStage>(new RowStage(directory, sealing::RandomKey()));
}

std::shared_ptr<const RowStage::File> RowStage::Find(std::string_view file) const {
  absl::MutexLock lock(&mutex_);
  const auto it = files_.find(file);
  return it == files_.end() ? nullptr : it->second;
}

absl::StatusOr<std::shared_ptr<const RowStage::File>> RowStage::FindOrMake(std::string_view file) {
  absl::MutexLock lock(&mutex_);
  if (const auto it = files_.find(file); it != files_.end()) {
    it->second->used = Now();
    return it->second;
  }
  if (files_.size() >= eventstore::limits::kStagedFilesMax) {
    const auto oldest = std::min_element(
        files_.begin(), files_.end(),
        [](const auto& a, const auto& b) { return a.second->used.load() < b.second->used.load(); });
    if (Now() - oldest->second->used.load() < kLeftLying) return eventstore::QueueFull();
    files_.erase(oldest);
  }
  auto made = std::make_shared<File>(directory_ / std::to_string(next_directory_++));
  DAYBOOK_RETURN_IF_ERROR(FromRocks(
      table::WalTable::Open(MakeOptions(), made->directory, made->table), "keeping rows"));
  made->used = Now();
  return files_.emplace(std::string(file), std::move(made)).first->second;
}

absl::Status RowStage::Put(std::string_view file, std::span<const StagedRow> rows) {
  // A large file must not take the room in which the log acknowledges what others send.
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(directory_, error);
  if (!error && space.available < eventstore::limits::kStageReserveBytes) return DiskFull();
  DAYBOOK_ASSIGN_OR_RETURN(const std::shared_ptr<const File> kept, FindOrMake(file));
  rocksdb::WriteBatch batch;
  for (const StagedRow& row : rows) {
    const std::string nonce = NonceOf(next_nonce_.fetch_add(1, std::memory_order_relaxed));
    batch.Put(RowKey(row.number), nonce + sealing::Encrypt(key_, nonce, file, row.bytes));
    if (!row.mark.empty()) batch.Put(MarkKey(key_, row.mark), rocksdb::Slice());
  }
  return FromRocks(kept->table->Write(Unlogged(), batch), "keeping rows");
}

absl::StatusOr<std::uint64_t> RowStage::CountRows(std::string_view file) const {
  const std::shared_ptr<const File> kept = Find(file);
  std::uint64_t count = 0;
  if (kept == nullptr) return count;
  const auto add = [&count](std::string_view, std::string_view) {
    ++count;
    return true;
  };
  DAYBOOK_RETURN_IF_ERROR(FromRocks(kept->table->Scan(RowKey(0), kRowsEnd, add), "counting rows"));
  return count;
}

absl::Status RowStage::Scan(
    std::string_view file, std::uint32_t first,
    const std::function<bool(std::uint32_t number, std::string_view bytes)>& row) const {
  const std::shared_ptr<const File> kept = Find(file);
  if (kept == nullptr) return absl::OkStatus();
  absl::Status opened;
  const auto open = [&](std::string_view key, std::string_view value) {
    if (value.size() < sealing::kNonceBytes) {
      opened = absl::DataLossError("a row that waits is cut short");
      return false;
    }
    auto bytes = sealing::Decrypt(key_, value.substr(0, sealing::kNonceBytes), file,
                                  value.substr(sealing::kNonceBytes));
    if (!bytes.ok()) {
      opened = bytes.status();
      return false;
    }
    return row(NumberIn(key), *bytes);
  };
  const rocksdb::Status scanned = kept->table->Scan(RowKey(first), kRowsEnd, open);
  DAYBOOK_RETURN_IF_ERROR(opened);
  return FromRocks(scanned, "reading rows");
}

absl::StatusOr<bool> RowStage::HoldsMark(std::string_view file, std::string_view mark) const {
  const std::shared_ptr<const File> kept = Find(file);
  if (kept == nullptr) return false;
  std::string value;
  const rocksdb::Status got = kept->table->Get(MarkKey(key_, mark), &value);
  if (got.IsNotFound()) return false;
  DAYBOOK_RETURN_IF_ERROR(FromRocks(got, "looking for a row"));
  return true;
}

void RowStage::Drop(std::string_view file) {
  std::shared_ptr<const File> dropped;  // whose directory is removed after the lock is given back
  absl::MutexLock lock(&mutex_);
  const auto it = files_.find(file);
  if (it == files_.end()) return;
  dropped = std::move(it->second);
  files_.erase(it);
}

}  // namespace daybook::staging
