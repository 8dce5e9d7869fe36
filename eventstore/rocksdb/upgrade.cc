#include "eventstore/rocksdb/upgrade.h"

#include <utility>

#include "eventstore/core/error.h"
#include "fmt/format.h"

namespace daybook::eventstore {

absl::StatusOr<StartPlan> PlanStart(const std::filesystem::path& directory, rocksdb::Env* env,
                                    const rocks::FormatSupport& formats) {
  const rocks::Files files(env);
  StartPlan plan;
  const absl::StatusOr<std::optional<std::string>> format = rocks::ReadFormat(files, directory);
  const bool damaged = ErrorReason(format.status()) == reason::kLogDamaged;
  if (!format.ok() && !damaged) return format.status();
  if (damaged) {
    plan.refusal = format.status();
    return plan;
  }
  if (!*format) return rocks::NoLedger(directory);
  plan.format = **format;
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

absl::Status NoLedger(const std::filesystem::path& directory) {
  return MakeError(absl::StatusCode::kFailedPrecondition,
                   directory.string() + " holds no ledger: it has no file IDENTITY",
                   {.reason = std::string(reason::kDirectoryUnusable),
                    .remedy = "Name the data directory of a daybookd, or a restored backup.",
                    .fields = {},
                    .metadata = {{"directory", directory.string()}}});
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
