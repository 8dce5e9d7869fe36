#include "projections/reports/register_lists.h"

#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/dates.h"
#include "projections/reports/names.h"
#include "projections/reports/report_error.h"
#include "projections/views/plan_performance_view.h"
#include "projections/views/register_view.h"
#include "proto/registry/crime_types.h"
#include "proto/registry/list_names.h"
#include "proto/registry/offences.h"
#include "proto/registry/prescribed_items.h"
#include "proto/values/civil.h"

namespace daybook::reports {
namespace {

using measures::events::v1::MeasureDefined;

void AddAreas(const ReportViews& views, const AnswerContext&, TableBuilder& table) {
  table.Key("area", "Area").Text("name", "Name").Text("kind", "Kind").Text("code", "Code");
  table.Text("within", "Within");
  for (const auto& [key, area] : views.names->areas().rows()) {
    table.Row().Cell(area.area_id()).Cell(area.name()).Cell(area.kind()).Cell(area.code());
    table.Cell(fmt::format("{}", fmt::join(area.parent_ids(), "; ")));
  }
}

void AddCrimeTypes(const ReportViews&, const AnswerContext&, TableBuilder& table) {
  table.Key("type", "Crime type").Text("name", "Name").Text("from", "In use from");
  table.Text("to", "In use to");
  for (const registry::CrimeType& type : registry::CrimeTypes()) {
    table.Row().Cell(type.code).Cell(type.name).Cell(type.first_month).Cell(type.last_month);
  }
}

void AddSubGroups(const ReportViews&, const AnswerContext&, TableBuilder& table) {
  table.Key("sub-group", "Sub-group").Text("name", "Name").Text("type", "Crime type");
  for (const registry::OffenceSubGroup& group : registry::OffenceSubGroups()) {
    table.Row().Cell(group.code).Cell(group.name);
    table.Cell(registry::CrimeTypeOf(group.crime_type)->name);
  }
}

void AddFlags(const ReportViews&, const AnswerContext&, TableBuilder& table) {
  table.Key("flag", "Flag").Text("name", "Name");
  for (const registry::IncidentFlag& flag : registry::IncidentFlags()) {
    table.Row().Cell(flag.code).Cell(flag.name);
  }
}

void AddDimensions(const ReportViews& views, const AnswerContext&, TableBuilder& table) {
  table.Key("dimension", "Dimension").Text("label", "Label");
  table.Text("category", "Category").Text("category_label", "Label of the category");
  for (const auto& [key, dimension] : views.names->dimensions().rows()) {
    for (const auto& category : dimension.categories()) {
      table.Row().Cell(dimension.dimension_id()).Cell(dimension.label());
      table.Cell(category.category_id()).Cell(category.label());
    }
  }
}

void AddPartnerships(const ReportViews& views, const AnswerContext&, TableBuilder& table) {
  table.Key("partnership", "Partnership").Text("name", "Name").Text("areas", "Areas");
  for (const auto& [key, row] : views.names->partnerships().rows()) {
    table.Row().Cell(row.partnership_id()).Cell(row.name());
    table.Cell(fmt::format("{}", fmt::join(row.area_ids(), "; ")));
  }
}

// Of the last three months that are over.
void AddPrescribed(const ReportViews&, const AnswerContext& context, TableBuilder& table) {
  table.Key("item", "Item").Text("dataset", "Dataset").Text("holder", "Holder");
  table.Text("period", "Period").Text("due", "Due").Text("wording", "Wording");
  const auto now = registry::PrescribedPeriodOf(context.today);
  const auto last = registry::PrescribedPeriodOf(values::AddDays(now.first, -1));
  for (const registry::PrescribedItem& item : registry::PrescribedItems()) {
    const auto* dataset = registry::FindPrescribedDataset(item.dataset);
    table.Row().Cell(item.name).Cell(item.dataset).Cell(dataset->holder);
    table.Cell(values::FormatMonth(last.first) + ".." + values::FormatMonth(last.last));
    table.Cell(values::FormatDay(last.due));
    table.Cell(item.is_confirmed ? "" : "to be checked against the Schedule");
  }
  table.Note("Each item is shared for three months by the end of the next three (SI 2007/1831).");
}

std::string_view SubjectWord(MeasureDefined::Subject subject) {
  switch (subject) {
    case MeasureDefined::SUBJECT_INCIDENTS:
      return "incidents";
    case MeasureDefined::SUBJECT_REFERRALS:
      return "referrals";
    default:
      return "other";
  }
}

void AddMeasures(const ReportViews& views, const AnswerContext&, TableBuilder& table) {
  table.Key("measure", "Measure").Text("label", "Label").Text("subject", "Subject");
  table.Text("unit", "Unit").Text("service", "Service");
  for (const auto& [key, row] : views.names->measures().rows()) {
    const MeasureDefined& measure = row.definition();
    table.Row().Cell(measure.measure_id()).Cell(measure.label());
    table.Cell(SubjectWord(measure.subject())).Cell(measure.unit()).Cell(measure.service_id());
  }
}

void AddPartners(const ReportViews& views, const AnswerContext&, TableBuilder& table) {
  table.Key("partner", "Partner").Text("name", "Name").Text("kind", "Kind");
  table.Text("aliases", "Other names").Text("went_into", "Went over into");
  for (const auto& [key, organisation] : views.names->organisations().rows()) {
    table.Row().Cell(organisation.organisation_id()).Cell(organisation.name());
    table.Cell(organisation.kind())
        .Cell(fmt::format("{}", fmt::join(organisation.aliases(), "; ")));
    table.Cell(organisation.succeeded_by());
  }
}

void AddPlans(const ReportViews& views, const AnswerContext&, TableBuilder& table) {
  table.Key("plan", "Plan").Text("title", "Title").Text("partnership", "Partnership");
  table.Text("year", "Year");
  for (const auto& [key, plan] : views.plans->plans().rows()) {
    table.Row().Cell(plan.fact().plan_id()).Cell(plan.fact().title());
    table.Cell(plan.fact().partnership_id()).Cell(PeriodLabel(plan.fact().year()));
  }
}

// Services have no register of their own: they are those of which a measure counts referrals.
void AddServices(const ReportViews& views, const AnswerContext&, TableBuilder& table) {
  table.Key("service", "Service").Text("name", "Organisation").Number("measures", "Measures");
  std::map<std::string, std::uint64_t> measures_of;
  for (const auto& [key, row] : views.names->measures().rows()) {
    if (!row.definition().service_id().empty()) ++measures_of[row.definition().service_id()];
  }
  for (const auto& [service, measures] : measures_of) {
    const auto* organisation = FindOrganisation(*views.names, service);
    table.Row().Cell(service).Cell(organisation == nullptr ? "" : organisation->name());
    table.Cell(measures);
  }
}

struct List {
  std::string_view title;
  void (*add)(const ReportViews&, const AnswerContext&, TableBuilder&);
};

}  // namespace

absl::StatusOr<TablesAnswer> RegisterList(const ReportViews& views, const std::string& of,
                                          const AnswerContext& context) {
  static const auto& lists = *new std::map<std::string_view, List>{
      {"areas", {"Areas", AddAreas}},
      {"crime-types", {"Crime types of data.police.uk", AddCrimeTypes}},
      {"dimensions", {"Dimensions and their categories", AddDimensions}},
      {"flags", {"Flags of incidents", AddFlags}},
      {"measures", {"Measures", AddMeasures}},
      {"partners", {"Partners", AddPartners}},
      {"partnerships", {"Partnerships", AddPartnerships}},
      {"plans", {"Plans", AddPlans}},
      {"prescribed", {"Prescribed information", AddPrescribed}},
      {"services", {"Services", AddServices}},
      {"sub-groups", {"Sub-groups of offences", AddSubGroups}},
  };
  const auto list = lists.find(of);
  if (list == lists.end()) {
    return InvalidParameter("of", fmt::format("one of {}", fmt::join(registry::kListNames, ", ")));
  }
  TableBuilder table("register", list->second.title);
  list->second.add(views, context, table);
  return FinishTable(std::move(table), context, 0, "None is registered.");
}

}  // namespace daybook::reports
