// Events that a view cannot read, and types that it does not know.
#include <gtest/gtest.h>

#include "projections/engine/engine.h"
#include "projections/store/memory_view_store.h"
#include "tests/support/view_property.h"
#include "tests/unit/projections/engine/test_views.h"

namespace daybook::projections::testing {
namespace {

using ::daybook::testing::HasReason;
using ::daybook::testing::ObserveEngine;
using ::daybook::testing::ObserveFold;
using ::daybook::testing::Soon;
using ::testing::HasSubstr;
using ::testing::Not;

class ParkedTest : public ::testing::Test {
 protected:
  void Open(const ViewSetFactory& factory = &TwoViews) {
    engine_.reset();
    ASSERT_OK_AND_ASSIGN(engine_, Engine::Open(log_.store, store_, factory));
    engine_->Start();
    ASSERT_OK(engine_->WaitFor({log_.store.Head().size - 1}, Soon()));
  }
  template <class ViewType>
  absl::Status Ask() {
    return engine_->Query(
        {}, [](const ViewSet& views, const Truth&) { return views.Get<ViewType>().status(); });
  }

  TestLog log_;
  MemoryViewStore store_;
  std::unique_ptr<Engine> engine_;
};

TEST_F(ParkedTest, ParksTheViewsThatWantItAndLetsTheOthersGoOn) {
  log_.Organisation("a");
  const std::uint64_t broken = log_.Broken(kAlias);
  log_.Alias("a");
  log_.Organisation("b");
  Open();
  EXPECT_OK(Ask<OrderView>());
  const absl::Status refused = Ask<OrganisationsView>();
  EXPECT_THAT(refused, HasReason("VIEW_PARKED"));
  EXPECT_EQ(refused.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(eventstore::Message(refused), HasSubstr("organisations"));
  EXPECT_THAT(eventstore::Message(refused), HasSubstr("position 1"));
  const ViewStatus status = engine_->status().view_status[0];
  EXPECT_EQ(status.progress.parked->position.value, broken);
  EXPECT_EQ(status.size, broken);
  EXPECT_EQ(status.lag, 3U);
  EXPECT_EQ(status.rows, 1U) << "its rows stay as they were before the event";
  EXPECT_EQ(ObserveEngine(*engine_, 4), ObserveFold(log_.store, &TwoViews, 4));
}

TEST_F(ParkedTest, StaysParkedOverARestart) {
  log_.Organisation("a");
  log_.Broken(kAlias);
  Open();
  log_.Organisation("b");
  Open();
  EXPECT_THAT(Ask<OrganisationsView>(), HasReason("VIEW_PARKED"));
  EXPECT_EQ(ObserveEngine(*engine_, 3), ObserveFold(log_.store, &TwoViews, 3));
}

TEST_F(ParkedTest, IsFreedByAVersionThatCanReadTheEvent) {
  log_.Organisation("a");
  log_.Broken(kArea);
  log_.Organisation("b");
  Open();
  EXPECT_THAT(Ask<OrderView>(), HasReason("VIEW_PARKED"));
  const auto without_areas = [] {
    class Blind final : public View {
     public:
      std::string_view name() const override { return OrderView::kName; }
      std::uint32_t version() const override { return 2; }
      const std::vector<TypeHandling>& types() const override { return types_; }
      void Apply(const ViewEvent& event) override { order_.Apply(event); }
      std::vector<TableBase*> tables() override { return order_.tables(); }

     private:
      const std::vector<TypeHandling> types_ = IgnoreOthers({{kOrganisation, Handling::kApply}});
      OrderView order_;
    };
    std::vector<std::unique_ptr<View>> views;
    views.push_back(std::make_unique<OrganisationsView>());
    views.push_back(std::make_unique<Blind>());
    return views;
  };
  Open(without_areas);
  EXPECT_FALSE(engine_->status().view_status[1].progress.parked.has_value());
  EXPECT_EQ(ObserveEngine(*engine_, 3), ObserveFold(log_.store, without_areas, 3));
}

TEST_F(ParkedTest, SaysWhyWithoutAnyValueOfTheEvent) {
  log_.Append(kOrganisation, std::string("\x0A\x05") + "Alice\x0A\x7F");
  Open();
  EXPECT_THAT(eventstore::Message(Ask<OrganisationsView>()), Not(HasSubstr("Alice")));
}

TEST_F(ParkedTest, SkipsUnknownTypesWithACount) {
  log_.Append("future.SomethingHappened", "anything");
  log_.Organisation("a");
  log_.Append("future.SomethingHappened", "\x0A\x7F");
  Open();
  for (const ViewStatus& view : engine_->status().view_status) {
    EXPECT_EQ(view.progress.skipped_unknown, 2U);
    EXPECT_EQ(view.progress.applied, 1U);
    EXPECT_FALSE(view.progress.parked.has_value());
  }
}

TEST_F(ParkedTest, DoesNotReadEventsThatNobodyWants) {
  log_.Broken("partners.MembershipEnded");
  log_.Organisation("a");
  Open();
  EXPECT_OK(Ask<OrganisationsView>());
  EXPECT_OK(Ask<OrderView>());
}

}  // namespace
}  // namespace daybook::projections::testing
