#include "projections/reports/scrutiny_tables.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "projections/reports/dates.h"
#include "projections/reports/names.h"
#include "projections/reports/report_error.h"
#include "projections/reports/table_builder.h"
#include "projections/views/row_key.h"
#include "projections/views/scrutiny_view.h"
#include "proto/values/civil.h"

namespace daybook::reports {
namespace {

using scrutiny::events::v1::ResolutionPassed;
using scrutiny::events::v1::ResponseGiven;
using scrutiny::events::v1::SectionSubmitted;
using views::v1::AssessmentRow;
using views::v1::ResolutionRow;
using views::v1::RiskRow;

struct SectionWords {
  SectionSubmitted::Section section;
  std::string_view words;
};
constexpr std::array<SectionWords, 6> kSections = {
    {{SectionSubmitted::SECTION_LEVELS, "levels and patterns"},
     {SectionSubmitted::SECTION_CHANGES, "changes since the assessment before"},
     {SectionSubmitted::SECTION_CAUSES, "why they changed"},
     {SectionSubmitted::SECTION_PRIORITIES, "what the authorities should prioritise"},
     {SectionSubmitted::SECTION_PUBLIC_PRIORITIES, "what the public thinks they should prioritise"},
     {SectionSubmitted::SECTION_PLAN_REVIEW, "how far last year's plan was carried out"}}};

std::string_view DispositionWords(ResponseGiven::Disposition disposition) {
  switch (disposition) {
    case ResponseGiven::DISPOSITION_ADOPTED:
      return "adopted";
    case ResponseGiven::DISPOSITION_PARTLY_ADOPTED:
      return "adopted in part";
    case ResponseGiven::DISPOSITION_NOT_ADOPTED:
      return "not adopted";
    default:
      return "answered";
  }
}

// Days from one to the other; nullopt where one of them is no day.
std::optional<int> DaysFromTo(std::string_view from, std::string_view to) {
  const auto first = values::ParseDay(from);
  const auto last = values::ParseDay(to);
  if (!first || !last) return std::nullopt;
  return last->days - first->days;
}

// ---------------------------------------------------------------- resolutions

std::vector<const ResolutionRow*> ResolutionsOf(const ReportViews& views,
                                                const ScrutinyRequest& request) {
  std::vector<const ResolutionRow*> rows;
  for (const auto& [key, row] : views.scrutiny->resolutions().rows()) {
    const bool wanted = row.has_fact() && (request.partnership_id.empty() ||
                                           row.fact().partnership_id() == request.partnership_id);
    if (wanted) rows.push_back(&row);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const ResolutionRow* a, const ResolutionRow* b) {
    return std::tuple(a->fact().passed_date(), a->fact().resolution_id()) <
           std::tuple(b->fact().passed_date(), b->fact().resolution_id());
  });
  return rows;
}

void WriteOpen(const ResolutionPassed& passed, const std::string& today, TableBuilder& table) {
  const bool overdue = !passed.due_date().empty() && passed.due_date() < today;
  const auto days = DaysFromTo(passed.passed_date(), today);
  table.Cell(overdue ? "open, overdue" : "open").Cell("");
  table.CellOr(days ? std::to_string(*days) : "", marker::kNotAvailable);
  table.Cell("").Cell("").Cell("");
}

void WriteAnswered(const ResolutionPassed& passed, const ResponseGiven& response,
                   TableBuilder& table) {
  const auto days = DaysFromTo(passed.passed_date(), response.answered_date());
  table.Cell(DispositionWords(response.disposition())).Cell(response.answered_date());
  table.CellOr(days ? std::to_string(*days) : "", marker::kNotAvailable);
  table.Cell(response.document_id()).Cell(response.section()).Cell(response.reason());
}

// ---------------------------------------------------------------- assessments

// In the order of their years.
std::vector<const AssessmentRow*> AssessmentsOf(const ReportViews& views,
                                                const ScrutinyRequest& request) {
  std::vector<const AssessmentRow*> rows;
  for (const auto& [key, row] : views.scrutiny->assessments().rows()) {
    const bool wanted = row.has_fact() && (request.partnership_id.empty() ||
                                           row.fact().partnership_id() == request.partnership_id);
    if (wanted) rows.push_back(&row);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const AssessmentRow* a, const AssessmentRow* b) {
    return a->fact().year().start_date() < b->fact().year().start_date();
  });
  return rows;
}

std::string StateOf(const AssessmentRow& row) {
  if (!row.approved_date().empty()) return "approved " + row.approved_date();
  return fmt::format("{} of {}", row.sections_size(), kSections.size());
}

void WriteSection(const ReportViews& views, const AssessmentRow& row, const SectionWords& wanted,
                  TableBuilder& table) {
  table.Row().Cell(row.fact().assessment_id()).Cell(PeriodLabel(row.fact().year()));
  table.Cell(wanted.words);
  const auto found =
      std::find_if(row.sections().begin(), row.sections().end(),
                   [&](const auto& section) { return section.fact().section() == wanted.section; });
  if (found == row.sections().end()) {
    table.Cell("not held").Cell("").Cell("").Cell("");
  } else {
    const SectionSubmitted& fact = found->fact();
    table.Cell("delivered").Cell(OrganisationName(*views.names, fact.organisation_id()));
    table.Cell(fact.submitted_date()).Cell(fact.document_id());
  }
  table.Cell(StateOf(row));
}

// ---------------------------------------------------------------------- risks

// Places by assessment, and what they are called.
struct RiskPlaces {
  std::string label;
  std::map<std::string, const RiskRow*> by_assessment;
};

// "up 3", "down 2", "same", "new", "not ranked".
std::string MoveOf(const RiskPlaces& risk, const std::string& before, const std::string& last) {
  const auto then = risk.by_assessment.find(before);
  const auto now = risk.by_assessment.find(last);
  if (now == risk.by_assessment.end()) return then == risk.by_assessment.end() ? "" : "not ranked";
  if (then == risk.by_assessment.end()) return "new";
  const auto from = static_cast<int>(then->second->fact().rank());
  const auto to = static_cast<int>(now->second->fact().rank());
  if (from == to) return "same";
  return from > to ? fmt::format("up {}", from - to) : fmt::format("down {}", to - from);
}

// What the places of one assessment say about themselves.
void NotePlaces(const AssessmentRow& assessment, const std::map<std::string, RiskPlaces>& risks,
                TableBuilder& table) {
  std::map<std::uint32_t, int> counts;
  for (const auto& [risk_id, risk] : risks) {
    const auto place = risk.by_assessment.find(assessment.fact().assessment_id());
    if (place != risk.by_assessment.end()) ++counts[place->second->fact().rank()];
  }
  std::vector<std::string> shared;
  bool dense = true;
  bool counted = true;
  std::uint32_t next_dense = 1;
  std::uint32_t next_counted = 1;
  for (const auto& [rank, count] : counts) {
    if (count > 1) shared.push_back(fmt::format("{} ({} risks)", rank, count));
    dense = dense && rank == next_dense++;
    counted = counted && rank == next_counted;
    next_counted += static_cast<std::uint32_t>(count);
  }
  if (shared.empty() && dense) return;
  std::string words;
  for (const std::string& place : shared) words += (words.empty() ? "" : ", ") + place;
  table.Note(fmt::format(
      "{}: {}{}.", PeriodLabel(assessment.fact().year()),
      words.empty() ? "" : "shared places: " + words + "; ",
      dense     ? "the next place follows on (1, 2, 2, 3)"
      : counted ? "the next place counts those before it (1, 2, 2, 4)"
                : "some places are not held, so what moved may be a matter of what was left out"));
}

}  // namespace

absl::StatusOr<TablesAnswer> ScrutinyTracker(const ReportViews& views,
                                             const ScrutinyRequest& request,
                                             const AnswerContext& context) {
  if (absl::Status known = CheckPartnership(*views.names, request.partnership_id); !known.ok())
    return known;
  TableBuilder table("scrutiny-tracker", "What the committee asked and what came of it");
  table.Key("resolution", "Resolution").Text("passed", "Passed").Text("body", "Committee");
  table.Text("kind", "Kind").Text("label", "What").Text("state", "State");
  table.Text("answered", "Answered").Number("days", "Days").Text("document", "Document");
  table.Text("section", "Section").Text("reason", "Reason");
  std::uint64_t back_loaded = 0;
  for (const ResolutionRow* row : ResolutionsOf(views, request)) {
    const ResolutionPassed& passed = row->fact();
    table.Row().Cell(passed.resolution_id()).Cell(passed.passed_date()).Cell(passed.body());
    table.Cell(passed.kind() == ResolutionPassed::KIND_RECOMMENDATION ? "recommendation"
                                                                      : "resolution");
    table.Cell(passed.label());
    if (row->has_response()) {
      WriteAnswered(passed, row->response().fact(), table);
    } else {
      WriteOpen(passed, IsoDay(context.today), table);
    }
    if (row->origin().back_loaded()) ++back_loaded;
  }
  return FinishTable(std::move(table), context, back_loaded,
                     "No resolution is held. Send them with the dataset resolutions.");
}

absl::StatusOr<TablesAnswer> AssessmentChecklist(const ReportViews& views,
                                                 const ScrutinyRequest& request,
                                                 const AnswerContext& context) {
  if (absl::Status known = CheckPartnership(*views.names, request.partnership_id); !known.ok())
    return known;
  TableBuilder table("assessment-checklist", "The six contents of the strategic assessment");
  table.Key("assessment", "Assessment").Text("year", "Year").Key("content", "Content");
  table.Text("state", "State").Text("organisation", "Delivered by").Text("delivered", "On");
  table.Text("document", "Document").Text("assessment_state", "Assessment stands at");
  std::uint64_t back_loaded = 0;
  std::vector<const AssessmentRow*> rows = AssessmentsOf(views, request);
  std::reverse(rows.begin(), rows.end());
  for (const AssessmentRow* row : rows) {
    for (const SectionWords& section : kSections) WriteSection(views, *row, section, table);
    if (row->origin().back_loaded()) ++back_loaded;
  }
  if (!rows.empty()) {
    table.Note("The six contents are those of SI 2007/1830, regulation 7.");
  }
  return FinishTable(std::move(table), context, back_loaded,
                     "No assessment is held. Open one with the dataset assessments.");
}

absl::StatusOr<TablesAnswer> RiskMovement(const ReportViews& views, const ScrutinyRequest& request,
                                          const AnswerContext& context) {
  if (request.partnership_id.empty()) return MissingParameter("csp");
  if (absl::Status known = CheckPartnership(*views.names, request.partnership_id); !known.ok())
    return known;
  std::map<std::string, RiskPlaces> risks;
  std::vector<const AssessmentRow*> ranked;
  std::uint64_t back_loaded = 0;
  for (const AssessmentRow* assessment : AssessmentsOf(views, request)) {
    const std::string& id = assessment->fact().assessment_id();
    bool any = false;
    for (const auto& [key, row] : views.scrutiny->risks().rows()) {
      if (row.fact().assessment_id() != id) continue;
      RiskPlaces& places = risks[row.fact().risk_id()];
      places.label = row.fact().label();
      places.by_assessment[id] = &row;
      any = true;
      if (row.origin().back_loaded()) ++back_loaded;
    }
    if (any) ranked.push_back(assessment);
  }
  TableBuilder table("risk-movement", "Places of risks from assessment to assessment");
  table.Key("risk", "Risk").Text("label", "Label");
  for (const AssessmentRow* assessment : ranked) {
    table.Number(assessment->fact().assessment_id(), PeriodLabel(assessment->fact().year()));
  }
  table.Text("move", "Move");
  std::vector<const std::pair<const std::string, RiskPlaces>*> order;
  for (const auto& risk : risks) order.push_back(&risk);
  // By the places of the last assessment, those that it does not have at the end.
  std::stable_sort(order.begin(), order.end(), [&](const auto* a, const auto* b) {
    const auto places_of = [&](const RiskPlaces& risk) {
      std::vector<std::uint32_t> places;
      for (auto it = ranked.rbegin(); it != ranked.rend(); ++it) {
        const auto place = risk.by_assessment.find((*it)->fact().assessment_id());
        places.push_back(place == risk.by_assessment.end() ? UINT32_MAX
                                                           : place->second->fact().rank());
      }
      return places;
    };
    return places_of(a->second) < places_of(b->second);
  });
  for (const auto* risk : order) {
    table.Row().Cell(risk->first).Cell(risk->second.label);
    for (const AssessmentRow* assessment : ranked) {
      const auto& places = risk->second.by_assessment;
      const auto place = places.find(assessment->fact().assessment_id());
      table.CellOr(place == places.end() ? "" : std::to_string(place->second->fact().rank()),
                   marker::kNotAvailable);
    }
    table.Cell(ranked.size() < 2
                   ? ""
                   : MoveOf(risk->second, ranked[ranked.size() - 2]->fact().assessment_id(),
                            ranked.back()->fact().assessment_id()));
  }
  for (const AssessmentRow* assessment : ranked) NotePlaces(*assessment, risks, table);
  return FinishTable(std::move(table), context, back_loaded,
                     "No ranking of risks is held. Send it with the dataset risk-ranks.");
}

}  // namespace daybook::reports
