// What the rules of scrutiny look at: one resolution, and one assessment.
//
// Streams "resolution-<id>" and "assessment-<id>". The states hold the facts themselves. Plain
// values; not thread-safe.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "daybook/scrutiny/events/v1/events.pb.h"
#include "google/protobuf/message.h"

namespace daybook::scrutiny {

struct ResolutionState {
  std::optional<events::v1::ResolutionPassed> passed;
  std::optional<events::v1::ResponseGiven> response;  // the latest
};

struct AssessmentState {
  std::optional<events::v1::AssessmentOpened> opened;
  std::map<events::v1::SectionSubmitted::Section, events::v1::SectionSubmitted> sections;
  std::map<std::string, events::v1::RiskRanked> risks;  // by risk id
  std::optional<events::v1::AssessmentApproved> approved;
};

// Fold one event; others change nothing.
void Evolve(ResolutionState& state, const google::protobuf::Message& event);
void Evolve(AssessmentState& state, const google::protobuf::Message& event);

std::string ResolutionStream(std::string_view resolution_id);
std::string AssessmentStream(std::string_view assessment_id);

}  // namespace daybook::scrutiny
