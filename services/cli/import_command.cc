#include "services/cli/import_command.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "daybook/admin/v1/admin_service.grpc.pb.h"
#include "daybook/submissions/v1/submissions_service.grpc.pb.h"
#include "fmt/format.h"
#include "services/cli/dataset.h"
#include "services/cli/manifest.h"
#include "services/cli/row_importer.h"
#include "services/cli/source_file.h"

namespace daybook::cli {
namespace {

// What a person reads of one file, unless all findings are asked for.
constexpr std::size_t kFindingsShownMax = 100;
constexpr std::size_t kRunsShownMax = 12;

void PrintFindings(const ImportJob& job, bool all) {
  const auto lines = FindingLines(job.path, job.findings, all ? 0 : kRunsShownMax);
  const std::size_t shown = all ? lines.size() : std::min(lines.size(), kFindingsShownMax);
  for (std::size_t i = 0; i < shown; ++i) fmt::print(stderr, "  {}\n", lines[i]);
  if (shown < lines.size()) {
    fmt::print(stderr, "  … and {} more; --all-findings lists them\n", lines.size() - shown);
  }
}

void PrintCounts(const ImportJob& job) {
  const ImportCounts& c = job.counts;
  fmt::print("{}: {} rows read, {} new, {} there already, {} refused (submission {})\n", job.path,
             c.read, c.recorded - c.already, c.already + c.unchanged, c.refused,
             job.submission_id.substr(0, 12));
}

struct Progress {
  std::uint64_t position = 0;
};

class FileImporter {
 public:
  FileImporter(const Connection& connection, bool all_findings, Progress& progress)
      : connection_(connection),
        all_findings_(all_findings),
        progress_(progress),
        stub_(submissions::v1::SubmissionService::NewStub(connection.channel)) {}

  // The exit code of this file alone; kRefused lets the other files go on.
  int Import(const ImportFile& file) {
    auto source = ReadSource(file);
    if (!source.ok()) return Report(source.status());
    ImportJob job{.connection = connection_,
                  .path = file.path,
                  .dataset = source->dataset->name,
                  .agency = file.agency,
                  .submission_id = {},
                  .table = std::move(source->table),
                  .counts = {},
                  .findings = {}};
    job.counts.read = static_cast<std::uint32_t>(job.table.rows.size());
    return Send(*source, job);
  }

 private:
  int Send(const SourceFile& source, ImportJob& job) {
    submissions::v1::OpenSubmissionRequest open;
    open.mutable_head()->set_request_id("open/" + job.dataset + "/" + source.sha256.substr(0, 40));
    open.set_dataset(job.dataset);
    open.set_scope(source.scope);
    open.set_kind("whole");
    open.set_sha256(source.sha256);
    grpc::ClientContext context;
    Prepare(context, connection_, job.agency);
    submissions::v1::OpenSubmissionResponse opened;
    const grpc::Status status = stub_->OpenSubmission(&context, open, &opened);
    if (!status.ok()) return cli::Report(job.path, status, connection_);
    progress_.position = std::max(progress_.position, opened.receipt().position());
    job.submission_id = opened.submission().submission_id();
    const auto& known = opened.submission();
    if (known.completed() && known.rows_refused() == 0) {
      fmt::print("{}: accepted before as submission {}: 0 new ({} rows read then, 0 refused)\n",
                 job.path, known.submission_id().substr(0, 12), known.rows_read());
      return kDone;
    }
    job.attempt = known.attempts();
    const grpc::Status sent =
        HasSession(job.dataset) ? ImportBySession(job) : ImportByCommands(job);
    progress_.position = std::max(progress_.position, job.counts.position);
    PrintFindings(job, all_findings_);
    if (!sent.ok()) {
      const int code = cli::Report(job.path, sent, connection_);
      fmt::print(stderr, "       The file is not complete; import it again to go on.\n");
      return code;
    }
    PrintCounts(job);
    return Complete(job, known);
  }

  int Complete(const ImportJob& job, const submissions::v1::Submission& before) {
    // A session finds what an earlier attempt recorded unchanged; a command is answered as then.
    const std::uint32_t accepted = job.counts.read - job.counts.refused;
    const std::uint32_t recorded = std::min(
        accepted, job.counts.recorded + (HasSession(job.dataset) ? before.rows_recorded() : 0));
    submissions::v1::CompleteSubmissionRequest complete;
    complete.mutable_head()->set_request_id(
        fmt::format("complete/{}/{}", job.submission_id, job.attempt));
    complete.set_submission_id(job.submission_id);
    complete.set_rows_read(job.counts.read);
    complete.set_rows_recorded(recorded);
    complete.set_rows_unchanged(accepted - recorded);
    complete.set_rows_refused(job.counts.refused);
    grpc::ClientContext context;
    Prepare(context, connection_, job.agency);
    submissions::v1::CompleteSubmissionResponse completed;
    const grpc::Status status = stub_->CompleteSubmission(&context, complete, &completed);
    if (!status.ok()) return cli::Report(job.path, status, connection_);
    progress_.position = std::max(progress_.position, completed.receipt().position());
    return job.counts.refused > 0 ? kRefused : kDone;
  }

  const Connection& connection_;
  const bool all_findings_;
  Progress& progress_;
  std::unique_ptr<submissions::v1::SubmissionService::Stub> stub_;
};

// Waits until the views show everything that was written.
int WaitForViews(const Connection& connection, std::uint64_t position) {
  auto stub = admin::v1::AdminService::NewStub(connection.channel);
  grpc::Status status;
  for (int attempt = 0; attempt < 30; ++attempt) {
    grpc::ClientContext context;
    Prepare(context, connection, connection.agency, std::chrono::seconds(15));
    admin::v1::GetViewStatusRequest request;
    request.set_min_position(position);
    admin::v1::GetViewStatusResponse response;
    status = stub->GetViewStatus(&context, request, &response);
    if (status.ok()) {
      fmt::print("Views are at position {}.\n", response.views_checkpoint().size() - 1);
      return kDone;
    }
    if (status.error_code() != grpc::StatusCode::DEADLINE_EXCEEDED) break;
  }
  return Report("views", status, connection);
}

}  // namespace

int RunTemplate(const std::string& dataset) {
  if (dataset == "all") {
    fmt::print("{}", TemplatesMarkdown());
    return kDone;
  }
  const Dataset* named = FindDataset(dataset);
  if (named == nullptr) {
    fmt::print(
        stderr,
        "error: there is no such dataset\n       do      `daybook import --help` lists them.\n");
    return kUsage;
  }
  fmt::print("{}", TemplateText(*named));
  return kDone;
}

int RunImport(const Connection& connection, const ImportOptions& options) {
  auto files = ResolvePaths(options.paths, {options.dataset, options.agency});
  if (!files.ok()) {
    Report(files.status());
    return kRefused;
  }
  Progress progress;
  FileImporter importer(connection, options.all_findings, progress);
  int worst = kDone;
  for (ImportFile& file : *files) {
    if (file.scope.empty()) file.scope = options.scope;
    const int code = importer.Import(file);
    worst = std::max(worst, code);
    if (code == kUnreachable) return code;
  }
  if (progress.position > 0) worst = std::max(worst, WaitForViews(connection, progress.position));
  return worst;
}

}  // namespace daybook::cli
