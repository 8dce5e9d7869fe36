// What shall be imported: files with their datasets and agencies, from arguments or a manifest.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/question.h"

namespace daybook::cli {

struct ImportFile {
  std::string path;
  std::string dataset;            // empty: recognised by the header
  std::string agency;             // who sends it
  std::string sheet = {};         // of a workbook; empty: the one that has the dataset's header
  std::string scope = {};         // what it is complete for; empty: see source_file.cc
  std::string kind = {};          // whole, additions or corrections; empty: as the command says
  std::string extract_date = {};  // ISO 8601; empty: likewise
  std::string covers = {};        // "2024-01..2024-03"; empty: likewise
  ingest::Answers answers = {};   // how it is read, before those of the command
  bool keep_answers = false;      // also where the command does not say so
};

// Defaults for what a file or manifest does not say.
struct ImportDefaults {
  std::string dataset;
  std::string agency;
};

// A file stands for itself. A folder holds manifest.toml: `agency = "…"` and `[[file]]` tables with
// `path` (required), `dataset`, `agency`, `sheet`, `scope`, `kind`, `extract_date`, `covers`,
// `answers` (a list of texts "ID=CHOICE"); files are taken in its order. INVALID_ARGUMENT names
// file and line of what is wrong: a folder without manifest, an unknown key, a missing path.
absl::StatusOr<std::vector<ImportFile>> ResolvePaths(const std::vector<std::string>& paths,
                                                     const ImportDefaults& defaults);

}  // namespace daybook::cli
