#include "projections/views/referral_trend_view.h"

#include <algorithm>

#include "projections/views/fact.h"
#include "projections/views/handlings.h"
#include "projections/views/row_key.h"

namespace daybook::views {

using projections::Handling;
using projections::TypeHandling;

const std::vector<TypeHandling>& ReferralTrendView::types() const {
  static const auto& types = *new std::vector<TypeHandling>(Handlings(
      {
          {"measures.FigurePublished", Handling::kApply},
          {"measures.MeasureDefined", Handling::kReference},
          {"measures.ObservationRecorded", Handling::kApply},
          {"measures.TableReleased", Handling::kApply},
          {"referrals.ReferralReceived", Handling::kApply},
          {"referrals.ReferralRevised", Handling::kApply},
          {"referrals.ReferralStatedEarlier", Handling::kApply},
          {"referrals.ReferralVoided", Handling::kApply},
      },
      // The register keeps breaks and weights.
      {"actions", "incidents", "measures.DimensionDefined", "measures.HarmWeightSet",
       "measures.SeriesBreakDeclared", "partners", "referrals.ReferralStatusChanged", "scrutiny",
       "submissions", "enforcement"}));
  return types;
}

namespace {

std::string KeyOf(const std::string& agency,
                  const referrals::events::v1::ReferralReceived& referral) {
  return RowKey({referral.service_id(), agency, referral.area_id(), referral.month()});
}

}  // namespace

void ReferralTrendView::Add(const std::string& agency,
                            const referrals::events::v1::ReferralReceived& referral,
                            bool back_loaded) {
  v1::ReferralCellRow& row = cells_.Mutable(KeyOf(agency, referral));
  row.set_service_id(referral.service_id());
  row.set_agency(agency);
  row.set_area_id(referral.area_id());
  row.set_month(referral.month());
  row.set_count(row.count() + 1);
  if (back_loaded) row.set_back_loaded(row.back_loaded() + 1);
}

// As incident-trend does: a cell without referrals is no cell.
void ReferralTrendView::Remove(const std::string& agency,
                               const referrals::events::v1::ReferralReceived& referral) {
  const std::string key = KeyOf(agency, referral);
  if (cells_.Find(key) == nullptr) return;
  v1::ReferralCellRow& row = cells_.Mutable(key);
  if (row.count() <= 1) {
    cells_.Erase(key);
    return;
  }
  row.set_count(row.count() - 1);
  row.set_back_loaded(std::min(row.back_loaded(), row.count()));
}

bool ReferralTrendView::ApplyReferral(const projections::ViewEvent& event) {
  const std::string& agency = event.recorded->agency;
  if (const auto* received = AsFact<referrals::events::v1::ReferralReceived>(event)) {
    Add(agency, *received, event.back_loaded);
  } else if (const auto* revised = AsFact<referrals::events::v1::ReferralRevised>(event)) {
    if (revised->has_before()) Remove(agency, revised->before());
    Add(agency, revised->referral(), event.back_loaded);
  } else if (const auto* voided = AsFact<referrals::events::v1::ReferralVoided>(event)) {
    Remove(agency, voided->before());
  } else if (const auto* earlier = AsFact<referrals::events::v1::ReferralStatedEarlier>(event)) {
    if (!HoldsOn(event.known_on, earlier->until_day())) return true;
    if (earlier->has_before()) Remove(agency, earlier->before());
    if (earlier->has_stated()) Add(agency, earlier->stated(), event.back_loaded);
  } else {
    return false;
  }
  return true;
}

void ReferralTrendView::Apply(const projections::ViewEvent& event) {
  if (!ApplyReferral(event)) series_.Apply(event);
}

std::vector<projections::TableBase*> ReferralTrendView::tables() {
  std::vector<projections::TableBase*> tables = series_.tables();
  tables.push_back(&cells_);
  return tables;
}

}  // namespace daybook::views
