#include "services/scrutiny/domain/scrutiny_state.h"

#include "services/commands/stream_name.h"

namespace daybook::scrutiny {

namespace ev = events::v1;

namespace {

// The event as an Event; nullptr when it is another one.
template <class Event>
const Event* As(const google::protobuf::Message& event) {
  return event.GetDescriptor() == Event::descriptor() ? static_cast<const Event*>(&event) : nullptr;
}

}  // namespace

void Evolve(ResolutionState& state, const google::protobuf::Message& event) {
  if (const auto* passed = As<ev::ResolutionPassed>(event)) state.passed = *passed;
  if (const auto* response = As<ev::ResponseGiven>(event)) state.response = *response;
}

void Evolve(AssessmentState& state, const google::protobuf::Message& event) {
  if (const auto* opened = As<ev::AssessmentOpened>(event)) state.opened = *opened;
  if (const auto* section = As<ev::SectionSubmitted>(event)) {
    state.sections[section->section()] = *section;
  }
  if (const auto* risk = As<ev::RiskRanked>(event)) state.risks[risk->risk_id()] = *risk;
  if (const auto* approved = As<ev::AssessmentApproved>(event)) state.approved = *approved;
}

std::string ResolutionStream(std::string_view resolution_id) {
  return commands::StreamName("resolution", {resolution_id});
}

std::string AssessmentStream(std::string_view assessment_id) {
  return commands::StreamName("assessment", {assessment_id});
}

}  // namespace daybook::scrutiny
