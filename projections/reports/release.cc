#include "projections/reports/release.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <utility>

#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "projections/reports/base_cells.h"
#include "projections/reports/rendered_report.h"
#include "projections/reports/report_views.h"
#include "projections/reports/table_builder.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/referral_trend_view.h"
#include "projections/views/returned_figures_view.h"

namespace daybook::reports {
namespace {

using measures::events::v1::TableReleased;
using values::Decimal;

constexpr std::int64_t kThreshold = 5;
constexpr std::int64_t kRoundingBase = 5;
Cube::Categories CategoriesOf(const Cube& cube, const TableReleased::ReleasedSum& sum) {
  Cube::Categories categories(cube.dimensions().size());
  for (const auto& value : sum.dimensions()) {
    for (std::size_t i = 0; i < categories.size(); ++i) {
      if (cube.dimensions()[i]->dimension_id() == value.dimension_id()) {
        categories[i] = value.category_id();
      }
    }
  }
  return categories;
}

// The dimensions that a table or those before it break down by.
std::vector<std::size_t> AllUsed(const Cube& cube, std::vector<std::size_t> used,
                                 const std::vector<const TableReleased*>& before) {
  for (const TableReleased* released : before) {
    for (const auto& sum : released->sums()) {
      const Cube::Categories categories = CategoriesOf(cube, sum);
      for (std::size_t i = 0; i < categories.size(); ++i) {
        if (!categories[i].empty()) used.push_back(i);
      }
    }
  }
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  return used;
}

void AddKnown(const Cube& cube, const BaseCells& base, const TableReleased& released,
              CountsRelease& release) {
  for (const auto& sum : released.sums()) {
    const Cube::Categories categories = CategoriesOf(cube, sum);
    const auto today = WholeCount(cube.At(categories).number);
    if (!today) continue;
    if (const auto said = SaidBefore(released, sum, *today)) {
      release.problem.known.push_back({base.SumOf(categories), *said});
    }
  }
}

absl::Status NotReleasable(std::string_view why) {
  return eventstore::MakeError(
      absl::StatusCode::kFailedPrecondition,
      fmt::format("the report cannot be made safe for the public: {}", why),
      {.reason = "NOT_RELEASABLE",
       .remedy =
           "Ask for fewer rows or columns, or for the other protection; or release nothing."});
}

absl::Status CheckReleasable(const RenderedReport& report) {
  if (!report.texts.empty()) {
    return NotReleasable(
        "it prints texts that were sealed when they came, and nobody has read them "
        "for what they say of whom");
  }
  for (const CountsRelease& release : report.releases) {
    if (!release.refusal.empty()) return NotReleasable(release.refusal);
  }
  return absl::OkStatus();
}

v1::Cell& CellAt(RenderedReport& report, const PrintedCell& at) {
  return *report.response.mutable_tables(at.table)->mutable_rows(at.row)->mutable_cells(at.column);
}

TableReleased::ReleasedSum& RecordOf(CountsRelease& release, std::size_t printed) {
  const auto [record, sum] = release.recorded[printed];
  return *release.records[static_cast<std::size_t>(record)].mutable_sums(sum);
}

void Hide(v1::Cell& cell) {
  cell.clear_text();
  cell.set_marker(std::string(marker::kConfidential));
}

std::string_view WhyWord(stats::Protection::Why why) {
  return why == stats::Protection::Why::kSensitive ? "a small count" : "protects a small count";
}

absl::StatusOr<stats::Protection> Suppress(const CountsRelease& release) {
  auto protection = stats::Protect(release.problem, {.threshold = kThreshold});
  if (!protection.ok()) return NotReleasable(eventstore::Message(protection.status()));
  return protection;
}

// What nobody can account for, and what follows from a count that is not as it is held.
void HideWhatFollows(const CountsRelease& release, const std::vector<bool>& is_shown,
                     RenderedReport& report) {
  for (const PrintedCell& at : release.withheld) Hide(CellAt(report, at));
  for (const DerivedCell& derived : release.derived) {
    const bool shown = std::all_of(derived.of.begin(), derived.of.end(),
                                   [&](std::size_t count) { return is_shown[count]; });
    if (!shown) Hide(CellAt(report, derived.at));
  }
}

void NoteOnTables(const CountsRelease& release, const std::string& note, RenderedReport& report) {
  std::set<int> tables;
  for (const auto& cells : release.cells) {
    for (const PrintedCell& at : cells) tables.insert(at.table);
  }
  for (const PrintedCell& at : release.withheld) tables.insert(at.table);
  for (const int table : tables) report.response.mutable_tables(table)->add_notes(note);
}

absl::Status SuppressCells(CountsRelease& release, RenderedReport& report) {
  DAYBOOK_ASSIGN_OR_RETURN(const stats::Protection protection, Suppress(release));
  for (TableReleased& record : release.records) {
    record.set_protection(TableReleased::PROTECTION_SUPPRESSED);
  }
  std::vector<bool> is_shown;
  bool any = !release.withheld.empty();
  for (std::size_t i = 0; i < release.cells.size(); ++i) {
    is_shown.push_back(protection.printed[i] == stats::Protection::Why::kShown);
    auto& sum = RecordOf(release, i);
    sum.set_hidden(!is_shown[i]);
    if (is_shown[i]) sum.set_value(CellAt(report, release.cells[i].front()).text());
    any = any || !is_shown[i];
    for (const PrintedCell& at : release.cells[i]) {
      if (!is_shown[i]) Hide(CellAt(report, at));
    }
  }
  HideWhatFollows(release, is_shown, report);
  if (any) {
    NoteOnTables(release,
                 fmt::format("[c] hidden: a count from 1 to {}, or a number that would give such a "
                             "count away. Zeros are shown.",
                             kThreshold - 1),
                 report);
  }
  return absl::OkStatus();
}

absl::Status RoundCells(CountsRelease& release, RenderedReport& report) {
  if (absl::Status safe =
          stats::CheckRounded(release.problem, {.threshold = kThreshold}, kRoundingBase);
      !safe.ok()) {
    return NotReleasable(eventstore::Message(safe));
  }
  for (TableReleased& record : release.records) {
    record.set_protection(TableReleased::PROTECTION_ROUNDED);
  }
  for (std::size_t i = 0; i < release.cells.size(); ++i) {
    const std::int64_t count = stats::ValueOf(release.problem, release.problem.printed[i]);
    const std::int64_t rounded = stats::RoundedTo(count, kRoundingBase);
    for (const PrintedCell& at : release.cells[i]) {
      v1::Cell& cell = CellAt(report, at);
      cell.set_text(std::to_string(rounded));
      if (rounded == 0 && count > 0) cell.set_marker(std::string(marker::kLow));
    }
    RecordOf(release, i).set_value(std::to_string(rounded));
  }
  // What follows from counts follows from the true ones.
  HideWhatFollows(release, std::vector<bool>(release.cells.size(), false), report);
  NoteOnTables(release,
               fmt::format("Every count is rounded to the nearest {} by itself, so that totals may "
                           "differ from sums; [low]: rounds to 0.",
                           kRoundingBase),
               report);
  return absl::OkStatus();
}

// Nobody outside can read the log, and which facts a count rests on is nobody's business there.
void ForgetPositions(RenderedReport& report) {
  for (v1::Table& table : *report.response.mutable_tables()) {
    for (v1::Row& row : *table.mutable_rows()) {
      for (int column = 0; column < row.cells_size(); ++column) {
        row.mutable_cells(column)->clear_positions();
        if (table.columns(column).aside()) row.mutable_cells(column)->Clear();
      }
    }
  }
}

}  // namespace

TableReleased NewRecord() {
  TableReleased record;
  record.set_threshold(static_cast<std::uint32_t>(kThreshold));
  return record;
}

std::int64_t SmallCountsEnd() { return kThreshold; }

std::optional<stats::Span> SaidBefore(const TableReleased& released,
                                      const TableReleased::ReleasedSum& sum, std::int64_t today) {
  if (sum.hidden()) {
    return today >= 1 ? std::optional(stats::Span{1, stats::kNoLimit}) : std::nullopt;
  }
  const auto printed = WholeCount(Decimal::Parse(sum.value()));
  if (!printed) return std::nullopt;
  if (released.protection() != TableReleased::PROTECTION_ROUNDED) {
    return *printed == today ? std::optional(stats::Span{today, today}) : std::nullopt;
  }
  const stats::Span said = stats::RoundingSpan(*printed, released.threshold());
  return said.lower <= today && today <= said.upper ? std::optional(said) : std::nullopt;
}

std::uint64_t ReleasesIn(const ReportViews& views) {
  std::uint64_t releases = 0;
  for (const views::SeriesBook* book :
       {&views.incidents->series(), &views.referrals->series(), &views.returned->series()}) {
    releases += book->releases().size();
  }
  return releases;
}

CountsRelease MakeRelease(const Cube& cube, const std::vector<std::size_t>& used,
                          const std::vector<Cube::Categories>& printed,
                          const std::vector<PrintedCell>& cells,
                          const std::vector<const TableReleased*>& before) {
  CountsRelease release;
  for (const PrintedCell& at : cells) release.cells.push_back({at});
  TableReleased& record = release.records.emplace_back(NewRecord());
  const BaseCells base(cube, AllUsed(cube, used, before));
  if (base.size() > stats::kCellsMax) {
    release.refusal = "the table is too large to be proved safe; ask for fewer rows or columns";
    return release;
  }
  if (!base.AllKnown()) {
    release.refusal =
        "not every count that its totals are made of is held as an exact number, so nobody can say "
        "what could be worked out from it";
    return release;
  }
  if (!cube.Disagreements().empty()) {
    release.refusal = "a total of it is not the sum of its parts, which has to be put right first";
    return release;
  }
  release.problem.cells = base.Counts();
  for (const Cube::Categories& categories : printed) {
    const auto count = WholeCount(cube.At(categories).number);
    if (!count) {
      release.refusal = "a figure of it is no exact count";
      return release;
    }
    stats::Sum sum_of = base.SumOf(categories);
    if (*count != stats::ValueOf(release.problem, sum_of)) {
      release.refusal =
          "a total of it counts more than its categories do, and what they leave out is not held "
          "for every other total";
      return release;
    }
    release.problem.printed.push_back(std::move(sum_of));
    release.recorded.emplace_back(0, record.sums_size());
    auto* sum = record.add_sums();
    for (std::size_t i = 0; i < categories.size(); ++i) {
      if (categories[i].empty()) continue;
      auto* value = sum->add_dimensions();
      value->set_dimension_id(cube.dimensions()[i]->dimension_id());
      value->set_category_id(categories[i]);
    }
  }
  base.ForEachMargin([&](const Cube::Categories& categories) {
    if (release.problem.margins.size() > stats::kSumsMax) return;
    stats::Sum sum = base.SumOf(categories);
    const auto& stands = release.problem.printed;
    if (std::find(stands.begin(), stands.end(), sum) == stands.end()) {
      release.problem.margins.push_back(std::move(sum));
    }
  });
  for (const TableReleased* released : before) AddKnown(cube, base, *released, release);
  return release;
}

absl::Status ProtectForPublic(v1::Protection protection, RenderedReport& report) {
  DAYBOOK_RETURN_IF_ERROR(CheckReleasable(report));
  ForgetPositions(report);
  for (CountsRelease& release : report.releases) {
    DAYBOOK_RETURN_IF_ERROR(protection == v1::PROTECTION_ROUNDING ? RoundCells(release, report)
                                                                  : SuppressCells(release, report));
  }
  for (v1::Table& table : *report.response.mutable_tables()) {
    auto& notes = *table.mutable_notes();
    notes.erase(std::unique(notes.begin(), notes.end()), notes.end());
  }
  return absl::OkStatus();
}

absl::Status ExplainProtection(v1::Protection protection, RenderedReport& report) {
  DAYBOOK_RETURN_IF_ERROR(CheckReleasable(report));
  TableBuilder explained("protection", "What is hidden and why: not for publication");
  explained.Key("row", "Row").Key("column", "Column").Number("count", "Count");
  explained.Text("why", "Why").Number("from", "A reader can say from").Number("to", "To");
  if (protection == v1::PROTECTION_ROUNDING) {
    explained.Note("Rounding hides no single count: each is shown as the nearest multiple.");
  } else {
    for (const CountsRelease& release : report.releases) {
      DAYBOOK_ASSIGN_OR_RETURN(const stats::Protection made, Suppress(release));
      for (std::size_t i = 0; i < release.cells.size(); ++i) {
        if (made.printed[i] == stats::Protection::Why::kShown) continue;
        const PrintedCell& at = release.cells[i].front();
        const v1::Table& table = report.response.tables(at.table);
        const v1::Row& row = table.rows(at.row);
        std::string named;
        for (int column = 0; column < table.columns_size(); ++column) {
          if (!table.columns(column).names_row() || row.cells(column).text().empty()) continue;
          named += (named.empty() ? "" : ", ") + row.cells(column).text();
        }
        explained.Row().Cell(named).Cell(table.columns(at.column).title());
        explained.Cell(row.cells(at.column).text()).Cell(WhyWord(made.printed[i]));
        explained.Cell(static_cast<std::uint64_t>(made.spans[i].lower));
        explained.Cell(static_cast<std::uint64_t>(made.spans[i].upper));
      }
    }
    for (const CountsRelease& release : report.releases) {
      if (release.withheld.empty()) continue;
      explained.NoteOnce(
          "Numbers that do not follow from returned counts of this report are hidden, too.");
    }
    if (explained.rows() == 0) explained.Note("No count has to be hidden.");
    explained.Note("Different measures are taken to have nothing to do with each other.");
  }
  report.response.clear_tables();
  *report.response.add_tables() = explained.Take();
  return absl::OkStatus();
}

}  // namespace daybook::reports
