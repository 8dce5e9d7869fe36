"""What a sheet or an export holds instead of rows and values: cells far away, merged ones, errors, words for
nothing. No cell of them is taken for another."""
import unittest
import zipfile

import workbook_support as workbook
from file_support import OBSERVATIONS, REFUSED, Files, csv_text, observation, setUpModule
from workbook_support import Cell, Sheet

INCIDENTS = ["source_key", "month", "type", "force", "district", "outcome", "location"]


def incident(key, month, district="Colchester", outcome="", location=""):
    return [key, month, "robbery", "essex-police", district, outcome, location]


class Sheets(Files):
    def send(self, sheets, *arguments, code=0):
        path = self.daemon.folder / f"book-{next(self.numbers)}.xlsx"
        workbook.write(path, sheets)
        return self.import_file(path, *arguments, code=code)


class StrayCells(Sheets):
    """What somebody touched far below and beside the table."""

    def with_cell(self, period, row, code=0):
        path = self.daemon.folder / f"stray-{period}.xlsx"
        workbook.write(path, [OBSERVATIONS, observation(period, 7)])
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name).decode() for name in archive.namelist()}
        sheet = "xl/worksheets/sheet1.xml"
        parts[sheet] = parts[sheet].replace("</sheetData>", row + "</sheetData>")
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
        return self.import_file(path, code=code)

    def test_a_space_in_the_last_row_is_no_row(self):
        said = self.with_cell("2014-01", '<row r="1048576"><c r="X1048576" t="inlineStr"><is><t '
                              'xml:space="preserve"> </t></is></c></row>')
        self.assertIn("1 rows read, 1 new", said)
        self.assertEqual(self.figure("2014-01"), "7")

    def test_nor_is_a_cell_that_has_only_a_format(self):
        said = self.with_cell("2014-02", '<row r="1048576"><c r="XFD1048576" s="0"/></row>')
        self.assertIn("1 rows read, 1 new", said)

    def test_a_remark_in_the_last_row_is_named(self):
        said = self.with_cell("2014-03", '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>checked'
                              "</t></is></c></row>")
        self.assertIn("1 lines of one cell below the rows are no rows: not stored", said)
        self.assertIn("1 rows read, 1 new", said)

    def test_one_beside_the_table_is_named(self):
        said = self.with_cell("2014-04", '<row r="3"><c r="Z3" t="inlineStr"><is><t>checked</t></is></c></row>')
        self.assertIn("1 lines of one cell below the rows are no rows: not stored", said)


class MergedCells(Sheets):
    def test_one_merged_down_the_first_column_counts_for_its_rows(self):
        rows = [OBSERVATIONS, observation("2015-01", 1),
                [None, "Tendring", "Essex Police", "2015-01", "in-period", 2],
                [None, "Harlow", "Essex Police", "2015-01", "in-period", 3]]
        said = self.send([Sheet("Return", rows, merged=["A2:A4"])])
        self.assertIn("2 cells filled", said)
        self.assertEqual([self.figure("2015-01", area=area) for area in ("Colchester", "Tendring", "Harlow")],
                         ["1", "2", "3"])

    def test_a_merged_title_is_a_title(self):
        said = self.send([Sheet("Return", [["Monthly return"] + [None] * 5, OBSERVATIONS, observation("2015-02", 4)],
                                merged=["A1:F1"])])
        self.assertIn('line 1 stands above the header and is not stored: "Monthly return"', said)
        self.assertEqual(self.figure("2015-02"), "4")

    def test_a_merged_note_below_the_rows_is_no_row(self):
        said = self.send([Sheet("Return", [OBSERVATIONS, observation("2015-03", 5), [None] * 6,
                                           ["Source: the force"] + [None] * 5], merged=["A4:F4"])])
        self.assertIn("1 lines of one cell below the rows are no rows: not stored", said)
        self.assertIn("1 rows read, 1 new", said)

    def test_one_merged_over_columns_is_named_as_merged(self):
        said = self.send([Sheet("Return", [OBSERVATIONS, ["robbery", "Colchester", None, "2015-04", "in-period", 6]],
                                merged=["B2:C2"])], code=REFUSED)
        self.assertRegex(said, "row 1 .line 2., source: .*merged")


    def test_one_merged_over_columns_and_rows_is_named_in_each_row(self):
        rows = [["robbery", "Colchester", None, "2015-05", "in-period", 6],
                ["robbery", None, None, "2015-06", "in-period", 7], observation("2015-07", 8)]
        said = self.send([Sheet("Return", [OBSERVATIONS, *rows], merged=["B2:C3"])], code=REFUSED)
        self.assertIn("3 rows read, 1 new, 0 there already, 2 refused", said)

    def test_headings_merged_over_a_column_without_a_name_change_nothing(self):
        row = [*observation("2015-08", 9)]
        self.send([Sheet("Return", [OBSERVATIONS + [None], row + [None]], merged=["F1:G1", "F2:G2"])])
        self.assertEqual(self.figure("2015-08"), "9")


class ErrorValues(Sheets):
    """In columns of text, where nothing else would refuse them."""

    def test_one_in_a_workbook_costs_its_row_and_is_no_name(self):
        rows = [incident("w-1", "2016-01", district=Cell("#N/A", "e")),
                incident("w-2", "2016-01", location=Cell("#REF!", "e")),
                incident("w-3", "2016-01", district=Cell(formula="VLOOKUP(A4,B:C,2)")),
                incident(Cell("#N/A", "e"), "2016-01"), incident("w-5", "2016-01")]
        said = self.send([INCIDENTS, *rows], code=REFUSED)
        for words in ("row 1 (line 2), district: refused INVALID_FIELD: the cell holds the error #N/A",
                      "row 2 (line 3), location: refused INVALID_FIELD: the cell holds the error #REF!",
                      "row 3 (line 4), district: refused INVALID_FIELD: the cell holds a formula without",
                      "row 4 (line 5), source_key: refused INVALID_FIELD: the cell holds the error #N/A"):
            self.assertIn(words, said)
        self.assertEqual(self.incidents("2016-01"), "1")

    def test_one_in_a_text_file_likewise(self):
        words = ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#SPILL!", "nan", "NaN"]
        said = self.send_text(csv_text(INCIDENTS, *[
            incident(f"t-{number}", "2016-02", district=word) for number, word in enumerate(words)],
                                       incident("t-99", "2016-02")), code=REFUSED)
        self.assertIn(f"{len(words) + 1} rows read, 1 new, 0 there already, {len(words)} refused", said)
        self.assertEqual(self.incidents("2016-02"), "1")
        self.assertIn("-> Correct the formula or the export, or type the value; an unknown one is left empty", said)

    def test_one_in_a_key_or_an_outcome_likewise(self):
        said = self.send_text(csv_text(INCIDENTS, incident("#N/A", "2016-03"),
                                       incident("o-1", "2016-03", outcome="#REF!"), incident("o-2", "2016-03")),
                              code=REFUSED)
        self.assertIn("row 1 (line 2), source_key: refused INVALID_FIELD: the cell holds #N/A", said)
        self.assertIn("row 2 (line 3), outcome: refused INVALID_FIELD: the cell holds #REF!", said)
        self.assertEqual(self.incidents("2016-03"), "1")

    def test_a_formula_that_a_program_wrote_and_nothing_computed_is_a_finding(self):
        rows = [incident("f-1", "2016-05", district=Cell("", formula="VLOOKUP(A2,B:C,2)")),
                # Of a text it is the empty text that a spreadsheet computed: =IF(A3="";"";B3).
                incident("f-2", "2016-05", district=Cell("", "str", formula="B2&C2")), incident("f-3", "2016-05")]
        said = self.send([INCIDENTS, *rows], code=REFUSED)
        self.assertIn("row 1 (line 2), district: refused INVALID_FIELD: the cell holds a formula without", said)
        self.assertIn("3 rows read, 2 new, 0 there already, 1 refused", said)

    def test_words_of_programs_for_nothing_are_no_names(self):
        words = ["NULL", "None", "<NA>", "null"]
        self.daemon.run("--agency", "essex-police", "import", self.write(csv_text(INCIDENTS, *[
            incident(f"n-{number}", "2016-04", district=word) for number, word in enumerate(words)])))
        places = self.daemon.report("incident-places", force="essex-police", **{"from": "2016-04", "to": "2016-04"})
        self.assertIn(places.row(place="out of force")["total"], ("0", "[x]"))

    def test_nor_are_the_signs_of_a_cell_that_is_too_narrow(self):
        said = self.send_text(csv_text(INCIDENTS, incident("h-1", "2016-06", district="#######"),
                                       incident("h-2", "2016-06", district="Err:502"),
                                       incident("h-3", "2016-06")), code=REFUSED)
        self.assertIn("3 rows read, 1 new, 0 there already, 2 refused", said)
        self.assertIn("shows only # signs: its column was too narrow", said)

    def test_words_that_only_begin_like_one_are_words(self):
        said = self.send_text(csv_text(INCIDENTS, incident("#12", "2016-07", location="Err: see note")))
        self.assertIn("1 rows read, 1 new", said)

    def test_a_cell_that_is_longer_than_any_is_a_finding_of_its_row(self):
        said = self.send_text(csv_text(INCIDENTS, incident("l-1", "2016-08", location="x" * 5_000_000),
                                       incident("l-2", "2016-08")), code=REFUSED)
        self.assertIn("row 1 (line 2), location: refused INVALID_FIELD: holds 4882 KiB of text", said)
        self.assertEqual(self.incidents("2016-08"), "1")


class EmptyTexts(Sheets):
    def places(self, month):
        report = self.daemon.report("incident-places", force="essex-police", **{"from": month, "to": month})
        return {row["place"]: row["total"] for row in report.rows() if row["total"] not in ("0", "[x]")}

    def test_an_empty_text_is_nothing_however_it_is_stored(self):
        for month, empty in (("2017-01", ""), ("2017-02", Cell("", "inlineStr")), ("2017-03", Cell("", "str")),
                             ("2017-04", " "), ("2017-05", None), ("2017-06", Cell("\u00a0", "inlineStr"))):
            with self.subTest(month):
                rows = [incident(f"e-{month}-{number}", month, district=district)
                        for number, district in enumerate(("Colchester", empty, empty, "Tendring"))]
                self.send([INCIDENTS, *rows])
                self.assertEqual(self.places(month),
                                 {"Colchester": "1", "Tendring": "1", "no place": "2", "total": "4"})


if __name__ == "__main__":
    unittest.main()
