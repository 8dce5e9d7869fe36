"""Extracts that come in any order: the state, the revision table and the history are the same."""
import csv
import random
import unittest

import police_fixture
from daybook_support import POLICE_DATA, SAMPLE, Daemon
from versions_support import POLICE, SCOPE, Versions, changed

REAL = POLICE_DATA / "outcome-revisions-2024-04.csv"


def made_crimes():
    """Crimes as (key, type, outcome in the first extract, outcome in the second)."""
    draw = random.Random(2024)
    crimes = []
    for _ in range(398):
        outcomes = draw.choices(police_fixture.OUTCOMES, k=2)
        crimes.append((f"{draw.getrandbits(256):064x}", "Drugs", outcomes[0], outcomes[1]))
    return crimes


def real_crimes():
    with open(REAL, newline="", encoding="utf-8") as file:
        return [(row["crime_id"], row["crime_type_street_csv"], row["outcome_street_csv_june2024"],
                 row["outcome_api_2025"]) for row in csv.DictReader(file)]


class Extracts(Versions):
    """April 2024 seen in two extracts, whichever is loaded first."""

    def revisions(self, crimes, first, second):
        fixture = self.fixture(crimes)
        for name in (first, second):
            path, day = fixture[name]
            self.send(path, "--extract-date", day)
        table = self.daemon.report("revisions", scope=SCOPE)
        return ([{key: row[key] for key in row if key != "version"} for row in table.rows()],
                self.types(), self.types(as_known_on="2024-12-01"))

    def fixture(self, crimes):
        """The two extracts: outcomes changed, and two crimes added late."""
        def row(key, kind, outcome):
            return [key, "2024-04", "Essex Police", "Essex Police", "", "", "No Location", "", "",
                    kind, outcome, ""]
        noise = [row("", police_fixture.ASB, "") for _ in range(70)]
        june = [row(key, kind, then) for key, kind, then, _ in crimes] + noise
        late = [row(f"{i:064x}", "Robbery", "Under investigation") for i in range(2)]
        later = [row(key, kind, after) for key, kind, _, after in crimes] + noise + late
        return {"june": (self.write("june.csv", june), "2024-06-05"),
                "2025": (self.write("later.csv", later), "2025-03-05")}

    def test_the_same_state_and_the_same_revision_table_in_both_orders(self):
        crimes = made_crimes()
        self.check_both_orders(crimes, sum(then != later for _, _, then, later in crimes))

    @unittest.skipUnless(REAL.exists(), "the real extracts are not here (DAYBOOK_POLICE_DATA)")
    def test_the_real_extracts_of_april_2024_in_both_orders(self):
        self.check_both_orders(real_crimes(), 255)

    def check_both_orders(self, crimes, outcomes_changed):
        forward = self.revisions(crimes, "june", "2025")
        with Daemon() as other:
            other.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
            self.daemon, mine = other, self.daemon
            try:
                backward = self.revisions(crimes, "2025", "june")
                states = {row["extract"]: row["state"]
                          for row in other.report("submissions", scope=SCOPE).rows()}
            finally:
                self.daemon = mine
        self.assertEqual(states, {"2024-06-05": "history only", "2025-03-05": "stands"})
        self.assertEqual(forward, backward)
        first, second = forward[0]
        self.assertEqual((first["months_since"], first["rows"], first["changed"]),
                         ("2", "468", "[z]"))
        self.assertEqual((second["months_since"], second["rows"], second["added"],
                          second["removed"]), ("11", "470", "2", "0"))
        self.assertEqual(second["changed"], str(outcomes_changed))
        self.assertEqual(second["outcome"], str(outcomes_changed))

    def test_an_extract_between_two_others_takes_its_place_in_the_history(self):
        self.check_extract_between(lambda rows: rows)

    def test_an_extract_between_two_others_says_nothing_of_rows_that_may_be_its_refused_one(self):
        def broken(rows):
            row = next(i for i in range(6, len(rows)) if rows[i][0])
            return changed(rows, row, "Month", "2024-O4")
        self.check_extract_between(broken, code=1)

    def check_extract_between(self, mangle, code=0):
        rows = police_fixture.make_rows(9, 300, "2024-04")
        keyed = [i for i, row in enumerate(rows) if row[0]]
        between = changed(rows, keyed[0], "Last outcome category", "Offender given a caution")
        last = changed(between, keyed[1], "Crime type", "Robbery")[5:]
        between = mangle(between)
        days = {"a": "2024-06-01", "b": "2024-09-01", "c": "2025-01-01"}
        files = {"a": self.write("1.csv", rows), "b": self.write("2.csv", between),
                 "c": self.write("3.csv", last)}
        seen = set()
        for order in ("abc", "acb", "cab", "cba"):
            with Daemon() as daemon:
                daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
                for name in order:
                    got, out, err = daemon.run("import", *POLICE, "--scope", SCOPE,
                                               "--extract-date", days[name], files[name])
                    self.assertEqual(got, code if name == "b" else 0, out + err)
                table = daemon.report("revisions", scope=SCOPE).rows()
                known = [daemon.report("incident-months", area="essex-police-area",
                                       as_known_on=day).answer["tables"][0].get("rows", [])
                         for day in ("2024-05-01", "2024-07-01", "2024-10-01", "2025-02-01")]
                seen.add(str([[{k: v for k, v in row.items() if k != "version"} for row in table],
                              known]))
        self.assertEqual(len(seen), 1, "the order of arrival shows: " + "\n".join(seen))


if __name__ == "__main__":
    unittest.main()
