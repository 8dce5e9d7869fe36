// What the rules of submissions look at: one file, and the versions of one scope.
//
// Two streams. "submission-<id>" holds everything about one file.
// "scope-<agency>/<dataset>/<scope>" holds the opening of every file of that scope in the order of
// their versions, so that two different files cannot both become version 1. An opening is therefore
// written to both, in one request; whoever counts files counts ids. Plain values; not thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/submissions/events/v1/events.pb.h"
#include "daybook/submissions/v1/submissions_service.pb.h"
#include "eventstore/core/event.h"
#include "google/protobuf/message.h"

namespace daybook::submissions {

struct SubmissionState {
  std::string agency;  // who opened it
  std::optional<events::v1::SubmissionOpened> opened;
  std::optional<events::v1::SubmissionCompleted> completed;  // the last time
  std::uint32_t attempts = 0;                                // how many times it was completed
};

struct ScopeState {
  std::vector<events::v1::SubmissionOpened> versions;
};

// Folds one event; others change nothing.
void Evolve(SubmissionState& state, const google::protobuf::Message& event,
            const eventstore::RecordedEvent& recorded);
void Evolve(ScopeState& state, const google::protobuf::Message& event);

std::string SubmissionStream(std::string_view submission_id);
std::string ScopeStream(std::string_view agency, std::string_view dataset, std::string_view scope);

// First 32 hexadecimal digits of the SHA-256 over the four, each with its length before it.
std::string SubmissionId(std::string_view agency, std::string_view dataset, std::string_view scope,
                         std::string_view sha256);

// As it stands, for an answer; empty for a submission that was never opened.
v1::Submission ToSubmission(const SubmissionState& state);

}  // namespace daybook::submissions
