"""The figures of the partnerships' reports, out of deploy/sample, as an officer would print them."""
import unittest
from collections import Counter

from daybook_support import SAMPLE, Daemon

PLAN = {"plan": "castle-point-rochford-2017-18", "period": "2017-18 Q1"}


class SampleFigures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon()
        cls.addClassCleanup(cls.daemon.__exit__, None, None, None)
        cls.daemon.start()
        cls.daemon.ok("import", SAMPLE)

    def test_the_plan_of_2017_has_its_actions_priorities_and_commitments(self):
        report = self.daemon.report("plan-performance", **PLAN)
        rows = report.rows("plan-performance")
        self.assertEqual(len(rows), 49)
        self.assertEqual(len({row["priority"] for row in rows}), 3)
        commitments = report.rows("plan-commitments")
        self.assertEqual(len(commitments), 4)
        self.assertEqual({row["heading"] for row in commitments}, {"Partnership working"})
        self.assertTrue(all(row["objective"] and row["leads"] for row in rows))

    def test_two_of_ten_joint_operations_after_one_quarter_are_in_line(self):
        target = self.daemon.report("plan-performance", **PLAN).row(
            "plan-targets", measure="joint-operations")
        self.assertEqual((target["target"], target["actual"]), ("at least 10 operations", "2"))
        self.assertEqual((target["percent_of_target"], target["straight_line"]), ("20.0", "2.5"))
        self.assertEqual(target["status"], "in-line")

    def test_a_compound_target_is_not_met_while_a_part_of_it_is_unreported(self):
        report = self.daemon.report("plan-performance", **PLAN)
        aware = report.row("plan-targets", measure="attendees-more-aware")
        self.assertEqual((aware["actual"], aware["status"]), ("more than 90", "on-target-so-far"))
        held = report.row("plan-targets", measure="road-shows-held")
        self.assertEqual((held["actual"], held["status"]), ("[x]", "not-reported"))
        self.assertEqual(held["action_status"], "not-met")
        cadets = [row for row in report.rows("plan-targets") if row["action_id"] == "a36-police-cadets"]
        self.assertEqual([row["target"] for row in cadets],
                         ["at least 30 cadets", "at least 25 cadets"])

    def test_pupils_are_another_measure_than_schools(self):
        row = self.daemon.report("plan-performance", **PLAN).row(
            "plan-performance", action_id="a33-crucial-crew")
        self.assertEqual(row["status"], "reported-on-another-measure")
        self.assertIn("854 pupils", row["measurements"])
        self.assertIn("90 percent", row["measurements"])

    def test_silence_is_of_an_action_and_its_lead(self):
        rows = self.daemon.report("plan-silence", **PLAN).rows()
        silent = Counter(row["update_due_from"] for row in rows if row["update"] == "silent")
        self.assertEqual(silent, {"Essex Police": 5, "ECC Youth Service": 1})
        left = [row["left_to"] for row in rows if row["update"] == "left-to-partner"]
        self.assertEqual(left, ["Castle Point Borough Council"] * 4)
        self.assertTrue(all(int(row["reported_elsewhere"]) > 0
                            for row in rows if row["update"] == "silent"))

    def test_the_year_end_of_2013_has_its_targets_with_what_is_not_printed_marked(self):
        rows = self.daemon.report("plan-performance", plan="colchester-2013-14",
                                  period="2013-14").rows()
        self.assertEqual(len(rows), 12)
        self.assertEqual(sum(row["deadline"] == "[x]" for row in rows), 2)
        self.assertEqual(sum(row["leads"] == "[x]" for row in rows), 1)
        figures = " ".join(row["measurements"] for row in rows)
        for words in ("about 500", "more than 8500", "up to 6", "about 40 percent"):
            self.assertIn(words, figures)

    def test_womens_safety_worker_by_quarter_with_the_share_of_the_county(self):
        rows = self.daemon.report("referral-trend", service="womens-safety-worker",
                                  within="2013-14").rows()
        series = {}
        for row in rows:
            series.setdefault(row["series"].split(": ")[1], []).append(row)
        new = series["new referrals"]
        self.assertEqual([(r["value"], r["whole"], r["percent"], r["printed_percent"]) for r in new],
                         [("8", "74", "10.8", "11"), ("5", "64", "7.8", "8"),
                          ("10", "77", "13.0", "13"), ("13", "98", "13.3", "13")])
        opened = series["open cases"]
        self.assertEqual([(r["value"], r["whole"], r["percent"]) for r in opened],
                         [("45", "396", "11.4"), ("43", "418", "10.3"), ("45", "446", "10.1"),
                          ("53", "459", "11.5")])
        self.assertEqual([r["value"] for r in series["active cases since 1 April"]],
                         ["53", "58", "68", "81"])
        share = series["active cases as a share of the county"]
        self.assertEqual([r["printed_percent"] for r in share], ["11"] * 4)
        self.assertTrue(all(r["caveats"] == "parts-not-given" for r in share))

    def test_next_chapter_rose_by_82_percent_and_says_what_is_unclear(self):
        rows = [row for row in self.daemon.report("referral-trend", service="next-chapter").rows()
                if row["basis"] == "monthly-mean"]
        self.assertEqual([row["value"] for row in rows], ["164", "299"])
        self.assertEqual(rows[1]["change_percent"], "+82.3")
        self.assertEqual(rows[1]["caveats"], "calendar-unclear; area-unclear")

    def test_incidents_of_twelve_months_with_the_published_figure_beside(self):
        report = self.daemon.report("incident-trend", area="colchester", period="12m to 2024-01")
        for measure, previous, current, change in (
                ("violence-with-injury", "2018", "1971", "-2.3"),
                ("robbery", "161", "178", "+10.6"),
                ("anti-social-behaviour-incidents", "2641", "1647", "-37.6"),
                ("all-crime", "18641", "17032", "-8.6")):
            row = report.row(measure=measure)
            self.assertEqual((row["previous"], row["current"], row["change_percent"]),
                             (previous, current, change), measure)
        self.assertIn("1,620 fewer, 8.7%", report.row(measure="all-crime")["published"])

    def test_as_known_before_the_report_nothing_is_there_and_the_answer_says_so(self):
        asked = {"area": "colchester", "period": "12m to 2024-01"}
        before = self.daemon.report("incident-trend", as_known_on="2024-01-01", **asked)
        self.assertEqual(before.rows(), [])
        self.assertTrue(any("known" in note for note in before.notes), before.notes)
        self.assertGreater(int(before.answer["truth"]["not_yet_known"]), 0)
        on_the_day = self.daemon.report("incident-trend", as_known_on="2024-03-18", **asked)
        self.assertEqual(on_the_day.row(measure="all-crime")["current"], "17032")
        self.assertEqual(on_the_day.row(measure="all-crime")["loaded"], "loaded later")

    def test_the_same_folder_again_changes_nothing(self):
        before = len(self.daemon.events())
        out = self.daemon.ok("import", SAMPLE)
        self.assertEqual(out.count("accepted before"), 36)
        self.assertEqual(len(self.daemon.events()), before)


if __name__ == "__main__":
    unittest.main()
