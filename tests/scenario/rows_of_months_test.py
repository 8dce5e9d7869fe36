"""What a row belongs to is said by the row: its sender, dataset and month, and not by the name of the
file it came in. From files of many names and months to the cells of the report."""
import unittest

from daybook_support import SAMPLE, Daemon
from file_support import csv_text

POLICE = ("--agency", "essex-police")
COUNCIL = ("--agency", "colchester-city-council")
CHARITY = ("--agency", "next-chapter")
INCIDENTS = ["source_key", "month", "type", "force", "district"]
REFERRALS = ["referral_id", "service_id", "received", "area", "status"]
STREET = ["Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
          "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context"]


def incident(key, month, kind="robbery", district="Colchester"):
    return [key, month, kind, "Essex Police", district]


def noise(month):
    return incident("", month, "anti-social-behaviour")


def referral(number, month="2024-07", status="received", service="next-chapter"):
    return [number, service, month, "Colchester", status]


def street(key, month, kind="Robbery", force="Essex Police"):
    return [key, month, force, force, 0.9, 51.9, "On or near", "E01021000", "Colchester 010C", kind,
            "Under investigation" if key else "", ""]


class RowsOfMonths(unittest.TestCase):
    def setUp(self):
        self.daemon = self.enterContext(Daemon())
        self.daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")

    def send(self, name, rows, *options, header=INCIDENTS, agency=POLICE, code=0):
        path = self.daemon.folder / name
        path.write_text(csv_text(header, *rows), encoding="utf-8")
        return self.send_again(path, *options, agency=agency, code=code)

    def send_again(self, path, *options, agency=POLICE, code=0):
        got, out, err = self.daemon.run(*agency, "import", *options, path)
        self.assertEqual(got, code, out + err)
        return out + err

    def months(self):
        """Incidents of the district by month and type, as the report prints them."""
        found = {}
        for row in self.daemon.report("incident-months", area="colchester").rows():
            for column in ("robbery", "burglary", "shoplifting", "anti-social-behaviour"):
                if row.get(column, "").isdigit() and int(row[column]) > 0:
                    place = row["month"], column
                    found[place] = str(int(found.get(place, 0)) + int(row[column]))
        return found

    def referrals(self):
        """What stands of each month after the last file that speaks for it."""
        return {row["month"]: row["rows"]
                for row in self.daemon.report("revisions", dataset="referrals").rows()}

    # Files of other lengths and names

    def test_a_quarter_beside_its_months_counts_each_row_once(self):
        rows = {month: [incident(f"c{month}", month), noise(month), noise(month)]
                for month in ("2024-01", "2024-02", "2024-03")}
        self.send("january.csv", rows["2024-01"])
        self.send("february 2024.csv", rows["2024-02"])
        out = self.send("Q4 return.csv", sum(rows.values(), []))
        self.assertIn("9 rows read, 3 new, 6 there already", out)
        expected = {}
        for month in rows:
            expected[month, "robbery"] = "1"
            expected[month, "anti-social-behaviour"] = "2"
        self.assertEqual(self.months(), expected)
        out = self.send("march again.csv", rows["2024-03"])
        self.assertIn("3 there already", out)
        self.assertEqual(self.months(), expected)

    def test_a_later_month_file_speaks_for_its_month_of_the_quarter_only(self):
        months = ("2024-01", "2024-02", "2024-03")
        quarter = [incident(f"c{month}-{i}", month) for month in months for i in range(60)]
        self.send("quarter.csv", quarter)
        february = [row for row in quarter if row[1] == "2024-02"][1:]
        out = self.send("feb.csv", february)
        self.assertIn("0 changed, 1 voided", out)
        self.assertIn("no row of 2024-01, 2024-03 was taken from this file; their 120 rows are kept", out)
        self.assertEqual(self.months(), {("2024-01", "robbery"): "60", ("2024-02", "robbery"): "59",
                                         ("2024-03", "robbery"): "60"})
        listed = self.daemon.report("submissions", dataset="incidents")
        self.assertEqual([row["state"] for row in listed.rows()], ["stands", "stands"])
        self.send("rest.csv", [row for row in quarter if row[1] != "2024-02"])
        listed = self.daemon.report("submissions", dataset="incidents")
        self.assertEqual([row["state"] for row in listed.rows()],
                         ["superseded by 3", "stands", "stands"])

    def test_an_older_copy_under_another_name_undoes_no_correction(self):
        self.daemon.ok("import", SAMPLE)
        rows = [referral("2001"), referral("2002")]
        self.send("july.csv", rows, header=REFERRALS, agency=CHARITY)
        self.send("correction.csv", [referral("2002", status="closed")], "--kind", "corrections",
                  header=REFERRALS, agency=CHARITY)
        for name in ("july (1).csv", "backup of cases.csv"):
            out = self.send(name, rows, header=REFERRALS, agency=CHARITY)
            self.assertIn("accepted before", out)
        statuses = [event["data"].get("referral", event["data"])["status"]
                    for event in self.daemon.events()
                    if event["type"].startswith("referrals.Referral")]
        self.assertEqual(statuses, ["received", "received", "closed"])

    def test_a_corrected_row_can_still_be_withdrawn_by_the_file_of_its_month(self):
        rows = [incident(f"c{i}", "2024-01") for i in range(100)]
        self.send("jan.csv", rows)
        self.send("one wrong.csv", [incident("c7", "2024-01", "shoplifting")], "--kind", "corrections")
        self.assertEqual(self.months()["2024-01", "shoplifting"], "1")
        out = self.send("jan final.csv", [row for row in rows if row[0] != "c7"])
        self.assertIn("1 voided", out)
        self.assertEqual(self.months(), {("2024-01", "robbery"): "99"})

    def test_rows_without_a_key_of_the_same_month_count_once_under_two_names(self):
        rows = [noise("2024-05")] * 3
        self.send("asb.csv", rows)
        self.assertIn("accepted before", self.send("asb may final FINAL.csv", rows))
        self.assertIn("3 there already", self.send("asb may.csv", rows, "--covers", "2024-05"))
        self.assertEqual(self.months(), {("2024-05", "anti-social-behaviour"): "3"})

    def test_a_row_that_moves_to_another_month_moves_in_whatever_order_its_files_come(self):
        for first, second in (("a", "b"), ("b", "a")):
            with self.subTest(first=first), Daemon() as daemon:
                self.daemon = daemon
                daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
                january = [incident(f"j{i}", "2024-01") for i in range(60)]
                february = [incident(f"f{i}", "2024-02") for i in range(60)]
                self.send("1.csv", january)
                self.send("2.csv", february)
                files = {"a": january[1:], "b": february + [incident("j0", "2024-02")]}
                paths = []
                for name in (first, second):
                    paths.append(daemon.folder / f"{name}.csv")
                    paths[-1].write_text(csv_text(INCIDENTS, *files[name]), encoding="utf-8")
                out = daemon.ok(*POLICE, "import", *paths)
                self.assertIn("1 changed (1 moved here)", out)
                self.assertNotIn("1 voided", out)
                self.assertEqual(self.months(), {("2024-01", "robbery"): "59",
                                                 ("2024-02", "robbery"): "61"})

    # Files that hold a part only

    def test_a_file_of_new_rows_only_is_held_and_taken_as_additions(self):
        self.daemon.ok("import", SAMPLE)
        self.send("week 1.csv", [referral(f"{i}") for i in range(10)], header=REFERRALS, agency=CHARITY)
        rows = [referral(f"{i}") for i in range(10, 14)]
        out = self.send("week 2.csv", rows, header=REFERRALS, agency=CHARITY, code=1)
        self.assertIn("would void 10 of the 10 rows", out)
        self.assertIn("If it has only new rows: --kind additions", out)
        self.assertEqual(self.referrals(), {"2024-07": "10"})
        out = self.send("week 2.csv", rows, "--kind", "additions", header=REFERRALS, agency=CHARITY)
        self.assertIn("4 new", out)
        self.assertEqual(self.referrals(), {"2024-07": "14"})

    def test_the_parts_of_an_agency_are_kept_apart_by_their_names(self):
        self.send("a.csv", [incident(f"c{i}", "2024-01") for i in range(5)])
        other = [incident(f"t{i}", "2024-01", district="Tendring") for i in range(5)]
        self.assertIn("--scope NAME", self.send("b.csv", other, code=1))
        self.assertIn("5 new", self.send("b.csv", other, "--scope", "tendring"))
        self.assertIn("1 voided", self.send("b.csv", other[1:], "--scope", "tendring",
                                            "--confirm-voids", "1"))
        self.assertEqual(self.months(), {("2024-01", "robbery"): "5"})

    def test_rejects_go_to_the_part_that_their_file_is_of(self):
        rows = [noise("2024-01"), noise("2024-01"), incident("", "2024-01", "burglary", "Nowhere")]
        self.send("b.csv", rows, "--scope", "tendring", code=1)
        rejects = self.daemon.folder / "b.rejects.csv"
        rejects.write_text(rejects.read_text().replace("Nowhere", "Colchester"))
        self.assertIn("1 new", self.send_again(rejects))
        rows[2][4] = "Colchester"
        out = self.send("b.csv", rows, "--scope", "tendring")
        self.assertIn("3 rows read, 0 new, 3 there already", out)
        self.assertEqual(self.months(), {("2024-01", "anti-social-behaviour"): "2",
                                         ("2024-01", "burglary"): "1"})

    # Files of two senders

    def test_published_records_count_once_whoever_sends_them(self):
        rows = [street("a" * 64, "2024-01"), street("", "2024-01", "Anti-social behaviour"),
                street("", "2024-01", "Anti-social behaviour")]
        self.send("2024-01-essex-street.csv", rows, header=STREET)
        expected = {("2024-01", "robbery"): "1", ("2024-01", "anti-social-behaviour"): "2"}
        for sent in (rows, rows[1:], [street("b" * 64, "2024-01")]):
            out = self.send("street.csv", sent, header=STREET, agency=COUNCIL, code=1)
            self.assertIn("SERIES_OWNED", out)
            self.assertIn("essex-police sent these records of 2024-01 before", out)
            self.assertEqual(self.months(), expected)
        out = self.send("street.csv", [street("c" * 64, "2024-02")], header=STREET, agency=COUNCIL)
        self.assertIn("1 new", out)
        self.assertIn("3 there already", self.send("street.csv", rows, "--covers", "2024-01",
                                                   header=STREET))
        self.assertEqual(self.months(), {**expected, ("2024-02", "robbery"): "1"})

    def test_the_forces_of_published_records_are_series_of_their_own(self):
        self.send("essex.csv", [street("a" * 64, "2024-01")], header=STREET, agency=COUNCIL)
        path = self.daemon.folder / "kent.csv"
        path.write_text("organisation_id,name,kind,aliases\nkent-police,Kent Police,police,\n")
        self.daemon.ok("import", path)
        other = [street("b" * 64, "2024-01", force="Kent Police")]
        self.assertIn("1 new", self.send("kent-street.csv", other, header=STREET, agency=COUNCIL))
        self.assertEqual(self.months(), {("2024-01", "robbery"): "2"})

    def test_another_agencys_row_is_refused_and_says_whose_it_is(self):
        self.send("a.csv", [incident("c1", "2024-01")])
        out = self.send("b.csv", [incident("c1", "2024-01", "burglary")], agency=COUNCIL, code=1)
        self.assertIn("a row with this key stands with other content, sent by essex-police", out)
        self.assertIn("Only essex-police can change it", out)
        self.assertEqual(self.months(), {("2024-01", "robbery"): "1"})

    # Names of a force

    def test_a_file_under_another_name_of_its_force_is_the_next_version_of_the_same_series(self):
        rows = [street("a" * 64, "2024-04"), street("", "2024-04", kind="Anti-social behaviour"),
                street("", "2024-04", kind="Anti-social behaviour")]
        self.send("april.csv", rows, header=STREET)
        other = [street("a" * 64, "2024-04", force="EP"),
                 street("", "2024-04", kind="Anti-social behaviour", force="EP")]
        out = self.send("april again.csv", other, "--confirm-voids", "1", header=STREET)
        self.assertIn("version 2", out)
        self.assertIn("1 voided", out)
        self.assertEqual(self.months()["2024-04", "anti-social-behaviour"], "1")


if __name__ == "__main__":
    unittest.main()
