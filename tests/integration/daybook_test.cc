#include "tests/integration/daybook_test.h"

#include "google/protobuf/util/message_differencer.h"
#include "spdlog/spdlog.h"
#include "tests/integration/samples.h"
#include "tests/support/status_matchers.h"

namespace daybook::integration {

void DaybookTest::SetUp() {
  spdlog::set_level(spdlog::level::off);
  Start();
}

void DaybookTest::TearDown() {
  client_.reset();
  node_.reset();
}

runtime::Config DaybookTest::Config() const {
  runtime::Config config;
  config.data = data_directory();
  config.listen = "127.0.0.1:0";
  config.feed = "off";
  config.metrics = "off";
  config.workers = 4;
  config.personal_data = true;
  config.drain_seconds = 20;
  return config;
}

void DaybookTest::Start() {
  auto started = daemon::Node::Start(Config());
  ASSERT_OK(started.status());
  node_ = *std::move(started);
  client_ = ClientOf(kAgency);
}

void DaybookTest::Stop() {
  node_->Drain();
  node_.reset();
}

std::unique_ptr<Client> DaybookTest::ClientOf(const std::string& agency) const {
  return std::make_unique<Client>(node_->address(), agency);
}

types::v1::Checkpoint DaybookTest::Head() {
  const auto head = client().Call(eventlog::v1::GetHeadRequest());
  EXPECT_TRUE(head.ok()) << head.status.error_message();
  return head->head();
}

void DaybookTest::SeedPartners() {
  Accept(Organisation(kForce));
  Accept(Area());
  Accept(Partnership());
}

void DaybookTest::SeedPlan() {
  SeedPartners();
  Accept(Plan());
  Accept(Priority());
  Accept(Action());
  Accept(Target());
}

void DaybookTest::SeedMeasures() {
  SeedPartners();
  Accept(CountMeasure());
  Accept(PartMeasure());
}

void DaybookTest::ExpectUnharmed(const types::v1::Checkpoint& before) {
  const types::v1::Checkpoint after = Head();
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(before, after))
      << "before: " << before.ShortDebugString() << "\nafter: " << after.ShortDebugString();
  const auto good = Accept(Organisation(NewId("organisation")));
  EXPECT_EQ(good.receipt().position(), before.size());
  admin::v1::GetViewStatusRequest status;
  status.set_min_position(good.receipt().position());
  const auto views = Accept(status);
  EXPECT_GT(views.views_size(), 0);
  for (const auto& view : views.views()) {
    EXPECT_FALSE(view.parked()) << view.name() << ": " << view.parked_reason();
    EXPECT_EQ(view.size(), before.size() + 1) << view.name();
  }
}

}  // namespace daybook::integration
