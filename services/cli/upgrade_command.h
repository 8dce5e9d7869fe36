// `daybook upgrade --check`: what a start of this version would do with a data directory, without
// doing it. Works on the directory, also beside a running daemon: takes no lock, changes nothing.
#pragma once

#include <string>

#include "eventstore/rocksdb/upgrade_steps.h"

namespace daybook::cli {

// Exit code of a check, beside those of every command: a start would upgrade the directory.
inline constexpr int kWouldUpgrade = 4;

struct UpgradeOptions {
  std::string directory;  // a data directory, or the log in it
  std::string backups;    // a directory of backups to look at, too; empty: none
  bool json = false;
  // What the program reads and upgrades; another one is for tests.
  const eventstore::rocks::FormatSupport* formats = &eventstore::rocks::ProductFormats();
};

// `version` is the program's. kDone: a start opens it as it is; kWouldUpgrade; kRefused: it
// refuses. What is to be rebuilt at the start (views) and backups change nothing of that.
int RunUpgradeCheck(const UpgradeOptions& options, const std::string& version);

}  // namespace daybook::cli
