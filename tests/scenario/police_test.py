"""Street files of data.police.uk: made ones with their quirks, and a real month where it is there."""
import csv
import re
import unittest

import police_fixture
from daybook_support import POLICE_DATA, SAMPLE, Daemon

# Columns of the report that are not the crime type's name.
SLUGS = {"Criminal damage and arson": "criminal-damage-arson",
         "Violence and sexual offences": "violent-crime"}


def registers(daemon):
    daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")


def column_of(name):
    return SLUGS.get(name, name.lower().replace(" ", "-").replace("_", "-"))


def places(daemon, month):
    rows = daemon.report("incident-places", force="essex-police", **{"from": month, "to": month}).rows()
    return {row["place"]: int(row["total"]) for row in rows if row["total"] not in ("0", "[x]")}


class MadeFiles(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon()
        self.addCleanup(self.daemon.__exit__, None, None, None)
        self.daemon.start()
        self.rows = police_fixture.make_rows(seed=7, count=1200)
        self.file = self.daemon.folder / "2018-10-essex-street.csv"
        police_fixture.write(self.file, self.rows)

    def test_every_row_is_an_incident_and_the_places_add_up(self):
        registers(self.daemon)
        self.assertIn("1200 rows read, 1200 new", self.daemon.ok("import", self.file))
        self.assertEqual(places(self.daemon, "2018-10"), dict(police_fixture.tally(self.rows)))
        month = self.daemon.report("incident-months", area="Colchester").row(month="2018-10")
        expected = police_fixture.by_type(self.rows, "Colchester")
        self.assertEqual(int(month["total"]), sum(expected.values()))
        self.assertEqual(int(month["total-excl-asb"]),
                         sum(expected.values()) - expected[police_fixture.ASB])
        self.assertEqual({name: int(month[column_of(name)]) for name in police_fixture.TYPES},
                         {name: expected[name] for name in police_fixture.TYPES})

    def test_the_same_file_again_is_nothing_new_also_under_another_name(self):
        registers(self.daemon)
        self.daemon.ok("import", self.file)
        self.assertIn("0 new", self.daemon.ok("import", self.file))
        for name in ("another.csv", f"{self.file.stem} (1).csv"):
            copy = self.daemon.folder / name
            copy.write_bytes(self.file.read_bytes())
            self.assertIn("accepted before", self.daemon.ok("import", copy))
        self.assertEqual(places(self.daemon, "2018-10"), dict(police_fixture.tally(self.rows)))

    def test_a_file_of_the_month_under_another_name_is_its_next_version(self):
        registers(self.daemon)
        self.daemon.ok("import", self.file)
        keyed = [row for row in self.rows if row[0]]
        fewer = self.daemon.folder / "crimes-only.csv"
        police_fixture.write(fewer, keyed)
        code, out, err = self.daemon.run("import", fewer)
        self.assertEqual(code, 1)
        self.assertIn(f"{len(keyed)} rows read, 0 new", out)
        self.assertIn(f"--confirm-voids {len(self.rows) - len(keyed)}", err)
        self.assertEqual(places(self.daemon, "2018-10"), dict(police_fixture.tally(self.rows)))

    def test_three_broken_rows_cost_no_good_one(self):
        registers(self.daemon)
        self.rows[9][1] = "October"
        self.rows[99][9] = "Witchcraft"
        self.rows[999][5] = "somewhere"
        police_fixture.write(self.file, self.rows)
        code, out, err = self.daemon.run("import", self.file)
        self.assertEqual(code, 1)
        self.assertIn("1200 rows read, 1197 new, 0 there already, 3 refused", out)
        findings = re.findall(r"row (\d+) \(line \d+\), ([\w .]+): refused ([A-Z_]+)", err)
        self.assertEqual([(row, field) for row, field, _ in findings],
                         [("10", "Month"), ("100", "Crime type"), ("1000", "Latitude")])
        self.assertTrue(all(reason in ("INVALID_FIELD", "UNKNOWN_VALUE")
                            for _, _, reason in findings), findings)
        for value in ("October", "Witchcraft", "somewhere"):
            self.assertNotIn(value, err + self.daemon.log())
        self.assertEqual(sum(places(self.daemon, "2018-10").values()), 2 * 1197)

    def test_rows_refused_for_an_unknown_force_come_in_once_it_is_registered(self):
        code, out, err = self.daemon.run("import", self.file)
        self.assertEqual(code, 1)
        self.assertIn("1200 refused", out)
        self.assertRegex(err, r"rows 1-1200 .lines 2-1201., Reported by: refused UNKNOWN_ORGANISATION")
        registers(self.daemon)
        self.assertIn("1200 rows read, 1200 new", self.daemon.ok("import", self.file))
        self.assertIn("0 new", self.daemon.ok("import", self.file))
        self.assertEqual(places(self.daemon, "2018-10"), dict(police_fixture.tally(self.rows)))


@unittest.skipUnless(POLICE_DATA.is_dir(), "the real files are not here (DAYBOOK_POLICE_DATA)")
class TheRealFile(unittest.TestCase):
    def test_october_2018_adds_up_to_its_published_tally(self):
        with Daemon() as daemon:
            registers(daemon)
            file = POLICE_DATA / "2018-10-essex-street.csv"
            self.assertIn("17791 rows read, 17791 new", daemon.ok("import", file))
            self.assertIn("0 new", daemon.ok("import", file))
            found = places(daemon, "2018-10")
            self.assertEqual(found.pop("total"), 17791)
            self.assertEqual(sum(found.values()), 17791)
            self.assertEqual((found["Colchester"], found["out of force"], found["no place"]),
                             (1984, 37, 79))
            month = daemon.report("incident-months", area="Colchester").row(month="2018-10")
            with open(POLICE_DATA / "colchester-monthly-by-type.csv", encoding="utf-8") as tally:
                expected = next(row for row in csv.DictReader(tally) if row["month"] == "2018-10")
            for name, count in expected.items():
                if name != "month":
                    self.assertEqual(month[column_of(name)], count, name)


if __name__ == "__main__":
    unittest.main()
