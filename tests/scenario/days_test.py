"""Days, months and moments in every column that has them, typed or stored: the day that its sender sees is
the day in the ledger, or its row is refused."""
import json
import unittest

import workbook_support as workbook
from file_support import OBSERVATIONS, REFUSED, Files, csv_text, observation, setUpModule
from workbook_support import Cell

MARCH_18 = 45369  # 18 March 2024, as Excel counts days from 1900
BETWEEN = 1462  # and how many fewer they are from 1904


class Days(Files):
    def send_workbook(self, rows, *arguments, days_from_1904=False, **options):
        path = self.daemon.folder / f"book-{next(self.numbers)}.xlsx"
        workbook.write(path, rows, days_from_1904=days_from_1904)
        return self.import_file(path, *arguments, **options)

    def last_fact(self, kind, field):
        event = json.loads(self.daemon.ok("log", "--format", "jsonl", "--type", kind).splitlines()[-1])
        return {**event, **event.get("data", {})}[field]


class EveryColumnOfDays(Days):
    """The first rows are registered by the tests themselves, so that each stands for itself."""
    # (dataset's columns, row with DAY in the place of the day, kind of fact, its field)
    COLUMNS = (
        ("breaks", ["measure_id", "date", "cause", "latest"], ["rape", "2021-01-01", "Recording", "DAY"],
         "measures.SeriesBreakDeclared", "latest_date"),
        ("grants", ["fund_id", "partnership", "year", "source", "amount", "date"],
         ["ID", "colchester", "2023-24", "Home Office", "100", "DAY"], "actions.GrantAllocated", "date"),
        ("resolutions", ["resolution_id", "partnership", "committee", "passed", "kind", "label", "due"],
         ["ID", "colchester", "Committee", "2024-01-31", "resolution", "Figures", "DAY"],
         "scrutiny.ResolutionPassed", "due_date"),
        ("orders", ["order_id", "partnership", "kind", "label", "power", "prohibitions", "made"],
         ["ID", "colchester", "other", "Town", "Act 1972", "begging", "DAY"], "enforcement.OrderMade",
         "made_date"),
        ("tasks", ["task_id", "partnership", "kind", "raised", "organisation"],
         ["ID", "colchester", "begging", "DAY", "Essex Police"], "enforcement.TaskRaised", "raised_date"),
        ("figures", ["document_id", "published", "measure_id", "area", "period", "value"],
         ["ID", "DAY", "robbery", "Colchester", "2016-01", "7"], "measures", "published_date"),
    )
    WAYS = ("18/03/2024", "18 March 2024", "18-Mar-24", "2024-03-18", "18.03.2024",
            Cell(MARCH_18, code="dd/mm/yyyy"), Cell(MARCH_18, code="d mmmm yyyy"),
            Cell(MARCH_18 + 0.4, code="dd/mm/yyyy hh:mm"), Cell(MARCH_18), Cell("2024-03-18T00:00:00", "d"))

    def test_offices_ways_to_write_a_day_are_that_day_in_each(self):
        for dataset, header, row, kind, field in self.COLUMNS:
            for number, way in enumerate(self.WAYS):
                if dataset == "breaks" and number > 0:
                    continue  # a break is declared once
                with self.subTest(dataset=dataset, way=way if isinstance(way, str) else vars(way)):
                    words = {"DAY": way, "ID": f"day-{dataset}-{number}"}
                    self.send_workbook([header, [words.get(cell, cell) for cell in row]])
                    self.assertEqual(self.last_fact(kind, field), "2024-03-18")

    def test_a_workbook_that_counts_from_1904_means_the_same_days(self):
        for dataset, header, row, kind, field in self.COLUMNS[1:]:
            for number, cell in enumerate((Cell(MARCH_18 - BETWEEN, code="dd/mm/yyyy"),
                                           Cell(MARCH_18 - BETWEEN), "18/03/2024",
                                           Cell("2024-03-18", kind="d"))):
                with self.subTest(dataset=dataset, cell=cell if isinstance(cell, str) else vars(cell)):
                    words = {"DAY": cell, "ID": f"day04-{dataset}-{number}"}
                    self.send_workbook([header, [words.get(each, each) for each in row]],
                                       days_from_1904=True)
                    self.assertEqual(self.last_fact(kind, field), "2024-03-18")

    def test_what_is_no_day_or_has_two_readings_is_refused_at_its_column(self):
        header = ["task_id", "partnership", "kind", "raised", "organisation"]
        for way in ("31/02/2024", "03/18/2024", "soon", "18/03", Cell(59, code="dd/mm/yyyy"),
                    Cell(-3, code="dd/mm/yyyy"), Cell(MARCH_18, code="mmm")):
            with self.subTest(way if isinstance(way, str) else vars(way)):
                said = self.send_workbook(
                    [header, ["no-day", "colchester", "begging", way, "Essex Police"]], code=REFUSED)
                self.assertIn("raised: refused INVALID_FIELD", said)


class Referrals(Days):
    HEADER = ["referral_id", "service_id", "received", "area", "status"]

    def test_the_month_of_a_referral_is_that_of_the_day_in_either_count(self):
        for number, (cell, from_1904) in enumerate((
                (Cell(MARCH_18, code="dd/mm/yyyy"), False),
                (Cell(MARCH_18 - BETWEEN, code="dd/mm/yyyy"), True), ("18/03/2024", False),
                (Cell(MARCH_18, code="mmm-yy"), False))):
            self.send_workbook([self.HEADER, [f"DAY-{number}", "next-chapter", cell, "Colchester", "received"]],
                               "--kind", "additions", days_from_1904=from_1904,
                               agency=("--agency", "next-chapter"))
            self.assertEqual(self.last_fact("referrals.ReferralReceived", "effective_start"), "2024-03-01")


    def test_a_band_of_ages_that_became_a_date_is_refused(self):
        header = ["referral_id", "service_id", "received", "area", "subject_ref", "age"]
        ages = (Cell(45606, code="d-mmm"), "10-Nov", "Nov-10", "10/11/2024", "10-11", "10 to 11", "under 12", "34")
        said = self.send_workbook([header, *[
            [f"AGE-{number}", "next-chapter", "2024-05", "Colchester", f"s-{number}", age]
            for number, age in enumerate(ages)]], code=REFUSED, agency=("--agency", "next-chapter"))
        self.assertIn("8 rows read, 4 new, 0 there already, 4 refused", said)
        self.assertIn("rows 1-4 (lines 2-5), age: refused INVALID_FIELD: is a date: a spreadsheet makes one", said)


class Months(Days):
    HEADER = ["source_key", "month", "type", "force", "district"]
    numbers_of_keys = iter(range(1000))

    def incident(self, month):
        return [f"m-{next(self.numbers_of_keys)}", month, "Robbery", "Essex Police", "Colchester"]

    def test_offices_ways_to_write_a_month_are_that_month(self):
        ways = ("2021-06", "06/2021", "Jun-21", "June 2021", "15/06/2021", "2021-06-15",
                Cell(44348, code="mmm-yy"), Cell(44362, code="dd/mm/yyyy"),
                Cell(44362.9, code="dd/mm/yyyy hh:mm"))
        self.send_workbook([self.HEADER, *map(self.incident, ways)])
        self.assertEqual(self.incidents("2021-06"), str(len(ways)))

    def test_the_last_moments_of_a_month_are_in_it_by_the_clock_of_london(self):
        self.send_text(csv_text(self.HEADER, *map(self.incident, (
            "2021-03-27T23:59:59Z",       # winter still
            "2021-03-31T22:59:59Z",       # summer time: a minute before midnight
            "2021-03-31T23:00:00Z",       # midnight: April
            "2021-03-31T23:30:00+00:00",  # April
            "2021-04-01T01:30:00+02:00",  # April, half past twelve
            "31/03/2021 23:59",           # no zone: as it stands
            "2021-10-31T23:59:00Z"))))    # winter again: October
        self.assertEqual((self.incidents("2021-03"), self.incidents("2021-04"), self.incidents("2021-10")),
                         ("3", "3", "1"))


class Periods(Days):
    def test_a_month_cell_is_a_month_in_a_column_of_periods(self):
        for number, cell in enumerate((Cell(44197, code="mmm-yy"), Cell(44228, code="mmmm yyyy"), "Mar-21",
                                       "04/2021", "May 2021"), 1):
            with self.subTest(number):
                self.send_workbook([OBSERVATIONS, observation(cell, number)])
                self.assertEqual(self.figure(f"2021-{number:02d}"), str(number))

    def test_a_date_cell_is_no_month_and_the_remedy_is_taken(self):
        for cell, month in ((Cell(44562, code="dd/mm/yyyy"), "2022-01"), (Cell(44610, code="d-mmm"), "2022-02")):
            with self.subTest(month):
                said = self.send_workbook([OBSERVATIONS, observation(cell, 3)], code=REFUSED)
                self.assertIn("row 1 (line 2), period: refused INVALID_FIELD: is a day", said)
                self.assertIn(f"{month} for the month", said)
                self.no_figure(month)
                self.send_workbook([OBSERVATIONS, observation(month, 3)])
                self.assertEqual(self.figure(month), "3")

    def test_a_figure_at_a_date_has_a_date(self):
        row = observation(Cell(44648, code="dd/mm/yyyy"), 3, "wso-open")
        row[4] = "at-date"
        self.send_workbook([OBSERVATIONS, row])
        self.assertEqual(self.figure("2022-03-28", "wso-open"), "3")

    def test_a_year_that_nobody_lived_in_is_refused(self):
        for period in ("1018-05", "1018-19", "CY1018", "20223", "2022-05..2222-06"):
            with self.subTest(period):
                said = self.send_text(csv_text(OBSERVATIONS, observation(period, 1)), code=REFUSED)
                self.assertIn("row 1 (line 2), period: refused INVALID_FIELD", said)

    def test_a_number_without_a_format_is_the_month_that_it_is_the_first_day_of_or_refused(self):
        self.send_workbook([OBSERVATIONS, observation(Cell(44348), 6)])
        self.assertEqual(self.figure("2021-06"), "6")
        for number, from_1904 in ((44349, False), (2021, False), (202106, False), (44378 - BETWEEN, True)):
            with self.subTest(number=number, from_1904=from_1904):
                said = self.send_workbook([OBSERVATIONS, observation(Cell(number), 7)], code=REFUSED,
                                          days_from_1904=from_1904)
                self.assertIn("period: refused INVALID_FIELD", said)


if __name__ == "__main__":
    unittest.main()
