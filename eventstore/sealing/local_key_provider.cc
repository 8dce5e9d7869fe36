#include "eventstore/sealing/local_key_provider.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <optional>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/core/ids.h"
#include "eventstore/sealing/cipher.h"
#include "eventstore/sealing/key_ring.h"
#include "eventstore/table/wal_table.h"

namespace daybook::sealing {
namespace {

namespace fs = std::filesystem;

constexpr char kMasterName[] = "master.key";
constexpr char kTableName[] = "table";
constexpr std::string_view kMagic = "daybook-master-key-2\n";
constexpr std::string_view kCheckText = "daybook master key check 1";

absl::Status Unusable(const std::string& what, const std::string& remedy) {
  return eventstore::MakeError(absl::StatusCode::kFailedPrecondition, what,
                               {.reason = std::string(eventstore::reason::kDirectoryUnusable),
                                .remedy = remedy,
                                .fields = {},
                                .metadata = {}});
}

absl::Status DamagedMaster(const std::string& what) {
  return eventstore::MakeError(
      absl::StatusCode::kDataLoss, what,
      {.reason = std::string(reason::kPartDamaged),
       .remedy = "Bring master.key back from its backup. Without it no sealed part can be opened.",
       .fields = {},
       .metadata = {}});
}

absl::Status DamagedTable(const std::string& what) {
  return eventstore::MakeError(
      absl::StatusCode::kDataLoss, what,
      {.reason = std::string(reason::kPartDamaged),
       .remedy = "Bring the whole directory of the keys back from its backup. To go on without "
                 "them, so that nothing sealed until now can be opened again, move it away and "
                 "start once with --accept-lost-keys.",
       .fields = {},
       .metadata = {}});
}

absl::Status SystemError(const std::string& what, const fs::path& path,
                         const std::string& why = std::strerror(errno)) {
  return Unusable(what + " " + path.string() + ": " + why,
                  "Do it as the daemon's user (of the Debian package: sudo -u daybook), give that "
                  "user the right to it, and look at the disk.");
}

absl::Status WriteDurably(const fs::path& path, std::string_view content) {
  const fs::path temporary = path.string() + ".tmp";
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return SystemError("cannot write", temporary);
  const bool written =
      ::write(fd, content.data(), content.size()) == static_cast<ssize_t>(content.size()) &&
      ::fsync(fd) == 0;
  ::close(fd);
  if (!written || ::rename(temporary.c_str(), path.c_str()) != 0) {
    return SystemError("cannot write", path);
  }
  const int directory = ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = directory >= 0 && ::fsync(directory) == 0;
  if (directory >= 0) ::close(directory);
  return synced ? absl::OkStatus() : SystemError("cannot sync", path.parent_path());
}

// On disk, with every write synced.
class DiskKeyTable final : public KeyTable {
 public:
  // `master`: the bytes of the file beside it.
  DiskKeyTable(std::unique_ptr<table::WalTable> table, std::string master)
      : table_(std::move(table)), master_(std::move(master)) {}

  absl::StatusOr<std::optional<std::string>> Get(std::string_view name) override {
    std::string value;
    const auto status = table_->Get(name, &value);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) return absl::UnavailableError("key table: " + status.ToString());
    return value;
  }

  absl::Status Put(const std::vector<std::pair<std::string, std::string>>& rows) override {
    rocksdb::WriteBatch batch;
    for (const auto& [name, value] : rows) {
      if (value.empty()) {
        batch.Delete(name);
      } else {
        batch.Put(name, value);
      }
    }
    rocksdb::WriteOptions options;
    options.sync = true;
    const auto status = table_->Write(options, batch);
    return status.ok() ? absl::OkStatus()
                       : absl::UnavailableError("key table: " + status.ToString());
  }

  absl::Status Purge() override {
    const rocksdb::Status purged = table_->Purge();
    return purged.ok() ? absl::OkStatus()
                       : absl::UnavailableError("key table: " + purged.ToString());
  }

  absl::Status CopyTo(const fs::path& directory) override {
    std::error_code error;
    if (!fs::create_directories(directory, error) || ::chmod(directory.c_str(), 0700) != 0) {
      return Unusable("cannot make " + directory.string(),
                      "Name a directory that does not exist yet, where the daemon may write.");
    }
    const rocksdb::Status copied = table_->CopyTo(directory / kTableName);
    if (!copied.ok()) return absl::UnavailableError("key table: " + copied.ToString());
    return WriteDurably(directory / kMasterName, master_);
  }

 private:
  const std::unique_ptr<table::WalTable> table_;
  const std::string master_;
};

class MemoryKeyTable final : public KeyTable {
 public:
  absl::StatusOr<std::optional<std::string>> Get(std::string_view name) override {
    const auto it = rows_.find(name);
    if (it == rows_.end()) return std::nullopt;
    return it->second;
  }
  absl::Status Put(const std::vector<std::pair<std::string, std::string>>& rows) override {
    for (const auto& [name, value] : rows) {
      if (value.empty()) {
        rows_.erase(name);
      } else {
        rows_[name] = value;
      }
    }
    return absl::OkStatus();
  }
  absl::Status Purge() override { return absl::OkStatus(); }
  absl::Status CopyTo(const fs::path&) override {
    return absl::UnimplementedError("these keys are in memory only");
  }

 private:
  std::map<std::string, std::string, std::less<>> rows_;  // the ring's lock guards it
};

absl::StatusOr<std::string> ReadSmall(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return SystemError("cannot read", path);
  std::string content(256, '\0');
  const ssize_t size = ::read(fd, content.data(), content.size());
  ::close(fd);
  if (size < 0) return SystemError("cannot read", path);
  content.resize(static_cast<std::size_t>(size));
  return content;
}

// File: magic, 32 bytes of key, 64 characters of keyed digest over a fixed text.
absl::StatusOr<SecretKey> ReadMaster(const fs::path& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return SystemError("cannot read", path);
  if (!S_ISREG(info.st_mode)) return DamagedMaster(path.string() + " is no file");
  if ((info.st_mode & 0077) != 0) {
    return Unusable(path.string() + " can be read by others", "chmod 600 " + path.string());
  }
  DAYBOOK_ASSIGN_OR_RETURN(const std::string content, ReadSmall(path));
  if (content.size() != kMagic.size() + SecretKey::kBytes + 64 ||
      content.compare(0, kMagic.size(), kMagic) != 0) {
    return DamagedMaster(path.string() + " is no master key");
  }
  SecretKey key;
  std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(kMagic.size()), SecretKey::kBytes,
              key.data());
  if (content.substr(kMagic.size() + SecretKey::kBytes) != KeyedDigest(key, kCheckText)) {
    return DamagedMaster(path.string() + " is damaged");
  }
  return key;
}

absl::StatusOr<SecretKey> CreateMaster(const fs::path& path) {
  const SecretKey key = RandomKey();
  std::string content(kMagic);
  content.append(reinterpret_cast<const char*>(key.data()), SecretKey::kBytes);
  content += KeyedDigest(key, kCheckText);
  DAYBOOK_RETURN_IF_ERROR(WriteDurably(path, content));
  return key;
}

// Whether the table was begun. RocksDB takes a directory that lost its CURRENT for a new one, and
// clears away what is in it; such a directory is refused as it lies.
absl::StatusOr<bool> IsTableBegun(const fs::path& path) {
  std::error_code error;
  if (fs::exists(path / "CURRENT", error)) return true;
  const fs::directory_iterator entries(path, error);
  if (error == std::errc::no_such_file_or_directory) return false;
  if (error) return SystemError("cannot read", path, error.message());
  for (const fs::directory_entry& entry : entries) {
    const fs::path ending = entry.path().extension();
    if (ending != ".sst" && ending != ".log") continue;
    return DamagedTable((path / "CURRENT").string() + " is missing beside wrapped keys");
  }
  return false;
}

constexpr std::string_view kLogRow = "log";

// The log whose keys they are, with a digest that only their master key makes.
std::string LogStamp(const SecretKey& master, std::string_view log_id) {
  return std::string(log_id) + KeyedDigest(master, "daybook keys of log " + std::string(log_id));
}

absl::Status CheckLogStamp(const SecretKey& master, std::string_view log_id,
                           const std::string& stamp, const fs::path& directory) {
  if (stamp == LogStamp(master, log_id)) return absl::OkStatus();
  return DamagedTable(stamp.starts_with(log_id)
                          ? "the master key and the wrapped keys in " + directory.string() +
                                " do not belong together"
                          : "the keys in " + directory.string() + " are those of another log");
}

absl::StatusOr<std::unique_ptr<KeyTable>> OpenTable(const fs::path& path, bool is_begun,
                                                    std::string master) {
  rocksdb::Options options;
  options.create_if_missing = !is_begun;
  options.paranoid_checks = true;
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.keep_log_file_num = 2;
  std::unique_ptr<table::WalTable> table;
  const auto status = table::WalTable::Open(options, path, table);
  if (!status.ok()) {
    return Unusable(
        "cannot open the key table " + path.string() + ": " + status.ToString(),
        "If another process owns it, stop that one; else bring it back from its backup.");
  }
  return std::unique_ptr<KeyTable>(new DiskKeyTable(std::move(table), std::move(master)));
}

// What is at a path; an error where it cannot be told.
absl::StatusOr<fs::file_type> TypeOf(const fs::path& path) {
  std::error_code error;
  const fs::file_type type = fs::status(path, error).type();
  if (type == fs::file_type::not_found) return type;
  if (error) return SystemError("cannot read", path, error.message());
  return type;
}

// nullopt where there are no keys at all.
absl::StatusOr<std::optional<SecretKey>> FindMaster(const fs::path& directory) {
  DAYBOOK_ASSIGN_OR_RETURN(const fs::file_type type, TypeOf(directory));
  if (type == fs::file_type::not_found) return std::nullopt;
  if (type != fs::file_type::directory) {
    return Unusable(directory.string() + " is not a directory",
                    "Move it away and bring the directory of the keys back from its backup.");
  }
  const fs::path master = directory / kMasterName;
  DAYBOOK_ASSIGN_OR_RETURN(const fs::file_type master_type, TypeOf(master));
  if (master_type != fs::file_type::not_found) return ReadMaster(master);
  DAYBOOK_ASSIGN_OR_RETURN(const fs::file_type table_type, TypeOf(directory / kTableName));
  if (table_type != fs::file_type::not_found) {
    return DamagedMaster(master.string() + " is missing, and wrapped keys are there");
  }
  return std::nullopt;
}

}  // namespace

absl::Status KeysLost(const fs::path& directory) {
  return eventstore::MakeError(
      absl::StatusCode::kDataLoss,
      "the log holds events and there are no keys in " + directory.string(),
      {.reason = std::string(reason::kPartDamaged),
       .remedy = "Bring the keys back from their backup. To go on without them, so that nothing "
                 "sealed until now can be opened again, start once with --accept-lost-keys.",
       .fields = {},
       .metadata = {}});
}

absl::StatusOr<bool> CheckLocalKeys(const fs::path& directory, std::string_view log_id) {
  DAYBOOK_RETURN_IF_ERROR(InitCrypto());
  DAYBOOK_ASSIGN_OR_RETURN(const std::optional<SecretKey> master, FindMaster(directory));
  DAYBOOK_ASSIGN_OR_RETURN(const bool is_begun, IsTableBegun(directory / kTableName));
  if (!master || !is_begun) return false;
  std::string stamp;
  const bool is_stamped =
      !log_id.empty() &&
      table::WalTable::Peek(rocksdb::Options(), directory / kTableName, kLogRow, &stamp).ok();
  if (is_stamped) DAYBOOK_RETURN_IF_ERROR(CheckLogStamp(*master, log_id, stamp, directory));
  return true;
}

absl::StatusOr<std::unique_ptr<KeyProvider>> OpenLocalKeys(const fs::path& directory,
                                                           MissingKeys missing,
                                                           std::string_view log_id) {
  // Before anything is opened for writing: a table of another log stays as it is.
  DAYBOOK_RETURN_IF_ERROR(CheckLocalKeys(directory, log_id).status());
  const fs::path master_path = directory / kMasterName;
  DAYBOOK_ASSIGN_OR_RETURN(std::optional<SecretKey> master, FindMaster(directory));
  DAYBOOK_ASSIGN_OR_RETURN(const bool is_begun, IsTableBegun(directory / kTableName));
  if (missing == MissingKeys::kRefuse && !master) return KeysLost(directory);
  if (missing == MissingKeys::kRefuse && !is_begun) {
    return DamagedTable("the wrapped keys are missing beside " + master_path.string());
  }
  std::error_code error;
  fs::create_directories(directory, error);
  if (error || ::chmod(directory.c_str(), 0700) != 0) {
    return Unusable("cannot create " + directory.string(), "Check the path and its rights.");
  }
  if (!master) {
    DAYBOOK_ASSIGN_OR_RETURN(master, CreateMaster(master_path));
  }
  DAYBOOK_ASSIGN_OR_RETURN(std::string bytes, ReadSmall(master_path));
  DAYBOOK_ASSIGN_OR_RETURN(auto table,
                           OpenTable(directory / kTableName, is_begun, std::move(bytes)));
  if (!log_id.empty()) {
    DAYBOOK_ASSIGN_OR_RETURN(const auto stamp, table->Get(kLogRow));
    if (stamp) {
      DAYBOOK_RETURN_IF_ERROR(CheckLogStamp(*master, log_id, *stamp, directory));
    } else {
      DAYBOOK_RETURN_IF_ERROR(table->Put({{std::string(kLogRow), LogStamp(*master, log_id)}}));
    }
  }
  return std::make_unique<KeyRing>(*master, std::move(table));
}

std::unique_ptr<KeyProvider> MakeMemoryKeys() {
  InitCrypto().IgnoreError();
  return std::make_unique<KeyRing>(RandomKey(), std::make_unique<MemoryKeyTable>());
}

}  // namespace daybook::sealing
