"""The reports against a recomputation that has read the log and nothing else."""
import datetime
import os
import unittest

import random_set
from daybook_support import SAMPLE, Daemon
from ledger import Ledger, Period, day, month_period
from recompute_plans import Plan
from recompute_trends import incident_months, incident_trend, referral_months, referral_trend

TODAY = "2026-01-01"
SEED = int(os.environ.get("DAYBOOK_SEED", "4"))


def rolling(month):
    end = month_period(month).end
    start = end.replace(year=end.year - 1) + datetime.timedelta(days=1)
    return Period({"kind": "KIND_ROLLING_12", "start_date": start.replace(day=1).isoformat(),
                   "end_date": end.isoformat()})


class Recomputation(unittest.TestCase):
    """Imports once a class; `files` says what."""

    @classmethod
    def start(cls):
        cls.daemon = Daemon()
        cls.addClassCleanup(cls.daemon.__exit__, None, None, None)
        cls.daemon.start()
        cls.daemon.ok("import", SAMPLE)

    def same(self, told, computed, what):
        self.assertEqual(sorted(told), sorted(computed), what)
        for key, cells in computed.items():
            for column, value in cells.items():
                self.assertEqual(told[key][column], value, f"{what}, {key}, {column}")

    def check_incident_trend(self, events, area, month, known_on=None):
        ledger = Ledger(events, day(known_on) if known_on else None)
        current = rolling(month)
        previous = rolling(f"{int(month[:4]) - 1}{month[4:]}")
        asked = {"as_known_on": known_on} if known_on else {}
        report = self.daemon.report("incident-trend", area=area, period=f"12m to {month}", **asked)
        told = {(r["measure"], r["origin"], r["source"], r["extract"]): {
            **r, "printed": len([p for p in r["published"].split("; ") if p])}
                for r in report.rows()}
        self.same(told, incident_trend(ledger, area, current, previous),
                  f"incident-trend {area} {month} {known_on}")
        return len(told)

    def check_referral_trend(self, events, known_on=None):
        ledger = Ledger(events, day(known_on) if known_on else None)
        asked = {"as_known_on": known_on} if known_on else {}
        rows = self.daemon.report("referral-trend", **asked).rows()
        told = {tuple(r[c] for c in ("service", "series", "area", "source", "extract", "basis",
                                     "period")): r
                for r in rows if not r["series"].startswith("Referrals recorded")}
        self.same(told, referral_trend(ledger), f"referral-trend {known_on}")
        recorded = {(r["service"], r["area"], r["period"]): int(r["value"]) for r in rows
                    if r["series"] == "Referrals recorded, by month"}
        computed = {(key[0],) + key[2:]: count for key, count in referral_months(ledger).items()}
        self.assertEqual(recorded, computed)
        return len(told)

    def check_plan(self, events, plan, label, period, known_on=None):
        computed = Plan(Ledger(events), plan, period, day(TODAY))
        report = self.daemon.report("plan-performance", plan=plan, period=label, today=TODAY)
        actions, targets = computed.rows()
        told = {r["action_id"]: r for r in report.rows("plan-performance")}
        self.same(told, actions, f"plan-performance {plan} {label}")
        told = {(r["action_id"], r["target_id"]): r for r in report.tables["plan-targets"]}
        self.same(told, targets, f"plan-targets {plan} {label}")
        silent = self.daemon.report("plan-silence", plan=plan, period=label, today=TODAY).rows()
        self.assertEqual(sorted(tuple(r[c] for c in ("update_due_from", "update", "left_to",
                                                     "action_id", "reported_elsewhere"))
                                for r in silent), computed.silence())
        return len(actions)


def quarter(year, number):
    start = datetime.date(year + (number == 4), (4, 7, 10, 1)[number - 1], 1)
    end = (start + datetime.timedelta(days=100)).replace(day=1) - datetime.timedelta(days=1)
    return Period({"kind": "KIND_QUARTER", "start_date": start.isoformat(),
                   "end_date": end.isoformat()})


def plan_year(year):
    return Period({"kind": "KIND_PLAN_YEAR", "start_date": f"{year}-04-01",
                   "end_date": f"{year + 1}-03-31"})


class OfTheSample(Recomputation):
    @classmethod
    def setUpClass(cls):
        cls.start()
        cls.events = cls.daemon.events()

    def test_incident_trends_are_what_the_log_gives(self):
        self.assertEqual(self.check_incident_trend(self.events, "colchester", "2024-01"), 19)
        for year in range(2019, 2024):
            self.check_incident_trend(self.events, "colchester", f"{year}-01")

    def test_so_are_those_as_known_on_a_day(self):
        self.assertEqual(
            self.check_incident_trend(self.events, "colchester", "2024-01", "2024-01-01"), 0)
        self.assertEqual(
            self.check_incident_trend(self.events, "colchester", "2024-01", "2024-03-18"), 19)
        for known_on in ("2014-05-31", "2014-06-30", "2018-09-11", "2024-03-17", "2024-03-18"):
            self.check_referral_trend(self.events, known_on)

    def test_referral_trends_are_what_the_log_gives(self):
        self.assertEqual(self.check_referral_trend(self.events), 21)

    def test_plans_are_what_the_log_gives(self):
        for number in (1, 2, 3, 4):
            self.assertEqual(self.check_plan(self.events, "castle-point-rochford-2017-18",
                                             f"2017-18 Q{number}", quarter(2017, number)), 49)
        self.check_plan(self.events, "castle-point-rochford-2017-18", "2017-18", plan_year(2017))
        self.assertEqual(self.check_plan(self.events, "colchester-2013-14", "2013-14",
                                         plan_year(2013)), 12)


class OfARandomSet(Recomputation):
    @classmethod
    def setUpClass(cls):
        print(f"DAYBOOK_SEED={SEED}")
        cls.start()
        for path in random_set.write(cls.daemon.folder / "random", SEED):
            cls.daemon.ok("import", path)
        cls.events = cls.daemon.events()

    def test_trends_are_what_the_log_gives(self):
        for month in ("2022-03", "2022-08", "2022-09", "2022-12"):
            for area in ("colchester", "tendring"):
                self.check_incident_trend(self.events, area, month)
        self.check_incident_trend(self.events, "colchester", "2022-12", "2022-06-30")
        self.check_referral_trend(self.events)
        self.check_referral_trend(self.events, "2022-02-28")

    def test_months_of_incidents_are_what_the_log_gives(self):
        for area in ("colchester", "tendring", "rochford"):
            rows = self.daemon.report("incident-months", area=area).rows()
            computed = incident_months(Ledger(self.events), area)
            self.assertEqual({row["month"] for row in rows}, set(computed))
            for row in rows:
                for kind, count in computed[row["month"]].items():
                    self.assertEqual(row[kind], str(count), (area, row["month"], kind))

    def test_the_plan_is_what_the_log_gives(self):
        for number in (1, 2, 3, 4):
            self.check_plan(self.events, "random", f"2022-23 Q{number}", quarter(2022, number))
        self.check_plan(self.events, "random", "2022-23", plan_year(2022))

    def test_all_of_it_still_holds_after_a_restart(self):
        self.daemon.restart()
        self.check_incident_trend(self.events, "colchester", "2022-12")
        self.check_plan(self.events, "random", "2022-23 Q3", quarter(2022, 3))


if __name__ == "__main__":
    unittest.main()
