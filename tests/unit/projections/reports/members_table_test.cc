// Who takes part in a partnership.
#include "projections/reports/members_table.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/projections/reports/builders.h"
#include "tests/unit/projections/reports/rows_of.h"

namespace daybook::reports::testing {
namespace {

using ::daybook::testing::HasReason;
using ::testing::ElementsAre;

class MembersTable : public ::testing::Test {
 protected:
  MembersTable() {
    partners::events::v1::PartnershipRegistered partnership;
    partnership.set_partnership_id("csp");
    feed_.Add(partnership);
    AddOrganisation(feed_, "trust", "Probation Trust");
    AddOrganisation(feed_, "service", "Probation Service");
    AddOrganisation(feed_, "charity", "A Charity");
    Grant("trust", "statutory", "");
    Grant("charity", "non-statutory", "2017-04-01");
  }
  void Grant(const std::string& organisation, const std::string& role, const std::string& from) {
    partners::events::v1::MembershipGranted fact;
    fact.set_partnership_id("csp");
    fact.set_organisation_id(organisation);
    fact.set_role(role);
    fact.set_from_date(from);
    feed_.Add(fact);
  }
  void End(const std::string& organisation, const std::string& date) {
    partners::events::v1::MembershipEnded fact;
    fact.set_partnership_id("csp");
    fact.set_organisation_id(organisation);
    fact.set_date(date);
    feed_.Add(fact);
  }
  Rows Ask(const std::string& within = "") {
    MembersRequest request{"csp", std::nullopt};
    if (!within.empty()) request.within = P(within);
    auto answer = Members(feed_.Views(), request, feed_.Context());
    EXPECT_OK(answer);
    return answer.ok() ? RowsOf(answer->tables.at(0)) : Rows{};
  }
  ViewFeed feed_;
};

TEST_F(MembersTable, AreByRoleAndNameWithTheirDays) {
  EXPECT_THAT(
      Ask(), ElementsAre(ElementsAre("charity", "A Charity", "non-statutory", "2017-04-01", "", ""),
                         ElementsAre("trust", "Probation Trust", "statutory", "[x]", "", "")));
}

TEST_F(MembersTable, OfAYearOnlyWhoTookPartInIt) {
  End("trust", "2014-05-31");
  EXPECT_EQ(Ask("2014-15").size(), 1U);
  EXPECT_EQ(Ask("2014-15")[0][0], "trust");
  EXPECT_EQ(Ask("2017-18")[0][0], "charity");
  EXPECT_EQ(Ask("2017-18").size(), 1U);
}

TEST_F(MembersTable, NameIntoWhomOneWentOver) {
  partners::events::v1::OrganisationSucceeded succeeded;
  succeeded.add_from_organisation_ids("trust");
  succeeded.set_to_organisation_id("service");
  feed_.Add(succeeded);
  EXPECT_EQ(Ask()[1][5], "Probation Service");
}

TEST_F(MembersTable, APartnershipNobodyKnowsIsRefused) {
  EXPECT_THAT(Members(feed_.Views(), {"other", std::nullopt}, feed_.Context()),
              HasReason("UNKNOWN_PARTNERSHIP"));
}

}  // namespace
}  // namespace daybook::reports::testing
