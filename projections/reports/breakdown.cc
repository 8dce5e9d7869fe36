#include "projections/reports/breakdown.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/cube.h"
#include "projections/reports/figure.h"
#include "projections/reports/names.h"
#include "projections/reports/report_error.h"
#include "projections/reports/series.h"
#include "projections/reports/table_builder.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/referral_trend_view.h"
#include "projections/views/register_view.h"
#include "projections/views/returned_figures_view.h"
#include "projections/views/row_key.h"

namespace daybook::reports {
namespace {

using measures::events::v1::ObservationRecorded;
using measures::events::v1::TableReleased;

// What a cube is about.
struct CubeKey {
  std::string end;
  std::string start;
  std::string source_id;
  std::string extract;
  Basis basis;
  friend auto operator<=>(const CubeKey&, const CubeKey&) = default;
};

// What a table breaks down by.
struct Layout {
  std::vector<const Dimension*> dimensions;  // of the measure
  std::size_t rows = 0;                      // index of the one down the side
  std::vector<std::size_t> columns;          // indices of those across
  std::vector<Cube::Categories> across;      // the combinations of their categories
};

std::string CategoryLabel(const Dimension& dimension, const std::string& category_id) {
  for (const auto& category : dimension.categories()) {
    if (category.category_id() == category_id) return category.label();
  }
  return category_id;
}

std::string LabelOf(const Layout& layout, const Cube::Categories& categories) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < categories.size(); ++i) {
    if (!categories[i].empty()) {
      labels.push_back(CategoryLabel(*layout.dimensions[i], categories[i]));
    }
  }
  return fmt::format("{}", fmt::join(labels, ", "));
}

class BreakdownWriter {
 public:
  BreakdownWriter(const ReportViews& views, const BreakdownRequest& request, Layout layout,
                  const AnswerContext& context)
      : views_(views),
        request_(request),
        layout_(std::move(layout)),
        context_(context),
        table_("breakdown", fmt::format("{}: {}", MeasureLabel(*views.names, request.measure_id),
                                        AreaName(*views.names, request.area_id))) {}

  RenderedReport Write() {
    for (const views::SeriesBook* book :
         {&views_.incidents->series(), &views_.referrals->series(), &views_.returned->series()}) {
      Collect(book->cells());
      // Totals belong to a cube where something of it is broken down; alone they are no breakdown.
      Collect(book->observations());
      for (const auto& [key, released] : book->releases().rows()) releases_.push_back(&released);
    }
    std::erase_if(cubes_, [](const auto& entry) { return !entry.second.is_broken_down; });
    Begin();
    for (const auto& [key, collected] : cubes_) WriteCube(key, collected);
    for (const auto& note : notes_) table_.Note(note);
    if (cubes_.empty() && !context_.truth.known_on) {
      table_.Note("No figure of this measure is held that is broken down for the area.");
    }
    RenderedReport report;
    report.releases = std::move(made_);
    v1::Table& table = *report.response.add_tables() = table_.Take();
    AddKnownNotes(context_, cubes_.empty(), back_loaded_, table.mutable_notes());
    *report.response.mutable_truth() = TruthOf(context_, back_loaded_);
    return report;
  }

 private:
  struct Collected {
    explicit Collected(std::vector<const Dimension*> dimensions) : cube(std::move(dimensions)) {}
    Cube cube;
    Period period;
    bool is_broken_down = false;
  };

  void Collect(const views::SeriesBook::Observations& rows) {
    for (auto it = rows.rows().lower_bound(views::RowKey({request_.measure_id, request_.area_id}));
         it != rows.rows().end(); ++it) {
      const ObservationRecorded& fact = it->second.fact();
      if (fact.measure_id() != request_.measure_id || fact.area_id() != request_.area_id) break;
      if (!request_.source_id.empty() && fact.source_id() != request_.source_id) continue;
      if (request_.within && !Contains(*request_.within, fact.period())) continue;
      const auto [entry, is_new] =
          cubes_.try_emplace({fact.period().end_date(), fact.period().start_date(),
                              fact.source_id(), fact.extract(), BasisOf(fact)},
                             layout_.dimensions);
      entry->second.period = fact.period();
      entry->second.cube.Add(it->second);
      entry->second.is_broken_down |= !fact.dimensions().empty();
      if (it->second.origin().back_loaded()) ++back_loaded_;
    }
  }

  void Begin() {
    table_.Key("period", "Period").Key("source", "Source").Key("extract", "Extract");
    table_.Key("basis", "Basis").Key("category", layout_.dimensions[layout_.rows]->label());
    for (const Cube::Categories& categories : layout_.across) {
      std::vector<std::string> ids;
      for (const std::string& id : categories) {
        if (!id.empty()) ids.push_back(id);
      }
      table_.Number(fmt::format("{}", fmt::join(ids, "_")), LabelOf(layout_, categories));
    }
    table_.Number("total", "Total");
    for (const Dimension* dimension : layout_.dimensions) {
      for (const auto& gap : dimension->gaps()) {
        notes_.insert(
            gap.lower() == gap.upper()
                ? fmt::format("{}: nobody of {} is in any band.", dimension->label(), gap.lower())
                : fmt::format("{}: nobody of {} to {} is in any band.", dimension->label(),
                              gap.lower(), gap.upper()));
      }
    }
  }

  void WriteCube(const CubeKey& key, const Collected& collected) {
    std::vector<Cube::Categories> printed;
    std::vector<PrintedCell> cells;
    const auto write_row = [&](const std::string& category_id, const std::string& label) {
      table_.Row().Cell(PeriodLabel(collected.period));
      table_.Cell(OrganisationName(*views_.names, key.source_id)).Cell(key.extract);
      table_.Cell(BasisWord(key.basis)).Cell(label);
      int column = kColumnsBefore;
      std::vector<Cube::Categories> combinations = layout_.across;
      combinations.emplace_back(layout_.dimensions.size());
      for (Cube::Categories& categories : combinations) {
        categories[layout_.rows] = category_id;
        if (WriteCell(collected.cube.At(categories))) {
          printed.push_back(categories);
          cells.push_back({0, table_.rows() - 1, column});
        }
        ++column;
      }
    };
    for (const auto& category : layout_.dimensions[layout_.rows]->categories()) {
      write_row(category.category_id(), category.label());
    }
    write_row("", "All");
    NoteDisagreements(collected);
    if (context_.for_release) AddRelease(key, collected, printed, cells);
  }

  // False where there is no figure.
  bool WriteCell(const Cube::Value& value) {
    table_.CellOr(value.words, marker::kNotAvailable).RestsOn(value.positions);
    if (value.computed)
      notes_.insert("Figures that were not returned are the sums of their parts.");
    return !value.words.empty();
  }

  void NoteDisagreements(const Collected& collected) {
    for (const Cube::Disagreement& found : collected.cube.Disagreements()) {
      const std::string of = LabelOf(layout_, found.total);
      notes_.insert(fmt::format("{}{}: returned as {}, its parts by {} are {} together.",
                                PeriodLabel(collected.period), of.empty() ? "" : ", " + of,
                                collected.cube.At(found.total).words,
                                layout_.dimensions[found.over]->label(), found.sum.ToString()));
    }
  }

  void AddRelease(const CubeKey& key, const Collected& collected,
                  const std::vector<Cube::Categories>& printed,
                  const std::vector<PrintedCell>& cells) {
    std::vector<const TableReleased*> before;
    for (const TableReleased* released : releases_) {
      if (released->measure_id() == request_.measure_id &&
          released->area_id() == request_.area_id && released->source_id() == key.source_id &&
          released->extract() == key.extract && released->period().start_date() == key.start &&
          released->period().end_date() == key.end) {
        before.push_back(released);
      }
    }
    std::vector<std::size_t> used = layout_.columns;
    used.push_back(layout_.rows);
    CountsRelease release = MakeRelease(collected.cube, used, printed, cells, before);
    const auto& definition = FindMeasure(*views_.names, request_.measure_id)->definition();
    if (!definition.is_count()) release.refusal = "its figures are no counts";
    TableReleased& record = release.records.front();
    record.set_report("breakdown");
    record.set_measure_id(request_.measure_id);
    record.set_area_id(request_.area_id);
    record.set_source_id(key.source_id);
    record.set_extract(key.extract);
    *record.mutable_period() = collected.period;
    made_.push_back(std::move(release));
  }

  static constexpr int kColumnsBefore = 5;

  const ReportViews& views_;
  const BreakdownRequest& request_;
  const Layout layout_;
  const AnswerContext& context_;
  TableBuilder table_;
  std::map<CubeKey, Collected> cubes_;
  std::vector<const TableReleased*> releases_;
  std::vector<CountsRelease> made_;
  std::set<std::string> notes_;
  std::uint64_t back_loaded_ = 0;
};

// Every combination of the categories of the dimensions across, in their order.
std::vector<Cube::Categories> Combinations(const Layout& layout) {
  std::vector<Cube::Categories> combinations(1, Cube::Categories(layout.dimensions.size()));
  for (const std::size_t i : layout.columns) {
    std::vector<Cube::Categories> longer;
    for (const Cube::Categories& categories : combinations) {
      for (const auto& category : layout.dimensions[i]->categories()) {
        longer.push_back(categories);
        longer.back()[i] = category.category_id();
      }
    }
    combinations = std::move(longer);
  }
  if (layout.columns.empty()) combinations.clear();
  return combinations;
}

absl::StatusOr<std::size_t> IndexOf(const Layout& layout, std::string_view parameter,
                                    const std::string& dimension_id) {
  for (std::size_t i = 0; i < layout.dimensions.size(); ++i) {
    if (layout.dimensions[i]->dimension_id() == dimension_id) return i;
  }
  return NotFound(parameter, "dimension of the measure", "UNKNOWN_DIMENSION");
}

absl::StatusOr<Layout> LayoutOf(const ReportViews& views, const BreakdownRequest& request) {
  Layout layout;
  const auto& definition = FindMeasure(*views.names, request.measure_id)->definition();
  for (const std::string& dimension_id : definition.dimension_ids()) {
    const Dimension* dimension = views.names->dimensions().Find(views::RowKey({dimension_id}));
    if (dimension != nullptr) layout.dimensions.push_back(dimension);
  }
  if (layout.dimensions.empty()) {
    return InvalidParameter("measure", "a measure that is broken down by a dimension");
  }
  if (!request.rows.empty()) {
    DAYBOOK_ASSIGN_OR_RETURN(layout.rows, IndexOf(layout, "by", request.rows));
  }
  std::size_t combinations = 1;
  for (const std::string& dimension_id : request.columns) {
    DAYBOOK_ASSIGN_OR_RETURN(const std::size_t i, IndexOf(layout, "across", dimension_id));
    const auto& columns = layout.columns;
    if (i == layout.rows || std::find(columns.begin(), columns.end(), i) != columns.end()) {
      return InvalidParameter("across",
                              "a list that names each dimension once, and not that of "
                              "the rows");
    }
    layout.columns.push_back(i);
    combinations *= static_cast<std::size_t>(layout.dimensions[i]->categories_size());
  }
  if (combinations > BreakdownRequest::kColumnsMax) {
    return InvalidParameter("across", fmt::format("a list that makes at most {} columns",
                                                  BreakdownRequest::kColumnsMax));
  }
  layout.across = Combinations(layout);
  return layout;
}

}  // namespace

absl::StatusOr<RenderedReport> Breakdown(const ReportViews& views, const BreakdownRequest& request,
                                         const AnswerContext& context) {
  const views::v1::MeasureRow* measure = FindMeasure(*views.names, request.measure_id);
  if (measure == nullptr || measure->definition().label().empty()) {
    return NotFound("measure", "measure", "UNKNOWN_MEASURE");
  }
  if (FindArea(*views.names, request.area_id) == nullptr) {
    return NotFound("area", "area", "UNKNOWN_AREA");
  }
  DAYBOOK_ASSIGN_OR_RETURN(Layout layout, LayoutOf(views, request));
  return BreakdownWriter(views, request, std::move(layout), context).Write();
}

}  // namespace daybook::reports
