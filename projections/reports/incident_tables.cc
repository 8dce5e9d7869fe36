#include "projections/reports/incident_tables.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string_view>

#include "fmt/format.h"
#include "projections/reports/dates.h"
#include "projections/reports/incident_records.h"
#include "projections/reports/names.h"
#include "projections/reports/report_error.h"
#include "projections/reports/table_builder.h"
#include "projections/views/register_view.h"
#include "projections/views/row_key.h"
#include "proto/registry/offences.h"

namespace daybook::reports {
namespace {

using views::v1::AreaRow;
using views::v1::IncidentCellRow;

void AddNotes(const AnswerContext& context, bool nothing_found, std::uint64_t back_loaded,
              TableBuilder& table) {
  google::protobuf::RepeatedPtrField<std::string> notes;
  AddKnownNotes(context, nothing_found, back_loaded, &notes);
  for (const std::string& note : notes) table.Note(note);
}

// ---- months x types

// The months of a source that the table shows: those held, and between the limits those missing
// too.
std::vector<std::string> MonthsToShow(const IncidentMonthsRequest& request,
                                      const std::set<std::string>& held) {
  if (request.from && request.to) return MonthsFromTo(*request.from, *request.to);
  std::vector<std::string> months;
  for (const std::string& month : held) {
    if (request.from && month < *request.from) continue;
    if (request.to && month > *request.to) continue;
    months.push_back(month);
  }
  return months;
}

// What the columns of the table are.
struct ByColumn {
  const IncidentCells& cells;
  std::string (*label)(const ReportViews&, const std::string& code);
  bool is_type = false;
  std::string_view note = {};
};

std::string LabelOfType(const ReportViews& views, const std::string& code) {
  return TypeLabel(*views.names, code);
}
std::string LabelOfSubGroup(const ReportViews&, const std::string& code) {
  const auto* group = registry::FindOffenceSubGroup(code);
  return group == nullptr ? code : std::string(group->name);
}
std::string LabelOfFlag(const ReportViews&, const std::string& code) {
  const auto* flag = registry::FindIncidentFlag(code);
  return flag == nullptr ? code : std::string(flag->name);
}

// nullopt for a word that is none.
std::optional<ByColumn> ByOf(const ReportViews& views, const std::string& by) {
  if (by.empty() || by == "type") return ByColumn{views.incidents->cells(), LabelOfType, true};
  if (by == "sub-group") {
    return ByColumn{views.incidents->sub_groups(), LabelOfSubGroup, false,
                    "Records without a sub-group are in All alone."};
  }
  if (by == "flag") {
    return ByColumn{views.incidents->flags(), LabelOfFlag, false,
                    "A record has any number of flags: they do not add up to All."};
  }
  return std::nullopt;
}

// Every type that the source has in a month of the table, in any place: a type that the area lacks
// is a true zero there.
std::set<std::string> TypesOf(const ByColumn& by, const RecordSource& source,
                              const std::vector<std::string>& months) {
  std::set<std::string> types;
  for (const std::string& month : months) {
    for (const IncidentCellRow* cell : CellsOfMonth(by.cells, source, month)) {
      types.insert(cell->type());
    }
  }
  return types;
}

struct SourceMonths {
  RecordSource source;
  std::set<std::string> held;
  std::vector<std::string> months;
};

bool IsInUse(const std::string& type, const std::string& month) {
  const registry::CrimeType* known = registry::CrimeTypeOf(type);
  return known == nullptr || known->IsInUse(month);
}

void WriteMonth(const ReportViews& views, const SourceMonths& one, const RecordArea& area,
                const std::string& month, const ByColumn& by, const std::set<std::string>& types,
                TableBuilder& table, std::uint64_t& back_loaded) {
  table.Row().Cell(one.source.dataset).Cell(OrganisationName(*views.names, one.source.force_id));
  table.Cell(month);
  if (!one.held.contains(month)) {
    const std::size_t cells = types.size() + (by.is_type ? 2 : 1);
    for (std::size_t i = 0; i < cells; ++i) table.CellOr("", marker::kNotAvailable);
    table.NoteOnce("[x] no record of the month is held; that is not zero.");
    return;
  }
  const TypeCounts counts = CountTypes(by.cells, one.source, area, {month});
  const TypeCounts all = CountTypes(*views.incidents, one.source, area, {month});
  back_loaded += all.back_loaded;
  for (const std::string& type : types) {
    if (counts.Of(type) > 0 || !by.is_type || IsInUse(type, month)) {
      table.Cell(counts.Of(type));
      continue;
    }
    table.CellOr("", marker::kNotApplicable);
    table.NoteOnce(
        "[z] the category was not in use in that month: the categories of data.police.uk "
        "changed in September 2011 and in May 2013.");
  }
  table.Cell(all.Total());
  if (by.is_type) table.Cell(all.TotalWithoutAsb());
}

absl::Status CheckMonths(const std::optional<std::string>& from,
                         const std::optional<std::string>& to) {
  if (from && !IsMonth(*from)) return InvalidParameter("from", "a month YYYY-MM");
  if (to && !IsMonth(*to)) return InvalidParameter("to", "a month YYYY-MM");
  if (from && to && MonthsFromTo(*from, *to).empty()) {
    return InvalidParameter("to", "a month that is not before from");
  }
  return absl::OkStatus();
}

// ---- places

constexpr std::string_view kOutOfForce = "out of force";
constexpr std::string_view kNoPlace = "no place";

struct PlaceCount {
  std::uint64_t total = 0;
  std::uint64_t asb = 0;
  void Add(const IncidentCellRow& cell) {
    total += cell.count();
    if (cell.type() == kAntiSocialBehaviour) asb += cell.count();
  }
};

struct PlaceCounts {
  std::map<std::string, PlaceCount> of_district;
  PlaceCount out_of_force;
  std::map<std::string, std::uint64_t> names_out_of_force;
  PlaceCount no_place;
  PlaceCount all;
  std::uint64_t back_loaded = 0;
};

PlaceCounts CountPlaces(const ReportViews& views, const RecordSource& source,
                        const std::vector<std::string>& months,
                        const std::set<std::string>& members) {
  PlaceCounts counts;
  for (const std::string& member : members) counts.of_district[member];
  for (const std::string& month : months) {
    for (const IncidentCellRow* cell : CellsOfMonth(views.incidents->cells(), source, month)) {
      counts.all.Add(*cell);
      counts.back_loaded += cell->back_loaded();
      if (cell->district().empty()) {
        counts.no_place.Add(*cell);
      } else if (members.empty() || members.contains(cell->district())) {
        counts.of_district[cell->district()].Add(*cell);
      } else {
        counts.out_of_force.Add(*cell);
        counts.names_out_of_force[cell->district()] += cell->count();
      }
    }
  }
  return counts;
}

void WritePlace(std::string_view place, const PlaceCount& count, TableBuilder& table) {
  table.Row().Cell(place).Cell(count.total).Cell(count.asb).Cell(count.total - count.asb);
}

// So that a district which should be one of the force's is seen.
void NoteOutOfForce(const PlaceCounts& counts, TableBuilder& table) {
  constexpr std::size_t kNamesMax = 10;
  std::vector<std::pair<std::uint64_t, std::string>> names;
  for (const auto& [name, count] : counts.names_out_of_force) names.emplace_back(count, name);
  std::ranges::stable_sort(names, std::ranges::greater{},
                           &std::pair<std::uint64_t, std::string>::first);
  if (names.empty()) return;
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), kNamesMax); ++i) {
    list += fmt::format("{}{} ({})", i == 0 ? "" : ", ", names[i].second, names[i].first);
  }
  if (names.size() > kNamesMax) list += fmt::format(" and {} more", names.size() - kNamesMax);
  table.Note("Out of force are records of: " + list + ".");
}

v1::Table PlacesTable(const ReportViews& views, const RecordSource& source,
                      const std::vector<std::string>& held_months, bool members_known,
                      const PlaceCounts& counts, const AnswerContext& context) {
  TableBuilder table("incident-places",
                     "Incidents by place: " + OrganisationName(*views.names, source.force_id) +
                         ", " + source.dataset + ", " + held_months.front() +
                         (held_months.size() == 1 ? "" : " to " + held_months.back()));
  table.Key("place", "Place").Number("total", "All");
  table.Number("anti-social-behaviour", "Anti-social behaviour");
  table.Number("total-excl-asb", "All but anti-social behaviour");
  for (const auto& [district, count] : counts.of_district) WritePlace(district, count, table);
  if (members_known) {
    WritePlace(kOutOfForce, counts.out_of_force, table);
  } else {
    table.Row().Cell(kOutOfForce);
    for (int i = 0; i < 3; ++i) table.CellOr("", marker::kNotAvailable);
    table.Note(
        "[x] which districts the force's area has is not registered: every district named by "
        "the records is listed.");
  }
  WritePlace(kNoPlace, counts.no_place, table);
  WritePlace("total", counts.all, table);
  table.Note("Districts, out of force and no place add up to the total.");
  NoteOutOfForce(counts, table);
  AddNotes(context, false, counts.back_loaded, table);
  return table.Take();
}

// The organisation that is meant; nullopt when there is none of that id nor a force area.
std::optional<std::string> ForceMeant(const ReportViews& views, const std::string& force) {
  if (const AreaRow* area = FindArea(*views.names, force)) {
    if (auto organisation = ForceOfArea(*views.names, *area)) return organisation;
  }
  if (views.names->organisations().Find(views::RowKey({force})) != nullptr) return force;
  return std::nullopt;
}

v1::Table NothingHeld(std::string_view name, const std::string& title,
                      const AnswerContext& context) {
  TableBuilder table(name, title);
  table.Key("place", "Place").Number("total", "All");
  AddNotes(context, true, 0, table);
  if (!context.truth.known_on) table.Note("No record is held for this.");
  return table.Take();
}

}  // namespace

absl::StatusOr<TablesAnswer> IncidentMonths(const ReportViews& views,
                                            const IncidentMonthsRequest& request,
                                            const AnswerContext& asked) {
  const AnswerContext context = ContextOfView(asked, views.incident_counts);
  if (request.area_id.empty()) return MissingParameter("area");
  if (FindArea(*views.names, request.area_id) == nullptr) {
    return NotFound("area", "area", "UNKNOWN_AREA");
  }
  if (absl::Status months = CheckMonths(request.from, request.to); !months.ok()) return months;
  const std::optional<ByColumn> by = ByOf(views, request.by);
  if (!by) return InvalidParameter("by", "type, sub-group or flag");
  const RecordArea area = RecordAreaOf(*views.names, request.area_id);
  std::vector<SourceMonths> sources;
  std::set<std::string> types;
  for (auto& [source, held] : HeldMonths(views)) {
    if (area.whole_force && *area.whole_force != source.force_id) continue;
    const std::vector<std::string> months = MonthsToShow(request, held);
    // A force that has no record in the area, in any month shown, is another area's force.
    if (CountTypes(*views.incidents, source, area, months).of_type.empty()) continue;
    types.merge(TypesOf(*by, source, months));
    sources.push_back({source, held, months});
  }
  TableBuilder table("incident-months",
                     "Incidents by month and type: " + AreaName(*views.names, request.area_id));
  table.Key("dataset", "Dataset").Key("force", "Force").Key("month", "Month");
  for (const std::string& type : types) table.Number(type, by->label(views, type));
  table.Number("total", "All");
  if (by->is_type) table.Number("total-excl-asb", "All but anti-social behaviour");
  TablesAnswer answer;
  std::uint64_t back_loaded = 0;
  for (const SourceMonths& one : sources) {
    for (const std::string& month : one.months) {
      WriteMonth(views, one, area, month, *by, types, table, back_loaded);
    }
  }
  if (!by->note.empty()) table.Note(std::string(by->note));
  AddNotes(context, table.rows() == 0, back_loaded, table);
  if (table.rows() == 0 && !context.truth.known_on) table.Note("No record of this area is held.");
  answer.tables.push_back(table.Take());
  answer.truth = TruthOf(context, back_loaded);
  return answer;
}

absl::StatusOr<TablesAnswer> IncidentPlaces(const ReportViews& views,
                                            const IncidentPlacesRequest& request,
                                            const AnswerContext& asked) {
  const AnswerContext context = ContextOfView(asked, views.incident_counts);
  if (request.force.empty()) return MissingParameter("force");
  if (request.from.empty()) return MissingParameter("from");
  const std::string& to = request.to.empty() ? request.from : request.to;
  if (absl::Status months = CheckMonths(request.from, to); !months.ok()) return months;
  const std::optional<std::string> force = ForceMeant(views, request.force);
  if (!force) return NotFound("force", "force", "UNKNOWN_ORGANISATION");

  std::set<std::string> members;
  if (const AreaRow* area = AreaOfForce(*views.names, *force)) {
    for (std::string& name : DistrictsOf(*views.names, area->area_id())) {
      members.insert(std::move(name));
    }
  }
  TablesAnswer answer;
  std::uint64_t back_loaded = 0;
  for (const auto& [source, held] : HeldMonths(views)) {
    if (source.force_id != *force) continue;
    std::vector<std::string> months;
    std::string missing;
    for (const std::string& month : MonthsFromTo(request.from, to)) {
      if (held.contains(month)) {
        months.push_back(month);
      } else {
        missing += (missing.empty() ? "" : ", ") + month;
      }
    }
    if (months.empty()) continue;
    const PlaceCounts counts = CountPlaces(views, source, months, members);
    back_loaded += counts.back_loaded;
    answer.tables.push_back(PlacesTable(views, source, months, !members.empty(), counts, context));
    if (!missing.empty()) {
      answer.tables.back().add_notes("[x] not held, and not in the counts: " + missing + ".");
    }
  }
  if (answer.tables.empty()) {
    answer.tables.push_back(
        NothingHeld("incident-places",
                    "Incidents by place: " + OrganisationName(*views.names, *force), context));
  }
  answer.truth = TruthOf(context, back_loaded);
  return answer;
}

}  // namespace daybook::reports
