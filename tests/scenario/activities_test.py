"""What partners did together, what it reached, and the harm of what was counted."""
import csv
import pathlib
import unittest

from daybook_support import SAMPLE, Daemon

SEEDS = pathlib.Path(__file__).resolve().parents[3] / "shared/seed-data"
WEEKDAYS = {"Monday": "107", "Wednesday": "69", "Friday": "43", "All": "219"}


class Activities(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon()
        cls.addClassCleanup(cls.daemon.__exit__, None, None, None)
        cls.daemon.start()
        cls.daemon.ok("import", SAMPLE)

    def test_outreach_by_weekday_and_the_share_referred(self):
        rows = self.daemon.report("breakdown", measure="outreach-contacts", area="Colchester").rows()
        self.assertEqual({row["category"]: row["total"] for row in rows}, WEEKDAYS)
        row = self.daemon.report("figure-matrix", measures="outreach-contacts",
                                 share="outreach-referrals", area="Colchester").rows()[0]
        self.assertEqual((row["total"], row["share_of"], row["share"]), ("219", "31", "14.2"))

    @unittest.skipUnless(SEEDS.exists(), "the report's own table is not here")
    def test_outreach_is_as_the_report_prints_it(self):
        with (SEEDS / "002_street_drinkers.csv").open(newline="") as file:
            printed = {row["weekday"]: row["contacts"] for row in csv.DictReader(file)}
        for day, contacts in WEEKDAYS.items():
            if day != "All":
                self.assertEqual(contacts, printed[day])

    def test_days_of_action_with_what_they_reached_and_the_sum_where_all_are_exact(self):
        report = self.daemon.report("activities", csp="colchester", kind="day-of-action")
        self.assertEqual([row["activity"] for row in report.rows("activities")],
                         ["cdoa-st-andrews", "cdoa-new-town", "night-of-action-2013",
                          "cdoa-mile-end"])
        self.assertEqual(report.row("reach", activity="All", what="agencies")["count"], "65")

    def test_words_of_precision_stay_and_are_not_added(self):
        report = self.daemon.report("activities", csp="colchester", kind="campaign")
        rows = {(row["activity"], row["what"]): row["count"] for row in report.rows("reach")}
        self.assertEqual(rows["da-awareness-2013", "people"], "about 500")
        self.assertEqual(rows["All", "agencies"], "[x]")

    def test_of_a_year_only_what_has_a_day_in_it(self):
        report = self.daemon.report("activities", csp="colchester", within="2014-15")
        self.assertEqual({row["activity"] for row in report.rows("activities")},
                         {"op-homeguard", "street-drinkers", "crucial-crew-older", "keep-safe"})

    @unittest.skipUnless(SEEDS.exists(), "the reports' own tables are not here")
    def test_every_reach_of_the_sample_is_a_printed_figure(self):
        with (SEEDS / "002_activity_measures.csv").open(newline="") as file:
            printed = {row["value"] for row in csv.DictReader(file)} | {"219"}
        with (SAMPLE / "reaches.csv").open(newline="") as file:
            for row in csv.DictReader(file):
                self.assertIn(row["value"], printed, row)


class HarmIndex(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon()
        self.addCleanup(self.daemon.__exit__, None, None, None)
        self.daemon.start()
        self.daemon.ok("import", SAMPLE)

    def weigh(self, *rows):
        path = self.daemon.folder / "harm-weights.csv"
        path.write_text("index_id,measure_id,weight,from,source\n" +
                        "".join(f"made-up,{measure},{weight},{since},Made up for a test\n"
                                for measure, weight, since in rows))
        return self.daemon.run("import", "--dataset", "harm-weights", path)

    def ask(self, **more):
        return self.daemon.report("harm-index", area="Colchester", period="12m to 2024-01",
                                  index="made-up", **more)

    def test_counts_are_weighed_and_compared_with_the_period_before(self):
        code, _, err = self.weigh(("robbery", "100", ""), ("violence-with-injury", "10", ""))
        self.assertEqual(code, 0, err)
        report = self.ask()
        rows = {row["measure"]: row for row in report.rows()}
        self.assertEqual(rows["robbery"]["harm"], "17800")
        self.assertEqual(rows["violence-with-injury"]["harm"], "19710")
        self.assertEqual(rows[""]["harm"], "37510")
        self.assertEqual(rows[""]["before"], str(16100 + 20180))
        self.assertEqual(rows[""]["change"], "+3.4")
        self.assertIn("not weighed by this index", " ".join(report.notes))

    def test_without_weights_the_answer_says_so(self):
        code, _, err = self.daemon.run("report", "harm-index", "--area", "Colchester", "--period",
                                       "2023-24", "--index", "made-up")
        self.assertEqual(code, 1)
        self.assertIn("UNKNOWN_INDEX", err)

    def test_a_weight_of_what_nobody_defined_is_refused_by_row(self):
        code, out, err = self.weigh(("robery", "100", ""))
        self.assertEqual(code, 1)
        self.assertIn("UNKNOWN_MEASURE", out + err)


if __name__ == "__main__":
    unittest.main()
