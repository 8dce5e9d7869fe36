"""A drop folder: files are taken as they arrive, and a kill at any moment neither loses nor doubles
a row. DAYBOOK_KILLS sets how often (12 here; the full size is 50)."""
import os
import random
import signal
import time
import unittest

import police_fixture
from daybook_support import SAMPLE, Daemon

SEED = int(os.environ.get("DAYBOOK_SEED", "20240401"))
KILLS = int(os.environ.get("DAYBOOK_KILLS") or "12")
ROWS = 3000
POLICE = ["--agency", "essex-police"]


def names(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


class DropFolder(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon()
        self.daemon.start()
        self.addCleanup(self.daemon.__exit__)
        self.daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
        self.drop = self.daemon.folder / "drop"
        self.drop.mkdir()

    def watch(self, *options):
        return self.daemon.run("watch", *POLICE, "--settle", 0, "--once", *options, self.drop)

    def test_files_go_to_done_held_or_rejected_with_what_belongs_to_them(self):
        rows = police_fixture.make_rows(1, 200)
        police_fixture.write(self.drop / "2018-10.csv", rows)
        broken = [list(row) for row in police_fixture.make_rows(2, 50)]
        broken[3][1] = "Octember"
        police_fixture.write(self.drop / "2018-11.csv", broken)
        (self.drop / "holiday.csv").write_text("colour,size\nred,1\n")
        police_fixture.write(self.drop / "unfinished.csv.part", rows)
        self.watch()
        self.assertEqual(names(self.drop), ["done", "held", "rejected", "unfinished.csv.part"])
        self.assertEqual(names(self.drop / "done"), [
            "2018-10.csv", "2018-10.csv.receipt.txt", "2018-11.csv", "2018-11.csv.receipt.txt",
            "2018-11.rejects.csv"])
        self.assertIn("200 rows read, 200 new",
                      (self.drop / "done/2018-10.csv.receipt.txt").read_text())
        self.assertEqual(names(self.drop / "rejected"), ["holiday.csv", "holiday.csv.receipt.txt"])
        self.assertIn("no line of it has a column of any dataset",
                      (self.drop / "rejected/holiday.csv.receipt.txt").read_text())

        police_fixture.write(self.drop / "2018-10.csv", rows[:10])
        self.watch()
        self.assertEqual(names(self.drop / "held"), ["2018-10.csv", "2018-10.csv.receipt.txt"])
        self.assertIn("held", (self.drop / "held/2018-10.csv.receipt.txt").read_text())
        # The same file a second time stands beside the first and changes nothing.
        police_fixture.write(self.drop / "2018-10.csv", rows)
        self.watch()
        self.assertEqual(len([name for name in names(self.drop / "done")
                              if name.endswith("2018-10.csv")]), 2)

    def test_a_row_that_went_from_one_dropped_file_to_another_is_one_event(self):
        october = police_fixture.make_rows(7, 200, "2018-10")
        november = police_fixture.make_rows(8, 200, "2018-11")
        police_fixture.write(self.drop / "2018-10.csv", october)
        police_fixture.write(self.drop / "2018-11.csv", november)
        self.watch()
        number = next(i for i, row in enumerate(october) if row[0])
        moved = list(october[number])
        moved[1] = "2018-11"
        police_fixture.write(self.drop / "2018-10.csv", october[:number] + october[number + 1:])
        police_fixture.write(self.drop / "2018-11.csv", november + [moved])
        self.watch()
        events = [event["type"] for event in self.daemon.events() if moved[0] in event["stream"]]
        self.assertEqual(events, ["incidents.IncidentRecorded", "incidents.IncidentRevised"])

    def test_a_file_of_which_every_row_is_refused_lies_with_the_rejected(self):
        (self.drop / "a.csv").write_text("source_key,month,type,force\nk-1,Octember,Robbery,Essex Police\n")
        self.assertEqual(self.watch()[0], 1)
        self.assertEqual(names(self.drop / "rejected"), ["a.csv", "a.csv.receipt.txt", "a.rejects.csv"])
        self.assertEqual(names(self.drop / "done"), [])

    def test_two_files_of_one_name_keep_the_refused_rows_of_each(self):
        for end, gap in (("csv", ","), ("tsv", "\t")):
            rows = ["source_key,month,type,force", f"{end}-1,2018-10,Robbery,Essex Police",
                    f"{end}-2,Octember,Robbery,Essex Police"]
            (self.drop / f"a.{end}").write_text("\n".join(rows).replace(",", gap) + "\n")
        self.assertEqual(self.watch("--kind", "additions")[0], 1)
        rejects = [path.read_text() for path in (self.drop / "done").glob("*.rejects.csv")]
        self.assertEqual(len(rejects), 2, names(self.drop / "done"))
        self.assertEqual(sorted("csv-2" in text for text in rejects), [False, True])

    def test_nothing_is_left_of_the_work_of_a_watcher_that_was_killed(self):
        (self.drop / ".work").mkdir()
        (self.drop / ".work" / "a.rejects.csv").write_text("old\n")
        (self.drop / "a.csv").write_text("source_key,month,type,force\nk-1,2018-10,Robbery,Essex Police\n")
        self.assertEqual(self.watch()[0], 0)
        self.assertEqual(names(self.drop / "done"), ["a.csv", "a.csv.receipt.txt"])
        self.assertFalse((self.drop / ".work").exists())

    def test_its_files_have_the_scope_that_it_is_told(self):
        (self.drop / "a.csv").write_text("area_id,name,kind\nnorth-quarter,North Quarter,custom\n")
        self.assertEqual(self.watch("--scope", "north-office")[0], 0)
        self.assertIn("north-office", self.daemon.ok("submissions", "--format", "csv"))

    def test_a_second_watcher_of_a_folder_is_refused(self):
        first = self.daemon.spawn("watch", *POLICE, self.drop)
        try:
            deadline = time.monotonic() + 30
            while not (self.drop / ".daybook-watch.lock").exists():
                self.assertLess(time.monotonic(), deadline)
            code, _, err = self.watch()
            self.assertEqual(code, 1)
            self.assertIn("DIRECTORY_IN_USE", err)
        finally:
            first.send_signal(signal.SIGTERM)
            out, err = first.communicate(timeout=30)
        self.assertEqual(first.returncode, 0, out + err)

    def test_kills_of_watcher_and_daemon_neither_lose_nor_double_a_row(self):
        print(f"DAYBOOK_SEED={SEED} DAYBOOK_KILLS={KILLS}")
        draw = random.Random(SEED)
        months = ["2018-10", "2018-11", "2018-12"]
        expected = {}
        for number, month in enumerate(months):
            rows = police_fixture.make_rows(SEED + number, ROWS, month)
            expected[month] = rows
            police_fixture.write(self.drop / f"{month}.csv", rows)
        kills = {"watcher": 0, "daemon": 0, "both": 0}
        version = 0
        while sum(kills.values()) < KILLS:
            watcher = self.daemon.spawn("watch", *POLICE, "--settle", 0, self.drop)
            time.sleep(draw.uniform(0.05, 1.2))  # the random moment, not an order between events
            victim = draw.choice(list(kills))
            kills[victim] += 1
            if victim != "watcher":
                self.daemon.kill9()
            if victim != "daemon":
                watcher.kill()
            if victim != "watcher":
                self.daemon.start()
            if victim == "daemon":
                watcher.kill()  # it looks for the old address
            watcher.communicate()
            if not any((self.drop / f"{month}.csv").exists() for month in months):
                # All taken: another version of each, with rows changed, added and gone.
                version += 1
                for number, month in enumerate(months):
                    rows = expected[month][draw.randrange(20):]
                    rows += police_fixture.make_rows(SEED + 100 * version + number, 20, month)
                    for row in draw.sample([row for row in rows if row[0]], 50):
                        row[10] = draw.choice(police_fixture.OUTCOMES)
                    expected[month] = rows
                    police_fixture.write(self.drop / f"{month}.csv", rows)
        self.watch()
        self.assertEqual(names(self.drop / "held"), [])
        self.assertEqual(names(self.drop / "rejected"), [])
        print(kills, "versions", version + 1)
        for month, rows in expected.items():
            total = self.daemon.report("incident-places", force="essex-police",
                                       **{"from": month, "to": month}).row(place="total")["total"]
            self.assertEqual(int(total), len(rows), month)
        self.check_log(expected)

    def check_log(self, expected):
        """What stands by a fold of the log alone is what the last files say, each row once."""
        standing = {}
        for event in self.daemon.events():
            kind = event["type"].split(".")[1]
            if kind == "IncidentRecorded":
                self.assertNotIn(event["stream"], standing)
                standing[event["stream"]] = event["data"]
            elif kind == "IncidentRevised":
                self.assertEqual(event["data"].get("before"), standing.get(event["stream"]))
                standing[event["stream"]] = event["data"]["incident"]
            elif kind == "IncidentVoided":
                self.assertEqual(event["data"]["before"], standing.pop(event["stream"]))
        by_row = sorted((row[0], row[1], row[6] if row[6] != "No Location" else "")
                        for rows in expected.values() for row in rows)
        self.assertEqual(sorted((data.get("source_key", ""), data["month"],
                                 data.get("published_place", {}).get("location", ""))
                                for data in standing.values()), by_row)


class ImporterKilled(unittest.TestCase):
    def test_kills_of_importer_and_daemon_in_the_middle_of_an_import(self):
        draw = random.Random(SEED)
        rows = police_fixture.make_rows(SEED, 4 * ROWS)
        with Daemon() as daemon:
            daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
            file = daemon.folder / "2018-10.csv"
            police_fixture.write(file, rows)
            for _ in range(KILLS // 2):
                importer = daemon.spawn("import", *POLICE, file)
                time.sleep(draw.uniform(0.02, 1.0))  # the random moment
                if draw.random() < 0.5:
                    daemon.kill9()
                    importer.kill()
                    daemon.start()
                else:
                    importer.kill()
                importer.communicate()
            daemon.ok("import", *POLICE, file)
            total = daemon.report("incident-places", force="essex-police",
                                  **{"from": "2018-10", "to": "2018-10"}).row(place="total")["total"]
            self.assertEqual(int(total), len(rows))
            recorded = [event for event in daemon.events()
                        if event["type"] == "incidents.IncidentRecorded"]
            self.assertEqual(len(recorded), len(rows))


if __name__ == "__main__":
    unittest.main()
