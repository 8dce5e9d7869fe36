#include "services/admin/application/upkeep.h"

#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "eventstore/core/error.h"
#include "google/protobuf/util/json_util.h"

namespace daybook::admin {
namespace {

absl::Status Invalid(const std::string& field, const std::string& what) {
  return eventstore::MakeError(
      absl::StatusCode::kInvalidArgument, field + ": " + what,
      {.reason = "INVALID_FIELD",
       .remedy = "Give an absolute path on the server's machine, another one for the keys.",
       .fields = {{field, what}},
       .metadata = {}});
}

bool IsWithin(const std::filesystem::path& inner, const std::filesystem::path& outer) {
  const std::filesystem::path relative =
      inner.lexically_normal().lexically_relative(outer.lexically_normal());
  return !relative.empty() && *relative.begin() != "..";
}

absl::Status Check(const v1::CreateBackupRequest& request) {
  const std::filesystem::path directory = request.directory();
  const std::filesystem::path keys = request.keys_directory();
  if (!directory.is_absolute()) return Invalid("directory", "is not an absolute path");
  if (keys.empty()) return absl::OkStatus();
  if (!keys.is_absolute()) return Invalid("keys_directory", "is not an absolute path");
  if (IsWithin(keys, directory)) return Invalid("keys_directory", "lies in the log's backups");
  return absl::OkStatus();
}

}  // namespace

Upkeep::Upkeep(LedgerUpkeep& ledger, std::filesystem::path file)
    : ledger_(ledger), file_(std::move(file)) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file_, error)) return;
  std::ifstream in(file_);
  const std::string json((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const absl::MutexLock lock(&mutex_);
  if (!google::protobuf::util::JsonStringToMessage(json, &last_).ok()) last_.Clear();
}

absl::StatusOr<v1::BackupRecord> Upkeep::Backup(const v1::CreateBackupRequest& request) {
  DAYBOOK_RETURN_IF_ERROR(Check(request));
  DAYBOOK_ASSIGN_OR_RETURN(v1::BackupRecord made, ledger_.Backup(request));
  const absl::MutexLock lock(&mutex_);
  *last_.mutable_last_backup() = made;
  Save();
  return made;
}

void Upkeep::RecordRehearsal(v1::RehearsalRecord rehearsal) {
  rehearsal.set_at(absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::Now(), absl::UTCTimeZone()));
  const absl::MutexLock lock(&mutex_);
  *last_.mutable_last_rehearsal() = std::move(rehearsal);
  Save();
}

v1::UpkeepRecord Upkeep::last() const {
  const absl::MutexLock lock(&mutex_);
  return last_;
}

void Upkeep::Save() {
  std::string json;
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  if (!google::protobuf::util::MessageToJsonString(last_, &json, options).ok()) return;
  const std::filesystem::path temporary = file_.string() + ".tmp";
  {
    std::ofstream out(temporary, std::ios::trunc);
    out << json;
    if (!out.flush()) return;  // remembered while the process runs
  }
  std::error_code ignored;
  std::filesystem::rename(temporary, file_, ignored);
}

}  // namespace daybook::admin
