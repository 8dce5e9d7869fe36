// The rows of one message of observations.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "proto/values/known.h"
#include "proto/values/period.h"
#include "proto/values/quantity.h"
#include "services/commands/row_session.h"
#include "services/measures/domain/figure_checks.h"
#include "services/measures/domain/measure_commands.h"
#include "services/measures/domain/plausibility.h"
#include "services/measures/domain/series_state.h"
#include "services/partners/domain/refusals.h"

namespace daybook::measures {

namespace ev = events::v1;
using commands::InvalidField;
using commands::Outcome;
using commands::Problems;
using commands::RowDecision;
using Observation = ev::ObservationRecorded;

namespace {

constexpr std::array<std::string_view, 5> kCaveats = {
    "calendar-unclear", "area-unclear", "distorted", "outside-plan-year", "estimated"};

constexpr std::array<std::string_view, 9> kReasons = {"confirmed", "correction",   "recording",
                                                      "capacity",  "campaign",     "backlog",
                                                      "seasonal",  "redeployment", "one-off"};

// A row that is of its form: the event that it would be.
struct ObservationCandidate {
  const MeasureRegister::Measure* measure = nullptr;
  Observation event;
  eventstore::Effective effective;
  std::optional<eventstore::Known> known;
  Problems ask;
};

void ReadSource(const v1::ObservationRow& row, const Circumstances& circumstances,
                Observation& event, Problems& problems) {
  if (row.source().empty()) {
    problems.push_back(commands::MissingField("source"));
    return;
  }
  const auto* source = circumstances.organisations.Resolve(row.source());
  if (source == nullptr) {
    problems.push_back(
        partners::UnknownOrganisation("source", row.source(), circumstances.organisations));
    return;
  }
  event.set_source_id(source->id());
}

void ReadBasisAndStage(const v1::ObservationRow& row, Observation& event, Problems& problems) {
  if (!Observation::Basis_IsValid(row.basis())) {
    problems.push_back(commands::UnknownValue("basis", "a registered basis"));
  } else if (row.basis() == Observation::BASIS_UNSPECIFIED) {
    problems.push_back(commands::MissingField("basis"));
  }
  if (!Observation::Stage_IsValid(row.stage())) {
    problems.push_back(commands::UnknownValue("stage", "a registered stage"));
  }
  event.set_basis(row.basis());
  event.set_stage(row.stage() == Observation::STAGE_UNSPECIFIED ? Observation::STAGE_ACTUAL
                                                                : row.stage());
}

void ReadCaveats(const v1::ObservationRow& row, Observation& event, Problems& problems) {
  for (int i = 0; i < row.caveats_size(); ++i) {
    if (std::find(kCaveats.begin(), kCaveats.end(), row.caveats(i)) == kCaveats.end()) {
      problems.push_back(
          commands::UnknownValue(fmt::format("caveats[{}]", i), "a registered caveat"));
    }
  }
  *event.mutable_caveats() = row.caveats();
}

void ReadReason(const v1::ObservationRow& row, Observation& event, Problems& problems) {
  if (!row.reason().empty() &&
      std::find(kReasons.begin(), kReasons.end(), row.reason()) == kReasons.end()) {
    problems.push_back(commands::UnknownValue("reason", "a registered reason"));
  }
  event.set_reason(row.reason());
}

// In the order of the measure's dimensions, so that equal figures are equal bytes.
void ReadDimensions(const v1::ObservationRow& row, const MeasureRegister& measures,
                    const MeasureRegister::Measure& measure, Observation& event,
                    Problems& problems) {
  for (int i = 0; i < row.dimensions_size(); ++i) {
    const auto& given = row.dimensions(i);
    const auto& ids = measure.defined.dimension_ids();
    const auto* dimension = std::find(ids.begin(), ids.end(), given.dimension_id()) == ids.end()
                                ? nullptr
                                : measures.FindDimension(given.dimension_id());
    if (dimension == nullptr ||
        MeasureRegister::FindCategory(*dimension, given.category_id()) == nullptr) {
      problems.push_back(
          UnknownDimension(fmt::format("dimensions[{}]", i), dimension, given.category_id()));
    }
  }
  for (const std::string& dimension_id : measure.defined.dimension_ids()) {
    int times = 0;
    for (const auto& given : row.dimensions()) {
      if (given.dimension_id() != dimension_id || ++times > 1) continue;
      const auto* dimension = measures.FindDimension(dimension_id);
      const auto* category = dimension == nullptr
                                 ? nullptr
                                 : MeasureRegister::FindCategory(*dimension, given.category_id());
      if (category == nullptr) continue;
      auto* added = event.add_dimensions();
      added->set_dimension_id(dimension_id);
      added->set_category_id(category->category_id());
    }
    if (times > 1) {
      problems.push_back(InvalidField("dimensions", "name a dimension twice",
                                      "Give one category of a dimension a row."));
    }
  }
}

void ReadValue(const v1::ObservationRow& row, const Circumstances& circumstances,
               const MeasureRegister::Measure* measure, ObservationCandidate& candidate,
               Problems& problems) {
  switch (row.value_case()) {
    case v1::ObservationRow::kQuantity:
      CheckNumber("quantity", row.quantity(), measure,
                  row.basis() == Observation::BASIS_MONTHLY_MEAN, problems);
      *candidate.event.mutable_quantity() = row.quantity();
      return;
    case v1::ObservationRow::kShare:
      values::CheckShare("share", row.share(), problems);
      *candidate.event.mutable_share() = row.share();
      if (!row.share().denominator_area().empty()) {
        candidate.event.mutable_share()->set_denominator_area(
            FindArea("share.denominator_area", row.share().denominator_area(), circumstances.areas,
                     problems));
      }
      return;
    case v1::ObservationRow::kPrintedPercent:
      CheckPercent("printed_percent", row.printed_percent(), measure, problems);
      *candidate.event.mutable_printed_percent() = row.printed_percent();
      candidate.ask.push_back(
          {.field = "printed_percent",
           .reason = "MISSING_FIELD",
           .description = "the parts of the percentage are not given; it is shown as printed and "
                          "never summed",
           .remedy = "Ask the source for numerator and denominator."});
      return;
    case v1::ObservationRow::VALUE_NOT_SET:
      problems.push_back(commands::MissingField("value"));
      return;
  }
}

void ReadPeriod(const v1::ObservationRow& row, const Circumstances& circumstances,
                ObservationCandidate& candidate, Problems& problems) {
  if (!row.has_period()) {
    problems.push_back(commands::MissingField("period"));
    return;
  }
  const auto period = values::PeriodFromProto("period", row.period(), problems);
  if (!period.has_value()) return;
  const bool is_actual = candidate.event.stage() == Observation::STAGE_ACTUAL;
  if (is_actual && period->start > circumstances.today) {
    problems.push_back(InvalidField("period", "has not begun although the figure is actual",
                                    "Correct the period, or give stage booked or planned."));
  }
  *candidate.event.mutable_period() = row.period();
  candidate.effective = values::EffectiveOf(*period);
}

ObservationCandidate ReadRow(const v1::ObservationRow& row, const Circumstances& circumstances,
                             const std::string& submission_id, Problems& problems) {
  ObservationCandidate candidate;
  Observation& event = candidate.event;
  if (row.row() == 0 && !submission_id.empty()) problems.push_back(commands::MissingField("row"));
  const auto* measure =
      FindMeasure("measure_id", row.measure_id(), circumstances.measures, problems);
  candidate.measure = measure;
  event.set_measure_id(measure == nullptr ? row.measure_id() : measure->id());
  event.set_area_id(FindArea("area", row.area(), circumstances.areas, problems));
  ReadSource(row, circumstances, event, problems);
  commands::CheckSlug("extract", row.extract(), problems);
  event.set_extract(row.extract());
  ReadBasisAndStage(row, event, problems);
  ReadPeriod(row, circumstances, candidate, problems);
  ReadValue(row, circumstances, measure, candidate, problems);
  ReadCaveats(row, event, problems);
  ReadReason(row, event, problems);
  if (measure != nullptr) {
    event.set_measure_version(measure->VersionAt(row.period().end_date()));
    ReadDimensions(row, circumstances.measures, *measure, event, problems);
  }
  event.set_submission_id(submission_id);
  event.set_row(row.row());
  if (row.has_known() && row.known().precision() != types::v1::Known::PRECISION_UNSPECIFIED) {
    candidate.known = values::KnownFromProto("known", row.known(), circumstances.today, problems);
  }
  return candidate;
}

// Whether the series is sent by somebody else than this agency and those whose successor it is.
bool IsOwnedByAnother(const SeriesState& series, const Observation& event,
                      const Circumstances& circumstances) {
  const std::string& owner = series.owner;
  if (owner.empty() || owner == circumstances.agency || event.source_id() == circumstances.agency) {
    return false;
  }
  return !circumstances.organisations.LeadsTo(owner, circumstances.agency);
}

RowDecision RefuseOwned(const SeriesState& series, const Observation& event) {
  return commands::RefuseRow(
      event.row(),
      {{.field = "source",
        .reason = "SERIES_OWNED",
        .description = fmt::format("the figures of this series are sent by \"{}\"", series.owner),
        .remedy =
            "Ask them to send it, or name the extract that yours come from: two sources stand "
            "beside each other and are never added."}});
}

RowDecision RefuseSecond(const Observation& held, const Observation& event) {
  return commands::RefuseRow(
      event.row(),
      {{.field = "period",
        .reason = "ALREADY_EXISTS",
        .description = fmt::format("row {} of the same file gives another figure for this "
                                   "series and period",
                                   held.row()),
        .remedy = "Give one figure for a series and period, or name the extract of each."}});
}

// When a figure came to be known that takes the place of another: on the day that its row names,
// unless that is the day of the other one, which a file that is sent again still has. Else on the
// day of the version's extract or, where the row says that nobody knows the day, when it is
// recorded: a figure of an unknown day takes the place of none.
std::optional<eventstore::Known> KnownOfCorrection(const ObservationCandidate& candidate,
                                                   const Circumstances& circumstances,
                                                   const SeriesState& series) {
  const Observation& event = candidate.event;
  const auto before =
      series.KnownOf(CategoriesKey(event.dimensions()), PeriodKeyOf(event.period())).last;
  const bool is_unknown =
      candidate.known && candidate.known->precision == eventstore::KnownPrecision::kUnknown;
  if (candidate.known && !is_unknown && candidate.known != before) return candidate.known;
  if (circumstances.revised) return circumstances.revised;
  return is_unknown ? eventstore::Known{} : candidate.known;
}

// A correction that came to be known before the figure that stands changes no report of today.
void AskWhereNotCurrent(const std::optional<eventstore::Known>& known,
                        const Circumstances& circumstances, const SeriesState& series,
                        ObservationCandidate& candidate) {
  const Observation& event = candidate.event;
  const auto days = series.KnownOf(CategoriesKey(event.dimensions()), PeriodKeyOf(event.period()));
  if (!known || RankOf(*known, circumstances.today) >= days.current) return;
  candidate.ask.push_back(
      {.field = "known",
       .reason = "ALREADY_EXISTS",
       .description =
           "a figure that came to be known later stands; this one enters the history and "
           "reports of today do not show it",
       .remedy = "If it shall stand, leave the cell known empty, or name the day on which the "
                 "correction came to be known."});
}

RowDecision DecideRow(ObservationCandidate candidate, const Circumstances& circumstances,
                      const std::string& stream, SeriesState& series) {
  Observation& event = candidate.event;
  const Observation* held =
      series.Find(CategoriesKey(event.dimensions()), PeriodKeyOf(event.period()));
  if (held != nullptr && SaysTheSame(*held, event)) return commands::UnchangedRow(event.row());
  if (IsOwnedByAnother(series, event, circumstances)) return RefuseOwned(series, event);
  if (held != nullptr && !held->submission_id().empty() &&
      held->submission_id() == event.submission_id()) {
    return RefuseSecond(*held, event);
  }
  if (event.reason().empty()) {
    for (values::Problem& question :
         Questions(event, *candidate.measure, circumstances.measures, series)) {
      event.add_questions(question.reason);
      candidate.ask.push_back(std::move(question));
    }
  }
  commands::DraftEvent draft = commands::MakeDraft(stream, event, candidate.effective);
  draft.known = candidate.known;
  if (held != nullptr) {
    draft.known = KnownOfCorrection(candidate, circumstances, series);
    AskWhereNotCurrent(draft.known, circumstances, series, candidate);
  }
  draft.retention_dataset = "observations";
  Evolve(series, event, circumstances.agency, draft.known.value_or(eventstore::Known{}),
         circumstances.today);
  return commands::RecordRow(event.row(), {std::move(draft)}, candidate.ask);
}

}  // namespace

absl::StatusOr<Outcome> DecideObservations(commands::StreamLoader& loader,
                                           const Circumstances& circumstances,
                                           const v1::SubmitObservationsRequest& request) {
  Problems message_problems;
  commands::CheckRowCount(static_cast<std::size_t>(request.rows_size()), message_problems);
  if (!message_problems.empty()) return commands::RejectFields(std::move(message_problems));

  std::map<std::string, SeriesState> loaded;
  std::vector<RowDecision> rows;
  for (const v1::ObservationRow& row : request.rows()) {
    Problems problems;
    ObservationCandidate candidate =
        ReadRow(row, circumstances, request.head().submission_id(), problems);
    if (!problems.empty()) {
      rows.push_back(commands::RefuseRow(row.row(), problems));
      continue;
    }
    const std::string stream = SeriesStream(candidate.event);
    const auto [series, is_new] = loaded.try_emplace(stream);
    if (is_new) {
      const auto count =
          loader.Fold(stream, [&state = series->second](const google::protobuf::Message& event,
                                                        const eventstore::RecordedEvent& recorded) {
            Evolve(state, event, recorded.agency, recorded.event.known,
                   eventstore::LondonDay(recorded.record_time));
          });
      if (!count.ok()) return count.status();
    }
    rows.push_back(DecideRow(std::move(candidate), circumstances, stream, series->second));
  }
  return commands::DecideRows(std::move(rows));
}

}  // namespace daybook::measures
