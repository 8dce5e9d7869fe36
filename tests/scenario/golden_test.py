"""The tables in golden/ are copies of the reports' own figures, where those are at hand."""
import csv
import unittest

from daybook_support import GOLDEN, ROOT, golden

SOURCE = ROOT.parent / "shared/seed-data"
COPIES = {
    "activity-measures.csv": "002_activity_measures.csv",
    "cara-clients.csv": "001_cara_clients.csv",
    "checks.csv": "_checks.csv",
    "committee-actions.csv": "committee_actions.csv",
    "day-of-action-issues.csv": "002_cdoa_top_issues.csv",
    "figure-1-counts.csv": "001_figure1_counts.csv",
    "figure-1-rates.csv": "001_figure1_rates_ranks.csv",
    "first-quarter.csv": "004_q1_measures.csv",
    "funding.csv": "004_funding.csv",
    "iom-grades.csv": "002_iom_ragb.csv",
    "iom-reoffending.csv": "002_iom_reoffending.csv",
    "members.csv": "partners.csv",
    "next-chapter-male.csv": "001_next_chapter_male.csv",
    "next-chapter-referrals.csv": "001_next_chapter_referrals.csv",
    "outreach.csv": "002_street_drinkers.csv",
    "pfcc-priorities.csv": "003_pfcc_priorities.csv",
    "population.csv": "001_population.csv",
    "priorities.csv": "priorities_by_year.csv",
    "pspo-enforcement.csv": "001_pspo_enforcement.csv",
    "reach.csv": "000_reach_measures.csv",
    "risk-ranks.csv": "001_risk_matrix_ranks.csv",
    "rolling-12.csv": "001_rolling12_to_2024-01.csv",
    "s222-warnings.csv": "002_s222_warnings_monthly.csv",
    "service-measures.csv": "001_service_measures.csv",
    "six-year-changes.csv": "001_six_year_yoy_computed.csv",
    "six-year.csv": "001_six_year_comparison.csv",
    "targets.csv": "004_targets.csv",
    "womens-safety-active.csv": "002_wso_active_cumulative.csv",
    "womens-safety-open-and-new.csv": "002_wso_open_and_new.csv",
}
# Of a file with several partnerships and years only the rows that a report can be compared with.
ONLY = {"members.csv": {"partnership": "SCP", "year": "2019-20"}}
# What is not a table of figures, and where it is compared instead.
ELSEWHERE = {
    "README.md": "what the files are",
    "001_cara_sdc_oracle.json": "breakdown_test.py and the tests of projections/stats",
    "002_s222_escalation.json": "enforcement_test.py: the ladder as it was recorded",
    "001_pspo_orders.csv": "three orders in operation: the report gives no day on which they were made",
    "002_targets_deadlines.csv": "plan of 2013-14 by its leads: words, no figures",
    "004_plan_2017-18.csv": "words of 49 actions; seed_tables_test.py compares their number",
    "004_plan_summary.json": "the number of those actions",
    "calendars.csv": "the tests of projections/calendar",
    "da_divergence.csv": "words; divergence_test of the reports",
    "statutory_duties.csv": "words; assessment-checklist has the six contents",
}


class Golden(unittest.TestCase):
    def test_every_table_says_what_it_is_a_copy_of(self):
        self.assertEqual(sorted(path.name for path in GOLDEN.iterdir()), sorted(COPIES))

    @unittest.skipUnless(SOURCE.is_dir(), "the reports' own tables are not here")
    def test_every_table_is_the_reports_own(self):
        for name, source in COPIES.items():
            rows = golden(name)
            with (SOURCE / source).open(encoding="utf-8-sig", newline="") as file:
                printed = [{column: row[column] for column in rows[0]} for row in csv.DictReader(file)
                           if ONLY.get(name, {}).items() <= row.items()]
            self.assertEqual(rows, printed, name)

    @unittest.skipUnless(SOURCE.is_dir(), "the reports' own tables are not here")
    def test_every_file_of_the_source_is_copied_or_says_why_not(self):
        self.assertEqual(sorted(path.name for path in SOURCE.iterdir()),
                         sorted([*COPIES.values(), *ELSEWHERE]))


if __name__ == "__main__":
    unittest.main()
