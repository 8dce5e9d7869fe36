// Defining measures, changing what they mean, and declaring where their series break.
#include <set>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "proto/registry/crime_types.h"
#include "proto/values/civil.h"
#include "services/commands/door.h"
#include "services/commands/fingerprint.h"
#include "services/measures/domain/definition_refusals.h"
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
constexpr int kDimensionsMax = 4;
constexpr std::string_view kWording = "wording";  // changes words, not what is counted

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
  const auto* type = registry::FindCrimeType(request.incident_type());
  if (type == nullptr) {
    problems.push_back(commands::UnknownValue("incident_type", "a code of the crime-type register",
                                              registry::NearestCrimeType(request.incident_type())));
    return {};
  }
  if (request.subject() != ev::MeasureDefined::SUBJECT_INCIDENTS) {
    problems.push_back(InvalidField("incident_type", "is given for a measure of another subject",
                                    "Leave it empty, or set the subject to incidents."));
  }
  return std::string(type->code);
}

void CheckDimensions(const MeasureRegister& measures, const v1::DefineMeasureRequest& request,
                     Problems& problems) {
  if (request.dimension_ids_size() > kDimensionsMax) {
    problems.push_back(InvalidField("dimension_ids",
                                    fmt::format("has more than {} entries", kDimensionsMax),
                                    "Define several measures."));
  }
  std::set<std::string> once;
  for (int i = 0; i < request.dimension_ids_size(); ++i) {
    const std::string field = fmt::format("dimension_ids[{}]", i);
    if (measures.FindDimension(request.dimension_ids(i)) == nullptr) {
      problems.push_back(UnknownDimension(field));
    } else if (!once.insert(request.dimension_ids(i)).second) {
      problems.push_back(InvalidField(field, "stands twice", "Name each dimension once."));
    }
  }
}

void CheckChange(const v1::DefineMeasureRequest& request, Problems& problems) {
  if (request.change_from().empty() && request.change_cause().empty()) return;
  commands::RequireDay("change_from", request.change_from(), problems);
  commands::RequireOneOf("change_cause", request.change_cause(),
                         {"definition", "boundary", "recording", "service", kWording}, problems);
}

ev::MeasureDefined DefinitionOf(const v1::DefineMeasureRequest& request,
                                const std::string& incident_type) {
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
  *defined.mutable_dimension_ids() = request.dimension_ids();
  return defined;
}

// What a version says, whichever it is and from when on.
std::string ContentOf(ev::MeasureDefined defined) {
  defined.clear_version();
  defined.clear_from_date();
  return commands::CanonicalBytes(defined);
}

Decision OneEvent(const google::protobuf::Message& event, eventstore::Effective effective) {
  Decision decision;
  decision.events.push_back(
      commands::MakeDraft(std::string(MeasureRegister::kStream), event, effective));
  return decision;
}

ev::SeriesBreakDeclared BreakOf(const v1::DefineMeasureRequest& request) {
  ev::SeriesBreakDeclared declared;
  declared.set_measure_id(request.measure_id());
  declared.set_date(request.change_from());
  declared.set_cause(request.change_cause());
  return declared;
}

// The next version of what stands, and the break that goes with it.
Outcome NextVersion(const ev::MeasureDefined& stands, ev::MeasureDefined next,
                    const v1::DefineMeasureRequest& request) {
  if (next.subject() != stands.subject()) {
    return commands::RejectFields(
        {InvalidField("subject", "is another than that of the versions before",
                      "Define another measure: its series would move between reports.")});
  }
  if (request.change_from() <= stands.from_date()) {
    return commands::RejectFields(
        {InvalidField("change_from", "is not after the day from which the version before holds",
                      "Give the first day of the new meaning.")});
  }
  next.set_version(stands.version() + 1);
  next.set_from_date(request.change_from());
  const auto day = commands::OnDay(*values::ParseDay(request.change_from()));
  Decision decision = OneEvent(next, day);
  if (request.change_cause() != kWording) {
    decision.events.push_back(
        commands::MakeDraft(std::string(MeasureRegister::kStream), BreakOf(request), day));
  }
  return decision;
}

}  // namespace

Rejection DefinedOtherwise(std::string_view field, std::string_view remedy) {
  Rejection rejection;
  rejection.code = absl::StatusCode::kAlreadyExists;
  rejection.reason = "ALREADY_EXISTS";
  rejection.message = fmt::format("{}: what has this id is defined with other content", field);
  rejection.remedy = std::string(remedy);
  rejection.problems.push_back({.field = std::string(field),
                                .reason = rejection.reason,
                                .description = "is defined with other content",
                                .remedy = rejection.remedy});
  return rejection;
}

Outcome Decide(const MeasureRegister& measures, const v1::DefineMeasureRequest& request) {
  Problems problems;
  commands::RequireSlug("measure_id", request.measure_id(), problems);
  commands::RequireText("label", request.label(), commands::kNameBytesMax, problems);
  CheckSubject(request, problems);
  commands::RequireText("unit", request.unit(), kUnitBytesMax, problems);
  const std::string incident_type = ReadIncidentType(request, problems);
  CheckDimensions(measures, request, problems);
  CheckChange(request, problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  const ev::MeasureDefined defined = DefinitionOf(request, incident_type);
  const auto* stands = measures.Find(request.measure_id());
  if (stands == nullptr) return OneEvent(defined, {});
  if (ContentOf(stands->defined) == ContentOf(defined)) return Decision{};
  // A file of definitions that is sent again from its beginning says nothing new.
  for (const ev::MeasureDefined& earlier : stands->earlier) {
    if (ContentOf(earlier) == ContentOf(defined) && request.change_from() <= earlier.from_date()) {
      return Decision{};
    }
  }
  if (request.change_from().empty()) {
    return DefinedOtherwise("measure_id",
                            "Choose another id, send the content that stands, or say from when on "
                            "(change_from) and why (change_cause) it changes.");
  }
  return NextVersion(stands->defined, defined, request);
}

Outcome Decide(const MeasureRegister& measures, const v1::DeclareBreakRequest& request) {
  Problems problems;
  if (request.measure_id().empty()) problems.push_back(commands::MissingField("measure_id"));
  const auto day = commands::RequireDay("date", request.date(), problems);
  commands::RequireOneOf("cause", request.cause(),
                         {"definition", "boundary", "recording", "service"}, problems);
  const auto latest = commands::CheckDay("latest_date", request.latest_date(), problems);
  if (day && latest && *latest < *day) {
    problems.push_back(InvalidField("latest_date", "lies before the earliest one",
                                    "Give the latest day that the break can be."));
  }
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  const auto* measure = measures.Find(request.measure_id());
  if (measure == nullptr) {
    Rejection rejection =
        commands::RejectFields({UnknownMeasure("measure_id", request.measure_id(), measures)});
    rejection.code = absl::StatusCode::kNotFound;
    return rejection;
  }
  ev::SeriesBreakDeclared declared;
  declared.set_measure_id(request.measure_id());
  declared.set_date(request.date());
  declared.set_cause(request.cause());
  if (request.latest_date() != request.date()) declared.set_latest_date(request.latest_date());
  declared.set_suspected(request.suspected());
  // The latest that was said of this day and cause holds: a suspicion may be confirmed, a span
  // narrowed.
  for (auto stands = measure->breaks.rbegin(); stands != measure->breaks.rend(); ++stands) {
    if (stands->date() != declared.date() || stands->cause() != declared.cause()) continue;
    if (commands::CanonicalBytes(*stands) == commands::CanonicalBytes(declared)) return Decision{};
    break;
  }
  return OneEvent(declared, commands::OnDay(*day));
}

}  // namespace daybook::measures
