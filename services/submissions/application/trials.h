// Files that are tried: compared with what stands, and recorded nowhere.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "daybook/types/v1/types.pb.h"
#include "services/submissions/domain/submission_state.h"

namespace daybook::submissions {

// Thread-safe. Holds at most limits::kTrialsMax files, with their answers; a process knows its own.
class Trials {
 public:
  struct Answer {
    v1::Submission submission;
    std::vector<types::v1::RowResult> refused;
    std::vector<types::v1::RowResult> erased;
  };

  // The id of the oldest, which made room for it; nullopt when there was room.
  std::optional<std::string> Open(SubmissionState state);
  std::optional<SubmissionState> Find(std::string_view submission_id) const;
  bool Has(std::string_view submission_id) const;

  // What its last completion was answered; nullopt before, and since rows came.
  std::optional<Answer> AnswerOf(std::string_view submission_id) const;
  void Answered(std::string_view submission_id, Answer answer);
  // Rows come: what was answered holds no more. False when it is no trial.
  bool TakesRows(std::string_view submission_id);

 private:
  struct Trial {
    std::uint64_t number = 0;  // in the order of their opening
    SubmissionState state;
    std::optional<Answer> answer;
  };

  mutable absl::Mutex mutex_;
  std::map<std::string, Trial, std::less<>> trials_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t opened_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace daybook::submissions
