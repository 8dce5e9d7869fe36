#include "projections/reports/figure_matrix.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "fmt/format.h"
#include "projections/reports/figure.h"
#include "projections/reports/names.h"
#include "projections/reports/report_error.h"
#include "projections/reports/series.h"
#include "projections/reports/table_builder.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/referral_trend_view.h"
#include "projections/views/register_view.h"
#include "projections/views/returned_figures_view.h"

namespace daybook::reports {
namespace {

using measures::events::v1::ObservationRecorded;
using views::v1::ObservationRow;

// What a row of the table is about.
struct RowKey {
  std::string end;
  std::string start;
  std::string source_id;
  std::string extract;
  Basis basis;
  friend auto operator<=>(const RowKey&, const RowKey&) = default;
};

// By measure.
struct MatrixRow {
  Period period;
  std::map<std::string, const ObservationRow*> figures;
};

class MatrixWriter {
 public:
  MatrixWriter(const ReportViews& views, const FigureMatrixRequest& request,
               const AnswerContext& context)
      : views_(views),
        request_(request),
        context_(context),
        why_no_total_(WhyNoTotal()),
        table_("figure-matrix",
               fmt::format("Figures side by side: {}", AreaName(*views.names, request.area_id))) {}

  TablesAnswer Write() {
    Begin();
    for (const views::SeriesBook* book :
         {&views_.incidents->series(), &views_.referrals->series(), &views_.returned->series()}) {
      Collect(*book);
    }
    for (const auto& [key, row] : rows_) WriteRow(key, row);
    if (PeriodsAddUp()) WriteSums();
    if (!why_no_total_.empty()) table_.Note(why_no_total_);
    if (rows_.empty() && !context_.truth.known_on) {
      table_.Note("No figure of these measures is held for the area.");
    }
    TablesAnswer answer;
    answer.tables.push_back(table_.Take());
    if (request_.changes) answer.tables.push_back(Changes());
    AddKnownNotes(context_, rows_.empty(), back_loaded_, answer.tables[0].mutable_notes());
    answer.truth = TruthOf(context_, back_loaded_);
    return answer;
  }

 private:
  // Why the measures must not be added; empty where they may.
  std::string WhyNoTotal() const {
    std::set<std::string> units;
    for (const std::string& measure_id : request_.measure_ids) {
      const auto& definition = FindMeasure(*views_.names, measure_id)->definition();
      units.insert(definition.unit());
      if (definition.overlaps() && request_.measure_ids.size() > 1) {
        return fmt::format("[z] No total: what {} counts is counted by others, too.",
                           MeasureLabel(*views_.names, measure_id));
      }
    }
    return units.size() > 1 ? "[z] No total: the measures count different things." : "";
  }

  void Begin() {
    table_.Key("period", "Period").Key("source", "Source").Key("extract", "Extract");
    table_.Key("basis", "Basis");
    for (const std::string& measure_id : request_.measure_ids) {
      table_.Number(measure_id, MeasureLabel(*views_.names, measure_id));
    }
    table_.Number("total", "Total");
    if (request_.share_id.empty()) return;
    const std::string label = MeasureLabel(*views_.names, request_.share_id);
    table_.Number("share_of", label).Number("share", label + ", % of the total");
  }

  bool IsWanted(const std::string& measure_id) const {
    const auto& ids = request_.measure_ids;
    return measure_id == request_.share_id ||
           std::find(ids.begin(), ids.end(), measure_id) != ids.end();
  }

  void Collect(const views::SeriesBook& book) {
    for (const auto& [key, row] : book.observations().rows()) {
      const ObservationRecorded& fact = row.fact();
      if (!IsWanted(fact.measure_id()) || fact.area_id() != request_.area_id) continue;
      if (request_.within && !Contains(*request_.within, fact.period())) continue;
      MatrixRow& collected = rows_[{fact.period().end_date(), fact.period().start_date(),
                                    fact.source_id(), fact.extract(), BasisOf(fact)}];
      collected.period = fact.period();
      collected.figures[fact.measure_id()] = &row;
      if (row.origin().back_loaded()) ++back_loaded_;
    }
  }

  // nullopt where the row has no such figure, or one that is not one exact number, or not done yet.
  static std::optional<Decimal> NumberIn(const MatrixRow& row, const std::string& measure_id) {
    const auto it = row.figures.find(measure_id);
    if (it == row.figures.end() || IsPlanned(it->second->fact())) return std::nullopt;
    return ExactNumber(FigureOf(it->second->fact()));
  }

  void WriteFigure(const MatrixRow& row, const std::string& measure_id) {
    const auto it = row.figures.find(measure_id);
    if (it == row.figures.end()) {
      table_.CellOr("", marker::kNotAvailable);
      return;
    }
    table_.Cell(Words(FigureOf(it->second->fact()))).RestsOn({it->second->origin().position()});
  }

  void WriteRow(const RowKey& key, const MatrixRow& row) {
    table_.Row().Cell(PeriodLabel(row.period)).Cell(OrganisationName(*views_.names, key.source_id));
    table_.Cell(key.extract).Cell(BasisWord(key.basis));
    std::optional<Decimal> total = Decimal(0);
    for (const std::string& measure_id : request_.measure_ids) {
      WriteFigure(row, measure_id);
      const auto number = NumberIn(row, measure_id);
      total = total && number ? std::optional(*total + *number) : std::nullopt;
      Add(measure_id, number);
    }
    WriteTotal(total);
    const std::vector<std::uint64_t> parts = PositionsOf(row, request_.measure_ids);
    table_.RestsOn(parts);
    if (request_.share_id.empty()) return;
    WriteFigure(row, request_.share_id);
    const auto number = NumberIn(row, request_.share_id);
    Add(request_.share_id, number);
    WriteShare(number, total);
    std::vector<std::uint64_t> all = PositionsOf(row, {request_.share_id});
    all.insert(all.end(), parts.begin(), parts.end());
    table_.RestsOn(all);
  }

  static std::vector<std::uint64_t> PositionsOf(const MatrixRow& row,
                                                const std::vector<std::string>& measure_ids) {
    std::vector<std::uint64_t> positions;
    for (const std::string& measure_id : measure_ids) {
      const auto it = row.figures.find(measure_id);
      if (it != row.figures.end()) positions.push_back(it->second->origin().position());
    }
    return positions;
  }

  void WriteTotal(const std::optional<Decimal>& total) {
    if (!why_no_total_.empty()) {
      table_.CellOr("", marker::kNotApplicable);
    } else {
      table_.CellOr(total ? total->ToString() : "", marker::kNotAvailable);
    }
  }

  void WriteShare(const std::optional<Decimal>& part, const std::optional<Decimal>& total) {
    const bool there = part && total && why_no_total_.empty();
    table_.CellOr(there ? PercentText(*part, *total) : "", marker::kNotAvailable);
  }

  void Add(const std::string& measure_id, const std::optional<Decimal>& number) {
    auto [it, first] = sums_.emplace(measure_id, Decimal(0));
    it->second = it->second && number ? std::optional(*it->second + *number) : std::nullopt;
  }

  // Figures counted in two or more periods, of one source and extract, none of which overlaps
  // another, and of each measure one definition without a break. Rows are in order of the periods'
  // ends.
  bool PeriodsAddUp() {
    if (rows_.size() < 2) return false;
    const RowKey& first = rows_.begin()->first;
    std::string end;
    std::map<std::string, const ObservationRecorded*> before;
    for (const auto& [key, row] : rows_) {
      if (key.basis != ObservationRecorded::BASIS_IN_PERIOD || key.source_id != first.source_id ||
          key.extract != first.extract) {
        return false;
      }
      if (key.start <= end) {
        table_.Note(
            "The periods are not added up: some of them overlap. Ask for those of one length "
            "(within).");
        return false;
      }
      end = key.end;
      for (const auto& [measure_id, figure] : row.figures) {
        const ObservationRecorded& fact = figure->fact();
        const ObservationRecorded* earlier = std::exchange(before[measure_id], &fact);
        if (earlier == nullptr || !IsBrokenFromTo(*earlier, fact)) continue;
        table_.Note(
            fmt::format("The periods are not added up: a break or another definition of {} "
                        "lies between.",
                        MeasureLabel(*views_.names, measure_id)));
        return false;
      }
    }
    return true;
  }

  bool IsBrokenFromTo(const ObservationRecorded& earlier, const ObservationRecorded& later) const {
    return earlier.measure_version() != later.measure_version() ||
           IsBroken(*views_.names, later.measure_id(), earlier.period(), later.period());
  }

  void WriteSums() {
    table_.Row().Cell("All periods").Cell("").Cell("").Cell("in-period");
    std::optional<Decimal> total = Decimal(0);
    for (const std::string& measure_id : request_.measure_ids) {
      const std::optional<Decimal>& sum = sums_.at(measure_id);
      table_.CellOr(sum ? sum->ToString() : "", marker::kNotAvailable);
      total = total && sum ? std::optional(*total + *sum) : std::nullopt;
    }
    WriteTotal(total);
    if (request_.share_id.empty()) return;
    const std::optional<Decimal>& part = sums_.at(request_.share_id);
    table_.CellOr(part ? part->ToString() : "", marker::kNotAvailable);
    WriteShare(part, total);
  }

  // A row for each period that follows on the one before, of the same source, extract and basis.
  v1::Table Changes() const {
    TableBuilder table("net-change", fmt::format("Net change from the period before: {}",
                                                 AreaName(*views_.names, request_.area_id)));
    table.Key("period", "Period").Key("source", "Source").Key("extract", "Extract");
    table.Key("basis", "Basis");
    for (const std::string& measure_id : request_.measure_ids) {
      table.Number(measure_id, MeasureLabel(*views_.names, measure_id));
    }
    for (const auto& [key, row] : rows_) {
      const MatrixRow* before = RowBefore(key, row);
      if (before == nullptr) continue;
      table.Row().Cell(PeriodLabel(row.period));
      table.Cell(OrganisationName(*views_.names, key.source_id)).Cell(key.extract);
      table.Cell(BasisWord(key.basis));
      for (const std::string& measure_id : request_.measure_ids) {
        WriteChange(*before, row, measure_id, table);
      }
    }
    table.Note(
        "A net change is what came less what left. How many moved from one column to another is "
        "known from case records only.");
    return table.Take();
  }

  const MatrixRow* RowBefore(const RowKey& key, const MatrixRow& row) const {
    const auto previous = PreviousPeriod(row.period);
    if (!previous) return nullptr;
    const auto it = rows_.find(
        {previous->end_date(), previous->start_date(), key.source_id, key.extract, key.basis});
    return it == rows_.end() ? nullptr : &it->second;
  }

  void WriteChange(const MatrixRow& before, const MatrixRow& now, const std::string& measure_id,
                   TableBuilder& table) const {
    const auto earlier = NumberIn(before, measure_id);
    const auto later = NumberIn(now, measure_id);
    if (!earlier || !later) {
      table.CellOr("", marker::kNotAvailable);
      return;
    }
    const ObservationRow& from = *before.figures.at(measure_id);
    const ObservationRow& to = *now.figures.at(measure_id);
    if (IsBrokenFromTo(from.fact(), to.fact())) {
      table.CellOr("", marker::kBreak);
      return;
    }
    table.Cell((*later - *earlier).ToSignedString());
    table.RestsOn({from.origin().position(), to.origin().position()});
  }

  const ReportViews& views_;
  const FigureMatrixRequest& request_;
  const AnswerContext& context_;
  const std::string why_no_total_;
  TableBuilder table_;
  std::map<RowKey, MatrixRow> rows_;
  std::map<std::string, std::optional<Decimal>> sums_;  // nullopt: a period lacks the figure
  std::uint64_t back_loaded_ = 0;
};

absl::Status CheckMeasure(const views::RegisterView& names, std::string_view parameter,
                          const std::string& measure_id) {
  const views::v1::MeasureRow* row = FindMeasure(names, measure_id);
  if (row == nullptr || row->definition().measure_id().empty()) {
    return NotFound(parameter, "measure", "UNKNOWN_MEASURE");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TablesAnswer> FigureMatrix(const ReportViews& views,
                                          const FigureMatrixRequest& request,
                                          const AnswerContext& context) {
  if (request.measure_ids.empty()) return MissingParameter("measures");
  if (request.area_id.empty()) return MissingParameter("area");
  if (request.measure_ids.size() > FigureMatrixRequest::kMeasuresMax) {
    return InvalidParameter("measures", fmt::format("a list of at most {} measures",
                                                    FigureMatrixRequest::kMeasuresMax));
  }
  const std::set<std::string> once(request.measure_ids.begin(), request.measure_ids.end());
  if (once.size() != request.measure_ids.size()) {
    return InvalidParameter("measures", "a list that names each measure once");
  }
  for (const std::string& measure_id : request.measure_ids) {
    if (absl::Status known = CheckMeasure(*views.names, "measures", measure_id); !known.ok()) {
      return known;
    }
  }
  if (!request.share_id.empty()) {
    if (absl::Status known = CheckMeasure(*views.names, "share", request.share_id); !known.ok()) {
      return known;
    }
  }
  if (FindArea(*views.names, request.area_id) == nullptr) {
    return NotFound("area", "area", "UNKNOWN_AREA");
  }
  return MatrixWriter(views, request, context).Write();
}

}  // namespace daybook::reports
