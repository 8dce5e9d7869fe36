// `daybook backup`, `restore`, `fsck`, `status`: upkeep of a ledger by whoever runs the machine.
// backup and status ask the server; restore and fsck work on directories that no server has open.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "services/cli/connection.h"

namespace daybook::cli {

struct BackupOptions {
  std::string directory;
  std::uint32_t keep = 0;
  std::string keys;     // where the keys are copied to; empty: they are not
  bool list = false;    // only say what is there
  bool verify = false;  // read every file of what is there
};

struct RestoreOptions {
  std::string directory;  // of the backups
  std::optional<std::uint32_t> id;
  std::string into;       // data directory to be made
  std::string keys;       // a copy of the keys, from backup --keys
  bool rehearse = false;  // restore beside, check, throw away, tell the server
};

int RunBackup(const Connection& connection, const BackupOptions& options);
int RunRestore(const Connection& connection, const RestoreOptions& options);
// `directory`: a data directory, or the log in it.
int RunFsck(const std::string& directory);
int RunStatus(const Connection& connection);

}  // namespace daybook::cli
