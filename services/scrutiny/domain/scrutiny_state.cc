#include "services/scrutiny/domain/scrutiny_state.h"

#include "services/commands/event_as.h"
#include "services/commands/stream_name.h"

namespace daybook::scrutiny {

namespace ev = events::v1;

void Evolve(ResolutionState& state, const google::protobuf::Message& event) {
  if (const auto* passed = commands::EventAs<ev::ResolutionPassed>(event)) state.passed = *passed;
  if (const auto* response = commands::EventAs<ev::ResponseGiven>(event))
    state.response = *response;
}

void Evolve(AssessmentState& state, const google::protobuf::Message& event) {
  if (const auto* opened = commands::EventAs<ev::AssessmentOpened>(event)) state.opened = *opened;
  if (const auto* section = commands::EventAs<ev::SectionSubmitted>(event)) {
    state.sections[section->section()] = *section;
  }
  if (const auto* risk = commands::EventAs<ev::RiskRanked>(event))
    state.risks[risk->risk_id()] = *risk;
  if (const auto* approved = commands::EventAs<ev::AssessmentApproved>(event))
    state.approved = *approved;
}

std::string ResolutionStream(std::string_view resolution_id) {
  return commands::StreamName("resolution", {resolution_id});
}

std::string AssessmentStream(std::string_view assessment_id) {
  return commands::StreamName("assessment", {assessment_id});
}

}  // namespace daybook::scrutiny
