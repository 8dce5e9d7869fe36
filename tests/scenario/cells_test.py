"""Cells as offices write them, from the file to the report: one reading or none, by the form of the
column."""
import unittest

from file_support import OBSERVATIONS, REFUSED, Files, csv_text, observation, setUpModule


class Signs(Files):
    def test_a_percentage_or_a_sum_of_money_is_no_count(self):
        said = self.send_text(csv_text(OBSERVATIONS, observation("2021-06", "65%"),
                                       observation("2021-07", "£12"), observation("2021-08", 13)),
                              code=REFUSED)
        self.assertIn("row 1 (line 2), value: refused INVALID_FIELD: is a percentage", said)
        self.assertIn("row 2 (line 3), value: refused INVALID_FIELD: is a sum of money", said)
        self.no_figure("2021-06")
        self.no_figure("2021-07")
        self.assertEqual(self.figure("2021-08"), "13")

    def test_nor_a_part_of_a_share(self):
        said = self.send_text("measure_id,area,source,period,basis,numerator,denominator\n"
                              "wso-active-share,essex-county,Essex Police,2015-16 Q1,in-period,65%,100\n",
                              code=REFUSED)
        self.assertIn("numerator: refused INVALID_FIELD: is a percentage", said)

    def test_each_goes_where_it_belongs(self):
        self.send_text("measure_id,area,source,period,basis,printed_percent\n"
                       "wso-active-share,essex-county,Essex Police,2015-16 Q2,in-period,65%\n")
        rows = self.daemon.report("figures", measure="wso-active-share", within="2015-16 Q2",
                                  source="essex-police").rows()
        self.assertEqual(rows[0]["printed_percent"], "65")
        said = self.send_text("fund_id,partnership,year,source,amount,after_top_slice\n"
                              "a-grant,colchester,2021-22,Essex Police,\"£12,500\",Yes\n")
        self.assertIn("1 new", said)


class Absences(Files):
    def test_a_small_number_and_one_that_does_not_apply_are_recorded_as_absent(self):
        self.send_text(csv_text(OBSERVATIONS, observation("2024-01", "<5", area="Harlow"),
                                observation("2024-02", "n/a", area="Harlow"),
                                observation("2024-03", "7", area="Harlow")))
        self.assertEqual(self.figure("2024-01", area="Harlow"), "fewer than 5 (suppressed)")
        self.assertEqual(self.figure("2024-02", area="Harlow"), "not applicable")
        self.assertEqual(self.figure("2024-03", area="Harlow"), "7")

    def test_beside_a_column_for_it(self):
        header = [*OBSERVATIONS, "absence"]
        self.send_text(csv_text(header, [*observation("2024-06", "< 5", area="Harlow"), ""],
                                [*observation("2024-07", "N/A", area="Harlow"), ""],
                                [*observation("2024-08", "", area="Harlow"), "Not collected"]))
        for month, shown in (("2024-06", "fewer than 5 (suppressed)"), ("2024-07", "not applicable"),
                             ("2024-08", "not collected")):
            self.assertEqual(self.figure(month, area="Harlow"), shown)
        said = self.send_text(csv_text(header, [*observation("2024-09", "n/a", area="Harlow"),
                                                "not-collected"]), code=REFUSED)
        self.assertIn("row 1 (line 2)", said)

    def test_of_a_reach_as_well(self):
        said = self.send_text("activity_id,period,area,what,value,absence\n"
                              "da-awareness-2013,2013-09,,hours,<5,\n"
                              "da-awareness-2013,2013-09,,contacts,,not-collected\n",
                              agency=())
        self.assertIn("2 new", said)

    def test_a_dash_or_dots_may_be_either_and_are_asked_about(self):
        for sign in ("-", "–", "*", ".."):
            with self.subTest(sign):
                said = self.send_text(csv_text(OBSERVATIONS, observation("2024-10", sign),
                                               observation("2024-12", 4)), code=REFUSED)
                self.assertIn(f'"{sign}" may stand for nought or for no number. What does it stand',
                              said)
                self.assertIn("nothing of it was sent", said)
        self.no_figure("2024-10")
        self.no_figure("2024-12")
        self.send_text(csv_text(OBSERVATIONS, observation("2024-10", "-", area="Tendring"),
                                observation("2024-12", "*", area="Tendring"),
                                observation("2023-12", "..", area="Tendring")),
                       "--answer", "dash=0", "--answer", "asterisk=suppressed-below-10",
                       "--answer", "dots=not-yet-due")
        self.assertEqual([self.figure(month, area="Tendring")
                          for month in ("2024-10", "2024-12", "2023-12")],
                         ["0", "fewer than 10 (suppressed)", "not yet due"])

    def test_a_precision_beside_an_absence_is_refused_at_its_own_column(self):
        said = self.send_text(csv_text([*OBSERVATIONS, "precision"],
                                       [*observation("2024-11", "<5"), "about"]), code=REFUSED)
        self.assertIn("precision: refused INVALID_FIELD", said)


class Words(Files):
    def test_what_a_value_says_of_its_precision_is_kept(self):
        self.send_text(csv_text(OBSERVATIONS, observation("2022-01", "about 40"),
                                observation("2022-02", ">90"), observation("2022-03", "8 to 10")))
        self.assertIn("40", self.figure("2022-01"))
        self.assertIn("about", self.figure("2022-01"))
        self.assertIn("more than", self.figure("2022-02"))
        self.assertIn("10", self.figure("2022-03"))

    def test_words_may_have_any_case(self):
        said = self.send_text("organisation_id,name,kind,aliases\nc-a,Case Trust,Voluntary,\n", agency=())
        self.assertIn("1 new", said)

    def test_each_field_has_its_own_reason_and_remedy(self):
        said = self.send_text("partnership,organisation,role,from\n"
                              "colchester,Essex Police,chief,soon\n", agency=(), code=REFUSED)
        self.assertRegex(said, r"role: refused UNKNOWN_VALUE: .*-> Give one of: statutory")
        self.assertRegex(said, r"from: refused INVALID_FIELD: is not a day -> Give a day")


class Moments(Files):
    HEADER = ["source_key", "month", "type", "force", "district"]

    def incident(self, key, month):
        return [key, month, "Robbery", "Essex Police", "Colchester"]

    def test_a_time_with_a_zone_is_its_day_in_london(self):
        self.send_text(csv_text(self.HEADER, self.incident("z-1", "2023-06-30T23:30:00Z"),
                                self.incident("z-2", "2023-07-01T00:30:00+01:00"),
                                self.incident("z-3", "2023-06-30T22:30:00Z"),
                                self.incident("z-4", "30/06/2023 23:30"),
                                self.incident("z-5", "2023-06")))
        self.assertEqual(self.incidents("2023-06"), "3")
        self.assertEqual(self.incidents("2023-07"), "2")

    def test_a_month_that_may_be_a_day_is_refused(self):
        said = self.send_text(csv_text(self.HEADER, self.incident("d-1", "05/06"),
                                       self.incident("d-2", "5.12"), self.incident("d-3", "24-Jun")),
                              code=REFUSED)
        self.assertIn("rows 1-3 (lines 2-4), month: refused INVALID_FIELD", said)

    def test_a_day_is_read_in_every_column_that_wants_one(self):
        self.send_text("measure_id,date,cause,latest\nrobbery,1 April 2021,Recording,30/06/2021\n",
                       agency=())
        self.send_text("organisation_id,name,kind,aliases\nday-trust,Day Trust,voluntary,\n", agency=())
        self.send_text("partnership,organisation,role,from\n"
                       "colchester,Day Trust,Non-statutory,31/01/2024\n", agency=())
        rows = self.daemon.report("members", csp="colchester").rows()
        self.assertEqual([row["from"] for row in rows if row["organisation"] == "day-trust"],
                         ["2024-01-31"], rows)


class Years(Files):
    def test_that_a_column_holds_years_settles_those_that_may_be_months(self):
        years = ["2006-07", "2008-09", "2011-12", "2012-13"]
        self.send_text(csv_text(OBSERVATIONS, *[observation(year, number, area="Harlow")
                                                for number, year in enumerate(years, 1)]))
        rows = self.daemon.report("figures", measure="robbery", area="Harlow",
                                  source="essex-police").rows()
        # The first three are printed so that nobody takes them for months.
        self.assertEqual([row["period"] for row in rows][:4],
                         ["2006/07", "2008/09", "2011/12", "2012-13"])

    def test_a_column_that_settles_nothing_is_asked_about(self):
        said = self.send_text(csv_text(OBSERVATIONS, observation("2009-10", 1, area="Epping Forest")),
                              code=REFUSED)
        self.assertIn("may be a month or a year that spans two", said)

    def test_two_full_years_are_a_year_and_no_month(self):
        self.send_text(csv_text(OBSERVATIONS, observation("2010-2011", 31, area="Epping Forest")))
        rows = self.daemon.report("figures", measure="robbery", area="Epping Forest").rows()
        self.assertEqual([(row["period"], row["figure"]) for row in rows], [("2010/11", "31")])

    def test_the_year_of_a_plan_is_never_a_month(self):
        said = self.send_text("plan_id,partnership,year,title\n"
                              "colchester-2010-11,colchester,2010-11,Plan\n", agency=())
        self.assertIn("1 new", said)


class Known(Files):
    HEADER = [*OBSERVATIONS, "known"]

    def send_known(self, name, period, value, known):
        path = self.write(csv_text(self.HEADER, [*observation(period, value), known]), name)
        return self.import_file(path)

    def shown(self, period, as_known_on=None):
        options = {"as_known_on": as_known_on} if as_known_on else {}
        rows = self.daemon.report("figures", measure="robbery", area="Colchester", within=period,
                                  **options).rows()
        return [row["figure"] for row in rows]

    def test_the_day_of_a_corrected_row_counts_in_a_later_version_of_its_file(self):
        self.send_known("g0.csv", "2019-01", 50, "2024-01-10")
        self.send_known("h0.csv", "2019-01", 60, "2025-01-20")
        said = self.send_known("g0.csv", "2019-01", 55, "2024-02-15")
        self.assertIn("known: ask ALREADY_EXISTS: a figure that came to be known later stands", said)
        self.assertEqual(self.shown("2019-01"), ["60"])
        self.assertEqual(self.shown("2019-01", "2024-03-01"), ["55"])
        self.assertEqual(self.shown("2019-01", "2024-01-31"), ["50"])

    def test_a_day_that_is_that_of_the_figure_before_is_not_the_day_of_the_correction(self):
        self.send_known("i0.csv", "2019-02", 50, "2024-01-10")
        self.send_known("i0.csv", "2019-02", 51, "2024-01-10")
        self.assertEqual(self.shown("2019-02"), ["51"])
        self.assertEqual(self.shown("2019-02", "2024-03-01"), ["50"])

    def test_a_figure_that_does_not_become_current_is_asked_about_whatever_came_between(self):
        self.send_known("k0.csv", "2019-04", 5, "2012-02-01")
        self.assertNotIn("known: ask", self.send_known("k0.csv", "2019-04", 9, "2012-02-01"))
        for value, day in ((8, "2012-06-01"), (7, "2012-07-01")):
            self.assertIn("known: ask ALREADY_EXISTS", self.send_known("k0.csv", "2019-04", value, day))
        self.assertEqual(self.shown("2019-04"), ["9"])

    def test_a_dated_figure_follows_one_whose_day_is_unknown(self):
        self.send_known("j0.csv", "2019-03", 50, "unknown")
        self.send_known("j0.csv", "2019-03", 52, "2024-02-15")
        self.assertEqual(self.shown("2019-03"), ["52"])


if __name__ == "__main__":
    unittest.main()
