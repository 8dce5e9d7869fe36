#include "services/cli/import_command.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "daybook/admin/v1/admin_service.grpc.pb.h"
#include "daybook/submissions/v1/submissions_service.grpc.pb.h"
#include "eventstore/core/error.h"
#include "eventstore/core/ids.h"
#include "eventstore/merkle/hash.h"
#include "fmt/format.h"
#include "services/cli/dataset.h"
#include "services/cli/manifest.h"
#include "services/cli/row_importer.h"

namespace daybook::cli {
namespace {

// What a person reads of one file, unless all findings are asked for.
constexpr std::size_t kFindingsShownMax = 100;
constexpr std::size_t kRunsShownMax = 12;

absl::Status BadFile(const std::string& path, const std::string& reason, const std::string& what,
                     const std::string& remedy) {
  return eventstore::MakeError(absl::StatusCode::kInvalidArgument, path + ": " + what,
                               {.reason = reason, .remedy = remedy, .fields = {}, .metadata = {}});
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  if (!in.is_open() || in.bad()) {
    return BadFile(path, "MISSING_FIELD", "cannot be read", "Check the path and its rights.");
  }
  return bytes;
}

// The header must be one that the dataset knows.
absl::Status CheckHeader(const std::string& path, const Dataset& dataset, const Header& header) {
  for (const Column& column : dataset.columns) {
    if (column.required && std::find(header.begin(), header.end(), column.name) == header.end()) {
      return BadFile(
          path, "MISSING_FIELD",
          fmt::format("column \"{}\" of dataset {} is missing", column.name, dataset.name),
          "Add the column, or name another dataset with --dataset.");
    }
  }
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string& name = header[i];
    if (std::find(header.begin() + static_cast<std::ptrdiff_t>(i) + 1, header.end(), name) !=
        header.end()) {
      return BadFile(path, "INVALID_FIELD", fmt::format("column \"{}\" stands twice", name),
                     "Keep one of the two.");
    }
    const bool known = std::any_of(dataset.columns.begin(), dataset.columns.end(),
                                   [&](const Column& column) { return column.name == name; });
    if (!known) {
      return BadFile(
          path, "UNKNOWN_VALUE", fmt::format("dataset {} has no column \"{}\"", dataset.name, name),
          "Remove the column or correct its name: nothing of a file is left out silently.");
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<const Dataset*> ChooseDataset(const ImportFile& file, const Header& header) {
  if (!file.dataset.empty()) {
    const Dataset* named = FindDataset(file.dataset);
    if (named == nullptr) {
      return BadFile(file.path, "UNKNOWN_VALUE", "there is no such dataset",
                     "`daybook import --help` lists them.");
    }
    return named;
  }
  const Dataset* recognised = RecogniseDataset(header);
  if (recognised == nullptr) {
    return BadFile(file.path, "UNKNOWN_VALUE", "the header is not that of exactly one dataset",
                   "Name it with --dataset.");
  }
  return recognised;
}

// What the file is complete for: as the manifest says, else its name without the ending.
std::string ScopeOf(const ImportFile& file) {
  if (!file.scope.empty()) return file.scope;
  std::string scope = std::filesystem::path(file.path).stem().string();
  for (char& c : scope) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool allowed =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (!allowed) c = '-';
  }
  return scope;
}

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
    const auto bytes = ReadFile(file.path);
    if (!bytes.ok()) return Report(bytes.status());
    auto table = ParseCsv(*bytes);
    if (!table.ok()) {
      return Report(BadFile(file.path, eventstore::ErrorReason(table.status()),
                            eventstore::Message(table.status()),
                            eventstore::GetErrorDetail(table.status())->remedy));
    }
    const auto dataset = ChooseDataset(file, table->header);
    if (!dataset.ok()) return Report(dataset.status());
    if (auto header = CheckHeader(file.path, **dataset, table->header); !header.ok()) {
      return Report(header);
    }
    ImportJob job{.connection = connection_,
                  .path = file.path,
                  .dataset = (*dataset)->name,
                  .agency = file.agency,
                  .submission_id = {},
                  .table = *std::move(table),
                  .counts = {},
                  .findings = {}};
    job.counts.read = static_cast<std::uint32_t>(job.table.rows.size());
    return Send(file, *bytes, job);
  }

 private:
  int Send(const ImportFile& file, const std::string& bytes, ImportJob& job) {
    submissions::v1::OpenSubmissionRequest open;
    const std::string sha256 = eventstore::ToHex(merkle::Sha256(bytes));
    const std::string scope = ScopeOf(file);
    open.mutable_head()->set_request_id("open/" + job.dataset + "/" + sha256.substr(0, 40));
    open.set_dataset(job.dataset);
    open.set_scope(scope);
    open.set_kind("whole");
    open.set_sha256(sha256);
    grpc::ClientContext context;
    Prepare(context, connection_, job.agency);
    submissions::v1::OpenSubmissionResponse opened;
    const grpc::Status status = stub_->OpenSubmission(&context, open, &opened);
    if (!status.ok()) return cli::Report(file.path, status, connection_);
    progress_.position = std::max(progress_.position, opened.receipt().position());
    job.submission_id = opened.submission().submission_id();
    const auto& known = opened.submission();
    if (known.completed() && known.rows_refused() == 0) {
      fmt::print("{}: accepted before as submission {}: 0 new ({} rows read then, 0 refused)\n",
                 file.path, known.submission_id().substr(0, 12), known.rows_read());
      return kDone;
    }
    job.attempt = known.attempts();
    const grpc::Status sent =
        HasSession(job.dataset) ? ImportBySession(job) : ImportByCommands(job);
    progress_.position = std::max(progress_.position, job.counts.position);
    PrintFindings(job, all_findings_);
    if (!sent.ok()) {
      const int code = cli::Report(file.path, sent, connection_);
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
