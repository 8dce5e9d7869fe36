"""`daybook upgrade --check` and the start of daybookd agree on every directory that the check can
judge: what a start refuses, the check refuses with the same reason, and changes nothing."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import compat_support as compat
from compat_support import BIN, Started, bytes_in, check, fsck, program

REFUSED = 1
NOBODY = 65534


def start(data):
    """A start that must end by itself."""
    return program("daybookd", "--data", data, "--listen", "127.0.0.1:0", "--feed", "off",
                   "--metrics", "off", "--log-level", "error")


class WithCopy(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="daybook-compat-")
        self.addCleanup(temporary.cleanup)
        self.work = pathlib.Path(temporary.name)
        self.data = compat.unpack(compat.made(), self.work / "copy")
        self.identity = self.data / "log/IDENTITY"
        self.backups = self.work / "copy/backups"


class Refused(WithCopy):
    def expect(self, reason, remedy, words):
        before = bytes_in(self.data)
        told = check(self.data)
        self.assertEqual(told.returncode, REFUSED, told.stdout + told.stderr)
        self.assertEqual(bytes_in(self.data), before)
        answer = check(self.data, "--json")
        self.assertEqual(answer.returncode, REFUSED)
        problems = json.loads(answer.stdout)["problems"]
        self.assertEqual([problem["reason"] for problem in problems], [reason])
        said = start(self.data)
        self.assertEqual(said.returncode, REFUSED)
        for text in (told.stderr, said.stderr, start(self.data).stderr):
            self.assertIn(f"reason  {reason}", text)
            self.assertIn("do      " + remedy, text)
            self.assertIn(words, text)
        self.assertEqual(check(self.data).returncode, REFUSED, "a start changes nothing of it")

    def test_keys_that_are_lost(self):
        shutil.rmtree(self.data / "keys")
        self.expect("PART_DAMAGED", "Bring the keys back", "there are no keys in")

    def test_a_master_key_that_is_lost(self):
        (self.data / "keys/master.key").unlink()
        self.expect("PART_DAMAGED", "Bring master.key back", "is missing")

    def test_keys_that_are_a_file(self):
        shutil.rmtree(self.data / "keys")
        (self.data / "keys").write_text("")
        self.expect("DIRECTORY_UNUSABLE", "Move it away", "is not a directory")

    def test_views_that_are_a_file(self):
        shutil.rmtree(self.data / "views")
        (self.data / "views").write_text("")
        self.expect("DIRECTORY_UNUSABLE", "Make it readable", "the views")

    def test_an_identity_that_is_lost(self):
        self.identity.unlink()
        self.expect("LOG_DAMAGED", "Do not write", "the file is missing")

    def test_an_identity_that_is_something_else(self):
        def large():
            with self.identity.open("wb") as file:
                file.truncate(3 << 30)

        kinds = {"a directory": self.identity.mkdir, "a pipe": lambda: os.mkfifo(self.identity),
                 "empty": lambda: self.identity.write_text(""), "large": large}
        for kind, make in kinds.items():
            with self.subTest(kind):
                if self.identity.is_file():
                    self.identity.unlink()
                make()
                # Not compared byte by byte: a pipe is not read, three gigabytes take long.
                for ended in (check(self.data), start(self.data),
                              program("daybook", "fsck", self.data)):
                    self.assertEqual(ended.returncode, REFUSED)
                    self.assertRegex(ended.stderr, "IDENTITY: it (is a directory|has [0-9]+ bytes)")
                    self.assertNotIn("an empty log", ended.stdout)
                if self.identity.is_dir():
                    self.identity.rmdir()
                else:
                    self.identity.unlink()

    def test_a_format_that_no_version_writes(self):
        for text in ("", "\x1b[2Jone", "1\r", "1" * 33, "a year"):
            with self.subTest(repr(text)):
                copy = self.work / "again"
                shutil.copytree(self.data, copy)
                compat.set_format(copy, text)
                told = check(copy)
                self.assertEqual(told.returncode, REFUSED)
                self.assertIn("reason  LOG_DAMAGED", told.stderr)
                self.assertNotIn("\x1b", told.stdout + told.stderr)
                said = start(copy)
                self.assertEqual(said.returncode, REFUSED)
                self.assertIn("reason  LOG_DAMAGED", said.stderr)
                shutil.rmtree(copy)


class Opened(WithCopy):
    def test_keys_are_made_for_a_log_without_events(self):
        data = self.work / "new"
        with Started(data) as daemon:
            daemon.stop()
        shutil.rmtree(data / "keys")
        told = check(data)
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertIn("keys      none, and no events: a start makes them", told.stdout)
        with Started(data) as daemon:
            daemon.ok("status")

    def test_a_folder_whose_name_is_not_utf_8(self):
        odd = os.fsdecode(os.fsencode(self.work) + b"/copy-\xff")
        shutil.copytree(self.data, odd)
        answer = subprocess.run([BIN / "daybook", "upgrade", "--check", "--json", odd],
                                capture_output=True, check=False)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertIn("\N{REPLACEMENT CHARACTER}", json.loads(answer.stdout)["ledger"]["directory"])


class NotThere(WithCopy):
    def expect(self, path, words, starts):
        told = check(path)
        self.assertEqual(told.returncode, REFUSED)
        self.assertIn(words, told.stderr)
        self.assertIn("do      ", told.stderr)
        answer = json.loads(check(path, "--json").stdout)
        self.assertEqual(answer["ledger"]["start"], starts)
        fsck_said = program("daybook", "fsck", path)
        self.assertEqual(fsck_said.returncode, REFUSED)
        self.assertIn(words, fsck_said.stderr)

    def test_each_kind_of_wrong_path_is_named(self):
        file = self.work / "file"
        file.write_text("")
        empty = self.work / "empty"
        empty.mkdir()
        self.expect(self.work / "nothing", "it does not exist", "begin")
        self.expect(file, "Not a directory", "refuse")
        self.expect(empty, "it has no file IDENTITY", "begin")
        self.assertEqual(list(empty.iterdir()), [])
        with Started(empty) as daemon:
            daemon.ok("status")

    def test_what_may_not_be_read_is_refused_and_not_said_to_be_absent(self):
        # Root reads everything; the programs are copied to where anybody may run them.
        self.work.chmod(0o755)
        for name in ("daybook", "daybookd"):
            shutil.copy(BIN / name, self.work)
        as_other = {"user": NOBODY, "group": NOBODY} if os.geteuid() == 0 else {}
        if as_other:
            for path in [self.work / "copy", *(self.work / "copy").rglob("*")]:
                os.chown(path, NOBODY, NOBODY)

        def run(name, *arguments):
            return subprocess.run([self.work / name, *map(str, arguments)], capture_output=True,
                                  text=True, timeout=60, check=False, **as_other)

        log, keys, views = self.data / "log", self.data / "keys", self.data / "views"
        for closed in (log, self.identity, log / "journal", log / "store", keys, keys / "master.key",
                       keys / "table", views, views / "1", views / "1/CURRENT"):
            with self.subTest(closed.relative_to(self.data)):
                mode = closed.stat().st_mode
                closed.chmod(0)
                told = run("daybook", "upgrade", "--check", self.data)
                said = run("daybookd", "--data", self.data, "--listen", "127.0.0.1:0", "--feed",
                           "off", "--metrics", "off", "--log-level", "error")
                closed.chmod(mode)
                self.assertEqual(said.returncode, REFUSED)
                self.assertEqual(told.returncode, REFUSED, told.stdout)
                self.assertIn("Permission denied", told.stderr)
                self.assertIn("reason  DIRECTORY_UNUSABLE", told.stderr)
                self.assertIn("do      ", told.stderr)
        self.backups.chmod(0)
        told = run("daybook", "upgrade", "--check", "--backup", self.backups, self.data)
        self.backups.chmod(0o755)
        self.assertEqual(told.returncode, REFUSED, told.stdout)
        self.assertIn("Permission denied", told.stderr)


class Backups(WithCopy):
    def check(self, code):
        told = check(self.data, "--backup", self.backups)
        self.assertEqual(told.returncode, code, told.stdout + told.stderr)
        answer = check(self.data, "--json", "--backup", self.backups)
        self.assertEqual(answer.returncode, code)
        return told, json.loads(answer.stdout)

    def listed(self):
        return program("daybook", "backup", "--list", self.backups)

    def add_backup(self):
        with Started(self.data) as daemon:
            daemon.ok("backup", self.backups)

    def restore(self, *options):
        into = self.work / "restored"
        shutil.rmtree(into, ignore_errors=True)
        return program("daybook", "restore", self.backups, "--into", into, *options)

    def test_a_damaged_one_is_named_and_the_older_one_not_taken_for_it(self):
        self.add_backup()
        (self.backups / "meta/2").write_text("not what was written\n")
        told, answer = self.check(REFUSED)
        self.assertIn("backup    2 cannot be read", told.stdout)
        self.assertIn("reason  LOG_DAMAGED", told.stderr)
        self.assertIn("this version reads it as it is", told.stdout)
        self.assertEqual([(one["id"], one["restore"]) for one in answer["backups"]],
                         [(1, "open"), (2, "refuse")])
        listed = self.listed()
        self.assertEqual(listed.returncode, REFUSED)
        self.assertIn("backup 2 cannot be read", listed.stdout)
        for options in ((), ("--backup", "2")):
            restored = self.restore(*options)
            self.assertEqual(restored.returncode, REFUSED, restored.stdout)
            self.assertIn("backup 2", restored.stderr)
            self.assertIn("reason  LOG_DAMAGED", restored.stderr)
            self.assertIn("--backup N", restored.stderr)
        self.assertEqual(self.restore("--backup", "1").returncode, 0)
        self.assertEqual(fsck(self.work / "restored")[0], answer["backups"][0]["events"])

    def test_a_cut_table_of_it_is_damage(self):
        table = max(self.backups.rglob("*.sst"), key=lambda path: path.stat().st_size)
        table.write_bytes(table.read_bytes()[:-10])
        told, _ = self.check(REFUSED)
        self.assertIn("backup    1 cannot be read", told.stdout)

    def test_a_directory_that_is_missing_empty_or_no_directory_is_said(self):
        shutil.rmtree(self.backups)
        told, answer = self.check(REFUSED)
        self.assertIn("does not exist", told.stderr)
        self.assertEqual(answer["ledger"]["start"], "open")
        self.assertEqual(self.listed().returncode, REFUSED)
        self.backups.mkdir()
        self.assertIn("backup    none in that directory", self.check(0)[0].stdout)
        self.backups.rmdir()
        self.backups.write_text("")
        self.assertIn("Not a directory", self.check(REFUSED)[0].stderr)

    def test_a_directory_that_holds_something_else_is_not_one_without_backups(self):
        self.backups = self.backups.parent
        self.assertIn("holds something else and no backups", self.check(REFUSED)[0].stderr)
        self.assertEqual(self.listed().returncode, REFUSED)

    def test_one_of_another_log_is_marked(self):
        shutil.rmtree(self.backups)
        with Started(self.work / "other") as daemon:
            daemon.ok("backup", self.backups)
        told, answer = self.check(0)
        self.assertIn(", OF ANOTHER LOG", told.stdout)
        self.assertNotEqual(answer["backups"][0]["log_id"], answer["ledger"]["log_id"])


class Output(WithCopy):
    def test_output_that_cannot_be_written_is_an_error(self):
        for arguments in (["upgrade", "--check", self.data], ["fsck", self.data], ["--help"],
                          ["import", "--template", "all"]):
            with open("/dev/full", "wb") as full:
                ended = subprocess.run([BIN / "daybook", *arguments], stdout=full,
                                       stderr=subprocess.PIPE, text=True, check=False)
            self.assertEqual(ended.returncode, REFUSED, arguments)
            self.assertIn("error: the output could not be written", ended.stderr)
