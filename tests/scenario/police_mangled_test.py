"""Real months of data.police.uk as offices hand them on: written down in ten ways and as a workbook, sent in
both orders; the report's months are those of the tally that was made of them elsewhere. Nothing of the files
is part of the repository; police_test.py has made ones."""
import csv
import io
import pathlib
import re
import tempfile
import unittest

import corpus_support
from daybook_support import POLICE_DATA, Daemon
from police_test import column_of, registers

TALLY = POLICE_DATA / "colchester-monthly-by-type.csv"
MONTHS = sorted(POLICE_DATA.glob("????-??-essex-street.csv")) if TALLY.exists() else []
MISSING = "" if MONTHS else "the real files are not here (DAYBOOK_POLICE_DATA)"


def text(table, delimiter=",", ends="\n", quoting=csv.QUOTE_MINIMAL):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=ends, quoting=quoting).writerows(table)
    return out.getvalue()


def with_titles(table):
    width = len(table[0])
    titles = [["Street-level crime", *[""] * (width - 1)], ["Extracted on 5 March 2024", *[""] * (width - 1)],
              [""] * width]
    return [*titles, *table]


def with_blank_rows(table):
    """After every hundredth row one without anything, and one of empty cells."""
    rows = []
    for number, row in enumerate(table):
        rows.append(row)
        if number % 100 == 99:
            rows += [[], [""] * len(row)]
    return rows


def with_spacers(table):
    return [[cell for pair in zip(row, [""] * len(row)) for cell in pair] for row in table]


def reordered(table):
    order = sorted(range(len(table[0])), key=lambda column: table[0][column][::-1])
    return [[row[column] for column in order] for row in table]


def in_capitals(table):
    return [[name.upper() for name in table[0]], *table[1:]]


WAYS = {
    "byte-order-mark": lambda table: text(table).encode("utf-8-sig"),
    "line-ends-of-windows": lambda table: text(table, ends="\r\n").encode(),
    "utf-16": lambda table: text(table, ends="\r\n").encode("utf-16"),
    "semicolons": lambda table: text(table, ";").encode(),
    "all-quoted": lambda table: text(table, quoting=csv.QUOTE_ALL).encode(),
    "titles": lambda table: text(with_titles(table)).encode(),
    "blank-rows": lambda table: text(with_blank_rows(table)).encode(),
    "spacer-columns": lambda table: text(with_spacers(table)).encode(),
    "other-order-of-columns": lambda table: text(reordered(table)).encode(),
    "headings-in-capitals": lambda table: text(in_capitals(table)).encode()}


def write_workbook(path, table):
    book = corpus_support.openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Street")
    for row in table:
        sheet.append(row)
    book.save(path)


@unittest.skipIf(MISSING, MISSING)
class RealMonths(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tables = {}
        for path in MONTHS:
            with path.open(encoding="utf-8", newline="") as file:
                cls.tables[path.name] = list(csv.reader(file))
        with TALLY.open(encoding="utf-8", newline="") as file:
            tally = {row.pop("month"): row for row in csv.DictReader(file)}
        cls.tally = {name: tally[name[:7]] for name in cls.tables}

    def check(self, files, *options):
        """Sends each file on its own in this order: every row is stored, and the months are the tally's."""
        with Daemon() as daemon:
            registers(daemon)
            for name, path in files:
                out = daemon.ok("import", "--agency", "essex-police", *options, path)
                rows = len(self.tables[name]) - 1
                self.assertRegex(out, f"{rows} rows read, {rows} new, 0 there already, 0 refused")
            months = {row["month"]: row for row in daemon.report("incident-months", area="Colchester").rows()}
            for name, counts in self.tally.items():
                found = months[name[:7]]
                self.assertEqual({kind: found.get(column_of(kind), "0") for kind in counts}, counts, name)

    def check_in_both_orders(self, files, *options):
        self.check(list(files.items()), *options)
        self.check(list(files.items())[::-1], *options)

    def test_written_down_in_ten_ways(self):
        for way, written in WAYS.items():
            with self.subTest(way), tempfile.TemporaryDirectory(prefix="daybook-months-") as folder:
                files = {}
                for name, table in self.tables.items():
                    files[name] = pathlib.Path(folder) / name
                    files[name].write_bytes(written(table))
                # What a title says of the extract is asked, and here answered beforehand.
                answered = ("--extract-date", "2024-03-05") if way == "titles" else ()
                self.check_in_both_orders(files, *answered)

    @unittest.skipIf(corpus_support.openpyxl is None, "python3-openpyxl is not installed")
    def test_as_workbooks(self):
        with tempfile.TemporaryDirectory(prefix="daybook-months-") as folder:
            files = {name: pathlib.Path(folder) / re.sub("csv$", "xlsx", name) for name in self.tables}
            for name, table in self.tables.items():
                write_workbook(files[name], table)
            self.check_in_both_orders(files)


if __name__ == "__main__":
    unittest.main()
