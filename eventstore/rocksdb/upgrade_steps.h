// How a directory of an older format becomes one of this format: the steps that this program knows.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "eventstore/core/ledger_format.h"
#include "eventstore/rocksdb/files.h"

namespace daybook::eventstore::rocks {

// `run` gets a directory in the format `from`, with IDENTITY, journal/ and store/. From a backup
// that is being restored only store/ is there: a journal is begun afterwards.
//
// - It writes new files beside those that `from` reads and changes none of these, so that a kill at
//   any moment leaves a directory that a program of `from` opens. What is no longer needed, a start
//   in the new format removes.
// - All that it did is durable when it returns OK: IDENTITY names `to` after that, and not before.
// - It may be run again after it was cut off at any moment, and after it was done.
//
// Views and keys have stamps of their own and are not its matter.
struct UpgradeStep {
  FormatStep format;
  std::function<absl::Status(const Files& files, const std::filesystem::path& directory)> run;
};

// What a program reads and writes.
struct FormatSupport {
  LedgerFormat current;
  std::vector<UpgradeStep> steps;
};

// This program's. Another one is for tests.
const FormatSupport& ProductFormats();

// DecideFormat with these steps.
FormatDecision Decide(std::string_view stored, const FormatSupport& formats);

}  // namespace daybook::eventstore::rocks
