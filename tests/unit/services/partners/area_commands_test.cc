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

struct Given {
  std::string id;
  std::string code;
  std::string name;
  std::string kind = "district";
  std::vector<std::string> parents = {};
  std::uint32_t vintage = 2021;
};

v1::RegisterAreaRequest Registration(const Given& given) {
  v1::RegisterAreaRequest request;
  request.set_area_id(given.id);
  request.set_code(given.code);
  request.set_name(given.name);
  request.set_kind(given.kind);
  for (const auto& parent : given.parents) request.add_parent_ids(parent);
  request.set_boundary_vintage(given.vintage);
  return request;
}

class Areas : public ::testing::Test {
 protected:
  Areas() {
    Add({.id = "shire-county", .code = "E10", .name = "Shire", .kind = "county"});
    Add({.id = "shire-force", .code = "", .name = "Shire", .kind = "force"});
    Add({.id = "riverside",
         .code = "E07",
         .name = "Riverside",
         .parents = {"shire-county", "shire-force"}});
  }
  void Add(const Given& given) { Apply(Decide(areas_, Registration(given)), areas_); }
  AreaRegister areas_;
};

TEST_F(Areas, OneNameMayStandForSeveralKindsOfArea) {
  EXPECT_EQ(areas_.size(), 3U);
  EXPECT_TRUE(areas_.Resolve("Shire").ambiguous);
  EXPECT_EQ(areas_.Resolve("shire", "force").area->area_id(), "shire-force");
}

TEST_F(Areas, AnAreaIsFoundByIdCodeAndName) {
  for (const char* name : {"riverside", "E07", " RIVERSIDE "}) {
    ASSERT_NE(areas_.Resolve(name).area, nullptr) << name;
    EXPECT_EQ(areas_.Resolve(name).area->area_id(), "riverside");
  }
  EXPECT_EQ(areas_.Resolve("nowhere").area, nullptr);
}

TEST_F(Areas, ALaterBoundarySetIsMeantWhereNothingElseIsSaid) {
  Add({.id = "riverside-2031", .code = "E07", .name = "Riverside", .vintage = 2031});
  EXPECT_EQ(areas_.Resolve("Riverside").area->area_id(), "riverside-2031");
  EXPECT_EQ(areas_.Resolve("E07").area->area_id(), "riverside-2031");
}

TEST_F(Areas, ContainmentGoesThroughParents) {
  Add({.id = "riverside-001",
       .code = "E01",
       .name = "Riverside 001",
       .kind = "lsoa",
       .parents = {"riverside"}});
  EXPECT_TRUE(areas_.IsWithin("riverside-001", "shire-county"));
  EXPECT_TRUE(areas_.IsWithin("riverside", "riverside"));
  EXPECT_FALSE(areas_.IsWithin("shire-county", "riverside"));
}

TEST_F(Areas, TheSameContentAgainChangesNothing) {
  EXPECT_THAT(Decide(areas_, Registration({.id = "riverside",
                                           .code = "E07",
                                           .name = "Riverside",
                                           .parents = {"shire-force", "shire-county"}})),
              ChangesNothing());
}

TEST_F(Areas, OtherContentAlreadyExists) {
  EXPECT_THAT(Decide(areas_, Registration({.id = "riverside", .code = "E07", .name = "Lakeside"})),
              IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS", "area_id"));
  EXPECT_THAT(Decide(areas_, Registration({.id = "other", .code = "E07", .name = "Other"})),
              IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS", "code"));
  EXPECT_THAT(Decide(areas_, Registration({.id = "other", .code = "E09", .name = "riverSIDE"})),
              IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS", "name"));
}

TEST_F(Areas, AParentMustBeRegisteredBefore) {
  EXPECT_THAT(Decide(areas_, Registration({.id = "hill",
                                           .code = "",
                                           .name = "Hill",
                                           .parents = {"shire-county", "mountain"}})),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_AREA", "parent_ids[1]"));
  EXPECT_THAT(Decide(areas_, Registration(
                                 {.id = "hill", .code = "", .name = "Hill", .parents = {"Shire"}})),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_AREA", "parent_ids[0]"));
}

TEST_F(Areas, ShapeIsCheckedAtTheDoor) {
  EXPECT_THAT(
      Decide(areas_, Registration({.id = "hill", .code = "", .name = "Hill", .kind = "parish"})),
      IsRefused(StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "kind"));
  EXPECT_THAT(Decide(areas_, Registration({.id = "hill", .code = "", .name = ""})),
              IsRefused(StatusCode::kInvalidArgument, "MISSING_FIELD", "name"));
  EXPECT_THAT(
      Decide(areas_, Registration({.id = "hill", .code = "", .name = "Hill", .vintage = 21})),
      IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "boundary_vintage"));
}

TEST_F(Areas, TheNearestNameIsARegisteredOne) {
  EXPECT_EQ(areas_.Nearest("Riverisde")->area_id, "riverside");
  EXPECT_FALSE(AreaRegister().Nearest("x").has_value());
}

}  // namespace
}  // namespace daybook::partners
