// The whole daemon in this process, on a directory and a port of its own, and a client on the wire.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>

#include "services/daybookd/node.h"
#include "tests/integration/refusal.h"
#include "tests/integration/wire.h"
#include "tests/support/temp_dir.h"

namespace daybook::integration {

inline constexpr const char* kAgency = "north-shire-police";

class DaybookTest : public ::testing::Test {
 protected:
  // Nothing is seeded; the daemon serves.
  void SetUp() override;
  void TearDown() override;

  void Start();
  // Drains as SIGTERM does.
  void Stop();
  void Restart() {
    Stop();
    Start();
  }
  virtual runtime::Config Config() const;

  Client& client() { return *client_; }
  daemon::Node& node() { return *node_; }
  std::unique_ptr<Client> ClientOf(const std::string& agency) const;
  std::string data_directory() const { return directory_ / "data"; }

  types::v1::Checkpoint Head();
  std::uint64_t Size() { return Head().size(); }

  // An organisation, an area, a partnership; with SeedPlan also a plan with a priority, an action
  // and its target; with SeedMeasures also two measures. Each fails the test when refused.
  void SeedPartners();
  void SeedPlan();
  void SeedMeasures();

  // Sends a command that must be accepted.
  template <class Request>
  auto Accept(const Request& request) {
    auto answer = client().Call(request);
    EXPECT_TRUE(answer.ok()) << RefusalOf(answer.status).text;
    return answer.response;
  }

  // Sends a command that must be refused as expected, changing nothing.
  template <class Request>
  void Refuse(const Request& request, const Expected& expected) {
    const types::v1::Checkpoint before = Head();
    ExpectRefusal(RefusalOf(client().Call(request).status), expected);
    ExpectUnharmed(before);
  }

  // The log is as it was, and the next good command is accepted, as one event, and reaches every
  // view.
  void ExpectUnharmed(const types::v1::Checkpoint& before);

 private:
  testing::TempDir directory_;
  std::unique_ptr<daemon::Node> node_;
  std::unique_ptr<Client> client_;
};

}  // namespace daybook::integration
