#include "services/cli/receipt.h"

#include <map>
#include <vector>

#include "absl/strings/str_join.h"
#include "fmt/format.h"
#include "proto/values/civil.h"
#include "services/cli/questions.h"

namespace daybook::cli {
namespace {

using submissions::v1::Submission;

constexpr std::size_t kShortRoot = 16;

// "2018-02, 2018-11..2019-01"; the months are in order.
std::string MonthsText(const std::vector<std::string>& months) {
  std::string text;
  for (std::size_t i = 0; i < months.size(); ++i) {
    const std::size_t first = i;
    const auto follows = [&](std::size_t at) {
      const auto month = values::ParseMonth(months[at]);
      return at + 1 < months.size() && month &&
             values::FormatMonth(values::AddMonths(*month, 1)) == months[at + 1];
    };
    while (follows(i)) ++i;
    text += (text.empty() ? "" : ", ") + months[first] + (i > first ? ".." + months[i] : "");
  }
  return text;
}

// Months that stand and that the file has nothing of.
std::string OutsideText(const submissions::events::v1::VersionCounts& counts) {
  std::vector<std::string> months;
  for (const auto& month : counts.months()) {
    if (month.rows_outside() > 0) months.push_back(month.month());
  }
  if (months.empty()) return "";
  return fmt::format("  no row of {} was taken from this file; {} {} rows are kept\n",
                     MonthsText(months), months.size() == 1 ? "its" : "their",
                     counts.rows_outside());
}

std::string StandingOf(const Submission& submission) {
  if (submission.dry_run()) return "tried only, nothing was recorded";
  if (submission.state() == "held") {
    return submission.superseded_by() == 0
               ? "held, nothing of it is recorded"
               : fmt::format("held, nothing of it is recorded; version {} stands by now",
                             submission.superseded_by());
  }
  if (submission.state() == "refused") {
    return "refused: no row of it is recorded, and no earlier version is superseded";
  }
  if (submission.state() != "completed") return submission.state();
  if (submission.current()) return "current";
  if (submission.history_only()) {
    return fmt::format("in the history only: version {} is of a later extract",
                       submission.superseded_by());
  }
  if (submission.superseded_by() > 0) {
    return fmt::format("superseded by version {}", submission.superseded_by());
  }
  return "completed";
}

}  // namespace

std::string ConfirmWords(const Submission& submission) {
  return fmt::format("--confirm-voids {}", submission.counts().rows_voided());
}

std::string EmptiedColumnsText(const Dataset& dataset, const ingest::Header& header,
                               const Submission& submission) {
  const std::uint32_t changed = submission.counts().rows_changed();
  if (changed == 0) return "";
  std::string columns;
  for (const Column& column : dataset.columns) {
    if (ingest::IndexOf(header, column.name)) continue;
    columns += (columns.empty() ? "" : ", ") + column.name;
  }
  if (columns.empty()) return "";
  return fmt::format(
      "  the file does not have these columns, so they are empty in the {} changed rows: {}\n",
      changed, columns);
}

std::string VoidedMonthsText(const Submission& submission) {
  std::string text;
  for (const auto& month : submission.counts().months()) {
    if (month.rows_voided() == 0) continue;
    text += fmt::format("       {}   {} of {} rows\n", month.month(), month.rows_voided(),
                        month.rows_standing());
  }
  return text;
}

std::string ReadingText(const Submission& submission) {
  std::map<std::string, std::vector<std::string>> by_rule;
  for (const auto& answer : submission.answers()) {
    by_rule[answer.rule_id()].push_back(ShellWord(answer.question() + "=" + answer.choice()));
  }
  std::string text;
  for (const auto& [rule, answers] : by_rule) {
    text += rule.empty() ? "  read as answered: "
                         : fmt::format("  read by reading rule {}: ", rule.substr(0, kShortId));
    text += absl::StrJoin(answers, " ") + "\n";
  }
  if (!submission.marking().empty()) text += fmt::format("  marked {}\n", submission.marking());
  return text;
}

std::string ReceiptText(const std::string& path, const Submission& submission, std::uint32_t asks,
                        ReceiptLength length) {
  const auto& c = submission.counts();
  const bool compared = submission.has_counts();
  const std::uint32_t read = compared ? c.rows_read() : submission.rows_read();
  const std::uint32_t added = compared ? c.rows_new() : submission.rows_recorded();
  const std::uint32_t known = compared ? c.rows_unchanged() : submission.rows_unchanged();
  const std::uint32_t refused = compared ? c.rows_refused() : submission.rows_refused();
  std::string text =
      fmt::format("{}{}{} rows read, {} new, {} there already, {} refused (submission {})\n", path,
                  path.empty() ? "" : ": ", read, added, known, refused,
                  submission.submission_id().substr(0, 12));
  const bool whole = length == ReceiptLength::kWhole;
  text += fmt::format(
      "  {}version {}{}{}, {}", whole ? submission.dataset() + " " + submission.scope() + ", " : "",
      submission.version(),
      whole || submission.kind() != "whole" ? " (" + submission.kind() + ")" : "",
      submission.extract_date().empty() ? "" : ", extract of " + submission.extract_date(),
      StandingOf(submission));
  if (!submission.root().empty()) {
    text += fmt::format(", position {}, root {}", submission.position(),
                        whole ? submission.root() : submission.root().substr(0, kShortRoot));
  }
  text += "\n";
  if (compared && c.rows_standing() + c.rows_changed() + c.rows_voided() + c.rows_kept() > 0) {
    text += fmt::format(
        "  {} stood before; {} changed{}, {} voided{}\n", c.rows_standing(), c.rows_changed(),
        c.rows_moved() > 0 ? fmt::format(" ({} moved here)", c.rows_moved()) : "", c.rows_voided(),
        c.rows_kept() > 0 ? fmt::format(", {} not in the file and kept", c.rows_kept()) : "");
  }
  if (c.rows_erased() > 0) {
    text += fmt::format(
        "  {} rows with cells that were erased before; those cells are not stored again\n",
        c.rows_erased());
  }
  text += OutsideText(c);
  if (c.rows_repeated() > 0) {
    text += fmt::format("  {} rows are exact copies of another row of the file and count once\n",
                        c.rows_repeated());
  }
  if (c.rows_sharing_key() > 0) {
    text += fmt::format("  {} rows share their key with another row of the file and count each\n",
                        c.rows_sharing_key());
  }
  text += ReadingText(submission);
  if (asks > 0) text += fmt::format("  {} findings to confirm\n", asks);
  if (!submission.reason().empty()) text += fmt::format("  reason: {}\n", submission.reason());
  return text;
}

}  // namespace daybook::cli
