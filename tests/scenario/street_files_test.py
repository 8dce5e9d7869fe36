"""Street files of forces and years that differ from the usual: every row of a genuine one is stored once and
counted once, and what cannot be is named."""
import unittest

from file_support import REFUSED, Files, setUpModule
from police_fixture import HEADER

UNDER = "Under investigation"


def street_row(key, month, force, kind, lsoa="Colchester 001A", outcome=UNDER, code="E01021689"):
    place = ["0.901681", "51.889074", "On or near High Street", code, lsoa]
    return [key, month, force, force, *place, kind, outcome, ""]


def street_text(*rows):
    return "".join(",".join(row) + "\n" for row in (HEADER, *rows))


class StreetFiles(Files):
    def send(self, name, *rows, agency="essex-police"):
        code, out, err = self.daemon.run("--agency", agency, "import", self.write(street_text(*rows), name))
        return code, out + err

    def rows_of(self, month):
        return self.daemon.report("incident-months", area="colchester", **{"from": month, "to": month}).rows()

    def months(self, month, force):
        rows = [row for row in self.rows_of(month) if row["force"] == force]
        self.assertEqual(len(rows), 1, rows)
        return rows[0]

    def register(self, *rows):
        self.send_text("organisation_id,name,kind,aliases\n" + "".join(row + "\n" for row in rows), agency=())


class OldCategories(StreetFiles):
    """Of the archive from 2010-12 to 2013-04."""

    def month(self, month, *kinds):
        rows = [street_row(f"{number:063d}{month[-1]}", month, "Essex Police", kind, outcome="")
                for number, kind in enumerate(kinds)]
        return self.send(f"{month}-essex-street.csv", *rows)

    def test_they_are_recorded_under_types_of_their_own(self):
        code, said = self.month("2011-09", "Violent crime", "Public disorder and weapons", "Other crime",
                                "Burglary", "Violence and sexual offences")
        self.assertEqual(code, 0, said)
        self.assertIn("5 rows read, 5 new", said)
        row = self.months("2011-09", "Essex Police")
        self.assertEqual((row["total"], row["violent-crime"]), ("5", "1"), "violence and sexual offences alone")

    def test_they_are_known_in_any_case(self):
        code, said = self.month("2012-03", "VIOLENT CRIME", "Public Disorder And Weapons", "violent crime")
        self.assertEqual(code, 0, said)
        self.assertEqual(self.months("2012-03", "Essex Police")["total"], "3")

    def test_a_return_of_a_force_may_have_them(self):
        self.send_text("source_key,month,type,force,district\n"
                       "old-1,2012-04,Violent crime,Essex Police,Colchester\n"
                       "old-2,2012-04,Public disorder and weapons,Essex Police,Colchester\n")
        self.assertEqual(self.months("2012-04", "Essex Police")["total"], "2")

    def test_what_reads_as_two_is_the_one_of_its_month(self):
        code, said = self.month("2012-06", "Violent-crime", "violent-crime", "Violent crime")
        self.assertEqual(code, 0, said)
        code, said = self.month("2014-08", "Violent-crime", "violent crime", "Violence and sexual offences",
                                "violence-and-sexual-offences")
        self.assertEqual(code, 0, said)
        self.assertEqual(self.months("2012-06", "Essex Police")["violent-crime-to-2013"], "3")
        self.assertEqual(self.months("2014-08", "Essex Police")["violent-crime"], "4")

    def test_one_that_had_not_begun_is_told(self):
        code, said = self.month("2012-07", "Violence and sexual offences", "Drugs", "Bicycle theft")
        self.assertEqual(code, 0, said)
        self.assertIn("row 1 (line 2), Crime type: ask UNKNOWN_VALUE: the category began with 2013-05 -> Check month "
                      "and type; before then it was Violent crime", said)
        self.assertIn("row 3 (line 4), Crime type: ask UNKNOWN_VALUE: the category began with 2013-05", said)
        self.assertNotIn("row 2", said)

    def test_one_that_never_was_is_refused(self):
        code, said = self.month("2012-05", "Witchcraft", "Burglary")
        self.assertEqual(code, REFUSED)
        self.assertIn("row 1 (line 2), Crime type: refused UNKNOWN_VALUE", said)
        self.assertEqual(self.months("2012-05", "Essex Police")["total"], "1")


class Districts(Files):
    HEADER = "source_key,month,type,force,district\n"

    def send(self, month, *districts):
        rows = "".join(f"d-{month}-{number},{month},Robbery,Essex Police,{district}\n"
                       for number, district in enumerate(districts))
        code, out, err = self.daemon.run("--agency", "essex-police", "import",
                                         self.write(self.HEADER + rows), "--all-findings")
        return code, out + err

    def test_a_misspelt_one_is_named_with_the_nearest(self):
        _, said = self.send("2022-05", "Colchster")
        self.assertRegex(said, r"row 1 \(line 2\), district: (ask|refused) [A-Z_]+: .*Colchester")

    def test_so_are_other_ways_to_get_it_wrong(self):
        for month, (district, nearest) in enumerate((
                ("Colchester Borough", "Colchester"), ("Tendering", "Tendring"),
                ("Epping Forrest", "Epping Forest"), ("Castlepoint", "Castle Point")), 1):
            with self.subTest(district):
                _, said = self.send(f"2021-0{month}", district)
                self.assertRegex(said, f"district: (ask|refused) [A-Z_]+: .*{nearest}")

    def test_one_of_a_street_file_is_named_once_for_all_its_rows(self):
        # Without a code: one that has it exists, wherever that is.
        rows = [street_row(f"{number:064x}", "2021-06", "Essex Police", "Robbery", code="",
                           lsoa=f"Colchster 00{number}A") for number in range(1, 4)]
        _, out, err = self.daemon.run("--agency", "essex-police", "import",
                                      self.write(street_text(*rows), "2021-06-essex-street.csv"))
        self.assertRegex(out + err, r"rows 1-3 \(lines 2-4\), LSOA name: (ask|refused) [A-Z_]+: .*Colchester")

    def test_one_of_a_street_file_with_a_code_likewise_and_a_real_one_elsewhere_is_none(self):
        rows = [street_row(f"{number:064x}", "2021-10", "Essex Police", "Robbery", lsoa=f"{name} 001A")
                for number, name in enumerate(("Colchster", "Colchster", "Babergh", "Chichester"), 11)]
        code, out, err = self.daemon.run("--agency", "essex-police", "import",
                                         self.write(street_text(*rows), "2021-10-essex-street.csv"))
        self.assertEqual(code, 0, out + err)
        self.assertRegex(out + err, r"rows 1-2 \(lines 2-3\), LSOA name: ask UNKNOWN_AREA: .*\"Colchester\"")
        self.assertIn("4 rows read, 4 new", out)
        self.assertNotIn("row 3", out + err)

    def test_a_county_is_told_from_a_misspelt_district(self):
        code, said = self.send("2021-11", "Essex County", "Essex", "Essex Police area")
        self.assertEqual(code, REFUSED)
        self.assertIn('district: refused UNKNOWN_AREA: "Essex (county)" is registered as a county', said)
        self.assertIn('district: refused UNKNOWN_AREA: the nearest registered name is "Essex', said)
        self.assertIn("and the column holds districts", said)
        self.assertIn("`daybook list areas`", said)

    def test_the_code_of_one_may_have_small_letters(self):
        self.assert_place("2021-12", "Colchester", "2", "E07000071", "e07000071")

    def assert_place(self, month, place, count, *districts):
        code, said = self.send(month, *districts)
        self.assertEqual(code, 0, said)
        self.assertNotIn("district", said)
        report = self.daemon.report("incident-places", force="essex-police", **{"from": month, "to": month})
        self.assertEqual(report.row(place=place)["total"], count)

    def test_spaces_round_a_registered_one_are_nothing(self):
        self.assert_place("2021-07", "Colchester", "2", " Colchester ", "Colchester\u00a0")

    def test_a_registered_one_may_have_any_case(self):
        self.assert_place("2021-09", "Colchester", "2", "COLCHESTER", "colchester")

    def test_none_is_no_place_and_no_finding(self):
        self.assert_place("2021-08", "no place", "2", "", "")


class WholeFiles(StreetFiles):
    BTP, CITY = "British Transport Police", "City of London Police"
    NORTHERN_IRELAND = "Police Service of Northern Ireland"

    def test_the_forces_are_registered_first(self):
        _, said = self.send("2024-01-btp-street.csv", street_row("", "2024-01", "Transport Constabulary",
                                                                 "Other theft"), agency="essex-police")
        self.assertIn("Reported by: refused UNKNOWN_ORGANISATION", said)

    def test_a_force_whose_rows_have_no_id_is_counted_whole(self):
        self.register(f"btp,{self.BTP},police,")
        rows = [street_row("", "2024-03", self.BTP, kind) for kind in
                ("Other theft", "Other theft", "Robbery", "Anti-social behaviour")]
        for _ in range(2):
            code, said = self.send("2024-03-btp-street.csv", *rows, agency="btp")
            self.assertEqual(code, 0, said)
            row = self.months("2024-03", self.BTP)
            self.assertEqual((row["total"], row["other-theft"]), ("4", "2"))

    def test_so_is_one_that_gives_no_districts_either(self):
        self.register(f"psni,{self.NORTHERN_IRELAND},police,")
        rows = [["", "2024-04", self.NORTHERN_IRELAND, self.NORTHERN_IRELAND, "-5.93", "54.59",
                 "On or near Lisburn Road", "", "", "Drugs", "", ""]] * 2
        code, said = self.send("2024-04-northern-ireland-street.csv", *rows, agency="psni")
        self.assertEqual(code, 0, said)
        self.assertIn("2 rows read, 2 new", said)

    def test_an_id_on_rows_of_other_content_is_as_many_incidents(self):
        self.register(f"city,{self.CITY},police,")
        rows = [street_row("ab" * 32, "2024-03", self.CITY, "Other theft"),
                street_row("ab" * 32, "2024-03", self.CITY, "Shoplifting"),
                street_row("cd" * 32, "2024-03", self.CITY, "Robbery")]
        for _ in range(2):
            code, said = self.send("2024-03-city-of-london-street.csv", *rows, agency="city")
            self.assertEqual(code, 0, said)
            row = self.months("2024-03", self.CITY)
            self.assertEqual((row["total"], row["shoplifting"], row["other-theft"]), ("3", "1", "1"))

    def test_a_file_refused_whole_is_not_current(self):
        code, said = self.send("2024-05-refused-street.csv",
                               street_row("ee" * 32, "2024-05", "Essex Police", "Witchcraft"))
        self.assertEqual(code, REFUSED, said)
        self.assertIn("refused: no row of it is recorded, and no earlier version is superseded", said)
        reference = said.split("(submission ")[1].split(")")[0]
        rows = [row for row in self.daemon.report("submissions", dataset="police-uk-street").rows()
                if row["submission"].startswith(reference)]
        self.assertEqual([row["state"] for row in rows], ["refused"])

    def test_other_files_of_the_same_site_are_named_with_what_they_lack(self):
        outcomes = HEADER[:9] + ["Outcome type"]
        said = self.send_text(",".join(outcomes) + "\n" + ",".join(["ab" * 32, *[""] * 9]) + "\n", code=REFUSED)
        self.assertIn('the nearest is police-uk-street, which wants "Crime type" as well', said)
        said = self.send_text("Type,Date,Latitude,Longitude,Gender,Age range,Object of search,Outcome\n"
                              "Person search,2024-03-01T10:00:00+00:00,51.9,0.9,Male,18-24,,\n", code=REFUSED)
        self.assertIn("the nearest is", said)


if __name__ == "__main__":
    unittest.main()
