#include "services/cli/source_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "services/cli/rejects.h"
#include "services/cli/template_command.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace daybook::cli {
namespace {

using testing::HasReason;
using ::testing::HasSubstr;

class SourceFiles : public ::testing::Test {
 protected:
  absl::StatusOr<SourceFile> Read(const std::string& name, const std::string& content,
                                  const std::string& dataset = "", const std::string& scope = "") {
    const auto path = folder_.path() / name;
    std::ofstream(path, std::ios::binary) << content;
    return ReadSource(FileAt(path.string(), dataset, scope), options_);
  }
  static ImportFile FileAt(const std::string& path, const std::string& dataset = "",
                           const std::string& scope = "") {
    ImportFile file;
    file.path = path;
    file.dataset = dataset;
    file.agency = "us";
    file.scope = scope;
    return file;
  }

  ReadingOptions options_{.strict = false, .nil_return = true};

  testing::TempDir folder_;
};

TEST_F(SourceFiles, AreRecognisedByTheirHeaderAndKnownByTheirBytes) {
  ASSERT_OK_AND_ASSIGN(const SourceFile file, Read("b.csv", "measure_id,date,cause\n"));
  EXPECT_EQ(file.dataset->name, "breaks");
  EXPECT_EQ(file.sha256.size(), 64U);
  ASSERT_OK_AND_ASSIGN(const SourceFile same, Read("c.csv", "measure_id,date,cause\n"));
  EXPECT_EQ(file.sha256, same.sha256);
}

TEST_F(SourceFiles, AreCompleteForWhatTheirNameSaysUnlessTold) {
  ASSERT_OK_AND_ASSIGN(const SourceFile named,
                       Read("2024-01 Essex (v2).csv", "measure_id,date,cause\n"));
  EXPECT_EQ(named.scope, "2024-01-essex--v2-");
  ASSERT_OK_AND_ASSIGN(const SourceFile told,
                       Read("x.csv", "measure_id,date,cause\n", "breaks", "essex/2024"));
  EXPECT_EQ(told.scope, "essex/2024");
}

TEST_F(SourceFiles, ThatAreWrongSayWhatAndWhere) {
  const auto missing = Read("m.csv", "measure_id,date\n", "breaks").status();
  EXPECT_THAT(missing, HasReason("MISSING_FIELD"));
  EXPECT_THAT(std::string(missing.message()), HasSubstr("m.csv: column \"cause\""));
  options_.strict = true;
  EXPECT_THAT(Read("u.csv", "measure_id,date,cause,colour\n", "breaks").status(),
              HasReason("UNKNOWN_VALUE"));
  options_ = {};
  EXPECT_THAT(Read("r.csv", "measure_id,date,cause\n", "breaks").status(),
              HasReason("MISSING_FIELD"));
  EXPECT_THAT(Read("t.csv", "measure_id,date,cause,date\n", "breaks").status(),
              HasReason("INVALID_FIELD"));
  EXPECT_THAT(Read("n.csv", "colour,size\n").status(), HasReason("UNKNOWN_VALUE"));
  EXPECT_THAT(Read("h.csv", "measure_id,date,cause\n", "horoscopes").status(),
              HasReason("UNKNOWN_VALUE"));
  EXPECT_THAT(Read("e.csv", "").status(), HasReason("MISSING_FIELD"));
  EXPECT_THAT(ReadSource(FileAt((folder_.path() / "gone.csv").string())).status(),
              HasReason("MISSING_FIELD"));
}

constexpr const char* kRows =
    "month,type,force,outcome\n"
    "2024-01,Robbery,\"Ess\xC3\xA9x, Police\",Local resolution\n"
    "2024-02,Drugs,Other,\n";

// Every row as the server is asked, whatever the file was like.
std::vector<std::vector<std::string>> RowsOf(const SourceFile& file) { return file.table.rows; }

std::string Utf16(std::string_view utf8, bool little) {
  std::string out = little ? "\xFF\xFE" : "\xFE\xFF";
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    unsigned code = static_cast<unsigned char>(utf8[i]);
    if (code >= 0xC0) code = (code & 0x1F) << 6 | (static_cast<unsigned char>(utf8[++i]) & 0x3F);
    const char low = static_cast<char>(code & 0xFF);
    const char high = static_cast<char>(code >> 8);
    out += little ? std::string{low, high} : std::string{high, low};
  }
  return out;
}

TEST_F(SourceFiles, SayTheSameInEveryEncodingAndWithEverySeparator) {
  ASSERT_OK_AND_ASSIGN(const SourceFile plain, Read("a.csv", kRows));
  std::string windows = kRows;
  windows.replace(windows.find("\xC3\xA9"), 2, "\xE9");
  std::string semicolons = kRows;
  std::replace(semicolons.begin(), semicolons.end(), ',', ';');
  semicolons.replace(semicolons.find("x; P"), 4, "x, P");
  std::string tabs = semicolons;
  std::replace(tabs.begin(), tabs.end(), ';', '\t');
  int number = 0;
  for (const std::string& bytes : {"\xEF\xBB\xBF" + std::string(kRows), Utf16(kRows, true),
                                   Utf16(kRows, false), windows, semicolons, tabs}) {
    ASSERT_OK_AND_ASSIGN(const SourceFile other, Read(std::to_string(number++) + ".csv", bytes));
    EXPECT_EQ(other.dataset, plain.dataset);
    EXPECT_EQ(RowsOf(other), RowsOf(plain)) << number;
  }
}

TEST_F(SourceFiles, MayHaveTitlesAboveTotalsBelowAndColumnsOfTheirOwn) {
  ASSERT_OK_AND_ASSIGN(
      const SourceFile file,
      Read("a.csv",
           "Return of the force\n\nMonth,TYPE,Force,remark\n31/01/2024,Robbery,F,x\nTotal,1,,\n"));
  EXPECT_EQ(file.dataset->name, "incidents");
  EXPECT_EQ(file.table.header, (ingest::Header{"month", "type", "force", "remark"}));
  ASSERT_EQ(file.table.rows.size(), 1U);
  EXPECT_EQ(file.table.rows[0][0], "2024-01");
  EXPECT_THAT(file.notes, ::testing::ElementsAre(
                              "line 1 stands above the header and is not stored: \"Return of the "
                              "force\"",
                              "1 totals below the rows ignored",
                              "column \"remark\" is none of dataset incidents: not stored"));
}

TEST_F(SourceFiles, LoseNoRowThatOnlyBeginsLikeATotal) {
  const std::string header = "measure_id,label,subject,unit\n";
  ASSERT_OK_AND_ASSIGN(
      const SourceFile file,
      Read("m.csv", header + "robbery,Robbery,incidents,offences\n"
                             "total-crime,Total crime,incidents,offences\nTotal: 2,,,\n"));
  ASSERT_EQ(file.table.rows.size(), 2U);
  EXPECT_EQ(file.table.rows[1][0], "total-crime");
}

TEST_F(SourceFiles, OfRejectsAreCorrectionsOfTheirFile) {
  ASSERT_OK_AND_ASSIGN(const SourceFile file,
                       Read("2024-01.rejects.csv",
                            "month,type,force,reject: row,reject: reason\n2024-01,Drugs,F,7,x\n"));
  EXPECT_EQ(file.kind, "corrections");
  EXPECT_EQ(file.scope, "all");
  EXPECT_TRUE(file.notes.empty()) << "the columns of rejects are known";
  ASSERT_OK_AND_ASSIGN(
      const SourceFile part,
      Read("2024-01.rejects.csv",
           "month,type,force,reject: row,reject: scope\n2024-01,Drugs,F,7,office/north\n"));
  EXPECT_EQ(part.scope, "office/north") << "the part that its file is of";
}

TEST_F(SourceFiles, AsATemplateLosesItsExampleRow) {
  const Dataset& incidents = *FindDataset("incidents");
  std::string csv;
  for (const Column& column : incidents.columns) csv += (csv.empty() ? "" : ",") + column.name;
  csv += "\n";
  std::string example;
  for (const std::string& cell : ExampleRow(incidents)) example += cell + ",";
  example.pop_back();
  ASSERT_OK_AND_ASSIGN(const SourceFile file,
                       Read("t.csv", csv + example + "\n,2024-02,Drugs,F,,,,,,\n"));
  ASSERT_EQ(file.table.rows.size(), 1U);
  EXPECT_EQ(file.table.rows[0][1], "2024-02");
}

TEST_F(SourceFiles, AsWorkbooksAreReadFromTheirFirstSheetAndTemplatesBack) {
  ASSERT_EQ(RunTemplateFiles("observations", folder_.path().string()), 0);
  for (const char* name : {"observations.csv", "observations.xlsx"}) {
    ASSERT_OK_AND_ASSIGN(const SourceFile file,
                         ReadSource(FileAt((folder_.path() / name).string()), options_));
    EXPECT_EQ(file.dataset->name, "observations") << name;
    EXPECT_TRUE(file.table.rows.empty()) << "the example is ignored";
  }
  EXPECT_THAT(Read("broken.xlsx", std::string("PK\x03\x04") + "no workbook").status(),
              HasReason("INVALID_FIELD"));
}

TEST_F(SourceFiles, KeepWhatASmallOrMissingValueSays) {
  ASSERT_OK_AND_ASSIGN(
      const SourceFile file,
      Read("o.csv",
           "measure_id,area,source,period,basis,value\nm,a,s,2024-01,in-period,<5\n"
           "m,a,s,2024-02,in-period,n/a\nm,a,s,2024-03,in-period,\"1,620\"\n"));
  const ingest::TableRow small(file.table.header, 1, file.table.rows[0]);
  EXPECT_EQ(small["value"], "5");
  EXPECT_EQ(small["absence"], "suppressed-below");
  const ingest::TableRow none(file.table.header, 2, file.table.rows[1]);
  EXPECT_EQ(none["value"], "");
  EXPECT_EQ(none["absence"], "not-applicable");
  EXPECT_EQ(ingest::TableRow(file.table.header, 3, file.table.rows[2])["value"], "1620");
}

TEST(Rejects, AreTheirRowsWithTheReasonsAndMayBeReadAgain) {
  const ingest::Table table{
      {"month", "type"}, {{"2024-01", "Drugs"}, {"soon", "a, \"b\""}}, {2, 4}};
  const FileFinding month{2, 4, true, "month", "INVALID_FIELD", "not a month", "Write YYYY-MM."};
  const FileFinding type{2, 4, true, "type", "UNKNOWN_VALUE", "is no type", "Give a type."};
  const FileFinding ask{1, 2, false, "type", "ASK", "strange", "Confirm it."};
  // Of two findings the parts stand at the same place, whatever their alphabet; each is told once.
  EXPECT_EQ(RejectsText(table, {type, month, ask, type}),
            "month,type,reject: row,reject: line,reject: column,reject: reason,reject: what to do\n"
            "soon,\"a, \"\"b\"\"\",2,4,type; month,"
            "UNKNOWN_VALUE: is no type; INVALID_FIELD: not a month,Give a type.; Write YYYY-MM.\n");
  EXPECT_EQ(RejectsText(table, {}), "");
  EXPECT_EQ(RejectsPath("in/may.csv", ""), "in/may.rejects.csv");
  EXPECT_EQ(RejectsPath("in/may.rejects.csv", "out"), "out/may.rejects.csv");
}

}  // namespace
}  // namespace daybook::cli
