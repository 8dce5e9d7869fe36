"""What police systems say of an offence beside its type: when it happened and was recorded, the Home Office's
sub-group and code, flags, and why a record was withdrawn. From the file to the report's cell."""
import unittest

import workbook_support as workbook
from daybook_support import SAMPLE, Daemon
from file_support import REFUSED, csv_text
from workbook_support import Cell

HEADER = ["Crime number", "Recorded date", "Committed from date", "Committed to date", "Offence sub group",
          "Home Office code", "Markers", "Borough", "Police force", "No crime reason"]
FORCE = "Essex Police"


def crime(key, recorded="05/02/2024 09:15", start="04/02/2024 23:30", end="05/02/2024 01:00",
          group="Violence with injury", code="8N", flags="", district="Colchester", withdrawn=""):
    return [key, recorded, start, end, group, code, flags, district, FORCE, withdrawn]


class Extracts(unittest.TestCase):
    def setUp(self):
        self.daemon = self.enterContext(Daemon())
        self.daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")

    def send(self, name, *rows, header=None, options=(), code=0):
        path = self.daemon.folder / name
        path.write_text(csv_text(header or HEADER, *rows), encoding="utf-8")
        got, out, err = self.daemon.run("--agency", "essex-police", "import", *options, path)
        self.assertEqual(got, code, out + err)
        return out + err

    def months(self, month="2024-02", **parameters):
        rows = self.daemon.report("incident-months", area="colchester", **parameters).rows()
        return next((row for row in rows if row["month"] == month), {})

    def test_an_extract_under_the_headings_of_a_police_system(self):
        said = self.send("crimes.csv", crime("cn1", flags="Domestic abuse; alcohol related"),
                         crime("cn2", group="Robbery of personal property", code="34B", flags="knife"),
                         crime("cn3", start="", end="", group="Burglary - residential", code="28E"))
        for heading, column in (("Crime number", "source_key"), ("Borough", "district"),
                                ("Offence sub group", "sub_group")):
            self.assertIn(f'"{heading}" is read as "{column}"', said)
        row = self.months()
        self.assertEqual((row["violent-crime"], row["robbery"], row["burglary"], row["total"]),
                         ("1", "1", "1", "3"))
        row = self.months(by="sub-group")
        self.assertEqual((row["violence-with-injury"], row["residential-burglary"], row["total"]), ("1", "1", "3"))
        row = self.months(by="flag")
        self.assertEqual((row["domestic-abuse"], row["alcohol"], row["knife"], row["total"]), ("1", "1", "1", "3"))
        self.assertIn("3 there already", self.send("the same again.csv", *[
            crime("cn3", start="", end="", group="residential burglary", code="28E"),
            crime("cn2", group="Robbery of personal property", code="34B", flags="Knife"),
            crime("cn1", recorded="2024-02-05T09:15", flags="alcohol; domestic")]))

    def test_a_record_that_was_cancelled_counts_nowhere_and_may_come_back(self):
        self.send("crimes.csv", crime("cn1", flags="hate crime"), crime("cn2"))
        said = self.send("later.csv", crime("cn1", flags="hate crime", withdrawn="No crime"), crime("cn2"))
        self.assertIn("1 changed", said)
        self.assertEqual(self.months()["total"], "1")
        self.assertEqual(self.months(by="flag").get("hate", "0"), "0")
        log = self.daemon.ok("log", "--format", "jsonl")
        self.assertIn('"withdrawal":"cancelled"', log.replace(" ", ""))
        self.send("back.csv", crime("cn1", flags="hate crime"), crime("cn2"), crime("cn3"))
        self.assertEqual(self.months()["total"], "3")
        self.assertEqual(self.months(by="flag")["hate"], "1")

    def test_transferred_and_reclassified_in_corrections(self):
        self.send("crimes.csv", crime("cn1"), crime("cn2"), crime("cn3"))
        said = self.send("corrections.csv", crime("cn1", withdrawn="transferred"),
                         crime("cn2", withdrawn="Reclassified"), options=("--kind", "corrections"))
        self.assertIn("2 changed", said)
        self.assertEqual(self.months()["total"], "1")

    def test_a_corrected_time_is_a_change_and_stands_nowhere_in_clear(self):
        self.send("crimes.csv", crime("cn1"), crime("cn2"))
        said = self.send("later.csv", crime("cn1", start="04/02/2024 22:10"), crime("cn2"))
        self.assertIn("1 changed", said)
        log = self.daemon.ok("log", "--format", "jsonl")
        for clear in ("22:10", "2024-02-04", "2024-02-05T09"):
            self.assertNotIn(clear, log)

    def test_what_contradicts_itself_is_refused_by_column(self):
        said = self.send("bad.csv",
                         crime("b1", start="06/02/2024 10:00", end="05/02/2024"),
                         crime("b2", recorded="01/02/2024"),
                         crime("b3", group="Violence with injurry"),
                         crime("b4", flags="domestic abuse; knifes"),
                         crime("b5", code="8N; DROP"),
                         crime("b6", withdrawn="lost"),
                         crime("", withdrawn="cancelled"), code=REFUSED)
        for words in ("committed_to: refused INVALID_FIELD: lies before the time from which it happened",
                      "recorded: refused INVALID_FIELD: lies before the time at which it happened",
                      'the nearest is "Violence with injury"', 'the nearest is "Knife or sharp instrument"',
                      "offence_code: refused", "withdrawn: refused UNKNOWN_VALUE",
                      "a record without a key cannot be withdrawn by name"):
            self.assertIn(words, said)
        self.assertEqual(self.months(), {})

    def test_a_type_and_a_sub_group_must_agree_and_so_must_month_and_times(self):
        header = ["source_key", "month", "type", "sub_group", "recorded", "committed_from", "force", "district"]
        said = self.send("both.csv",
                         ["c1", "2024-02", "Robbery", "Arson", "", "", FORCE, "Colchester"],
                         ["c2", "2024-05", "Robbery", "", "2024-02-05", "", FORCE, "Colchester"],
                         ["c3", "2024-01", "Robbery", "", "", "2024-02-05", FORCE, "Colchester"],
                         ["c4", "", "Robbery", "", "", "", FORCE, "Colchester"],
                         ["c5", "2024-02", "Robbery", "Robbery of business property", "2024-03-01", "2024-02-28",
                          FORCE, "Colchester"], header=header, code=REFUSED)
        self.assertIn("Criminal damage and arson", said)
        self.assertIn("the month lies after the day of recording", said)
        self.assertIn("the month lies before the time at which it happened", said)
        self.assertIn("5 rows read, 1 new", said)
        self.assertEqual(self.months()["total"], "1")

    def test_a_workbook_of_moments_is_the_same_as_its_csv(self):
        moment = "dd/mm/yyyy hh:mm"
        path = self.daemon.folder / "crimes.xlsx"
        workbook.write(path, [HEADER, crime("cn1", recorded=Cell(45327.385416667, code=moment),
                                            start=Cell(45326.979166667, code=moment),
                                            end=Cell(45327.041666667, code=moment))])
        self.daemon.ok("--agency", "essex-police", "import", path)
        self.assertIn("1 there already", self.send("crimes.csv", crime("cn1")))

    def test_a_file_without_month_type_and_times_is_told_what_it_lacks(self):
        said = self.send("bare.csv", ["c1", FORCE, "Colchester"], header=["Crime number", "Police force", "Borough"],
                         code=REFUSED)
        self.assertIn('"month"', said)
        self.assertIn('"type"', said)


if __name__ == "__main__":
    unittest.main()
