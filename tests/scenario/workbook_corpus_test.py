"""Workbooks of several programs, and 200 drawn at random: services/ingest takes of every cell what
python3-openpyxl does, and a kind that LibreOffice agrees with, or corpus_support.py says why not.

DAYBOOK_SEED draws other workbooks.
"""
import os
import pathlib
import tempfile
import unittest

import corpus_support as corpus
import corpus_writers as writers

SEED = int(os.environ.get("DAYBOOK_SEED", "20240401"))
OF_EACH_WRITER = 8
AT_RANDOM = 200
MISSING = corpus.what_is_missing()


class Corpus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="daybook-corpus-")))
        cls.books = {}  # path: what was written
        cls.make()
        cls.taken = corpus.read_files(list(cls.books), "--texts", "|".join(corpus.COLUMNS))

    @classmethod
    def draw(cls, name, count, seed):
        """Paths for so many workbooks, and the workbooks."""
        books = {cls.folder / f"{name}-{number}.xlsx": writers.draw_workbook(seed + number)
                 for number in range(count)}
        cls.books.update(books)
        return books

    def cells(self, path):
        """(where, what was taken, what openpyxl takes) of every cell."""
        wanted = corpus.wanted_of(path, writers.specs_of(self.books[path]), self.differences)
        taken = corpus.taken_by_ingest(self.taken[path])
        self.assertEqual(set(taken), set(wanted), path.name)
        for key, row in wanted.items():
            for column, text in row.items():
                yield f"{path.name}, {key}, {column}", taken[key][column], text

    def compare(self):
        self.differences = corpus.new_counts()
        wrong = []
        for path in self.books:
            for where, taken, text in self.cells(path):
                if not corpus.agrees(taken, text):
                    wrong.append(f"{where}: {taken} instead of {text!r}")
        self.assertEqual(wrong, [], "\n".join(wrong[:40]))

    def compare_kinds(self):
        flat = corpus.convert(self.books, "fods", self.folder / "fods")
        wrong, used = [], set()
        for path, document in flat.items():
            taken = corpus.taken_by_ingest(self.taken[path])
            specs = writers.specs_of(self.books[path])
            for key, row in corpus.kinds_of(document).items():
                for column, kind in row.items():
                    # LibreOffice computes formulas anew, errors too, and shows merged cells once.
                    if specs[key][column]["kind"] in ("formula", "error") or self.books[path]["merged"]:
                        continue
                    if not corpus.same_kind(kind, taken[key][column], used):
                        wrong.append(f"{path.name}, {key}, {column}: {taken[key][column]}, LibreOffice: {kind}")
        self.assertEqual(wrong, [], "\n".join(wrong[:40]))
        return used


@unittest.skipIf(MISSING, MISSING)
class Writers(Corpus):
    @classmethod
    def make(cls):
        for path, book in cls.draw("by-hand", OF_EACH_WRITER, SEED).items():
            writers.write_xml(book, path)
        for path, book in cls.draw("openpyxl", OF_EACH_WRITER, SEED + 100).items():
            writers.write_openpyxl(book, path)
        if corpus.xlsxwriter is not None:
            for path, book in cls.draw("xlsxwriter", OF_EACH_WRITER, SEED + 200).items():
                writers.write_xlsxwriter(book, path)
        if corpus.EXCELJS.is_dir():
            books = cls.draw("exceljs", OF_EACH_WRITER, SEED + 300)
            writers.write_exceljs(books.values(), books)
        if corpus.SOFFICE is not None:
            cls.save_again()

    @classmethod
    def save_again(cls):
        """By LibreOffice, what the others wrote."""
        again = corpus.convert(cls.books, "xlsx", cls.folder / "again")
        for path, saved in again.items():
            renamed = saved.rename(saved.with_name("libreoffice-" + saved.name))
            cls.books[renamed] = writers.saved_by_libreoffice(cls.books[path])

    def test_the_reader_takes_what_openpyxl_takes(self):
        self.compare()

    @unittest.skipIf(corpus.xlsxwriter is None, "python3-xlsxwriter is not installed")
    def test_xlsxwriter_is_among_them(self):
        self.assertEqual(sum("xlsxwriter" in path.name for path in self.books) % OF_EACH_WRITER, 0)

    @unittest.skipUnless(corpus.EXCELJS.is_dir(), "exceljs is not installed (tests/run does)")
    def test_exceljs_is_among_them(self):
        self.assertEqual(sum("exceljs" in path.name for path in self.books) % OF_EACH_WRITER, 0)

    @unittest.skipIf(corpus.SOFFICE is None, "LibreOffice is not installed")
    def test_kinds_are_those_of_libreoffice(self):
        self.compare_kinds()


@unittest.skipIf(MISSING, MISSING)
class AtRandom(Corpus):
    @classmethod
    def make(cls):
        with_library = [writers.write_openpyxl] + [writers.write_xlsxwriter] * (corpus.xlsxwriter is not None)
        for number, (path, book) in enumerate(cls.draw("random", AT_RANDOM, SEED + 1000).items()):
            # Half of them by hand, which can write what the libraries do not.
            write = writers.write_xml if number % 2 else with_library[number // 2 % len(with_library)]
            write(book, path)

    def test_the_reader_takes_what_openpyxl_takes(self):
        self.compare()
        unmet = set(corpus.DIFFERENCES) - set(self.differences)
        self.assertEqual(unmet, set(), "differences that are explained and do not occur")

    @unittest.skipIf(corpus.SOFFICE is None, "LibreOffice is not installed")
    def test_kinds_are_those_of_libreoffice(self):
        used = self.compare_kinds()
        self.assertEqual(set(corpus.KIND_DIFFERENCES) - used, set(), "explained and do not occur")


if __name__ == "__main__":
    unittest.main()
