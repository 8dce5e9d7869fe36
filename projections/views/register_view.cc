#include "projections/views/register_view.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "daybook/measures/events/v1/events.pb.h"
#include "daybook/partners/events/v1/events.pb.h"
#include "projections/views/fact.h"
#include "projections/views/handlings.h"
#include "projections/views/row_key.h"

namespace daybook::views {
namespace {

using projections::Handling;
using projections::TypeHandling;
using projections::ViewEvent;
namespace measures_events = daybook::measures::events::v1;
namespace partners_events = daybook::partners::events::v1;

template <class Repeated>
void AddOnce(const std::string& value, Repeated* values) {
  if (std::find(values->begin(), values->end(), value) == values->end()) *values->Add() = value;
}

// The latest that is said of a day and cause holds: a suspicion may be confirmed.
void AddBreak(const measures_events::SeriesBreakDeclared& declared, v1::MeasureRow& row) {
  const auto stands = std::find_if(
      row.mutable_breaks()->begin(), row.mutable_breaks()->end(), [&](const auto& known) {
        return known.date() == declared.date() && known.cause() == declared.cause();
      });
  auto* added = stands == row.mutable_breaks()->end() ? row.add_breaks() : &*stands;
  added->set_date(declared.date());
  added->set_cause(declared.cause());
  added->set_latest_date(declared.latest_date());
  added->set_suspected(declared.suspected());
  std::sort(row.mutable_breaks()->begin(), row.mutable_breaks()->end(),
            [](const auto& a, const auto& b) {
              return std::tie(a.date(), a.cause()) < std::tie(b.date(), b.cause());
            });
}

}  // namespace

const std::vector<TypeHandling>& RegisterView::types() const {
  static const auto& types = *new std::vector<TypeHandling>(Handlings(
      {
          {"measures.DimensionDefined", Handling::kReference},
          {"measures.HarmWeightSet", Handling::kReference},
          {"measures.MeasureDefined", Handling::kReference},
          {"measures.SeriesBreakDeclared", Handling::kReference},
          {"partners.AreaRegistered", Handling::kReference},
          {"partners.MembershipEnded", Handling::kReference},
          {"partners.MembershipGranted", Handling::kReference},
          {"partners.OrganisationAliasAdded", Handling::kReference},
          {"partners.OrganisationRegistered", Handling::kReference},
          {"partners.OrganisationSucceeded", Handling::kReference},
          {"partners.PartnershipRegistered", Handling::kReference},
      },
      {"actions", "incidents", "measures.FigurePublished", "measures.ObservationRecorded",
       "measures.TableReleased", "referrals", "scrutiny", "submissions", "enforcement"}));
  return types;
}

void RegisterView::Apply(const ViewEvent& event) {
  if (ApplyOrganisation(event) || ApplyMembership(event) || ApplyMeasure(event)) return;
  if (const auto* partnership = AsFact<partners_events::PartnershipRegistered>(event)) {
    v1::PartnershipRow& row = partnerships_.Mutable(RowKey({partnership->partnership_id()}));
    row.set_partnership_id(partnership->partnership_id());
    row.set_name(partnership->name());
    *row.mutable_area_ids() = partnership->area_ids();
  } else if (const auto* area = AsFact<partners_events::AreaRegistered>(event)) {
    v1::AreaRow& row = areas_.Mutable(RowKey({area->area_id()}));
    row.set_area_id(area->area_id());
    row.set_code(area->code());
    row.set_name(area->name());
    row.set_kind(area->kind());
    *row.mutable_parent_ids() = area->parent_ids();
    row.set_boundary_vintage(area->boundary_vintage());
  }
}

bool RegisterView::ApplyOrganisation(const ViewEvent& event) {
  const auto row_of = [this](const std::string& id) -> v1::OrganisationRow& {
    v1::OrganisationRow& row = organisations_.Mutable(RowKey({id}));
    row.set_organisation_id(id);
    return row;
  };
  if (const auto* registered = AsFact<partners_events::OrganisationRegistered>(event)) {
    v1::OrganisationRow& row = row_of(registered->organisation_id());
    row.set_name(registered->name());
    row.set_kind(registered->kind());
    for (const std::string& alias : registered->aliases()) AddOnce(alias, row.mutable_aliases());
  } else if (const auto* added = AsFact<partners_events::OrganisationAliasAdded>(event)) {
    AddOnce(added->alias(), row_of(added->organisation_id()).mutable_aliases());
  } else if (const auto* succeeded = AsFact<partners_events::OrganisationSucceeded>(event)) {
    for (const std::string& from : succeeded->from_organisation_ids()) {
      v1::OrganisationRow& row = row_of(from);
      row.set_succeeded_by(succeeded->to_organisation_id());
      row.set_succeeded_date(succeeded->date());
      AddOnce(from, row_of(succeeded->to_organisation_id()).mutable_predecessor_ids());
    }
  } else {
    return false;
  }
  return true;
}

bool RegisterView::ApplyMembership(const ViewEvent& event) {
  const auto row_of = [this](const auto& fact) -> v1::MembershipRow& {
    v1::MembershipRow& row =
        memberships_.Mutable(RowKey({fact.partnership_id(), fact.organisation_id()}));
    row.set_partnership_id(fact.partnership_id());
    row.set_organisation_id(fact.organisation_id());
    return row;
  };
  if (const auto* granted = AsFact<partners_events::MembershipGranted>(event)) {
    auto* spell = row_of(*granted).add_spells();
    spell->set_role(granted->role());
    spell->set_from_date(granted->from_date());
  } else if (const auto* ended = AsFact<partners_events::MembershipEnded>(event)) {
    v1::MembershipRow& row = row_of(*ended);
    // An end without a beginning is kept as what it is: a spell of unknown start.
    const bool running =
        row.spells_size() > 0 && row.spells(row.spells_size() - 1).until_date().empty();
    auto* spell = running ? row.mutable_spells(row.spells_size() - 1) : row.add_spells();
    spell->set_until_date(ended->date());
  } else {
    return false;
  }
  return true;
}

bool RegisterView::ApplyMeasure(const ViewEvent& event) {
  if (const auto* defined = AsFact<measures_events::MeasureDefined>(event)) {
    v1::MeasureRow& row = measures_.Mutable(RowKey({defined->measure_id()}));
    if (defined->version() >= row.definition().version()) *row.mutable_definition() = *defined;
  } else if (const auto* dimension = AsFact<measures_events::DimensionDefined>(event)) {
    dimensions_.Mutable(RowKey({dimension->dimension_id()})) = *dimension;
  } else if (const auto* weight = AsFact<measures_events::HarmWeightSet>(event)) {
    weights_.Mutable(RowKey({weight->index_id(), weight->measure_id(), weight->from_date()})) =
        *weight;
  } else if (const auto* declared = AsFact<measures_events::SeriesBreakDeclared>(event)) {
    v1::MeasureRow& row = measures_.Mutable(RowKey({declared->measure_id()}));
    row.mutable_definition()->set_measure_id(declared->measure_id());
    AddBreak(*declared, row);
  } else {
    return false;
  }
  return true;
}

}  // namespace daybook::views
