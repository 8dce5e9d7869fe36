#include "services/reports/application/report_reader.h"

#include <optional>
#include <utility>
#include <vector>

#include "eventstore/core/civil_day.h"
#include "projections/reports/comparison.h"
#include "projections/reports/release.h"
#include "projections/reports/report_catalogue.h"
#include "proto/values/civil.h"
#include "services/commands/decision.h"
#include "services/commands/door.h"
#include "services/reports/application/released_report.h"

namespace daybook::reporting {
namespace {

namespace v1 = reports::v1;

absl::Status InvalidField(const std::string& field, std::string_view what,
                          std::string_view remedy) {
  return commands::ToStatus(commands::RejectFields({commands::InvalidField(field, what, remedy)}));
}

reports::Parameters ParametersOf(const v1::RenderReportRequest& request) {
  return {request.parameters().begin(), request.parameters().end()};
}

absl::Status Protect(v1::Protection protection, bool explain, reports::RenderedReport& report) {
  return explain ? reports::ExplainProtection(protection, report)
                 : reports::ProtectForPublic(protection, report);
}

}  // namespace

absl::StatusOr<ReportReader::Asked> ReportReader::Ask(const v1::AsOf& wire,
                                                      const std::string& field) const {
  const std::string prefix = field.empty() ? "" : field + ".";
  Asked asked;
  asked.today = eventstore::LondonDay(clock_.Now());
  if (!wire.known_on().empty()) {
    asked.as_of.known_on = values::ParseDay(wire.known_on());
    if (!asked.as_of.known_on) {
      return InvalidField(prefix + "known_on", "is no day", "Write it as YYYY-MM-DD.");
    }
  }
  if (wire.has_recorded_size()) asked.as_of.recorded_size = wire.recorded_size();
  if (!wire.today().empty()) {
    const auto today = values::ParseDay(wire.today());
    if (!today) {
      return InvalidField(prefix + "today", "is no day", "Write it as YYYY-MM-DD.");
    }
    asked.today = *today;
  }
  return asked;
}

absl::StatusOr<reports::RenderedReport> ReportReader::Render(const ReportWanted& wanted) const {
  DAYBOOK_ASSIGN_OR_RETURN(
      auto rendered,
      Read<reports::RenderedReport>(
          wanted.as_of, wanted.as_of_field,
          [&](const auto& views,
              reports::AnswerContext answer_context) -> absl::StatusOr<reports::RenderedReport> {
            answer_context.for_release = wanted.for_release;
            DAYBOOK_ASSIGN_OR_RETURN(auto report, reports::Render(wanted.name, wanted.parameters,
                                                                  views, answer_context));
            report.releases_seen = reports::ReleasesIn(views);
            return report;
          }));
  reports::OpenTexts(texts_, rendered);
  return rendered;
}

absl::StatusOr<v1::RenderReportResponse> ReportReader::Answer(
    const v1::RenderReportRequest& request) const {
  if (request.has_compare_with()) return Changes(request);
  const bool is_public = request.audience() == v1::AUDIENCE_PUBLIC;
  DAYBOOK_ASSIGN_OR_RETURN(auto rendered, Render({.name = request.name(),
                                                  .parameters = ParametersOf(request),
                                                  .as_of = request.as_of(),
                                                  .for_release = is_public}));
  if (is_public) {
    DAYBOOK_RETURN_IF_ERROR(Protect(request.protection(), request.explain_protection(), rendered));
  }
  return std::move(rendered.response);
}

absl::StatusOr<v1::RenderReportResponse> ReportReader::Changes(
    const v1::RenderReportRequest& request) const {
  if (request.audience() == v1::AUDIENCE_PUBLIC) {
    return InvalidField("audience", "is the public although changes are asked for",
                        "Ask for the report itself: changes of small counts give them "
                        "away.");
  }
  const auto render = [&](const std::string& name, const reports::Parameters& parameters,
                          bool before) {
    return Render({.name = name,
                   .parameters = parameters,
                   .as_of = before ? request.compare_with() : request.as_of(),
                   .as_of_field = before ? "compare_with" : "as_of"});
  };
  const reports::Parameters parameters = ParametersOf(request);
  DAYBOOK_ASSIGN_OR_RETURN(const auto now, render(request.name(), parameters, false));
  DAYBOOK_ASSIGN_OR_RETURN(const auto before, render(request.name(), parameters, true));
  DAYBOOK_ASSIGN_OR_RETURN(const auto files, render("submissions", {}, false));
  DAYBOOK_ASSIGN_OR_RETURN(const auto files_before, render("submissions", {}, true));
  v1::RenderReportResponse changes;
  *changes.add_tables() = reports::ChangesBetween(before.response, now.response);
  *changes.add_tables() = reports::SubmissionsSince(files_before.response, files.response);
  *changes.mutable_truth() = now.response.truth();
  *changes.mutable_compared_with() = before.response.truth();
  return changes;
}

absl::StatusOr<v1::GetReleasedFigureResponse> ReportReader::ReleasedFigure(
    const v1::GetReleasedFigureRequest& request) const {
  DAYBOOK_ASSIGN_OR_RETURN(const auto released, FindRelease(log_, request.position()));
  v1::GetReleasedFigureResponse response;
  if (request.number() == 0) {
    *response.add_tables() = reports::ReleasedFiguresTable(released, request.position());
    const eventstore::LogIdentity log = log_.Head().log;
    auto& checkpoint = *response.mutable_truth()->mutable_checkpoint();
    checkpoint.set_log_id(log.log_id);
    checkpoint.set_incarnation(log.incarnation);
    checkpoint.set_size(released.recorded_size());
    response.mutable_truth()->set_known_on(released.known_on());
    return response;
  }
  if (request.number() > static_cast<std::uint32_t>(released.figures_size())) {
    return UnknownFigure();
  }
  DAYBOOK_ASSIGN_OR_RETURN(auto again, Render(WantedAgain(released)));
  // What it rests on is for the partnership, which asks here; protecting forgets it.
  const std::vector<std::uint64_t> inputs =
      reports::ReleasedFigureAgain(released, request.position(), request.number(), again).inputs;
  if (released.classification() == reports::ReportReleased::CLASSIFICATION_PUBLIC) {
    DAYBOOK_RETURN_IF_ERROR(reports::ProtectForPublic(
        released.rounded() ? v1::PROTECTION_ROUNDING : v1::PROTECTION_SUPPRESSION, again));
  }
  *response.add_tables() =
      reports::ReleasedFigureAgain(released, request.position(), request.number(), again).table;
  DAYBOOK_ASSIGN_OR_RETURN(*response.add_tables(), InputsTable(log_, inputs));
  *response.mutable_truth() = again.response.truth();
  return response;
}

}  // namespace daybook::reporting
