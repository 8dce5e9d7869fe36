"""Tables of figures as offices print them: asked about once, read as answered, kept as a rule, and
the observations are those of the sample."""
import csv
import unittest

from daybook_support import SAMPLE, Daemon, golden
from file_support import REFUSED, csv_text
import workbook_support

try:
    import openpyxl
except ImportError:
    openpyxl = None  # then the workbooks are written part by part

REGISTERS = ("organisations", "successions", "areas", "partnerships", "members", "dimensions",
             "measures", "breaks")
DISTRICTS = ["Colchester", "Basildon", "Chelmsford", "Southend", "Thurrock"]


def write_workbook(path, rows, sheet="Table", merged=()):
    if openpyxl is None:
        workbook_support.write(path, [workbook_support.Sheet(sheet, rows, merged=merged)])
        return
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    book.save(path)


def numbers(row, keys):
    return [int(row[key]) for key in keys]


def figure_1():
    rows = [[row["crime_type"], *numbers(row, DISTRICTS)] for row in golden("figure-1-counts.csv")]
    return [["Essex Police, recorded crime, 1 October 2022 to 30 September 2023"],
            ["Data correct as at 05/02/2024"], ["OFFICIAL"], ["Crime type", *DISTRICTS], *rows]


FIGURE_1 = ["rows=measure", "columns=area", "period=AY2022-23", "source=essex-police",
            "basis=in-period", "extract=2024-02-05", "extract-name=figure-1-2024-03",
            "known=2024-03-18", "label:Southend=southend-on-sea",
            "label:Theft From a Motor Vehicle=theft-from-a-vehicle",
            "label:Theft Of a Motor Vehicle=theft-of-a-vehicle",
            "label:Bicycle Theft=theft-of-pedal-cycles",
            "label:ASB=anti-social-behaviour-incidents"]


def six_years(years=("2019", "2020", "2021", "2022", "2023", "2024"), change=True):
    rows = []
    for row in golden("six-year.csv"):
        cells = [row["type"], *numbers(row, years)]
        if change:
            cells.append(int(row["2024"]) - int(row["2023"]))
        rows.append(cells)
    return [["Offence", *map(int, years), *(["Change 2023 to 2024"] if change else [])], *rows]


SIX_YEARS = ["rows=measure", "years=12m-to-january", "area=Colchester", "source=essex-police",
             "basis=in-period", "extract-name=six-year-table-2024-03", "known=2024-03-18",
             "label:Criminal Damage (incl. arson)=criminal-damage-and-arson"]


def cara():
    keys = ["existing_female", "existing_male", "existing_other", "new_female", "new_male",
            "new_other", "total"]
    rows = [[row["age_band"], *numbers(row, keys)] for row in golden("cara-clients.csv")]
    return [["Age", "Existing", None, None, "New", None, None, "Total"],
            [None, "Female", "Male", "Other", "Female", "Male", "Other", None], *rows]


CARA = ["rows=dimension:age-band", "columns=dimension:sex", "columns-above=dimension:case-status",
        "measure=cara-clients", "area=Colchester", "source=cara", "basis=in-period",
        "period=2022-09-01..2023-07-31", "known=2024-03-18", "label:18+=18-plus",
        "label:Total=total-kept"]


def womens_safety():
    active = {row["quarter"]: int(row["active_cases_since_1_april"])
              for row in golden("womens-safety-active.csv")}
    rows = []
    for row, new_percent in zip(golden("womens-safety-open-and-new.csv"), (11, 8, 13, 13)):
        parts = numbers(row, ["colchester_open", "essex_open", "colchester_new", "essex_new"])
        rows.append([row["quarter"], *parts, new_percent, active[row["quarter"]], 11])
    return [["Quarter", "Open cases", None, "New referrals", None, None, "Active since 1 April",
             "Active, share"],
            [None, "Colchester", "Essex", "Colchester", "Essex", "% of Essex", "Cases",
             "% of Essex"], *rows]


WOMENS_SAFETY = ["columns=each", "columns-above=each", "year=2013-14", "area=Colchester",
                 "source=Essex Probation", "known=2014-06",
                 "label:Open cases=measure=wso-open; basis=at-date",
                 "label:New referrals=measure=wso-new; basis=in-period",
                 "label:Active since 1 April=measure=wso-active; basis=to-date",
                 "label:Active, share=measure=wso-active-share; basis=to-date; missing=denominator",
                 "label:Colchester=figure=numerator",
                 "label:Essex=figure=denominator; denominator-area=essex-county",
                 "label:% of Essex=figure=percent", "label:Cases=figure=value",
                 # The area of the whole belongs to the parts, not to the percentages.
                 "label:Active, share / % of Essex=figure=percent"]


def iom():
    quarters = ["Q1", "Q2", "Q3", "Q4"]
    return [["Grade", *quarters],
            *[[row["grade"], *numbers(row, quarters)] for row in golden("iom-grades.csv")]]


IOM = ["rows=measure", "year=2013-14", "area=Colchester", "source=Essex Probation", "basis=at-date",
       "caveats=area-unclear", "known=2014-06", "label:Red=iom-red", "label:Amber=iom-amber",
       "label:Green=iom-green", "label:Blue=iom-blue"]


def rolling_12():
    rows = [["Type", "Direction", "% change", "Total", "Change"]]
    for row in golden("rolling-12.csv"):
        rows.append([row["type"], row["direction"], row["pct_change_abs"] + "%",
                     int(row["total_current"]), 1620 if row["type"] == "All crime" else None])
    return [["Twelve months to the end of January 2024"], *rows]


ROLLING_12 = ["rows=measure", "columns=each", "period=12m to 2024-01", "area=Colchester",
              "source=essex-police", "basis=in-period", "extract-name=six-year-table-2024-03",
              "known=2024-03-18", "label:Total=figure=value", "label:% change=ignore",
              "label:Change=ignore",
              "label:Residential burglary dwelling=burglary-residential-dwelling",
              "label:Business and community burglary=burglary-business-and-community"]


def fact(event):
    """What an observation says, without where it came from."""
    data = {key: value for key, value in event["data"].items()
            if key not in ("submission_id", "row", "questions", "measure_version")}
    return repr((sorted(data.items()), event.get("known")))


class Tables(unittest.TestCase):
    """A ledger with the sample's registers and none of its figures."""

    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon()
        cls.addClassCleanup(cls.daemon.__exit__, None, None, None)
        cls.daemon.start()
        cls.daemon.ok("--agency", "safer-colchester", "import",
                      *[SAMPLE / f"{name}.csv" for name in REGISTERS])

    def path(self, name, rows, **options):
        path = self.daemon.folder / name
        if name.endswith(".xlsx"):
            write_workbook(path, rows, **options)
        else:
            with path.open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows(rows)
        return path

    def run_import(self, agency, path, *arguments, code=0):
        got, out, err = self.daemon.run("--agency", agency, "import", path, *arguments)
        self.assertEqual(got, code, out + err)
        return out + err

    def send(self, agency, path, answers, *arguments, code=0):
        given = [word for answer in answers for word in ("--answer", answer)]
        return self.run_import(agency, path, *given, *arguments, code=code)

    def figures(self, **parameters):
        return self.daemon.report("figures", **parameters).rows()


class TheSample(Tables):
    """Each table gives exactly the observations that the sample has of it."""

    def recorded(self, known):
        return [event for event in self.daemon.events()
                if event["type"] == "measures.ObservationRecorded"
                and event["position"] not in known]

    def compare(self, agency, name, rows, answers, sample, wanted=None, **options):
        before = {event["position"] for event in self.daemon.events()}
        said = self.send(agency, self.path(name, rows, **options), answers)
        printed = self.recorded(before)
        with Daemon() as other:
            other.ok("--agency", "safer-colchester", "import",
                     *[SAMPLE / f"{register}.csv" for register in REGISTERS])
            other.ok("--agency", agency, "import", SAMPLE / sample)
            expected = [event for event in other.events()
                        if event["type"] == "measures.ObservationRecorded"]
        if wanted is not None:
            expected = [event for event in expected if wanted(event["data"])]
        self.assertGreater(len(expected), 9)
        self.assertEqual(sorted(map(fact, printed)), sorted(map(fact, expected)), said)
        return said

    def test_figure_1(self):
        said = self.compare("essex-police", "figure-1.xlsx", figure_1(), FIGURE_1,
                            "observations-figure-1.csv", merged=["A1:F1"])
        self.assertIn("135 rows read, 135 new", said)
        self.assertIn("extract of 2024-02-05", said)
        self.assertIn("marked OFFICIAL", said)
        self.assertEqual([row["figure"] for row in self.figures(
            measure="hate-crime", area="thurrock", within="AY2022-23")], ["468"])

    def test_six_years(self):
        said = self.compare("essex-police", "six-years.xlsx", six_years(), SIX_YEARS,
                            "observations-six-year.csv")
        self.assertIn('column "Change 2023 to 2024": a change, checked, not stored', said)
        self.assertEqual(self.daemon.report("incident-trend", area="colchester",
                                            period="12m to 2024-01").row(
                                                measure="all-crime")["change"], "-1609")

    def test_cara(self):
        said = self.compare("cara", "cara.xlsx", cara(), CARA, "observations-cara-2023.csv",
                            merged=["B1:D1", "E1:G1", "A1:A2", "H1:H2"])
        self.assertIn('column "Total": a total, checked and stored', said)

    def test_womens_safety(self):
        self.compare("essex-probation", "womens-safety.xlsx", womens_safety(), WOMENS_SAFETY,
                     "observations-wso-2013-14.csv", merged=["B1:C1", "D1:F1"])
        self.assertIn("11.4", str(self.daemon.report("caseload", area="Colchester", open="wso-open",
                                                     new="wso-new", active="wso-active").rows()))

    def test_iom(self):
        said = self.compare("safer-colchester", "iom.xlsx", iom(), IOM,
                            "observations-year-end-2013-14.csv",
                            lambda data: data["measure_id"].startswith("iom-"))
        self.assertIn('row "TOTAL": a total, checked, not stored', said)


class RollingTwelve(Tables):
    def test_its_figures_are_those_of_the_six_year_table(self):
        self.daemon.ok("--agency", "essex-police", "import", SAMPLE / "observations-six-year.csv")
        said = self.send("essex-police", self.path("rolling-12.xlsx", rolling_12()), ROLLING_12)
        self.assertIn("10 rows read, 1 new, 9 there already", said)
        self.assertIn("column B holds words", said)
        self.assertEqual([row["figure"] for row in self.figures(
            measure="domestic-abuse", area="colchester", within="12m to 2024-01")], ["2633"])


class Neighbours(Tables):
    """What differs from the report's own table in one thing."""

    def test_a_total_that_does_not_add_up_refuses_its_column(self):
        rows = [["Type", "Colchester", "Basildon"], ["Homicide", 3, 0], ["Rape", 336, 225],
                ["Total", 339, 226]]
        answers = ["rows=measure", "columns=area", "period=2021-04", "source=essex-police",
                   "basis=in-period"]
        said = self.send("essex-police", self.path("sum.csv", rows), answers, code=REFUSED)
        self.assertIn('rows 2, 4 (lines 2-3), row: refused INVALID_FIELD: "Total" of "Basildon" says '
                      '226 and the figures make 225', said)
        self.assertIn("--answer 'label:Total=ignore'", said)
        self.assertIn("2 new", said)
        self.send("essex-police", self.path("sum.csv", rows), [*answers, "label:Total=ignore"])
        self.assertEqual(self.figures(measure="rape", area="basildon",
                                      within="2021-04")[0]["figure"], "225")

    def test_a_misspelt_district_costs_its_column_and_names_the_nearest(self):
        rows = [["Type", "Colchster", "Basildon"], ["Homicide", 1, 2], ["Rape", 3, 4]]
        answers = ["rows=measure", "columns=area", "period=2021-05", "source=essex-police",
                   "basis=in-period"]
        said = self.send("essex-police", self.path("spelt.csv", rows), answers, code=REFUSED)
        self.assertIn('rows 1, 3 (lines 2-3), area: refused UNKNOWN_AREA: "Colchster": the area is not '
                      'registered; the nearest registered name is "Colchester"', said)
        self.assertIn("--answer label:Colchster=ID", said)
        said = self.send("essex-police", self.path("spelt.csv", rows),
                         [*answers, "label:Colchster=colchester"])
        self.assertIn("2 new, 2 there already", said)

    def test_the_refused_rows_can_be_corrected_in_their_own_file(self):
        rows = [["Type", "Colchester", "Basildon"], ["Homicide", 1, 2], ["Rapes", 3, 4]]
        path = self.path("reject.csv", rows)
        self.send("essex-police", path, ["rows=measure", "columns=area", "period=2021-06",
                                         "source=essex-police", "basis=in-period"], code=REFUSED)
        rejects = path.with_suffix(".rejects.csv")
        rejects.write_text(rejects.read_text().replace("Rapes", "rape"))
        self.run_import("essex-police", rejects)
        self.assertEqual(self.figures(measure="rape", area="basildon",
                                      within="2021-06")[0]["figure"], "4")

    def test_years_in_either_order_and_blank_spacers_and_ranks(self):
        first = self.send("essex-police", self.path("y1.csv", six_years()),
                          [answer.replace("2024-03", "2024-04") for answer in SIX_YEARS])
        self.assertIn("108 new", first)
        table = six_years(("2024", "2023", "2022", "2021", "2020", "2019"))
        ranked = sorted((row[1] for row in table[1:]), reverse=True)
        for number, row in enumerate(table):
            row.insert(3, None)
            row.append("Rank" if number == 0 else ranked.index(row[1]) + 1)
        said = self.send("essex-police", self.path("y2.xlsx", table),
                         [answer.replace("2024-03", "2024-04") for answer in SIX_YEARS])
        self.assertIn("108 rows read, 0 new, 108 there already", said)
        self.assertIn('column "Rank": a rank, checked, not stored', said)

    def test_a_change_that_was_computed_otherwise_is_asked_about(self):
        table = six_years()
        for row in table[1:]:
            row[-1] += 5
        said = self.send("essex-police", self.path("y3.csv", table), SIX_YEARS, code=REFUSED)
        self.assertIn('no line of it agrees: "Change 2023 to 2024" of "ALL CRIME" says -1604', said)
        self.assertIn("--answer 'label:Change 2023 to 2024=ignore'", said)
        self.assertIn("nothing of it was sent", said)

    def test_two_header_rows_of_years_and_quarters_under_a_merged_title(self):
        rows = [["Incidents by quarter, Tendring"], ["Type", "2021-22", None, "2022-23", None],
                [None, "Q3", "Q4", "Q1", "Q2"], ["Robbery", 5, 6, 7, 8], ["Arson", 1, 2, 3, 4]]
        said = self.send("essex-police",
                         self.path("quarters.xlsx", rows, merged=["A1:E1", "B2:C2", "D2:E2"]),
                         ["rows=measure", "area=tendring", "source=essex-police",
                          "basis=in-period"])
        self.assertIn("8 rows read, 8 new", said)
        self.assertEqual(self.figures(measure="robbery", area="tendring",
                                      within="2022-23 Q1")[0]["figure"], "7")

    def test_two_tables_of_one_sheet_or_book_are_not_mixed(self):
        rows = [["Type", "Harlow", "Tendring"], ["Rape", 1, 2], ["Arson", 3, 4],
                ["Type", "Maldon", "Uttlesford"], ["Rape", 3, 4], ["Arson", 1, 2]]
        said = self.run_import("essex-police", self.path("two.csv", rows), code=REFUSED)
        self.assertIn("line 4 looks like the header of another table", said)
        path = self.daemon.folder / "book.xlsx"
        workbook_support.write(path, [workbook_support.Sheet("A", rows[:3]),
                                      workbook_support.Sheet("B", rows[3:])])
        said = self.run_import("essex-police", path, code=REFUSED)
        self.assertIn('2 sheets have a table of figures: "A", "B"', said)

    def test_a_fault_of_a_cell_costs_that_figure(self):
        cell = workbook_support.Cell
        path = self.daemon.folder / "faults.xlsx"
        workbook_support.write(path, [["Type", "Harlow", "Tendring"],
                                      ["Rape", cell("#REF!", "e"), 2], ["Arson", 3, 4]])
        said = self.send("essex-police", path, ["rows=measure", "columns=area", "period=2021-07",
                                                "source=essex-police", "basis=in-period"],
                         code=REFUSED)
        self.assertIn("row 1 (line 2), value: refused INVALID_FIELD: the cell holds the error #REF!",
                      said)
        self.assertIn("3 new", said)

    def test_a_table_of_a_dataset_is_no_printed_one(self):
        said = self.run_import("essex-police", self.path("near.csv", [
            ["measure_id", "area", "source", "period", "value"],
            ["rape", "Harlow", "Essex Police", "2021-08", 3],
            ["arson", "Harlow", "Essex Police", "2021-08", 4]]), code=REFUSED)
        self.assertIn('the nearest is observations, which wants "basis" as well', said)


class Rules(Tables):
    """Answers that are kept are named wherever they are used, and can be revoked."""

    def table(self, name, month, total=None):
        rows = [[f"Tendring, {month}"], ["Type", "Harlow", "Tendring"], ["Rape", 1, "-"],
                ["Arson", 3, 4], ["Total", 4, total or 4]]
        return self.path(name, rows)

    ANSWERS = ["rows=measure", "columns=area", "source=essex-police", "basis=in-period", "dash=0"]

    def test_from_the_first_question_to_the_revoked_rule(self):
        said = self.run_import("essex-police", self.table("r1.csv", "March 2019"), code=REFUSED)
        self.assertIn("on hold: 5 questions", said)
        self.assertIn("What does it stand for in this file? (line 3)", self.send(
            "essex-police", self.table("r1.csv", "March 2019"),
            [*self.ANSWERS[:-1], "period=2019-03"], code=REFUSED))
        self.assertIn("--answer period=2019-03", said)
        said = self.send("essex-police", self.table("r1.csv", "March 2019"),
                         [*self.ANSWERS, "period=2019-03"], "--keep-answers")
        self.assertIn("read as answered: basis=in-period columns=area dash=0", said)
        rule = said.split("kept as reading rule ")[1].split()[0]
        self.assertIn("label", "label " + self.daemon.ok("--agency", "essex-police", "rules"))
        self.assertIn("dash=0", self.daemon.ok("--agency", "essex-police", "rules"))
        # The next month, under another name: only what it alone is about is asked.
        said = self.run_import("essex-police", self.table("other.csv", "April 2019"), code=REFUSED)
        self.assertIn("on hold: 1 question", said)
        self.assertIn("answered by reading rule " + rule, said)
        said = self.send("essex-police", self.table("other.csv", "April 2019"), ["period=2019-04"])
        self.assertIn(f"read by reading rule {rule}: basis=in-period", said)
        self.assertIn("read as answered: period=2019-04", said)
        self.assertEqual(self.figures(measure="rape", area="tendring",
                                      within="2019-04")[0]["figure"], "0")
        # The receipt has it for ever, and so has the log.
        reference = said.split("(submission ")[1].split(")")[0]
        self.assertIn(f"read by reading rule {rule}", self.daemon.ok("submission", "show", reference))
        # Not for another agency, nor for a table with another title.
        said = self.send("safer-colchester", self.table("r2.csv", "May 2019"), ["period=2019-05"],
                         code=REFUSED)
        self.assertNotIn("reading rule " + rule, said)
        path = self.table("r3.csv", "May 2019")
        path.write_text(path.read_text().replace("Tendring, May", "Braintree, May"))
        self.assertIn("on hold: 5 questions", self.run_import("essex-police", path, code=REFUSED))
        # Another answer takes its place, and a revoked one holds no longer.
        said = self.send("essex-police", self.table("r4.csv", "June 2019"),
                         [*self.ANSWERS[:-1], "period=2019-06", "dash=not-collected"],
                         "--keep-answers")
        second = said.split("kept as reading rule ")[1].split()[0]
        self.assertNotEqual(second, rule)
        listed = self.daemon.ok("--agency", "essex-police", "rules", "--ended")
        self.assertIn("replaced", listed)
        self.assertNotIn(rule, self.daemon.ok("--agency", "essex-police", "rules"))
        self.daemon.ok("--agency", "essex-police", "rules", "revoke", second, "--reason", "wrong")
        self.assertNotIn(second, self.daemon.ok("--agency", "essex-police", "rules"))
        self.assertIn("keeps no reading rules", self.daemon.ok("--agency", "cara", "rules"))
        self.assertIn("on hold: 5 questions", self.run_import(
            "essex-police", self.table("r5.csv", "July 2019"), code=REFUSED))
        for reference, reason in ((second, "WRONG_STATE"), ("f" * 12, "UNKNOWN_READING_RULE")):
            code, _, err = self.daemon.run("--agency", "essex-police", "rules", "revoke", reference,
                                           "--reason", "again")
            self.assertEqual(code, REFUSED)
            self.assertIn(reason, err)
        kept = [event["data"] for event in self.daemon.events()
                if event["type"].startswith("submissions.ReadingRule")
                and event["data"]["rule_id"][:12] in (rule, second)]
        self.assertEqual([data.get("reason") for data in kept], [None, None, "wrong"])

    def test_a_rule_of_a_dash_holds_for_a_table_of_a_dataset_as_well(self):
        header = ["measure_id", "area", "source", "period", "basis", "value"]
        first = csv_text(header, ["arson", "Harlow", "Essex Police", "2018-01", "in-period", "-"])
        path = self.daemon.folder / "dash.csv"
        path.write_text(first)
        self.assertIn("--answer dash=not-collected", self.run_import("essex-police", path,
                                                                     code=REFUSED))
        self.send("essex-police", path, ["dash=not-collected"], "--keep-answers")
        path.write_text(first.replace("2018-01", "2018-02"))
        said = self.run_import("essex-police", path)
        self.assertIn("read by reading rule", said)
        self.assertEqual(self.figures(measure="arson", area="harlow",
                                      within="2018-02")[0]["figure"], "not collected")

    def test_the_same_file_read_otherwise_is_another_file(self):
        header = ["measure_id", "area", "source", "period", "basis", "value"]
        path = self.daemon.folder / "otherwise.csv"
        path.write_text(csv_text(header, ["arson", "Harlow", "Essex Police", "2018-03", "in-period",
                                          "-"]))
        self.send("essex-police", path, ["dash=0"])
        self.assertIn("accepted before", self.send("essex-police", path, ["dash=0"]))
        self.assertIn("version 2", self.send("essex-police", path, ["dash=not-collected"]))
        self.assertEqual(self.figures(measure="arson", area="harlow",
                                      within="2018-03")[0]["figure"], "not collected")

    def test_wrong_answers_are_told(self):
        path = self.table("w1.csv", "January 2018")
        self.assertIn("is no answer like ID=CHOICE", self.send("essex-police", path, ["rows"],
                                                               code=REFUSED))
        said = self.send("essex-police", path, ["rows=colour"], code=REFUSED)
        self.assertIn('("colour" is none of the choices.)', said)
        said = self.send("essex-police", path, [*self.ANSWERS, "period=2018-01", "shape=round"])
        self.assertIn("the answer to shape was not asked for and does not count", said)

    def test_a_manifest_may_have_answers(self):
        folder = self.daemon.folder / "folder"
        folder.mkdir()
        self.table("m1.csv", "February 2018").rename(folder / "m1.csv")
        listed = ", ".join(f'"{answer}"' for answer in [*self.ANSWERS, "period=2018-02"])
        (folder / "manifest.toml").write_text(
            f'agency = "essex-police"\n[[file]]\npath = "m1.csv"\nanswers = [{listed}]\n')
        self.assertIn("4 new", self.daemon.ok("import", folder))
        (folder / "manifest.toml").write_text('[[file]]\npath = "m1.csv"\nanswers = "rows=measure"\n')
        code, _, err = self.daemon.run("import", folder)
        self.assertEqual(code, REFUSED)
        self.assertIn("a list of texts is wanted", err)


class Lines(Tables):
    """What stands above the header or below the rows is asked about, not passed over."""

    HEADER = ["measure_id", "area", "source", "period", "basis", "value"]

    def file(self, name, *above, period="2017-01", value=1, below=()):
        rows = [*[[line] for line in above], self.HEADER,
                ["arson", "Harlow", "Essex Police", period, "in-period", value]]
        return self.path(name, [*rows, *[[line] for line in below]])

    def test_the_day_of_the_extract_is_asked_with_both_readings(self):
        path = self.file("e1.csv", "Data correct as at 05/02/2024")
        said = self.run_import("essex-police", path, code=REFUSED)
        self.assertIn('line 1 says "Data correct as at 05/02/2024"', said)
        for choice in ("extract=2024-02-05", "extract=2024-05-02", "extract=none"):
            self.assertIn("--answer " + choice, said)
        self.assertEqual(self.figures(measure="arson", area="harlow", within="2017-01"), [])
        said = self.send("essex-police", path, ["extract=2024-02-05"])
        self.assertIn("extract of 2024-02-05", said)
        said = self.send("essex-police", self.file("e2.csv", "Extracted on 25 February 2024"), [],
                         code=REFUSED)
        self.assertIn("--answer extract=2024-02-25", said)
        self.assertIn("extract of 2024-03-01", self.run_import(
            "essex-police", self.file("e2.csv", "Extracted on 25 February 2024", value=2),
            "--extract-date", "2024-03-01"))
        said = self.send("essex-police", self.file("e3.csv", "Caseload as at 31/03/2017", value=3),
                         ["extract=none"])
        self.assertIn("read as answered: extract=none", said)

    def test_a_line_below_the_rows_of_a_workbook_counts_as_well(self):
        path = self.path("below.xlsx", [self.HEADER, ["arson", "Harlow", "Essex Police", "2017-02",
                                                      "in-period", 3], ["Extracted 05/02/2024"]])
        self.assertIn("line 3 says", self.run_import("essex-police", path, code=REFUSED))

    def test_a_marking_is_kept_with_the_file_or_refused(self):
        said = self.run_import("essex-police", self.file("m1.csv", "OFFICIAL", period="2017-03"))
        self.assertIn("marked OFFICIAL\n", said)
        path = self.file("m2.csv", "OFFICIAL-SENSITIVE: COMMERCIAL", period="2017-04")
        said = self.run_import("essex-police", path, code=REFUSED)
        self.assertIn("--answer 'marking=OFFICIAL-SENSITIVE COMMERCIAL'", said)
        said = self.send("essex-police", path, ["marking=OFFICIAL-SENSITIVE COMMERCIAL"])
        self.assertIn("marked OFFICIAL-SENSITIVE COMMERCIAL", said)
        reference = said.split("(submission ")[1].split(")")[0]
        self.assertIn("marked OFFICIAL-SENSITIVE COMMERCIAL",
                      self.daemon.ok("submission", "show", reference))
        said = self.run_import("essex-police", self.file("m3.csv", "SECRET", period="2017-05"),
                               code=REFUSED)
        self.assertIn("MARKING_TOO_HIGH", said)

    def test_months_that_a_title_states_and_no_row_has_are_asked_about(self):
        header = ["source_key", "month", "type", "force", "district"]
        row = ["c-1", "2016-01", "Robbery", "Essex Police", "Colchester"]
        path = self.path("months.csv", [["Incidents, January 2016 to March 2016"], header, row,
                                        ["c-2", "2016-02", *row[2:]], ["c-3", "2016-03", *row[2:]]])
        self.run_import("essex-police", path)
        path = self.path("months.csv", [["Incidents, January 2016 to March 2016"], header, row,
                                        ["c-3", "2016-03", *row[2:]]])
        said = self.run_import("essex-police", path, code=REFUSED)
        self.assertIn("the file has no row of 2016-02. Were there none?", said)
        said = self.send("essex-police", path, ["cover=found"])
        self.assertIn("0 voided", said)
        said = self.send("essex-police", path, ["cover=2016-01..2016-03"], "--confirm-voids", "1")
        self.assertIn("1 voided", said)


class DropFolder(Tables):
    def test_a_file_waits_beside_its_questions_for_its_answers(self):
        drop = self.daemon.folder / "drop"
        drop.mkdir()

        def names(folder=drop):
            return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))

        def watch(code=0):
            got, out, err = self.daemon.run("watch", "--agency", "essex-police", "--settle", 0,
                                            "--once", drop)
            self.assertEqual(got, code, out + err)
            return out + err

        rows = [["Type", "Harlow", "Tendring"], ["Rape", 1, 2], ["Arson", 3, 4]]
        write_workbook(drop / "return.xlsx", rows)
        self.assertIn("return.xlsx waits: return.xlsx.questions.txt", watch(REFUSED))
        self.assertEqual(names(), ["done", "held", "rejected", "return.xlsx",
                                   "return.xlsx.questions.txt"])
        asked = (drop / "return.xlsx.questions.txt").read_text()
        self.assertIn("a file return.xlsx.answers", asked)
        # One answer is wrong, and it is asked about again.
        answers = ["rows=measure", "columns=area", "period=2015-01", "source=essex-police"]
        (drop / "return.xlsx.answers").write_text("\n".join([*answers, "basis=some"]))
        watch(REFUSED)
        self.assertIn('("some" is none of the choices.)',
                      (drop / "return.xlsx.questions.txt").read_text())
        (drop / "return.xlsx.answers").write_text("\n".join([*answers, "what"]))
        watch(REFUSED)
        self.assertIn("return.xlsx.answers:5", (drop / "return.xlsx.questions.txt").read_text())
        (drop / "return.xlsx.answers").unlink()
        (drop / "return.xlsx.answers.txt").write_bytes(
            "\r\n".join(["\ufeff# answers", *answers, "basis=in-period", "keep-answers"]).encode())
        said = watch()
        self.assertIn("return.xlsx -> done/", said)
        self.assertEqual(names(), ["done", "held", "rejected"])
        self.assertEqual(names(drop / "done"), ["return.xlsx", "return.xlsx.answers",
                                                "return.xlsx.receipt.txt"])
        receipt = (drop / "done/return.xlsx.receipt.txt").read_text()
        self.assertIn("read as answered: basis=in-period", receipt)
        self.assertIn("answers kept as reading rule", receipt)
        rows[1][1] = 5
        write_workbook(drop / "next.xlsx", rows)
        watch(REFUSED)
        self.assertIn("1 question about", (drop / "next.xlsx.questions.txt").read_text())
        (drop / "next.xlsx.answers").write_text("period=2015-02\n")
        watch()
        self.assertIn("read by reading rule", (drop / "done/next.xlsx.receipt.txt").read_text())
        self.assertEqual(self.figures(measure="rape", area="harlow",
                                      within="2015-02")[0]["figure"], "5")


if __name__ == "__main__":
    unittest.main()
