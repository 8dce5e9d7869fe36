"""What the tests of files as offices send them share: one daemon with the sample a module, and the
way from a file to the report's cell."""
import itertools
import unittest

from daybook_support import SAMPLE, Daemon

AGENCY = ("--agency", "essex-police")
OBSERVATIONS = ["measure_id", "area", "source", "period", "basis", "value"]
REFUSED = 1  # exit code of an import that refused a row


def not_yet(case, why):
    """Marks the test of a case's right result that does not hold yet: it fails until it does, and then
    the mark must go. `tests/run cases` prints why."""
    def mark(test):
        marked = unittest.expectedFailure(test)
        marked.not_yet = (case, why)
        return marked
    return mark


def observation(period, value, measure="robbery", area="Colchester"):
    return [measure, area, "Essex Police", period, "in-period", value]


def csv_text(*rows):
    """Rows of cells that need no quotation marks, as CSV."""
    return "".join(",".join(map(str, row)) + "\n" for row in rows)


class Files(unittest.TestCase):
    """No two tests of a module write figures or incidents of the same period."""

    daemon = None  # of the module
    numbers = itertools.count(1)

    def write(self, content, name=None):
        """A new file of this text or these bytes."""
        path = self.daemon.folder / (name or f"file-{next(self.numbers)}.csv")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def import_file(self, path, *arguments, code=0, agency=AGENCY):
        """What the import says, standard error included."""
        got, out, err = self.daemon.run(*agency, "import", path, *arguments)
        self.assertEqual(got, code, out + err)
        return out + err

    def send_text(self, content, *arguments, code=0, agency=AGENCY):
        return self.import_file(self.write(content), *arguments, code=code, agency=agency)

    def figure(self, period, measure="robbery", area="Colchester", column="figure"):
        rows = self.daemon.report("figures", measure=measure, area=area, within=period).rows()
        self.assertEqual(len(rows), 1, rows)
        return rows[0][column]

    def no_figure(self, period, measure="robbery", area="Colchester"):
        self.assertEqual(self.daemon.report("figures", measure=measure, area=area,
                                            within=period).rows(), [])

    def incidents(self, month, column="total", area="colchester"):
        rows = self.daemon.report("incident-months", area=area, **{"from": month, "to": month}).rows()
        self.assertEqual(len(rows), 1, rows)
        return rows[0][column]


def setUpModule():  # pylint: disable=invalid-name
    """For every module that imports it."""
    Files.daemon = unittest.enterModuleContext(Daemon())
    Files.daemon.ok("import", SAMPLE)
