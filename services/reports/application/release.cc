#include "services/reports/application/release.h"

#include <string>
#include <utility>

#include "eventstore/core/error.h"
#include "services/commands/door.h"

namespace daybook::reporting {

absl::StatusOr<commands::Outcome> DecideRelease(commands::StreamLoader& loader,
                                                const reports::v1::ReleaseReportRequest& request,
                                                eventstore::CivilDay today,
                                                std::uint64_t releases_seen,
                                                const reports::RenderedReport& report) {
  commands::Problems problems;
  commands::RequireSlug("document_id", request.document_id(), problems);
  const auto day = commands::RequireDay("released_date", request.released_date(), problems);
  if (day && *day > today) {
    problems.push_back(
        commands::InvalidField("released_date", "lies in the future", "Release it on the day."));
  }
  if (!problems.empty()) return commands::RejectFields(std::move(problems));
  DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t stands, loader.Count(kReleasesStream));
  if (stands != releases_seen) {
    commands::Rejection rejection;
    rejection.code = absl::StatusCode::kAborted;
    rejection.reason = "REVISION_CONFLICT";
    rejection.message = "another table was released while this one was being protected";
    rejection.remedy = "Send the request again: it is then checked against that table, too.";
    return rejection;
  }
  commands::Decision decision;
  for (const reports::CubeRelease& release : report.releases) {
    measures::events::v1::TableReleased event = release.record;
    event.set_document_id(request.document_id());
    event.set_released_date(request.released_date());
    commands::DraftEvent draft =
        commands::MakeDraft(std::string(kReleasesStream), event, commands::OnDay(*day));
    draft.retention_dataset = "figures";
    decision.events.push_back(std::move(draft));
  }
  return decision;
}

}  // namespace daybook::reporting
