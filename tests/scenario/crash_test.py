"""kill -9 in the middle of an import: everything is there once, and the views are what a fold of the
whole log gives."""
import os
import random
import shutil
import time
import unittest

import police_fixture
from daybook_support import SAMPLE, Daemon

ROWS = 20_000
SEED = int(os.environ.get("DAYBOOK_SEED", "20181001"))


def head(daemon):
    """How many events the log has."""
    return int(daemon.ok("views").rsplit("events", 1)[0].split()[-1])


def figures(daemon):
    """Reports that rest on the whole log."""
    whole = {"min_position": head(daemon) - 1}
    return (daemon.report("incident-months", area="Colchester", **whole).answer["tables"],
            daemon.report("incident-places", force="essex-police", **whole,
                          **{"from": "2018-10", "to": "2018-10"}).answer["tables"])


class KilledInTheMiddle(unittest.TestCase):
    def test_after_any_kill_the_same_import_brings_exactly_all_rows(self):
        print(f"DAYBOOK_SEED={SEED}")
        draw = random.Random(SEED)
        rows = police_fixture.make_rows(SEED, ROWS)
        with Daemon() as daemon:
            file = daemon.folder / "2018-10-essex-street.csv"
            police_fixture.write(file, rows)
            daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
            cut_short = 0
            for _ in range(4):
                importer = daemon.spawn("import", file)
                self.wait_for_events(daemon, head(daemon) + draw.randrange(1, 4000))
                daemon.kill9()
                importer.kill()
                importer.communicate()
                daemon.start()
                cut_short += self.incidents(daemon) < ROWS
            self.assertGreater(cut_short, 0, "no kill came before the end of the import")
            daemon.ok("import", file)
            self.assertEqual(self.incidents(daemon), ROWS)
            self.assertIn("0 new", daemon.ok("import", file))
            total = daemon.report("incident-places", force="essex-police",
                                  **{"from": "2018-10", "to": "2018-10"}).row(place="total")
            self.assertEqual(int(total["total"]), ROWS)

            live = figures(daemon)
            daemon.stop()
            shutil.rmtree(daemon.data / "views")
            daemon.start()
            self.assertEqual(figures(daemon), live, "views differ from a fold of the whole log")

    def wait_for_events(self, daemon, wanted):
        """Returns in the middle of the import, or at its end where it was quicker."""
        deadline = time.monotonic() + 60
        while head(daemon) < min(wanted, ROWS):
            self.assertLess(time.monotonic(), deadline, "the import does not move")

    @staticmethod
    def incidents(daemon):
        return len(daemon.ok("log", "--format", "jsonl", "--type",
                             "incidents.IncidentRecorded").splitlines())


if __name__ == "__main__":
    unittest.main()
