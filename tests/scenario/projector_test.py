"""A projector beside the ledger: the same answers, from views of its own."""
import json
import shutil
import signal
import subprocess
import time
import unittest

from daybook_support import BIN, SAMPLE, START_SECONDS, Daemon, Report

PLAN = dict(plan="castle-point-rochford-2017-18", period="2017-18 Q1")


class Projector:
    """A daybook-projector of a daemon. Ends only what it started."""

    def __init__(self, daemon, feed=True):
        self.daemon = daemon
        self.feed = daemon.feed if feed else "off"
        self.data = daemon.folder / "projector"
        self.address = ""
        self.process = None

    def forget_address(self):
        (self.daemon.folder / "projector-address").unlink(missing_ok=True)

    def start(self):
        self.forget_address()
        with open(self.daemon.folder / "projector.log", "ab") as log:
            self.process = subprocess.Popen(
                [BIN / "daybook-projector", "--ledger", self.daemon.address, "--feed",
                 self.feed, "--data", self.data, "--listen", "127.0.0.1:0", "--address-file",
                 self.daemon.folder / "projector-address"], stdout=log, stderr=log)
        self.wait_for_address()

    def wait_for_address(self):
        address_file = self.daemon.folder / "projector-address"
        deadline = time.monotonic() + START_SECONDS
        while not address_file.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError("daybook-projector did not start: " + self.log())
            time.sleep(0.01)  # the bound of a start, not an order between events
        self.address = address_file.read_text().strip()

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        assert self.process.wait(timeout=60) == 0, self.log()

    def kill9(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def log(self):
        return (self.daemon.folder / "projector.log").read_text(errors="replace")

    def run(self, *arguments):
        return subprocess.run([BIN / "daybook", "--server", self.address, *map(str, arguments)],
                              env=self.daemon.environment(), capture_output=True, text=True,
                              timeout=120, check=False)

    def report(self, name, **parameters):
        arguments = ["report", name, "--format", "json"]
        for key, value in parameters.items():
            arguments += ["--" + key.replace("_", "-"), value]
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return Report(json.loads(done.stdout))


class TheProjector(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon(feed=True)
        self.addCleanup(self.daemon.__exit__, None, None, None)
        self.daemon.start()
        self.projector = Projector(self.daemon)
        self.addCleanup(self.projector.stop)

    def head(self):
        return len(self.daemon.events())

    def expect_same(self, name, **parameters):
        wanted = self.daemon.report(name, **parameters).answer
        given = self.projector.report(name, min_position=str(self.head() - 1), **parameters).answer
        self.assertEqual(given, wanted, name)

    def test_every_report_of_the_pack_is_the_same_as_the_ledgers(self):
        self.daemon.ok("import", SAMPLE)
        self.projector.start()
        self.expect_same("plan-performance", **PLAN)  # with the texts, which only the ledger opens
        self.expect_same("incident-trend", area="Colchester", period="2023-24")
        self.expect_same("published-figures")
        self.expect_same("plan-performance", as_recorded_at=str(self.head() - 200), **PLAN)
        self.expect_same("submissions", as_known_on="2024-04-01")

    def test_it_follows_while_the_ledger_takes_more(self):
        self.projector.start()
        self.daemon.ok("import", SAMPLE)
        self.expect_same("plan-performance", **PLAN)

    def test_without_the_feed_it_follows_too(self):
        self.projector = Projector(self.daemon, feed=False)
        self.addCleanup(self.projector.stop)
        self.projector.start()
        self.daemon.ok("import", SAMPLE)
        self.expect_same("plan-performance", **PLAN)

    def test_killed_it_goes_on_from_where_its_views_were_stored(self):
        self.daemon.ok("import", SAMPLE)
        self.projector.start()
        self.expect_same("plan-performance", **PLAN)
        self.projector.kill9()
        self.projector.start()
        self.expect_same("plan-performance", **PLAN)

    def test_it_answers_while_the_ledger_is_away_and_goes_on_when_it_is_back(self):
        self.daemon.ok("import", SAMPLE)
        self.projector.start()
        self.expect_same("incident-trend", area="Colchester", period="2023-24")
        wanted = self.daemon.report("incident-trend", area="Colchester", period="2023-24").answer
        self.daemon.stop()
        given = self.projector.report("incident-trend", area="Colchester", period="2023-24").answer
        self.assertEqual(given, wanted)
        plan = self.projector.report("plan-performance", **PLAN)
        self.assertIn("[x] this text could not be opened.", plan.notes)
        done = self.projector.run("release", "published-figures", "--audience", "partnership",
                                  "--in-document", "paper", "--on", "2024-03-18")
        self.assertNotEqual(done.returncode, 0, "only the ledger records")
        self.daemon.start(listen=self.daemon.address, feed=self.daemon.feed)
        self.daemon.ok("import", "--dataset", "organisations", self.later_file())
        self.expect_same("plan-performance", **PLAN)

    def test_a_restored_ledger_is_another_log_and_the_views_are_made_anew(self):
        self.daemon.ok("import", SAMPLE)
        self.daemon.ok("backup", self.daemon.folder / "backups")
        self.daemon.ok("import", "--dataset", "organisations", self.later_file())
        self.projector.start()
        self.expect_same("plan-performance", **PLAN)
        restored = self.daemon.folder / "restored"
        self.daemon.ok("restore", self.daemon.folder / "backups", "--into", restored, "--keys",
                       self.daemon.data / "keys")
        before = self.head()
        self.daemon.stop()
        self.daemon.data = restored
        self.projector.forget_address()
        self.daemon.start(listen=self.daemon.address, feed=self.daemon.feed)
        self.assertLess(self.head(), before)
        self.projector.wait_for_address()
        self.assertIn("the views are made anew", self.projector.log())
        self.expect_same("plan-performance", **PLAN)

    def later_file(self):
        path = self.daemon.folder / "later.csv"
        path.write_text("organisation_id,name,kind\nlater-charity,Later Charity,voluntary\n")
        return path

    def test_the_views_that_it_made_beside_can_take_the_place_of_the_ledgers(self):
        """An upgrade whose views have to be made anew, without a moment in which they are not there."""
        self.daemon.ok("import", SAMPLE)
        self.projector.start()
        self.expect_same("plan-performance", **PLAN)
        wanted = self.daemon.report("plan-performance", **PLAN).answer
        self.projector.stop()
        self.daemon.stop()
        shutil.rmtree(self.daemon.data / "views")
        shutil.move(self.projector.data / "views", self.daemon.data / "views")
        (self.daemon.folder / "daybookd.log").unlink()
        self.daemon.start()
        self.assertEqual(self.daemon.report("plan-performance", **PLAN).answer, wanted)
        self.assertIn(f"the stored views are loaded, at {self.head()} events", self.daemon.log())

    def test_a_release_is_recorded_by_the_ledger(self):
        self.daemon.ok("import", SAMPLE)
        self.projector.start()
        done = self.projector.run("release", "published-figures", "--audience", "partnership",
                                  "--in-document", "paper", "--on", "2024-03-18")
        self.assertEqual(done.returncode, 0, done.stderr)
        rows = self.daemon.report("released-reports").rows()
        self.assertEqual([row["document"] for row in rows], ["paper"])

    def test_its_views_show_how_they_stand_and_it_takes_no_files(self):
        self.projector.start()
        self.assertIn("activities", self.projector.run("views").stdout)
        done = self.projector.run("import", self.later_file())
        self.assertNotEqual(done.returncode, 0)

    def test_its_views_are_made_anew_beside_those_that_answer(self):
        self.daemon.ok("import", SAMPLE)
        self.projector.start()
        self.expect_same("plan-performance", **PLAN)
        done = self.projector.run("views", "rebuild")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("generation 2 answers; every row is the same as before", done.stdout)
        self.expect_same("plan-performance", **PLAN)

    def test_a_ledger_that_is_not_there_is_named(self):
        done = subprocess.run([BIN / "daybook-projector", "--ledger", "127.0.0.1:1", "--feed", "off",
                               "--wait", "0", "--data", self.projector.data],
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("LEDGER_UNREACHABLE", done.stderr)
        self.assertIn("--ledger", done.stderr)


if __name__ == "__main__":
    unittest.main()
