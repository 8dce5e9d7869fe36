#include "services/cli/import_batch.h"

#include <algorithm>
#include <utility>

namespace daybook::cli {

bool ImportBatch::Ended(const FileImport& import, int code) {
  if (code == kUnreachable) return false;
  done_(import, code);
  return true;
}

bool ImportBatch::Add(ImportFile file) {
  auto import = std::make_unique<FileImport>(connection_, options_, std::move(file));
  const int code = import->Send();
  if (!import->is_sent()) return Ended(*import, code);
  // Of other datasets nothing waits, and what follows may need what this file brings.
  if (!import->waits_for_others()) return Ended(*import, std::max(code, import->Complete()));
  waiting_.push_back(std::move(import));
  return waiting_.size() < kBatchFilesMax || Complete();
}

bool ImportBatch::Complete() {
  for (auto& import : std::exchange(waiting_, {})) {
    if (!Ended(*import, import->Complete())) return false;
  }
  return true;
}

}  // namespace daybook::cli
