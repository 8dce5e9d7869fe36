"""What the report of March 2024 printed against what is held: section 5.14 line by line."""
import unittest

from daybook_support import SAMPLE, Daemon


class Published(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon()
        cls.addClassCleanup(cls.daemon.__exit__, None, None, None)
        cls.daemon.start()
        cls.daemon.ok("import", SAMPLE)
        cls.report = cls.daemon.report("published-figures", document="csp-report-2024-03")
        cls.changes = {row["measure"]: row for row in cls.report.rows()
                       if row["area"] == "Colchester" and row["compared_with"]}

    def test_the_changes_that_can_be_recomputed_agree(self):
        for measure, held in (("violence-with-injury", "1971 against 2018"),
                              ("violence-without-injury", "3399 against 3541"),
                              ("sexual-offences", "710 against 859"),
                              ("robbery", "178 against 161"),
                              ("burglary-residential-dwelling", "305 against 329"),
                              ("burglary-business-and-community", "224 against 248"),
                              ("shoplifting", "1160 against 1105"),
                              ("anti-social-behaviour-incidents", "1647 against 2641"),
                              ("next-chapter-monthly", "299 against 164")):
            row = self.changes[measure]
            self.assertEqual((row["verdict"], row["held"]), ("agrees", held), measure)

    def test_every_total_that_was_printed_is_the_one_returned(self):
        totals = {row["measure"]: row["verdict"] for row in self.report.rows()
                  if row["area"] == "Colchester" and not row["compared_with"]}
        self.assertEqual(totals.pop("domestic-abuse"), "not-held")
        self.assertEqual(set(totals.values()), {"agrees"})
        self.assertEqual(len(totals), 8)

    def test_1620_here_and_1609_there_differ_by_11_with_the_two_readings_that_fit(self):
        row = self.changes["all-crime"]
        self.assertEqual((row["printed"], row["held"], row["extract"]),
                         ("1,620 fewer, 8.7%", "17032 against 18641", "six-year-table-2024-03"))
        self.assertEqual((row["document"], row["section"]), ("csp-report-2024-03", "5.14"))
        self.assertEqual((row["verdict"], row["difference"]), ("differs", "-11"))
        self.assertEqual(row["readings"], "before 18652; after 17021")
        self.assertEqual(row["records"], "[x]")
        self.assertTrue(any("the cause is not known" in note for note in self.report.notes))
        out = self.daemon.ok("figure", row["ref"])
        for words in ("1,620 fewer, 8.7%", "before 18652", "after 17021", "not known"):
            self.assertIn(words, " ".join(out.split()))

    def test_the_figure_before_that_domestic_abuse_implies_is_bounded(self):
        row = self.changes["domestic-abuse"]
        self.assertEqual((row["verdict"], row["readings"]), ("not-held", "before 3122 to 3125"))

    def test_the_forces_changes_cannot_be_recomputed_and_say_so(self):
        rows = [row for row in self.report.rows() if row["area"] == "Essex Police force area"]
        self.assertEqual(len(rows), 9)
        self.assertEqual({row["verdict"] for row in rows}, {"not-held"})

    def test_a_reference_that_is_none_is_refused(self):
        for ref in ("0", "soon", "-1"):
            code, _, err = self.daemon.run("figure", "--", ref)
            self.assertNotEqual(code, 0)
            self.assertTrue("UNKNOWN_FIGURE" in err or "INVALID_FIELD" in err, err)


if __name__ == "__main__":
    unittest.main()
