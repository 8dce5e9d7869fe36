#include "projections/views/incident_trend_view.h"

#include <algorithm>

#include "projections/views/fact.h"
#include "projections/views/handlings.h"
#include "projections/views/row_key.h"

namespace daybook::views {

using incidents::events::v1::IncidentRecorded;
using projections::Handling;
using projections::TypeHandling;

const std::vector<TypeHandling>& IncidentTrendView::types() const {
  static const auto& types = *new std::vector<TypeHandling>(Handlings(
      {
          {"incidents.IncidentRecorded", Handling::kApply},
          {"incidents.IncidentRevised", Handling::kApply},
          {"incidents.IncidentStatedEarlier", Handling::kApply},
          {"incidents.IncidentVoided", Handling::kApply},
          {"measures.FigurePublished", Handling::kApply},
          {"measures.MeasureDefined", Handling::kReference},
          {"measures.ObservationRecorded", Handling::kApply},
          {"measures.TableReleased", Handling::kApply},
      },
      // The register keeps breaks and weights.
      {"actions", "measures.DimensionDefined", "measures.HarmWeightSet",
       "measures.SeriesBreakDeclared", "partners", "referrals", "scrutiny", "submissions",
       "enforcement"}));
  return types;
}

void IncidentTrendView::MakeKey(const IncidentRecorded& incident, std::string_view type) {
  MakeRowKey({incident.dataset(), incident.force_id(), incident.month(), type, incident.district()},
             key_);
}

void IncidentTrendView::AddTo(Cells& cells, const IncidentRecorded& incident, std::string_view type,
                              bool back_loaded) {
  MakeKey(incident, type);
  v1::IncidentCellRow& row = cells.Mutable(key_);
  if (row.count() == 0) {
    row.set_dataset(incident.dataset());
    row.set_force_id(incident.force_id());
    row.set_month(incident.month());
    row.set_type(std::string(type));
    row.set_district(incident.district());
  }
  row.set_count(row.count() + 1);
  if (back_loaded) row.set_back_loaded(row.back_loaded() + 1);
}

// A cell without incidents is no cell. Which of its incidents were loaded late is not kept, so
// those that leave are taken to be the others first.
void IncidentTrendView::RemoveFrom(Cells& cells, const IncidentRecorded& incident,
                                   std::string_view type) {
  MakeKey(incident, type);
  if (cells.Find(key_) == nullptr) return;
  v1::IncidentCellRow& row = cells.Mutable(key_);
  if (row.count() <= 1) {
    cells.Erase(key_);
    return;
  }
  row.set_count(row.count() - 1);
  row.set_back_loaded(std::min(row.back_loaded(), row.count()));
}

// One that its source took back counts nowhere.
void IncidentTrendView::Add(const IncidentRecorded& incident, bool back_loaded) {
  if (!incident.withdrawal().empty()) return;
  AddTo(cells_, incident, incident.type(), back_loaded);
  if (!incident.sub_group().empty()) {
    AddTo(sub_groups_, incident, incident.sub_group(), back_loaded);
  }
  for (const std::string& flag : incident.flags()) AddTo(flags_, incident, flag, back_loaded);
}

void IncidentTrendView::Remove(const IncidentRecorded& incident) {
  if (!incident.withdrawal().empty()) return;
  RemoveFrom(cells_, incident, incident.type());
  if (!incident.sub_group().empty()) RemoveFrom(sub_groups_, incident, incident.sub_group());
  for (const std::string& flag : incident.flags()) RemoveFrom(flags_, incident, flag);
}

bool IncidentTrendView::ApplyIncident(const projections::ViewEvent& event) {
  if (const auto* incident = AsFact<IncidentRecorded>(event)) {
    Add(*incident, event.back_loaded);
  } else if (const auto* revised = AsFact<incidents::events::v1::IncidentRevised>(event)) {
    if (revised->has_before()) Remove(revised->before());
    Add(revised->incident(), event.back_loaded);
  } else if (const auto* voided = AsFact<incidents::events::v1::IncidentVoided>(event)) {
    Remove(voided->before());
  } else if (const auto* earlier = AsFact<incidents::events::v1::IncidentStatedEarlier>(event)) {
    if (!HoldsOn(event.known_on, earlier->until_day())) return true;
    if (earlier->has_before()) Remove(earlier->before());
    if (earlier->has_stated()) Add(earlier->stated(), event.back_loaded);
  } else {
    return false;
  }
  return true;
}

void IncidentTrendView::Apply(const projections::ViewEvent& event) {
  if (!ApplyIncident(event)) series_.Apply(event);
}

std::vector<projections::TableBase*> IncidentTrendView::tables() {
  std::vector<projections::TableBase*> tables = series_.tables();
  tables.insert(tables.end(), {&cells_, &sub_groups_, &flags_});
  return tables;
}

}  // namespace daybook::views
