"""Information that partners share each quarter (SI 2007/1831): from the files of police, fire and rescue,
hospitals, ambulance and council to the cells of the report, and what of nobody must come with it."""
import unittest

import workbook_support as workbook
from daybook_support import SAMPLE, Daemon
from file_support import REFUSED, csv_text
from workbook_support import Cell

QUARTER = "2017-18 Q3"
FIRE = ["fire_category", "date", "time", "district", "location"]
HEALTH = ["category", "date", "outward_postcode"]
MONTHS = ("2017-10", "2017-11", "2017-12")


class Prescribed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = cls.enterClassContext(Daemon())
        cls.daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
        path = cls.daemon.folder / "holders.csv"
        path.write_text(csv_text(["organisation_id", "name", "kind"],
                                 ["fire-service", "The fire service", "fire"],
                                 ["hospital-service", "The hospital", "health"],
                                 ["ambulance-service", "The ambulance service", "health"]))
        cls.daemon.ok("import", path)

    def send(self, agency, dataset, name, header, *rows, code=0, options=()):
        path = self.daemon.folder / name
        path.write_text(csv_text(header, *rows), encoding="utf-8")
        return self.send_path(agency, dataset, path, code=code, options=options)

    def send_path(self, agency, dataset, path, code=0, options=()):
        got, out, err = self.daemon.run("--agency", agency, "import", "--dataset", dataset, *options, path)
        self.assertEqual(got, code, out + err)
        return out + err

    def items(self, dataset, period=QUARTER):
        report = self.daemon.report("prescribed-information", period=period)
        return {row["item"]: row for row in report.rows("items") if row["dataset"] == dataset}

    def places(self, dataset, period=QUARTER):
        report = self.daemon.report("prescribed-information", period=period)
        return {(row["item"], row["place"]): row["count"]
                for row in report.rows("places") if row["dataset"] == dataset}


class TheQuarter(Prescribed):
    def test_fires_are_counted_by_item_month_and_place(self):
        said = self.send("fire-service", "prescribed-fire", "fires.csv", FIRE,
                         ["Deliberate primary fire", "03/10/2017", "21:40", "Colchester", "High Street"],
                         ["deliberate secondary fire", "2017-10-03 21:41", "", "Colchester", ""],
                         ["DELIBERATE SECONDARY FIRE", "31 October 2017", "9.05pm", "Tendring", ""],
                         ["Deliberate secondary fire", "01/11/2017", "", "", ""],
                         ["Fire in a dwelling without a smoke alarm", "24/12/2017", "1430", "Colchester", ""])
        self.assertIn("5 rows read, 5 new", said)
        items = self.items("prescribed-fire")
        self.assertEqual(len(items), 5, "every item of the dataset, and a true zero for those without a record")
        secondary = items["Deliberate secondary fire"]
        self.assertEqual([secondary[month] for month in MONTHS], ["2", "1", "0"])
        self.assertEqual((secondary["total"], secondary["due"], secondary["state"]), ("3", "2018-03-31", "in"))
        self.assertEqual(items["Deliberate fire of a vehicle"]["total"], "0")
        self.assertEqual(self.places("prescribed-fire")["Deliberate secondary fire", "Tendring"], "1")
        self.assertEqual(self.places("prescribed-fire")["Deliberate secondary fire", "no place"], "1")
        said = self.send("fire-service", "prescribed-fire", "again.csv", ["Incident type", *FIRE[1:]],
                         ["deliberate-primary-fire", "2017-10-03T21:40", "", "colchester", "High Street"],
                         ["deliberate-secondary-fire", "2017-10-03", "21:41", "Colchester", ""],
                         ["deliberate-secondary-fire", "2017-10-31", "21:05", "Tendring", ""],
                         ["deliberate-secondary-fire", "2017-11-01", "", "", ""],
                         ["dwelling-fire-without-alarm", "2017-12-24", "14:30:00", "Colchester", ""])
        self.assertIn("5 there already", said)
        self.assertEqual(self.items("prescribed-fire")["Deliberate secondary fire"]["total"], "3")

    def test_health_gives_the_outward_postcode_and_nothing_nearer(self):
        said = self.send("hospital-service", "prescribed-hospital", "admissions.csv",
                         ["Category", "Date of admission", "Postcode district"],
                         ["Assault", "05/10/2017", "co1"], ["Assault", "06/10/2017", "CO1"],
                         ["Alcohol", "07/10/2017", "CO15"])
        self.assertIn('"Date of admission" is read as "date"', said)
        self.assertEqual(self.places("prescribed-hospital"),
                         {("Hospital admission for assault", "CO1"): "2",
                          ("Hospital admission for alcohol", "CO15"): "1"})
        self.assertEqual(self.items("prescribed-hospital")["Hospital admission for drugs"]["2017-11"], "[x]")
        said = self.send("ambulance-service", "prescribed-ambulance", "calls.csv", HEALTH,
                         ["Assault", "05/10/2017", "CO1 1AA"], ["Assault", "05/10/2017", ""],
                         ["Drugs", "05/10/2017", "CO2"], code=REFUSED)
        self.assertIn("more than the outward part of a postcode", said)
        self.assertIn("3 rows read, 1 new", said)
        self.assertNotIn("1AA", said.replace("calls", ""))

    def test_a_quarter_without_a_record_is_shared_by_saying_so(self):
        path = self.daemon.folder / "nothing.csv"
        path.write_text(csv_text(["ambulance_category", "date", "outward_postcode"]), encoding="utf-8")
        self.send_path("ambulance-service", "prescribed-ambulance", path,
                       options=("--nil", "--covers", "2017-07..2017-09"))
        row = self.items("prescribed-ambulance", "2017-18 Q2")["Ambulance call-out: drugs"]
        self.assertEqual((row["2017-08"], row["total"], row["state"]), ("0", "0", "in"))

    def test_a_workbook_with_excel_dates_and_times(self):
        def rows(category):
            return [["asb_category", "date", "time", "district"],
                    ["Anti-social behaviour: nuisance", Cell(43013.9375, code="dd/mm/yyyy hh:mm"), None, "Colchester"],
                    [category, Cell(43014, code="dd/mm/yyyy"), Cell(0.378472, code="hh:mm"), "Colchester"]]
        path = self.daemon.folder / "asb.xlsx"
        workbook.write(path, rows("Noise"))
        self.assertIn("2 rows read, 1 new", self.send_path("colchester-city-council", "prescribed-asb", path,
                                                           code=REFUSED))
        workbook.write(path, rows("nuisance"))
        self.send_path("colchester-city-council", "prescribed-asb", path)
        self.assertEqual(self.items("prescribed-asb")["Anti-social behaviour: nuisance"]["2017-10"], "2")

    def test_crimes_of_the_police_are_items_and_no_crimes_of_other_reports(self):
        self.send("essex-police", "prescribed-police", "s17a.csv", ["category", "date", "time", "lsoa_code",
                                                                   "district"],
                  ["Violence with injury", "2017-10-01", "01:20", "E01021689", "Colchester"],
                  ["Burglary - residential", "2017-10-01", "", "", "Colchester"],
                  ["ASB", "2017-10-02", "", "", "Colchester"])
        items = self.items("prescribed-police")
        self.assertEqual(items["Residential burglary"]["2017-10"], "1")
        self.assertEqual(items["Anti-social behaviour incident"]["2017-10"], "1")
        self.assertEqual(self.daemon.report("incident-months", area="colchester").rows(), [])
        self.assertEqual(self.daemon.report("incident-trend", area="colchester", period=QUARTER).rows(), [])


class Refusals(Prescribed):
    def test_a_column_that_may_name_somebody_refuses_the_file(self):
        for column in ("Name", "Date of birth", "NHS number", "Age", "Address", "Patient", "Crime number"):
            with self.subTest(column):
                said = self.send("hospital-service", "prescribed-hospital", "named.csv", [*HEALTH, column],
                                 ["Assault", "05/11/2017", "CO1", "x"], code=REFUSED)
                self.assertIn("PERSONAL_COLUMN", said)
                self.assertIn(f'"{column}"', said)
        self.assertEqual(self.items("prescribed-hospital", "2017-18 Q2").get("Hospital admission for assault"), None)

    def test_a_category_of_another_dataset_is_refused_with_the_nearest(self):
        said = self.send("fire-service", "prescribed-fire", "other.csv", FIRE,
                         ["Deliberate primery fire", "03/07/2017", "", "Colchester", ""],
                         ["Assault", "03/07/2017", "", "Colchester", ""], code=REFUSED)
        self.assertIn("Deliberate primary fire", said)
        self.assertIn("daybook list prescribed", said)
        self.assertEqual(self.items("prescribed-fire", "2017-18 Q2").get("Deliberate primary fire", {}).get(
            "2017-07", "[x]"), "[x]")

    def test_two_times_that_differ_a_future_day_and_none_are_refused(self):
        said = self.send("fire-service", "prescribed-fire", "times.csv", FIRE,
                         ["Deliberate primary fire", "2017-07-03 21:40", "21:45", "Colchester", ""],
                         ["Deliberate primary fire", "2099-07-03", "", "Colchester", ""],
                         ["Deliberate primary fire", "", "", "Colchester", ""],
                         ["Deliberate primary fire", "2017-07-03", "25:00", "Colchester", ""], code=REFUSED)
        self.assertIn("is another time than the one in date", said)
        self.assertIn("the day is in the future", said)
        self.assertIn("4 rows read, 0 new", said)

    def test_a_file_is_known_by_the_column_of_its_items_or_asks_for_its_dataset(self):
        row = ["Deliberate primary fire", "2017-07-03", "", "Colchester", ""]
        path = self.daemon.folder / "some.csv"
        path.write_text(csv_text(["category", *FIRE[1:]], row))
        code, out, err = self.daemon.run("--agency", "fire-service", "import", path)
        self.assertEqual(code, REFUSED, out + err)
        self.assertIn("the header is that of several datasets", out + err)
        self.assertIn("--dataset", out + err)
        path.write_text(csv_text(FIRE, row))
        self.assertIn("1 new", self.daemon.ok("--agency", "fire-service", "import", path))


class TheList(Prescribed):
    def test_it_prints_item_holder_period_and_due_day(self):
        out = self.daemon.ok("list", "prescribed", "--format", "csv")
        lines = out.splitlines()
        self.assertGreater(len(lines), 40)
        fire = next(line for line in lines if line.startswith("Deliberate primary fire,"))
        self.assertRegex(fire, r"^Deliberate primary fire,prescribed-fire,fire and rescue,"
                               r"20\d\d-(01\.\.20\d\d-03|04\.\.20\d\d-06|07\.\.20\d\d-09|10\.\.20\d\d-12),"
                               r"20\d\d-(06-30|09-30|12-31|03-31),")
        self.assertIn("to be checked against the Schedule", out)

    def test_nothing_of_when_and_where_stands_in_clear(self):
        self.send("fire-service", "prescribed-fire", "where.csv", FIRE,
                  ["Deliberate primary fire", "2017-04-17", "03:17", "Colchester", "Quorndon Parade"])
        log = self.daemon.ok("log", "--format", "jsonl")
        self.assertIn("deliberate-primary-fire", log)
        self.assertNotIn("Quorndon", log)
        self.assertNotIn("2017-04-17", log)


if __name__ == "__main__":
    unittest.main()
