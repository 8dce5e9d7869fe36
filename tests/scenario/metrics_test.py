"""What Prometheus sees of a ledger in use, held against its own rules by promtool."""
import shutil
import subprocess
import unittest
import urllib.request

from daybook_support import ROOT, SAMPLE, Daemon

MONITORING = ROOT / "deploy/monitoring"


def scrape(daemon):
    with urllib.request.urlopen(f"http://{daemon.metrics}/metrics", timeout=10) as answer:
        return answer.read().decode()


def samples(text):
    """Name with labels -> value."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


@unittest.skipUnless(shutil.which("promtool"), "promtool is not installed")
class Promtool(unittest.TestCase):
    def check(self, *arguments, text=None):
        done = subprocess.run(["promtool", *map(str, arguments)], input=text, text=True,
                              capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(done.stderr, "")

    def test_the_metrics_keep_prometheus_conventions(self):
        with Daemon(metrics=True) as daemon:
            daemon.run("import", SAMPLE / "organisations.csv")
            daemon.run("import", SAMPLE / "no-such-file.csv")
            self.check("check", "metrics", text=scrape(daemon))

    def test_the_alerts_and_the_configuration_are_valid(self):
        self.check("check", "rules", MONITORING / "alerts.yml")
        self.check("check", "config", MONITORING / "prometheus.yml")


class Metrics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon(metrics=True)
        cls.daemon.start()
        cls.addClassCleanup(cls.daemon.__exit__)
        cls.before = samples(scrape(cls.daemon))
        cls.outcome = cls.daemon.run("import", SAMPLE / "organisations.csv")
        code, head, _ = cls.daemon.run("log", "--format", "jsonl")
        assert code == 0
        cls.events = len(head.splitlines())
        cls.after = samples(scrape(cls.daemon))

    def test_an_empty_ledger_is_healthy_and_has_no_events(self):
        self.assertEqual(self.before["daybook_store_healthy"], 1)
        self.assertEqual(self.before["daybook_log_events"], 0)
        self.assertEqual(self.before["daybook_append_requests_total"], 0)

    def test_events_and_positions_are_those_of_the_log(self):
        self.assertGreater(self.events, 0)
        self.assertEqual(self.after["daybook_log_events"], self.events)
        self.assertEqual(self.after["daybook_append_events_total"], self.events)

    def test_groups_hold_all_requests_and_were_timed(self):
        self.assertEqual(self.after["daybook_append_group_requests_sum"],
                         self.after["daybook_append_requests_total"])
        self.assertGreater(self.after["daybook_journal_write_seconds_count"], 0)
        self.assertGreater(self.after["daybook_journal_write_seconds_sum"], 0)
        self.assertEqual(self.after['daybook_journal_write_seconds_bucket{le="+Inf"}'],
                         self.after["daybook_journal_write_seconds_count"])

    def test_every_view_has_its_lag(self):
        views = [name for name in self.after if name.startswith("daybook_view_lag_events{")]
        self.assertGreaterEqual(len(views), 4)

    def test_a_refusal_is_counted_by_its_reason(self):
        code, _, error = self.daemon.run("report", "plan-performance", "--plan", "no-such-plan")
        self.assertEqual(code, 1, error)
        errors = {n: v for n, v in samples(scrape(self.daemon)).items()
                  if n.startswith("daybook_errors_total")}
        self.assertGreaterEqual(sum(errors.values()), 1, errors)

    def test_the_last_backup_is_there_once_there_was_one(self):
        self.assertNotIn("daybook_last_backup_timestamp_seconds", self.before)
        code, _, error = self.daemon.run("backup", self.daemon.folder / "backup")
        self.assertEqual(code, 0, error)
        self.assertGreater(samples(scrape(self.daemon))["daybook_last_backup_timestamp_seconds"],
                           1.7e9)

    def test_an_open_subscription_is_counted(self):
        follower = self.daemon.spawn("log", "--follow", "--format", "jsonl")
        try:
            follower.stdout.readline()  # it reads, so it is open
            self.assertEqual(samples(scrape(self.daemon))["daybook_subscriptions"], 1)
        finally:
            follower.kill()
            follower.communicate()

    def test_any_other_path_is_not_found(self):
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"http://{self.daemon.metrics}/", timeout=10)
        self.assertEqual(refused.exception.code, 404)
        refused.exception.close()


if __name__ == "__main__":
    unittest.main()
