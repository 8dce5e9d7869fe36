"""Keys that are not whole, or of another ledger: no start and no restore takes them, and nothing of them is
changed."""
import shutil
import unittest

from daybook_support import SAMPLE, Daemon
from file_support import csv_text

REFERRALS = ["referral_id", "service_id", "received", "area", "status", "subject_ref", "age"]


class Keys(unittest.TestCase):
    def setUp(self):
        self.daemon = self.enterContext(Daemon())
        self.other = self.enterContext(Daemon())
        for daemon in (self.daemon, self.other):
            daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
            self.send(daemon)

    def send(self, daemon, age="34"):
        path = daemon.folder / "referrals.csv"
        path.write_text(csv_text(REFERRALS, ["R-1", "next-chapter", "2024-07", "Colchester", "received", "P-1", age]))
        return daemon.ok("--agency", "next-chapter", "import", path)

    def refused_twice(self):
        for _ in range(2):
            with self.assertRaises(AssertionError):
                self.daemon.start()
        log = (self.daemon.folder / "daybookd.log").read_text()
        self.assertEqual(log.count("PART_DAMAGED"), 2, log)

    def opens_as_before(self):
        self.daemon.start()
        self.assertIn("accepted before", self.send(self.daemon), "known by a digest under its own keys")
        self.assertIn("1 changed", self.send(self.daemon, age="35"))

    def test_of_another_ledger_are_refused_at_every_start(self):
        self.daemon.stop()
        self.other.stop()
        keys = self.daemon.data / "keys"
        keys.rename(self.daemon.folder / "own")
        shutil.copytree(self.other.data / "keys", keys)
        self.refused_twice()
        shutil.rmtree(keys)
        (self.daemon.folder / "own").rename(keys)
        self.opens_as_before()

    def test_without_current_are_refused_at_every_start_and_stay(self):
        self.daemon.stop()
        current = self.daemon.data / "keys" / "table" / "CURRENT"
        content = current.read_bytes()
        current.unlink()
        self.refused_twice()
        current.write_bytes(content)
        self.opens_as_before()

    def test_of_another_ledger_are_refused_by_a_restore_that_leaves_nothing(self):
        backups, restored = self.daemon.folder / "backups", self.daemon.folder / "restored"
        self.daemon.ok("backup", backups)
        code, out, err = self.daemon.run("restore", backups, "--into", restored, "--keys", self.other.data / "keys")
        self.assertNotEqual(code, 0)
        self.assertIn("are those of another log", out + err)
        self.assertFalse(restored.exists())
        self.daemon.ok("restore", backups, "--into", restored, "--keys", self.daemon.data / "keys")


if __name__ == "__main__":
    unittest.main()
