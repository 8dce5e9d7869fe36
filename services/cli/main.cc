// daybook: the command for people and scripts; here is how its words are read.
#include <algorithm>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/synchronization/mutex.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "proto/registry/list_names.h"
#include "services/cli/connection.h"
#include "services/cli/dataset.h"
#include "services/cli/run_command.h"
#include "services/runtime/version.h"

namespace {

namespace cli = daybook::cli;
using cli::Options;

std::string DatasetHelp() {
  std::string text = "Datasets (one row is …):\n";
  for (const auto& dataset : cli::Datasets()) {
    text += "  " + dataset.name + ": " + dataset.one_line + "\n";
  }
  return text;
}

// A variable that a script forgot to set is no value.
CLI::Validator NotEmpty() {
  return {[](const std::string& text) { return text.empty() ? "wants a value" : ""; }, "not empty"};
}

// How files are read and what they are, for import and watch.
void AddSending(CLI::App& command, cli::ImportOptions& options) {
  command.add_option("--kind", options.kind, "what a file is: everything of its scope, or a part")
      ->check(CLI::IsMember({"whole", "additions", "corrections"}));
  command.add_option("--extract-date", options.extract_date,
                     "day on which the files were made (YYYY-MM-DD); orders the versions");
  command.add_option(
      "--covers", options.covers,
      "months (2024-01..2024-03) that a whole file covers, also where it has no rows "
      "of them; default: those that are found in it");
  command
      .add_option("--answer", options.answers,
                  "ID=CHOICE: the answer to a question about how a file is to be read; once for "
                  "each")
      ->allow_extra_args(false);
  command.add_flag("--keep-answers", options.keep_answers,
                   "keep the answers for the next file of the same layout (daybook rules)");
  command.add_flag("--strict", options.strict, "refuse a file with a column that is not known");
  command.add_flag("--nil", options.nil_return, "a file without rows says that there was nothing");
  command.add_option("--receipts", options.receipts,
                     "folder for receipts and refused rows; default: refused rows beside the file");
}

void AddImport(CLI::App& app, Options& options) {
  auto* command = app.add_subcommand("import", "Send files, or a folder with a manifest.toml");
  auto* paths = command->add_option("paths", options.import_options.paths, "files or folders");
  auto* print = command->add_option("--template", options.print_template,
                                    "print the columns of a dataset, or all as Markdown");
  paths->excludes(print);
  command->callback([paths, print] {
    if (paths->count() + print->count() == 0) throw CLI::RequiredError("paths");
  });
  command->add_option("--dataset", options.import_options.dataset,
                      "what the files are; default: recognised by their header");
  command->add_option("--scope", options.import_options.scope,
                      "what a file is complete for; default: its name");
  command->add_option("--sheet", options.import_options.sheet,
                      "of a workbook; default: the visible one that has a dataset's header");
  AddSending(*command, options.import_options);
  command->add_option("--confirm-voids", options.import_options.confirm_voids,
                      "let a held file void exactly so many rows");
  auto* again = command->add_flag("--as-new-version", options.import_options.as_new_version,
                                  "let a superseded file stand again");
  auto* reason =
      command->add_option("--reason", options.import_options.reason, "why; no personal data");
  again->needs(reason);
  command->add_flag("--dry-run", options.import_options.dry_run,
                    "say what would happen, record nothing");
  command->add_flag("--all-findings", options.import_options.all_findings,
                    "name every row of every finding");
  command->footer(DatasetHelp());
}

// Parameters of reports are options of the same name.
// Parameters of every report: which of them one takes, the server knows.
void AddReportParameters(CLI::App& command, Options& options) {
  for (const char* name :
       {"plan",    "period",   "service", "area",     "within", "force",  "from",
        "to",      "sender",   "dataset", "scope",    "type",   "ranges", "wanted",
        "target",  "csp",      "year",    "measure",  "source", "among",  "per",
        "periods", "document", "ref",     "measures", "share",  "by",     "across",
        "open",    "new",      "active",  "of",       "order",  "since",  "lead",
        "due",     "a",        "b",       "changes",  "index",  "kind"}) {
    command.add_option_function<std::string>(
        std::string("--") + name,
        [&options, name](const std::string& value) { options.report.parameters[name] = value; },
        "parameter of the report");
  }
}

void AddProtection(CLI::App& command, cli::ReportOptions& report) {
  command
      .add_option("--protection", report.protection,
                  "of small counts for the public: suppression (default) or rounding")
      ->check(CLI::IsMember({"suppression", "rounding"}));
}

void AddOutput(CLI::App& command, cli::ReportOptions& report) {
  command
      .add_option("--format", report.format,
                  "table, csv, json, xlsx or html; default: by the end of --out, else table")
      ->check(CLI::IsMember({"table", "csv", "json", "xlsx", "html"}));
  command.add_option("--out", report.out,
                     "file to write; a csv gets its metadata beside it (CSV on the Web)");
  command.add_option("--width", report.width,
                     "characters of a line; default: the terminal's, else 100");
}

void AddReport(CLI::App& app, Options& options) {
  auto* command = app.add_subcommand("report", "Print a report; without a name, list them");
  command->add_option("name", options.report.name, "for example incident-trend");
  command->add_option("directory", options.report.directory,
                      "of `report pack`: writes every report of the pack into it; of `report "
                      "reminders`: a return and a reminder for each lead");
  command->add_option(
      "--list", options.report.list,
      "of `report pack`: a TOML file that says which reports, with which parameters");
  AddReportParameters(*command, options);
  command->add_option("--as-known-on", options.report.known_on,
                      "as the partnership knew it at the end of this day (YYYY-MM-DD)");
  command->add_option("--as-recorded-at", options.report.recorded_at,
                      "as the log stood with this position last");
  command->add_option("--compare-with", options.report.compare_with,
                      "a day (YYYY-MM-DD) or a position: print which figures changed since, and "
                      "the facts that changed them");
  command->add_option("--min-position", options.report.min_position,
                      "wait until this position is in the views");
  command->add_option("--today", options.report.today, "the day that counts as today");
  AddOutput(*command, options.report);
  command
      ->add_option("--columns", options.report.columns,
                   "columns of the table, for example action,status (csv and json have all)")
      ->delimiter(',');
  command
      ->add_option("--audience", options.report.audience,
                   "public: small counts protected; default: the partnership")
      ->check(CLI::IsMember({"public", "partnership"}));
  AddProtection(*command, options.report);
  command->add_flag("--explain", options.report.explain,
                    "for the public: what is hidden and why, instead of the tables");
}

void AddRelease(CLI::App& app, Options& options) {
  auto* command = app.add_subcommand(
      "release", "Print a report for a document and record every figure of it, with a reference");
  command->add_option("name", options.report.name, "for example breakdown")->required();
  AddReportParameters(*command, options);
  AddOutput(*command, options.report);
  AddProtection(*command, options.report);
  command
      ->add_option("--audience", options.report.audience,
                   "public (default): small counts protected; or partnership")
      ->check(CLI::IsMember({"public", "partnership"}));
  auto* exempt = command->add_option("--exempt-paragraph", options.release.exempt_paragraph,
                                     "of a paper of the partnership: paragraph of Schedule 12A");
  exempt->check(CLI::Range(1, 7));
  command->add_option("--as-known-on", options.report.known_on,
                      "of a paper of the partnership: as it was known on this day (YYYY-MM-DD)");
  command->add_option("--in-document", options.release.document_id, "id of the document")
      ->required();
  command->add_option("--on", options.release.date, "day of the release, YYYY-MM-DD")->required();
}

void AddList(CLI::App& app, Options& options) {
  auto* command =
      app.add_subcommand("list", "What is registered: the ids and names to choose from");
  std::vector<std::string> lists = {"datasets"};
  lists.insert(lists.end(), daybook::registry::kListNames.begin(),
               daybook::registry::kListNames.end());
  std::ranges::sort(lists);
  command->add_option("what", options.list, fmt::format("{}", fmt::join(lists, ", ")))
      ->required()
      ->check(CLI::IsMember(lists));
  command->add_option("--format", options.report.format, "table, csv or json")
      ->check(CLI::IsMember({"table", "csv", "json"}));
}

void AddFigure(CLI::App& app, Options& options) {
  auto* command = app.add_subcommand(
      "figure",
      "One printed figure: what is held of it, and which other figure would make it true; or one "
      "that was released, made again, with what it rests on");
  command
      ->add_option("ref", options.figure,
                   "as `report published-figures` gives it, or as `daybook release` did: 812.7 "
                   "(812.0: all of that release)")
      ->required();
  command->add_option("--as-known-on", options.report.known_on,
                      "as the partnership knew it at the end of this day (YYYY-MM-DD)");
  command->add_option("--format", options.report.format, "table, csv or json")
      ->check(CLI::IsMember({"table", "csv", "json"}));
}

void AddLog(CLI::App& app, Options& options) {
  auto* log = app.add_subcommand("log", "Print events of the log");
  log->add_option("--stream", options.log.stream, "only this stream");
  log->add_option("--type", options.log.types, "only these types, or contexts without a dot");
  log->add_option("--from", options.log.from, "first position");
  log->add_option("--to", options.log.to, "last position");
  log->add_flag("--follow", options.log.follow, "go on with what comes");
  log->add_option("--limit", options.log.limit, "at most so many events");
  log->add_option("--format", options.log.format, "table or jsonl")
      ->check(CLI::IsMember({"table", "jsonl"}));
  auto* feed = app.add_subcommand(
      "feed", "Listen to the ZeroMQ feed, fetch the bodies from the log, fill gaps");
  feed->add_option("--feed", options.feed, "address of the feed (or DAYBOOK_FEED)");
  feed->add_option("--topic", options.feed_options.topics, "only topics that begin so");
  feed->add_option("--limit", options.feed_options.limit, "stop after so many events");
  feed->add_option("--format", options.feed_options.format, "table or jsonl")
      ->check(CLI::IsMember({"table", "jsonl"}));
}

void AddBench(CLI::App& app, Options& options) {
  auto* bench = app.add_subcommand(
      "bench", "Measure appends or reads on a ledger of its own, thrown away afterwards");
  bench->add_option("what", options.bench.what, "append or read")
      ->required()
      ->check(CLI::IsMember({"append", "read"}));
  bench->add_option("--dir", options.bench.directory, "where that ledger is made: its disk counts")
      ->capture_default_str();
  bench->add_option("--seconds", options.bench.seconds, "of each run")
      ->check(CLI::Range(1, 600))
      ->capture_default_str();
  bench->add_option("--rounds", options.bench.rounds, "runs of each line")
      ->check(CLI::Range(1, 99))
      ->capture_default_str();
  bench->add_option("--events", options.bench.events, "that are there before anything is measured")
      ->capture_default_str();
  bench->add_option("--in-flight", options.bench.in_flight, "unary calls at once, a line each")
      ->delimiter(',')
      ->capture_default_str();
  bench->add_option("--rows", options.bench.rows, "rows of a session's message, a line each")
      ->delimiter(',')
      ->capture_default_str();
  bench->add_option("--text-bytes", options.bench.location_bytes, "length of a row's text")
      ->check(CLI::Range(1, 4000))
      ->capture_default_str();
}

void AddViews(CLI::App& app, Options& options) {
  auto* views = app.add_subcommand("views", "Where every view stands");
  auto* rebuild = views->add_subcommand(
      "rebuild", "Make all views anew from the log, beside those that answer meanwhile");
  rebuild->callback([&options] { options.rebuild = true; });
  rebuild->add_flag("--no-wait", options.no_wait, "do not wait for the end");
}

void AddUpkeep(CLI::App& app, Options& options) {
  app.add_subcommand("status", "One screen: health, log, views, disk, last backup and rehearsal");
  auto* backup = app.add_subcommand(
      "backup", "Copy the log of the running server; only what is new since the last time");
  backup->add_option("directory", options.backup.directory, "on the server's machine")->required();
  backup->add_option("--keep", options.backup.keep, "remove all but the last so many");
  backup->add_option("--keys", options.backup.keys,
                     "copy the keys of sealed parts into this directory, apart from the log");
  backup->add_flag("--list", options.backup.list, "only say which backups are there");
  backup->add_flag("--verify", options.backup.verify, "read every file of those that are there");
  auto* restore = app.add_subcommand("restore", "Make a data directory out of a backup");
  restore->add_option("directory", options.restore.directory, "of the backups")->required();
  auto* into = restore->add_option("--into", options.restore.into,
                                   "data directory to be made; must not exist");
  restore->add_option("--backup", options.restore.id, "which one; default: the latest");
  restore->add_option("--keys", options.restore.keys, "a copy of the keys to put beside the log");
  auto* rehearse = restore->add_flag("--rehearse", options.restore.rehearse,
                                     "restore beside, check everything, throw it away");
  rehearse->excludes(into);
  restore->callback([into, rehearse] {
    if (into->count() + rehearse->count() == 0) throw CLI::RequiredError("--into or --rehearse");
  });
  auto* fsck = app.add_subcommand("fsck", "Check a data directory that no server has open");
  fsck->add_option("directory", options.fsck_directory, "data directory")->required();
  auto* upgrade = app.add_subcommand(
      "upgrade", "Say what a start of this version would do with a data directory");
  upgrade->add_option("directory", options.upgrade.directory, "data directory")->required();
  upgrade
      ->add_flag("--check", options.upgrade_check,
                 "only say it; the upgrade itself is done by the start of daybookd")
      ->required();
  upgrade->add_option("--backup", options.upgrade.backups, "look at the backups in here, too")
      ->check(NotEmpty());
  upgrade->add_flag("--json", options.upgrade.json, "for programs");
}

void AddSubmissions(CLI::App& app, Options& options) {
  auto* list = app.add_subcommand("submissions", "Files: what came from whom, what is superseded");
  for (const char* name : {"sender", "dataset", "scope"}) {
    list->add_option_function<std::string>(
        std::string("--") + name,
        [&options, name](const std::string& value) { options.report.parameters[name] = value; },
        std::string("only of this ") + name);
  }
  list->add_option("--format", options.report.format, "table, csv or json")
      ->check(CLI::IsMember({"table", "csv", "json"}));
  auto* one = app.add_subcommand("submission", "One file");
  one->require_subcommand(1);
  one->add_subcommand("show", "Print its receipt again")
      ->add_option("reference", options.submission, "its id, or the first digits of it")
      ->required();
  auto* rules =
      app.add_subcommand("rules", "Answers that are kept: how files of a layout are read");
  rules->add_flag("--ended", options.rules.with_ended, "those that hold no longer as well");
  auto* revoke = rules->add_subcommand("revoke", "Ask about files of that layout again");
  revoke->add_option("id", options.rules.revoke, "as `daybook rules` has it, or its first digits")
      ->required();
  revoke->add_option("--reason", options.rules.reason, "why; no personal data")->required();
  auto* watch = app.add_subcommand("watch", "Take files as they arrive in a folder");
  watch->add_option("directory", options.watch.directory, "the folder")->required();
  watch->add_option("--dataset", options.watch.import_options.dataset,
                    "what the files are; default: recognised by their header");
  watch->add_option(
      "--scope", options.watch.import_options.scope,
      "the part of the agency whose rows all files have; default: as import takes it");
  watch
      ->add_option("--settle", options.watch.settle_seconds,
                   "seconds without a change after which a file is complete")
      ->check(CLI::Range(0, 3600))
      ->capture_default_str();
  watch->add_flag("--once", options.watch.once, "end when the folder is empty");
  AddSending(*watch, options.watch.import_options);
  auto* form = app.add_subcommand("template", "Write the empty file of a dataset, CSV and XLSX");
  form->add_option("dataset", options.template_dataset, "for example observations")->required();
  form->add_option("--dir", options.template_directory, "where; default: here");
}

}  // namespace

int main(int argc, char** argv) {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);  // see daybookd
  Options options;
  CLI::App app("Daybook: the event ledger of a Community Safety Partnership.");
  app.set_version_flag("--version", daybook::runtime::VersionText("daybook"));
  app.require_subcommand(1);
  app.add_option("--server", options.server, "address of daybookd (or DAYBOOK_ADDRESS)");
  app.add_option("--agency", options.agency, "agency that you act for (or DAYBOOK_AGENCY)");
  app.fallthrough();
  AddImport(app, options);
  AddReport(app, options);
  AddRelease(app, options);
  AddList(app, options);
  AddFigure(app, options);
  AddSubmissions(app, options);
  AddLog(app, options);
  AddBench(app, options);
  AddUpkeep(app, options);
  AddViews(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? cli::CheckOutput(cli::kDone) : cli::kUsage;
  }
  return cli::RunCommand(app.get_subcommands().front()->get_name(), options);
}
