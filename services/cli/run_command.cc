#include "services/cli/run_command.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include "absl/status/status.h"
#include "eventstore/core/error.h"
#include "services/cli/bench_command.h"
#include "services/cli/connection.h"
#include "services/cli/figure_command.h"
#include "services/cli/import_command.h"
#include "services/cli/log_commands.h"
#include "services/cli/pack_command.h"
#include "services/cli/query_commands.h"
#include "services/cli/reading_rules.h"
#include "services/cli/rebuild_command.h"
#include "services/cli/release_command.h"
#include "services/cli/report_command.h"
#include "services/cli/returns_command.h"
#include "services/cli/submission_commands.h"
#include "services/cli/template_command.h"
#include "services/cli/upgrade_command.h"
#include "services/cli/upkeep_commands.h"
#include "services/cli/watch_command.h"
#include "services/runtime/version.h"

namespace daybook::cli {
namespace {

int Run(const std::string& name, Options& options) {
  if (name == "fsck") return RunFsck(options.fsck_directory);
  if (name == "upgrade") return RunUpgradeCheck(options.upgrade, runtime::kVersion);
  if (name == "bench") return RunBench(options.bench);
  if (!options.print_template.empty()) return RunTemplate(options.print_template);
  if (name == "template") {
    return RunTemplateFiles(options.template_dataset, options.template_directory);
  }
  if (options.list == "datasets") return RunListDatasets();
  const auto connection = Connect(options.server, options.agency);
  if (name == "list") {
    options.report.name = "register";
    options.report.parameters["of"] = options.list;
    return RunReport(connection, options.report);
  }
  if (name == "submissions") {
    options.report.name = "submissions";
    return RunReport(connection, options.report);
  }
  if (name == "figure") return RunFigure(connection, options.figure, options.report);
  if (name == "rules") return RunRules(connection, options.rules);
  if (name == "submission") return RunShowSubmission(connection, options.submission);
  if (name == "watch") {
    options.watch.import_options.agency = options.agency;
    return RunWatch(connection, options.watch);
  }
  if (name == "import") {
    options.import_options.agency = options.agency;
    return RunImport(connection, options.import_options);
  }
  if (name == "report") {
    if (options.report.name.empty()) return RunListReports(connection);
    // Without a folder these two are lists: of what belongs into a pack, of who is asked for what.
    const bool into_folder = !options.report.directory.empty();
    if (options.report.name == "pack" && (into_folder || !options.report.list.empty())) {
      return RunPack(connection, options.report);
    }
    if (into_folder && options.report.name == "reminders") {
      return RunReturns(connection, options.report);
    }
    return RunReport(connection, options.report);
  }
  if (name == "release") {
    options.release.report = options.report;
    return RunRelease(connection, options.release);
  }
  if (name == "backup") return RunBackup(connection, options.backup);
  if (name == "restore") return RunRestore(connection, options.restore);
  if (name == "status") return RunStatus(connection);
  if (name == "log") return RunLog(connection, options.log);
  if (name == "feed") {
    options.feed_options.endpoint = options.feed;
    return RunFeed(connection, options.feed_options);
  }
  if (options.rebuild) return RunRebuildViews(connection, !options.no_wait);
  return RunViews(connection);
}

}  // namespace

std::string Environment(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr || *value == '\0' ? otherwise : value;
}

int CheckOutput(int code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  return Report(eventstore::MakeError(
      absl::StatusCode::kUnavailable,
      std::string("the output could not be written: ") + std::strerror(errno),
      {.reason = "",
       .remedy =
           "What the command did until then stays done. Make room for the output, or keep its "
           "reader open, and run the command again.",
       .fields = {},
       .metadata = {}}));
}

int RunCommand(const std::string& name, Options& options) {
  int code = kRefused;
  try {
    code = Run(name, options);
  } catch (const std::system_error& error) {
    // fmt throws one where a write fails; anything else is no matter of the output.
    if (std::ferror(stdout) == 0) return Report(absl::InternalError(error.what()));
  }
  return CheckOutput(code);
}

}  // namespace daybook::cli
