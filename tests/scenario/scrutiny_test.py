"""What the committee asked in September 2023, and how risks moved, as the reports print it."""
import unittest

from daybook_support import SAMPLE, Daemon, golden


class Scrutiny(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon()
        cls.addClassCleanup(cls.daemon.__exit__, None, None, None)
        cls.daemon.start()
        cls.daemon.ok("import", SAMPLE)

    def test_three_resolutions_were_answered_and_one_recommendation_not_adopted(self):
        rows = self.daemon.report("scrutiny-tracker", csp="colchester").rows()
        self.assertEqual([(row["kind"], row["state"], row["days"]) for row in rows],
                         [("resolution", "answered", "182")] * 3 +
                         [("recommendation", "adopted", "182"),
                          ("recommendation", "not adopted", "182")])
        self.assertEqual(rows[4]["section"], "5.10")
        self.assertIn("risk matrix", rows[4]["reason"])

    def test_they_are_those_of_the_report(self):
        rows = self.daemon.report("scrutiny-tracker", csp="colchester").rows()
        self.assertEqual([row["passed"] for row in rows],
                         [row["date_resolved"] for row in golden("committee-actions.csv")])

    def test_as_known_before_the_answer_all_are_open_and_one_is_overdue(self):
        rows = self.daemon.report("scrutiny-tracker", csp="colchester",
                                  as_known_on="2023-12-01", today="2024-04-01").rows()
        self.assertEqual([row["state"] for row in rows], ["open, overdue"] + ["open"] * 4)

    def test_places_of_risks_move_as_the_two_assessments_say(self):
        report = self.daemon.report("risk-movement", csp="colchester")
        moves = {row["risk"]: (row["scp-2022-23"], row["scp-2023-24"], row["move"])
                 for row in report.rows()}
        self.assertEqual(moves["domestic-abuse"], ("1", "1", "same"))
        self.assertEqual(moves["violence-with-injury"], ("5", "2", "up 3"))
        self.assertEqual(moves["rape"], ("4", "3", "up 1"))
        self.assertEqual(moves["hate-crime"], ("2", "4", "down 2"))
        self.assertEqual(moves["sexual-offences"], ("3", "5", "down 2"))
        self.assertEqual(moves["trafficking-of-drugs"], ("4", "[x]", "not ranked"))
        self.assertTrue(any("(1, 2, 2, 3)" in note for note in report.notes), report.notes)

    def test_places_are_those_that_were_copied_from_the_report(self):
        held = {}
        for row in self.daemon.report("risk-movement", csp="colchester").rows():
            for assessment in ("scp-2022-23", "scp-2023-24"):
                if row[assessment] != "[x]":
                    held.setdefault(assessment, []).append(int(row[assessment]))
        printed = {}
        for row in golden("risk-ranks.csv"):
            printed.setdefault("scp-" + row["assessment"][:7], []).append(int(row["rank"]))
        self.assertEqual({key: sorted(value) for key, value in held.items()},
                         {key: sorted(value) for key, value in printed.items()})

    def test_an_assessment_is_approved_only_with_its_six_contents(self):
        with Daemon() as daemon:
            daemon.ok("import", SAMPLE)
            folder = daemon.folder
            (folder / "approval.csv").write_text(
                "assessment_id,approved\nscp-2023-24,2024-03-18\n")
            code, _, findings = daemon.run("import", folder / "approval.csv")
            self.assertEqual(code, 1)
            self.assertIn("lacks levels, changes, causes, priorities, public-priorities, "
                          "plan-review", findings)
            contents = ("levels", "changes", "causes", "priorities", "public-priorities",
                        "plan-review")
            (folder / "contents.csv").write_text(
                "assessment_id,content,organisation,delivered\n" +
                "".join(f"scp-2023-24,{content},Essex Police,2023-11-20\n"
                        for content in contents))
            daemon.ok("import", folder / "contents.csv")
            daemon.ok("import", folder / "approval.csv", "--scope", "again")
            rows = daemon.report("assessment-checklist", csp="colchester").rows()
            first = [row for row in rows if row["assessment"] == "scp-2023-24"]
            self.assertEqual({row["state"] for row in first}, {"delivered"})
            self.assertEqual({row["assessment_state"] for row in first}, {"approved 2024-03-18"})
            self.assertEqual({row["state"] for row in rows[6:]}, {"not held"})


if __name__ == "__main__":
    unittest.main()
