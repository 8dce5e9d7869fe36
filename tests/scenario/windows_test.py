"""Extracts whose window moves on, as police systems send them: a month that the window left is kept
and named; within the window what is missing is voided, and asked about by the month."""
import unittest

from file_support import REFUSED, Files, csv_text, setUpModule

HEADER = ["source_key", "month", "type", "force", "district"]


def month(number):
    """The months from January 2017 on."""
    return f"{2017 + number // 12}-{number % 12 + 1:02d}"


class Windows(Files):
    def extract(self, what, first, months, rows=10, keyed=True, without=()):
        """Rows of `months` months from the first; `without`: (month, row) that the file lacks."""
        return csv_text(HEADER, *[
            [f"{what}-{number}-{row}" if keyed else "", month(number),
             "Robbery" if keyed else "Anti-social behaviour", "Essex Police", "Colchester"]
            for number in range(first, first + months) for row in range(rows)
            if (number, row) not in without])

    def send(self, what, *window, arguments=(), code=0, **options):
        path = self.daemon.folder / f"{what}.csv"
        path.write_text(self.extract(what, *window, **options))
        return self.import_file(path, *arguments, code=code)

    def totals(self, first, last, keyed=True):
        rows = self.daemon.report("incident-months", area="colchester",
                                  **{"from": month(first), "to": month(last)}).rows()
        return [row.get("robbery" if keyed else "anti-social-behaviour", "") for row in rows]

    def test_what_the_window_left_is_kept_whatever_its_length(self):
        for first, length, keyed in ((0, 72, True), (0, 13, False), (20, 3, False)):
            with self.subTest(length=length, keyed=keyed):
                what = f"window-{length}-{keyed}"
                apart = ("--scope", what.lower())  # from the other windows of this ledger
                self.send(what, first, length, keyed=keyed, arguments=apart)
                said = self.send(what, first + 1, length, keyed=keyed, arguments=apart)
                self.assertIn(f"{length * 10} rows read, 10 new, {(length - 1) * 10} there already", said)
                self.assertIn(f"no row of {month(first)} was taken from this file; its 10 rows are kept", said)
                self.assertIn("0 voided", said)
                self.assertEqual(self.totals(first, first + length, keyed), ["10"] * (length + 1))

    def test_within_the_window_what_is_missing_is_held_by_the_month(self):
        self.send("by-month", 80, 3)
        said = self.send("by-month", 80, 3, without={(81, 4)}, code=REFUSED)
        self.assertIn("held", said)
        self.assertIn(f"{month(81)}   1 of 10 rows", said)
        self.assertEqual(self.totals(80, 82), ["10", "10", "10"])
        said = self.send("by-month", 80, 3, without={(81, 4)}, arguments=["--confirm-voids", "1"])
        self.assertIn("1 voided", said)
        self.assertEqual(self.totals(80, 82), ["10", "9", "10"])

    def test_a_month_without_rows_is_covered_when_the_sender_says_so(self):
        self.send("emptied", 84, 2, rows=2)
        self.send("emptied", 84, 1, rows=2)
        self.assertEqual(self.totals(84, 85), ["2", "2"])
        self.send("emptied", 84, 1, rows=2,
                  arguments=["--covers", f"{month(84)}..{month(85)}", "--confirm-voids", "2"])
        self.assertEqual(self.totals(84, 84), ["2"])
        self.assertNotIn("2", self.totals(85, 85))

    def test_coverage_that_is_none_is_refused(self):
        for covers in ("2024", "2024-05..2024-01", "soon..2024-01"):
            with self.subTest(covers):
                self.send("wrong-cover", 86, 1, arguments=["--covers", covers], code=REFUSED)
        said = self.send("wrong-cover", 86, 1, arguments=["--covers", month(86), "--kind", "additions"],
                         code=REFUSED)
        self.assertIn("is of whole files only", said)


if __name__ == "__main__":
    unittest.main()
