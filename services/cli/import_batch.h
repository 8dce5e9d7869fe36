// Files that are sent together: all of a batch are there before the first is compared, so that a
// row which moved from one to another is a move, whatever their order.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "services/cli/connection.h"
#include "services/cli/file_import.h"
#include "services/cli/import_options.h"

namespace daybook::cli {

// Holds the files of a batch in memory; a batch is at most kBatchFilesMax files, for the server
// keeps rows of so many at a time. Not thread-safe.
class ImportBatch {
 public:
  static constexpr std::size_t kBatchFilesMax = 16;
  // Called for every file once, when the command is done with it, unless the server cannot be
  // reached; in the order in which they were completed.
  using Done = std::function<void(const FileImport& import, int code)>;

  ImportBatch(const Connection& connection, const ImportOptions& options, Done done)
      : connection_(connection), options_(options), done_(std::move(done)) {}

  // False when the server cannot be reached: neither this file nor those that wait are done.
  bool Add(ImportFile file);
  // Compares those that wait. Likewise.
  bool Complete();

 private:
  bool Ended(const FileImport& import, int code);

  const Connection& connection_;
  const ImportOptions& options_;
  const Done done_;
  std::vector<std::unique_ptr<FileImport>> waiting_;
};

}  // namespace daybook::cli
