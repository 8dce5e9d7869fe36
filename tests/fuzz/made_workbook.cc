#include "tests/fuzz/made_workbook.h"

#include <zip.h>

#include <array>
#include <utility>

#include "fmt/format.h"
#include "tests/fuzz/check.h"

namespace daybook::fuzz {
namespace {

constexpr std::size_t kCellsMax = 64;
constexpr std::size_t kFormats = 4;

using Parts = std::vector<std::pair<std::string, std::string>>;

std::string Archive(const Parts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const source = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(source);
  zip_t* const archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  for (const auto& [name, content] : parts) {
    const auto index = zip_file_add(archive, name.c_str(),
                                    zip_source_buffer(archive, content.data(), content.size(), 0),
                                    ZIP_FL_ENC_UTF_8);
    // Packing them would be half of the time.
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
  }
  Check(zip_close(archive) == 0, "an archive can be made");
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

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out.push_back(c);
    }
  }
  return out;
}

std::string PlaceOf(std::size_t column, std::size_t row) {
  std::string letters;
  for (++column; column > 0; column = (column - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return letters + std::to_string(row);
}

std::string CellXml(const std::string& place, std::uint8_t style, std::uint8_t kind,
                    std::string_view stored) {
  static constexpr std::array<std::string_view, 8> kKinds = {"n", "s", "inlineStr", "str",
                                                             "b", "e", "d",         "n"};
  const std::string_view type = kKinds[kind % kKinds.size()];
  const std::string open =
      fmt::format(R"(<c r="{}" s="{}" t="{}">)", place, style % kFormats, type);
  const std::string text = Escaped(stored);
  if (type == "inlineStr") return open + "<is><t>" + text + "</t></is></c>";
  const std::string formula = (kind & 0x40) != 0 ? "<f>A1</f>" : "";
  const bool calculated = (kind & 0x80) == 0;
  return open + formula + (calculated ? "<v>" + text + "</v>" : "") + "</c>";
}

std::string Relation(const char* id, const char* kind, const char* target) {
  return fmt::format(
      R"(<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/)"
      R"(relationships/{}" Target="{}"/>)",
      id, kind, target);
}

}  // namespace

std::string WorkbookOf(const std::string& sheet, const std::string& texts,
                       const std::string& styles, bool days_from_1904) {
  return Archive(
      {{"[Content_Types].xml", "<Types/>"},
       {"_rels/.rels", "<Relationships>" + Relation("a", "officeDocument", "xl/workbook.xml") +
                           "</Relationships>"},
       {"xl/_rels/workbook.xml.rels", "<Relationships>" + Relation("s", "worksheet", "sheet.xml") +
                                          Relation("t", "sharedStrings", "texts.xml") +
                                          Relation("f", "styles", "styles.xml") +
                                          "</Relationships>"},
       {"xl/workbook.xml",
        fmt::format(R"(<workbook><workbookPr date1904="{}"/><sheets><sheet name="Return" r:id="s" )"
                    R"(xmlns:r="x"/></sheets></workbook>)",
                    days_from_1904 ? 1 : 0)},
       {"xl/sheet.xml", sheet},
       {"xl/texts.xml", texts},
       {"xl/styles.xml", styles}});
}

std::string MadeWorkbook(const std::vector<std::string>& header, Input& in) {
  const bool days_from_1904 = in.Byte() % 2 == 1;
  std::string formats;
  std::string styles;
  for (std::size_t i = 0; i < kFormats; ++i) {
    formats +=
        fmt::format(R"(<numFmt numFmtId="{}" formatCode="{}"/>)", 164 + i, Escaped(in.Blob()));
    styles += fmt::format(R"(<xf numFmtId="{}"/>)", 164 + i);
  }
  std::string rows = "<row r=\"1\">";
  for (std::size_t i = 0; i < header.size(); ++i) {
    rows += CellXml(PlaceOf(i, 1), 0, 2, header[i]);
  }
  for (std::size_t cell = 0; cell < kCellsMax && !in.empty(); ++cell) {
    const std::size_t column = cell % header.size();
    const std::size_t row = cell / header.size() + 2;
    if (column == 0) rows += fmt::format(R"(</row><row r="{}">)", row);
    const std::uint8_t style = in.Byte();
    const std::uint8_t kind = in.Byte();
    rows += CellXml(PlaceOf(column, row), style, kind, in.Blob());
  }
  return WorkbookOf("<worksheet><sheetData>" + rows + "</row></sheetData></worksheet>",
                    "<sst><si><t>shared</t></si><si><t></t></si></sst>",
                    "<styleSheet><numFmts>" + formats + "</numFmts><cellXfs>" + styles +
                        "</cellXfs></styleSheet>",
                    days_from_1904);
}

}  // namespace daybook::fuzz
