#include "services/cli/dataset.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

namespace daybook::cli {
namespace {

std::vector<std::string> Names(const Dataset& dataset, bool required_only) {
  std::vector<std::string> names;
  for (const Column& column : dataset.columns) {
    if (column.required || !required_only) names.push_back(column.name);
  }
  return names;
}

TEST(Datasets, AreEachRecognisedByTheirHeader) {
  for (const Dataset& dataset : Datasets()) {
    EXPECT_EQ(RecogniseDataset(Names(dataset, false)), FindDataset(dataset.name)) << dataset.name;
  }
}

TEST(Datasets, AnUnknownColumnOrAMissingOneIsNoDataset) {
  for (const Dataset& dataset : Datasets()) {
    std::vector<std::string> more = Names(dataset, false);
    more.push_back("colour");
    EXPECT_EQ(RecogniseDataset(more), nullptr) << dataset.name;
  }
  EXPECT_EQ(RecogniseDataset({}), nullptr);
  EXPECT_EQ(FindDataset("horoscopes"), nullptr);
}

TEST(Datasets, SayOfEveryColumnOnceWhatItMeans) {
  for (const Dataset& dataset : Datasets()) {
    std::set<std::string> names;
    for (const Column& column : dataset.columns) {
      EXPECT_TRUE(names.insert(column.name).second) << dataset.name << " " << column.name;
      EXPECT_FALSE(column.meaning.empty()) << dataset.name << " " << column.name;
    }
  }
}

TEST(Datasets, AreWrittenDownAsTheyAre) {
  std::ifstream file(DAYBOOK_TEMPLATES);
  const std::string written((std::istreambuf_iterator<char>(file)), {});
  EXPECT_EQ(written, TemplatesMarkdown())
      << "services/cli/TEMPLATES.md is old: daybook import --template all > it";
}

TEST(Datasets, ATemplateBeginsWithAHeaderThatCanBeUsed) {
  const std::string text = TemplateText(*FindDataset("breaks"));
  EXPECT_EQ(text.substr(0, text.find('\n')), "measure_id,date,cause");
}

}  // namespace
}  // namespace daybook::cli
