"""Numbers of offices' files that a format, a computation or a spreadsheet program has changed: what its
sender sees in the cell is the number in the report."""
import json
import unittest

import workbook_support as workbook
from file_support import OBSERVATIONS, REFUSED, Files, csv_text, observation, setUpModule
from workbook_support import Cell

PROBATION = ("--agency", "essex-probation")


class Numbers(Files):
    def send_workbook(self, rows, *arguments, **options):
        path = self.daemon.folder / f"book-{next(self.numbers)}.xlsx"
        workbook.write(path, rows)
        return self.import_file(path, *arguments, **options)

    def send_both(self, header, row, cells):
        """The row as a workbook with these cells and as CSV with their texts: {column: (cell, text)}.
        The second says nothing new."""
        rows = [[pair[number] if (pair := cells.get(column)) else row[column] for column in header]
                for number in (0, 1)]
        self.send_workbook([header, rows[0]], agency=PROBATION)
        said = self.send_text(csv_text(header, rows[1]), agency=PROBATION)
        self.assertIn("0 new, 1 there already", said)


class Percentages(Numbers):
    SHARE = ["measure_id", "area", "source", "period", "basis", "numerator", "denominator",
             "denominator_area", "printed_percent"]

    def share(self, period, printed, **options):
        row = ["wso-new", "Colchester", "Essex Probation", period, "in-period", 13, 20, "essex-county",
               printed]
        return self.send_workbook([self.SHARE, row], agency=PROBATION, **options)

    def test_a_percentage_beside_its_parts_agrees_with_them(self):
        for quarter, printed in enumerate((Cell(0.65, code="0%"), Cell(0.65, code="0.0%", formula="F2/G2"),
                                           Cell(65), "65%"), 1):
            with self.subTest(quarter):
                period = f"2015-16 Q{quarter}"
                self.share(period, printed)
                self.assertEqual(self.figure(period, measure="wso-new"), "13 of 20")
                self.assertEqual(self.figure(period, measure="wso-new", column="printed_percent"), "65")

    def test_one_that_disagrees_with_them_is_refused(self):
        for printed in (Cell(0.65), Cell(0.66, code="0%")):
            self.assertIn("printed_percent: refused SHARE_DISAGREES",
                          self.share("2016-17 Q1", printed, code=REFUSED))
        self.no_figure("2016-17 Q1", measure="wso-new")

    def test_changes_that_a_document_printed_keep_sign_and_size(self):
        header = ["document_id", "published", "measure_id", "area", "period", "compared_with",
                  "change_percent"]
        shown = {}
        for number, (measure, cell) in enumerate((
                ("robbery", Cell(-0.087, code="0.0%")), ("rape", Cell(1.06, code="0%")),
                ("arson", "-8.7%"), ("homicide", Cell(-8.7)), ("rape", Cell(-0.005, code="0.0%")))):
            document = f"changes-{number}"
            self.send_workbook([header, [document, "2024-03-18", measure, "Colchester", "12m to 2024-01",
                                         "12m to 2023-01", cell]])
            shown[number] = self.daemon.report("published-figures",
                                               document=document).rows()[0]["printed"]
        self.assertEqual(shown, {0: "8.7% fewer", 1: "106% more", 2: "8.7% fewer", 3: "8.7% fewer",
                                 4: "0.5% fewer"})

    def test_a_workbook_and_its_csv_say_the_same(self):
        header = ["measure_id", "area", "source", "period", "basis", "printed_percent"]
        row = {"measure_id": "wso-active-share", "area": "Colchester", "source": "Essex Probation",
               "period": "2016-17 Q2", "basis": "to-date"}
        self.send_both(header, row, {"printed_percent": (Cell("0.71299999999999997", code="0.0%"), "71.3%")})


class Currencies(Numbers):
    def test_a_sum_of_money_is_no_count_however_its_format_says_so(self):
        for code in ('"£"#,##0', "£#,##0", "[$£-809]#,##0.00", "_-[$£-809]* #,##0_-;-[$£-809]* #,##0_-",
                     "[$€-2] 0"):
            with self.subTest(code):
                said = self.send_workbook([OBSERVATIONS, observation("2013-06", Cell(12, code=code))],
                                          code=REFUSED)
                self.assertIn("value: refused INVALID_FIELD", said)
        self.no_figure("2013-06")

    def test_nor_is_one_with_an_escaped_sign(self):
        for code in (r"\£#,##0", r"#,##0\ \€"):
            self.send_workbook([OBSERVATIONS, observation("2013-07", Cell(12, code=code))], code=REFUSED)
        self.no_figure("2013-07")

    def test_it_is_the_same_sum_in_a_column_of_money(self):
        header = ["fund_id", "partnership", "year", "source", "amount"]
        for number, (cell, text) in enumerate(((Cell(12337, code='"£"#,##0'), "12337"),
                                               (Cell(2500.5, code="[$£-809]#,##0.00"), "£2,500.50"),
                                               ("£12,337", "12337"))):
            row = [f"money-{number}", "colchester", "2022-23", "Home Office"]
            self.send_workbook([header, [*row, cell]], agency=())
            quoted = f'"{text}"' if "," in text else text
            said = self.send_text(csv_text(header, [*row, quoted]), agency=())
            self.assertIn("0 refused", said)
            facts = self.daemon.ok("log", "--format", "jsonl", "--type", "actions.GrantAllocated").splitlines()
            self.assertEqual(sum(f'"money-{number}"' in fact for fact in facts), 1)


class Computed(Numbers):
    """1/3 or 0.1 + 0.2, as a spreadsheet keeps it and as CSV has it."""

    def mean(self, period, value, book=False):
        row = ["next-chapter-monthly", "Colchester", "Next Chapter", period, "monthly-mean", value]
        agency = ("--agency", "next-chapter")
        if book:
            return self.send_workbook([OBSERVATIONS, row], agency=agency)
        return self.send_text(csv_text(OBSERVATIONS, row), agency=agency)

    def test_more_than_six_decimals_are_rounded_half_up_and_said(self):
        for year, (stored, shown) in enumerate((
                ("33.333333333333336", "33.333333"), ("0.30000000000000004", "0.3"), ("2.0000005", "2.000001"),
                ("1.9999999999", "2"), ("0.0000004", "0")), 2004):
            for book in (True, False):
                with self.subTest(stored=stored, book=book):
                    period = f"{year}/{(year + 1) % 100:02d}"
                    said = self.mean(period, Cell(stored) if book else stored, book)
                    self.assertEqual(self.figure(period, measure="next-chapter-monthly"), shown)
                    rounded = not (book and stored == "0.30000000000000004")  # 15 digits of it are 0.3
                    self.assertEqual("1 values with more than 6 decimals" in said, rounded, said)

    def test_a_format_without_decimals_hides_none(self):
        self.mean("2012-13 Q1", Cell(8.25, code="0"), book=True)
        self.assertEqual(self.figure("2012-13 Q1", measure="next-chapter-monthly"), "8.25")

    def test_a_count_that_is_not_whole_is_refused(self):
        said = self.send_workbook([OBSERVATIONS, observation("2012-04", Cell("8.25", formula="33/4"))],
                                  code=REFUSED)
        self.assertIn("value: refused INVALID_FIELD: is not whole", said)


class Keys(Numbers):
    """Keys that look like numbers, which spreadsheet programs shorten."""
    HEADER = ["source_key", "month", "type", "force", "district"]

    def row(self, key, month):
        return [key, month, "robbery", "essex-police", "Colchester"]

    def keys(self, month):
        facts = self.daemon.ok("log", "--format", "jsonl", "--type", "incidents.IncidentRecorded")
        data = [json.loads(line)["data"] for line in facts.splitlines()]
        return [each["source_key"] for each in data if each["month"] == month]

    def send_both_keys(self, month, *pairs):
        """Keys as cells of a workbook and as CSV has them: the same incidents."""
        self.send_workbook([self.HEADER, *[self.row(cell, month) for cell, _ in pairs]])
        said = self.send_text(csv_text(self.HEADER, *[self.row(text, month) for _, text in pairs]))
        self.assertIn(f"0 new, {len(pairs)} there already", said)
        self.assertEqual(self.keys(month), [text for _, text in pairs])
        self.assertEqual(self.incidents(month), str(len(pairs)))

    def test_numbers_of_up_to_seventeen_digits_are_one_key_in_both(self):
        self.send_both_keys("2019-05", (Cell("20240118000012345"), "20240118000012300"),
                            (Cell("2.024011800004E+16"), "20240118000040000"),
                            (Cell("1234567890123456"), "1234567890123460"),
                            (Cell("420000123456"), "420000123456"), (Cell(1234), "1234"))

    def test_texts_keep_every_digit_and_their_zeros(self):
        self.send_both_keys("2019-06", ("00012345", "00012345"), ("20240118000012345", "20240118000012345"),
                            (Cell(42, code="@"), "42"), (Cell("0007", "inlineStr"), "0007"))

    def test_a_key_that_lost_its_digits_is_refused(self):
        said = self.send_text(csv_text(self.HEADER, self.row("2.02401E+16", "2019-07"),
                                       self.row("42/000123/24", "2019-07")), code=REFUSED)
        self.assertIn("row 1 (line 2), source_key: refused INVALID_FIELD", said)
        self.assertEqual(self.incidents("2019-07"), "1")

    def test_a_key_shown_with_zeros_before_it_is_that_key_or_refused(self):
        path = self.daemon.folder / "zeros.xlsx"
        workbook.write(path, [self.HEADER, self.row(Cell(4321, code="0000000"), "2019-08")])
        self.daemon.run("--agency", "essex-police", "import", path)
        self.send_text(csv_text(self.HEADER, self.row("0004321", "2019-08")))
        self.assertEqual(self.keys("2019-08"), ["0004321"])

    def test_a_key_whose_format_writes_more_than_zeros_is_refused(self):
        for code in ('"NC-"0000', "000-0000", "000\\/0000"):
            with self.subTest(code):
                said = self.send_workbook([self.HEADER, self.row(Cell(4321, code=code), "2019-09")], code=REFUSED)
                self.assertIn("source_key: refused INVALID_FIELD: the cell's number format shows something else", said)

    def test_a_figure_whose_format_shows_zeros_is_its_number(self):
        self.send_workbook([OBSERVATIONS, observation("2012-05", Cell(7, code="0000"))])
        self.assertEqual(self.figure("2012-05"), "7")


if __name__ == "__main__":
    unittest.main()
