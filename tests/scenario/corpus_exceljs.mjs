// Writes the workbooks of corpus_writers.py with exceljs: node corpus_exceljs.mjs EXCELJS < JOBS
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const ExcelJS = createRequire(import.meta.url)(process.argv[2]);

function valueOf(cell) {
  switch (cell.kind) {
    case 'rich': return {richText: cell.value.map((text) => ({text, font: {bold: true}}))};
    case 'moment': return new Date(cell.value + 'Z');
    case 'error': return {error: cell.value};
    case 'formula': return {formula: cell.formula, result: cell.value ?? undefined};
    case 'empty': return cell.format === 'General' ? '' : null;
    default: return cell.value;
  }
}

for (const {book, path, columns, first_row: first} of JSON.parse(readFileSync(0, 'utf8'))) {
  const workbook = new ExcelJS.Workbook();
  workbook.properties.date1904 = book.days_from_1904;
  if (book.hidden) {
    workbook.addWorksheet('Old', {state: 'hidden'}).addRow(columns);
    workbook.views = [{activeTab: 1, firstSheet: 1, visibility: 'visible'}];
  }
  const sheet = workbook.addWorksheet('Rows');
  for (let title = 1; title <= book.titles; ++title) sheet.getCell(title, 1).value = `Title ${title}`;
  columns.forEach((name, column) => { sheet.getCell(first - 1, column + 1).value = name; });
  book.rows.forEach((row, number) => row.forEach((cell, column) => {
    const written = sheet.getCell(first + number, column + 1);
    written.value = valueOf(cell);
    written.numFmt = cell.format;
  }));
  await workbook.xlsx.writeFile(path);
}
