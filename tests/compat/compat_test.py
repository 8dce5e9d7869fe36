"""Every kept ledger, and one that was made just now, opens in the built programs, is upgraded and
checked, comes back from its backup and prints what it printed. A directory of another format is
refused at every start and stays as it is. Formats that are refused here are made up."""
import json
import pathlib
import tempfile
import unittest

import compat_support as compat
from compat_support import Started, bytes_in, check, fsck, program

PROGRAMS = ("daybookd", "daybook", "daybook-projector")
REFUSED = 1
WOULD_UPGRADE = 4


class WithCopies(unittest.TestCase):
    """Each test unpacks copies of its own."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="daybook-compat-")
        self.addCleanup(temporary.cleanup)
        self.work = pathlib.Path(temporary.name)
        self.version, self.format = compat.version()


class Kept(WithCopies):
    def copies(self):
        """(expected, golden tables, list of reports, folder with a copy) of each ledger."""
        for folder in [*compat.kept(), compat.made()]:
            expected = json.loads((folder / "expected.json").read_text())
            golden = {path.name: path.read_text(encoding="utf-8")
                      for path in sorted((folder / "reports").glob("*.csv"))}
            self.assertGreater(len(golden), 5)
            copy = self.work / folder.name
            compat.unpack(folder, copy)
            with self.subTest(version=expected["version"], folder=folder.name):
                yield expected, golden, folder / "reports.toml", copy

    def expect_as_kept(self, data, expected, golden, listed):
        """Prints the same reports and passes fsck with the same root."""
        with Started(data) as daemon:
            printed = compat.print_reports(daemon, listed, self.work / "printed")
            self.assertEqual(compat.differences(golden, printed), [])
            daemon.stop()
        self.assertEqual(fsck(data), (expected["events"], expected["root"]))

    def test_opens_is_upgraded_and_prints_the_same_reports(self):
        for expected, golden, listed, copy in self.copies():
            data = copy / "data"
            before = check(data, "--backup", copy / "backups")
            same = expected["format"] == self.format
            self.assertEqual(before.returncode, 0 if same else WOULD_UPGRADE, before.stderr)
            self.expect_as_kept(data, expected, golden, listed)
            self.assertEqual(check(data).returncode, 0, "after a start it has this format")

    def test_comes_back_from_its_backup_with_its_keys(self):
        for expected, golden, listed, copy in self.copies():
            restored = self.work / "restored" / copy.name
            done = program("daybook", "restore", copy / "backups", "--into", restored, "--keys",
                           copy / "keys")
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.expect_as_kept(restored, expected, golden, listed)

    def test_golden_tables_hold_an_opened_text(self):
        for _, golden, _, _ in self.copies():
            self.assertTrue(any("one stop DA project" in text for text in golden.values()),
                            "else the keys would not be tried")

    def test_a_changed_cell_and_a_lost_row_are_differences(self):
        golden = {"a.csv": "x,y\n1,2\n3,4\n"}
        self.assertEqual(compat.differences(golden, {"a.csv": "y,new,x\n2,,1\n4,,3\n"}), [])
        self.assertEqual(compat.differences(golden, {"a.csv": "x,y\n1,2\n3,5\n"}), ["a.csv"])
        self.assertEqual(compat.differences(golden, {"a.csv": "x,y\n1,2\n"}), ["a.csv"])
        self.assertEqual(compat.differences(golden, {}), ["a.csv"])


class OtherFormats(WithCopies):
    """Made-up formats in the IDENTITY of a ledger that is whole."""

    def setUp(self):
        super().setUp()
        self.data = compat.unpack(compat.made(), self.work / "copy")
        self.number = int(self.format.split("-")[0])

    def start(self):
        """A start that must end by itself, twice; what it said."""
        said = set()
        for _ in range(2):
            done = program("daybookd", "--data", self.data, "--listen", "127.0.0.1:0", "--feed",
                           "off", "--metrics", "off", "--log-level", "error")
            self.assertEqual(done.returncode, REFUSED, done.stderr)
            said.add(done.stderr)
        self.assertEqual(len(said), 1, "the second start says the same")
        return said.pop()

    def expect_refused(self, text, message, remedy):
        compat.set_format(self.data, text)
        before = bytes_in(self.data)
        said = self.start()
        told = check(self.data)
        self.assertEqual(told.returncode, REFUSED, told.stdout)
        self.assertEqual(told.stderr, said, "the check says what the start says")
        checked = program("daybook", "fsck", self.data)
        self.assertEqual((checked.returncode, checked.stderr), (REFUSED, said))
        for words in (message, f"format {text}, this one reads {self.format}",
                      "reason  DIRECTORY_UNUSABLE", "do      ", remedy):
            self.assertIn(words, said)
        refusal = json.loads(check(self.data, "--json").stdout)["ledger"]
        self.assertEqual((refusal["format"], refusal["start"]), (text, "refuse"))
        self.assertIn(remedy, refusal["refusal"]["remedy"])
        after = bytes_in(self.data)
        after["log/LOCK"] = before["log/LOCK"] = None  # the only file that a refused start may make
        self.assertEqual(after, before)

    def test_a_newer_one_is_refused_at_every_start(self):
        self.expect_refused(str(self.number + 1), "was written by a newer version",
                            "the version of Daybook that wrote the directory, or a newer one")

    def test_a_text_that_no_version_wrote_yet_is_newer(self):
        self.expect_refused("2040.spring", "was written by a newer version", "or a newer one")

    def test_a_draft_is_refused_at_every_start(self):
        self.expect_refused(f"{self.number}-draft.77", "was written by a version under development",
                            "read only by the program that wrote it")

    def test_an_older_one_without_steps_is_refused_at_every_start(self):
        self.expect_refused("0", "was written by an older version", "send the files again")

    def test_a_flipped_bit_is_damage_and_no_other_format(self):
        path = self.data / "log/IDENTITY"
        content = bytearray(path.read_bytes())
        content[content.index(b"format: ") + 8] ^= 2
        path.write_bytes(content)
        self.assertIn("reason  LOG_DAMAGED", self.start())
        told = check(self.data)
        self.assertEqual(told.returncode, REFUSED)
        self.assertIn("reason  LOG_DAMAGED", told.stderr)

    def test_opens_again_when_the_format_is_its_own(self):
        compat.set_format(self.data, str(self.number + 1))
        self.start()
        compat.set_format(self.data, self.format)
        with Started(self.data) as daemon:
            daemon.ok("status")


class Check(WithCopies):
    """What `daybook upgrade --check` says of a ledger that a start opens."""

    def setUp(self):
        super().setUp()
        self.folder = self.work / "copy"
        self.data = compat.unpack(compat.made(), self.folder)

    def test_names_what_a_start_does_and_changes_nothing(self):
        before = bytes_in(self.folder)
        told = check(self.data, "--backup", self.folder / "backups")
        self.assertEqual(told.returncode, 0, told.stderr)
        for words in (f"version {self.version}, reads and writes ledger format {self.format}",
                      f"format {self.format}, this version reads it as it is", "views     stamp ",
                      "keys      a start opens the master key", "staging   emptied by every start",
                      f"format {self.format}: "):
            self.assertIn(words, told.stdout)
        answer = json.loads(check(self.data, "--json", "--backup", self.folder / "backups").stdout)
        self.assertEqual(answer["program"], {"version": self.version, "format": self.format})
        self.assertEqual(answer["ledger"]["start"], "open")
        self.assertEqual(answer["ledger"]["steps"], [])
        self.assertEqual(answer["views"]["start"], "open")
        self.assertEqual(answer["keys"], {"start": "open"})
        expected = json.loads((compat.made() / "expected.json").read_text())
        self.assertEqual([(one["format"], one["restore"], one["events"], one["log_id"])
                          for one in answer["backups"]],
                         [(self.format, "open", expected["events"], answer["ledger"]["log_id"])])
        self.assertEqual(bytes_in(self.folder), before)

    def test_works_beside_a_running_daemon(self):
        with Started(self.data) as daemon:
            told = check(self.data)
            self.assertEqual(told.returncode, 0, told.stdout + told.stderr)
            self.assertIn("views     stamp ", told.stdout)
            daemon.ok("status")
            daemon.stop()
        self.assertEqual(fsck(self.data)[0], json.loads(
            (compat.made() / "expected.json").read_text())["events"])

    def test_names_lost_views_and_keys(self):
        for path in (self.data / "views").iterdir():
            path.rename(self.work / path.name)
        (self.data / "keys/master.key").rename(self.work / "master.key")
        told = check(self.data)
        self.assertEqual(told.returncode, REFUSED)
        self.assertIn("views     none, a start builds them", told.stdout)
        self.assertIn("keys      a start refuses them", told.stdout)
        self.assertIn("reason  PART_DAMAGED", told.stderr)

    def test_a_directory_without_a_ledger_is_named(self):
        told = check(self.work)
        self.assertEqual(told.returncode, REFUSED)
        self.assertIn("holds no ledger", told.stderr)

    def test_wants_to_be_told_that_it_only_checks(self):
        self.assertEqual(program("daybook", "upgrade", self.data).returncode, 2)
        self.assertEqual(program("daybook", "upgrade", "--check").returncode, 2)


class Versions(unittest.TestCase):
    def test_every_program_says_its_version_and_its_format(self):
        for name in PROGRAMS:
            if not (compat.BIN / name).exists():
                continue  # deploy/quickstart builds only two of them
            done = program(name, "--version")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertRegex(done.stdout, rf"^{name} \d+\.\d+\.\d+ \(ledger format \S+\)\n$")

    def test_the_daemon_says_them_at_its_start_and_in_its_status(self):
        version, ledger_format = compat.version()
        with tempfile.TemporaryDirectory(prefix="daybook-compat-") as folder:
            with Started(pathlib.Path(folder) / "data") as daemon:
                self.assertIn(f"daybookd {version} (ledger format {ledger_format})", daemon.log())
                self.assertIn(f"version {version}, ledger format {ledger_format}",
                              daemon.ok("status"))


if __name__ == "__main__":
    unittest.main()
