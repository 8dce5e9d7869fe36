// Small views over real event types, and a log to feed them.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/partners/events/v1/events.pb.h"
#include "daybook/views/v1/state.pb.h"
#include "eventstore/memory/memory_event_store.h"
#include "projections/core/table.h"
#include "projections/core/view.h"
#include "projections/engine/view_reader.h"
#include "proto/registry/event_types.h"
#include "tests/support/fake_clock.h"
#include "tests/support/status_matchers.h"

namespace daybook::projections::testing {

namespace partners = ::daybook::partners::events::v1;

inline constexpr char kArea[] = "partners.AreaRegistered";
inline constexpr char kOrganisation[] = "partners.OrganisationRegistered";
inline constexpr char kAlias[] = "partners.OrganisationAliasAdded";
inline constexpr char kSucceeded[] = "partners.OrganisationSucceeded";

// Names what is given and ignores every other registered type.
inline std::vector<TypeHandling> IgnoreOthers(std::vector<TypeHandling> handled) {
  const std::size_t named = handled.size();
  for (const std::string& type : registry::AllEventTypes()) {
    bool found = false;
    for (std::size_t i = 0; i < named; ++i) found = found || handled[i].type == type;
    if (!found) handled.push_back({type, Handling::kIgnore});
  }
  return handled;
}

// Organisations by id with the number of their aliases; one that was succeeded is gone.
class OrganisationsView final : public View {
 public:
  static constexpr std::string_view kName = "organisations";
  explicit OrganisationsView(std::uint32_t version = 1) : version_(version) {}

  std::string_view name() const override { return kName; }
  std::uint32_t version() const override { return version_; }
  const std::vector<TypeHandling>& types() const override { return types_; }
  void Apply(const ViewEvent& event) override {
    const std::string& type = event.recorded->event.type;
    if (type == kOrganisation) {
      const auto& fact = static_cast<const partners::OrganisationRegistered&>(*event.message);
      rows_.Mutable(fact.organisation_id()).set_name(fact.name());
    } else if (type == kAlias) {
      const auto& fact = static_cast<const partners::OrganisationAliasAdded&>(*event.message);
      auto& row = rows_.Mutable(fact.organisation_id());
      row.set_applied(row.applied() + 1);
    } else {
      const auto& fact = static_cast<const partners::OrganisationSucceeded&>(*event.message);
      for (const std::string& id : fact.from_organisation_ids()) rows_.Erase(id);
    }
  }
  std::vector<TableBase*> tables() override { return {&rows_}; }

  const Table<views::v1::StoredView>& rows() const { return rows_; }

 private:
  const std::uint32_t version_;
  const std::vector<TypeHandling> types_ = IgnoreOthers({{kOrganisation, Handling::kApply},
                                                         {kAlias, Handling::kApply},
                                                         {kSucceeded, Handling::kApply}});
  Table<views::v1::StoredView> rows_{"organisations"};
};

// Writes down the order in which it is given events: areas are its reference.
class OrderView final : public View {
 public:
  static constexpr std::string_view kName = "order";

  std::string_view name() const override { return kName; }
  std::uint32_t version() const override { return 1; }
  const std::vector<TypeHandling>& types() const override { return types_; }
  void Apply(const ViewEvent& event) override {
    std::string& order = *rows_.Mutable("order").mutable_name();
    order += std::to_string(event.recorded->position.value);
    order += event.back_loaded ? "* " : " ";
  }
  std::vector<TableBase*> tables() override { return {&rows_}; }

  std::string order() const {
    const auto* row = rows_.Find("order");
    return row == nullptr ? "" : row->name();
  }

 private:
  const std::vector<TypeHandling> types_ =
      IgnoreOthers({{kArea, Handling::kReference}, {kOrganisation, Handling::kApply}});
  Table<views::v1::StoredView> rows_{"order"};
};

inline std::vector<std::unique_ptr<View>> TwoViews() {
  std::vector<std::unique_ptr<View>> views;
  views.push_back(std::make_unique<OrganisationsView>());
  views.push_back(std::make_unique<OrderView>());
  return views;
}

// A log in memory that is easy to append to. Its clock stands on 5 January 2026.
class TestLog {
 public:
  // Returns the position.
  std::uint64_t Append(const std::string& type, std::string payload, eventstore::Known known = {}) {
    eventstore::NewEvent event;
    event.id = "event-" + std::to_string(next_);
    event.type = type;
    event.known = known;
    event.payload = std::move(payload);
    eventstore::AppendRequest request;
    request.agency = "test";
    request.request_id = std::to_string(next_++);
    request.writes.push_back({.stream = "test", .events = {std::move(event)}});
    const auto result = store.Append(std::move(request));
    EXPECT_OK(result);
    return result.ok() ? result->last.value : 0;
  }
  std::uint64_t Organisation(const std::string& id, eventstore::Known known = {}) {
    partners::OrganisationRegistered fact;
    fact.set_organisation_id(id);
    fact.set_name("Organisation " + id);
    return Append(kOrganisation, fact.SerializeAsString(), known);
  }
  std::uint64_t Alias(const std::string& id) {
    partners::OrganisationAliasAdded fact;
    fact.set_organisation_id(id);
    return Append(kAlias, fact.SerializeAsString());
  }
  std::uint64_t Succeeded(const std::string& id) {
    partners::OrganisationSucceeded fact;
    fact.add_from_organisation_ids(id);
    return Append(kSucceeded, fact.SerializeAsString());
  }
  std::uint64_t Area(const std::string& id, eventstore::Known known = {}) {
    partners::AreaRegistered fact;
    fact.set_area_id(id);
    return Append(kArea, fact.SerializeAsString(), known);
  }
  // A payload that is no message: a length that runs past the end.
  std::uint64_t Broken(const std::string& type) { return Append(type, "\x0A\x7F"); }

  ::daybook::testing::FakeClock clock;
  eventstore::MemoryEventStore store{clock};

 private:
  int next_ = 0;
};

// Reads for now, over and over, where every event of the log is one new organisation: each answer
// is of one position, and none is older than the one before.
inline void ReadUntil(const std::atomic<bool>& done, ViewReader& reader) {
  std::uint64_t last = 0;
  while (!done.load()) {
    EXPECT_OK(reader.Query({}, [&](const ViewSet& views, const Truth& truth) -> absl::Status {
      DAYBOOK_ASSIGN_OR_RETURN(const auto* view, views.Get<OrganisationsView>());
      EXPECT_EQ(view->rows().size(), truth.checkpoint.size);
      EXPECT_GE(truth.checkpoint.size, last);
      last = truth.checkpoint.size;
      return absl::OkStatus();
    }));
  }
}

// Days since 1970 of the clock's start, 5 January 2026.
inline constexpr std::int32_t kToday = 20458;

inline eventstore::Known OnDay(std::int32_t day) {
  return {eventstore::KnownPrecision::kDay, {day}};
}
inline eventstore::Known InMonth(std::int32_t last_day) {
  return {eventstore::KnownPrecision::kMonth, {last_day}};
}
inline eventstore::Known Unknown() { return {eventstore::KnownPrecision::kUnknown, {}}; }

}  // namespace daybook::projections::testing
