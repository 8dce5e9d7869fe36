"""Without --personal-data a ledger takes nothing about persons, and all the rest."""
import unittest

from daybook_support import SAMPLE, Daemon
from file_support import REFUSED, csv_text

REFERRALS = ["referral_id", "service_id", "received", "area", "status"]
INCIDENTS = ["source_key", "month", "type", "force", "district"]


class PersonalData(unittest.TestCase):
    def setUp(self):
        self.daemon = self.enterContext(Daemon(personal_data=False))
        self.daemon.ok("import", SAMPLE)

    def send(self, agency, header, *rows, code=0):
        path = self.daemon.folder / "file.csv"
        path.write_text(csv_text(header, *rows), encoding="utf-8")
        got, out, err = self.daemon.run("--agency", agency, "import", path)
        self.assertEqual(got, code, out + err)
        return out + err

    def test_cells_about_persons_are_refused_until_the_operator_says_otherwise(self):
        row = ["R-1", "next-chapter", "2024-07", "Colchester", "received"]
        for column, cell in (("age", "34"), ("subject_ref", "P-1"), ("need", "housing"), ("note", "a text")):
            with self.subTest(column):
                said = self.send("next-chapter", [*REFERRALS, column], [*row, cell], code=REFUSED)
                self.assertIn("PERSONAL_DATA_OFF", said)
                self.assertIn("--personal-data", said)
        self.send("next-chapter", REFERRALS, row)
        self.assertEqual(self.daemon.report("revisions", dataset="referrals").rows()[0]["rows"], "1")
        self.daemon.stop()
        self.daemon.personal_data = True
        self.daemon.start()
        said = self.send("next-chapter", [*REFERRALS, "subject_ref", "age"], [*row, "P-1", "34"])
        self.assertIn("1 changed", said)

    def test_so_is_the_place_of_an_incident_and_not_its_district(self):
        row = ["c-1", "2024-07", "Robbery", "Essex Police", "Colchester"]
        said = self.send("essex-police", [*INCIDENTS, "location"], [*row, "Quorndon Parade"], code=REFUSED)
        self.assertIn("PERSONAL_DATA_OFF", said)
        self.assertNotIn("Quorndon", said)
        self.assertIn("1 new", self.send("essex-police", INCIDENTS, row))

    def test_prescribed_information_is_of_nobody(self):
        said = self.send("essex-police", ["police_category", "date", "time", "district", "location"],
                         ["Robbery of personal property", "2024-07-03", "21:40", "Colchester", "High Street"])
        self.assertIn("1 new", said)


if __name__ == "__main__":
    unittest.main()
