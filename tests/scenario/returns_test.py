"""Returns as the partnership sends them out, filled in by hand in a spreadsheet or a text editor: the
figure that was typed is the figure in the plan's report, or its row is refused."""
import csv
import shutil
import unittest

import workbook_support as workbook
from file_support import REFUSED, Files, setUpModule
from workbook_support import Cell

PLAN = "castle-point-rochford-2017-18"
QUARTER = "2017-18 Q3"
ACTION = "a33-crucial-crew"  # its target: at least 80% of schools
LEAD = ("--agency", "rochford-dc")


class Returns(Files):
    blank = rows = None

    @classmethod
    def setUpClass(cls):
        """The return that nobody filled in, as `daybook report reminders` writes it. Once: it leaves out
        an action on which an update came."""
        if Returns.blank is not None:
            return
        folder = cls.daemon.folder / "returns"
        cls.daemon.ok("report", "reminders", "--plan", PLAN, "--period", QUARTER, "--due", "2018-01-14",
                      folder)
        Returns.blank = folder / "rochford-district-council" / "updates"
        with cls.blank.with_suffix(".csv").open(newline="", encoding="utf-8-sig") as file:
            Returns.rows = list(csv.DictReader(file))

    def copy(self, ending):
        path = self.daemon.folder / f"return-{next(self.numbers)}{ending}"
        shutil.copy(self.blank.with_suffix(ending), path)
        return path

    def place(self, column):
        """Where the cell of the action stands in the workbook."""
        row = next(number for number, each in enumerate(self.rows, 2) if each["action_id"] == ACTION)
        return workbook.place(list(self.rows[0]).index(column), row)

    def send_workbook(self, **cells):
        path = self.copy(".xlsx")
        workbook.type_into(path, {self.place(column): cell for column, cell in
                                  {"state": Cell("ongoing", "s"), **cells}.items()})
        return self.send(path)

    def send_csv(self, **cells):
        path = self.copy(".csv")
        rows = [{**row, **({"state": "ongoing", **cells} if row["action_id"] == ACTION else {})}
                for row in self.rows]
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.DictWriter(file, self.rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        return self.send(path)

    def send(self, path):
        # The rows of the other actions say nothing and are refused for it.
        return self.import_file(path, agency=LEAD, code=REFUSED)

    def target(self):
        report = self.daemon.report("plan-performance", plan=PLAN, period=QUARTER)
        row = report.row("plan-targets", action_id=ACTION)
        return row["actual"], row["status"]


class Figures(Returns):
    def assert_refused_as_percentage(self, said):
        self.assertRegex(said, r"value: refused INVALID_FIELD: is a percentage")
        self.assertIn("write it without the sign", said)

    def test_a_percentage_in_a_workbook_is_never_a_hundredth_of_it(self):
        before = self.target()
        self.assert_refused_as_percentage(self.send_workbook(value=Cell(0.85, code="0%")))
        self.assertEqual(self.target(), before)

    def test_nor_with_decimals_or_as_a_text(self):
        before = self.target()
        for cell in (Cell(0.853, code="0.0%"), Cell("85%", "s"), Cell("85 %", "s"), Cell(85, code='0"%"')):
            with self.subTest(vars(cell)):
                self.assert_refused_as_percentage(self.send_workbook(value=cell))
        self.assertEqual(self.target(), before)

    def test_nor_in_a_text_file(self):
        before = self.target()
        self.assert_refused_as_percentage(self.send_csv(value="85%"))
        self.assertEqual(self.target(), before)

    def test_what_the_remedy_says_is_taken(self):
        self.send_workbook(value=Cell(85))
        self.assertEqual(self.target(), ("85", "on-target-so-far"))
        self.send_csv(value="86")
        self.assertEqual(self.target(), ("86", "on-target-so-far"))

    def test_the_number_of_schools_and_of_all_schools_is_the_percentage(self):
        self.send_workbook(numerator=Cell(18), denominator=Cell(20))
        self.assertEqual(self.target(), ("18 of 20", "on-target-so-far"))
        self.send_workbook(numerator=Cell(10), denominator=Cell(20))
        self.assertEqual(self.target(), ("10 of 20", "behind"))

    def test_a_text_that_holds_a_number_is_that_number(self):
        for cell, figure in ((Cell("87", "s"), "87"), (Cell(88, code="@"), "88")):
            with self.subTest(vars(cell)):
                self.send_workbook(value=cell)
                self.assertEqual(self.target()[0], figure)


class Findings(Returns):
    def test_each_field_of_a_row_has_its_own_reason_and_remedy(self):
        said = self.send_csv(state="ongoing-ish", narrative="a" * (16 << 10) + "b")
        self.assertRegex(said, r"state: refused UNKNOWN_VALUE: is not a registered value -> Give one of: ")
        self.assertRegex(said, r"narrative: refused TOO_LARGE: .*16 KiB -> Shorten it")

    def test_words_for_the_state_may_have_any_case_and_spaces(self):
        for state in ("Ongoing", "IN PROGRESS", "Not started", "delivered late"):
            with self.subTest(state):
                self.assertNotIn("state: refused UNKNOWN_VALUE", self.send_csv(state=state))


if __name__ == "__main__":
    unittest.main()
