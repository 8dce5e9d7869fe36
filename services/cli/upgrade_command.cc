#include "services/cli/upgrade_command.h"

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/core/ledger_format.h"
#include "eventstore/rocksdb/backup.h"
#include "eventstore/rocksdb/upgrade.h"
#include "eventstore/sealing/local_key_provider.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "projections/store/disk_view_shelf.h"
#include "projections/store/rocksdb_view_store.h"
#include "services/cli/connection.h"
#include "services/cli/upkeep_text.h"

namespace daybook::cli {
namespace {

namespace fs = std::filesystem;
using eventstore::BackupInfo;
using eventstore::FormatAction;
using eventstore::StartPlan;
using eventstore::rocks::FormatSupport;
using projections::ViewStamp;
using Json = nlohmann::ordered_json;

// What lies in a data directory, as it was found. Views and keys only if the ledger is not refused.
struct Found {
  const FormatSupport& formats;  // the program's
  fs::path log;
  StartPlan ledger;
  std::optional<absl::StatusOr<ViewStamp>> views;
  std::optional<absl::StatusOr<bool>> keys;  // whether there are any
  std::vector<BackupInfo> backups;
};

absl::StatusOr<Found> LookAt(const UpgradeOptions& options) {
  Found found{.formats = *options.formats,
              .log = LogIn(options.directory),
              .ledger = {},
              .views = {},
              .keys = {},
              .backups = {}};
  DAYBOOK_ASSIGN_OR_RETURN(
      found.ledger, eventstore::PlanStart(found.log, eventstore::rocks::LocalEnv(), found.formats));
  // A log that was named by itself has nothing beside it.
  if (found.ledger.refusal.ok() && found.log != fs::path(options.directory)) {
    const fs::path data = options.directory;
    found.views = projections::RocksDbViewStore::Peek(
        projections::DiskViewShelf::ServingStore(data / "views"));
    found.keys = sealing::CheckLocalKeys(data / "keys");
  }
  if (!options.backups.empty()) {
    DAYBOOK_ASSIGN_OR_RETURN(
        found.backups,
        eventstore::ListBackups(options.backups, eventstore::rocks::LocalEnv(), found.formats));
  }
  return found;
}

// What the start refuses first; OK when it does not.
absl::Status RefusalOf(const Found& found) {
  if (!found.ledger.refusal.ok()) return found.ledger.refusal;
  return found.keys ? found.keys->status() : absl::OkStatus();
}

int CodeOf(const Found& found) {
  if (!RefusalOf(found).ok()) return kRefused;
  return found.ledger.steps.empty() ? kDone : kWouldUpgrade;
}

// In one word, for programs.
const char* ActionOf(const StartPlan& plan) {
  if (!plan.refusal.ok()) return "refuse";
  return plan.steps.empty() ? "open" : "upgrade";
}

const char* ActionOf(const BackupInfo& backup, const FormatSupport& formats) {
  switch (eventstore::rocks::Decide(backup.format, formats).action) {
    case FormatAction::kOpen:
      return "open";
    case FormatAction::kUpgrade:
      return "upgrade";
    default:
      return "refuse";
  }
}

void AddRefusal(Json& json, const absl::Status& refusal) {
  if (refusal.ok()) return;
  const auto detail = eventstore::GetErrorDetail(refusal).value_or(eventstore::ErrorDetail());
  json["refusal"] = {{"reason", detail.reason},
                     {"message", eventstore::Message(refusal)},
                     {"remedy", detail.remedy}};
}

Json LedgerJson(const Found& found) {
  Json json = {{"directory", found.log.string()},
               {"format", found.ledger.format},
               {"log_id", found.ledger.log.log_id},
               {"start", ActionOf(found.ledger)},
               {"steps", Json::array()}};
  for (const eventstore::FormatStep& step : found.ledger.steps) {
    json["steps"].push_back({{"from", eventstore::ToText(step.from)},
                             {"to", eventstore::ToText(step.to)},
                             {"what", step.what}});
  }
  AddRefusal(json, found.ledger.refusal);
  return json;
}

Json ViewsJson(const absl::StatusOr<ViewStamp>& views) {
  if (!views.ok()) return {{"start", "unknown"}, {"problem", eventstore::Message(views.status())}};
  return {{"stored", views->stored},
          {"program", views->program},
          {"start", views->stored == views->program ? "open" : "rebuild"}};
}

Json KeysJson(const absl::StatusOr<bool>& keys) {
  Json json = {{"start", !keys.ok() ? "refuse" : *keys ? "open" : "make"}};
  AddRefusal(json, keys.status());
  return json;
}

void PrintJson(const Found& found, const std::string& version) {
  Json json = {
      {"program", {{"version", version}, {"format", eventstore::ToText(found.formats.current)}}},
      {"ledger", LedgerJson(found)}};
  if (found.views) json["views"] = ViewsJson(*found.views);
  if (found.keys) json["keys"] = KeysJson(*found.keys);
  json["backups"] = Json::array();
  for (const BackupInfo& backup : found.backups) {
    Json one = {{"id", backup.id},
                {"taken", TimeText(backup.taken)},
                {"log_id", backup.upto.log.log_id},
                {"format", backup.format},
                {"restore", ActionOf(backup, found.formats)}};
    if (!backup.other_format) one["events"] = backup.upto.size;
    json["backups"].push_back(std::move(one));
  }
  fmt::print("{}\n", json.dump(2));
}

void Line(std::string_view name, const std::string& text) { fmt::print("{:<9} {}\n", name, text); }

std::string LedgerText(const Found& found) {
  const std::string format =
      found.ledger.format.empty() ? "" : fmt::format("format {}, ", found.ledger.format);
  if (!found.ledger.refusal.ok()) return format + "a start refuses it";
  if (found.ledger.steps.empty()) return format + "a start opens it as it is";
  return format + "a start upgrades it";
}

std::string ViewsText(const absl::StatusOr<ViewStamp>& views) {
  if (!views.ok()) return "not known: " + eventstore::Message(views.status());
  if (views->stored.empty()) return "none, a start builds them";
  if (views->stored == views->program) {
    return fmt::format("stamp {}, a start opens them", views->stored);
  }
  return fmt::format("stamp {}, this version writes {}: a start rebuilds them", views->stored,
                     views->program);
}

std::string KeysText(const absl::StatusOr<bool>& keys) {
  if (!keys.ok()) return "a start refuses them";
  return *keys ? "a start opens them"
               : "none: bring them back before the start, or sealed parts stay closed";
}

std::string BackupText(const BackupInfo& backup, const FormatSupport& formats) {
  const std::string action = ActionOf(backup, formats);
  const std::string restore = action == "refuse"    ? "this version refuses to restore it"
                              : action == "upgrade" ? "a restore upgrades it"
                                                    : PrefixText(backup.upto.size);
  return fmt::format("{} of {}, format {}: {}", backup.id, TimeText(backup.taken), backup.format,
                     restore);
}

void PrintText(const Found& found, const std::string& version) {
  Line("program", fmt::format("version {}, reads and writes ledger format {}", version,
                              eventstore::ToText(found.formats.current)));
  Line("ledger", found.log.string() + ": " + LedgerText(found));
  for (const eventstore::FormatStep& step : found.ledger.steps) {
    Line("", fmt::format("format {} to {}: {}", eventstore::ToText(step.from),
                         eventstore::ToText(step.to), step.what));
  }
  if (!found.ledger.steps.empty()) {
    Line("", "the way back is a backup made by the previous version: take one first");
  }
  if (found.views) Line("views", ViewsText(*found.views));
  if (found.keys) Line("keys", KeysText(*found.keys));
  if (found.keys) Line("staging", "emptied by every start");
  for (const BackupInfo& backup : found.backups) Line("backup", BackupText(backup, found.formats));
}

}  // namespace

int RunUpgradeCheck(const UpgradeOptions& options, const std::string& version) {
  const absl::StatusOr<Found> found = LookAt(options);
  if (!found.ok()) return Report(found.status());
  if (options.json) {
    PrintJson(*found, version);
    return CodeOf(*found);
  }
  PrintText(*found, version);
  if (const absl::Status refusal = RefusalOf(*found); !refusal.ok()) return Report(refusal);
  return CodeOf(*found);
}

}  // namespace daybook::cli
