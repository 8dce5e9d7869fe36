#include "eventstore/rocksdb/upgrade.h"

#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/rocksdb/journal_scan.h"
#include "eventstore/rocksdb/new_ledger.h"
#include "fmt/format.h"

namespace daybook::eventstore {

StartPlan PlanStart(const std::filesystem::path& directory, rocksdb::Env* env,
                    const rocks::FormatSupport& formats) {
  const rocks::Files files(env);
  StartPlan plan;
  plan.refusal = rocks::RequireLedger(files, directory);
  plan.begins = !rocks::HoldsLedger(files, directory).value_or(true);
  for (const char* below : {"journal", "store"}) {
    if (plan.refusal.ok()) plan.refusal = files.ListIfThere(directory / below).status();
  }
  if (!plan.refusal.ok()) return plan;
  // The format by itself: it is said also of a directory that is refused for it.
  plan.format = rocks::ReadFormat(files, directory).value_or(std::nullopt).value_or("");
  const auto identity = rocks::ReadIdentity(files, directory, formats);
  plan.refusal = identity.status();
  if (!identity.ok() || !*identity) return plan;
  plan.log = (*identity)->log;
  for (const std::size_t step : rocks::Decide(plan.format, formats).steps) {
    plan.steps.push_back(formats.steps[step].format);
  }
  return plan;
}

namespace rocks {

absl::StatusOr<bool> HoldsLedger(const Files& files, const std::filesystem::path& directory) {
  DAYBOOK_ASSIGN_OR_RETURN(const bool there, files.Exists(directory));
  if (!there) return false;
  DAYBOOK_ASSIGN_OR_RETURN(const bool identified, files.Exists(directory / "IDENTITY"));
  if (identified) return true;
  DAYBOOK_RETURN_IF_ERROR(CheckNoLedger(files, directory));
  return false;
}

absl::Status RequireLedger(const Files& files, const std::filesystem::path& directory) {
  DAYBOOK_ASSIGN_OR_RETURN(const bool holds, HoldsLedger(files, directory));
  if (holds) return absl::OkStatus();
  DAYBOOK_ASSIGN_OR_RETURN(const bool there, files.Exists(directory));
  return MakeError(absl::StatusCode::kFailedPrecondition,
                   fmt::format("{} holds no ledger: {}", directory.string(),
                               there ? "it has no file IDENTITY" : "it does not exist"),
                   {.reason = std::string(reason::kDirectoryUnusable),
                    .remedy = "Name the data directory of a daybookd, or one that `daybook "
                              "restore` made.",
                    .fields = {},
                    .metadata = {{"directory", directory.string()}}});
}

absl::StatusOr<std::uint64_t> CountEvents(const Files& files,
                                          const std::filesystem::path& directory,
                                          const LogIdentity& log) {
  DAYBOOK_ASSIGN_OR_RETURN(
      const JournalEnd end,
      ScanJournal(files, directory / "journal", log, [](const auto&) { return absl::OkStatus(); }));
  return end.next_position;
}

absl::StatusOr<DirectoryIdentity> UpgradeDirectory(
    const Files& files, const std::filesystem::path& directory, DirectoryIdentity identity,
    const FormatSupport& formats, const std::function<void(std::string_view line)>& log) {
  for (const std::size_t index : Decide(ToText(identity.format), formats).steps) {
    const UpgradeStep& step = formats.steps[index];
    DAYBOOK_RETURN_IF_ERROR(step.run(files, directory));
    identity.format = step.format.to;
    DAYBOOK_RETURN_IF_ERROR(WriteIdentity(files, directory, identity));
    if (log) {
      log(fmt::format("upgraded {} from format {} to {}: {}", directory.string(),
                      ToText(step.format.from), ToText(step.format.to), step.format.what));
    }
  }
  return identity;
}

}  // namespace rocks

}  // namespace daybook::eventstore
