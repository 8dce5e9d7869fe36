#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/partners/domain/partner_commands.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::partners {
namespace {

using absl::StatusCode;
using daybook::testing::Apply;
using daybook::testing::ChangesNothing;
using daybook::testing::IsRefused;
using daybook::testing::OnlyEvent;
using ::testing::ElementsAre;

class Partnerships : public ::testing::Test {
 protected:
  Partnerships() {
    v1::RegisterAreaRequest area;
    area.set_area_id("riverside");
    area.set_name("Riverside");
    area.set_kind("district");
    Apply(Decide(areas_, area), areas_);
    v1::RegisterOrganisationRequest organisation;
    organisation.set_organisation_id("north-police");
    organisation.set_name("North Police");
    organisation.set_kind("police");
    Apply(Decide(organisations_, organisation), organisations_);
    Apply(Register("riverside-csp", "Safer Riverside", {"Riverside"}), partnerships_);
  }

  commands::Outcome Register(const std::string& id, const std::string& name,
                             const std::vector<std::string>& areas) {
    v1::RegisterPartnershipRequest request;
    request.set_partnership_id(id);
    request.set_name(name);
    for (const auto& area : areas) request.add_area_ids(area);
    return Decide(partnerships_, areas_, request);
  }

  commands::Outcome Grant(const std::string& organisation, const std::string& from,
                          const std::string& role = "statutory",
                          const std::string& partnership = "riverside-csp") {
    v1::GrantMembershipRequest request;
    request.set_partnership_id(partnership);
    request.set_organisation_id(organisation);
    request.set_role(role);
    request.set_from_date(from);
    return Decide(partnerships_, organisations_, request);
  }

  commands::Outcome End(const std::string& organisation, const std::string& date,
                        const std::string& partnership = "riverside-csp") {
    v1::EndMembershipRequest request;
    request.set_partnership_id(partnership);
    request.set_organisation_id(organisation);
    request.set_date(date);
    return Decide(partnerships_, organisations_, request);
  }

  AreaRegister areas_;
  OrganisationRegister organisations_;
  PartnershipRegister partnerships_;
};

TEST_F(Partnerships, AreasAreStoredById) {
  const auto event =
      OnlyEvent<events::v1::PartnershipRegistered>(Register("other-csp", "Other", {"Riverside"}));
  EXPECT_THAT(event.area_ids(), ElementsAre("riverside"));
}

TEST_F(Partnerships, TheSameContentAgainChangesNothing) {
  EXPECT_THAT(Register("riverside-csp", "Safer Riverside", {"riverside"}), ChangesNothing());
}

TEST_F(Partnerships, OtherContentAlreadyExists) {
  EXPECT_THAT(Register("riverside-csp", "Safer Riverside", {}),
              IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS", "partnership_id"));
  EXPECT_THAT(Register("second-csp", "SAFER riverside", {}),
              IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS", "name"));
}

TEST_F(Partnerships, AnAreaMustBeRegistered) {
  EXPECT_THAT(Register("other-csp", "Other", {"riverside", "atlantis"}),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_AREA", "area_ids[1]"));
}

TEST_F(Partnerships, AMembershipIsGrantedOnce) {
  const auto granted = Grant("North Police", "2015-04-01");
  EXPECT_EQ(OnlyEvent<events::v1::MembershipGranted>(granted).organisation_id(), "north-police");
  Apply(granted, partnerships_);
  EXPECT_THAT(Grant("north-police", "2015-04-01"), ChangesNothing());
  EXPECT_THAT(Grant("north-police", "2016-04-01"),
              IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS", "organisation_id"));
}

TEST_F(Partnerships, AFileOfMembersSentAgainChangesNothingAfterTheEndOfOne) {
  Apply(Grant("north-police", "2015-04-01"), partnerships_);
  Apply(End("north-police", "2018-04-01"), partnerships_);
  EXPECT_THAT(Grant("north-police", "2015-04-01"), ChangesNothing());
  EXPECT_THAT(End("north-police", "2018-04-01"), ChangesNothing());
}

TEST_F(Partnerships, MembershipsDoNotOverlap) {
  Apply(Grant("north-police", "2015-04-01"), partnerships_);
  Apply(End("north-police", "2018-04-01"), partnerships_);
  EXPECT_THAT(Grant("north-police", "2017-01-01"),
              IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS", "from_date"));
  EXPECT_EQ(
      OnlyEvent<events::v1::MembershipGranted>(Grant("north-police", "2018-04-01")).from_date(),
      "2018-04-01");
}

TEST_F(Partnerships, WhoIsNotAMemberCannotLeave) {
  EXPECT_THAT(End("north-police", "2018-04-01"),
              IsRefused(StatusCode::kFailedPrecondition, "WRONG_STATE", "organisation_id"));
  Apply(Grant("north-police", "2015-04-01"), partnerships_);
  EXPECT_THAT(End("north-police", "2014-04-01"),
              IsRefused(StatusCode::kFailedPrecondition, "WRONG_STATE", "date"));
  Apply(End("north-police", "2018-04-01"), partnerships_);
  EXPECT_THAT(End("north-police", "2019-04-01"),
              IsRefused(StatusCode::kFailedPrecondition, "WRONG_STATE", "organisation_id"));
}

TEST_F(Partnerships, EverybodyMustBeRegistered) {
  EXPECT_THAT(Grant("north-police", "", "statutory", "atlantis-csp"),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_PARTNERSHIP", "partnership_id"));
  EXPECT_THAT(Grant("south-police", ""),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_ORGANISATION", "organisation_id"));
  EXPECT_THAT(End("north-police", "2018-04-01", "atlantis-csp"),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_PARTNERSHIP", "partnership_id"));
}

TEST_F(Partnerships, ShapeIsCheckedAtTheDoor) {
  EXPECT_THAT(Grant("north-police", "", "guest"),
              IsRefused(StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "role"));
  EXPECT_THAT(Grant("north-police", "01/04/2015"),
              IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "from_date"));
  EXPECT_THAT(End("north-police", ""),
              IsRefused(StatusCode::kInvalidArgument, "MISSING_FIELD", "date"));
}

}  // namespace
}  // namespace daybook::partners
