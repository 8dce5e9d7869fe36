"""The index of cases against the tests, both ways: every case has a test and three neighbours, every test that
it names exists, and every test that is marked as not holding yet is named by its case."""
import ast
import pathlib
import re
import sys
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.dont_write_bytecode = True
sys.path.insert(0, str(TESTS / "cases"))
from index import CASES  # noqa: E402  pylint: disable=wrong-import-position

# As they were filed; 28 and 29 are none.
NUMBERS = [f"{number:02d}" for number in (*range(1, 28), *range(30, 44))]
NEIGHBOURS_LEAST = 3


def scenarios():
    """{"module.Class.test": the numbers of the cases of which it says that it does not hold yet}."""
    found = {}
    for path in sorted((TESTS / "scenario").glob("*_test.py")):
        for group in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(group, ast.ClassDef):
                continue
            for test in group.body:
                if isinstance(test, ast.FunctionDef) and test.name.startswith("test"):
                    found[f"{path.stem}.{group.name}.{test.name}"] = [
                        mark.args[0].value for mark in test.decorator_list
                        if isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "not_yet"]
    return found


def compiled():
    """"program:Suite.Test" of all compiled tests; parametrised ones are not among them."""
    found = set()
    for listing in sorted(TESTS.rglob("CMakeLists.txt")):
        for program, body in re.findall(r"daybook_test\((\w+)(.*?)\n\s*DEPS", listing.read_text(encoding="utf-8"),
                                        re.DOTALL):
            for source in re.findall(r"[\w/]+\.cc", body):
                text = (listing.parent / source).read_text(encoding="utf-8")
                found |= {f"{program}:{suite}.{test}"
                          for suite, test in re.findall(r"^TEST(?:_F)?\((\w+),\s*(\w+)\)", text, re.MULTILINE)}
    return found


class CaseIndex(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scenarios, cls.compiled = scenarios(), compiled()
        cls.named = {test: case.number for case in CASES for test in case.tests()}

    def test_every_case_stands_in_it_once(self):
        self.assertEqual([case.number for case in CASES], NUMBERS)

    def test_every_case_has_its_test_and_three_neighbours(self):
        for case in CASES:
            with self.subTest(case.number):
                self.assertTrue(case.title)
                if case.later or case.not_yet:
                    continue
                self.assertTrue(case.right)
                self.assertGreaterEqual(len(case.neighbours), NEIGHBOURS_LEAST)
                self.assertFalse(set(case.right) & set(case.neighbours.values()), "no test is its own neighbour")

    def test_every_test_that_is_named_exists(self):
        for test, number in self.named.items():
            with self.subTest(case=number):
                self.assertIn(test, self.compiled if ":" in test else self.scenarios)

    def test_every_test_that_does_not_hold_yet_is_named_by_its_case(self):
        for test, numbers in self.scenarios.items():
            for number in numbers:
                with self.subTest(test):
                    self.assertIn(test, next(case for case in CASES if case.number == number).tests())
        for test in self.compiled:
            if ".DISABLED_" in test:
                self.assertIn(test, self.named)


if __name__ == "__main__":
    unittest.main()
