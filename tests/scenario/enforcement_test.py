"""Orders, the ladder of an injunction and what was enforced, as the reports of 2014 and 2024 print it."""
import unittest

from daybook_support import SAMPLE, Daemon

# Report of 2014: warnings under the injunction, month by month.
WARNINGS = {"2014-01": 38, "2014-02": 12, "2014-03": 20, "2014-04": 3}
# Report of March 2024, section 6.
TASKS = {"a-frame": 4, "begging": 15, "tent-removal": 3, "illegal-trading": 1, "drinking": 4,
         "riding-on-footpath": 3, "general": 1}
PENALTIES = {"litter": 7, "begging": 2, "fly-tipping": 7, "drinking": 2}


def breaches():
    """One breach a warning, by 40 people in turn: (person, breach, day)."""
    number = 0
    for month, count in WARNINGS.items():
        for i in range(count):
            yield f"p{number % 40:02}", f"b{number:03}", f"{month}-{i % 28 + 1:02}"
            number += 1


class Enforcement(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon()
        cls.addClassCleanup(cls.daemon.__exit__, None, None, None)
        cls.daemon.start()
        cls.daemon.ok("import", SAMPLE)
        cls.write("breaches", "order_id,person,breach_id,occurred,prohibition,organisation",
                  [f"colchester-s222,{person},{breach},{day},begging,Essex Police"
                   for person, breach, day in breaches()])
        cls.write("breach-steps", "order_id,person,breach_id,step,taken,organisation",
                  [f"colchester-s222,{person},{breach},warned,{day},Essex Police"
                   for person, breach, day in breaches()])
        cls.write("tasks", "task_id,partnership,kind,raised",
                  [f"t-{kind}-{i},colchester,{kind},2023-10-{i + 1:02}"
                   for kind, count in TASKS.items() for i in range(count)])
        cls.write("task-ends", "task_id,actioned",
                  [f"t-{kind}-{i},2023-11-01" for kind, count in TASKS.items() for i in range(count)])
        cls.write("penalties", "penalty_id,partnership,offence,issued",
                  [f"n-{offence}-{i},colchester,{offence},2023-12-0{i + 1}"
                   for offence, count in PENALTIES.items() for i in range(count)])

    @classmethod
    def write(cls, dataset, header, rows):
        path = cls.daemon.folder / f"{dataset}.csv"
        path.write_text("\n".join([header, *rows]) + "\n")
        cls.daemon.ok("import", path)

    def test_warnings_by_month_are_those_of_the_report(self):
        ladder = self.daemon.report("injunction-ladder", order="colchester-s222")
        months = {row["month"]: int(row["warned"]) for row in ladder.rows("months")
                  if row["warned"] != "0"}
        self.assertEqual(months, {**WARNINGS, "Total": 73})
        returned = self.daemon.report("figures", measure="s222-warnings").rows()
        self.assertEqual(sum(int(row["figure"]) for row in returned), 73)

    def test_a_second_breach_without_a_referral_is_open_until_there_is_one(self):
        def open_for(breach):
            ladder = self.daemon.report("injunction-ladder", order="colchester-s222")
            return [row["exception"] for row in ladder.rows("exceptions")
                    if row["breach"] == breach]
        # The second breaches of p00 and p01.
        self.assertEqual(open_for("b040"), ["not referred to support, due from breach 2 on"])
        self.write("breach-steps",
                   "order_id,person,breach_id,step,taken,organisation",
                   ["colchester-s222,p00,b040,referred,2014-05-01,Open Road"])
        self.assertEqual(open_for("b040"), [])
        self.assertEqual(open_for("b041"), ["not referred to support, due from breach 2 on"])

    def test_who_it_was_stands_nowhere_in_clear(self):
        self.assertNotRegex(self.daemon.ok("log", "--format", "jsonl"), r"\bp0\d\b")
        persons = {row["person"] for row in self.daemon.report(
            "injunction-ladder", order="colchester-s222").rows("exceptions")}
        self.assertTrue(all(len(person) == 8 for person in persons), persons)
        path = self.daemon.folder / "personal.csv"
        path.write_text("order_id,person,breach_id,occurred,prohibition,organisation\n"
                        "colchester-s222,smith-jane-1987,b998,2014-05-01,begging,Essex Police\n")
        code, _, findings = self.daemon.run("import", path)
        self.assertEqual(code, 1)
        self.assertIn("person: refused INVALID_FIELD: looks like a name", findings)
        self.assertNotIn("smith", findings)

    def test_the_order_stands_in_the_register_with_its_breaches(self):
        order = self.daemon.report("orders", csp="colchester").row(order="colchester-s222")
        self.assertEqual((order["made"], order["breaches"], order["state"]),
                         ("2013-11-29", "73", "in force"))
        self.assertEqual(order["prohibitions"], "begging, open alcohol container")

    def test_tasks_and_penalties_since_september_are_those_of_the_report(self):
        since = self.daemon.report("enforcement-since", csp="colchester", since="2023-09-01",
                                   today="2024-03-18")
        tasks = {row["kind"].replace(" ", "-"): int(row["raised"]) for row in since.rows("tasks")}
        self.assertEqual(tasks, {**TASKS, "Total": 31})
        penalties = {row["offence"].replace(" ", "-"): int(row["issued"])
                     for row in since.rows("penalties")}
        self.assertEqual(penalties, {**PENALTIES, "Total": 18})
        for measure, total in (("pspo-tasks", "31"), ("pspo-penalties", "18")):
            rows = self.daemon.report("breakdown", measure=measure, area="Colchester").rows()
            self.assertEqual(rows[-1]["total"], total)

    def test_a_name_in_place_of_a_reference_is_refused_and_not_repeated(self):
        path = self.daemon.folder / "named.csv"
        path.write_text("order_id,person,breach_id,occurred,prohibition,organisation\n"
                        "colchester-s222,Some Body,b999,2014-05-01,begging,Essex Police\n")
        code, _, findings = self.daemon.run("import", path)
        self.assertEqual(code, 1)
        self.assertIn("person", findings)
        self.assertNotIn("Some Body", findings)

    def test_headings_go_on_from_one_plan_to_the_next(self):
        rows = {(row["year"], row["number"]): row for row in
                self.daemon.report("priority-lineage", csp="colchester").rows()}
        self.assertEqual(len(rows), 19)
        self.assertEqual(rows["2018-19", "4"]["from"], "2017-18: 3 High-harm repeat ASB")
        self.assertEqual(rows["2017-18", "2"]["state"], "plan before not held, dropped")
        self.assertIn("2024-25: 4", rows["2023-24", "2"]["to"])


if __name__ == "__main__":
    unittest.main()
