"""Workbooks drawn from a seed, and written down by several programs: by hand as XML, with openpyxl, xlsxwriter,
exceljs, and saved again by LibreOffice.

A cell is a dictionary {"kind", "value", "format", "formula"}: kind text, rich (runs of text), number, moment
(ISO), yes-no, error, formula (value None where it was never calculated) or empty.
"""
import copy
import datetime
import json
import random
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import corpus_support
from corpus_support import COLUMNS, DAY, FORMATS, MOMENT, MONTH, TIME

TEXTS = ["Colchester", "St Mary’s Trust", "Café Rose", "Cafe\u0301 Rose", "  two  spaces ", "1\u00a0620",
         "1,620", "65%", "£12", "2007-08", "05/06", "<5", "n/a", "-", "=1+1", "+44 1206", "007", "1e5", "TRUE",
         "a\nb", "a & b < c", 'say "no"', "#N/A", "nan", "\u200bhidden", "Ünicode 漢字 \U0001f600", "_x0041_ is A",
         " ", "''", "12/24"]
ERRORS = ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"]
NUMBERS = [0, 1, 5, 42, 1620, -3, 100000, 0.5, -0.087, 0.1 + 0.2, 1 / 3, 2.675, 33.333333333333336, 1e-7, 1.5e9,
           20240118000012345, 123456789012, 9.99999, -1234.5]
BUILT_IN = {"0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "0.00E+00": 11, "# ?/?": 12,
            "mm-dd-yy": 14, "d-mmm-yy": 15, "mmm-yy": 17, "@": 49}


def draw_number(draw, code):
    kind = FORMATS[code][0]
    if kind in (DAY, MONTH):
        return draw.randrange(36526, 54788) if draw.random() < 0.9 else draw.choice([-1, 3e6])
    if kind == MOMENT:
        return draw.randrange(36526, 54788) + draw.randrange(86400) / 86400
    if kind == TIME:
        return draw.randrange(1, 86400) / 86400
    return draw.choice(NUMBERS) if draw.random() < 0.7 else round(draw.uniform(-1000, 1000), draw.randrange(6))


def draw_cell(draw):
    kind = draw.choices(["text", "rich", "number", "moment", "yes-no", "error", "formula", "empty"],
                        [25, 5, 40, 6, 4, 4, 8, 8])[0]
    code = draw.choice(list(FORMATS))
    if kind == "text":
        return {"kind": kind, "value": draw.choice(TEXTS), "format": draw.choice(["General", "@"])}
    if kind == "rich":
        return {"kind": kind, "value": ["St ", "Mary’s", " Trust"], "format": "General"}
    if kind == "moment":
        moment = datetime.datetime(2000, 1, 1) + datetime.timedelta(seconds=draw.randrange(1_500_000_000))
        code = draw.choice([each for each, (form, _) in FORMATS.items() if form in (DAY, MONTH, MOMENT)])
        return {"kind": kind, "value": moment.isoformat(), "format": code}
    if kind == "yes-no":
        return {"kind": kind, "value": draw.random() < 0.5, "format": "General"}
    if kind == "error":
        return {"kind": kind, "value": draw.choice(ERRORS), "format": draw.choice(["General", "0%"])}
    if kind == "formula":
        value = draw.choice([None, draw_number(draw, code), "a text"])
        return {"kind": kind, "value": value, "format": "General" if isinstance(value, str) else code,
                "formula": draw.choice(["1+1", "SUM(B2:C3)", "VLOOKUP(A2,B:C,2)"])}
    if kind == "empty":
        return {"kind": kind, "value": "", "format": draw.choice(["General", code])}
    return {"kind": "number", "value": draw_number(draw, code), "format": code}


def draw_workbook(seed, rows=10):
    draw = random.Random(seed)
    book = {"days_from_1904": draw.random() < 0.2, "titles": draw.choice([0, 0, 1, 3]),
            "hidden": draw.random() < 0.2, "merged": [], "rows": []}
    for number in range(rows):
        cells = [draw_cell(draw) for _ in COLUMNS[1:]]
        book["rows"].append([{"kind": "text", "value": f"row-{number}", "format": "General"}, *cells])
    # The last row is full, so that nobody takes it for a footnote.
    book["rows"][-1][1:] = [{"kind": "number", "value": number, "format": "0"} for number in range(1, 6)]
    if draw.random() < 0.3:
        top = first_row(book) + draw.randrange(rows - 3)
        book["merged"].append([top, 2, top + 1, 2])
    return book


def first_row(book):
    return book["titles"] + 2


def specs_of(book):
    """{key: {column: cell}}"""
    return {row[0]["value"]: dict(zip(COLUMNS, row)) for row in book["rows"]}


def saved_by_libreoffice(book):
    """The workbook as LibreOffice writes it again: moments as numbers, formulas computed, underscores and
    signs of currencies escaped."""
    again = copy.deepcopy(book)
    for cell in (cell for row in again["rows"] for cell in row):
        cell.pop("iso", None)
        cell.pop("names no text", None)
        cell["escaped"] = True
        cell["escaped sign"] = cell["format"] == '"£"#,##0'
    return again


def write_openpyxl(book, path):
    from openpyxl import Workbook  # pylint: disable=import-outside-toplevel
    from openpyxl.utils.datetime import CALENDAR_MAC_1904  # pylint: disable=import-outside-toplevel
    workbook = Workbook()
    if book["days_from_1904"]:
        workbook.epoch = CALENDAR_MAC_1904
    sheet = workbook.active
    for title in range(book["titles"]):
        sheet.cell(title + 1, 1, f"Title {title}")
    for column, name in enumerate(COLUMNS, 1):
        sheet.cell(first_row(book) - 1, column, name)
    for number, row in enumerate(book["rows"], first_row(book)):
        for column, cell in enumerate(row, 1):
            written = sheet.cell(number, column)
            value = cell["value"]
            if cell["kind"] == "formula":
                value = "=" + cell["formula"]
            elif cell["kind"] == "moment":
                value = datetime.datetime.fromisoformat(value)
            elif cell["kind"] == "rich":
                value = "".join(value)
            elif cell["kind"] == "empty":
                value = None
            written.value = value
            if cell["kind"] == "text" and value.startswith("="):
                written.data_type = "s"
            written.number_format = cell["format"]
    for top, left, bottom, right in book["merged"]:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    if book["hidden"]:
        other = workbook.create_sheet("Old", 0)
        other.append(COLUMNS)
        other.append(["row-0", 9, 9, 9, 9, 9])
        other.sheet_state = "hidden"
        workbook.active = 1
    workbook.save(path)


def write_xlsxwriter(book, path):
    options = {"date_1904": book["days_from_1904"], "constant_memory": book["titles"] == 1}
    workbook = corpus_support.xlsxwriter.Workbook(str(path), options)
    formats = {}

    def form(code):
        return formats.setdefault(code, workbook.add_format({"num_format": code}))
    if book["hidden"]:
        other = workbook.add_worksheet("Old")
        other.write_row(0, 0, COLUMNS)
        other.hide()
    sheet = workbook.add_worksheet("Rows")
    sheet.activate()
    sheet.set_first_sheet()
    for title in range(book["titles"]):
        sheet.write_string(title, 0, f"Title {title}")
    sheet.write_row(first_row(book) - 2, 0, COLUMNS)
    for number, row in enumerate(book["rows"], first_row(book) - 1):
        for column, cell in enumerate(row):
            write_cell(sheet, number, column, cell, form(cell["format"]))
    workbook.close()


def write_cell(sheet, row, column, cell, form):
    value = cell["value"]
    if cell["kind"] == "text":
        cell["escaped"] = True  # xlsxwriter writes _x005F_ for its underscore
        sheet.write_string(row, column, value, form)
    elif cell["kind"] == "rich":
        sheet.write_rich_string(row, column, *value, form)
    elif cell["kind"] == "number":
        sheet.write_number(row, column, value, form)
    elif cell["kind"] == "moment":
        sheet.write_datetime(row, column, datetime.datetime.fromisoformat(value), form)
    elif cell["kind"] == "yes-no":
        sheet.write_boolean(row, column, value, form)
    elif cell["kind"] == "error":
        sheet.write_formula(row, column, "=NA()", form, value)
    elif cell["kind"] == "formula":
        sheet.write_formula(row, column, "=" + cell["formula"], form, 0 if value is None else value)
    else:
        sheet.write_blank(row, column, None, form)


def write_exceljs(books, paths):
    """All in one run of node: it takes a second to begin."""
    script = Path(__file__).with_name("corpus_exceljs.mjs")
    job = json.dumps([{"book": book, "path": str(path), "columns": COLUMNS, "first_row": first_row(book)}
                      for book, path in zip(books, paths)])
    subprocess.run([corpus_support.NODE, script, str(corpus_support.EXCELJS)], input=job, text=True, check=True)


class Xml:
    """The workbook as XML, with what other programs rarely write."""
    MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    PACKAGE = "http://schemas.openxmlformats.org/package/2006"
    CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml."

    def __init__(self, book, seed):
        self.book, self.draw = book, random.Random(seed)
        self.texts, self.codes = [], ["General"]

    def style(self, code):
        if code not in self.codes:
            self.codes.append(code)
        return self.codes.index(code)

    def text(self, runs):
        space = ' xml:space="preserve"'
        if len(runs) == 1:
            return f"<t{space if runs[0] != runs[0].strip() else ''}>{escape(runs[0])}</t>"
        spoken = "<rPh sb=\"0\" eb=\"1\"><t>spoken</t></rPh>"
        return "".join(f"<r><rPr><b/></rPr><t{space}>{escape(run)}</t></r>" for run in runs) + spoken

    def cell(self, place, cell):
        kind, value = cell["kind"], cell["value"]
        start = f'<c r="{place}" s="{self.style(cell["format"])}"'
        if kind in ("text", "rich"):
            runs = [value] if kind == "text" else value
            if self.draw.random() < 0.3:
                return f'{start} t="inlineStr"><is>{self.text(runs)}</is></c>'
            self.texts.append(self.text(runs))
            return f'{start} t="s"><v>{len(self.texts) - 1}</v></c>'
        if kind == "number":
            written = repr(value) if self.draw.random() < 0.7 else f"{value:.17G}"
            return f"{start}><v>{written}</v></c>"
        if kind == "moment":
            cell["iso"] = True
            return f'{start} t="d"><v>{value}</v></c>'
        if kind == "yes-no":
            return f'{start} t="b"><v>{int(value)}</v></c>'
        if kind == "error":
            return f'{start} t="e"><f>NA()</f><v>{value}</v></c>'
        if kind == "empty":
            cell["names no text"] = self.draw.random() < 0.1
            return start + (' t="s"/>' if cell["names no text"] else self.draw.choice(
                ["/>", ' t="inlineStr"><is><t></t></is></c>', "></c>"]))
        formula = f"<f>{escape(cell['formula'])}</f>"
        if value is None:
            return start + ">" + formula + self.draw.choice(["", "<v></v>", "<v/>"]) + "</c>"
        kind = ' t="str"' if isinstance(value, str) else ""
        return f"{start}{kind}>{formula}<v>{value}</v></c>"

    def sheet(self):
        rows = [f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>Title</t></is></c></row>'
                for number in range(1, self.book["titles"] + 1)]
        header = [{"kind": "text", "value": name, "format": "General"} for name in COLUMNS]
        for number, row in enumerate([header, *self.book["rows"]], first_row(self.book) - 1):
            cells = "".join(self.cell("ABCDEF"[column] + str(number), cell) for column, cell in enumerate(row))
            rows.append(f'<row r="{number}" spans="1:6">{cells}</row>')
        merged = "".join(f'<mergeCell ref="{"ABCDEF"[left - 1]}{top}:{"ABCDEF"[right - 1]}{bottom}"/>'
                         for top, left, bottom, right in self.book["merged"])
        return (f'<worksheet xmlns="{self.MAIN}"><sheetData>{"".join(rows)}</sheetData>'
                + (f'<mergeCells count="1">{merged}</mergeCells>' if merged else "") + "</worksheet>")

    def styles(self):
        own = [code for code in self.codes if code != "General" and code not in BUILT_IN]
        numbers = {code: BUILT_IN.get(code, 0) for code in self.codes} | {
            code: 164 + number for number, code in enumerate(own)}
        written = "".join(f'<numFmt numFmtId="{numbers[code]}" formatCode={quoteattr(code)}/>' for code in own)
        forms = "".join(f'<xf numFmtId="{numbers[code]}" fontId="0" fillId="0" borderId="0" xfId="0" '
                        'applyNumberFormat="1"/>' for code in self.codes)
        return (f'<styleSheet xmlns="{self.MAIN}"><numFmts count="{len(own)}">{written}</numFmts><fonts count="1">'
                '<font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill '
                'patternType="none"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/>'
                '<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" '
                f'borderId="0"/></cellStyleXfs><cellXfs count="{len(self.codes)}">{forms}</cellXfs></styleSheet>')

    def relation(self, number, kind, target):
        return f'<Relationship Id="r{number}" Type="{self.RELATIONS}/{kind}" Target="{target}"/>'

    def write(self, path):
        sheet = self.sheet()
        relations = f'<Relationships xmlns="{self.PACKAGE}/relationships">'
        kinds = {"workbook": "sheet.main", "sheet1": "worksheet", "styles": "styles", "texts": "sharedStrings"}
        types = "".join(f'<Override PartName="/xl/{part}.xml" ContentType="{self.CONTENT}{kind}+xml"/>'
                        for part, kind in kinds.items())
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{self.PACKAGE}/content-types"><Default Extension="rels" '
                                   'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                                   f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
            "_rels/.rels": relations + self.relation(1, "officeDocument", "xl/workbook.xml") + "</Relationships>",
            "xl/_rels/workbook.xml.rels": relations + self.relation(1, "worksheet", "sheet1.xml")
                                          + self.relation(2, "styles", "styles.xml")
                                          + self.relation(3, "sharedStrings", "texts.xml") + "</Relationships>",
            "xl/workbook.xml": f'<workbook xmlns="{self.MAIN}" xmlns:r="{self.RELATIONS}"><workbookPr date1904='
                               f'"{int(self.book["days_from_1904"])}"/><sheets><sheet name="Rows" sheetId="1" '
                               'r:id="r1"/></sheets></workbook>',
            "xl/sheet1.xml": sheet, "xl/styles.xml": self.styles(),
            "xl/texts.xml": f'<sst xmlns="{self.MAIN}">'
                            + "".join(f"<si>{text}</si>" for text in self.texts) + "</sst>"}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)


def write_xml(book, path):
    Xml(book, str(path.name)).write(path)
