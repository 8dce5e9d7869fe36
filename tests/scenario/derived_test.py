"""Totals and shares that the reports leave to their readers, made by the service from the returned figures."""
import unittest

from daybook_support import SAMPLE, Daemon

IOM = ["iom-red", "iom-amber", "iom-green", "iom-blue"]
DRINKERS = ["street-drinkers-monday", "street-drinkers-wednesday", "street-drinkers-friday"]
TENANTS = ["service-colchester-borough-homes-da-cases-own-tenants",
           "service-colchester-borough-homes-da-cases-other-tenants"]


class Derived(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon()
        cls.addClassCleanup(cls.daemon.__exit__, None, None, None)
        cls.daemon.start()
        cls.daemon.ok("import", SAMPLE)

    def matrix(self, measures, area="Colchester", **options):
        return self.daemon.report("figure-matrix", measures=",".join(measures), area=area, **options)

    def test_the_cohort_of_each_quarter_is_the_sum_of_its_grades(self):  # C015 to C018
        rows = self.matrix(IOM, within="2013-14").rows()
        self.assertEqual([row["total"] for row in rows], ["121", "129", "130", "124"])
        self.assertEqual({row["basis"] for row in rows}, {"at-date"}, "states are not added up")

    def test_the_net_change_of_each_grade_says_nothing_of_who_moved(self):
        report = self.matrix(IOM, within="2013-14", changes="yes")
        self.assertEqual([[row[measure] for measure in IOM] for row in report.rows("net-change")],
                         [["-1", "+12", "-2", "-1"], ["0", "+2", "0", "-1"],
                          ["+10", "-20", "+6", "-2"]])
        self.assertTrue(any("case records only" in note for note in report.notes))

    def test_contacts_with_street_drinkers_and_the_share_referred(self):  # C020, C021
        rows = self.matrix(DRINKERS, share="street-drinkers-referred").rows()
        self.assertEqual([(row["total"], row["share_of"], row["share"]) for row in rows],
                         [("219", "31", "14.2")])

    def test_warnings_under_the_injunction_by_month_and_in_all(self):  # C022
        rows = self.matrix(["s222-warnings"]).rows()
        self.assertEqual([row["total"] for row in rows], ["38", "12", "20", "3", "73"])
        self.assertEqual(rows[-1]["period"], "All periods")

    def test_tasks_and_fixed_penalties_since_september_2023(self):  # C068, C069
        for measure, counts, total in (("pspo-tasks", [4, 15, 3, 1, 4, 3, 1], 31),
                                       ("pspo-penalties", [7, 2, 7, 2], 18)):
            rows = self.daemon.report("breakdown", measure=measure, area="Colchester").rows()
            self.assertEqual([int(row["total"]) for row in rows], [*counts, total])

    def test_cases_of_both_kinds_of_tenants(self):  # C067
        self.assertEqual([row["total"] for row in self.matrix(TENANTS).rows()], ["34"])

    def test_referrals_of_men_doubled_and_more(self):  # C052
        rows = self.daemon.report("referral-trend", service="next-chapter").rows()
        changes = [row["change_percent"] for row in rows if "men" in row["series"]]
        self.assertIn("+108.1", changes)

    def test_cases_and_children_are_different_things_and_not_added(self):
        report = self.matrix(["marac-cases", "marac-children"], area="essex-county")
        self.assertEqual([row["total"] for row in report.rows()], ["[z]"])
        self.assertTrue(any("different things" in note for note in report.notes))

    def test_an_offence_and_a_flag_on_offences_are_not_added(self):
        report = self.matrix(["violence-with-injury", "domestic-abuse"], within="AY2022-23")
        self.assertEqual([row["total"] for row in report.rows()], ["[z]"])
        self.assertTrue(any("counted by others" in note for note in report.notes))


if __name__ == "__main__":
    unittest.main()
