"""Corrections of cells that are sealed: told, recorded once, and sent again without an event."""
import unittest

from daybook_support import SAMPLE, Daemon

REFERRALS = ["referral_id", "service_id", "received", "area", "status", "subject_ref", "age", "sex",
             "need", "place", "note"]
INCIDENTS = ["source_key", "month", "type", "force", "district", "location"]


def referrals(**changes):
    """Three rows as CSV; changes are {referral_id with _: {column: text}}."""
    rows = [
        ["NC-1001", "next-chapter", "03/12/2023", "Colchester", "received", "C200", "34", "F",
         "housing", "CO1", "self referral"],
        ["NC-1002", "next-chapter", "04/02/2024", "Colchester", "accepted", "C201", "29", "F", "", "", ""],
        ["NC-1003", "next-chapter", "05/02/2024", "Colchester", "received", "C202", "", "M", "", "", ""],
    ]
    return table(REFERRALS, rows, changes)


def incidents(**changes):
    """Two rows with a key and three without one that are the same in clear."""
    rows = [["E-1", "2024-02", "Burglary", "Essex Police", "Colchester", "Ormolu Terrace"],
            ["E-2", "2024-02", "Burglary", "Essex Police", "Colchester", ""]]
    rows += [["", "2024-02", "Anti-social behaviour", "Essex Police", "Colchester", place]
             for place in ("First Row", "Second Row", "Third Row")]
    return table(INCIDENTS, rows, changes)


def table(header, rows, changes):
    for number, cells in changes.items():
        row = rows[int(number[1:])]
        for column, text in cells.items():
            row[header.index(column)] = text
    return "\n".join(",".join(row) for row in [header, *rows]) + "\n"


class SealedCells(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon()
        self.daemon.start()
        self.addCleanup(self.daemon.__exit__)
        self.daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")

    def send(self, name, text, *options, command="import", code=0):
        path = self.daemon.folder / name
        path.write_text(text, encoding="utf-8")
        got, out, err = self.daemon.run(command, *options, path)
        self.assertEqual(got, code, out + err)
        return out + err

    def types(self, context):
        return [event["type"].split(".")[1] for event in self.daemon.events()
                if event["type"].startswith(context)]

    def test_a_corrected_age_need_place_or_note_is_a_change_of_one_event(self):
        self.send("ref-2024-02.csv", referrals())
        events = 3
        for cells in ({"age": "43"}, {"need": "debt"}, {"place": "CO2"}, {"note": "by phone"},
                      {"note": ""}, {"sex": "M"}, {"received": "04/12/2023"}, {"subject_ref": "C900"}):
            with self.subTest(**cells):
                said = self.send("ref-2024-02.csv", referrals(_0=cells))
                self.assertIn("3 stood before; 1 changed", said)
                # From the file before it the row went back to what it was, or on to this.
                events += 1
                self.assertEqual(len(self.types("referrals")), events)
                self.assertIn("accepted before", self.send("ref-2024-02.csv", referrals(_0=cells)))
                same = self.send("copy.csv", referrals(_0=cells), "--extract-date", "2024-03-01")
                self.assertIn("accepted before", same)
                self.assertEqual(len(self.types("referrals")), events)

    def test_the_same_rows_in_another_order_are_no_event(self):
        self.send("ref-2024-02.csv", referrals())
        header, *rows = referrals().splitlines()
        said = self.send("ref-2024-02.csv", "\n".join([header, *reversed(rows)]) + "\n")
        self.assertIn("3 rows read, 0 new, 3 there already", said)
        self.assertIn("0 changed", said)
        self.assertEqual(len(self.types("referrals")), 3)

    def test_a_row_that_moves_to_another_year_is_compared_under_the_key_that_it_has(self):
        self.send("ref.csv", referrals())
        for received in ("03/01/2024", "03/12/2023"):
            said = self.send("ref.csv", referrals(_0={"received": received, "age": "35"}))
            self.assertIn("1 changed", said)
            header, *rows = referrals(_0={"received": received, "age": "35"}).splitlines()
            said = self.send("ref.csv", "\n".join([header, *reversed(rows)]) + "\n")
            self.assertIn("0 changed", said)
        self.assertEqual(self.types("referrals"),
                         ["ReferralReceived"] * 3 + ["ReferralRevised"] * 2)

    def test_as_corrections_and_in_a_drop_folder(self):
        self.send("ref.csv", referrals())
        header, first = referrals(_0={"age": "43"}).splitlines()[:2]
        said = self.send("age.csv", f"{header}\n{first}\n", "--kind", "corrections", "--scope", "ref")
        self.assertIn("1 changed", said)
        drop = self.daemon.folder / "drop"
        drop.mkdir()
        (drop / "ref.csv").write_text(referrals(_0={"age": "44"}))
        self.daemon.ok("watch", "--settle", 0, "--once", drop)
        self.assertIn("1 changed", (drop / "done/ref.csv.receipt.txt").read_text())
        self.assertEqual(self.types("referrals"),
                         ["ReferralReceived"] * 3 + ["ReferralRevised"] * 2)

    def test_a_corrected_place_of_an_incident_with_or_without_a_key(self):
        police = ("--agency", "essex-police", "--dataset", "incidents")
        self.send("asb.csv", incidents(), *police)
        for number, place in (("_0", "Ormolu Close"), ("_1", "Found Since"), ("_3", "Fourth Row")):
            said = self.send("asb.csv", incidents(**{number: {"location": place}}), *police)
            changed = 1 if number == "_0" else 2  # the one before it goes back
            self.assertIn(f"5 stood before; {changed} changed", said)
            self.assertIn("0 voided", said)
        header, *rows = incidents(_3={"location": "Fourth Row"}).splitlines()
        said = self.send("asb.csv", "\n".join([header, *reversed(rows)]) + "\n", *police)
        self.assertIn("5 rows read, 0 new, 5 there already", said)
        self.assertEqual(self.types("incidents"),
                         ["IncidentRecorded"] * 5 + ["IncidentRevised"] * 5)


if __name__ == "__main__":
    unittest.main()
