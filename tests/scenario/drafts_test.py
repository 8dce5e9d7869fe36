"""Draft priorities: as printed before they are agreed, and what became of them."""
import unittest

from daybook_support import SAMPLE, Daemon

PLAN = "colchester-2024-25"


class Drafts(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon()
        self.daemon.start()
        self.addCleanup(self.daemon.__exit__)
        self.daemon.ok("import", SAMPLE)

    def send(self, dataset, text):
        path = self.daemon.folder / f"{dataset}.csv"
        path.write_text(text)
        return self.daemon.run("import", "--dataset", dataset, path)

    def standing(self, **parameters):
        rows = self.daemon.report("priority-lineage", csp="colchester", **parameters).rows()
        return {row["heading"]: row["standing"] for row in rows if row["plan"] == PLAN}

    def test_a_draft_is_agreed_with_other_words_and_one_heading_less(self):
        before = self.standing()
        self.assertEqual(set(before.values()), {"draft"})
        end = int(self.daemon.ok("views").splitlines()[-1].split()[-2])
        self.assertEqual(self.send("plan-adoptions",
                                   f"plan_id,agreed,agreed_by\n{PLAN},2024-04-02,Board\n")[0], 0)
        self.assertEqual(self.send("priority-changes", "plan_id,priority_id,label,retired\n"
                                   f"{PLAN},p4,Safe and inclusive,\n{PLAN},p3,,2024-10-01\n")[0], 0)
        after = self.standing()
        self.assertEqual(after["Safe and inclusive"], "agreed 2024-04-02")
        self.assertEqual(after["Protect the vulnerable"], "taken out 2024-10-01")
        self.assertNotIn("Safe inclusive resilient communities", after)
        self.assertEqual(self.standing(as_recorded_at=str(end - 1)), before)
        changes = self.daemon.report("priority-lineage", csp="colchester",
                                     compare_with=str(end - 1)).rows()
        self.assertIn(("draft", "agreed 2024-04-02"),
                      {(row["before"], row["after"]) for row in changes})

    def test_a_plan_that_is_no_draft_is_not_agreed_again(self):
        code, _, err = self.send("plan-adoptions",
                                 "plan_id,agreed\ncolchester-2023-24,2023-04-02\nnowhere,2023-04-02\n")
        self.assertEqual(code, 1)
        self.assertIn("WRONG_STATE", err)
        self.assertIn("UNKNOWN_PLAN", err)


if __name__ == "__main__":
    unittest.main()
