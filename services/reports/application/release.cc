#include "services/reports/application/release.h"

#include <string>
#include <utility>

#include "eventstore/core/error.h"
#include "projections/reports/released_figures.h"
#include "proto/values/civil.h"
#include "services/commands/door.h"
#include "services/commands/stream_name.h"

namespace daybook::reporting {
namespace {

using reports::ReportReleased;
using reports::v1::ReleaseReportRequest;

constexpr std::uint32_t kExemptParagraphs = 7;  // of Schedule 12A, Part 1

void CheckAudience(const ReleaseReportRequest& request, commands::Problems& problems) {
  const bool partnership = IsForPartnership(request);
  if (request.exempt_paragraph() > kExemptParagraphs) {
    problems.push_back(commands::InvalidField("exempt_paragraph", "is no paragraph of Schedule 12A",
                                              "Give 1 to 7."));
  } else if (request.exempt_paragraph() > 0 && !partnership) {
    problems.push_back(
        commands::InvalidField("exempt_paragraph", "is given although the report is for the public",
                               "Release it for the partnership, or leave the paragraph out."));
  }
  if (!request.known_on().empty() && !partnership) {
    problems.push_back(commands::InvalidField(
        "known_on", "is given although the report is for the public",
        "Leave it out: what the public has is checked against what is known now."));
  }
}

ReportReleased::Classification ClassificationOf(const ReleaseReportRequest& request) {
  if (!IsForPartnership(request)) return ReportReleased::CLASSIFICATION_PUBLIC;
  return request.exempt_paragraph() > 0 ? ReportReleased::CLASSIFICATION_EXEMPT
                                        : ReportReleased::CLASSIFICATION_PARTNERSHIP;
}

ReportReleased FactOf(const ReleaseReportRequest& request, eventstore::CivilDay today,
                      const reports::RenderedReport& report) {
  ReportReleased event;
  event.set_document_id(request.document_id());
  event.set_released_date(request.released_date());
  event.set_classification(ClassificationOf(request));
  event.set_exempt_paragraph(request.exempt_paragraph());
  event.set_report(request.name());
  for (const auto& given : request.parameters()) {
    auto* parameter = event.add_parameters();
    parameter->set_name(given.name());
    parameter->set_value(given.value());
  }
  event.set_recorded_size(report.response.truth().checkpoint().size());
  event.set_known_on(request.known_on());
  event.set_today(values::FormatDay(today));
  event.set_rounded(!IsForPartnership(request) &&
                    request.protection() == reports::v1::PROTECTION_ROUNDING);
  for (auto& figure : reports::FiguresOf(report)) *event.add_figures() = std::move(figure);
  return event;
}

commands::Rejection ReleasedMeanwhile() {
  commands::Rejection rejection;
  rejection.code = absl::StatusCode::kAborted;
  rejection.reason = "REVISION_CONFLICT";
  rejection.message = "another table was released while this one was being protected";
  rejection.remedy = "Send the request again: it is then checked against that table, too.";
  return rejection;
}

}  // namespace

bool IsForPartnership(const ReleaseReportRequest& request) {
  return request.audience() == reports::v1::AUDIENCE_PARTNERSHIP;
}

ReportWanted WantedFor(const ReleaseReportRequest& request, eventstore::CivilDay today) {
  ReportWanted wanted;
  wanted.name = request.name();
  for (const auto& parameter : request.parameters()) {
    wanted.parameters[parameter.name()] = parameter.value();
  }
  if (IsForPartnership(request)) wanted.as_of.set_known_on(request.known_on());
  wanted.as_of.set_today(values::FormatDay(today));
  wanted.as_of_field.clear();  // its day is a field of the request itself
  wanted.for_release = !IsForPartnership(request);
  return wanted;
}

absl::StatusOr<commands::Outcome> DecideRelease(commands::StreamLoader& loader,
                                                const ReleaseReportRequest& request,
                                                eventstore::CivilDay today,
                                                const reports::RenderedReport& report) {
  commands::Problems problems;
  commands::RequireSlug("document_id", request.document_id(), problems);
  const auto day = commands::RequireDay("released_date", request.released_date(), problems);
  if (day && *day > today) {
    problems.push_back(
        commands::InvalidField("released_date", "lies in the future", "Release it on the day."));
  }
  CheckAudience(request, problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));
  commands::Decision decision;
  const auto add = [&](const std::string& stream, const google::protobuf::Message& event) {
    commands::DraftEvent draft = commands::MakeDraft(stream, event, commands::OnDay(*day));
    draft.retention_dataset = "figures";
    decision.events.push_back(std::move(draft));
  };
  if (!IsForPartnership(request)) {
    DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t stands, loader.Count(kReleasesStream));
    if (stands != report.releases_seen) return ReleasedMeanwhile();
    for (const reports::CountsRelease& release : report.releases) {
      for (measures::events::v1::TableReleased event : release.records) {
        event.set_document_id(request.document_id());
        event.set_released_date(request.released_date());
        add(std::string(kReleasesStream), event);
      }
    }
  }
  // Last, so that its position is that of the receipt: references of figures begin with it.
  add(commands::StreamName("document", {request.document_id()}), FactOf(request, today, report));
  return decision;
}

}  // namespace daybook::reporting
