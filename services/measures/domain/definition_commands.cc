// Defining measures and declaring where their series break.
#include <string>
#include <utility>

#include "services/commands/door.h"
#include "services/commands/fingerprint.h"
#include "services/incidents/domain/register.h"
#include "services/measures/domain/figure_checks.h"
#include "services/measures/domain/measure_commands.h"

namespace daybook::measures {

namespace ev = events::v1;
using commands::Decision;
using commands::InvalidField;
using commands::Outcome;
using commands::Problems;
using commands::Rejection;

namespace {

constexpr std::size_t kUnitBytesMax = 40;

void CheckSubject(const v1::DefineMeasureRequest& request, Problems& problems) {
  if (!ev::MeasureDefined::Subject_IsValid(request.subject())) {
    problems.push_back(commands::UnknownValue("subject", "incidents, referrals or other"));
  } else if (request.subject() == ev::MeasureDefined::SUBJECT_UNSPECIFIED) {
    problems.push_back(commands::MissingField("subject"));
  }
  if (request.subject() == ev::MeasureDefined::SUBJECT_REFERRALS) {
    commands::RequireSlug("service_id", request.service_id(), problems);
  } else {
    commands::CheckSlug("service_id", request.service_id(), problems);
  }
}

// The code of the crime-type register; empty where none is given.
std::string ReadIncidentType(const v1::DefineMeasureRequest& request, Problems& problems) {
  if (request.incident_type().empty()) return {};
  const auto code = incidents::CrimeTypeCode(request.incident_type());
  if (!code.has_value()) {
    problems.push_back(
        commands::UnknownValue("incident_type", "a code of the crime-type register"));
    return {};
  }
  if (request.subject() != ev::MeasureDefined::SUBJECT_INCIDENTS) {
    problems.push_back(InvalidField("incident_type", "is given for a measure of another subject",
                                    "Leave it empty, or set the subject to incidents."));
  }
  return std::string(*code);
}

Decision OneEvent(const google::protobuf::Message& event, eventstore::Effective effective) {
  Decision decision;
  decision.events.push_back(
      commands::MakeDraft(std::string(MeasureRegister::kStream), event, effective));
  return decision;
}

}  // namespace

Outcome Decide(const MeasureRegister& measures, const v1::DefineMeasureRequest& request) {
  Problems problems;
  commands::RequireSlug("measure_id", request.measure_id(), problems);
  commands::RequireText("label", request.label(), commands::kNameBytesMax, problems);
  CheckSubject(request, problems);
  commands::RequireText("unit", request.unit(), kUnitBytesMax, problems);
  const std::string incident_type = ReadIncidentType(request, problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  ev::MeasureDefined defined;
  defined.set_measure_id(request.measure_id());
  defined.set_version(1);
  defined.set_label(request.label());
  defined.set_subject(request.subject());
  defined.set_unit(request.unit());
  defined.set_is_count(request.is_count());
  defined.set_parts_of_whole(request.parts_of_whole());
  defined.set_service_id(request.service_id());
  defined.set_incident_type(incident_type);
  defined.set_overlaps(request.overlaps());
  defined.set_sort_order(request.sort_order());
  const auto* stands = measures.Find(request.measure_id());
  if (stands == nullptr) return OneEvent(defined, {});
  if (commands::CanonicalBytes(stands->defined) == commands::CanonicalBytes(defined)) {
    return Decision{};
  }
  Rejection rejection;
  rejection.code = absl::StatusCode::kAlreadyExists;
  rejection.reason = "ALREADY_EXISTS";
  rejection.message = "measure_id: a measure with this id is defined with other content";
  rejection.remedy = "Choose another id, or send the content that stands.";
  rejection.problems.push_back({.field = "measure_id",
                                .reason = rejection.reason,
                                .description = "is defined with other content",
                                .remedy = rejection.remedy});
  return rejection;
}

Outcome Decide(const MeasureRegister& measures, const v1::DeclareBreakRequest& request) {
  Problems problems;
  if (request.measure_id().empty()) problems.push_back(commands::MissingField("measure_id"));
  const auto day = commands::RequireDay("date", request.date(), problems);
  commands::RequireOneOf("cause", request.cause(),
                         {"definition", "boundary", "recording", "service"}, problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  const auto* measure = measures.Find(request.measure_id());
  if (measure == nullptr) {
    Rejection rejection =
        commands::RejectFields({UnknownMeasure("measure_id", request.measure_id(), measures)});
    rejection.code = absl::StatusCode::kNotFound;
    return rejection;
  }
  for (const auto& stands : measure->breaks) {
    if (stands.date() == request.date() && stands.cause() == request.cause()) return Decision{};
  }
  ev::SeriesBreakDeclared declared;
  declared.set_measure_id(request.measure_id());
  declared.set_date(request.date());
  declared.set_cause(request.cause());
  return OneEvent(declared, commands::OnDay(*day));
}

}  // namespace daybook::measures
