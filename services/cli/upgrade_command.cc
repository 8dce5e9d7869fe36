#include "services/cli/upgrade_command.h"

#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/core/ledger_format.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "services/cli/connection.h"
#include "services/cli/output/json_text.h"
#include "services/cli/upkeep_text.h"

namespace daybook::cli {
namespace {

using eventstore::BackupInfo;
using eventstore::FormatAction;
using eventstore::StartPlan;
using projections::ViewStamp;
using Json = nlohmann::ordered_json;

// In one word, for programs.
const char* ActionOf(const StartPlan& plan) {
  if (plan.begins) return "begin";
  if (!plan.refusal.ok()) return "refuse";
  return plan.steps.empty() ? "open" : "upgrade";
}

const char* ActionOf(const BackupInfo& backup, const UpgradeFindings& found) {
  switch (eventstore::rocks::Decide(backup.format, found.formats).action) {
    case FormatAction::kOpen:
      return "open";
    case FormatAction::kUpgrade:
      return "upgrade";
    default:
      return "refuse";
  }
}

Json ProblemJson(const absl::Status& problem) {
  const auto detail = eventstore::GetErrorDetail(problem).value_or(eventstore::ErrorDetail());
  return {{"reason", detail.reason},
          {"message", eventstore::Message(problem)},
          {"remedy", detail.remedy}};
}

void AddRefusal(Json& json, const absl::Status& refusal) {
  if (!refusal.ok()) json["refusal"] = ProblemJson(refusal);
}

Json LedgerJson(const UpgradeFindings& found) {
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
  if (!views.ok()) {
    return {{"start", Refuses(views.status()) ? "refuse" : "rebuild"},
            {"problem", ProblemJson(views.status())}};
  }
  return {{"stored", views->stored},
          {"program", views->program},
          {"start", views->stored == views->program ? "open" : "rebuild"}};
}

Json KeysJson(const absl::StatusOr<KeysStart>& keys) {
  Json json = {{"start", !keys.ok() ? "refuse" : *keys == KeysStart::kOpen ? "open" : "make"}};
  AddRefusal(json, keys.status());
  return json;
}

bool IsOfAnotherLog(const BackupInfo& backup, const UpgradeFindings& found) {
  const std::string& log = found.ledger.log.log_id;
  return !log.empty() && backup.upto.log.log_id != log;
}

Json BackupJson(const BackupInfo& backup, const UpgradeFindings& found) {
  if (!backup.problem.ok()) {
    return {{"id", backup.id}, {"restore", "refuse"}, {"problem", ProblemJson(backup.problem)}};
  }
  Json json = {{"id", backup.id},
               {"taken", TimeText(backup.taken)},
               {"log_id", backup.upto.log.log_id},
               {"format", backup.format},
               {"restore", ActionOf(backup, found)}};
  if (!backup.other_format) json["events"] = backup.upto.size;
  return json;
}

void PrintJson(const UpgradeFindings& found, const std::string& version) {
  Json json = {
      {"program", {{"version", version}, {"format", eventstore::ToText(found.formats.current)}}},
      {"ledger", LedgerJson(found)}};
  if (found.views) json["views"] = ViewsJson(*found.views);
  if (found.keys) json["keys"] = KeysJson(*found.keys);
  json["backups"] = Json::array();
  if (found.backups && found.backups->ok()) {
    for (const BackupInfo& one : **found.backups) json["backups"].push_back(BackupJson(one, found));
  }
  json["problems"] = Json::array();
  for (const absl::Status& problem : ProblemsOf(found)) {
    json["problems"].push_back(ProblemJson(problem));
  }
  fmt::print("{}\n", JsonText(json));
}

void Line(std::string_view name, const std::string& text) { fmt::print("{:<9} {}\n", name, text); }

std::string LedgerText(const UpgradeFindings& found) {
  const std::string format =
      found.ledger.format.empty() ? "" : fmt::format("format {}, ", found.ledger.format);
  if (found.ledger.begins) return "no ledger is there; a start would begin one";
  if (!found.ledger.refusal.ok()) return format + "a start refuses it";
  if (found.ledger.steps.empty()) return format + "this version reads it as it is";
  return format + "a start upgrades it";
}

std::string ViewsText(const absl::StatusOr<ViewStamp>& views) {
  if (!views.ok()) {
    return Refuses(views.status())
               ? "a start refuses them"
               : "a start rebuilds them, or opens them if another process has them open now: " +
                     eventstore::Message(views.status());
  }
  if (views->stored.empty()) return "none, a start builds them";
  if (views->stored == views->program) {
    return fmt::format("stamp {}, a start opens them", views->stored);
  }
  return fmt::format("stamp {}, this version writes {}: a start rebuilds them", views->stored,
                     views->program);
}

std::string KeysText(const absl::StatusOr<KeysStart>& keys) {
  if (!keys.ok()) return "a start refuses them";
  return *keys == KeysStart::kOpen ? "a start opens the master key"
                                   : "none, and no events: a start makes them";
}

std::string BackupText(const BackupInfo& backup, const UpgradeFindings& found) {
  if (!backup.problem.ok()) return fmt::format("{} cannot be read", backup.id);
  const std::string_view action = ActionOf(backup, found);
  const std::string restore = action == "refuse"    ? "this version refuses to restore it"
                              : action == "upgrade" ? "a restore upgrades it"
                                                    : PrefixText(backup.upto.size);
  return fmt::format("{} of {}, format {}: {}{}", backup.id, TimeText(backup.taken), backup.format,
                     restore, IsOfAnotherLog(backup, found) ? ", OF ANOTHER LOG" : "");
}

void PrintBackups(const UpgradeFindings& found) {
  if (!found.backups || !found.backups->ok()) return;
  if ((*found.backups)->empty()) Line("backup", "none in that directory");
  for (const BackupInfo& backup : **found.backups) Line("backup", BackupText(backup, found));
}

void PrintText(const UpgradeFindings& found, const std::string& version) {
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
  if (found.ledger.refusal.ok() && !found.views) {
    Line("", "views and keys are not looked at: this is a log, and no data directory");
  }
  if (found.views) Line("views", ViewsText(*found.views));
  if (found.keys) Line("keys", KeysText(*found.keys));
  if (found.keys) Line("staging", "emptied by every start");
  PrintBackups(found);
  if (found.ledger.refusal.ok()) {
    Line("not read",
         "what log, keys and views hold, and rights to write: daybook fsck reads the "
         "log, daybook backup --verify the backups");
  }
}

}  // namespace

int RunUpgradeCheck(const UpgradeOptions& options, const std::string& version) {
  const UpgradeFindings found = CheckUpgrade(options);
  const std::vector<absl::Status> problems = ProblemsOf(found);
  if (options.json) {
    PrintJson(found, version);
  } else {
    PrintText(found, version);
    for (const absl::Status& problem : problems) Report(problem);
  }
  if (!problems.empty()) return kRefused;
  return found.ledger.steps.empty() ? kDone : kWouldUpgrade;
}

}  // namespace daybook::cli
