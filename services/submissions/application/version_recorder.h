// What a version changes, from its plan into the log: batches of rows, several under way at a time.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "eventstore/staging/row_stage.h"
#include "services/commands/command_runner.h"
#include "services/commands/versioned_rows.h"
#include "services/submissions/application/scope_rows.h"
#include "services/submissions/application/version_plan.h"

namespace daybook::submissions {

struct VersionToRecord {
  commands::CommandRunner& runner;
  const commands::VersionedRows& rows;
  const staging::RowStage& stage;
  const ScopeRows& scope;
  const events::v1::SubmissionOpened& opened;
  const VersionPlan& plan;
  const commands::Caller& caller;
  std::string attempt;  // request ids are its own under it
};

// Blocks until all of it is durable, or the first error of a batch: what other batches recorded
// then stands, and a plan made anew holds the rest. Not on a thread that decides commands.
absl::Status RecordDifferences(const VersionToRecord& version);

}  // namespace daybook::submissions
