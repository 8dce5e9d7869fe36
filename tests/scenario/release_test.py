"""Reports that went into documents: every figure has a reference that gives it again, for ever."""
import unittest

from daybook_support import SAMPLE, Daemon

ASKED = ("--measure", "cara-clients", "--area", "Colchester", "--across", "case-status,sex")


class Releases(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon()
        self.addCleanup(self.daemon.__exit__, None, None, None)
        self.daemon.start()
        self.daemon.ok("import", SAMPLE)

    def release(self, *arguments):
        """The position of the release and how many figures it has."""
        code, out, err = self.daemon.run("release", *arguments, "--on", "2024-03-18")
        self.assertEqual(code, 0, err)
        self.assertIn("References of its figures", err)
        row = self.daemon.report("released-reports").rows()[-1]
        return row["position"], int(row["figures"])

    def figure(self, reference):
        """The row of the figure, its inputs and the notes."""
        import json
        from daybook_support import Report
        report = Report(json.loads(self.daemon.ok("figure", reference, "--format", "json")))
        return report.rows("figure"), report.tables.get("inputs", []), report.notes

    def test_a_paper_of_the_partnership_is_as_it_was_after_a_correction(self):
        position, count = self.release("multi-year", "--area", "Colchester", "--period",
                                       "12m to 2024-01", "--audience", "partnership",
                                       "--in-document", "paper-1")
        listed, _, _ = self.figure(f"{position}.0")
        self.assertEqual(len(listed), count)
        wanted = [row for row in listed
                  if row["printed"] == "17032" and row["row"].startswith("all-crime")]
        self.assertEqual(len(wanted), 1)
        row, inputs, _ = self.figure(wanted[0]["reference"])
        self.assertEqual((row[0]["printed"], row[0]["again"]), ("17032", "17032"))
        self.assertEqual([fact["type"] for fact in inputs], ["measures.ObservationRecorded"])
        # What comes later changes the report and not the reference.
        corrected = self.daemon.folder / "observations.csv"
        corrected.write_text(
            "measure_id,area,source,extract,period,basis,value,known\n"
            "all-crime,Colchester,Essex Police,six-year-table-2024-03,12m to 2024-01,in-period,"
            "17021,2024-04-02\n")
        self.daemon.ok("--agency", "essex-police", "import", "--dataset", "observations", "--scope",
                       "corrections/2024-04", corrected)
        self.assertIn("17021", self.daemon.ok("report", "multi-year", "--area", "Colchester",
                                              "--period", "12m to 2024-01", "--format", "csv"))
        self.daemon.restart()
        again, _, notes = self.figure(wanted[0]["reference"])
        self.assertEqual(again, row)
        self.assertNotIn("stands", " ".join(notes))

    def test_an_exempt_paper_says_its_paragraph(self):
        position, _ = self.release("caseload", "--area", "Colchester", "--open", "wso-open", "--new",
                                   "wso-new", "--audience", "partnership", "--exempt-paragraph",
                                   "3", "--in-document", "appendix-f")
        row = self.daemon.report("released-reports", document="appendix-f").rows()[0]
        self.assertEqual(row["audience"], "exempt, paragraph 3")
        _, _, notes = self.figure(f"{position}.1")
        self.assertIn("Schedule 12A", " ".join(notes))

    def test_what_the_public_has_stays_hidden_in_its_reference(self):
        position, count = self.release("breakdown", *ASKED, "--in-document", "public-2024")
        printed = [row["printed"] for row in self.figure(f"{position}.0")[0]]
        self.assertEqual(len(printed), count)
        hidden = printed.index("[c]")
        row, inputs, notes = self.figure(f"{position}.{hidden + 1}")
        self.assertEqual((row[0]["printed"], row[0]["again"]), ("[c]", "[c]"))
        self.assertTrue(inputs, "whoever may ask the ledger may see what it rests on")
        self.assertNotIn("what was printed stands", " ".join(notes))

    def test_the_county_share_table_is_for_the_public_but_for_its_small_counts(self):
        asked = dict(area="Colchester", open="wso-open", new="wso-new")
        inside = self.daemon.report("caseload", **asked).rows()
        self.assertEqual(self.daemon.report("caseload", audience="public", **asked).rows(), inside,
                         "nothing of 2013-14 is small")
        later = self.daemon.folder / "observations.csv"
        later.write_text(
            "measure_id,area,source,period,basis,numerator,denominator,denominator_area\n"
            "wso-open,Colchester,Essex Probation,2014-15 Q1,at-date,52,460,Essex (county)\n"
            "wso-new,Colchester,Essex Probation,2014-15 Q1,in-period,3,70,Essex (county)\n"
            "wso-open,Colchester,Essex Probation,2014-15 Q2,at-date,50,450,Essex (county)\n"
            "wso-new,Colchester,Essex Probation,2014-15 Q2,in-period,6,71,Essex (county)\n")
        self.daemon.ok("--agency", "essex-probation", "import", "--dataset", "observations",
                       "--scope", "wso/2014-15", later)
        rows = {row["period"]: row for row in
                self.daemon.report("caseload", audience="public", **asked).rows()}
        small = rows["2014-15 Q1"]
        self.assertEqual((small["open"], small["open_of"], small["new_of"]), ("52", "460", "70"))
        for hidden in ("new", "new_percent", "closed", "new_to_date"):
            self.assertEqual(small[hidden], "[c]", hidden)
        self.assertEqual(rows["2014-15 Q2"]["new_to_date"], "[c]", "it would give Q1 away")
        self.assertEqual(rows["2014-15 Q2"]["closed"], "8")
        self.assertEqual(rows["2013-14 Q4"]["closed"], "5")

    def test_the_same_release_again_records_nothing(self):
        arguments = ("published-figures", "--audience", "partnership", "--in-document", "paper-1")
        self.release(*arguments)
        size = len(self.daemon.events())
        out = self.daemon.ok("release", *arguments, "--on", "2024-03-18")
        self.assertIn("released before", out)
        self.assertEqual(len(self.daemon.events()), size)

    def test_what_is_wrong_is_refused_with_its_field(self):
        for arguments, field in (
                (("--exempt-paragraph", "3"), "exempt_paragraph"),
                (("--as-known-on", "2024-01-01"), "known_on"),
        ):
            code, _, err = self.daemon.run("release", "breakdown", *ASKED, "--in-document", "d",
                                           "--on", "2024-03-18", *arguments)
            self.assertEqual(code, 1)
            self.assertIn(field, err)
        code, _, err = self.daemon.run("release", "figures", "--audience", "partnership",
                                       "--in-document", "d", "--on", "2024-03-18", "--as-known-on",
                                       "soon")
        self.assertEqual(code, 1)
        self.assertIn("known_on", err)
        self.assertIn("is no day", err)
        for reference in ("1.1", "99999.1"):
            code, _, err = self.daemon.run("figure", reference)
            self.assertEqual(code, 1, reference)
            self.assertTrue("UNKNOWN_FIGURE" in err or "BEYOND_HEAD" in err, err)


if __name__ == "__main__":
    unittest.main()
