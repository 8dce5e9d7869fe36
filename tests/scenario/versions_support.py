"""What the tests of files in versions have in common."""
import unittest

import police_fixture
from daybook_support import SAMPLE, Daemon

SCOPE = "2018-10-essex-street"
POLICE = ["--agency", "essex-police"]


def changed(rows, number, column, value):
    """The rows with one cell changed."""
    copy = [list(row) for row in rows]
    copy[number][police_fixture.HEADER.index(column)] = value
    return copy


class Versions(unittest.TestCase):
    def setUp(self):
        self.daemon = self.enterContext(Daemon()) if hasattr(self, "enterContext") else None
        if self.daemon is None:  # Python before 3.11
            self.daemon = Daemon()
            self.daemon.start()
            self.addCleanup(self.daemon.__exit__)
        self.daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")

    def write(self, name, rows):
        path = self.daemon.folder / name
        police_fixture.write(path, rows)
        return path

    def send(self, path, *options, wanted=0):
        code, out, err = self.daemon.run("import", *POLICE, "--scope", SCOPE, *options, path)
        self.assertEqual(code, wanted, out + err)
        return out + err

    def total(self, **options):
        return int(self.daemon.report("incident-places", force="essex-police",
                                      **{"from": "2018-10", "to": "2018-10"},
                                      **options).row(place="total")["total"])

    def types(self, **options):
        """Incidents of the force by month, type and outcome-free content, as the log has them."""
        table = self.daemon.report("incident-months", area="essex-police-area", **options)
        return table.answer["tables"][0]["rows"]

    def count(self, kind):
        return sum(event["type"] == kind for event in self.daemon.events())
