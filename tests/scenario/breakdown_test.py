"""The matrix of clients that the report of March 2024 prints, and what of it may leave the partnership."""
import csv
import itertools
import unittest

from daybook_support import SAMPLE, Daemon, golden

AGES = ("Under 12", "13 to 17", "18 and over", "All")
CELLS = tuple(f"{status}_{sex}" for status, sex in
              itertools.product(("existing", "new"), ("female", "male", "other")))
# As the report prints it.
PRINTED = {age: tuple(int(row[cell]) for cell in (*CELLS, "total"))
           for age, row in zip(AGES, golden("cara-clients.csv"))}
ASKED = dict(measure="cara-clients", area="Colchester")


class Breakdown(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon()
        cls.addClassCleanup(cls.daemon.__exit__, None, None, None)
        cls.daemon.start()
        cls.daemon.ok("import", SAMPLE)

    def ask(self, **more):
        rows = self.daemon.report("breakdown", **ASKED, **more).rows()
        return {row["category"]: row for row in rows}

    def matrix(self, **more):
        rows = self.ask(across="case-status,sex", **more)
        return {age: [rows[age][cell] for cell in (*CELLS, "total")] for age in AGES}

    def test_the_matrix_is_as_printed_and_its_totals_are_the_sums(self):
        found = {age: tuple(map(int, cells)) for age, cells in self.matrix().items()}
        self.assertEqual(found, PRINTED)
        for column in range(7):
            self.assertEqual(found["All"][column],
                             sum(found[age][column] for age in AGES[:3]))
        for age in AGES:
            self.assertEqual(found[age][6], sum(found[age][:6]))

    def test_existing_and_new_clients_are_the_sums_of_what_was_returned(self):
        rows = self.ask(across="case-status")
        self.assertEqual((rows["All"]["existing"], rows["All"]["new"]), ("537", "530"))

    def test_the_age_that_no_band_holds_is_named(self):
        report = self.daemon.report("breakdown", **ASKED)
        self.assertIn("nobody of 12 is in any band", " ".join(report.notes))

    def test_by_sex_the_ages_are_summed_over_only_where_they_leave_nothing_out(self):
        rows = self.ask(by="sex")
        self.assertEqual(rows["Other"]["total"], "20", "11 existing and 9 new were returned")

    def test_the_public_sees_neither_small_count_nor_a_way_to_it(self):
        shown = self.matrix(audience="public")
        self.assertEqual(shown["All"], [str(n) for n in PRINTED["All"]], "totals stay")
        hidden = [(age, i) for age in AGES for i in range(7) if shown[age][i] == "[c]"]
        self.assertIn(("13 to 17", 2), hidden)
        self.assertIn(("13 to 17", 5), hidden)
        self.assertLessEqual(len(hidden), 6, "the worked case hides six")
        self.assertGreater(len(self.solutions(shown)), 5)
        # Nobody can say of a hidden count, nor of "13 to 17, other", that it is below five.
        for place in (("13 to 17", (2,)), ("13 to 17", (5,)), ("13 to 17", (2, 5))):
            values = {sum(table[place[0]][i] for i in place[1])
                      for table in self.solutions(shown)}
            self.assertGreaterEqual(max(values), 5, place)
            self.assertGreaterEqual(max(values) - min(values), 4, place)

    @staticmethod
    def solutions(shown):
        """Every matrix that agrees with what is shown, tried one by one."""
        holes = [(age, i) for age in AGES[:3] for i in range(6) if shown[age][i] == "[c]"]
        known = {age: [int(cell) if cell != "[c]" else None for cell in shown[age]] for age in AGES}
        found = []

        def fill(n, table):
            if n == len(holes):
                found.append({age: list(cells) for age, cells in table.items()})
                return
            age, i = holes[n]
            left = known[age][6] - sum(c for c in table[age][:6] if c is not None)
            column = [table[a][i] for a in AGES[:3]]
            below = known["All"][i] - sum(c for c in column if c is not None)
            last_of_row = not any(a == age for a, _ in holes[n + 1:])
            last_of_column = not any(c == i for _, c in holes[n + 1:])
            for value in range(1, min(left, below) + 1):
                if (last_of_row and value != left) or (last_of_column and value != below):
                    continue
                table[age][i] = value
                fill(n + 1, table)
                table[age][i] = None

        fill(0, {age: known[age][:6] for age in AGES[:3]})
        return found

    def test_rounding_is_the_other_way(self):
        shown = self.matrix(audience="public", protection="rounding")
        self.assertEqual([row[2] for row in shown.values()], ["0", "0 [low]", "10", "10"])
        self.assertEqual([row[5] for row in shown.values()], ["0", "5", "5", "10"])

    def test_whoever_prepares_it_can_ask_why(self):
        out = self.daemon.ok("report", "breakdown", "--measure", "cara-clients", "--area",
                             "Colchester", "--across", "case-status,sex", "--audience", "public",
                             "--explain", "--format", "csv")
        self.assertIn("not for publication", self.daemon.ok(
            "report", "breakdown", "--measure", "cara-clients", "--area", "Colchester",
            "--across", "case-status,sex", "--audience", "public", "--explain"))
        rows = list(csv.DictReader(out.splitlines()))
        reasons = {(row["count"], row["why"]) for row in rows}
        self.assertTrue({("1", "a small count"), ("3", "a small count")} <= reasons)

    def test_a_report_that_cannot_be_made_safe_is_refused_with_the_reason(self):
        for asked, why in (
                (("incident-months", "--area", "Colchester"), "none of its numbers"),
                (("plan-performance", "--plan", "castle-point-rochford-2017-18", "--period",
                  "2017-18 Q1"), "texts that were sealed")):
            code, _, error = self.daemon.run("report", *asked, "--audience", "public")
            self.assertEqual(code, 1)
            self.assertIn("NOT_RELEASABLE", error)
            self.assertIn(why, error)


class ReleaseMemory(unittest.TestCase):
    """What left the partnership is remembered; a later table must not undo it."""

    def test_a_later_table_is_held_against_those_released_before(self):
        with Daemon() as daemon:
            daemon.ok("import", SAMPLE)
            asked = ["--measure", "cara-clients", "--area", "Colchester"]
            first = daemon.ok("release", "breakdown", *asked, "--across", "case-status,sex",
                              "--in-document", "board-2024-05", "--on", "2024-05-07")
            self.assertIn("[c]", first)
            again = daemon.ok("release", "breakdown", *asked, "--across", "case-status,sex",
                              "--in-document", "board-2024-05", "--on", "2024-05-07")
            self.assertIn("released before", again)
            released = [e for e in daemon.events() if e["type"] == "measures.TableReleased"]
            self.assertEqual(len(released), 1)
            hidden = [s for s in released[0]["data"]["sums"] if s.get("hidden")]
            self.assertTrue(hidden)
            self.assertFalse(any(s.get("value") for s in hidden), "no hidden count is repeated")
            # By itself the table by age and sex would hide two counts; with the first one released
            # it must not show what is left over.
            rows = {r["category"]: r for r in daemon.report(
                "breakdown", measure="cara-clients", area="Colchester", across="sex",
                audience="public").rows()}
            self.assertEqual(rows["13 to 17"]["other"], "[c]")
            self.assertEqual(rows["All"]["other"], "20")

    def test_a_day_in_the_future_and_a_missing_document_are_refused(self):
        with Daemon() as daemon:
            daemon.ok("import", SAMPLE)
            code, _, error = daemon.run("release", "breakdown", "--measure", "cara-clients",
                                        "--area", "Colchester", "--in-document", "board-2099-01",
                                        "--on", "2099-01-01")
            self.assertEqual(code, 1)
            self.assertIn("lies in the future", error)


if __name__ == "__main__":
    unittest.main()
