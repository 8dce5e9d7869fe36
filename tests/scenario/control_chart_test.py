"""Control charts of incidents through the service, against limits and signals computed elsewhere."""
import json
import unittest
from fractions import Fraction

import police_fixture
from daybook_support import POLICE_DATA, SAMPLE, Daemon

REAL = POLICE_DATA / "xmr-golden.json"
POLICE = ["--agency", "essex-police"]
SIGNALS = {"astronomical": ("above the limit", "below the limit"),
           "shift": ("run above the mean", "run below the mean"),
           "trend": ("run in one direction",), "two_in_three": ("two of three near the limit",)}
RUN = 7  # points of a shift or a trend
# Made up. Together they have every signal, runs of exactly seven points and of six, and a jump where the
# screen for wide ranges changes the limits; the test checks that.
MADE = {"jump": [30, 31, 29, 90, 30, 32, 31, 30, 29, 31, 30, 31],
        "shift": [20, 22, 19, 21, 30, 31, 29, 32, 30, 31, 33, 20, 22, 19, 21, 20, 19],
        "trend": [10, 14, 12, 13, 15, 16, 18, 19, 21, 20, 18, 17, 15, 14, 16]}


def mean(values):
    return sum(values, Fraction()) / len(values)


def runs(signs):
    """(first, end) of each run of one sign other than 0."""
    first = 0
    for end in range(1, len(signs) + 1):
        if end == len(signs) or signs[end] != signs[first]:
            if signs[first]:
                yield first, end
            first = end


def sign(number):
    return (number > 0) - (number < 0)


def chart_of(values, screened):
    """Limits and signals of a series by the rules of NHS England's "Making data count"."""
    ranges = [abs(Fraction(b - a)) for a, b in zip(values, values[1:])]
    amr = mean(ranges)
    if screened:
        amr = mean([each for each in ranges if each == 0 or each < amr * Fraction("3.267")])
    centre, reach = mean(values), amr * Fraction("2.66")
    sides = [sign(value - centre) for value in values]
    steps = [sign(b - a) for a, b in zip(values, values[1:])]
    outside = {i for i, value in enumerate(values) if abs(value - centre) > reach}
    near = {i for i, value in enumerate(values)
            if abs(value - centre) > reach * Fraction(2, 3)} - outside
    threes = [{i, i + 1, i + 2} for i in range(len(values) - 2)
              if len(set(sides[i:i + 3])) == 1 and len(near & {i, i + 1, i + 2}) >= 2]
    return {"mean": float(centre), "lpl": float(centre - reach), "upl": float(centre + reach),
            "astronomical": sorted(outside),
            "shift": [i for first, end in runs(sides) if end - first >= RUN
                      for i in range(first, end)],
            "trend": [i for first, end in runs(steps) if end - first >= RUN - 1
                      for i in range(first, end + 1)],
            "two_in_three": sorted(near.intersection(set().union(*threes)))}


class ControlChart(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon()
        self.daemon.start()
        self.addCleanup(self.daemon.__exit__)
        self.daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")

    def record(self, kind, months, counts):
        """So many incidents of a kind in each month, at no place: they belong to the force."""
        for month, count in zip(months, counts):
            rows = []
            for number in range(count):
                row = police_fixture.make_rows(number, 1, month)[0]
                row[0] = "" if kind == police_fixture.ASB else f"{month}-{number}"
                row[9], row[10] = kind, "" if kind == police_fixture.ASB else "Under investigation"
                rows.append(row)
            path = self.daemon.folder / f"{month}.csv"
            police_fixture.write(path, rows)
            self.daemon.ok("import", *POLICE, "--scope", month, path)

    def chart(self, kind, **options):
        return self.daemon.report("incident-control-chart", area="essex-police-area", type=kind,
                                  **options)

    def test_a_month_far_outside_is_a_real_change_and_usual_months_are_none(self):
        months = [f"2018-{month:02}" for month in range(1, 13)]
        self.record("Drugs", months, [10, 12, 9, 11, 10, 12, 11, 9, 10, 11, 10, 20])
        chart = self.chart("drugs", wanted="less", target="60")
        self.assertEqual(chart.row(period="2018-12")["signal"], "above the limit")
        self.assertEqual(chart.row(period="2018-03")["signal"], "[z]")
        notes = " ".join(chart.answer["tables"][0]["notes"])
        self.assertIn("Real change: 2018-12: above the limit (concern).", notes)
        usual = self.chart("drugs", to="2018-11")
        notes = " ".join(usual.answer["tables"][0]["notes"])
        self.assertIn("No real change: all are as usual", notes)
        self.assertIn("Trial limits: they rest on 11 of them", notes)
        later = self.chart("drugs", **{"from": "2018-06", "to": "2019-02"})
        self.assertEqual(later.row(period="2019-01")["value"], "[x]")

    def test_what_is_not_there_is_told_and_never_a_row_of_zeros(self):
        self.record("Drugs", ["2018-01"], [3])
        for options, field in (({"type": "drug"}, "parameters[type]"),
                               ({"type": "drugs", "ranges": "some"}, "parameters[ranges]"),
                               ({"type": "drugs", "wanted": "fewer"}, "parameters[wanted]"),
                               ({"type": "drugs", "target": "ten"}, "parameters[target]")):
            pairs = [f"--{name}={value}" for name, value in options.items()]
            code, out, err = self.daemon.run("report", "incident-control-chart",
                                             "--area=essex-police-area", *pairs)
            self.assertEqual(code, 1, out)
            self.assertIn(field.split("[")[1].rstrip("]"), err)
        one = self.chart("drugs")
        self.assertEqual(one.rows()[0]["mean"], "[x]")
        self.assertIn("Too few of them", " ".join(one.answer["tables"][0]["notes"]))

    def test_made_series_have_the_limits_and_signals_computed_here(self):
        charts = {(name, screened): chart_of(values, screened)
                  for name, values in MADE.items() for screened in (True, False)}
        for signal in SIGNALS:
            self.assertTrue(any(chart[signal] for chart in charts.values()), signal)
        self.assertNotEqual(charts["jump", True], charts["jump", False])
        self.assertEqual(charts["shift", True]["shift"], list(range(4, 11)))
        self.assertEqual(charts["trend", True]["trend"], list(range(2, 9)))
        for name, values in MADE.items():
            months = [f"{2022 + i // 12}-{i % 12 + 1:02}" for i in range(len(values))]
            with self.subTest(name), Daemon() as self.daemon:
                self.daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
                self.record("Drugs", months, values)
                for ranges in ("screened", "all"):
                    self.check(self.chart("drugs", ranges=ranges).rows(),
                               {"months": months, "values": values},
                               charts[name, ranges == "screened"])

    @unittest.skipUnless(REAL.exists(), "the real series are not here (DAYBOOK_POLICE_DATA)")
    def test_the_real_series_have_the_limits_and_signals_computed_elsewhere(self):
        golden = json.loads(REAL.read_text())
        kinds = {"asb": (police_fixture.ASB, "anti-social-behaviour"),
                 "crime_excl_asb": ("Drugs", "all-excl-asb"), "shoplifting": ("Shoplifting",
                                                                             "shoplifting")}
        for name, series in golden.items():
            kind, code = kinds[name[:name.rindex("_")]]
            with self.subTest(name), Daemon() as self.daemon:
                self.daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
                self.record(kind, series["months"], series["values"])
                for ranges, variant in (("screened", "screened"), ("all", "unscreened")):
                    self.check(self.chart(code, ranges=ranges).rows(), series, series[variant])

    def check(self, rows, series, expected):
        self.assertEqual([row["period"] for row in rows], series["months"])
        self.assertEqual([int(row["value"]) for row in rows], series["values"])
        for row in rows:
            for key, value in (("mean", expected["mean"]), ("lower", max(0, expected["lpl"])),
                               ("upper", expected["upl"])):
                self.assertAlmostEqual(float(row[key]), value, delta=0.0501)
        for signal, words in SIGNALS.items():
            fired = [i for i, row in enumerate(rows) if any(word in row["signal"]
                                                            for word in words)]
            self.assertEqual(fired, expected[signal], signal)


if __name__ == "__main__":
    unittest.main()
