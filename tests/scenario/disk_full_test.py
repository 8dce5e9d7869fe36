"""A real disk runs full under an import, and has room again: nothing is acknowledged that is not kept,
reads go on, and the same import ends by itself. On a small tmpfs of its own; needs root."""
import os
import subprocess
import time
import unittest

import police_fixture
from daybook_support import SAMPLE, Daemon

ROWS = 250_000
DISK_MIB = 400


class SmallDisk:
    """A mounted tmpfs; skips the test where none can be mounted."""

    def __init__(self, path):
        self.path = path
        self.filler = path / "filler"

    def __enter__(self):
        self.path.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs",
                               str(self.path)], capture_output=True, check=False)
        if done.returncode != 0:
            raise unittest.SkipTest("no tmpfs can be mounted here")
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", str(self.path)], check=True)

    def fill(self, leave_mib):
        free = os.statvfs(self.path)
        size = free.f_bavail * free.f_frsize - leave_mib * 2**20
        subprocess.run(["fallocate", "-l", str(size), str(self.filler)], check=True)

    def make_room(self):
        self.filler.unlink()


def recorded(daemon):
    return len(daemon.ok("log", "--format", "jsonl", "--type",
                         "incidents.IncidentRecorded").splitlines())


@unittest.skipUnless(os.geteuid() == 0, "only root can mount a small disk")
class DiskFull(unittest.TestCase):
    def test_an_import_into_a_full_disk_goes_on_when_there_is_room_and_keeps_every_row_once(self):
        rows = police_fixture.make_rows(7, ROWS)
        for row in rows:
            row[6] = "On or near " + "Long Lane " * 17
        daemon = Daemon()
        with SmallDisk(daemon.folder / "disk") as disk, daemon:
            daemon.stop()
            daemon.data = disk.path / "data"
            daemon.start()
            file = daemon.folder / "2018-10-essex-street.csv"
            police_fixture.write(file, rows)
            daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
            disk.fill(leave_mib=4)
            importer = daemon.spawn("import", file)
            self.addCleanup(importer.kill)
            self.wait_until(lambda: "takes no writes" in daemon.log(), 400,
                            lambda: importer.poll() is None or self.fail(
                                daemon.log() + "".join(importer.communicate())))
            code, status, _ = daemon.run("status")
            self.assertEqual(code, 1, status)
            self.assertIn("disk", status.lower())
            before = recorded(daemon)  # reads go on
            self.assertLess(before, ROWS)
            disk.make_room()
            began = time.monotonic()
            self.wait_until(lambda: daemon.run("status")[0] == 0, 10, lambda: True)
            print(f"took writes again after {time.monotonic() - began:.1f} s")
            out, error = importer.communicate(timeout=400)
            self.assertEqual(importer.returncode, 0, out + error)
            self.assertEqual(recorded(daemon), ROWS)
            daemon.stop()
            self.assertEqual(daemon.run("fsck", daemon.data)[0], 0)
            daemon.start()

    def wait_until(self, done, seconds, possible):
        deadline = time.monotonic() + seconds
        while not done():
            self.assertTrue(possible(), "it ended before")
            self.assertLess(time.monotonic(), deadline, "it does not happen")
            time.sleep(0.05)


if __name__ == "__main__":
    unittest.main()
