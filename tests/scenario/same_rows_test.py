"""The same rows again: by another name, from another folder, in another form or order. They are in the
ledger once, and only what differs becomes an event."""
import csv
import io
import itertools
import unittest
from collections import Counter

import police_fixture
import workbook_support as workbook
from daybook_support import SAMPLE
from file_support import OBSERVATIONS, Files, csv_text, observation, setUpModule

class Copies(Files):
    """A street month has anti-social behaviour without keys, which a second file would add again."""

    def first(self, month):
        """A month that was taken, and what the report says of it."""
        seeds = itertools.count(int(month.replace("-", "")))
        self.rows = next(rows for rows in (police_fixture.make_rows(seed, 60, month) for seed in seeds)
                         if police_fixture.by_type(rows, "Colchester")[police_fixture.ASB] > 2)
        self.name = f"{month}-essex-street"
        path = self.daemon.folder / f"{self.name}.csv"
        police_fixture.write(path, self.rows)
        self.import_file(path)
        self.month = month
        self.before = self.report()
        self.assertGreater(int(self.before["anti-social-behaviour"]), 2)

    def report(self):
        return self.daemon.report("incident-months", area="colchester",
                                  **{"from": self.month, "to": self.month}).rows()[0]

    def send_and_compare(self, path, rows=None):
        """Whether it is taken for the same file or asked about is the product's; nothing changes."""
        if rows is not None:
            police_fixture.write(path, rows)
        self.daemon.run("--agency", "essex-police", "import", path)
        self.assertEqual(self.report(), self.before, path.name)

    def test_the_second_download_changes_nothing(self):
        self.first("2022-08")
        self.send_and_compare(self.daemon.folder / f"{self.name} (1).csv", self.rows)

    def test_nor_does_a_copy_that_a_desktop_names(self):
        self.first("2022-09")
        for name in (f"{self.name} - Copy.csv", f"Copy of {self.name}.csv", f"{self.name}_v2 FINAL.csv"):
            self.send_and_compare(self.daemon.folder / name, self.rows)

    def test_nor_does_another_form_under_another_name(self):
        self.first("2022-10")
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows([police_fixture.HEADER, *self.rows])
        for name, content in (("october.csv", text.getvalue().encode("utf-16")),
                              ("october-bom.csv", text.getvalue().encode("utf-8-sig"))):
            self.send_and_compare(self.write(content, name))
        book = self.daemon.folder / "october return.xlsx"
        workbook.write(book, [police_fixture.HEADER, *self.rows])
        self.send_and_compare(book)

    def test_nor_do_the_rows_in_another_order(self):
        self.first("2022-11")
        self.send_and_compare(self.daemon.folder / "november sorted.csv", sorted(self.rows))

    def test_nor_does_one_that_is_dropped_into_a_folder(self):
        self.first("2022-12")
        drop = self.daemon.folder / "drop"
        drop.mkdir()
        police_fixture.write(drop / f"{self.name} (1).csv", self.rows)
        self.daemon.run("--agency", "essex-police", "watch", "--settle", 0, "--once", drop)
        self.assertEqual(self.report(), self.before)

    def test_the_same_name_from_another_folder_is_the_same_file(self):
        self.first("2021-08")
        for folder in ("downloads", "downloads/essex"):
            (self.daemon.folder / folder).mkdir()
            self.send_and_compare(self.daemon.folder / folder / f"{self.name}.csv", self.rows)

    def test_the_same_name_in_another_form_is_its_next_version_without_a_change(self):
        self.first("2021-09")
        folder = self.daemon.folder / "as-workbook"
        folder.mkdir()
        workbook.write(folder / f"{self.name}.xlsx", [police_fixture.HEADER, *self.rows])
        self.send_and_compare(folder / f"{self.name}.xlsx")

    def test_figures_have_no_copies(self):
        rows = csv_text(OBSERVATIONS, observation("2021-10", 5), observation("2021-11", 6))
        self.import_file(self.write(rows, "figures.csv"))
        before = len(self.daemon.events())
        for name in ("figures (1).csv", "other.csv"):
            self.assertIn("0 new", self.import_file(self.write(rows, name)))
        kinds = {event["type"] for event in self.daemon.events()[before:]}
        self.assertNotIn("measures.ObservationRecorded", kinds)


class Differences(Files):
    """One changed row among many: what was known before is no event of its own."""

    def send(self, path, *arguments, agency=("--agency", "safer-colchester")):
        """Kinds of the events that the file made, but for those of its submission."""
        before = len(self.daemon.events())
        self.import_file(path, *arguments, agency=agency)
        kinds = Counter(event["type"] for event in self.daemon.events()[before:])
        return Counter({kind: count for kind, count in kinds.items()
                        if not kind.startswith("submissions.")})

    def updates_with(self, measure, *others, **cells):
        """Updates of the sample, of which the first figure is another. No two tests take the same."""
        with (SAMPLE / "updates.csv").open(newline="", encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if row["measure"] in (measure, *others)]
        next(row for row in rows if row["measure"] == measure).update(cells)
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
        return self.write(out.getvalue(), f"updates-{next(self.numbers)}.csv")

    PLAN = {"plan": "castle-point-rochford-2017-18", "period": "2017-18 Q1"}

    def figures_of(self, action):
        report = self.daemon.report("plan-performance", **self.PLAN)
        return report.row("plan-performance", action_id=action)["measurements"]

    def test_a_dated_figure_follows_one_whose_day_is_unknown(self):
        head = len(self.daemon.events()) - 1
        self.send(self.updates_with("sanctuary-referrals", value="4", known="2017-08-15"))
        self.assertEqual(self.figures_of("a02-sanctuary-scheme"), "sanctuary referrals: 4")
        changes = self.daemon.report("plan-performance", **self.PLAN, compare_with=head).rows("changes")
        self.assertEqual([(row["before"], row["after"]) for row in changes],
                         [("sanctuary referrals: 3", "sanctuary referrals: 4")])

    def test_one_that_was_known_earlier_is_history_and_one_known_later_is_current(self):
        for value, known, shown in (("5", "2017-09-15", "5"), ("9", "2017-08-20", "5"),
                                    ("6", "2017-09-16", "6")):
            self.send(self.updates_with("volunteers", value=value, known=known))
            self.assertEqual(self.figures_of("a10-well-homes-pilot"), f"volunteers recruited: {shown} people")

    def test_only_the_update_that_changed_is_an_event(self):
        measures = ("joint-operations", "page-hits", "youth-groups-supported", "joint-burglary-operations")
        self.send(self.updates_with(*measures, value="7", known="2017-10-15"))
        self.assertEqual(self.send(self.updates_with(*measures, value="8", known="2017-10-16")),
                         {"actions.UpdateSubmitted": 1})

    def test_only_the_figure_that_changed_is_an_event(self):
        rows = [observation(f"2020-{month:02d}", month) for month in range(1, 13)]
        self.send(self.write(csv_text(OBSERVATIONS, *rows), "year.csv"), agency=("--agency", "essex-police"))
        rows[4][-1] = 6
        events = self.send(self.write(csv_text(OBSERVATIONS, *rows), "year.csv"),
                           agency=("--agency", "essex-police"))
        self.assertEqual(sum(events.values()), 1, events)
        self.assertEqual(self.figure("2020-05"), "6")

    def test_only_the_row_that_changed_of_a_register_is_an_event(self):
        header = "organisation_id,name,kind,aliases\n"
        rows = "".join(f"same-{number},Same Trust {number},voluntary,\n" for number in range(5))
        self.send(self.write(header + rows, "trusts.csv"), agency=())
        events = self.send(self.write(header + rows + "same-5,Same Trust 5,voluntary,\n", "trusts.csv"),
                           agency=())
        self.assertEqual(events, {"partners.OrganisationRegistered": 1})


if __name__ == "__main__":
    unittest.main()
