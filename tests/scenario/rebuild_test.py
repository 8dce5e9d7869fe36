"""Views made anew beside those that answer: by the command, while files come in, and killed in the middle."""
import os
import random
import unittest

import police_fixture
from daybook_support import SAMPLE, Daemon

SEED = int(os.environ.get("DAYBOOK_SEED", "20240401"))
REPORTS = (("plan-performance", {"plan": "castle-point-rochford-2017-18", "period": "2017-18 Q1"}),
           ("referral-trend", {"service": "next-chapter"}),
           ("published-figures", {"document": "csp-report-2024-03"}))


def answers(daemon):
    return [daemon.report(name, **parameters).answer["tables"] for name, parameters in REPORTS]


class Rebuild(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon()
        self.daemon.start()
        self.addCleanup(self.daemon.__exit__)
        self.daemon.ok("import", SAMPLE)

    def generations(self):
        return sorted(path.name for path in (self.daemon.data / "views").iterdir() if path.is_dir())

    def import_many(self, rows):
        file = self.daemon.folder / "2018-10-essex-street.csv"
        police_fixture.write(file, police_fixture.make_rows(SEED, rows))
        return self.daemon.spawn("import", file)

    def test_the_command_says_that_every_row_is_the_same(self):
        wanted = answers(self.daemon)
        said = self.daemon.ok("views", "rebuild")
        self.assertRegex(said, r"generation 2 answers; every row is the same as before, at \d+ events")
        self.assertEqual(answers(self.daemon), wanted)
        self.daemon.stop()
        (self.daemon.folder / "daybookd.log").unlink()
        self.daemon.start()
        self.assertIn("the stored views are loaded", self.daemon.log())
        self.assertEqual(self.generations(), ["2"])
        self.assertEqual(answers(self.daemon), wanted)

    def test_files_come_in_and_reports_are_answered_meanwhile(self):
        wanted = answers(self.daemon)
        importer = self.import_many(20_000)
        self.addCleanup(importer.kill)
        rebuilt = 0
        while importer.poll() is None or rebuilt < 3:
            self.assertIn("every row is the same", self.daemon.ok("views", "rebuild"))
            self.assertEqual(answers(self.daemon), wanted)
            rebuilt += 1
        out, _ = importer.communicate()
        self.assertEqual(importer.returncode, 0, out)
        total = self.daemon.report("incident-places", force="essex-police",
                                   **{"from": "2018-10", "to": "2018-10"}).row(place="total")
        self.assertEqual(int(total["total"]), 20_000)

    def test_a_kill_in_the_middle_leaves_the_one_or_the_other(self):
        print(f"DAYBOOK_SEED={SEED}")
        draw = random.Random(SEED)
        importer = self.import_many(20_000)
        importer.communicate()
        wanted = answers(self.daemon)
        for _ in range(4):
            self.daemon.ok("views", "rebuild", "--no-wait")
            for _ in range(draw.randrange(4)):
                self.daemon.ok("views")
            self.daemon.kill9()
            self.daemon.start()
            self.assertEqual(answers(self.daemon), wanted)
            self.assertEqual(len(self.generations()), 1)


if __name__ == "__main__":
    unittest.main()
