"""A name in a text: readable by whoever may read the report, and nowhere on the disk in clear."""
import unittest

from daybook_support import SAMPLE, Daemon

NAME = "Quillon Featherstonehaugh"
PLACE = "Ormolu Terrace"
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
