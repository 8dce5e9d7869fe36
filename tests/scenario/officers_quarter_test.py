"""The officer's quarter: who is asked for what, the return that comes back, and who is silent still."""
import csv
import unittest

from daybook_support import SAMPLE, Daemon

PLAN = "castle-point-rochford-2017-18"
QUARTER = "2017-18 Q2"


class OfficersQuarter(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon()
        self.addCleanup(self.daemon.__exit__, None, None, None)
        self.daemon.start()
        self.daemon.ok("import", SAMPLE)
        self.folder = self.daemon.folder / "returns"

    def returns(self):
        self.daemon.ok("report", "reminders", "--plan", PLAN, "--period", QUARTER,
                       "--due", "2017-10-14", self.folder)
        return {path.name: path for path in sorted(self.folder.iterdir())}

    def silent(self):
        rows = self.daemon.report("plan-silence", plan=PLAN, period=QUARTER).rows()
        return {row["action_id"]: row["update_due_from"] for row in rows
                if row["update"] == "silent"}

    def test_every_lead_that_is_silent_gets_a_reminder_and_a_return(self):
        silent = self.silent()
        self.assertGreater(len(silent), 5)
        folders = self.returns()
        self.assertEqual(len(folders), len(set(silent.values())))
        asked = set()
        for folder in folders.values():
            self.assertEqual(sorted(path.name for path in folder.iterdir()),
                             ["reminder.txt", "updates.csv", "updates.csv-metadata.json",
                              "updates.xlsx"])
            with (folder / "updates.csv").open(newline="", encoding="utf-8-sig") as file:
                rows = list(csv.DictReader(file))
            asked |= {row["action_id"] for row in rows}
            self.assertEqual({row["period"] for row in rows}, {QUARTER})
            reminder = (folder / "reminder.txt").read_text()
            self.assertIn("2017-10-14", reminder)
            for row in rows:
                self.assertIn(f"({row['action_id']})", reminder)
        self.assertEqual(asked, set(silent))

    def test_the_last_update_stands_beside_what_is_asked(self):
        for folder in self.returns().values():
            with (folder / "updates.csv").open(newline="", encoding="utf-8-sig") as file:
                for row in csv.DictReader(file):
                    if row["action_id"] == "a02-sanctuary-scheme":
                        self.assertEqual(row["info: last period"], "2017-18 Q1")
                        self.assertIn("3 referrals", row["info: last figures"])
                        self.assertIn("sanctuary", row["info: last narrative"])
                        return
        self.fail("nobody is asked for the sanctuary scheme")

    def test_a_return_that_comes_back_ends_the_silence_of_what_is_filled_in(self):
        before = self.silent()
        target = None
        for folder in self.returns().values():
            with (folder / "updates.csv").open(newline="", encoding="utf-8-sig") as file:
                rows = list(csv.DictReader(file))
            if any(row["asked_measure"] for row in rows):
                target = folder / "updates.csv"
                break
        self.assertIsNotNone(target, "no target is asked for")
        filled = next(row for row in rows if row["asked_measure"])
        filled["state"] = "ongoing"
        filled["value"] = "2"
        untouched = {row["action_id"] for row in rows} - {filled["action_id"]}
        with target.open("w", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        code, out, findings = self.daemon.run("import", target)
        self.assertEqual(code, 1 if untouched else 0, findings)
        self.assertNotIn("info:", out + findings)
        if untouched:
            self.assertIn("says nothing", findings)
        after = self.silent()
        self.assertEqual(set(before) - set(after), {filled["action_id"]})
        action = self.daemon.report("plan-performance", plan=PLAN, period=QUARTER).row(
            "plan-performance", action_id=filled["action_id"])
        self.assertIn("2", action["measurements"])

    def test_a_spreadsheet_that_nobody_filled_in_says_nothing(self):
        before = self.silent()
        folder = next(iter(self.returns().values()))
        code, _, findings = self.daemon.run("import", folder / "updates.xlsx")
        self.assertEqual(code, 1)
        self.assertIn("says nothing", findings)
        self.assertEqual(self.silent(), before)

    def test_the_calendar_says_what_came_before_and_is_missing_now(self):
        report = self.daemon.report("submission-calendar", period=QUARTER)
        leads = {row["lead"]: row["state"] for row in report.rows("updates")}
        self.assertEqual(set(leads.values()) & {"missing"}, {"missing"})
        april = self.daemon.report("submission-calendar", period="2014-05").rows("returns")
        self.assertTrue(any(row["measure"] == "Warnings under the town centre injunction" and
                            row["state"] == "missing" for row in april), april)


if __name__ == "__main__":
    unittest.main()
