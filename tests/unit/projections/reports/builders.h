// Facts in few words, for the tests of reports.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "daybook/actions/events/v1/events.pb.h"
#include "daybook/incidents/events/v1/events.pb.h"
#include "daybook/measures/events/v1/events.pb.h"
#include "daybook/partners/events/v1/events.pb.h"
#include "projections/reports/dates.h"
#include "proto/values/precision.h"
#include "tests/support/status_matchers.h"
#include "tests/support/view_feed.h"

namespace daybook::reports::testing {

using ::daybook::testing::ViewFeed;
using measures::events::v1::FigurePublished;
using measures::events::v1::MeasureDefined;
using measures::events::v1::ObservationRecorded;

inline Period P(const std::string& label) {
  const auto period = ParsePeriod(label);
  EXPECT_TRUE(period.has_value()) << label;
  return period.value_or(Period());
}

inline types::v1::Quantity Q(const std::string& text) {
  return values::QuantityFromText(text).value_or(types::v1::Quantity());
}

inline void AddOrganisation(ViewFeed& feed, const std::string& id, const std::string& name) {
  partners::events::v1::OrganisationRegistered fact;
  fact.set_organisation_id(id);
  fact.set_name(name);
  feed.Add(fact);
}

inline void AddArea(ViewFeed& feed, const std::string& id, const std::string& name,
                    const std::string& kind, const std::vector<std::string>& parents = {}) {
  partners::events::v1::AreaRegistered fact;
  fact.set_area_id(id);
  fact.set_name(name);
  fact.set_kind(kind);
  for (const std::string& parent : parents) fact.add_parent_ids(parent);
  feed.Add(fact);
}

inline MeasureDefined Measure(const std::string& id, MeasureDefined::Subject subject,
                              const std::string& label, std::uint32_t sort_order = 1) {
  MeasureDefined fact;
  fact.set_measure_id(id);
  fact.set_version(1);
  fact.set_subject(subject);
  fact.set_label(label);
  fact.set_sort_order(sort_order);
  return fact;
}

inline ObservationRecorded Observation(const std::string& measure, const std::string& area,
                                       const std::string& source, const std::string& period) {
  ObservationRecorded fact;
  fact.set_measure_id(measure);
  fact.set_measure_version(1);
  fact.set_area_id(area);
  fact.set_source_id(source);
  *fact.mutable_period() = P(period);
  fact.set_basis(ObservationRecorded::BASIS_IN_PERIOD);
  return fact;
}

inline bool HasNote(const google::protobuf::RepeatedPtrField<std::string>& notes,
                    const std::string& part) {
  for (const std::string& note : notes) {
    if (note.find(part) != std::string::npos) return true;
  }
  return false;
}

}  // namespace daybook::reports::testing
