"""A month of which a force said that there was nothing is a month with nought, not one that is not held."""
import unittest

from file_support import Files, csv_text, setUpModule  # pylint: disable=unused-import

HEADER = ["source_key", "month", "type", "force", "district"]


class NilReturns(Files):
    def robbery(self, key, month):
        return [key, month, "Robbery", "Essex Police", "Colchester"]

    def months(self, first, last):
        rows = self.daemon.report("incident-months", area="colchester", **{"from": first, "to": last}).rows()
        return {row["month"]: row["total"] for row in rows}

    def test_a_file_without_rows_for_a_month(self):
        self.send_text(csv_text(HEADER, self.robbery("n-1", "2017-01"), self.robbery("n-3", "2017-03")))
        self.assertEqual(self.months("2017-01", "2017-03"), {"2017-01": "1", "2017-02": "[x]", "2017-03": "1"})
        self.send_text(csv_text(HEADER), "--nil", "--covers", "2017-02")
        self.assertEqual(self.months("2017-01", "2017-03"), {"2017-01": "1", "2017-02": "0", "2017-03": "1"})

    def test_a_month_that_a_file_with_rows_covers(self):
        self.send_text(csv_text(HEADER, self.robbery("c-1", "2017-06"), self.robbery("c-3", "2017-08")),
                       "--covers", "2017-06..2017-09")
        self.assertEqual(self.months("2017-05", "2017-09"),
                         {"2017-05": "[x]", "2017-06": "1", "2017-07": "0", "2017-08": "1", "2017-09": "0"})

    def test_another_agency_says_nothing_of_the_force(self):
        self.send_text(csv_text(HEADER, self.robbery("o-1", "2017-11")))
        self.send_text(csv_text(HEADER), "--nil", "--covers", "2017-12", agency=("--agency", "colchester-city-council"))
        rows = self.daemon.report("incident-months", area="colchester",
                                  **{"from": "2017-11", "to": "2017-12"}).rows()
        self.assertNotIn(("Essex Police", "2017-12", "0"), [(row["force"], row["month"], row["total"]) for row in rows])


if __name__ == "__main__":
    unittest.main()
