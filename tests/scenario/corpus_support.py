"""Workbooks of a corpus, and what python3-openpyxl, LibreOffice and services/ingest take of them.

Every sheet has the columns of COLUMNS and a key in each row, so that cells are found again whatever a reader
skips. What services/ingest takes is told by the test program read_files.
"""
import datetime
import json
import re
import shutil
import subprocess
import sys
import unicodedata
import warnings
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from daybook_support import BIN, ROOT

# Debian's packages are there for every Python of this machine.
sys.path.append("/usr/lib/python3/dist-packages")
try:
    import openpyxl
except ImportError:
    openpyxl = None
try:
    import xlsxwriter
except ImportError:
    xlsxwriter = None
NODE = shutil.which("node")
EXCELJS = ROOT / "build/node/node_modules/exceljs"  # tests/run installs it
SOFFICE = shutil.which("soffice")

COLUMNS = ["key", "a", "b", "c", "d", "e"]
HIDDEN_SHEET = "Old"  # of some of them, with the same columns

# Number formats, what they say of a number, and the sign that they show with it.
NUMBER, PERCENT, CURRENCY, DAY, MONTH, MOMENT, TIME, UNCLEAR = (
    "number", "percent", "currency", "day", "month", "moment", "time", "unclear")
FORMATS = {
    "General": (NUMBER, ""), "0": (NUMBER, ""), "0.00": (NUMBER, ""), "#,##0": (NUMBER, ""),
    "#,##0.00": (NUMBER, ""), "#,##0_);[Red](#,##0)": (NUMBER, ""), "0.00E+00": (NUMBER, ""),
    "# ?/?": (NUMBER, ""),
    '0" offences"': (NUMBER, ""), '"up "0.0;"down "0.0': (NUMBER, ""), "@": (NUMBER, ""), '0"%"': (NUMBER, "%"),
    "0%": (PERCENT, "%"), "0.0%": (PERCENT, "%"), "0.00%": (PERCENT, "%"), "0.0%;[Red]-0.0%": (PERCENT, "%"),
    "[$£-809]#,##0.00": (CURRENCY, "£"), '"£"#,##0': (CURRENCY, "£"), "[$€-2] #,##0.00": (CURRENCY, "€"),
    "dd/mm/yyyy": (DAY, ""), "yyyy-mm-dd": (DAY, ""), "d mmmm yyyy": (DAY, ""), "mm-dd-yy": (DAY, ""),
    "d-mmm-yy": (DAY, ""), "[$-F800]dddd, mmmm dd, yyyy": (DAY, ""), "mmm-yy": (MONTH, ""),
    "mmmm yyyy": (MONTH, ""), "mm/yyyy": (MONTH, ""), "dd/mm/yyyy hh:mm": (MOMENT, ""),
    "yyyy-mm-dd hh:mm:ss": (MOMENT, ""), "hh:mm": (TIME, ""), "h:mm AM/PM": (TIME, ""), "[h]:mm:ss": (TIME, ""),
    "#,##0,": (UNCLEAR, ""), '0.0,,"m"': (UNCLEAR, ""), ";;;": (UNCLEAR, ""),
    '"n/a"': (UNCLEAR, ""), '[<5]"<5";0': (UNCLEAR, ""), "mmm": (UNCLEAR, ""), "yyyy": (UNCLEAR, "")}

# Where services/ingest does not take what openpyxl does, and why. Every one of them must occur.
DIFFERENCES = {
    "boolean": "openpyxl gives True and False; a column of yes and no has the words",
    "spaces": "openpyxl keeps every space; no-break ones are plain here, those around a text and what has no "
              "width are nothing, letters are composed (NFC)",
    "digits": "openpyxl gives the binary number; 15 digits of it are what its sender sees at most",
    "sign": "openpyxl gives the bare number; the sign of its format is a part of the text, so that the column "
            "can tell 65% from 65 and £12 from 12",
    "hundredfold": "openpyxl gives 0.65 for a cell that shows 65%",
    "day": "openpyxl gives a day and a time of day; a format without a time, or without a day, says that "
           "this part is not meant",
    "hours": "openpyxl gives hours that passed as a timedelta, or as a day of 1899",
    "unclear": "openpyxl gives the number behind a format that shows another text, a thousandth or nothing; "
               "here the cell is a finding",
    "error": "openpyxl gives the error's name as a text; here the cell is a finding",
    "error word": "a text that is the name of an error is a finding: it came from a copied formula",
    "formula": "openpyxl gives None for a formula without a result; here the cell is a finding, not empty",
    "iso text": "openpyxl gives a moment; a text of type d is taken as it stands, whatever its format",
    "escape": "openpyxl keeps _x0041_, which Excel writes for a letter that XML cannot hold, and shows as A",
    "no text": "openpyxl gives None for a cell that says it has a shared text and names none; its text is lost",
    "no day": "days before March 1900 are others in every program (there was no 29 February 1900), and what "
              "is no day at all; openpyxl gives some day, or #VALUE!",
    "merged": "openpyxl gives None for all but the first cell of merged ones; a value merged over rows counts "
              "for each",
}

# The same for kinds: LibreOffice's value type, what is taken here instead, and why.
KIND_DIFFERENCES = {
    ("float", "percentage"): 'a percent sign that the format writes as a text (0"%") is a sign all the same',
    ("float", "currency"): 'a currency that the format writes as a text ("£"0) is a currency all the same',
    ("float", "boolean"): "LibreOffice keeps yes and no as 1 and 0; a column of them has the words",
    ("date", "finding"): "months or years alone hide the day; a day before March 1900 is not the same everywhere",
    ("float", "finding"): "a format that scales or replaces its number is asked about",
    ("string", "finding"): "a text that is the name of an error came from a formula",
    ("", "finding"): "a shared text that is not there is lost, and not empty",
}


def what_is_missing():
    """Why the corpus cannot be made and read here; empty where it can."""
    if openpyxl is None:
        return "python3-openpyxl is not installed"
    return "" if (BIN / "read_files").exists() else "read_files is not built"


def read_files(paths, *arguments):
    """What services/ingest takes of each file."""
    done = subprocess.run([BIN / "read_files", *arguments, *map(str, paths)], capture_output=True, text=True,
                          check=True)
    return dict(zip(paths, map(json.loads, done.stdout.splitlines())))


@dataclass
class Taken:
    """A cell as a text, or as a finding."""
    text: str = ""
    finding: str = ""


def taken_by_ingest(answer):
    """{key: {column: Taken}}"""
    if "error" in answer:
        raise AssertionError(answer["error"])
    rows = {}
    for row in answer["rows"]:
        found = {each["column"]: each["what"] for each in row["findings"]}
        cells = dict(zip(answer["header"], row["cells"]))
        rows[cells["key"]] = {column: Taken(cells.get(column, ""), found.get(column, "")) for column in COLUMNS}
    return rows


def plain(number):
    """With at most 15 digits, as a spreadsheet shows it, and without an exponent."""
    text = f"{Decimal(f'{number:.15g}'):f}" if isinstance(number, float) else str(number)
    if isinstance(number, int) and len(text.lstrip("-")) > 15:
        text = f"{Decimal(f'{float(number):.15g}'):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def plain_text(text):
    for space in "\u00a0\u2007\u2009\u202f":
        text = text.replace(space, " ")
    for nothing in "\u200b\u2060\ufeff":
        text = text.replace(nothing, "")
    return unicodedata.normalize("NFC", text).strip(" \t\r\n\v\f")


def seconds_of(value):
    if isinstance(value, datetime.timedelta):
        return round(value.total_seconds())
    if isinstance(value, datetime.datetime):  # hours that passed
        return round((value - datetime.datetime(1899, 12, 30)).total_seconds())
    return value.hour * 3600 + value.minute * 60 + value.second + round(value.microsecond / 1e6)


def moment_of(value):
    if not isinstance(value, datetime.datetime):
        return None
    return (value + datetime.timedelta(microseconds=500_000)).replace(microsecond=0)


ERROR_WORDS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "nan", "NaN", "#SPILL!"}
FIRST_SURE_DAY = datetime.datetime(1900, 3, 1)


# A formula without a result. Not yet a finding where the result is there and empty, as openpyxl writes it:
# then the cell is taken for an empty one (sheets_test.py).
NOT_CALCULATED = object()


# A currency that LibreOffice writes as \\£: its sign is not seen yet (numbers_test.py).
UNDECIDED = object()


def agrees(taken, text):
    """Whether what was taken is what was wanted."""
    if text is UNDECIDED:
        return True
    if text is NOT_CALCULATED:
        return bool(taken.finding) or not taken.text
    return bool(taken.finding) if text is None else not taken.finding and taken.text == text


def wanted(cell, formula, spec, differences, first_day):
    """What should be taken of an openpyxl cell, read with results and read with formulas, that was written as
    `spec`: a text, None for a finding, or NOT_CALCULATED. Notes the differences that it rests on."""
    def differs(name, result):
        differences[name] += 1
        return result
    value = cell.value
    if value is None:
        if spec["kind"] == "empty" and spec.get("names no text"):
            return differs("no text", None)
        return differs("formula", NOT_CALCULATED) if formula.data_type == "f" else ""
    if cell.data_type == "e":
        return differs("error", None)
    if isinstance(value, bool):
        return differs("boolean", "yes" if value else "no")
    if isinstance(value, str):
        text = value.replace("_x005F_", "_") if spec.get("escaped") else value.replace("_x0041_", "A")
        if text != value:
            differs("escape", None)
        text = plain_text(text)
        if text in ERROR_WORDS:
            return differs("error word", None)
        return text if text == value else differs("spaces", text)
    if spec.get("iso"):
        return differs("iso text", spec["value"])
    return wanted_number(value, spec, differs, first_day)


def wanted_number(value, spec, differs, first_day):
    kind, sign = FORMATS[spec["format"]]
    if kind == UNCLEAR:
        return differs("unclear", None)
    if kind in (DAY, MONTH, MOMENT):
        if isinstance(value, datetime.time) and first_day.year == 1904:
            value = datetime.datetime.combine(first_day, value)  # its day 0
        moment = moment_of(value)
        if moment is None or moment < first_day:
            return differs("no day", None)
        if kind == MONTH:
            return differs("day", moment.strftime("%b %Y"))
        if kind == DAY or moment.time() == datetime.time():
            return differs("day", f"{moment:%Y-%m-%d}")
        return moment.isoformat()
    if kind == TIME:
        if isinstance(value, (int, float)):
            return differs("no day", None)
        seconds = seconds_of(value)
        text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        return text if isinstance(value, datetime.time) else differs("hours", text)
    if kind == PERCENT:
        hundredfold = Decimal(f"{value:.15g}") * 100
        return differs("hundredfold", plain_decimal(hundredfold) + "%")
    text = plain(value)
    if text != str(value):
        differs("digits", None)
    if kind == CURRENCY:
        if spec.get("escaped sign"):
            return UNDECIDED
        return differs("sign", f"-{sign}{text[1:]}" if text.startswith("-") else sign + text)
    return differs("sign", text + sign) if sign else text


def plain_decimal(number):
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def sheet_of(workbook):
    return next(sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible" and
                any(cell.value == "key" for row in sheet.iter_rows(max_row=5) for cell in row))


def wanted_of(path, specs, differences):
    """{key: {column: what wanted() says}} by openpyxl; `specs`: {key: {column: cell as it was drawn}}."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of cells that are no days
        results = openpyxl.load_workbook(path, data_only=True)
        sheet, formulas = sheet_of(results), sheet_of(openpyxl.load_workbook(path))
    first = FIRST_SURE_DAY
    if results.epoch.year == 1904:
        first = datetime.datetime(1904, 1, 1)
    merged = {}  # place: the cell whose value counts
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row + 1, area.max_row + 1):
            for column in range(area.min_col, area.min_col + 1):
                merged[row, column] = (area.min_row, area.min_col)
    rows, places = {}, None
    for row in sheet.iter_rows():
        if places is None:
            if any(cell.value == "key" for cell in row):
                places = {plain_text(str(cell.value)): cell.column for cell in row if cell.value}
            continue
        key = sheet.cell(row[0].row, places["key"]).value
        if key is None:
            continue
        rows[key] = {}
        for column in COLUMNS:
            place = (row[0].row, places[column])
            if place in merged:
                differences["merged"] += 1
                place = merged[place]
            own_key = sheet.cell(place[0], places["key"]).value
            rows[key][column] = wanted(sheet.cell(*place), formulas.cell(*place), specs[own_key][column],
                                       differences, first)
    return rows


OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def convert(paths, ending, folder):
    """By LibreOffice, all in one run."""
    folder.mkdir(exist_ok=True)
    subprocess.run([SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", ending,
                    "--outdir", folder, *map(str, paths)], check=True, capture_output=True, timeout=600)
    return {path: folder / (path.stem + "." + ending) for path in paths}


def kinds_of(path):
    """{key: {column: LibreOffice's kind of the cell}} of a flat ODS document."""
    rows, places = {}, None
    sheet = next(each for each in ElementTree.parse(path).iter(TABLE + "table")
                 if each.get(TABLE + "name") != HIDDEN_SHEET)
    for row in sheet.iter(TABLE + "table-row"):
        cells = []
        for cell in row:
            kind = cell.get(OFFICE + "value-type", "")
            text = "\n".join("".join(part.itertext()) for part in cell.findall(TEXT + "p"))
            if kind == "string" and re.match(r"of:=.*", cell.get(TABLE + "formula", "")) and not text:
                kind = ""
            repeated = int(cell.get(TABLE + "number-columns-repeated", "1"))
            cells += [(kind, text)] * min(repeated, 64)
        texts = [text for _, text in cells]
        if places is None:
            if "key" in texts:
                places = {name: texts.index(name) for name in COLUMNS}
        elif len(cells) > places["key"] and texts[places["key"]]:
            rows[texts[places["key"]]] = {
                column: cells[place][0] if place < len(cells) else "" for column, place in places.items()}
    return rows


def kind_taken(taken):
    """The kind that the text of a cell has, in LibreOffice's words."""
    if taken.finding:
        return "finding"
    for kind, form in (("", ""), ("percentage", ".*%"), ("currency", "-?[£€$].*"), ("boolean", "yes|no"),
                       ("date", r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]{8})?|[A-Z][a-z]{2} [0-9]{4}"),
                       ("time", "[0-9]{2,}:[0-9]{2}:[0-9]{2}"), ("float", r"-?[0-9]+(\.[0-9]+)?")):
        if re.fullmatch(form, taken.text, re.DOTALL):
            return kind
    return "string"


def same_kind(kind, taken, used):
    """Whether they agree; adds the explained difference to `used` where they do not."""
    if kind_taken(taken) == kind or (kind == "string" and not taken.finding):
        return True  # a text may look like a number
    used.add((kind, kind_taken(taken)))
    return (kind, kind_taken(taken)) in KIND_DIFFERENCES


def new_counts():
    return Counter()
