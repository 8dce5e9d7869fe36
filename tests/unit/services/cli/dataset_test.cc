#include "services/cli/dataset.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "services/cli/template_command.h"
#include "services/ingest/table_finder.h"

namespace daybook::cli {
namespace {

std::vector<std::string> Names(const Dataset& dataset, bool required_only) {
  std::vector<std::string> names;
  for (const Column& column : dataset.columns) {
    if (column.required || !required_only) names.push_back(column.name);
  }
  return names;
}

const Dataset* Recognised(std::vector<std::string> header) {
  ingest::Lines lines = {{.number = 1, .cells = std::move(header)}};
  const auto found = ingest::FindTable(lines, Datasets());
  return found ? found->dataset : nullptr;
}

TEST(Datasets, AreEachRecognisedByTheirHeader) {
  for (const Dataset& dataset : Datasets()) {
    EXPECT_EQ(Recognised(Names(dataset, false)), FindDataset(dataset.name)) << dataset.name;
  }
}

TEST(Datasets, AreRecognisedWithAColumnTooManyAndNotWithoutARequiredOne) {
  for (const Dataset& dataset : Datasets()) {
    std::vector<std::string> more = Names(dataset, false);
    more.push_back("colour");
    EXPECT_EQ(Recognised(more), FindDataset(dataset.name)) << dataset.name;
  }
  EXPECT_EQ(Recognised({"month", "force"}), nullptr);
  EXPECT_EQ(Recognised({}), nullptr);
  EXPECT_EQ(FindDataset("horoscopes"), nullptr);
}

TEST(Datasets, HaveAnExampleOfEveryRequiredColumnThatARowMustFill) {
  // What may be empty in a row although the column is required.
  const std::set<std::string> may_be_empty = {"Crime ID", "persistent_id"};
  for (const Dataset& dataset : Datasets()) {
    const auto example = ExampleRow(dataset);
    ASSERT_EQ(example.size(), dataset.columns.size());
    for (std::size_t i = 0; i < example.size(); ++i) {
      const Column& column = dataset.columns[i];
      if (!column.required || may_be_empty.contains(column.name)) continue;
      EXPECT_FALSE(example[i].empty()) << dataset.name << " " << column.name;
    }
  }
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
  EXPECT_EQ(text.substr(0, text.find('\n')), "measure_id,date,cause,latest,suspected");
}

}  // namespace
}  // namespace daybook::cli
