// Which command was asked for, and what it was told. main.cc reads it from the command line.
#pragma once

#include <string>

#include "services/cli/bench_command.h"
#include "services/cli/figure_command.h"
#include "services/cli/import_command.h"
#include "services/cli/log_commands.h"
#include "services/cli/reading_rules.h"
#include "services/cli/release_command.h"
#include "services/cli/report_command.h"
#include "services/cli/upgrade_command.h"
#include "services/cli/upkeep_commands.h"
#include "services/cli/watch_command.h"

namespace daybook::cli {

// The variable of the environment; `otherwise` where it is not set or empty.
std::string Environment(const char* name, const char* otherwise);

struct Options {
  std::string server = Environment("DAYBOOK_ADDRESS", "127.0.0.1:7450");
  std::string feed = Environment("DAYBOOK_FEED", "tcp://127.0.0.1:7451");
  std::string agency = Environment("DAYBOOK_AGENCY", "");
  ImportOptions import_options;
  std::string print_template;
  ReportOptions report;
  ReleaseOptions release;
  LogOptions log;
  FeedOptions feed_options;
  BenchOptions bench;
  BackupOptions backup;
  RestoreOptions restore;
  std::string fsck_directory;
  UpgradeOptions upgrade;
  bool upgrade_check = false;  // has to be given: no other work is done by this command
  WatchOptions watch;
  std::string list;  // of what
  std::string figure;
  bool rebuild = false;  // of the views
  bool no_wait = false;
  std::string submission;
  RulesOptions rules;
  std::string template_dataset;
  std::string template_directory;
};

// `code`, or kRefused and an error where the standard output could not be written, on a full disk
// say.
int CheckOutput(int code);

// Runs the command of that name; returns the exit code (connection.h) as CheckOutput does.
int RunCommand(const std::string& name, Options& options);

}  // namespace daybook::cli
