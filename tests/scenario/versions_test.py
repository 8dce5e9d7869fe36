"""A file that is sent again: what stands, what the history keeps, and what the log says about it."""
import csv
import random
import unittest

import police_fixture
from daybook_support import POLICE_DATA
from versions_support import POLICE, SCOPE, Versions, changed


class SentAgain(Versions):
    def test_three_broken_rows_mended_as_corrections_or_as_the_whole_file(self):
        rows = police_fixture.make_rows(1, 3000)
        broken = [list(row) for row in rows]
        for number, (column, value) in zip((10, 20, 30), (
                ("Month", "Octember"), ("Crime type", "Mischief"), ("Longitude", "200"))):
            broken[number][police_fixture.HEADER.index(column)] = value
            if column == "Longitude":
                broken[number][5] = broken[number][5] or "51.5"
        path = self.write(SCOPE + ".csv", broken)
        code, out, err = self.daemon.run("import", *POLICE, path)
        self.assertEqual(code, 1)
        self.assertIn("3000 rows read, 2997 new, 0 there already, 3 refused", out)
        self.assertEqual(self.total(), 2997)

        rejects = self.daemon.folder / (SCOPE + ".rejects.csv")
        self.assertIn(str(rejects), err)
        with open(rejects, newline="", encoding="utf-8") as file:
            refused = list(csv.DictReader(file))
        self.assertEqual([row["reject: row"] for row in refused], ["11", "21", "31"])
        self.assertIn("Month", refused[0]["reject: column"])
        self.assertIn("INVALID_FIELD", refused[0]["reject: reason"])
        self.assertTrue(all(row["reject: what to do"] for row in refused))

        whole = self.write("mended-whole.csv", rows)
        with open(rejects, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow([*police_fixture.HEADER, "reject: row"])
            writer.writerows([*rows[number], number + 1] for number in (10, 20, 30))
        out = self.daemon.ok("import", *POLICE, rejects)
        self.assertIn("3 rows read, 3 new", out)
        self.assertEqual(self.total(), 3000)
        self.assertIn("3000 there already", self.send(whole))
        self.assertEqual(self.total(), 3000)
        self.assertEqual(self.count("incidents.IncidentRecorded"), 3000)
        self.assertEqual(self.count("incidents.IncidentVoided"), 0)

    def test_three_rows_sent_as_the_whole_are_held_until_somebody_says_they_are_meant(self):
        rows = police_fixture.make_rows(2, 1000)
        self.send(self.write("all.csv", rows))
        three = self.write("three.csv", rows[:3])
        out = self.send(three, wanted=1)
        self.assertIn("would void 997 of the 1000 rows", out)
        self.assertIn("--confirm-voids 997", out)
        self.assertEqual(self.total(), 1000)
        self.assertIn("WRONG_STATE", self.send(three, "--confirm-voids", "996", wanted=1))
        self.assertEqual(self.total(), 1000)
        held = self.daemon.report("submissions", scope=SCOPE).row(version="2")
        self.assertEqual(held["state"], "held: would void 997")
        self.assertIn("1 held, 0 being recorded", self.daemon.ok("status"))
        self.assertIn("997 voided", self.send(three, "--confirm-voids", "997"))
        self.assertEqual(self.total(), 3)

    def test_another_day_of_extract_for_a_known_file_is_told_not_to_count(self):
        path = self.write("all.csv", police_fixture.make_rows(2, 10))
        self.send(path, "--extract-date", "2018-12-01")
        self.assertIn("as an extract of 2018-12-01; that stays",
                      self.send(path, "--extract-date", "2018-12-02"))

    def test_a_held_file_that_another_overtook_waits_for_nobody(self):
        rows = police_fixture.make_rows(2, 1000)
        self.send(self.write("all.csv", rows))
        self.send(self.write("three.csv", rows[:3]), wanted=1)
        self.send(self.write("mended.csv", rows[1:]))
        held = self.daemon.report("submissions", scope=SCOPE).row(version="2")
        self.assertEqual(held["state"], "not taken: version 3 stands")
        self.assertNotIn("1 held", self.daemon.ok("status"))

    def test_an_earlier_file_again_is_told_superseded_and_stands_again_when_asked_for(self):
        rows = police_fixture.make_rows(3, 800)
        number = next(i for i, row in enumerate(rows) if row[0])
        later = changed(rows, number, "Last outcome category", "Offender given a caution")
        extra = [[f"{i:064x}", "2018-10", "Essex Police", "Essex Police", "", "", "No Location", "",
                  "", "Robbery", "Under investigation", ""] for i in range(3)]
        later += extra
        random.Random(3).shuffle(later)
        a, b = self.write("a.csv", rows), self.write("b.csv", later)
        self.send(a, "--extract-date", "2019-01-01")
        figures_a = self.types()
        out = self.send(b, "--extract-date", "2019-03-01")
        self.assertIn("803 rows read, 3 new, 799 there already, 0 refused", out)
        self.assertIn("1 changed, 0 voided", out)
        figures_b = self.types()
        self.assertNotEqual(figures_a, figures_b)
        size = len(self.daemon.events())
        out = self.send(a, "--extract-date", "2019-01-01")
        self.assertIn("superseded version: version 2 stands", out)
        self.assertEqual(len(self.daemon.events()), size, "nothing is written")
        self.assertEqual(self.types(), figures_b)
        out = self.send(a, "--as-new-version", "--reason", "the second was made from a wrong query")
        self.assertIn("1 changed, 3 voided", out)
        self.assertEqual(self.types(), figures_a)
        self.send(a, "--as-new-version", "--reason", "twice does nothing")
        self.assertEqual(self.types(), figures_a)
        # As it was known in between: the later file.
        self.assertEqual(self.total(as_known_on="2019-02-01"), 800)
        self.assertEqual(self.total(as_known_on="2019-04-01"), 803)
        story = [(event["type"].split(".")[1], event["data"].get("version", 0),
                  event["data"].get("reason", ""))
                 for event in self.daemon.events()
                 if event["stream"].startswith("scope-") and SCOPE in event["stream"]]
        self.assertEqual(story, [
            ("SubmissionOpened", 1, ""), ("VersionAccepted", 0, ""),
            ("SubmissionOpened", 2, ""), ("VersionAccepted", 0, ""),
            ("SubmissionOpened", 3, "the second was made from a wrong query"),
            ("VersionAccepted", 0, "")])

    def test_a_dry_run_says_everything_and_changes_nothing(self):
        rows = police_fixture.make_rows(4, 500)
        self.send(self.write("a.csv", rows))
        size = len(self.daemon.events())
        out = self.send(self.write("b.csv", rows[:-5]), "--dry-run")
        self.assertIn("500 stood before; 0 changed, 5 voided", out)
        self.assertIn("tried only", out)
        self.assertEqual(len(self.daemon.events()), size)
        self.assertEqual(self.total(), 500)

    def test_a_row_that_is_refused_voids_nothing(self):
        rows = police_fixture.make_rows(5, 300)
        self.send(self.write("a.csv", rows))
        out = self.send(self.write("b.csv", changed(rows, 7, "Month", "Octember")), wanted=1)
        self.assertIn("1 not in the file and kept", out)
        self.assertEqual(self.total(), 300)

    def test_what_came_from_whom_is_listed_and_its_receipt_printed_again(self):
        rows = police_fixture.make_rows(6, 50)
        out = self.send(self.write("a.csv", rows))
        reference = out.split("submission ")[1].split(")")[0]
        shown = self.daemon.ok("submission", "show", reference)
        self.assertIn("50 rows read, 50 new", shown)
        self.assertIn("current", shown)
        root = out.split("root ")[1].split()[0]
        self.assertEqual(len(root), 16)
        self.assertRegex(shown, f"root {root}[0-9a-f]{{48}}")
        listed = self.daemon.ok("submissions", "--dataset", "police-uk-street")
        self.assertIn("stands", listed)
        code, _, err = self.daemon.run("submission", "show", "000000000000")
        self.assertEqual(code, 1)
        self.assertIn("UNKNOWN_SUBMISSION", err)


class Moves(Versions):
    def files(self):
        october = police_fixture.make_rows(7, 400, "2018-10")
        november = police_fixture.make_rows(8, 400, "2018-11")
        number = next(i for i, row in enumerate(october) if row[0])
        moved = list(october[number])
        moved[1] = "2018-11"
        paths = {
            "october": self.write("october.csv", october),
            "november": self.write("november.csv", november),
            "october-2": self.write("october-2.csv", october[:number] + october[number + 1:]),
            "november-2": self.write("november-2.csv", november + [moved])}
        return paths, moved[0]

    def import_as(self, *named):
        manifest = self.daemon.folder / "manifest.toml"
        manifest.write_text('agency = "essex-police"\n' + "".join(
            f'[[file]]\npath = "{path}"\nscope = "{scope}"\n' for path, scope in named))
        return self.daemon.ok("import", self.daemon.folder)

    def check(self, order):
        paths, key = self.files()
        self.import_as((paths["october"], "oct"), (paths["november"], "nov"))
        self.import_as(*((paths[name], name[:3]) for name in order))
        events = [event["type"] for event in self.daemon.events() if key in event["stream"]]
        self.assertEqual(events, ["incidents.IncidentRecorded", "incidents.IncidentRevised"])
        months = self.daemon.report("incident-places", force="essex-police",
                                    **{"from": "2018-11", "to": "2018-11"})
        self.assertEqual(months.row(place="total")["total"], "401")
        self.assertEqual(self.total(), 399)
        october = self.daemon.report("submissions", scope="oct").rows()
        self.assertEqual([row["state"] for row in october], ["superseded by 2", "stands"])

    def test_a_row_in_another_month_is_one_event_when_the_new_month_comes_first(self):
        self.check(["november-2", "october-2"])

    def test_a_row_in_another_month_is_one_event_when_the_old_month_comes_first(self):
        self.check(["october-2", "november-2"])

    def test_a_scope_knows_that_a_row_left_it(self):
        paths, key = self.files()
        self.import_as((paths["october"], "oct"), (paths["november"], "nov"))
        self.import_as((paths["november-2"], "nov"))
        # The old month still has the row in its file: it moves back, and is never there twice.
        self.daemon.ok("import", *POLICE, "--scope", "oct", paths["october"], "--as-new-version",
                       "--reason", "the row belongs here")
        out = self.import_as((paths["october-2"], "oct"))
        self.assertIn("399 there already", out)
        self.assertEqual(self.total(), 399)


class Referrals(Versions):
    """The same for referrals, whose persons are sealed."""
    HEADER = "referral_id,service_id,received,area,status,subject_ref,age,note\n"

    def refer(self, name, rows, *options, wanted=0):
        path = self.daemon.folder / name
        path.write_text(self.HEADER + "".join(row + "\n" for row in rows), encoding="utf-8")
        code, out, err = self.daemon.run("import", "--agency", "next-chapter", "--scope", "2024",
                                         *options, path)
        self.assertEqual(code, wanted, out + err)
        return out + err

    def test_versions_change_void_and_keep_what_is_sealed_sealed(self):
        first = [f"R{i},shelter,2024-0{i % 3 + 1},Colchester,received,P{i},25-34,spoke of her fears"
                 for i in range(300)]
        self.assertIn("300 rows read, 300 new", self.refer("a.csv", first, "--extract-date",
                                                           "2024-06-01"))
        later = [row.replace("2024-01", "2024-02") if row.startswith("R0,") else row
                 for row in first[:-1]] + ["R300,shelter,2024-03-09,Colchester,accepted,P300,18-24,"]
        out = self.refer("b.csv", later, "--extract-date", "2024-07-01")
        self.assertIn("300 rows read, 1 new, 298 there already, 0 refused", out)
        self.assertIn("1 changed (1 moved here), 1 voided", out)
        kinds = [event["type"].split(".")[1] for event in self.daemon.events()
                 if event["type"].startswith("referrals.")]
        self.assertEqual({kind: kinds.count(kind) for kind in set(kinds)},
                         {"ReferralReceived": 301, "ReferralRevised": 1, "ReferralVoided": 1})
        revisions = {row["month"]: row for row in
                     self.daemon.report("revisions", dataset="referrals").rows() if row["version"] == "2"}
        self.assertEqual((revisions["2024-01"]["moved_out"], revisions["2024-02"]["moved_in"]),
                         ("1", "1"))
        held = self.refer("c.csv", first[:3], wanted=1)
        self.assertIn("would void 297 of the 300 rows", held)
        self.daemon.stop()
        for path in self.daemon.data.rglob("*"):
            if path.is_file():
                self.assertNotIn(b"spoke of her fears", path.read_bytes(), path)
        self.daemon.start()

    def test_what_an_older_extract_has_to_be_sealed_is_sealed_and_kept(self):
        self.refer("new.csv", ["R1,shelter,2024-01,Colchester,accepted,P1,25-34,the later note"],
                   "--extract-date", "2024-07-01")
        self.refer("old.csv", ["R1,shelter,2024-01,Colchester,received,P1,18-24,the earlier note"],
                   "--extract-date", "2024-06-01")
        parts = {event["type"]: [part["name"] for part in event.get("parts", [])]
                 for event in self.daemon.events() if event["type"].startswith("referrals.")}
        self.assertEqual(parts, {"referrals.ReferralReceived": ["person", "note"],
                                 "referrals.ReferralStatedEarlier": ["person", "note"]})

    def test_another_status_in_a_later_file_is_a_revision(self):
        rows = ["R1,shelter,2024-01,Colchester,received,,,", "R2,shelter,2024-01,Colchester,received,,,"]
        self.refer("a.csv", rows)
        rows[1] = rows[1].replace("received", "accepted")
        self.assertIn("1 changed", self.refer("b.csv", rows))
        revised = [event["data"] for event in self.daemon.events()
                   if event["type"] == "referrals.ReferralRevised"]
        self.assertEqual([(data["before"]["status"], data["referral"]["status"])
                          for data in revised], [("received", "accepted")])


class RealFile(Versions):
    FILE = POLICE_DATA / "2018-10-essex-street.csv"

    @unittest.skipUnless(FILE.exists(), "the real files are not here (DAYBOOK_POLICE_DATA)")
    def test_the_real_month_with_three_broken_rows_and_identical_rows(self):
        lines = self.FILE.read_text(encoding="utf-8").splitlines(keepends=True)
        broken = list(lines)
        for number in (100, 5000, 17000):
            broken[number] = broken[number].replace(",2018-10,", ",2018-1O,")
        path = self.daemon.folder / (SCOPE + ".csv")
        path.write_text("".join(broken), encoding="utf-8")
        out = self.send(path, wanted=1)
        self.assertIn("17791 rows read, 17788 new, 0 there already, 3 refused", out)
        rejects = self.daemon.folder / (SCOPE + ".rejects.csv")
        rejects.write_text("".join([lines[0], *(lines[i] for i in (100, 5000, 17000))]),
                           encoding="utf-8")
        self.assertIn("3 new", self.send(rejects))
        self.assertEqual(self.total(), 17791)
        three = self.daemon.folder / "three.csv"
        three.write_text("".join([lines[0], *(lines[i] for i in (100, 5000, 17000))]))
        self.assertIn("would void 17788", self.send(three, wanted=1))
        self.assertIn("17791 there already", self.send(self.FILE))
        self.assertEqual(self.total(), 17791)
        month = self.daemon.report("incident-months", area="Colchester",
                                   **{"from": "2018-10", "to": "2018-10"}).rows()[0]
        self.assertEqual(int(month["anti-social-behaviour"]), 420)


if __name__ == "__main__":
    unittest.main()
