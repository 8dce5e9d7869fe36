#include "projections/reports/report_catalogue.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "eventstore/core/error.h"
#include "projections/reports/fact_release.h"
#include "projections/reports/figure_renderers.h"
#include "projections/reports/partnership_renderers.h"
#include "projections/reports/record_renderers.h"
#include "projections/reports/report_error.h"

namespace daybook::reports {
namespace {

using Renderer = absl::StatusOr<RenderedReport> (*)(const Parameters&, const ReportViews&,
                                                    const AnswerContext&);

struct Report {
  std::string_view name;
  std::string_view description;
  std::vector<std::string> parameters;
  Renderer render;
  bool counts_nobody = false;  // nothing of it could give a small count away
};

const std::vector<Report>& Catalogue() {
  static const auto& catalogue = *new std::vector<Report>{
      {"activities",
       "Operations, days of action, consultations, services: who, when, where, and what they "
       "reached. kind=operation, day-of-action, …",
       {"csp!", "within", "kind"},
       RenderActivities},
      {"assessment-checklist",
       "The six contents that a strategic assessment must have: delivered by whom and when, or not "
       "held.",
       {"csp"},
       RenderChecklist,
       /*counts_nobody=*/true},
      {"benchmark",
       "Areas beside each other: counts, rates per 1,000, ranks and what the noise of counts "
       "leaves "
       "open of a rank. among=AREA,AREA…, per=MEASURE of the denominators (population).",
       {"area!", "period!", "measure", "among", "per"},
       RenderBenchmark},
      {"breakdown",
       "Figures of a measure broken down by its dimensions, with their totals: by=DIMENSION down, "
       "across=DIMENSION,… beside each other. The one that can be released (--audience public).",
       {"measure!", "area!", "by", "across", "within", "source"},
       RenderBreakdown},
      {"caseload",
       "A service's cases: open, new and closed from period to period, the share of the county, "
       "and "
       "whether active cases roll forward from 1 April. open=, new=, active= are measures.",
       {"area!", "open!", "new!", "active", "within"},
       RenderCaseload},
      {"control-chart",
       "Has a measure that agencies return changed, or does it vary as always: XmR limits and "
       "signals of every series, by months, quarters or years. Options as of "
       "incident-control-chart.",
       {"measure!", "area", "source", "ranges", "wanted", "target"},
       RenderMeasureChart},
      {"coverage-matrix",
       "Which headings of a plan and which themes of others its projects serve, and which none "
       "does.",
       {"plan!"},
       RenderCoverage,
       /*counts_nobody=*/true},
      {"divergence",
       "Two measures of an area side by side as indices, and what is declared of them that can "
       "account for the "
       "gap: units, senders, breaks. a= and b= are measures.",
       {"a!", "b!", "area!", "within"},
       RenderDivergence},
      {"enforcement-since",
       "Tasks by kind and fixed penalties by offence since a day, with totals, and how orders "
       "stand.",
       {"csp!", "since!"},
       RenderEnforcement},
      {"figure-matrix",
       "Several measures of an area beside each other, period by period, with totals where they "
       "mean "
       "something; share=MEASURE as a percentage of the total; changes=yes for the net change from "
       "period to period.",
       {"measures!", "area!", "within", "share", "changes"},
       RenderFigureMatrix},
      {"figure-relation",
       "One returned figure by another: so many children a case, what a printed percentage is of. "
       "of= and per= are measures, or figures of plan updates.",
       {"of!", "per!", "area", "plan"},
       RenderFigureRelation},
      {"figures",
       "Every figure that agencies returned or documents printed, one by one, with its parts, "
       "caveats and the day it was known on.",
       {"measure", "area", "source", "within"},
       RenderFigures},
      {"funding-ledger",
       "Money of a plan year: given, top-sliced, carried in, committed, spent, carried forward, "
       "left.",
       {"csp!", "year"},
       RenderFunding,
       /*counts_nobody=*/true},
      {"harm-index",
       "Incidents of an area weighed by the harm that they do; index= names the weights, per= the "
       "denominator (population).",
       {"area!", "period!", "index!", "per"},
       RenderHarmIndex},
      {"incident-control-chart",
       "Has the series of a crime type (or all, all-excl-asb) changed, or does it vary as always: "
       "XmR limits and signals by month. ranges=screened|all, wanted=more|less, target=NUMBER.",
       {"area!", "type!", "from", "to", "ranges", "wanted", "target"},
       RenderChart},
      {"incident-months",
       "Incidents recorded, by month and crime type, of a district, county or force area; "
       "by=sub-group "
       "or by=flag for what police systems say beside the type.",
       {"area!", "from", "to", "by"},
       RenderMonths},
      {"incident-places",
       "Incidents recorded by a force in the months from..to: by district, out of force and "
       "without "
       "a place, which add up to the total. force is an organisation or a force area.",
       {"force!", "from!", "to"},
       RenderPlaces},
      {"incident-trend",
       "Incidents of an area in a period against the period before, by type and series, with what "
       "was published on it.",
       {"area!", "period!"},
       RenderIncidents},
      {"injunction-ladder",
       "Breaches of an injunction and the steps that followed, by number and month, and what is "
       "open.",
       {"order!", "from", "to"},
       RenderLadder},
      {"members",
       "Who takes part in a partnership, in which role and since when.",
       {"csp!", "within"},
       RenderMembers,
       /*counts_nobody=*/true},
      {"multi-year",
       "Incidents of an area over several periods of one kind, side by side, with the changes; the "
       "last is period, periods=6 is how many.",
       {"area!", "period!", "periods"},
       RenderMultiYear},
      {"open-questions",
       "Figures about which something was asked when they came, and that were not confirmed since.",
       {"area", "source"},
       RenderOpenQuestions},
      {"orders",
       "Orders, what they forbid, their reviews, and which are due to be reviewed.",
       {"csp"},
       RenderOrders},
      {"pack",
       "Which reports belong into a partnership's pack for a plan year, with their parameters; "
       "`daybook report pack --csp … --year … DIR` writes them all.",
       {"csp!", "year!"},
       RenderPack},
      {"plan-performance",
       "The plan action by action: targets, updates, status, silence.",
       {"plan!", "period!"},
       RenderPlan},
      {"plan-silence",
       "The actions of a plan without an update, by the lead from whom it is due, and those left "
       "to "
       "a partner.",
       {"plan!", "period!"},
       RenderSilence},
      {"prescribed-information",
       "Depersonalised information that partners share each quarter (SI 2007/1831): what each "
       "holder "
       "shared, by item, month and place, what is missing and when it is due.",
       {"period!"},
       RenderPrescribed},
      {"priority-lineage",
       "Where the headings of a partnership's plans come from, what they go on as, what was "
       "dropped.",
       {"csp!"},
       RenderLineage,
       /*counts_nobody=*/true},
      {"published-figures",
       "Every figure that a document printed against what is held: agrees, differs and by how "
       "much, "
       "and which other figure would make it true. ref is the position of one.",
       {"document", "measure", "area", "ref"},
       RenderPublishedFigures},
      {"quarter-return",
       "What a lead has not reported yet, action by action with target and last update, to be "
       "filled in and "
       "imported as it is. `daybook report reminders … DIR` writes one for each lead.",
       {"plan!", "period!", "lead!"},
       RenderQuarterReturn},
      {"referral-trend",
       "Referrals to services over time, with the area's share where both parts are known.",
       {"service", "area", "within"},
       RenderReferrals},
      {"register",
       "What is registered, to choose from: of=areas, measures, partners and so on, as `daybook "
       "list` "
       "names and prints them.",
       {"of!"},
       RenderRegister,
       /*counts_nobody=*/true},
      {"released-reports",
       "Which reports went into which documents, for whom, exempt ones with their paragraph, and "
       "where the references of their figures begin.",
       {"document"},
       RenderReleasedReports},
      {"reminders",
       "Leads whose updates for a period are not in, with a text that can be sent. due=DAY.",
       {"plan!", "period!", "due"},
       RenderReminders},
      {"revisions",
       "How months moved from one version of a file to the next: added, removed, moved, changed by "
       "field, by months since the month.",
       {"dataset", "scope", "from", "to"},
       RenderRevisions},
      {"risk-movement",
       "The places of risks from assessment to assessment, and how they moved.",
       {"csp!"},
       RenderRiskMovement},
      {"scrutiny-tracker",
       "What committees resolved or recommended, what came of it, and what is still open.",
       {"csp"},
       RenderTracker,
       /*counts_nobody=*/true},
      {"submission-calendar",
       "What is due from whom for a period of whole months: figures that came before, updates of "
       "plans; what is "
       "in, after how many days, what is missing.",
       {"period!", "source"},
       RenderCalendar},
      {"submissions",
       "Files that were sent: what came from whom, what stands and what is superseded.",
       {"sender", "dataset", "scope"},
       RenderSubmissions},
  };
  return catalogue;
}

// A name that no report takes is repeated where it could be a slip of the pen; anything else may be
// a value in the wrong place, of any length.
std::string_view Repeatable(std::string_view name) {
  constexpr std::size_t kBytesMax = 32;
  const bool is_word = !name.empty() && name.size() <= kBytesMax &&
                       std::all_of(name.begin(), name.end(), [](char c) {
                         return (c >= 'a' && c <= 'z') || c == '-' || c == '_';
                       });
  return is_word ? name : "of an unknown name";
}

absl::Status CheckParameters(const Report& report, const Parameters& given) {
  for (const auto& parameter_given : given) {
    const std::string& name = parameter_given.first;  // clang 14 captures no structured binding
    const bool known = std::any_of(
        report.parameters.begin(), report.parameters.end(),
        [&](const std::string& parameter) { return parameter == name || parameter == name + "!"; });
    if (!known) return InvalidParameter(Repeatable(name), "a parameter of this report");
  }
  for (const std::string& parameter : report.parameters) {
    if (!parameter.ends_with('!')) continue;
    const std::string name = parameter.substr(0, parameter.size() - 1);
    if (!Given(given, name)) return MissingParameter(name);
  }
  return absl::OkStatus();
}

}  // namespace

const std::vector<v1::ReportInfo>& AllReports() {
  static const auto& reports = *[] {
    auto* all = new std::vector<v1::ReportInfo>;
    for (const Report& report : Catalogue()) {
      v1::ReportInfo& info = all->emplace_back();
      info.set_name(std::string(report.name));
      info.set_description(std::string(report.description));
      info.mutable_parameters()->Add(report.parameters.begin(), report.parameters.end());
    }
    return all;
  }();
  return reports;
}

absl::StatusOr<RenderedReport> Render(std::string_view name, const Parameters& parameters,
                                      const ReportViews& views, const AnswerContext& context) {
  for (const Report& report : Catalogue()) {
    if (report.name != name) continue;
    if (absl::Status checked = CheckParameters(report, parameters); !checked.ok()) return checked;
    absl::StatusOr<RenderedReport> rendered = report.render(parameters, views, context);
    const bool wants = rendered.ok() && context.for_release && rendered->releases.empty();
    if (wants && !report.counts_nobody) AddFactRelease(report.name, views, *rendered);
    return rendered;
  }
  return NotFound("name", "report", "UNKNOWN_REPORT");
}

void OpenTexts(const TextOpener& opener, RenderedReport& report) {
  for (const TextCell& text : report.texts) {
    v1::Table* table = report.response.mutable_tables(text.table);
    v1::Cell* cell = table->mutable_rows(text.row)->mutable_cells(text.column);
    absl::StatusOr<OpenedText> opened = opener.Open(text.position, text.part);
    if (opened.ok() && !opened->erased) {
      cell->set_text(std::move(opened->text));
      continue;
    }
    cell->set_marker(opened.ok() ? "c" : "x");
    table->add_notes(opened.ok() ? "[c] this text was erased."
                                 : "[x] this text could not be opened.");
    cell->add_notes(static_cast<std::uint32_t>(table->notes_size()));
  }
}

}  // namespace daybook::reports
