// The rows of one message of figures as documents printed them.
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "proto/values/civil.h"
#include "proto/values/period.h"
#include "proto/values/quantity.h"
#include "services/commands/fingerprint.h"
#include "services/commands/row_session.h"
#include "services/measures/domain/figure_checks.h"
#include "services/measures/domain/measure_commands.h"
#include "services/measures/domain/series_state.h"

namespace daybook::measures {

namespace ev = events::v1;
using commands::InvalidField;
using commands::MissingField;
using commands::Outcome;
using commands::Problems;
using commands::RowDecision;

namespace {

// A row that is of its form: the event that it would be.
struct FigureCandidate {
  ev::FigurePublished event;
  eventstore::Effective effective;
  eventstore::CivilDay published;
};

void ReadPublished(const v1::FigureRow& row, const Circumstances& circumstances,
                   FigureCandidate& candidate, Problems& problems) {
  const auto day = commands::RequireDay("published_date", row.published_date(), problems);
  if (!day.has_value()) return;
  if (*day > circumstances.today) {
    problems.push_back(InvalidField("published_date", "lies in the future",
                                    "Give the day on which the document was published."));
  }
  candidate.published = *day;
  candidate.event.set_published_date(row.published_date());
}

void ReadPeriods(const v1::FigureRow& row, FigureCandidate& candidate, Problems& problems) {
  if (!row.has_period()) {
    problems.push_back(MissingField("period"));
  } else if (const auto period = values::PeriodFromProto("period", row.period(), problems)) {
    *candidate.event.mutable_period() = row.period();
    candidate.effective = values::EffectiveOf(*period);
  }
  const bool is_change = row.printed_case() == v1::FigureRow::kChange;
  if (is_change && !row.has_compared_with()) {
    problems.push_back(MissingField("compared_with"));
  } else if (!is_change && row.has_compared_with()) {
    problems.push_back(InvalidField("compared_with", "is given for a figure that is no change",
                                    "Leave it empty, or give the change."));
  } else if (is_change && values::PeriodFromProto("compared_with", row.compared_with(), problems)) {
    *candidate.event.mutable_compared_with() = row.compared_with();
  }
}

void ReadPrinted(const v1::FigureRow& row, const MeasureRegister::Measure* measure,
                 FigureCandidate& candidate, Problems& problems) {
  switch (row.printed_case()) {
    case v1::FigureRow::kQuantity:
      // A document may print the mean of a count.
      CheckNumber("quantity", row.quantity(), measure, /*is_mean=*/true, problems);
      *candidate.event.mutable_quantity() = row.quantity();
      return;
    case v1::FigureRow::kPercent:
      CheckPercent("percent", row.percent(), measure, problems);
      *candidate.event.mutable_percent() = row.percent();
      return;
    case v1::FigureRow::kChange:
      values::CheckPrintedChange("change", row.change(), problems);
      *candidate.event.mutable_change() = row.change();
      return;
    case v1::FigureRow::PRINTED_NOT_SET:
      problems.push_back(MissingField("printed"));
      return;
  }
}

FigureCandidate ReadRow(const v1::FigureRow& row, const Circumstances& circumstances,
                        bool in_submission, Problems& problems) {
  FigureCandidate candidate;
  if (row.row() == 0 && in_submission) problems.push_back(MissingField("row"));
  commands::RequireSlug("document_id", row.document_id(), problems);
  candidate.event.set_document_id(row.document_id());
  commands::CheckText("section", row.section(), commands::kNameBytesMax, problems);
  candidate.event.set_section(row.section());
  ReadPublished(row, circumstances, candidate, problems);
  const auto* measure =
      FindMeasure("measure_id", row.measure_id(), circumstances.measures, problems);
  candidate.event.set_measure_id(measure == nullptr ? row.measure_id() : measure->id());
  candidate.event.set_area_id(FindArea("area", row.area(), circumstances.areas, problems));
  ReadPeriods(row, candidate, problems);
  ReadPrinted(row, measure, candidate, problems);
  return candidate;
}

RowDecision DecideRow(std::uint32_t row, const FigureCandidate& candidate, bool known_is_given,
                      const std::string& stream, DocumentState& document) {
  if (document.figures.contains(commands::CanonicalBytes(candidate.event))) {
    return commands::UnchangedRow(row);
  }
  commands::DraftEvent draft = commands::MakeDraft(stream, candidate.event, candidate.effective);
  if (!known_is_given) {
    draft.known = eventstore::Known{eventstore::KnownPrecision::kDay, candidate.published};
  }
  draft.retention_dataset = "figures";
  Evolve(document, candidate.event);
  return commands::RecordRow(row, {std::move(draft)});
}

}  // namespace

absl::StatusOr<Outcome> DecideFigures(commands::StreamLoader& loader,
                                      const Circumstances& circumstances,
                                      const v1::PublishFiguresRequest& request) {
  Problems message_problems;
  commands::CheckRowCount(static_cast<std::size_t>(request.rows_size()), message_problems);
  if (!message_problems.empty()) return commands::RejectFields(std::move(message_problems));

  const auto& head = request.head();
  const bool known_is_given = head.known().precision() != types::v1::Known::PRECISION_UNSPECIFIED;
  std::map<std::string, DocumentState> loaded;
  std::vector<RowDecision> rows;
  for (const v1::FigureRow& row : request.rows()) {
    Problems problems;
    const FigureCandidate candidate =
        ReadRow(row, circumstances, !head.submission_id().empty(), problems);
    if (!problems.empty()) {
      rows.push_back(commands::RefuseRow(row.row(), problems));
      continue;
    }
    const std::string stream = DocumentStream(row.document_id());
    const auto [document, is_new] = loaded.try_emplace(stream);
    if (is_new) {
      const auto count = loader.Fold(
          stream,
          [&state = document->second](const google::protobuf::Message& event,
                                      const eventstore::RecordedEvent&) { Evolve(state, event); });
      if (!count.ok()) return count.status();
    }
    rows.push_back(DecideRow(row.row(), candidate, known_is_given, stream, document->second));
  }
  return commands::DecideRows(std::move(rows));
}

}  // namespace daybook::measures
