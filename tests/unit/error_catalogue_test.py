"""Every reason that the code gives stands in the catalogue, types.v1.Reason."""
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "proto/daybook/types/v1/errors.proto"
# Words of the same form that are no reasons: names of environment variables.
OTHER = re.compile(r"DAYBOOK_[A-Z]+")


def catalogue():
    return set(re.findall(r"REASON_([A-Z_]+) = [1-9]\d*;", CATALOGUE.read_text()))


def given():
    """{reason: a file that gives it}."""
    reasons = {}
    for room in ("eventstore", "projections", "services", "proto/values"):
        for path in sorted((ROOT / room).rglob("*.[ch]*")):
            for word in re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', path.read_text(encoding="utf-8")):
                if not OTHER.fullmatch(word):
                    reasons.setdefault(word, path.relative_to(ROOT))
    return reasons


class ErrorCatalogue(unittest.TestCase):
    def test_every_reason_of_the_code_is_in_the_catalogue(self):
        known = catalogue()
        self.assertGreater(len(known), 30)
        missing = {word: str(path) for word, path in given().items() if word not in known}
        self.assertEqual(missing, {})

    def test_the_search_finds_reasons(self):
        self.assertIn("UNKNOWN_ORGANISATION", given())


if __name__ == "__main__":
    sys.exit(unittest.main())
