"""Reports in every form, and the whole pack of a partnership's year, from the sample."""
import csv
import html.parser
import io
import json
import re
import unittest
import zipfile

from daybook_support import SAMPLE, Daemon

PLAN = ["report", "plan-performance", "--plan", "castle-point-rochford-2017-18", "--period",
        "2017-18 Q1"]


class Page(html.parser.HTMLParser):
    """Counts elements; every one that is opened must be closed in its turn."""
    VOID = {"meta"}

    def __init__(self, text):
        super().__init__()
        self.open, self.count, self.text = [], {}, ""
        self.feed(text)
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.count[tag] = self.count.get(tag, 0) + 1
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text += data


class Output(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon()
        cls.daemon.start()
        cls.daemon.ok("import", SAMPLE)
        cls.folder = cls.daemon.folder
        cls.answer = json.loads(cls.daemon.ok(*PLAN, "--format", "json"))
        cls.table = cls.answer["tables"][0]

    @classmethod
    def tearDownClass(cls):
        cls.daemon.__exit__()

    def test_a_table_for_the_eyes_fits_a_hundred_columns_or_says_how_to_widen(self):
        text = self.daemon.ok(*PLAN)
        self.assertLessEqual(max(len(line) for line in text.splitlines()), 100)
        self.assertRegex(text, r"In columns with --width \d+, or fewer of them with --columns\.")
        wide = re.search(r"--width (\d+)", text).group(1)
        self.assertNotIn("--width", self.daemon.ok(*PLAN, "--width", wide))

    def test_a_csv_has_metadata_that_fits_it(self):
        path = self.folder / "plan.csv"
        self.daemon.ok(*PLAN, "--out", path)
        metadata = json.loads((self.folder / "plan.csv-metadata.json").read_text())
        self.assertEqual(metadata["url"], "plan.csv")
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        columns = metadata["tableSchema"]["columns"]
        self.assertEqual(rows[0], [column["name"] for column in columns])
        self.assertEqual(len(rows) - 1, len(self.table["rows"]))
        for column, cells in zip(columns, zip(*rows[1:])):
            if column["datatype"] == "decimal":
                for cell in cells:
                    self.assertTrue(cell in column["null"] or re.fullmatch(r"-?\d+(\.\d+)?", cell))

    def test_a_page_holds_every_row_and_note_and_nothing_from_elsewhere(self):
        text = self.daemon.ok(*PLAN, "--format", "html")
        page = Page(text)
        rows = sum(len(table.get("rows", [])) for table in self.answer["tables"])
        self.assertEqual(page.count["tr"], rows + len(self.answer["tables"]))
        self.assertEqual(page.count["caption"], len(self.answer["tables"]))
        for note in self.table["notes"]:
            self.assertIn(note, page.text)
        self.assertNotRegex(text, r"(src|href)=\"(?!#)")

    def test_a_workbook_has_typed_values_notes_and_the_day_as_known_on(self):
        path = self.folder / "plan.xlsx"
        self.daemon.ok(*PLAN, "--out", path, "--as-known-on", "2030-01-01")
        with zipfile.ZipFile(path) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            texts = book.read("xl/sharedStrings.xml").decode()
            names = book.read("xl/workbook.xml").decode()
        self.assertIn("<t>As known on</t>", texts)
        self.assertIn("<t>2030-01-01</t>", texts)
        self.assertIn('name="notes"', names)
        self.assertNotIn("<f>", sheet)
        code, _, err = self.daemon.run(*PLAN, "--format", "xlsx")
        self.assertEqual(code, 2)
        self.assertIn("--out", err)

    def test_a_file_that_cannot_be_written_is_said_and_leaves_nothing(self):
        for end in ("csv", "html", "xlsx", "json"):
            code, _, err = self.daemon.run(*PLAN, "--out", self.folder / "nowhere" / f"a.{end}")
            self.assertEqual(code, 1, err)
            self.assertIn("nowhere", err)
        self.assertFalse((self.folder / "nowhere").exists())

    def test_the_command_knows_every_parameter_of_every_report(self):
        listed = re.findall(r"^(\S+) .*\n\s+parameters: (.*)$", self.daemon.ok("report"), re.M)
        self.assertGreater(len(listed), 8)
        for name, parameters in listed:
            pairs = [f"--{parameter.rstrip('!')}=0" for parameter in parameters.split(", ")]
            code, _, err = self.daemon.run("report", name, *pairs)
            self.assertNotEqual(code, 2, f"{name}: {err}")

    def test_a_folder_is_for_packs_and_forms_are_not(self):
        for arguments in ((*PLAN, self.folder / "x"),
                          ("report", "pack", "--csp", "colchester", "--year", "2013-14",
                           self.folder / "x", "--format", "csv")):
            code, _, err = self.daemon.run(*arguments)
            self.assertEqual(code, 2, err)
        self.assertFalse((self.folder / "x").exists())

    def test_the_pack_of_a_year_is_a_folder_with_an_index(self):
        pack = self.folder / "pack"
        arguments = ["report", "pack", "--csp", "castle-point-rochford", "--year", "2017-18"]
        for _ in range(2):  # a second time over the first
            out = self.daemon.ok(*arguments, pack)
        listed = json.loads(self.daemon.ok(*arguments, "--format", "json"))
        files = [row["cells"][0]["text"] for row in listed["tables"][0]["rows"]]
        self.assertIn("plan-performance-castle-point-rochford-2017-18-q1", files)
        self.assertIn("incident-trend-rochford", files)
        for name in files:
            for end in ("html", "csv", "csv-metadata.json", "xlsx"):
                self.assertTrue((pack / f"{name}.{end}").stat().st_size > 0, f"{name}.{end}")
            Page((pack / f"{name}.html").read_text(encoding="utf-8"))
        index = Page((pack / "index.html").read_text(encoding="utf-8"))
        self.assertIn("nothing is held", index.text)  # of incidents: the sample has none
        self.assertIn("written", out)
        self.assertEqual(list(pack.glob("*.part")), [])
        one = (pack / "plan-performance-castle-point-rochford-2017-18-q1.csv").read_text()
        self.assertEqual(one, self.daemon.ok(*PLAN, "--format", "csv").split("\n\n")[0].rstrip("\n")
                         + "\n")

    def test_a_pack_of_nothing_says_what_is_missing(self):
        code, _, err = self.daemon.run("report", "pack", "--csp", "nobody", "--year", "2017-18",
                                       self.folder / "none")
        self.assertEqual(code, 1)
        self.assertIn("UNKNOWN_PARTNERSHIP", err)
        code, _, err = self.daemon.run("report", "pack", "--csp", "colchester", "--year", "2017",
                                       self.folder / "none")
        self.assertEqual(code, 1)
        self.assertIn("plan year such as 2023-24", err)
        out = self.daemon.ok("report", "pack", "--csp", "colchester", "--year", "2030-31",
                             self.folder / "empty")
        self.assertIn("No plan of Safer Colchester Partnership for 2030-31", " ".join(out.split()))


if __name__ == "__main__":
    unittest.main()
