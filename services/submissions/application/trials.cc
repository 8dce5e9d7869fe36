#include "services/submissions/application/trials.h"

#include <algorithm>
#include <utility>

#include "eventstore/core/limits.h"

namespace daybook::submissions {

std::optional<std::string> Trials::Open(SubmissionState state) {
  absl::MutexLock lock(&mutex_);
  std::optional<std::string> displaced;
  if (trials_.size() >= eventstore::limits::kTrialsMax) {
    const auto oldest = std::min_element(
        trials_.begin(), trials_.end(),
        [](const auto& a, const auto& b) { return a.second.number < b.second.number; });
    displaced = oldest->first;
    trials_.erase(oldest);
  }
  const std::string id = state.opened->submission_id();
  trials_.emplace(id, Trial{++opened_, std::move(state), {}});
  return displaced;
}

std::optional<SubmissionState> Trials::Find(std::string_view submission_id) const {
  absl::MutexLock lock(&mutex_);
  const auto it = trials_.find(submission_id);
  if (it == trials_.end()) return std::nullopt;
  return it->second.state;
}

bool Trials::Has(std::string_view submission_id) const {
  absl::MutexLock lock(&mutex_);
  return trials_.contains(submission_id);
}

std::optional<Trials::Answer> Trials::AnswerOf(std::string_view submission_id) const {
  absl::MutexLock lock(&mutex_);
  const auto it = trials_.find(submission_id);
  return it == trials_.end() ? std::nullopt : it->second.answer;
}

void Trials::Answered(std::string_view submission_id, Answer answer) {
  absl::MutexLock lock(&mutex_);
  const auto it = trials_.find(submission_id);
  if (it != trials_.end()) it->second.answer = std::move(answer);
}

bool Trials::TakesRows(std::string_view submission_id) {
  absl::MutexLock lock(&mutex_);
  const auto it = trials_.find(submission_id);
  if (it == trials_.end()) return false;
  it->second.answer.reset();
  return true;
}

}  // namespace daybook::submissions
