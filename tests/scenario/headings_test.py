"""Headings as offices write them: what is another word for a column is read and named, what is none is named."""
import unittest

from file_support import REFUSED, Files, csv_text, setUpModule  # pylint: disable=unused-import

CRIMES = ["Crime No.", "Date reported", "Offence", "Police force", "Borough", "LSOA"]


def crime(number, month="2014-05-07", district="Colchester"):
    return [f"42/{number}/14", month, "Robbery", "Essex Police", district, "E01021657"]


class Headings(Files):
    def test_words_for_the_columns_of_incidents_are_read_and_named(self):
        said = self.send_text(csv_text(CRIMES, crime(1), crime(2)))
        for heading, column in (("Crime No.", "source_key"), ("Date reported", "month"), ("Offence", "type"),
                                ("Police force", "force"), ("Borough", "district"), ("LSOA", "lsoa_code")):
            self.assertIn(f'"{heading}" is read as "{column}"', said)
        self.assertEqual(self.incidents("2014-05"), "2")

    def test_other_words_for_them_likewise(self):
        header = ["Incident ref", "Incident date", "Crime category", "Recording force", "District/Borough", "Disposal"]
        self.send_text(csv_text(header, ["r-1", "2014-06-01", "Burglary", "Essex Police", "Colchester",
                                         "Under investigation"]))
        self.assertEqual(self.incidents("2014-06"), "1")

    def test_words_for_the_columns_of_referrals(self):
        header = ["Reference number", "Service", "Date of referral", "Local authority", "Client ref", "Gender",
                  "Age group", "Source of referral"]
        said = self.send_text(csv_text(header, ["NC-41", "next-chapter", "07/05/2014", "Colchester", "c-1", "F",
                                                "25 to 34", "Police"]), agency=("--agency", "next-chapter"))
        self.assertIn("1 rows read, 1 new", said)
        self.assertIn('"Gender" is read as "sex"', said)

    def test_the_name_of_a_column_goes_before_another_word_for_it(self):
        said = self.send_text(csv_text(["source_key", "month", "type", "force", "district", "Borough"],
                                       ["o-1", "2014-07", "Robbery", "Essex Police", "Colchester", "Tendring"]))
        self.assertIn('column "Borough" is none of dataset incidents: not stored', said)
        self.assertEqual(self.incidents("2014-07"), "1")

    def test_two_words_for_one_column_are_refused(self):
        said = self.send_text(csv_text(["Crime number", "Date reported", "Date occurred", "Offence", "Force"],
                                       ["t-1", "2014-08-01", "2014-07-01", "Robbery", "Essex Police"]), code=REFUSED)
        self.assertIn('column "month" stands twice', said)
        self.assertIn('"Date reported" is read as "month", "Date occurred" is read as "month"', said)

    def test_a_missing_column_is_named_with_the_heading_that_may_be_meant(self):
        said = self.send_text(csv_text(["source_key", "month", "type", "Forse", "district"],
                                       ["m-1", "2014-08", "Robbery", "Essex Police", "Colchester"]), code=REFUSED)
        self.assertIn('the nearest is incidents, which wants "force" (is "Forse" meant for it?) as well', said)

    def test_a_heading_that_is_read_as_none_is_named_with_the_column_that_may_be_meant(self):
        said = self.send_text(csv_text(["source_key", "month", "type", "force", "distrikt", "Officer"],
                                       ["n-1", "2014-09", "Robbery", "Essex Police", "Colchester", "x"]))
        self.assertIn('column "distrikt" is none of dataset incidents: not stored; if it is "district", call it so',
                      said)
        self.assertIn('column "Officer" is none of dataset incidents: not stored\n', said)


if __name__ == "__main__":
    unittest.main()
