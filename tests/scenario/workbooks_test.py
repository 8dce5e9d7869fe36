"""Workbooks as offices and programs write them: the stored value, in the form that its format says,
arrives in the report's cell, or the finding names the cell."""
import json
import unittest
import zipfile

import workbook_support as workbook
from file_support import AGENCY, OBSERVATIONS, REFUSED, Files, csv_text, observation, setUpModule
from workbook_support import Cell, Sheet


class Workbooks(Files):
    def book(self, sheets, **options):
        path = self.daemon.folder / f"book-{next(self.numbers)}.xlsx"
        workbook.write(path, sheets, **options)
        return path

    def send(self, sheets, *arguments, code=0, **options):
        return self.import_file(self.book(sheets, **options), *arguments, code=code)


class Percentages(Workbooks):
    def percent(self, period, cell):
        header = ["measure_id", "area", "source", "period", "basis", "printed_percent"]
        said = self.send([header, ["wso-active-share", "essex-county", "Essex Police", period, "in-period",
                                   cell]])
        rows = self.daemon.report("figures", measure="wso-active-share", within=period,
                                  source="essex-police").rows()
        self.assertEqual(len(rows), 1)
        return rows[0]["printed_percent"], said

    def test_a_percentage_is_a_hundred_times_its_stored_number(self):
        self.assertEqual(self.percent("2015-16 Q1", Cell(0.65, code="0%"))[0], "65")
        self.assertEqual(self.percent("2015-16 Q2", Cell("0.71299999999999997", code="0.0%"))[0],
                         "71.3")

    def test_a_percent_sign_that_is_only_text_scales_nothing(self):
        self.assertEqual(self.percent("2015-16 Q3", Cell(65, code='0"%"'))[0], "65")

    def test_the_same_as_a_text(self):
        self.assertEqual(self.percent("2015-16 Q4", "65%")[0], "65")

    def test_computed_decimals_are_rounded_half_up_and_said(self):
        for number, (stored, shown) in enumerate([("33.333333333333336", "33.333333"),
                                                  ("0.30000000000000004", "0.3"),
                                                  ("66.6666665", "66.666667")], 1):
            figure, said = self.percent(f"2016-17 Q{number}", Cell(stored))
            self.assertEqual(figure, shown)
            self.assertEqual("1 values with more than 6 decimals" in said, shown != "0.3", said)


class Numbers(Workbooks):
    def test_a_number_of_seventeen_digits_is_what_a_csv_of_the_sheet_has(self):
        header = ["source_key", "month", "type", "force", "district"]
        row = ["2019-05", "robbery", "essex-police", "Colchester"]
        self.send([header, [Cell("20240118000012345"), *row]])
        same = self.daemon.folder / "keys.csv"
        same.write_text(",".join(header) + "\n" + ",".join(["20240118000012300", *row]) + "\n")
        self.assertIn("1 there already", self.daemon.ok(*AGENCY, "import", same))

    def test_a_number_shown_in_thousands_or_as_a_text_is_asked_about(self):
        for code in ("#,##0,", "0.0,,", ";;;", '"n/a"', '[<5]"<5";0'):
            with self.subTest(code):
                said = self.send([OBSERVATIONS, observation("2018-02", Cell(3, code=code))],
                                 code=REFUSED)
                self.assertIn("row 1 (line 2), value: refused INVALID_FIELD", said)
                self.assertIn("number format", said)

    def test_other_formats_change_nothing(self):
        codes = ("0", "#,##0", "#,##0_);[Red](#,##0)", '0" offences"', "@", "0.00E+00")
        for month, code in enumerate(codes, 1):
            with self.subTest(code):
                period = f"2017-{month:02d}"
                self.send([OBSERVATIONS, observation(period, Cell(1620, code=code))])
                self.assertEqual(self.figure(period), "1620")


class Dates(Workbooks):
    def test_days_count_from_1900_or_1904_as_the_workbook_says(self):
        header = ["document_id", "published", "measure_id", "area", "period", "value"]
        for number, (cell, options) in enumerate([
                (Cell(45369, code="dd/mm/yyyy"), {}),
                (Cell(43907, code="dd/mm/yyyy"), {"days_from_1904": True}),
                (Cell(43907), {"days_from_1904": True}),
                (Cell(45369), {}),
                (Cell("2024-03-18T00:00:00", kind="d"), {}),
                (Cell(45369.4, code="dd/mm/yyyy hh:mm"), {})], 1):
            with self.subTest(cell=vars(cell), **options):
                document = f"workbook-{number}"
                row = [document, cell, "robbery", "Colchester", "2016-01", 7]
                self.send([header, row], **options)
                facts = self.daemon.ok("log", "--format", "jsonl", "--type", "measures")
                last = json.loads(facts.splitlines()[-1])["data"]
                self.assertEqual((last["document_id"], last["published_date"]),
                                 (document, "2024-03-18"))

    def test_a_month_typed_into_a_cell_is_a_month(self):
        self.send([OBSERVATIONS, observation(Cell(42461, code="mmm-yy"), 12)])
        self.assertEqual(self.figure("2016-04", column="figure"), "12")

    def test_a_count_formatted_as_a_date_is_a_finding(self):
        said = self.send([OBSERVATIONS, observation("2016-10", Cell(14, code="dd/mm/yyyy"))],
                         code=REFUSED)
        self.assertIn("row 1 (line 2), value: refused INVALID_FIELD: the cell is formatted as a date", said)


class Periods(Workbooks):
    def kinds(self, *periods, code=0):
        """The kinds of period that were recorded of a file with these."""
        said = self.send_text(csv_text(OBSERVATIONS, *[
            observation(period, number, measure="shoplifting", area="Tendring")
            for number, period in enumerate(periods, 100)]), code=code)
        facts = self.daemon.ok("log", "--format", "jsonl", "--type", "measures.ObservationRecorded")
        read = [json.loads(line)["data"]["period"] for line in facts.splitlines()[-len(periods):]]
        return [(period["kind"], period["start_date"]) for period in read] if code == 0 else said

    def test_a_year_among_years_is_a_year_and_a_month_among_months_a_month(self):
        self.assertEqual(self.kinds("2007-08", "2008-09", "2012-13"),
                         [("KIND_PLAN_YEAR", "2007-04-01"), ("KIND_PLAN_YEAR", "2008-04-01"),
                          ("KIND_PLAN_YEAR", "2012-04-01")])
        self.assertEqual(self.kinds("2009-10", "2009-03"),
                         [("KIND_MONTH", "2009-10-01"), ("KIND_MONTH", "2009-03-01")])

    def test_what_nothing_settles_is_asked_about(self):
        for periods in (["2010-11"], ["2010-11", "2013-14", "2012-03"]):
            said = self.kinds(*periods, code=REFUSED)
            self.assertIn("2010-11 may be a month or a year that spans two", said)
            self.assertIn("--answer years-or-months=years", said)

    def test_offices_ways_of_writing_a_period(self):
        self.assertEqual(
            self.kinds("Jan-24", "45323", "2017/18", "2018-2019", "2019-20 q1", "Q2 2019-20"),
            [("KIND_MONTH", "2024-01-01"), ("KIND_MONTH", "2024-02-01"),
             ("KIND_PLAN_YEAR", "2017-04-01"), ("KIND_PLAN_YEAR", "2018-04-01"),
             ("KIND_QUARTER", "2019-04-01"), ("KIND_QUARTER", "2019-07-01")])

    def test_a_day_in_a_column_of_months_is_refused(self):
        self.assertIn("is no period", self.kinds("01/02/2024", code=REFUSED))

    def test_a_cell_of_a_month_is_never_a_year(self):
        self.send([OBSERVATIONS, observation(Cell(39295, code="mmm-yy"), 8, "shoplifting")])
        self.assertEqual(self.figure("2007-08", "shoplifting"), "8")


class Spaces(Workbooks):
    def test_no_break_spaces_are_spaces_and_what_has_no_width_is_nothing(self):
        path = self.daemon.folder / "spaces.csv"
        path.write_text("measure_id\u00a0,\ufeffarea,source,,period,basis,\u200bvalue,,Notes,Notes\n"
                        "robbery,Colchester\u00a0,Essex\u00a0Police,,2013-02,in-period,1\u00a0620,,a,b\n"
                        "robbery,Colchester,Essex Police,,2013-03\u200b,in-period,1\u202f621,,,\n",
                        encoding="utf-8")
        self.daemon.ok(*AGENCY, "import", path)
        self.assertEqual(self.figure("2013-02"), "1620")
        self.assertEqual(self.figure("2013-03"), "1621")


class Sheets(Workbooks):
    def test_a_hidden_sheet_is_not_read_but_named(self):
        for state, period in (("hidden", "2015-01"), ("veryHidden", "2015-02")):
            said = self.send([Sheet("Old draft", [OBSERVATIONS, observation(period, 99)], state),
                              Sheet("Return", [OBSERVATIONS, observation(period, 14)])])
            self.assertIn('not read, because hidden: "Old draft"', said)
            self.assertEqual(self.figure(period), "14")

    def test_a_cover_goes_before_the_table(self):
        said = self.send([Sheet("Cover", [["Return of the force"], ["June 2015"]]),
                          Sheet("Figures", [OBSERVATIONS, observation("2015-03", 15)])])
        self.assertIn('read from the sheet "Figures"', said)
        self.assertEqual(self.figure("2015-03"), "15")

    def test_two_tables_are_a_question_that_sheet_answers(self):
        sheets = [Sheet("April", [OBSERVATIONS, observation("2015-04", 4)]),
                  Sheet("May", [OBSERVATIONS, observation("2015-05", 5)])]
        said = self.send(sheets, code=REFUSED)
        self.assertIn('2 sheets have such a table: "April", "May"', said)
        self.assertIn("--sheet", said)
        self.send(sheets, "--sheet", "may")
        self.assertEqual(self.figure("2015-05"), "5")
        self.assertIn('no sheet "June"', self.send(sheets, "--sheet", "June", code=REFUSED))

    def test_each_of_two_sheets_of_one_workbook_is_a_file_of_its_own(self):
        path = self.book([Sheet("Quarter 1", [OBSERVATIONS, observation("2014-04", 4)]),
                          Sheet("Quarter 2", [OBSERVATIONS, observation("2014-07", 5)])])
        for sheet in ("Quarter 1", "Quarter 2", "Quarter 1"):
            self.import_file(path, "--sheet", sheet)
        self.assertEqual((self.figure("2014-04"), self.figure("2014-07")), ("4", "5"))

    def test_the_rejects_of_two_sheets_are_two_files_and_belong_to_their_sheets(self):
        path = self.book([Sheet("Q1", [OBSERVATIONS, observation("2014-05", "soon")]),
                          Sheet("Q2", [OBSERVATIONS, observation("2014-08", "later")])])
        for sheet, period in (("Q1", "2014-05"), ("Q2", "2014-08")):
            self.import_file(path, "--sheet", sheet, code=REFUSED)
            rejects = path.with_name(f"{path.stem}.{sheet}.rejects.csv")
            self.assertIn(period, rejects.read_text())
            rejects.write_text(rejects.read_text().replace("soon", "6").replace("later", "7"))
        for sheet in ("Q1", "Q2"):
            self.import_file(path.with_name(f"{path.stem}.{sheet}.rejects.csv"))
        self.assertEqual((self.figure("2014-05"), self.figure("2014-08")), ("6", "7"))

    def test_without_a_table_the_sheets_are_named(self):
        said = self.send([Sheet("Notes", [["nothing here"]])], "--dataset", "observations",
                         code=REFUSED)
        self.assertIn('the sheets are "Notes"', said)


class Cells(Workbooks):
    def test_error_values_and_formulas_without_a_result_are_findings(self):
        for cell, words in ((Cell("#N/A", "e"), "the error #N/A"),
                            (Cell("#DIV/0!", "e", formula="1/0"), "the error #DIV/0!"),
                            (Cell(formula="SUM(A1:A2)"), "a formula without a result"),
                            ("#REF!", "holds #REF! instead of a value"),
                            ("nan", "holds nan instead of a value")):
            said = self.send([OBSERVATIONS, observation("2014-01", cell), observation("2014-02", 2)],
                             code=REFUSED)
            self.assertIn("row 1 (line 2), value: refused INVALID_FIELD", said)
            self.assertIn(words, said)
        self.assertEqual(self.figure("2014-02"), "2", "a bad row costs no good one")

    def test_an_error_in_a_column_that_is_not_stored_costs_nothing(self):
        self.send([[*OBSERVATIONS, "Check"], [*observation("2014-03", 3), Cell("#REF!", "e")]])
        self.assertEqual(self.figure("2014-03"), "3")

    def test_results_of_formulas_are_what_was_saved(self):
        self.send([OBSERVATIONS, observation("2014-04", Cell(7, formula="3+4"))])
        self.assertEqual(self.figure("2014-04"), "7")

    def test_texts_within_cells_are_read(self):
        texts = [Cell(text, "inlineStr") for text in OBSERVATIONS]
        row = [Cell(text, "inlineStr") for text in observation("2014-05", "8")]
        self.send([texts, row])
        self.assertEqual(self.figure("2014-05"), "8")

    def test_an_empty_text_takes_no_others_place(self):
        header = ["source_key", "month", "type", "force", "district"]
        rows = [[f"e-{n}", "2014-06", "robbery", "essex-police", district]
                for n, district in enumerate(["Colchester", "", "", "Tendring"])]
        self.send([header, *rows])
        places = self.daemon.report("incident-places", force="essex-police",
                                    **{"from": "2014-06", "to": "2014-06"})
        self.assertEqual(places.row(place="Colchester")["total"], "1")
        self.assertEqual(places.row(place="total")["total"], "4")

    def test_a_merged_value_counts_for_its_rows(self):
        rows = [OBSERVATIONS, *(observation(f"2014-0{month}", month) for month in (7, 8, 9))]
        rows[2][1] = rows[3][1] = None
        said = self.send([Sheet("Return", rows, merged=["B2:B4"])])
        self.assertIn("2 cells filled", said)
        self.assertEqual([self.figure(f"2014-0{month}") for month in (7, 8, 9)], ["7", "8", "9"])

    def test_a_table_may_begin_anywhere(self):
        self.send([Sheet("Return", [OBSERVATIONS, observation("2014-10", 10)], first="C5")])
        self.assertEqual(self.figure("2014-10"), "10")

    def test_a_footnote_is_no_row(self):
        said = self.send([OBSERVATIONS, observation("2014-12", 12), ["Source: the force"]])
        self.assertIn("1 lines of one cell below the rows are no rows", said)
        self.assertIn("1 rows read", said)
        said = self.send([OBSERVATIONS, observation("2013-04", 4),
                          ["robbery", *[Cell(formula="A1")] * 5]], code=REFUSED)
        self.assertIn("2 rows read", said, "formulas without a result make no footnote of a row")

    def test_columns_without_a_heading_are_no_columns(self):
        header = [*OBSERVATIONS[:3], None, *OBSERVATIONS[3:], None, "Notes", "Notes"]
        row = observation("2013-01", 1)
        said = self.send([header, [*row[:3], None, *row[3:], "stray", "a", "b"]])
        self.assertIn("1 cells in columns without a heading: not stored", said)
        self.assertEqual(said.count('column "Notes" is none of'), 1)
        self.assertEqual(self.figure("2013-01"), "1")

    def test_a_strict_workbook_reads_alike(self):
        self.send([OBSERVATIONS, observation("2014-11", 11)], namespace=workbook.STRICT)
        self.assertEqual(self.figure("2014-11"), "11")


class OtherFiles(Workbooks):
    def refused(self, name, content):
        path = self.daemon.folder / name
        path.write_bytes(content)
        code, out, err = self.daemon.run(*AGENCY, "import", path, "--dataset", "observations")
        self.assertEqual(code, REFUSED, out)
        self.assertIn("       do      ", err)
        return err

    def test_each_is_called_what_it_is(self):
        old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
        for name, content, words in (
                ("old.xls", old, "Excel 97 to 2003"),
                ("locked.xlsx", old + "EncryptedPackage".encode("utf-16-le"), "password"),
                ("api.json", b'[{"month":"2024-01"}]', "JSON"),
                ("report.pdf", b"%PDF-1.7\n", "PDF"),
                ("page.xls", b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
                ("cut.xlsx", self.book([OBSERVATIONS]).read_bytes()[:300], "damaged")):
            self.assertIn(words, self.refused(name, content), name)

    def test_archives_that_are_no_workbook(self):
        for entries, words in (({"mimetype": "x", "content.xml": "x"}, "OpenDocument"),
                               ({"xl/workbook.bin": "x"}, ".xlsb"),
                               ({"may.csv": "a,b"}, "ZIP archive")):
            path = self.daemon.folder / "made.zip"
            with zipfile.ZipFile(path, "w") as archive:
                for name, text in entries.items():
                    archive.writestr(name, text)
            self.assertIn(words, self.refused("made.xlsx", path.read_bytes()))


if __name__ == "__main__":
    unittest.main()
