"""What our own writers write, our reader reads back: returns as CSV and as workbooks, every report of the
sample's pack, templates that somebody filled in. tests/unit/services/cli/round_trip_test.cc has every
dataset."""
import csv
import decimal
import json
import subprocess
import unittest

import workbook_support as workbook
from daybook_support import BIN
from file_support import REFUSED, Files, setUpModule
from workbook_support import Cell


def read(path, texts=None, sheet=None):
    """What services/ingest takes of the file; `texts` are columns that it has where it is of no dataset."""
    arguments = (["--texts", "|".join(texts)] if texts else []) + (["--sheet", sheet] if sheet else [])
    done = subprocess.run([BIN / "read_files", *arguments, path], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def rows_of(taken, columns=None):
    """Its cells, without those at the end of a row that are empty."""
    places = range(len(taken["header"])) if columns is None else [taken["header"].index(name) for name in columns]
    return [[row["cells"][place] for place in places] for row in taken["rows"]]


def same(cell, printed):
    """A number of a workbook has no zeros behind its decimals; in CSV a text like a formula begins with an
    apostrophe."""
    if cell in (printed, "'" + printed):
        return True
    try:
        return decimal.Decimal(cell) == decimal.Decimal(printed)
    except decimal.InvalidOperation:
        return False


class Returns(Files):
    def test_the_csv_and_the_workbook_of_a_return_are_the_same_rows(self):
        folder = self.daemon.folder / "returns"
        self.daemon.ok("report", "reminders", "--plan", "castle-point-rochford-2017-18", "--period", "2017-18 Q2",
                       "--due", "2017-10-14", folder)
        leads = sorted(folder.iterdir())
        self.assertGreater(len(leads), 5)
        for lead in leads:
            with self.subTest(lead.name):
                text, book = read(lead / "updates.csv"), read(lead / "updates.xlsx")
                self.assertEqual((text["dataset"], book["dataset"]), ("updates", "updates"))
                with (lead / "updates.csv").open(newline="", encoding="utf-8-sig") as file:
                    written = list(csv.reader(file))
                self.assertEqual(rows_of(text), written[1:])
                self.assertEqual(rows_of(book, text["header"]), written[1:])
                self.assertEqual([row["findings"] for row in text["rows"] + book["rows"]],
                                 [[]] * 2 * len(written[1:]))


class Reports(Files):
    """A report is of no dataset: its columns are read as texts."""

    def cells(self, table):
        """As they are printed: text and marker."""
        return [[(cell.get("text", "") + (" " if cell.get("text") and cell.get("marker") else "")
                  + (f"[{cell['marker']}]" if cell.get("marker") else "")).strip() for cell in row.get("cells", [])]
                for row in table.get("rows", [])]

    def answer(self, *arguments):
        return json.loads(self.daemon.ok("report", *arguments, "--format", "json"))

    def check(self, table, path, sheet=None):
        """Against the CSV, which has keys, or the sheet, which has titles. Columns of one title are not told
        apart; a row of which all texts are empty is no row."""
        names = [column["title"] if sheet else column["key"] for column in table["columns"]]
        places = [place for place, name in enumerate(names) if name and names.count(name) == 1]
        columns = [names[place] for place in places]
        wanted = [[row[place] for place in places] for row in self.cells(table) if any(row)]
        taken = read(path, columns, sheet)
        self.assertNotIn("error", taken, path)
        rows = rows_of(taken, columns)
        for number, (row, cells) in enumerate(zip(rows, wanted), 1):
            self.assertTrue(all(map(same, row, cells)), f"{path}, row {number}: {row}, {cells}")
        self.assertEqual(len(rows), len(wanted), path)

    REPORTS = (("incident-trend", "--area", "colchester", "--period", "12m to 2024-01"),
               ("multi-year", "--area", "colchester", "--period", "12m to 2024-01"),
               ("benchmark", "--area", "colchester", "--period", "AY2022-23"),
               ("plan-performance", "--plan", "castle-point-rochford-2017-18", "--period", "2017-18 Q1"),
               ("published-figures", "--document", "csp-report-2024-03"),
               ("caseload", "--area", "Colchester", "--open", "wso-open", "--new", "wso-new", "--active",
                "wso-active"),
               ("breakdown", "--measure", "cara-clients", "--area", "Colchester", "--across", "case-status,sex"),
               ("figures", "--area", "Colchester"), ("members", "--csp", "colchester"), ("submissions",),
               ("scrutiny-tracker", "--csp", "colchester"), ("funding-ledger", "--csp", "castle-point-rochford"),
               ("priority-lineage", "--csp", "colchester"), ("activities", "--csp", "colchester"))

    def test_csv_and_workbook_are_read_back_as_the_rows_that_were_printed(self):
        for arguments in self.REPORTS:
            with self.subTest(arguments[0]):
                tables = self.answer(*arguments)["tables"]
                base = self.daemon.folder / arguments[0]
                for ending in ("csv", "xlsx"):
                    self.daemon.ok("report", *arguments, "--format", ending, "--out", f"{base}.{ending}")
                self.assertTrue(any(table.get("rows") for table in tables))
                for number, table in enumerate(tables, 1):
                    self.check(table, f"{base}.csv" if number == 1 else f"{base}-{number}.csv")
                    self.check(table, f"{base}.xlsx", table["name"])


class Templates(Files):
    """`daybook template DATASET`, filled in below its example row."""
    AGENCY = ("--agency", "essex-police")

    def template(self, dataset):
        folder = self.daemon.folder / f"template-{next(self.numbers)}"
        folder.mkdir()
        self.daemon.ok("template", dataset, "--dir", folder)
        return folder / f"{dataset}.csv", folder / f"{dataset}.xlsx"

    def add(self, path, *rows):
        path.write_text(path.read_text() + "".join(row + "\n" for row in rows))
        return path

    def incident(self, key, month, location="High Street"):
        return f"{key},{month},Robbery,Essex Police,Colchester,,,,,{location},,,,,,,"

    def test_rows_below_the_example_are_taken_and_the_example_is_not(self):
        path, _ = self.template("incidents")
        said = self.import_file(self.add(path, self.incident("t-1", "2021-04"), self.incident("t-2", "2021-04")))
        self.assertIn("the example row of the template ignored", said)
        self.assertEqual(self.incidents("2021-04"), "2")

    def test_the_same_in_the_workbook(self):
        _, path = self.template("incidents")
        row = {"A3": "w-1", "B3": "2021-05", "C3": "Robbery", "D3": "Essex Police", "E3": "Colchester"}
        workbook.add_row(path, 3)
        workbook.type_into(path, {place: Cell(text, "s") for place, text in row.items()})
        self.assertIn("1 rows read, 1 new", self.import_file(path))
        self.assertEqual(self.incidents("2021-05"), "1")

    def test_a_bad_row_below_the_example_costs_itself(self):
        path, _ = self.template("incidents")
        said = self.import_file(self.add(path, self.incident("b-1", "2021-06"),
                                         self.incident("b-2", "2021-06", '12" window'),
                                         self.incident("b-3", "2021-06")), code=REFUSED)
        self.assertIn("row 2 (line 4), row: refused INVALID_FIELD", said)
        log = self.daemon.ok("log", "--format", "jsonl", "--type", "incidents.IncidentRecorded")
        self.assertEqual(["b-2" in log, "b-3" in log], [False, True])


if __name__ == "__main__":
    unittest.main()
