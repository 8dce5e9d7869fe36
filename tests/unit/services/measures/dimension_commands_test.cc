#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/measures/domain/measure_commands.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::measures {
namespace {

using absl::StatusCode;
using daybook::testing::Apply;
using daybook::testing::ChangesNothing;
using daybook::testing::FieldsOf;
using daybook::testing::IsRefused;
using daybook::testing::OnlyEvent;
using events::v1::DimensionDefined;

struct Band {
  std::string id;
  int lower = -1;  // -1: no band of numbers
  int upper = -1;  // -1: open above
};

v1::DefineDimensionRequest Dimension(const std::vector<Band>& bands) {
  v1::DefineDimensionRequest request;
  request.set_dimension_id("age-band");
  request.set_label("Age");
  for (const Band& band : bands) {
    auto* category = request.add_categories();
    category->set_category_id(band.id);
    category->set_label("the " + band.id);
    if (band.lower >= 0) category->set_lower(static_cast<std::uint32_t>(band.lower));
    if (band.upper >= 0) category->set_upper(static_cast<std::uint32_t>(band.upper));
  }
  return request;
}

TEST(Dimensions, CategoriesAreKeptInTheirOrder) {
  const MeasureRegister none;
  const auto event = OnlyEvent<DimensionDefined>(Decide(none, Dimension({{"young"}, {"old"}})));
  EXPECT_EQ(event.categories(0).category_id(), "young");
  EXPECT_EQ(event.categories(1).label(), "the old");
}

TEST(Dimensions, TheSameAgainChangesNothingAndOtherCategoriesAreAnotherDimension) {
  MeasureRegister measures;
  Apply(Decide(measures, Dimension({{"young"}, {"old"}})), measures);
  EXPECT_THAT(Decide(measures, Dimension({{"young"}, {"old"}})), ChangesNothing());
  EXPECT_THAT(Decide(measures, Dimension({{"young"}, {"elder"}})),
              IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS", "dimension_id"));
}

TEST(Dimensions, BandsLeaveNoNumberOutUnlessAGapNamesIt) {
  const MeasureRegister none;
  auto request = Dimension({{"under-12", 0, 11}, {"teens", 13, 17}, {"grown", 18}});
  EXPECT_THAT(Decide(none, request),
              IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "categories[1]"));
  auto* gap = request.add_gaps();
  gap->set_lower(12);
  gap->set_upper(12);
  EXPECT_EQ(OnlyEvent<DimensionDefined>(Decide(none, request)).gaps_size(), 1);
  request.set_complete(true);
  EXPECT_THAT(Decide(none, request),
              IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "complete"));
}

TEST(Dimensions, BandsDoNotOverlapAndNoneFollowsAnOpenOne) {
  const MeasureRegister none;
  EXPECT_THAT(Decide(none, Dimension({{"a", 0, 12}, {"bb", 12, 17}})),
              IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD"))
      << "an id has two characters";
  EXPECT_THAT(FieldsOf(Decide(none, Dimension({{"aa", 0, 12}, {"bb", 12, 17}}))),
              ::testing::ElementsAre("categories[1]"));
  EXPECT_THAT(FieldsOf(Decide(none, Dimension({{"aa", 0}, {"bb", 12, 17}}))),
              ::testing::ElementsAre("categories[1]"));
  EXPECT_THAT(FieldsOf(Decide(none, Dimension({{"aa", 9, 3}, {"bb", 12, 17}}))),
              ::testing::ElementsAre("categories[0]"));
}

TEST(Dimensions, EveryCategoryIsABandOrNoneIs) {
  const MeasureRegister none;
  EXPECT_THAT(FieldsOf(Decide(none, Dimension({{"aa", 0, 12}, {"bb"}}))),
              ::testing::ElementsAre("categories"));
  auto request = Dimension({{"aa"}, {"bb"}});
  request.add_gaps();
  EXPECT_THAT(FieldsOf(Decide(none, request)), ::testing::ElementsAre("gaps"));
}

TEST(Dimensions, NoCategoryStandsTwiceOrAlone) {
  const MeasureRegister none;
  EXPECT_THAT(FieldsOf(Decide(none, Dimension({{"aa"}}))), ::testing::ElementsAre("categories"));
  EXPECT_THAT(FieldsOf(Decide(none, Dimension({{"aa"}, {"aa"}}))),
              ::testing::ElementsAre("categories[1].category_id", "categories[1].label"));
}

}  // namespace
}  // namespace daybook::measures
