"""The table of skipped tests in tests/README.md is that of the tests: every file that may skip one, and how
many it may skip."""
import ast
import pathlib
import re
import sys
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[1]
ROW = re.compile(r"^\| `([^`]+)` \| (\d+) \| .+ \|$", re.MULTILINE)


def is_skip(node):
    """Whether a decorator skips, or a statement within a test does."""
    return any(re.search("skip", name.lower()) for name in
               [each.id if isinstance(each, ast.Name) else each.attr for each in ast.walk(node)
                if isinstance(each, (ast.Name, ast.Attribute))])


def tests_of(body):
    return [node for node in body if isinstance(node, ast.FunctionDef) and
            node.name.startswith("test")]


def skipped_in_python(text):
    """Tests under a decorator that skips, or that call skipTest; a skip elsewhere in a class that skips as a
    whole is of the same tests."""
    count = 0
    for group in ast.parse(text).body:
        if not isinstance(group, ast.ClassDef):
            continue
        tests = tests_of(group.body)
        if any(map(is_skip, group.decorator_list)):
            count += len(tests)
        else:
            count += sum(is_skip(test) for test in tests)
    return count


def skipped_in_cpp(text):
    return text.count("GTEST_SKIP()")


def found():
    """{file: tests that it may skip}."""
    counts = {}
    for path in sorted(TESTS.rglob("*")):
        if path.suffix not in (".py", ".cc", ".h") or path == pathlib.Path(__file__).resolve():
            continue
        text = path.read_text(encoding="utf-8")
        count = skipped_in_python(text) if path.suffix == ".py" else skipped_in_cpp(text)
        if count or re.search(r"SkipTest|skipTest", text):
            counts[str(path.relative_to(TESTS))] = count
    return counts


class SkipList(unittest.TestCase):
    def test_the_readme_names_every_file_that_skips_and_how_many_tests(self):
        text = (TESTS / "README.md").read_text(encoding="utf-8")
        listed = {name: int(count) for name, count in ROW.findall(text)}
        self.assertEqual(listed, found())

    def test_the_readme_says_how_many_lack_the_files_of_others(self):
        text = (TESTS / "README.md").read_text(encoding="utf-8")
        without = sum(int(count) for count in re.findall(
            r"^\| `[^`]+` \| (\d+) \| .*(?:shared|DAYBOOK_POLICE_DATA).*\|$", text, re.MULTILINE))
        self.assertIn(f"skips {without} of these tests", text)

    def test_the_search_sees_decorators_classes_and_calls(self):
        self.assertEqual(skipped_in_python(
            "@unittest.skipUnless(0, '')\nclass A:\n  def test_a(self): pass\n  def test_b(self): pass\n"
            "class B:\n  @unittest.skip('')\n  def test_c(self): pass\n  def test_d(self): pass\n"
            "  def test_e(self):\n    self.skipTest('')\n"), 4)


if __name__ == "__main__":
    sys.exit(unittest.main())
