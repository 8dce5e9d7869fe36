"""Both ways out of the log, as a person uses them: a subscription, and the feed with its bodies."""
import json
import unittest

from daybook_support import SAMPLE, Daemon


def positions(process, wanted):
    """The positions of the first `wanted` events that a command prints."""
    return [int(json.loads(process.stdout.readline())["position"]) for _ in range(wanted)]


class Followers(unittest.TestCase):
    def test_log_follow_prints_every_event_once_and_in_order(self):
        with Daemon(feed=True) as daemon:
            follower = daemon.spawn("log", "--follow", "--format", "jsonl")
            daemon.ok("import", SAMPLE)
            events = len(daemon.events())
            self.assertEqual(positions(follower, events), list(range(events)))
            daemon.ok("import", "--scope", "once-more", SAMPLE / "organisations.csv")
            self.assertEqual(positions(follower, 1), [events])
            follower.kill()
            follower.communicate()

    def test_the_feed_prints_every_event_after_its_start_once_and_in_order(self):
        with Daemon(feed=True) as daemon:
            daemon.ok("import", SAMPLE / "organisations.csv")
            before = len(daemon.events())
            listener = daemon.spawn("feed", "--format", "jsonl")
            ready = listener.stderr.readline()
            self.assertIn("listening", ready.lower(), ready)
            daemon.ok("import", SAMPLE)
            after = len(daemon.events())
            self.assertEqual(positions(listener, after - before), list(range(before, after)))
            listener.kill()
            listener.communicate()


if __name__ == "__main__":
    unittest.main()
