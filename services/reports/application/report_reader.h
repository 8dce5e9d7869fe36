// Makes reports from the views of one engine, at one position each, with their texts opened. What a
// report says is made in projections/reports.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "eventstore/core/clock.h"
#include "eventstore/core/error.h"
#include "eventstore/core/log_reader.h"
#include "projections/engine/view_reader.h"
#include "projections/reports/rendered_report.h"
#include "projections/reports/report_parameters.h"
#include "projections/reports/report_views.h"
#include "projections/reports/text_opener.h"

namespace daybook::reporting {

// Which report, of when, for whom.
struct ReportWanted {
  std::string name;
  reports::Parameters parameters;
  reports::v1::AsOf as_of;
  std::string as_of_field = "as_of";  // its name in the request, for errors; "": the request
  bool for_release = false;           // what its counts are sums of is wanted, too
};

// Whether an answer as of then takes a fold of the whole log. Such answers have threads of their
// own, so that a few of them leave those who ask for now alone.
inline bool FoldsTheLog(const reports::v1::AsOf& as_of) { return !as_of.known_on().empty(); }

// Thread-safe. Owns nothing that it is given. Blocks for disk and folds: not on a thread that must
// not.
class ReportReader {
 public:
  ReportReader(projections::ViewReader& views, eventstore::LogReader& log,
               const reports::TextOpener& texts, const eventstore::Clock& clock)
      : views_(views), log_(log), texts_(texts), clock_(clock) {}

  absl::StatusOr<reports::RenderedReport> Render(const ReportWanted& wanted) const;

  // As the request of RenderReport says: for the partnership or the public, or what changed.
  absl::StatusOr<reports::v1::RenderReportResponse> Answer(
      const reports::v1::RenderReportRequest& request) const;

  // As GetReleasedFigure says.
  absl::StatusOr<reports::v1::GetReleasedFigureResponse> ReleasedFigure(
      const reports::v1::GetReleasedFigureRequest& request) const;

  // Reads the views at one position and hands them to `make(views, context)`, which gives a
  // StatusOr<Result>.
  template <class Result, class Make>
  absl::StatusOr<Result> Read(const reports::v1::AsOf& as_of, const std::string& field,
                              const Make& make) const {
    DAYBOOK_ASSIGN_OR_RETURN(const Asked asked, Ask(as_of, field));
    Result result;
    DAYBOOK_RETURN_IF_ERROR(views_.Query(
        asked.as_of,
        [&](const projections::ViewSet& set, const projections::Truth& truth) -> absl::Status {
          DAYBOOK_ASSIGN_OR_RETURN(const auto views, reports::ViewsOf(set));
          DAYBOOK_ASSIGN_OR_RETURN(result, make(views, reports::AnswerContext{truth, asked.today}));
          return absl::OkStatus();
        }));
    return result;
  }

  const reports::TextOpener& texts() const { return texts_; }

 private:
  // What an AsOf asks for.
  struct Asked {
    projections::AsOf as_of;
    eventstore::CivilDay today;
  };
  absl::StatusOr<Asked> Ask(const reports::v1::AsOf& wire, const std::string& field) const;
  absl::StatusOr<reports::v1::RenderReportResponse> Changes(
      const reports::v1::RenderReportRequest& request) const;

  projections::ViewReader& views_;
  eventstore::LogReader& log_;
  const reports::TextOpener& texts_;
  const eventstore::Clock& clock_;
};

}  // namespace daybook::reporting
