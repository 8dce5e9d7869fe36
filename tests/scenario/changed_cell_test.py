"""One cell of one file, changed: the report says so, and by how much."""
import csv
import shutil
import unittest
from fractions import Fraction

from daybook_support import SAMPLE, Daemon


def change(path, wanted, column, value):
    """Sets `column` in the one row whose cells are as wanted; what stood there before."""
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        rows, names = list(reader), reader.fieldnames
    found = [row for row in rows if all(row[key] == cell for key, cell in wanted.items())]
    assert len(found) == 1, found
    before, found[0][column] = found[0][column], value
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    return before


class NewVersions(unittest.TestCase):
    def test_a_changed_cell_changes_the_report_and_not_what_was_known_before(self):
        with Daemon() as daemon:
            daemon.ok("import", SAMPLE)
            file = daemon.folder / "observations-six-year.csv"
            shutil.copy(SAMPLE / file.name, file)
            change(file, {"measure_id": "robbery", "period": "12m to 2024-01"}, "value", "211")

            def robbery(**options):
                return daemon.report("incident-trend", area="colchester", period="12m to 2024-01",
                                     **options).row(measure="robbery")["current"]
            self.assertEqual(robbery(), "178")
            before = daemon.report("incident-trend", area="colchester", period="12m to 2024-01",
                                   as_known_on="2024-04-30").answer["tables"]
            out = daemon.ok("import", "--agency", "essex-police", "--extract-date",
                            "2024-05-07", file)
            self.assertIn("1 new", out)
            self.assertIn("version 2", out)
            self.assertEqual(robbery(), "211")
            self.assertEqual(robbery(as_known_on="2024-05-07"), "211")
            self.assertEqual(robbery(as_known_on="2024-05-06"), "178")
            after = daemon.report("incident-trend", area="colchester", period="12m to 2024-01",
                                  as_known_on="2024-04-30").answer["tables"]
            self.assertEqual([table["rows"] for table in before],
                             [table["rows"] for table in after])


class ChangedCells(unittest.TestCase):
    def import_changed(self, daemon, file, wanted, column, value):
        folder = daemon.folder / "sample"
        shutil.copytree(SAMPLE, folder)
        before = change(folder / file, wanted, column, value)
        daemon.ok("import", folder)
        return before

    def test_another_count_of_robberies_is_another_change(self):
        with Daemon() as daemon:
            before = self.import_changed(
                daemon, "observations-six-year.csv",
                {"measure_id": "robbery", "period": "12m to 2024-01"}, "value", "211")
            self.assertEqual(before, "178")
            row = daemon.report("incident-trend", area="colchester",
                                period="12m to 2024-01").row(measure="robbery")
            percent = Fraction(211 - 161, 161) * 100
            self.assertEqual((row["current"], row["change"]), ("211", "+50"))
            self.assertEqual(row["change_percent"], f"+{float(percent):.1f}")
            self.assertIn("178", row["published"], "what was printed stays as it was printed")

    def test_more_joint_operations_are_ahead_of_the_line(self):
        with Daemon() as daemon:
            self.import_changed(
                daemon, "updates.csv",
                {"action_id": "a21-partner-days-of-action", "measure": "joint-operations"},
                "value", "4")
            target = daemon.report("plan-performance", plan="castle-point-rochford-2017-18",
                                   period="2017-18 Q1").row("plan-targets", measure="joint-operations")
            self.assertEqual((target["actual"], target["percent_of_target"], target["status"]),
                             ("4", "40.0", "ahead"))

    def test_another_whole_is_another_share_and_a_printed_one_that_disagrees_is_refused(self):
        with Daemon() as daemon:
            folder = daemon.folder / "sample"
            shutil.copytree(SAMPLE, folder)
            wso = folder / "observations-wso-2013-14.csv"
            change(wso, {"measure_id": "wso-open", "period": "2013-14 Q1"}, "denominator", "300")
            change(wso, {"measure_id": "wso-new", "period": "2013-14 Q1"}, "denominator", "50")
            code, _, err = daemon.run("import", folder)
            self.assertEqual(code, 1)
            self.assertRegex(err, r"observations-wso-2013-14.csv row 1 .line 2., \S*printed_percent: refused")
            rows = daemon.report("referral-trend", service="womens-safety-worker",
                                 within="2013-14").rows()
            opened = [r for r in rows if r["series"].endswith("open cases")][0]
            self.assertEqual((opened["value"], opened["whole"], opened["percent"]),
                             ("45", "300", "15.0"))


if __name__ == "__main__":
    unittest.main()
