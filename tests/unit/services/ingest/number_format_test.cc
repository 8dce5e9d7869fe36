// Which kind of number a format's code shows.
#include "services/ingest/number_format.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace daybook::ingest {
namespace {

struct Case {
  std::string code;
  NumberForm form;
  std::string sign = {};
  double value = 1;
};

TEST(NumberFormat, TellsTheKindOfEveryCode) {
  const std::vector<Case> cases = {
      {"General", NumberForm::kPlain},
      {"0", NumberForm::kPlain},
      {"#,##0.00", NumberForm::kPlain},
      {"#,##0;[Red]-#,##0", NumberForm::kPlain, "", -1},
      {"0.00E+00", NumberForm::kPlain},
      {"# ?/?", NumberForm::kPlain},
      {"0 \"people\"", NumberForm::kPlain},
      {"#,##0_);(#,##0)", NumberForm::kPlain, "", -1},
      {"[>=1000]#,##0;0", NumberForm::kPlain},
      {"0%", NumberForm::kPercent},
      {"0.0%;[Red]-0.0%", NumberForm::kPercent, "", -1},
      {"0\"%\"", NumberForm::kPlain, "%"},
      {"0\\%", NumberForm::kPlain, "%"},
      {"\"£\"#,##0", NumberForm::kCurrency, "£"},
      {"[$£-809]#,##0.00;-[$£-809]#,##0.00", NumberForm::kCurrency, "£", -1},
      {"[$€-2] #,##0", NumberForm::kCurrency, "€"},
      {"$#,##0", NumberForm::kCurrency, "$"},
      {"_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-", NumberForm::kPlain, "", 0},
      {"@", NumberForm::kText},
      {"dd/mm/yyyy", NumberForm::kDay},
      {"[$-809]d mmmm yyyy", NumberForm::kDay},
      {"yyyy\\-mm\\-dd", NumberForm::kDay},
      {"d-mmm", NumberForm::kDay},
      {"mmm-yy", NumberForm::kMonth},
      {"mmmm yyyy", NumberForm::kMonth},
      {"mm/yyyy", NumberForm::kMonth},
      {"dd/mm/yyyy hh:mm", NumberForm::kMoment},
      {"hh:mm", NumberForm::kTime},
      {"[h]:mm:ss", NumberForm::kTime},
      {"h:mm AM/PM", NumberForm::kTime},
      {"#,##0,", NumberForm::kScaled},
      {"0.0,,\"m\"", NumberForm::kScaled},
      {"0,\"k\"", NumberForm::kScaled},
      {";;;", NumberForm::kHidden},
      {"\"n/a\"", NumberForm::kHidden},
      {"0;0;\"none\"", NumberForm::kHidden, "", 0},
      {"0\"00\"", NumberForm::kHidden},
      {"[<5]\"<5\";0", NumberForm::kHidden, "", 3},
      {"yyyy", NumberForm::kHidden},
      {"mmm", NumberForm::kHidden},
  };
  for (const Case& one : cases) {
    const NumberFormat format = FormatOf(one.code, one.value);
    EXPECT_EQ(format.form, one.form) << one.code << " of " << one.value;
    EXPECT_EQ(format.sign, one.sign) << one.code;
  }
}

TEST(NumberFormat, KnowsWhatExcelKeepsByNumberOnly) {
  EXPECT_EQ(FormatOf(BuiltInCode(0), 1).form, NumberForm::kPlain);
  EXPECT_EQ(FormatOf(BuiltInCode(9), 1).form, NumberForm::kPercent);
  EXPECT_EQ(FormatOf(BuiltInCode(14), 1).form, NumberForm::kDay);
  EXPECT_EQ(FormatOf(BuiltInCode(17), 1).form, NumberForm::kMonth);
  EXPECT_EQ(FormatOf(BuiltInCode(22), 1).form, NumberForm::kMoment);
  EXPECT_EQ(FormatOf(BuiltInCode(44), 0).form, NumberForm::kPlain) << "the dash is nought";
  EXPECT_EQ(FormatOf(BuiltInCode(49), 1).form, NumberForm::kText);
  EXPECT_EQ(BuiltInCode(163), "General");
}

TEST(NumberFormat, TakesAnyTextForACode) {
  for (const char* code :
       {"", "\"", "[", "\\", "_", "*", ";;;;;;", "[$", "%%%", "[h", "e", "\"0"}) {
    FormatOf(code, -1.5);
  }
}

}  // namespace
}  // namespace daybook::ingest
