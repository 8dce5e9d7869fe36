"""Corrections beside the file that they correct: what was said last holds, and nothing is emptied without
a word."""
import unittest

from daybook_support import SAMPLE, Daemon
from file_support import csv_text

AGENCY = ("--agency", "next-chapter")
HEADER = ["referral_id", "service_id", "received", "area", "status"]


def referral(number, status="received", service="next-chapter"):
    return [f"{number}", service, "2024-07", "Colchester", status]


class Corrections(unittest.TestCase):
    def setUp(self):
        self.daemon = self.enterContext(Daemon())
        self.daemon.ok("import", SAMPLE)

    def send(self, name, *rows, header=HEADER, options=(), code=0):
        path = self.daemon.folder / name
        path.write_text(csv_text(header, *rows), encoding="utf-8")
        got, out, err = self.daemon.run(*AGENCY, "import", *options, path)
        self.assertEqual(got, code, out + err)
        return out + err

    def statuses(self):
        """The last status that the log has of each referral, in the order of their first events."""
        said = {}
        for event in self.daemon.events():
            data = event["data"]
            row = data.get("referral", data) if event["type"].startswith("referrals.Referral") else {}
            if "status" in row:
                said[event["stream"]] = row["status"]
        return list(said.values())

    def test_a_file_sent_again_for_its_refused_row_does_not_undo_a_correction_in_another_file(self):
        rows = [referral("2001"), referral("2002"), referral("2003", service="refuge")]
        self.send("july.csv", *rows, code=1)
        self.send("july-corrections.csv", referral("2002", "closed"), options=("--kind", "corrections"))
        self.assertEqual(self.statuses(), ["received", "closed"])
        for _ in range(2):
            self.assertNotIn("1 changed", self.send("july.csv", *rows, code=1))
            self.assertEqual(self.statuses(), ["received", "closed"])
        self.assertIn("accepted before", self.send("july-corrections.csv", referral("2002", "closed"),
                                                   options=("--kind", "corrections")))

    def test_columns_that_a_correction_lacks_are_named_when_they_empty_a_row(self):
        self.send("may.csv", referral("3001"), referral("3002"))
        said = self.send("may.csv", *[row[:3] + row[4:] for row in (referral("3001"), referral("3002"))],
                         header=HEADER[:3] + HEADER[4:])
        self.assertIn("2 changed", said)
        self.assertRegex(said, r"the file does not have these columns, so they are empty in the 2 changed "
                               r"rows: .*\barea\b")
        said = self.send("june.csv", referral("3003"), options=("--kind", "additions"))
        self.assertNotIn("does not have these columns", said)


if __name__ == "__main__":
    unittest.main()
