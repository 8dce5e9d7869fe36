// Workbooks made of their parts, as different programs write them.
#include "services/ingest/workbook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>

#include <map>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "tests/support/status_matchers.h"

namespace daybook::ingest {
namespace {

using ::daybook::testing::HasReason;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Parts = std::map<std::string, std::string>;

std::string Archive(const Parts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const source = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(source);
  zip_t* const archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  for (const auto& [name, content] : parts) {
    zip_file_add(archive, name.c_str(),
                 zip_source_buffer(archive, content.data(), content.size(), 0), ZIP_FL_ENC_UTF_8);
  }
  EXPECT_EQ(zip_close(archive), 0);
  zip_source_open(source);
  zip_source_seek(source, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(source)), '\0');
  zip_source_seek(source, 0, SEEK_SET);
  zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  zip_source_free(source);
  zip_error_fini(&error);
  return bytes;
}

constexpr char kTransitional[] =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr char kStrict[] = "http://purl.oclc.org/ooxml/officeDocument/relationships";

std::string Relation(const std::string& id, const std::string& kind, const std::string& target,
                     const std::string& base = kTransitional) {
  return fmt::format(R"(<Relationship Id="{}" Type="{}/{}" Target="{}"/>)", id, base, kind, target);
}

// A workbook of one sheet; `rows` is the content of its sheetData.
Parts OneSheet(const std::string& rows, const std::string& texts = "",
               const std::string& formats = "", const std::string& after = "") {
  return {
      {"[Content_Types].xml", "<Types/>"},
      {"_rels/.rels",
       "<Relationships>" + Relation("a", "officeDocument", "xl/workbook.xml") + "</Relationships>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships>" + Relation("s1", "worksheet", "worksheets/sheet1.xml") +
           Relation("t", "sharedStrings", "/xl/sharedStrings.xml") +
           Relation("f", "styles", "styles.xml") + "</Relationships>"},
      {"xl/workbook.xml", R"(<workbook><sheets><sheet name="Return" r:id="s1" )"
                          R"(xmlns:r="x"/></sheets></workbook>)"},
      {"xl/sharedStrings.xml", "<sst>" + texts + "</sst>"},
      {"xl/styles.xml", "<styleSheet>" + formats + "</styleSheet>"},
      {"xl/worksheets/sheet1.xml",
       "<worksheet><sheetData>" + rows + "</sheetData>" + after + "</worksheet>"},
  };
}

std::vector<std::string> TextsOf(const WorkbookRow& row) {
  std::vector<std::string> texts;
  for (const WorkbookCell& cell : row.cells) texts.push_back(cell.text);
  return texts;
}

class WorkbookTest : public ::testing::Test {
 protected:
  void Read(const Parts& parts) {
    bytes_ = Archive(parts);
    ASSERT_OK_AND_ASSIGN(book_, ReadWorkbook(bytes_));
    ASSERT_FALSE(book_.sheets.empty());
  }
  const std::vector<WorkbookRow>& rows() const { return book_.sheets.front().rows; }
  const WorkbookCell& cell(std::size_t row, std::size_t column) const {
    return rows().at(row).cells.at(column);
  }

  std::string bytes_;
  Workbook book_;
};

TEST_F(WorkbookTest, ReadsEveryKindOfCell) {
  Read(OneSheet(
      R"(<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><t>in</t></is></c>)"
      R"(<c r="C1"><v>14</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="str"><f>A1</f><v>f</v></c>)"
      R"(<c r="F1" t="d"><v>2024-03-18</v></c><c r="G1"><f>1+1</f><v>2</v></c></row>)",
      "<si><t>none</t></si><si><r><t>rich "
      "</t></r><r><rPr/><t>text</t></r><rPh><t>x</t></rPh></si>"));
  EXPECT_THAT(TextsOf(rows()[0]),
              ElementsAre("rich text", "in", "14", "yes", "f", "2024-03-18", "2"));
}

TEST_F(WorkbookTest, AnEmptySharedTextIsEmptyAndTakesNoOthersPlace) {
  Read(OneSheet(R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>)"
                R"(<c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>)",
                R"(<si><t>Colchester</t></si><si><t></t></si><si><t xml:space="preserve"/></si>)"
                "<si><t>Tendring</t></si>"));
  EXPECT_THAT(TextsOf(rows()[0]), ElementsAre("Colchester", "", "", "Tendring"));
}

TEST_F(WorkbookTest, AFormatSaysTheKindAndNeverTheDigits) {
  Read(OneSheet(
      R"(<row r="1"><c r="A1" s="1"><v>0.71299999999999997</v></c><c r="B1" s="2"><v>45369</v></c>)"
      R"(<c r="C1" s="3"><v>1620</v></c><c r="D1" s="4"><v>85</v></c><c r="E1" s="0"><v>45369</v></c>)"
      R"(<c r="F1" s="9"><v>1</v></c></row>)",
      "",
      R"(<numFmts><numFmt numFmtId="164" formatCode="&quot;£&quot;#,##0"/>)"
      R"(<numFmt numFmtId="165" formatCode="0&quot;%&quot;"/></numFmts>)"
      R"(<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>)"
      R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/><xf numFmtId="164"/>)"
      R"(<xf numFmtId="165"/></cellXfs>)"));
  EXPECT_THAT(TextsOf(rows()[0]), ElementsAre("71.3%", "2024-03-18", "£1620", "85%", "45369", "1"));
}

TEST_F(WorkbookTest, WhatCannotBeTakenForWhatIsSeenIsAFault) {
  Read(OneSheet(R"(<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>NOW()</f></c>)"
                R"(<c r="C1" s="1"><v>1200000</v></c><c r="D1" s="2"><v>7</v></c>)"
                R"(<c r="E1" s="3"><v>14</v></c><c r="F1"><v>nan</v></c>)"
                R"(<c r="G1" t="s"><v>7</v></c><c r="H1" s="-5"><v>1</v></c></row>)",
                "",
                R"(<numFmts><numFmt numFmtId="164" formatCode="0.0,,"/>)"
                R"(<numFmt numFmtId="165" formatCode=";;;"/></numFmts><cellXfs><xf numFmtId="0"/>)"
                R"(<xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/></cellXfs>)"));
  EXPECT_EQ(cell(0, 0).fault, CellFault::kErrorValue);
  EXPECT_EQ(cell(0, 1).fault, CellFault::kNotCalculated);
  EXPECT_EQ(cell(0, 2).fault, CellFault::kScaled);
  EXPECT_EQ(cell(0, 3).fault, CellFault::kHidden);
  EXPECT_EQ(cell(0, 4).fault, CellFault::kNoDay);
  EXPECT_EQ(cell(0, 5).fault, CellFault::kErrorValue);
  EXPECT_EQ(cell(0, 6).fault, CellFault::kErrorValue) << "there is no such shared text";
  EXPECT_EQ(cell(0, 7).text, "1");
}

TEST_F(WorkbookTest, ACellIsWhereItSaysAndElseBehindTheOneBefore) {
  Read(
      OneSheet("<row><c><v>1</v></c><c><v>2</v></c></row>"
               R"(<row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row>)"
               "<row><c><v>5</v></c></row>"));
  ASSERT_EQ(rows().size(), 3u);
  EXPECT_EQ(rows()[0].number, 1u);
  EXPECT_THAT(TextsOf(rows()[1]), ElementsAre("", "", "3", "4"));
  EXPECT_EQ(rows()[1].number, 5u);
  EXPECT_EQ(rows()[2].number, 6u);
}

TEST_F(WorkbookTest, ACellFarAwayCostsNoMoreThanItself) {
  Read(OneSheet(R"(<row r="1"><c r="A1"><v>1</v></c></row>)"
                R"(<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>)"));
  ASSERT_EQ(rows().size(), 2u);
  EXPECT_EQ(rows()[1].number, 1048576u);
  EXPECT_EQ(cell(1, 16383).text, "x");
}

TEST_F(WorkbookTest, SpacesAreNoCell) {
  Read(OneSheet(
      R"(<row r="1"><c r="A1"><v>1</v></c></row>)"
      R"(<row r="9"><c r="C9" t="inlineStr"><is><t xml:space="preserve">  </t></is></c></row>)"));
  EXPECT_EQ(rows().size(), 1u);
}

TEST_F(WorkbookTest, AMergedValueCountsForEachRowOfTheRange) {
  Read(OneSheet(R"(<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>)"
                R"(<row r="2"><c r="A2"><v>3</v></c></row><row r="4"><c r="A4"><v>4</v></c></row>)",
                "", "", R"(<mergeCells count="1"><mergeCell ref="B1:B4"/></mergeCells>)"));
  EXPECT_EQ(book_.sheets[0].filled_cells, 2u);
  EXPECT_THAT(TextsOf(rows()[1]), ElementsAre("3", "2"));
  EXPECT_THAT(TextsOf(rows()[2]), ElementsAre("4", "2"));
}

TEST_F(WorkbookTest, RowsAreInTheirOrderWhateverTheFilesIs) {
  Read(OneSheet(
      R"(<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>)"));
  EXPECT_THAT(TextsOf(rows()[0]), ElementsAre("1"));
}

TEST_F(WorkbookTest, TellsHiddenSheetsAndTheDateSystem) {
  Parts parts = OneSheet(R"(<row r="1"><c r="A1" s="1"><v>43907</v></c></row>)", "",
                         R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>)");
  parts["xl/workbook.xml"] =
      R"(<workbook><workbookPr date1904="1"/><sheets><sheet name="Old" state="hidden" id="s1"/>)"
      R"(<sheet name="Chart" id="missing"/><sheet name="Deep" state="veryHidden" id="s1"/>)"
      "</sheets></workbook>";
  Read(parts);
  EXPECT_TRUE(book_.days_from_1904);
  ASSERT_EQ(book_.sheets.size(), 2u) << "a sheet that is only a chart has no cells";
  EXPECT_TRUE(book_.sheets[0].hidden);
  EXPECT_TRUE(book_.sheets[1].hidden);
  EXPECT_EQ(cell(0, 0).text, "2024-03-18");
}

TEST_F(WorkbookTest, AStrictOneReadsAlike) {
  Parts parts = OneSheet(R"(<x:row r="1" xmlns:x="y"><x:c r="A1"><x:v>1</x:v></x:c></x:row>)");
  parts["_rels/.rels"] = "<Relationships>" +
                         Relation("a", "officeDocument", "xl/workbook.xml", kStrict) +
                         "</Relationships>";
  parts["xl/_rels/workbook.xml.rels"] =
      "<Relationships>" + Relation("s1", "worksheet", "worksheets/sheet1.xml", kStrict) +
      "</Relationships>";
  Read(parts);
  EXPECT_EQ(cell(0, 0).text, "1");
}

TEST_F(WorkbookTest, EscapesOfTheFormatAreResolved) {
  Read(OneSheet(R"(<row r="1"><c r="A1" t="s"><v>0</v></c></row>)",
                "<si><t>a_x000D_b_x00e9__x_no</t></si>"));
  EXPECT_EQ(cell(0, 0).text, "a\rb\u00e9_x_no");
}

TEST(ReadWorkbook, SaysWhatAFileIsThatIsNone) {
  const auto why = [](const Parts& parts) {
    const std::string bytes = Archive(parts);
    return eventstore::Message(ReadWorkbook(bytes).status());
  };
  EXPECT_THAT(why({{"xl/workbook.bin", ""}, {"[Content_Types].xml", ""}}), HasSubstr(".xlsb"));
  EXPECT_THAT(why({{"mimetype", "x"}, {"content.xml", "x"}}), HasSubstr(".ods"));
  EXPECT_THAT(why({{"word/document.xml", "x"}}), HasSubstr("Word document"));
  EXPECT_THAT(why({{"may.csv", "a,b\n"}}), HasSubstr("ZIP archive"));
  EXPECT_THAT(why({{"[Content_Types].xml", "<Types/>"}}), HasSubstr("cannot be read"));
  EXPECT_THAT(ReadWorkbook("PK\x03\x04 cut"), HasReason("INVALID_FIELD"));
  Parts no_sheet = OneSheet("");
  no_sheet["xl/workbook.xml"] = "<workbook><sheets/></workbook>";
  const std::string bytes = Archive(no_sheet);
  EXPECT_THAT(ReadWorkbook(bytes), HasReason("INVALID_FIELD"));
}

TEST(ReadWorkbook, ADocumentTypeIsRefused) {
  Parts parts = OneSheet("");
  parts["xl/worksheets/sheet1.xml"] =
      R"(<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>)";
  const std::string bytes = Archive(parts);
  EXPECT_THAT(eventstore::Message(ReadWorkbook(bytes).status()), HasSubstr("document type"));
}

TEST(ReadWorkbook, ACellThatIsNowhereIsRefused) {
  for (const char* row : {"0", "-1", "1e300", "1048577", "x"}) {
    const std::string bytes =
        Archive(OneSheet(fmt::format(R"(<row r="{}"><c><v>1</v></c></row>)", row)));
    EXPECT_THAT(ReadWorkbook(bytes), HasReason("INVALID_FIELD")) << row;
  }
  for (const char* place : {"A0", "XFE1", "A1048577", "11", "a1", "A2"}) {
    const std::string bytes =
        Archive(OneSheet(fmt::format(R"(<row r="1"><c r="{}"><v>1</v></c></row>)", place)));
    EXPECT_THAT(ReadWorkbook(bytes), HasReason("INVALID_FIELD")) << place;
  }
}

TEST(ReadWorkbook, ReadsNoMoreThanItsLimits) {
  const std::string wide = Archive(OneSheet(R"(<row r="1"><c r="Z1"><v>1</v></c></row>)"
                                            R"(<row r="2"><c r="Z2"><v>1</v></c></row>)"));
  EXPECT_OK(ReadWorkbook(wide, {.cells = 52}));
  EXPECT_THAT(ReadWorkbook(wide, {.cells = 51}), HasReason("TOO_LARGE"));
  EXPECT_THAT(ReadWorkbook(wide, {.bytes = 100}), HasReason("TOO_LARGE"));
  const std::string long_texts =
      Archive(OneSheet(R"(<row r="1"><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>)",
                       "<si><t>0123456789</t></si>"));
  EXPECT_OK(ReadWorkbook(long_texts, {.text_bytes = 20}));
  EXPECT_THAT(ReadWorkbook(long_texts, {.text_bytes = 19}), HasReason("TOO_LARGE"));
  std::string merged = "<mergeCells>";
  for (int i = 0; i < 100; ++i) merged += R"(<mergeCell ref="A1:A2"/>)";
  const std::string overlapping =
      Archive(OneSheet(R"(<row r="1"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>)", "",
                       "", merged + "</mergeCells>"));
  EXPECT_OK(ReadWorkbook(overlapping, {.cells = 200}));
  EXPECT_THAT(ReadWorkbook(overlapping, {.cells = 50}), HasReason("TOO_LARGE"));
}

TEST(ReadWorkbook, EveryCutOfAWorkbookIsAnErrorOrTheSame) {
  const std::string whole = Archive(OneSheet(R"(<row r="1"><c r="A1"><v>1</v></c></row>)"));
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    EXPECT_FALSE(ReadWorkbook(std::string_view(whole).substr(0, size)).ok()) << size;
  }
}

TEST(CompoundFile, TellsAnOldWorkbookFromAProtectedOne) {
  const std::string head = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  EXPECT_TRUE(IsCompoundFile(head));
  EXPECT_THAT(eventstore::Message(CompoundFileError(head)), HasSubstr(".xls"));
  std::string name;
  for (const char c : std::string("EncryptedPackage")) name += {c, '\0'};
  EXPECT_THAT(eventstore::Message(CompoundFileError(head + name)), HasSubstr("password"));
}

}  // namespace
}  // namespace daybook::ingest
