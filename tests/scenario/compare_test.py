"""What changed in a report between two sittings, and which facts changed it."""
import csv
import unittest

import police_fixture
from daybook_support import SAMPLE, Daemon

TREND = {"area": "colchester", "period": "12m to 2024-01"}


class Compare(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon()
        self.daemon.start()
        self.addCleanup(self.daemon.__exit__)

    def changed_figure(self):
        """The sample, then robbery of the twelve months to January 2024 as 180 instead of 178; the position before it."""
        self.daemon.ok("import", SAMPLE)
        head = self.daemon.events()[-1]["position"]
        source = SAMPLE / "observations-six-year.csv"
        with open(source, newline="", encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file)]
        for row in rows:
            if (row["measure_id"], row["period"]) == ("robbery", "12m to 2024-01"):
                row["value"] = "180"
        target = self.daemon.folder / source.name
        with open(target, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        self.daemon.ok("import", "--agency", "essex-police", "--extract-date", "2024-05-07", target)
        return str(head)

    def test_each_figure_that_changed_stands_with_the_fact_that_changed_it(self):
        head = self.changed_figure()
        changed = [event for event in self.daemon.events()
                   if int(event["position"]) > int(head)
                   and event["type"] == "measures.ObservationRecorded"]
        self.assertEqual(len(changed), 1)
        position = str(changed[0]["position"])
        for then in (head, "2024-05-06"):
            report = self.daemon.report("incident-trend", compare_with=then, **TREND)
            told = {row["figure"]: (row["before"], row["after"], row["difference"], row["facts"])
                    for row in report.rows("changes")}
            self.assertEqual(told, {"12m to 2024-01": ("178", "180", "+2", position),
                                    "Change": ("+17", "+19", "+2", position),
                                    "Change %": ("+10.6", "+11.8", "+1.2", position)}, then)
            self.assertTrue(all("robbery" in row["row"] for row in report.rows("changes")))
        files = self.daemon.report("incident-trend", compare_with=head, **TREND).rows("submissions")
        self.assertEqual([row["version"] for row in files], ["2"])

    def test_every_report_on_figures_names_the_fact(self):
        head = self.changed_figure()
        for name, asked in (("multi-year", TREND), ("figures", {"measure": "robbery"})):
            rows = self.daemon.report(name, compare_with=head, **asked).rows("changes")
            self.assertTrue(any((row["before"], row["after"]) == ("178", "180") and row["facts"]
                                for row in rows), (name, rows))

    def test_against_itself_nothing_changed_and_it_says_so(self):
        self.daemon.ok("import", SAMPLE)
        head = str(self.daemon.events()[-1]["position"])
        report = self.daemon.report("incident-trend", compare_with=head, **TREND)
        self.assertEqual(report.rows("changes"), [])
        self.assertIn("No figure changed.", report.notes)
        text = self.daemon.ok("report", "incident-trend", "--area", "colchester", "--period",
                              "12m to 2024-01", "--compare-with", "2024-03-17")
        self.assertIn("Compared with the answer then: ", text)

    def test_counts_of_records_name_the_files_that_came_since(self):
        self.daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")

        first = police_fixture.make_rows(20181, 80)
        robbery = next(row for row in first if row[9] == "Robbery" and row[8].startswith("Colchester"))
        later = first + [["%064x" % number] + robbery[1:] for number in (1, 2)]
        for rows, extract in ((first, "2018-12-01"), (later, "2019-02-01")):
            path = self.daemon.folder / "2018-10-essex-street.csv"
            police_fixture.write(path, rows)
            self.daemon.ok("import", "--agency", "essex-police", "--extract-date", extract, path)
        report = self.daemon.report("incident-months", area="Colchester",
                                    compare_with="2018-12-31")
        changes = {row["figure"]: row["difference"] for row in report.rows("changes")}
        self.assertEqual(changes["Robbery"], "+2")
        self.assertEqual(set(changes.values()), {"+2"}, "robbery and the totals")
        files = [(row["dataset"], row["version"], row["extract"])
                 for row in report.rows("submissions")]
        self.assertIn(("police-uk-street", "2", "2019-02-01"), files)

    def test_a_time_that_is_none_is_refused_by_its_name(self):
        self.daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
        for then, reason in (("18.3.2024", "compare_with.known_on"), ("99999", "BEYOND_HEAD")):
            code, _, err = self.daemon.run("report", "incident-trend", "--area", "colchester",
                                           "--period", "12m to 2024-01", "--compare-with", then)
            self.assertNotEqual(code, 0)
            self.assertIn(reason, err)


if __name__ == "__main__":
    unittest.main()
