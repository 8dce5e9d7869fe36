#include "services/cli/import_command.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "daybook/admin/v1/admin_service.grpc.pb.h"
#include "fmt/format.h"
#include "services/cli/dataset.h"
#include "services/cli/error_output.h"
#include "services/cli/import_batch.h"
#include "services/cli/manifest.h"

namespace daybook::cli {
namespace {

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
    PrintError(
        "error: there is no such dataset\n       do      `daybook import --help` lists them.\n");
    return kUsage;
  }
  fmt::print("{}", TemplateText(*named));
  return kDone;
}

int RunListDatasets() {
  for (const Dataset& dataset : Datasets()) {
    fmt::print("{:<20} {}\n", dataset.name, dataset.one_line);
  }
  return kDone;
}

int RunImport(const Connection& connection, const ImportOptions& options) {
  auto files = ResolvePaths(options.paths, {options.dataset, options.agency});
  if (!files.ok()) {
    Report(files.status());
    return kRefused;
  }
  int worst = kDone;
  std::uint64_t position = 0;
  ImportBatch batch(connection, options, [&](const FileImport& import, int code) {
    worst = std::max(worst, code);
    position = std::max(position, import.position());
  });
  for (ImportFile& file : *files) {
    if (file.scope.empty()) file.scope = options.scope;
    if (file.sheet.empty()) file.sheet = options.sheet;
    if (!batch.Add(std::move(file))) return kUnreachable;
  }
  if (!batch.Complete()) return kUnreachable;
  if (position > 0 && !options.dry_run) {
    worst = std::max(worst, WaitForViews(connection, position));
  }
  return worst;
}

}  // namespace daybook::cli
