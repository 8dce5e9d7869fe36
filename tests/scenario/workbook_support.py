"""Workbooks (XLSX) written part by part, so that a test says exactly what is in a cell."""
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


class Cell:
    """A cell by its stored value: `kind` n, s (shared text), inlineStr, b, e, str, d; `code` of its
    number format; `formula` without a value was never calculated."""

    def __init__(self, value=None, kind="n", code="General", formula=None):
        self.value, self.kind, self.code, self.formula = value, kind, code, formula


class Sheet:
    def __init__(self, name, rows, state="visible", merged=(), first="A1"):
        self.name, self.rows, self.state, self.merged = name, rows, state, merged
        self.first_column = ord(first[0]) - ord("A")
        self.first_row = int(first[1:])


def write(path, sheets, days_from_1904=False, namespace=TRANSITIONAL):
    if isinstance(sheets, list) and sheets and isinstance(sheets[0], list):
        sheets = [Sheet("Return", sheets)]
    texts, codes = [], ["General"]
    parts = {}
    for number, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(sheet, texts, codes)
    relations = [f'<Relationship Id="s{n}" Type="{namespace}/worksheet" '
                 f'Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(sheets) + 1)]
    relations += [f'<Relationship Id="t" Type="{namespace}/sharedStrings" Target="sharedStrings.xml"/>',
                  f'<Relationship Id="f" Type="{namespace}/styles" Target="styles.xml"/>']
    listed = "".join(f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" state="{sheet.state}" '
                     f'r:id="s{n}"/>' for n, sheet in enumerate(sheets, 1))
    parts["[Content_Types].xml"] = "<Types/>"
    parts["_rels/.rels"] = (f'<Relationships><Relationship Id="a" Type="{namespace}/officeDocument" '
                            'Target="xl/workbook.xml"/></Relationships>')
    parts["xl/_rels/workbook.xml.rels"] = "<Relationships>" + "".join(relations) + "</Relationships>"
    parts["xl/workbook.xml"] = (f'<workbook xmlns:r="{namespace}"><workbookPr '
                                f'date1904="{int(days_from_1904)}"/><sheets>{listed}</sheets></workbook>')
    parts["xl/sharedStrings.xml"] = "<sst>" + "".join(
        f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts) + "</sst>"
    own = "".join(f'<numFmt numFmtId="{164 + n}" formatCode={quoteattr(code)}/>'
                  for n, code in enumerate(codes))
    parts["xl/styles.xml"] = (f"<styleSheet><numFmts>{own}</numFmts><cellXfs>" + "".join(
        f'<xf numFmtId="{164 + n}"/>' for n in range(len(codes))) + "</cellXfs></styleSheet>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def sheet_xml(sheet, texts, codes):
    rows = []
    for y, row in enumerate(sheet.rows, sheet.first_row):
        cells = "".join(cell_xml(place(sheet.first_column + x, y), value, texts, codes)
                        for x, value in enumerate(row) if value is not None)
        rows.append(f'<row r="{y}">{cells}</row>')
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in sheet.merged)
    return (f"<worksheet><sheetData>{''.join(rows)}</sheetData>"
            + (f"<mergeCells>{merged}</mergeCells>" if merged else "") + "</worksheet>")


def place(x, y):
    return chr(ord("A") + x) + str(y)


def cell_xml(reference, value, texts, codes):
    if not isinstance(value, Cell):
        value = Cell(value, "s") if isinstance(value, str) else Cell(value)
    stored = value.value
    if value.kind == "s":
        texts.append(stored)  # each its own: an empty one must not move the others
        stored = len(texts) - 1
    if value.code not in codes:
        codes.append(value.code)
    formula = f"<f>{escape(value.formula)}</f>" if value.formula else ""
    if value.kind == "inlineStr":
        content = f"<is><t>{escape(stored)}</t></is>"
    else:
        content = "" if stored is None else f"<v>{escape(str(stored))}</v>"
    return f'<c r="{reference}" s="{codes.index(value.code)}" t="{value.kind}">{formula}{content}</c>'


def add_row(path, number, sheet="xl/worksheets/sheet1.xml"):
    """An empty row below those of the sheet, to type into."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts[sheet] = parts[sheet].replace("</sheetData>", f'<row r="{number}"></row></sheetData>')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def type_into(path, cells, sheet="xl/worksheets/sheet1.xml"):
    """Types into a workbook that a program wrote, as a person does: {place: Cell}. A text goes into
    the cell itself; the cells of a row stay in their order."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for reference, cell in cells.items():
        style = add_format(parts, cell.code)
        kind = "inlineStr" if cell.kind == "s" else cell.kind
        content = (f"<is><t>{escape(cell.value)}</t></is>" if kind == "inlineStr" else
                   f"<v>{escape(str(cell.value))}</v>")
        parts[sheet] = put(parts[sheet], reference,
                           f'<c r="{reference}" s="{style}" t="{kind}">{content}</c>')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def add_format(parts, code):
    """The number of a new cell format with this code."""
    styles = parts["xl/styles.xml"]
    own = 164 + len(re.findall("<numFmt ", styles))
    styles = re.sub("</numFmts>", f'<numFmt numFmtId="{own}" formatCode={quoteattr(code)}/></numFmts>',
                    styles)
    before, formats, after = re.split("(<cellXfs.*?)</cellXfs>", styles, flags=re.DOTALL)
    parts["xl/styles.xml"] = (before + formats + f'<xf numFmtId="{own}" fontId="0" fillId="0" '
                              'borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>' + after)
    return len(re.findall("<xf ", formats))


def column_number(reference):
    number = 0
    for letter in re.match("[A-Z]+", reference).group():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def put(sheet, reference, cell):
    row = re.search(rf'(<row r="{re.search("[0-9]+", reference).group()}"[^>]*>)(.*?)(</row>)', sheet,
                    re.DOTALL)
    cells = {re.search('r="([A-Z]+[0-9]+)"', each).group(1): each
             for each in re.findall("<c .*?(?:/>|</c>)", row.group(2), re.DOTALL)}
    cells[reference] = cell
    ordered = "".join(cells[place] for place in sorted(cells, key=column_number))
    return sheet[:row.start()] + row.group(1) + ordered + row.group(3) + sheet[row.end():]
