// Which headings and themes projects serve.
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/plan_links.h"
#include "projections/reports/plan_reading.h"
#include "projections/reports/report_error.h"
#include "projections/views/plan_performance_view.h"
#include "projections/views/register_view.h"
#include "projections/views/row_key.h"

namespace daybook::reports {
namespace {

using views::v1::PriorityRow;
using views::v1::ProjectRow;

// What a row or column of the matrix stands for.
struct Heading {
  std::string id;
  std::string label;
};

std::vector<Heading> HeadingsOf(const PlanReading& plan) {
  std::vector<Heading> headings;
  for (const PriorityRow* row : plan.priorities) {
    if (row->fact().cross_cutting()) continue;
    const auto& fact = row->fact();
    headings.push_back(
        {fact.priority_id(),
         fact.number() == 0 ? fact.label() : fmt::format("{} {}", fact.number(), fact.label())});
  }
  return headings;
}

// Themes of every dimension that the projects name, and themes that no dimension has.
std::vector<Heading> ThemesOf(const ReportViews& views, const std::vector<const ProjectRow*>& rows,
                              std::vector<std::string>& undefined) {
  std::vector<Heading> themes;
  std::set<std::string> dimensions;
  std::set<std::string> known;
  for (const ProjectRow* row : rows) dimensions.insert(row->fact().themes_dimension_id());
  for (const std::string& id : dimensions) {
    const auto* dimension = views.names->dimensions().Find(views::RowKey({id}));
    if (dimension == nullptr) continue;
    for (const auto& category : dimension->categories()) {
      if (!known.insert(category.category_id()).second) continue;
      themes.push_back({category.category_id(),
                        category.label().empty() ? category.category_id() : category.label()});
    }
  }
  for (const ProjectRow* row : rows) {
    for (const std::string& theme : row->fact().theme_ids()) {
      if (!known.insert(theme).second) continue;
      themes.push_back({theme, theme});
      undefined.push_back(theme);
    }
  }
  return themes;
}

bool Has(const google::protobuf::RepeatedPtrField<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::string LabelsOf(const google::protobuf::RepeatedPtrField<std::string>& ids,
                     const std::vector<Heading>& headings) {
  std::vector<std::string> labels;
  for (const Heading& heading : headings) {
    if (Has(ids, heading.id)) labels.push_back(heading.label);
  }
  return fmt::format("{}", fmt::join(labels, "; "));
}

template <class Serves>
std::uint64_t Count(const std::vector<const ProjectRow*>& rows, const Serves& serves) {
  std::uint64_t count = 0;
  for (const ProjectRow* row : rows) count += serves(row->fact()) ? 1 : 0;
  return count;
}

TableBuilder MatrixOf(const std::vector<const ProjectRow*>& rows,
                      const std::vector<Heading>& headings, const std::vector<Heading>& themes) {
  TableBuilder table("coverage", "Projects that serve a theme and a heading");
  table.Key("theme", "Theme");
  for (const Heading& heading : headings) table.Number(heading.id, heading.label);
  table.Number("projects", "Projects");
  for (const Heading& theme : themes) {
    table.Row().Cell(theme.label);
    for (const Heading& heading : headings) {
      table.Cell(Count(rows, [&](const auto& project) {
        return Has(project.theme_ids(), theme.id) && Has(project.priority_ids(), heading.id);
      }));
    }
    table.Cell(
        Count(rows, [&](const auto& project) { return Has(project.theme_ids(), theme.id); }));
  }
  table.Row().Cell("Projects");
  for (const Heading& heading : headings) {
    table.Cell(
        Count(rows, [&](const auto& project) { return Has(project.priority_ids(), heading.id); }));
  }
  table.Cell(rows.size());
  table.Note(
      "A project that serves several counts in each, so rows and columns do not add up to the "
      "numbers of projects.");
  return table;
}

// Says what nobody serves.
template <class IdsOf>
void NoteUncovered(const std::vector<const ProjectRow*>& rows, const std::vector<Heading>& wanted,
                   std::string_view what, const IdsOf& ids_of, TableBuilder& table) {
  std::vector<std::string> missing;
  for (const Heading& heading : wanted) {
    if (Count(rows, [&](const auto& project) { return Has(ids_of(project), heading.id); }) == 0) {
      missing.push_back(heading.label);
    }
  }
  if (!missing.empty()) {
    table.Note(fmt::format("No project serves {}: {}.", what, fmt::join(missing, "; ")));
  }
}

}  // namespace

absl::StatusOr<TablesAnswer> CoverageMatrix(const ReportViews& views, const std::string& plan_id,
                                            const AnswerContext& context) {
  if (plan_id.empty()) return MissingParameter("plan");
  const PlanReading plan = ReadPlan(*views.plans, plan_id);
  if (plan.plan == nullptr) return NotFound("plan", "plan", "UNKNOWN_PLAN");
  const std::vector<const ProjectRow*> rows =
      RowsUnder(views.plans->projects(), views::RowKey({plan_id}));
  const std::vector<Heading> headings = HeadingsOf(plan);
  std::vector<std::string> undefined;
  const std::vector<Heading> themes = ThemesOf(views, rows, undefined);
  std::uint64_t back_loaded = 0;
  TableBuilder projects("projects", "Projects and what they serve");
  projects.Key("project", "Project").Text("label", "Label").Text("headings", "Headings");
  projects.Text("themes", "Themes");
  for (const ProjectRow* row : rows) {
    projects.Row().Cell(row->fact().project_id()).Cell(row->fact().label());
    projects.Cell(LabelsOf(row->fact().priority_ids(), headings));
    projects.Cell(LabelsOf(row->fact().theme_ids(), themes));
    projects.RestsOn({row->origin().position()});
    if (row->origin().back_loaded()) ++back_loaded;
  }
  for (std::string& note : StandingNotes(plan)) projects.Note(std::move(note));
  std::vector<TableBuilder> tables;
  tables.push_back(std::move(projects));
  if (!rows.empty()) {
    TableBuilder matrix = MatrixOf(rows, headings, themes);
    NoteUncovered(
        rows, headings, "these headings",
        [](const auto& project) -> const auto& { return project.priority_ids(); }, matrix);
    NoteUncovered(
        rows, themes, "these themes",
        [](const auto& project) -> const auto& { return project.theme_ids(); }, matrix);
    if (!undefined.empty()) {
      matrix.Note(fmt::format("Not in the dimension that the projects name: {}.",
                              fmt::join(undefined, "; ")));
    }
    tables.push_back(std::move(matrix));
  }
  return FinishTables(std::move(tables), context, back_loaded,
                      "No project of this plan is held, so nothing is said of its coverage. Send "
                      "them with the dataset projects.");
}

}  // namespace daybook::reports
