"""A real disk runs full under an import, and has room again: nothing is acknowledged that is not kept,
reads go on, and the same import ends by itself. On a small tmpfs of its own; needs root."""
import os
import subprocess
import time
import unittest

import police_fixture
from daybook_support import SAMPLE, Daemon

ROWS = 300_000


class SmallDisk:
    """A mounted tmpfs; skips the test where none can be mounted."""

    def __init__(self, path, mib=400):
        self.path = path
        self.mib = mib
        self.filler = path / "filler"

    def __enter__(self):
        self.path.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={self.mib}m", "tmpfs",
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


def recorded(daemon, kind="measures.ObservationRecorded"):
    return len(daemon.ok("log", "--format", "jsonl", "--type", kind).splitlines())


def write_observations(path):
    """Rows that are recorded as they come, each a series of its own."""
    with open(path, "w", encoding="utf-8") as out:
        out.write("measure_id,area,source,extract,period,basis,value\n")
        for number in range(ROWS):
            out.write(f"robbery,Colchester,Essex Police,{'long-' * 11}{number:06d},2018-10,in-period,"
                      f"{number}\n")


@unittest.skipUnless(os.geteuid() == 0, "only root can mount a small disk")
class DiskFull(unittest.TestCase):
    def test_an_import_into_a_full_disk_goes_on_when_there_is_room_and_keeps_every_row_once(self):
        daemon = Daemon()
        with SmallDisk(daemon.folder / "disk") as disk, daemon:
            daemon.stop()
            daemon.data = disk.path / "data"
            daemon.start()
            file = daemon.folder / "observations.csv"
            write_observations(file)
            daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv",
                      SAMPLE / "dimensions.csv", SAMPLE / "measures.csv")
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

    def test_a_file_that_waits_to_be_compared_leaves_room_for_what_others_send(self):
        rows = police_fixture.make_rows(7, 2000)
        daemon = Daemon()
        with SmallDisk(daemon.folder / "disk", mib=800) as disk, daemon:
            daemon.stop()
            daemon.data = disk.path / "data"
            daemon.start()
            file = daemon.folder / "2018-10-essex-street.csv"
            police_fixture.write(file, rows)
            daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
            disk.fill(leave_mib=100)
            importer = daemon.spawn("import", file)
            self.addCleanup(importer.kill)
            daemon.ok("import", SAMPLE / "dimensions.csv", SAMPLE / "measures.csv")
            self.assertEqual(daemon.run("status")[0], 0)
            self.assertIsNone(importer.poll(), "it waits for room")
            self.assertEqual(recorded(daemon, "incidents.IncidentRecorded"), 0)
            disk.make_room()
            out, error = importer.communicate(timeout=120)
            self.assertEqual(importer.returncode, 0, out + error)
            self.assertEqual(recorded(daemon, "incidents.IncidentRecorded"), 2000)

    def wait_until(self, done, seconds, possible):
        deadline = time.monotonic() + seconds
        while not done():
            self.assertTrue(possible(), "it ended before")
            self.assertLess(time.monotonic(), deadline, "it does not happen")
            time.sleep(0.05)


if __name__ == "__main__":
    unittest.main()
