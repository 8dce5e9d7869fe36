#include "services/submissions/domain/submission_state.h"

#include "eventstore/core/ids.h"
#include "eventstore/merkle/hash.h"
#include "services/commands/stream_name.h"

namespace daybook::submissions {

namespace ev = events::v1;

void Evolve(SubmissionState& state, const google::protobuf::Message& event,
            const eventstore::RecordedEvent& recorded) {
  if (event.GetDescriptor() == ev::SubmissionOpened::descriptor()) {
    state.agency = recorded.agency;
    state.opened = static_cast<const ev::SubmissionOpened&>(event);
  } else if (event.GetDescriptor() == ev::SubmissionCompleted::descriptor()) {
    state.completed = static_cast<const ev::SubmissionCompleted&>(event);
    ++state.attempts;
  }
}

void Evolve(ScopeState& state, const google::protobuf::Message& event) {
  if (event.GetDescriptor() == ev::SubmissionOpened::descriptor()) {
    state.versions.push_back(static_cast<const ev::SubmissionOpened&>(event));
  }
}

std::string SubmissionStream(std::string_view submission_id) {
  return commands::StreamName("submission", {submission_id});
}

std::string ScopeStream(std::string_view agency, std::string_view dataset, std::string_view scope) {
  return commands::StreamName("scope", {agency, dataset, scope});
}

std::string SubmissionId(std::string_view agency, std::string_view dataset, std::string_view scope,
                         std::string_view sha256) {
  merkle::Hasher hasher;
  for (const std::string_view part : {agency, dataset, scope, sha256}) {
    hasher.Update(std::to_string(part.size())).Update(":").Update(part);
  }
  return eventstore::ToHex(hasher.Finish()).substr(0, 32);
}

v1::Submission ToSubmission(const SubmissionState& state) {
  v1::Submission submission;
  if (!state.opened.has_value()) return submission;
  submission.set_submission_id(state.opened->submission_id());
  submission.set_agency(state.agency);
  submission.set_dataset(state.opened->dataset());
  submission.set_scope(state.opened->scope());
  submission.set_kind(state.opened->kind());
  submission.set_version(state.opened->version());
  submission.set_extract_date(state.opened->extract_date());
  submission.set_sha256(state.opened->sha256());
  if (!state.completed.has_value()) return submission;
  submission.set_completed(true);
  submission.set_rows_read(state.completed->rows_read());
  submission.set_rows_recorded(state.completed->rows_recorded());
  submission.set_rows_unchanged(state.completed->rows_unchanged());
  submission.set_rows_refused(state.completed->rows_refused());
  submission.set_attempts(state.attempts);
  return submission;
}

}  // namespace daybook::submissions
