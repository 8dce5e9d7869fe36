// One file on its way into the ledger: read, opened, sent and completed, with what a person is
// told.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daybook/submissions/v1/submissions_service.grpc.pb.h"
#include "services/cli/connection.h"
#include "services/cli/dataset.h"
#include "services/cli/import_options.h"
#include "services/cli/manifest.h"
#include "services/cli/row_importer.h"
#include "services/cli/source_file.h"

namespace daybook::cli {

// Where the file stands when the command is done with it.
enum class FileFate : std::uint8_t { kTaken, kHeld, kRejected, kUndecided, kAsked };

// A file of a versioned dataset is sent by Send and compared by Complete, so that all files of a
// command are there before the first is compared: a row that moves from one to another is a move
// then, whatever their order. Not thread-safe.
class FileImport {
 public:
  FileImport(const Connection& connection, const ImportOptions& options, ImportFile file)
      : connection_(connection),
        options_(options),
        file_(std::move(file)),
        stub_(submissions::v1::SubmissionService::NewStub(connection.channel)) {}

  // Both print what they have to say and return the exit code of this file. Complete does nothing
  // for a file that Send was done with.
  int Send();
  int Complete();

  const std::string& path() const { return file_.path; }
  bool is_sent() const { return job_ != nullptr && !done_; }
  // Compared with what stands once all files of the command are there.
  bool waits_for_others() const { return is_sent() && opened_.versioned(); }
  std::uint64_t position() const { return position_; }
  FileFate fate() const { return fate_; }
  // It was read and sent, and not one of its rows was taken.
  bool is_refused_whole() const {
    return job_ != nullptr && fate_ == FileFate::kTaken && job_->counts.read > 0 &&
           job_->counts.refused == job_->counts.read;
  }
  // What a person keeps: as on the screen. Empty when the file could not be opened.
  const std::string& receipt() const { return receipt_; }
  // Of a file that waits for answers (kAsked).
  const std::vector<ingest::Question>& questions() const { return source_.questions; }

 private:
  int Read();
  ReadingOptions ReadingOf() const;
  grpc::Status ReadByRule();
  int Ask();
  int Open(const SourceFile& source);
  void SetReading(submissions::v1::OpenSubmissionRequest& open) const;
  void KeepAnswers();
  int SendRows();
  int AnswerKnown(const submissions::v1::Submission& known);
  submissions::v1::CompleteSubmissionRequest CompletionOf() const;
  int TakeAnswer(const submissions::v1::CompleteSubmissionResponse& answer);
  int End(FileFate fate, int code);
  int Fail(const grpc::Status& status);
  void SayReceipt(const submissions::v1::Submission& submission);
  std::string ToldScope() const;
  int WriteRejects();

  const Connection& connection_;
  const ImportOptions& options_;
  ImportFile file_;
  std::unique_ptr<submissions::v1::SubmissionService::Stub> stub_;
  std::unique_ptr<ImportJob> job_;
  SourceFile source_;
  std::optional<submissions::v1::ReadingRule> rule_;  // by which it was read
  submissions::v1::Submission opened_;
  bool done_ = false;
  std::uint64_t position_ = 0;
  FileFate fate_ = FileFate::kRejected;
  std::string receipt_;
};

}  // namespace daybook::cli
