"""Every mutex of the tree says what it guards, so that clang's thread-safety analysis can hold the
code against it (-Wthread-safety; g++ ignores the annotations)."""
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

# A member or a global, not a parameter: `absl::Mutex name …;`
DECLARATION = re.compile(r"^[ \t]*(?:(?:mutable|static|extern)[ \t]+)?absl::Mutex[ \t]+(\w+)[^;()]*"
                         r"(?:\([^;]*\))?;.*$", re.MULTILINE)
GUARDS = re.compile(r"//[ \t]*guards: \S")
# What the analysis does not know.
STANDARD = re.compile(r"\bstd::(?:(?:recursive_|timed_|recursive_timed_|shared_|shared_timed_)?mutex"
                      r"|condition_variable(?:_any)?)\b")
UNCHECKED = re.compile(r"\bABSL_NO_THREAD_SAFETY_ANALYSIS\b")

# file -> why it cannot use absl::Mutex
STANDARD_ALLOWED = {
    "tests/support/tsan_absl_mutex.cc": "is absl::Mutex, for the thread sanitizer",
}


def sources():
    """Yields (name, text, text of the header that a .cc file implements)."""
    for top in ("proto", "eventstore", "projections", "services", "tests"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix in (".h", ".cc"):
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def line_before(text, start):
    return text[:start].rstrip("\n").rsplit("\n", 1)[-1]


def without_guarded(text):
    """Names of mutexes in `text` that guard nothing and do not say what else they are for."""
    names = []
    for match in DECLARATION.finditer(text):
        name = match[1]
        guarded = re.search(rf"\bABSL_(?:PT_)?GUARDED_BY\((?:\w+(?:->|\.))?{name}\)", text)
        said = GUARDS.search(match[0]) or (
            line_before(text, match.start()).lstrip().startswith("//")
            and GUARDS.search(line_before(text, match.start())))
        if not guarded and not said:
            names.append(name)
    return names


class ThreadAnnotations(unittest.TestCase):
    def test_every_mutex_guards_a_member_or_says_what_it_is_for(self):
        wrong = [f"{name}: {mutex}: annotate what it guards with ABSL_GUARDED_BY, or say it in a "
                 f"comment `// guards: ...`"
                 for name, text in sources() for mutex in without_guarded(text)]
        self.assertEqual(wrong, [])

    def test_locks_that_the_analysis_does_not_know_are_few(self):
        wrong = [f"{name}: {match[0]}: use absl::Mutex"
                 for name, text in sources() if name not in STANDARD_ALLOWED
                 for match in STANDARD.finditer(text)]
        self.assertEqual(wrong, [])
        unneeded = [name for name in STANDARD_ALLOWED
                    if not STANDARD.search((ROOT / name).read_text(encoding="utf-8"))]
        self.assertEqual(unneeded, [], "need no exception any more")

    def test_a_function_that_is_not_analysed_says_why(self):
        wrong = [f"{name}: no comment above ABSL_NO_THREAD_SAFETY_ANALYSIS"
                 for name, text in sources() for match in UNCHECKED.finditer(text)
                 if "//" not in line_before(text, text.rfind("\n", 0, match.start()) + 1)]
        self.assertEqual(wrong, [])

    def test_planted_violations_are_found(self):
        self.assertEqual(without_guarded("  mutable absl::Mutex mutex_;  // held for moments\n"
                                         "  int count_ = 0;\n"), ["mutex_"])
        self.assertEqual(without_guarded("  absl::Mutex a_;\n"
                                         "  int count_ ABSL_GUARDED_BY(other.a_) = 0;\n"
                                         "  // guards: a call, one at a time\n"
                                         "  absl::Mutex b_ ABSL_ACQUIRED_BEFORE(a_);\n"
                                         "  absl::Mutex c_;  // guards: another\n"
                                         "absl::Mutex d(absl::kConstInit);\n"), ["d"])
        self.assertTrue(STANDARD.search("std::unique_lock<std::shared_mutex> lock"))


if __name__ == "__main__":
    sys.exit(unittest.main())
