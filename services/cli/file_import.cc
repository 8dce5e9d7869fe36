#include "services/cli/file_import.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "services/cli/dataset.h"
#include "services/cli/error_output.h"
#include "services/cli/output/whole_file.h"
#include "services/cli/questions.h"
#include "services/cli/reading_rules.h"
#include "services/cli/receipt.h"
#include "services/cli/rejects.h"

namespace daybook::cli {
namespace {

using submissions::v1::CompleteSubmissionRequest;
using submissions::v1::CompleteSubmissionResponse;
using submissions::v1::OpenSubmissionRequest;
using submissions::v1::OpenSubmissionResponse;
using submissions::v1::Submission;

// What a person reads of one file, unless all findings are asked for.
constexpr std::size_t kFindingsShownMax = 100;
constexpr std::size_t kRunsShownMax = 12;
constexpr int kCompleteAttemptsMax = 5;

void PrintFindings(const ImportJob& job, bool all) {
  const auto lines = FindingLines(job.path, job.findings, all ? 0 : kRunsShownMax);
  const std::size_t shown = all ? lines.size() : std::min(lines.size(), kFindingsShownMax);
  for (std::size_t i = 0; i < shown; ++i) PrintError("  {}\n", lines[i]);
  if (shown < lines.size()) {
    PrintError("  … and {} more; --all-findings lists them\n", lines.size() - shown);
  }
}

std::uint32_t AsksOf(const ImportJob& job) {
  return static_cast<std::uint32_t>(
      std::count_if(job.findings.begin(), job.findings.end(),
                    [](const FileFinding& finding) { return !finding.refused; }));
}

// "2024-01..2024-03", or one month; the server judges them.
void SetCoverage(std::string_view months, OpenSubmissionRequest& open) {
  const std::size_t dots = months.find("..");
  open.set_covers_from(std::string(months.substr(0, dots)));
  open.set_covers_to(
      std::string(dots == std::string_view::npos ? months : months.substr(dots + 2)));
}

// The rows went with the server: they are to be sent again.
bool RowsAreMissing(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::FAILED_PRECONDITION &&
         MetadataOf(status, "rows_staged").has_value();
}

}  // namespace

int FileImport::End(FileFate fate, int code) {
  fate_ = fate;
  done_ = true;
  return code;
}

int FileImport::Fail(const grpc::Status& status) {
  receipt_ = ErrorText(job_->path, status, connection_);
  const int code = cli::Report(job_->path, status, connection_);
  // What may go well another time decides nothing about the file.
  return End(code == kUnreachable || MayRetry(status) ? FileFate::kUndecided : FileFate::kRejected,
             code);
}

ReadingOptions FileImport::ReadingOf() const {
  ReadingOptions reading{.strict = options_.strict, .nil_return = options_.nil_return};
  reading.stated.extract_date =
      !file_.extract_date.empty() ? file_.extract_date : options_.extract_date;
  reading.stated.covers = !file_.covers.empty() ? file_.covers : options_.covers;
  const std::string& kind = file_.kind.empty() ? options_.kind : file_.kind;
  reading.may_ask_cover = kind.empty() || kind == "whole";
  reading.answers = file_.answers;
  return reading;
}

// A rule that the agency keeps for the layout answers what the sender did not.
grpc::Status FileImport::ReadByRule() {
  std::optional<submissions::v1::ReadingRule> rule;
  grpc::Status found = FindReadingRule(connection_, file_.agency, source_, rule);
  if (!found.ok() || !rule) return found;
  ReadingOptions reading = ReadingOf();
  for (const auto& answer : rule->answers()) {
    reading.answers.emplace(answer.question(), answer.choice());
  }
  auto source = ReadSource(file_, reading);
  // It was read without those answers; what they lead to is asked again.
  if (!source.ok()) return grpc::Status::OK;
  std::erase_if(source->unused_answers,
                [&](const std::string& id) { return !file_.answers.contains(id); });
  source_ = *std::move(source);
  rule_ = std::move(rule);
  return grpc::Status::OK;
}

int FileImport::Ask() {
  std::string text = QuestionsText(file_.path, source_.questions, false);
  if (rule_) {
    text += fmt::format("  Its other questions are answered by reading rule {}.\n",
                        rule_->rule_id().substr(0, kShortId));
  }
  PrintError("{}", text);
  receipt_ = text;
  return End(FileFate::kAsked, kRefused);
}

// Reads the file into source_, with the answers at hand.
int FileImport::Read() {
  if (file_.agency.empty()) {
    const absl::Status unnamed = eventstore::MakeError(
        absl::StatusCode::kInvalidArgument, file_.path + ": no agency is named that sends it",
        {.reason = "AGENCY_MISSING",
         .remedy = "Name it: --agency ID, DAYBOOK_AGENCY, or `agency` in manifest.toml.",
         .fields = {},
         .metadata = {}});
    receipt_ = ErrorText(unnamed);
    return End(FileFate::kRejected, Report(unnamed));
  }
  auto answers = ParseAnswers(options_.answers);
  if (!answers.ok()) return End(FileFate::kRejected, Report(answers.status()));
  for (const auto& [id, choice] : *answers) file_.answers.emplace(id, choice);
  auto source = ReadSource(file_, ReadingOf());
  if (!source.ok()) {
    receipt_ = ErrorText(source.status());
    return End(FileFate::kRejected, Report(source.status()));
  }
  source_ = *std::move(source);
  if (!source_.questions.empty()) {
    if (const grpc::Status found = ReadByRule(); !found.ok()) {
      receipt_ = ErrorText(file_.path, found, connection_);
      return End(FileFate::kUndecided, cli::Report(file_.path, found, connection_));
    }
  }
  for (const std::string& note : source_.notes) PrintError("  {}: {}\n", file_.path, note);
  if (!source_.questions.empty()) return Ask();  // which may lead to what the others answer
  for (const std::string& id : source_.unused_answers) {
    PrintError("  {}: the answer to {} was not asked for and does not count\n", file_.path, id);
  }
  return kDone;
}

int FileImport::Send() {
  if (const int code = Read(); done_) return code;
  job_ = std::make_unique<ImportJob>(ImportJob{.connection = connection_,
                                               .path = file_.path,
                                               .dataset = source_.dataset->name,
                                               .agency = file_.agency,
                                               .submission_id = {},
                                               .table = std::move(source_.table),
                                               .counts = {},
                                               .findings = {}});
  job_->counts.read = static_cast<std::uint32_t>(job_->table.rows.size());
  if (const int code = Open(source_); done_) return code;
  return SendRows();
}

int FileImport::Open(const SourceFile& source) {
  OpenSubmissionRequest open;
  open.set_dataset(job_->dataset);
  open.set_scope(source.scope);
  const std::string kind = file_.kind.empty() ? options_.kind : file_.kind;
  open.set_kind(kind.empty() ? source.kind : kind);
  open.set_extract_date(source.stated.extract_date);
  SetCoverage(source.stated.covers, open);
  SetReading(open);
  open.set_sha256(source.sha256);
  open.set_as_new_version(options_.as_new_version);
  open.set_reason(options_.as_new_version ? options_.reason : "");
  open.set_dry_run(options_.dry_run);
  // A request of its own: what is answered depends on what stands, and the file is known by its
  // hash.
  open.mutable_head()->set_request_id(NewRequestId("open"));
  grpc::ClientContext context;
  Prepare(context, connection_, job_->agency);
  OpenSubmissionResponse answer;
  const grpc::Status status = stub_->OpenSubmission(&context, open, &answer);
  if (!status.ok()) return Fail(status);
  position_ = std::max(position_, answer.receipt().position());
  opened_ = answer.submission();
  if (!open.extract_date().empty() && opened_.extract_date() != open.extract_date()) {
    PrintError(
        "  {}: this file was opened before {}; that stays, the day given now does not count\n",
        file_.path,
        opened_.extract_date().empty() ? "without a day of extract"
                                       : "as an extract of " + opened_.extract_date());
  }
  job_->submission_id = opened_.submission_id();
  job_->attempt = opened_.attempts();
  if (opened_.completed() && opened_.rows_refused() == 0) return AnswerKnown(opened_);
  if (opened_.superseded_by() > 0 && opened_.state() == "completed") return AnswerKnown(opened_);
  return kDone;
}

// What became a day, months or a marking is told as such.
void FileImport::SetReading(OpenSubmissionRequest& open) const {
  open.set_marking(source_.stated.marking);
  const auto became = [&](const std::string& id) {
    return (id == "extract" && !source_.stated.extract_date.empty()) ||
           (id == "marking" && !source_.stated.marking.empty()) ||
           (id == "cover" && !source_.stated.covers.empty());
  };
  for (const auto& [id, answer] : source_.used_answers) {
    if (became(id)) continue;
    auto* sent = open.add_answers();
    sent->set_question(id);
    sent->set_choice(answer.choice);
    const bool by_rule = rule_ && !ingest::Inquiry(file_.answers).HasAnswer(id);
    if (by_rule) sent->set_rule_id(rule_->rule_id());
  }
}

// For the next file of this layout.
void FileImport::KeepAnswers() {
  if ((!options_.keep_answers && !file_.keep_answers) || options_.dry_run) return;
  std::optional<submissions::v1::ReadingRule> kept;
  const grpc::Status status = KeepReadingRule(connection_, file_.agency, source_, kept);
  if (!status.ok()) {
    Report("the answers are not kept", status, connection_);
    return;
  }
  const std::string text = kept
                               ? fmt::format("  answers kept as reading rule {} (daybook rules)\n",
                                             kept->rule_id().substr(0, kShortId))
                               : "  none of the answers holds for another file: nothing was kept\n";
  receipt_ += text;
  fmt::print("{}", text);
}

int FileImport::AnswerKnown(const Submission& known) {
  receipt_ =
      fmt::format("{}: accepted before as submission {}: 0 new ({} rows read then, {} refused)\n{}",
                  job_->path, known.submission_id().substr(0, 12), known.rows_read(),
                  known.rows_refused(), ReadingText(known));
  if (!known.current() && known.superseded_by() > 0) {
    receipt_ += fmt::format(
        "  superseded version: version {} stands. To let this one stand again:\n"
        "  --as-new-version --reason \"…\"\n",
        known.superseded_by());
  }
  fmt::print("{}", receipt_);
  KeepAnswers();
  return End(FileFate::kTaken, kDone);
}

int FileImport::SendRows() {
  const grpc::Status sent =
      HasSession(job_->dataset) ? ImportBySession(*job_) : ImportByCommands(*job_);
  position_ = std::max(position_, job_->counts.position);
  if (sent.ok()) return kDone;
  PrintFindings(*job_, options_.all_findings);
  const int code = Fail(sent);
  PrintError("       The file is not complete; import it again to go on.\n");
  return code;
}

CompleteSubmissionRequest FileImport::CompletionOf() const {
  // A session finds what an earlier attempt recorded unchanged; a command is answered as then.
  const std::uint32_t accepted = job_->counts.read - job_->counts.refused;
  const std::uint32_t recorded = std::min(
      accepted, job_->counts.recorded + (HasSession(job_->dataset) ? opened_.rows_recorded() : 0));
  CompleteSubmissionRequest complete;
  complete.mutable_head()->set_request_id(NewRequestId("complete"));
  complete.set_submission_id(job_->submission_id);
  complete.set_rows_read(job_->counts.read);
  if (!opened_.versioned()) {
    complete.set_rows_recorded(recorded);
    complete.set_rows_unchanged(accepted - recorded);
  }
  complete.set_rows_refused(job_->counts.refused);
  complete.set_confirm_voids(options_.confirm_voids);
  return complete;
}

int FileImport::Complete() {
  if (done_ || job_ == nullptr) return kDone;
  grpc::Status status;
  // One request for all attempts, so that the answer to the first is not lost.
  CompleteSubmissionRequest complete = CompletionOf();
  for (int attempt = 1; attempt <= kCompleteAttemptsMax; ++attempt) {
    grpc::ClientContext context;
    Prepare(context, connection_, job_->agency, std::chrono::hours(1));
    CompleteSubmissionResponse answer;
    status = stub_->CompleteSubmission(&context, complete, &answer);
    if (status.ok()) return TakeAnswer(answer);
    if (RowsAreMissing(status)) {
      job_->counts = {.read = job_->counts.read};
      job_->findings.clear();
      if (const int code = SendRows(); done_) return code;
      complete = CompletionOf();
    } else if (!MayRetry(status)) {
      break;
    } else {
      absl::SleepFor(absl::Milliseconds(200 * attempt));
    }
  }
  PrintFindings(*job_, options_.all_findings);
  return Fail(status);
}

int FileImport::TakeAnswer(const CompleteSubmissionResponse& answer) {
  position_ = std::max(position_, answer.receipt().position());
  for (const auto& row : answer.refused()) job_->Take(row, false);
  for (const auto& row : answer.erased()) job_->Take(row, false);
  PrintFindings(*job_, options_.all_findings);
  SayReceipt(answer.submission());
  const bool rejects = WriteRejects() != kDone;
  if (answer.submission().state() == "held") {
    PrintError(
        "held: {}: the file would void {} of the {} rows that stand: more than 2% of a month, or\n"
        "       all of an area.\n{}"
        "       do      If it has only new rows: --kind additions; only some rows, new or "
        "corrected:\n"
        "               --kind corrections; the rows of one district or service only: --scope "
        "NAME.\n"
        "               If all rows that it lacks shall go: {}\n",
        job_->path, answer.submission().counts().rows_voided(),
        answer.submission().counts().rows_standing(), VoidedMonthsText(answer.submission()),
        ConfirmWords(answer.submission()));
    return End(FileFate::kHeld, kRefused);
  }
  KeepAnswers();
  return End(FileFate::kTaken, job_->counts.refused > 0 || rejects ? kRefused : kDone);
}

void FileImport::SayReceipt(const Submission& said) {
  // As it was sent: the server may know it by an id of its own only.
  Submission submission = said;
  submission.set_scope(source_.scope);
  if (options_.as_new_version) submission.set_reason(options_.reason);
  const std::string emptied = EmptiedColumnsText(*source_.dataset, job_->table.header, submission);
  receipt_ = ReceiptText(job_->path, submission, AsksOf(*job_), ReceiptLength::kWhole) + emptied;
  fmt::print("{}{}", ReceiptText(job_->path, submission, AsksOf(*job_), ReceiptLength::kScreen),
             emptied);
  if (options_.receipts.empty()) return;
  const std::string name = std::filesystem::path(job_->path).filename().string() + ".receipt.txt";
  const absl::Status written =
      WriteWhole((std::filesystem::path(options_.receipts) / name).string(), receipt_);
  if (!written.ok()) Report(written);
}

// As the sender named it: by a word, or by the file of rejects that this one is.
std::string FileImport::ToldScope() const {
  if (!file_.scope.empty()) return file_.scope;
  const bool is_told = ingest::IndexOf(job_->table.header, kRejectsScopeColumn).has_value();
  return is_told ? source_.scope : "";
}

int FileImport::WriteRejects() {
  const std::string text = RejectsText(job_->table, job_->findings, ToldScope());
  if (text.empty() || options_.dry_run) return kDone;
  const std::string path = RejectsPath(job_->path, options_.receipts, file_.sheet);
  if (const absl::Status written = WriteWhole(path, text); !written.ok()) return Report(written);
  PrintError("  The refused rows are in {}: correct them there and import that file.\n", path);
  return kDone;
}

}  // namespace daybook::cli
