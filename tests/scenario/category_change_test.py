"""A period within which a crime category became another one has no figure: [b], in every report alike."""
import unittest

from file_support import Files, csv_text, setUpModule  # pylint: disable=unused-import

HEADER = ["source_key", "month", "type", "force", "district"]
MONTHS = [f"{year}-{month:02d}" for year in (2012, 2013, 2014) for month in range(1, 13)][5:29]  # to 2014-05


class CategoryChanges(Files):
    def test_trend_and_years_beside_each_other_mark_it_alike(self):
        rows = [[f"v-{month}-{kind[0]}", month, kind, "Essex Police", "Colchester"]
                for month in MONTHS for kind in ("violent crime", "Robbery")]
        self.send_text(csv_text(HEADER, *rows))
        trend = self.daemon.report("incident-trend", area="colchester", period="12m to 2014-05")
        violence = trend.row(measure="violent-crime", source="Essex Police", origin="records")
        self.assertEqual((violence["previous"], violence["current"], violence["change"]), ("[b]", "12", "[b]"))
        robbery = trend.row(measure="robbery", source="Essex Police", origin="records")
        self.assertEqual((robbery["previous"], robbery["current"]), ("12", "12"))
        years = self.daemon.report("multi-year", area="colchester", period="12m to 2014-05")
        row = years.row(measure="", label=violence["label"], source="Essex Police")
        self.assertEqual([row["12m to 2013-05"], row["12m to 2014-05"]], ["[b]", "12"])
        self.assertEqual(row["12m to 2012-05"], "[x]", "its months are not held")

    def test_a_period_whose_months_are_missing_is_not_marked_so(self):
        rows = [[f"w-{month}", month, "Burglary", "Essex Police", "Colchester"] for month in ("2016-01", "2016-02")]
        self.send_text(csv_text(HEADER, *rows))
        row = self.daemon.report("incident-trend", area="colchester", period="12m to 2016-12").row(
            measure="burglary", origin="records", source="Essex Police")
        self.assertEqual((row["previous"], row["current"]), ("[x]", "[x]"))


if __name__ == "__main__":
    unittest.main()
