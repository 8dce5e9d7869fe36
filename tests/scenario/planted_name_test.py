"""A name in a text: readable by whoever may read the report, and nowhere on the disk in clear."""
import unittest

from daybook_support import SAMPLE, Daemon

NAME = "Quillon Featherstonehaugh"
PLACE = "Ormolu Terrace"
SCOPE = "quillon-ormolu-12-high-st-referral"
HEADER = ("plan_id,action_id,period,organisation,state,left_to,narrative,measure,measure_label,value,"
          "precision,numerator,denominator,printed_percent,missing,unit,own_period,stage,known\n")


class PlantedName(unittest.TestCase):
    def test_a_name_in_a_text_is_nowhere_below_the_data_directory_in_clear(self):
        with Daemon() as daemon:
            daemon.ok("import", SAMPLE)
            update = daemon.folder / "late-update.csv"
            update.write_text(
                HEADER + "castle-point-rochford-2017-18,a26-safe-refuge-tent,2017-18 Q1,Essex Police,"
                f"ongoing,,Visited {NAME} twice.,,,,,,,,,,,,\n", encoding="utf-8")
            referrals = daemon.folder / "referrals.csv"
            referrals.write_text(
                "referral_id,service_id,received,area,subject_ref,age,place,note\n"
                f"r-1,next-chapter,2024-01-15,Colchester,subject-1,34,{PLACE},Asked for by {NAME}\n",
                encoding="utf-8")
            daemon.ok("import", update)
            daemon.ok("import", referrals)
            row = daemon.report("plan-performance", plan="castle-point-rochford-2017-18",
                                period="2017-18 Q1").row(action_id="a26-safe-refuge-tent")
            self.assertIn(NAME, row["narrative"])
            log = daemon.ok("log", "--format", "jsonl")
            daemon.stop()
            for planted in (NAME, PLACE):
                self.assertNotIn(planted, log)
                self.assertNotIn(planted, daemon.log())
                self.assert_nowhere(daemon.data, planted)

    def test_a_name_in_a_key_is_refused_and_one_in_a_file_name_or_a_reason_stands_nowhere(self):
        with Daemon() as daemon:
            daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
            header = "referral_id,service_id,received,area,subject_ref,age\n"
            path = daemon.folder / "Quillon Ormolu 12 High St referral.csv"
            path.write_text(header + "SMITH-JANE-1987,refuge,2024-01-15,Colchester,s-1,34\n"
                            "NC-1001,refuge,2024-01-15,Colchester,s-2,35\n", encoding="utf-8")
            code, out, err = daemon.run("import", "--scope", SCOPE, path)
            self.assertEqual(code, 1)
            self.assertIn("1 new, 0 there already, 1 refused", out)
            self.assertIn("row 1 (line 2), referral_id: refused INVALID_FIELD: looks like a name -> "
                          "Give a key of your system", err)
            rejects = (daemon.folder / "Quillon Ormolu 12 High St referral.rejects.csv").read_text()
            self.assertIn("SMITH-JANE-1987", rejects, "the sender sees which row it was")
            path.write_text(header + "NC-1001,refuge,2024-01-15,Colchester,s-2,36\n")
            daemon.ok("import", "--scope", SCOPE, path)
            path.write_text(header + "NC-1001,refuge,2024-01-15,Colchester,s-2,35\n")
            daemon.ok("import", "--scope", SCOPE, path)
            path.write_text(header + "NC-1001,refuge,2024-01-15,Colchester,s-2,36\n")
            out = daemon.ok("import", "--scope", SCOPE, "--as-new-version",
                            "--reason", "Quillon rang again", path)
            self.assertIn("reason: Quillon rang again", out)

            newest = daemon.report("submissions", dataset="referrals").row(version="4")
            self.assertRegex(newest["scope"], "^[0-9a-f]{32}$")
            shown = daemon.ok("submission", "show", newest["submission"])
            self.assertIn(f"referrals {SCOPE}, version 4", shown)
            self.assertIn("reason: Quillon rang again", shown)
            shown = daemon.ok("--agency", "essex-police", "submission", "show", newest["submission"])
            self.assertIn(f"referrals {newest['scope']}, version 4", shown)
            log = daemon.ok("log", "--format", "jsonl")
            daemon.stop()
            for planted in ("Quillon", "quillon", "SMITH-JANE", "NC-1001", "high-st"):
                self.assertNotIn(planted, log)
                self.assertNotIn(planted, daemon.log())
                self.assert_nowhere(daemon.data, planted)

    def assert_nowhere(self, folder, text):
        needles = [text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
        files = [path for path in folder.rglob("*") if path.is_file()]
        self.assertGreater(len(files), 5)
        for path in files:
            content = path.read_bytes()
            for needle in needles:
                self.assertNotIn(needle, content, f"{text} stands in {path}")


if __name__ == "__main__":
    unittest.main()
