"""The catalogue of reasons, types.v1.Reason, holds what the code gives and nothing else, and a test
asserts each one."""
import functools
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "proto/daybook/types/v1/errors.proto"
PRODUCT = ("eventstore", "projections", "services", "proto/values")
# Words of the same form that are not reasons: environment variables, codes of areas, names of files,
# of formats and of algorithms.
# Likewise security markings, and the beginning that reasons have in common.
OTHER = re.compile(r"DAYBOOK_[A-Z]+|E0\d{7}|BTP|CP1252|CURRENT|DBKGROUP|DBKSEGMT|IDENTITY|LOCK|SHA256"
                   r"|OFFICIAL|CONFIDENTIAL|PROTECT|RESTRICTED|SECRET|UNKNOWN_")
WORD = r"[A-Z][A-Z0-9_]{2,}"
CONSTANT = re.compile(rf'constexpr std::string_view (k\w+) = "({WORD})";')
# What is compared with is neither given nor asserted.
COMPARED = re.compile(rf'[!=]=\s*(?:(?:\w+::)*k\w+|"{WORD}")|(?:_NE|assertNot\w+)\([^;\n]*')
COMMENT = re.compile(r"^\s*(?://|#).*$", re.MULTILINE)


def catalogue():
    return set(re.findall(r"^  REASON_([A-Z0-9_]+) = [1-9]\d*;", CATALOGUE.read_text(),
                          re.MULTILINE))


@functools.cache
def sources(*folders):
    """[(path, text without comments and comparisons)] of every C++ and Python file."""
    found = []
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".h", ".cc", ".py") and path != pathlib.Path(__file__).resolve():
                text = COMMENT.sub("", path.read_text(encoding="utf-8"))
                found.append((path.relative_to(ROOT), COMPARED.sub("", text)))
    return found


def constants():
    """{name of a constant: the reason that it names}."""
    return {name: word for _, text in sources(*PRODUCT) for name, word in CONSTANT.findall(text)
            if not OTHER.fullmatch(word)}


def uses(text, names):
    """The reasons that a text names by a constant; absl::StatusCode has some of the same names."""
    for name in re.findall(r"(?<!StatusCode::)\b(k[A-Z]\w*)\b", text):
        if name in names:
            yield names[name]


def given():
    """{reason: a file that gives it}. The definition of a constant gives nothing."""
    names = constants()
    reasons = {}
    for path, text in sources(*PRODUCT):
        text = CONSTANT.sub("", text)
        for word in [*re.findall(rf'"({WORD})"', text), *uses(text, names)]:
            if not OTHER.fullmatch(word):
                reasons.setdefault(word, str(path))
    return reasons


def asserted():
    """Every reason in a string or by its constant in the tests that assert something."""
    names = constants()
    found = set()
    for path, text in sources("tests"):
        if path.parts[1] not in ("bench", "fuzz", "support"):
            found.update(uses(text, names))
            for literal in re.findall(r'"[^"\n]*"', text):
                found.update(re.findall(rf"\b{WORD}\b", literal))
    return found


class ErrorCatalogue(unittest.TestCase):
    def test_every_reason_of_the_code_is_in_the_catalogue(self):
        known = catalogue()
        self.assertEqual({word: path for word, path in given().items() if word not in known}, {})

    def test_every_reason_of_the_catalogue_is_given_by_the_code(self):
        self.assertEqual(sorted(catalogue() - given().keys()), [])

    def test_every_reason_is_asserted_by_a_test(self):
        self.assertEqual(sorted(catalogue() - asserted()), [])

    def test_the_search_finds_reasons_of_every_form(self):
        for word in ("UNKNOWN_ORGANISATION", "PERCENT_OVER_100", "INTERNAL"):
            self.assertIn(word, catalogue())
            self.assertIn(word, given())
            self.assertIn(word, asserted())
        self.assertEqual(constants()["kDiskFull"], "DISK_FULL")
        self.assertEqual(given()["DISK_FULL"].split("/")[0], "eventstore")
        self.assertGreater(len(catalogue()), 50)


if __name__ == "__main__":
    sys.exit(unittest.main())
