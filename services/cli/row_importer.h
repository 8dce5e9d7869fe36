// What an import of one file shares, however its rows are sent: findings, counts, progress.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "daybook/types/v1/types.pb.h"
#include "proto/values/problem.h"
#include "services/cli/connection.h"
#include "services/cli/finding.h"
#include "services/ingest/table.h"

namespace daybook::cli {

// How often rows are sent that a busy server did not take.
inline constexpr int kBusyAttemptsMax = 8;

struct ImportCounts {
  std::uint32_t read = 0;
  std::uint32_t recorded = 0;   // on the ledger because of this file, now or in an earlier attempt
  std::uint32_t already = 0;    // of those, found to be there already
  std::uint32_t unchanged = 0;  // said before by another file or command
  std::uint32_t refused = 0;
  std::uint64_t position = 0;  // highest position written
};

// One file on its way. Not thread-safe.
struct ImportJob {
  const Connection& connection;
  std::string path;
  std::string dataset;
  std::string agency;
  std::string submission_id;
  // How often the file was sent to its end before: more than 0 when rows were refused then.
  std::uint32_t attempt = 0;
  ingest::Table table;
  ImportCounts counts;
  std::vector<FileFinding> findings;

  ingest::TableRow Row(std::size_t index) const {
    const auto said = table.findings.find(index);
    return {table.header, static_cast<std::uint32_t>(index + 1), table.rows[index],
            said == table.findings.end() ? nullptr : &said->second};
  }
  // Request id of the command of the rows from `first_row` on: the same file makes the same ids,
  // which is what makes an import safe to run again after a crash. A refused command leaves
  // nothing under its id, so that it is simply judged again.
  std::string RequestId(std::uint32_t first_row) const;
  // The same for a message of a session. Its answer stands in the log with the rows that it
  // refused, so another attempt asks under another id; rows that stand are found unchanged.
  std::string MessageId(std::uint32_t first_row) const;

  // Adds the line of its row, and of a printed table the label that the field comes from.
  void AddFinding(FileFinding finding);
  void AddFindings(std::uint32_t row, const values::Problems& problems);
  // Counts the row as refused, too.
  void Refuse(std::uint32_t row, const values::Problems& problems);
  void Take(const types::v1::RowResult& result, bool duplicate);
  void Progress(std::uint32_t rows_done) const;
};

// Sends every row; an error (not a refusal) ends it. Implemented by unary_importer.cc and
// session_importer.cc.
grpc::Status ImportByCommands(ImportJob& job);
grpc::Status ImportBySession(ImportJob& job);

// True when the dataset's rows go through an append session.
bool HasSession(const std::string& dataset);

}  // namespace daybook::cli
