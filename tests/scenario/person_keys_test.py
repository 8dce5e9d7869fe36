"""Keys of persons and cases: what surely says who somebody is is refused, what merely may is asked about."""
import unittest

from file_support import REFUSED, Files, csv_text, setUpModule  # pylint: disable=unused-import

NEXT_CHAPTER = ("--agency", "next-chapter")
HEADER = ["referral_id", "service_id", "received", "area"]


def nhs_numbers(count, first=943_476_000):
    """Numbers of ten digits whose last one checks the others."""
    found, number = [], first
    while len(found) < count:
        digits = [int(digit) for digit in str(number)]
        check = (11 - sum(digit * (10 - i) for i, digit in enumerate(digits)) % 11) % 11
        if check != 10:
            found.append(f"{number}{check}")
        number += 1
    return found


class PersonKeys(Files):
    def send_keys(self, month, keys, *arguments, code=0):
        rows = [[key, "next-chapter", month, "Colchester"] for key in keys]
        return self.send_text(csv_text(HEADER, *rows), "--all-findings", *arguments, code=code,
                              agency=NEXT_CHAPTER)

    def test_a_refused_word_is_taken_as_the_remedy_says(self):
        said = self.send_keys("2015-01", ["SMITH", "KATE", "1987-02-28", "NC-17"], code=REFUSED)
        self.assertIn("rows 1-2 (lines 2-3), referral_id: refused INVALID_FIELD: looks like a name", said)
        self.assertIn("row 3 (line 4), referral_id: refused INVALID_FIELD: looks like a date of birth", said)
        self.assertIn("for example r1-", said)
        said = self.send_keys("2015-02", ["r1-SMITH", "R1-KATE", "r1-1987-02-28", "NC-18"])
        self.assertIn("4 rows read, 4 new", said)

    def test_a_whole_name_or_a_number_written_as_such_is_refused_with_any_prefix(self):
        said = self.send_keys("2015-03", ["SMITH-JANE-1987", "R1-SMITH-JANE", "943-476-5919", "07700900123",
                                          "QQ123456C"], code=REFUSED)
        self.assertIn("5 rows read, 0 new, 0 there already, 5 refused", said)
        self.assertNotIn("r1-", said)

    def test_numbers_of_a_system_are_taken_though_some_have_the_form_of_others(self):
        numbers = [str(1_000_000_000 + 7919 * number) for number in range(200)]
        said = self.send_keys("2015-04", numbers)
        self.assertIn("200 rows read, 200 new", said)

    def test_a_column_of_nhs_numbers_is_asked_about(self):
        said = self.send_keys("2015-05", nhs_numbers(12), code=REFUSED)
        self.assertIn('12 of 12 keys of that length in the column "referral_id" have the form of an NHS number', said)
        self.assertIn("--answer keys:referral_id=", said)
        said = self.send_keys("2015-05", nhs_numbers(12), "--answer", "keys:referral_id=personal", code=REFUSED)
        self.assertIn("12 rows read, 0 new, 0 there already, 12 refused", said)
        said = self.send_keys("2015-05", nhs_numbers(12), "--answer", "keys:referral_id=opaque")
        self.assertIn("12 rows read, 12 new", said)

    def test_a_column_of_days_likewise(self):
        said = self.send_keys("2015-06", ["28021987", "01031990", "NC-99"], code=REFUSED)
        self.assertIn("have the form of a date of birth", said)


if __name__ == "__main__":
    unittest.main()
