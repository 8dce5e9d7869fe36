"""What partners did together, what it reached, and the harm of what was counted."""
import csv
import re
import unittest

from daybook_support import SAMPLE, Daemon, golden

CONTACTS = "219"  # of all weekdays; the report prints the three weekdays only


class Activities(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon()
        cls.addClassCleanup(cls.daemon.__exit__, None, None, None)
        cls.daemon.start()
        cls.daemon.ok("import", SAMPLE)

    def test_outreach_by_weekday_and_the_share_referred(self):
        printed = {row["weekday"]: row["contacts"] for row in golden("outreach.csv")}
        rows = self.daemon.report("breakdown", measure="outreach-contacts", area="Colchester").rows()
        self.assertEqual({row["category"]: row["total"] for row in rows},
                         {day: printed[day] for day in ("Monday", "Wednesday", "Friday")} |
                         {"All": CONTACTS})
        row = self.daemon.report("figure-matrix", measures="outreach-contacts",
                                 share="outreach-referrals", area="Colchester").rows()[0]
        referred = golden("outreach.csv")[-1]["referrals_to_agencies"]
        self.assertEqual((row["total"], row["share_of"], row["share"]), (CONTACTS, referred, "14.2"))

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

    def test_every_reach_that_is_told_is_a_printed_figure_and_none_is_lost(self):
        told = [row for row in self.daemon.report("activities", csp="colchester").rows("reach")
                if row["activity"] != "All"]
        with (SAMPLE / "reaches.csv").open(newline="") as file:
            sent = [(row["activity_id"], row["what"].replace("-", " "))
                    for row in csv.DictReader(file)]
        self.assertEqual(sorted((row["activity"], row["what"]) for row in told), sorted(sent))
        printed = {row["value"] for row in golden("activity-measures.csv")} | {CONTACTS}
        self.assertEqual([row for row in told
                          if re.sub("[^0-9]", "", row["count"]) not in printed], [])


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
