"""One content in every form that offices send: the events are the same."""
import csv
import io
import unittest
import zipfile
from xml.sax.saxutils import escape

from daybook_support import SAMPLE, Daemon

HEADER = ["source_key", "month", "type", "force", "district", "outcome", "location"]


def content():
    rows = [[f"K{i}", f"2024-0{i % 3 + 1}", "Robbery", "Essex Police", "Colchester",
             "Under investigation", f"Café Row, No. {i}"] for i in range(1, 40)]
    rows += [["", "2024-02", "Anti-social behaviour", "Essex Police", "Colchester", "",
              "Übergang"]] * 3
    return rows


def text(delimiter=","):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([HEADER, *content()])
    return out.getvalue()


def workbook(path, inline=False):
    """The smallest workbook: one sheet, its texts in a table of their own, or in the cells."""
    table, texts = [["Return for the quarter"] + [""] * 6, HEADER, *content()], []

    def cell(place, value):
        if inline:
            return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        texts.append(f"<si><t>{escape(value)}</t></si>")
        return f'<c r="{place}" t="s"><v>{len(texts) - 1}</v></c>'
    rows = "".join(
        f'<row r="{number}">' + "".join(cell(f'{"ABCDEFG"[i]}{number}', value)
                                        for i, value in enumerate(row) if value) + "</row>"
        for number, row in enumerate(table, 1))
    main = "http://schemas.openxmlformats.org/"
    files = {
        "[Content_Types].xml":
            f'<Types xmlns="{main}package/2006/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override '
            'PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+'
            'xml"/></Types>',
        "_rels/.rels":
            f'<Relationships xmlns="{main}package/2006/relationships"><Relationship Id="r1" Type='
            f'"{main}officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        "xl/workbook.xml":
            f'<workbook xmlns="{main}spreadsheetml/2006/main" xmlns:r="{main}officeDocument/2006/'
            'relationships"><sheets><sheet name="rows" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels":
            f'<Relationships xmlns="{main}package/2006/relationships"><Relationship Id="r1" Type='
            f'"{main}officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{main}officeDocument/2006/relationships/sharedStrings" '
            'Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml":
            f'<sst xmlns="{main}spreadsheetml/2006/main" count="{len(texts)}" uniqueCount='
            f'"{len(texts)}">{"".join(texts)}</sst>',
        "xl/worksheets/sheet1.xml":
            f'<worksheet xmlns="{main}spreadsheetml/2006/main"><sheetData>{rows}</sheetData>'
            "</worksheet>"}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + data)


class Formats(unittest.TestCase):
    def files(self, folder):
        utf8 = text().encode("utf-8")
        (folder / "plain.csv").write_bytes(utf8)
        (folder / "mark.csv").write_bytes(b"\xef\xbb\xbf" + utf8)
        (folder / "utf16.csv").write_bytes(text().encode("utf-16"))
        (folder / "windows.csv").write_bytes(text(";").encode("cp1252"))
        (folder / "tabs.txt").write_bytes(text("\t").encode("utf-8"))
        workbook(folder / "book.xlsx")
        workbook(folder / "inline.xlsx", inline=True)
        return ["plain.csv", "mark.csv", "utf16.csv", "windows.csv", "tabs.txt", "book.xlsx",
                "inline.xlsx"]

    def events_of(self, name):
        with Daemon() as daemon:
            daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
            self.files(daemon.folder)
            daemon.ok("import", "--agency", "essex-police", "--scope", "2024-q4",
                      daemon.folder / name)
            kept = []
            numbers = {}  # a stream's name holds the id of the scope, which every ledger makes anew
            for event in daemon.events():
                if event["type"].startswith("incidents."):
                    data = {key: value for key, value in event["data"].items()
                            if key != "submission_id"}
                    kept.append((numbers.setdefault(event["stream"], len(numbers)), data))
            return kept

    def test_four_encodings_and_two_workbooks_give_the_same_events(self):
        with Daemon() as daemon:
            names = self.files(daemon.folder)
        plain = self.events_of(names[0])
        self.assertEqual(len(plain), 42)
        for name in names[1:]:
            self.assertEqual(self.events_of(name), plain, name)

    def test_the_same_content_in_another_form_changes_nothing(self):
        with Daemon() as daemon:
            daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
            for name in self.files(daemon.folder):
                out = daemon.ok("import", "--agency", "essex-police", "--scope", "2024-q4",
                                daemon.folder / name)
                self.assertIn("42 new" if name == "plain.csv" else "42 there already", out, name)

    def test_the_shape_of_the_api_is_taken_beside_the_files(self):
        with Daemon() as daemon:
            daemon.ok("import", SAMPLE / "organisations.csv", SAMPLE / "areas.csv")
            file = daemon.folder / "api.csv"
            file.write_text(
                "category,persistent_id,date,lat,long,street_id,street_name,context,id,location_type,"
                "location_subtype,outcome_status\n"
                "anti-social-behaviour,,2023-01,51.88,0.90,1,On or near ,,1,Force,,NA\n"
                "anti-social-behaviour,,2023-01,51.88,0.90,1,On or near ,,2,Force,,NA\n"
                f"violent-crime,{'a' * 64},2023-01,51.88,0.90,1,Street,,3,Force,,Under investigation\n"
                "other-theft,,2023-01,51.88,0.90,1,Station,,4,Force,,Under investigation\n")
            out = daemon.ok("import", "--agency", "essex-police", file)
            self.assertIn("4 rows read, 4 new", out)
            types = [event["data"]["type"] for event in daemon.events()
                     if event["type"] == "incidents.IncidentRecorded"]
            self.assertEqual(sorted(types), ["anti-social-behaviour", "anti-social-behaviour",
                                             "other-theft", "violent-crime"])

    def test_templates_are_written_once_and_read_back_as_nothing(self):
        with Daemon() as daemon:
            folder = daemon.folder / "forms"
            folder.mkdir()
            daemon.ok("template", "incidents", "--dir", folder)
            self.assertEqual(sorted(path.name for path in folder.iterdir()),
                             ["incidents.csv", "incidents.xlsx"])
            code, _, err = daemon.run("template", "incidents", "--dir", folder)
            self.assertEqual(code, 1)
            self.assertIn("is there already", err)
            for name in ("incidents.csv", "incidents.xlsx"):
                out = daemon.ok("import", "--agency", "essex-police", "--nil", folder / name)
                self.assertIn("0 rows read, 0 new", out)


if __name__ == "__main__":
    unittest.main()
