"""Text files as offices send them: what one row has wrong costs that row, what the file says beside
its rows is told, and every reading ends in the report's cell."""
import unittest

from file_support import OBSERVATIONS, REFUSED, Files, csv_text, observation, setUpModule

INCIDENTS = "source_key,month,type,force,district,location\n"


class QuotationMarks(Files):
    def send_incidents(self, month, *locations, code=0):
        rows = "".join(f"q-{month}-{number},{month},Robbery,Essex Police,Colchester,{location}\n"
                       for number, location in enumerate(locations))
        return self.send_text(INCIDENTS + rows, code=code)

    def test_one_that_is_stray_costs_its_own_row(self):
        said = self.send_incidents("2022-03", "High Street", 'Entry by 12" window', "Park Road",
                                   code=REFUSED)
        self.assertIn("row 2 (line 3), row: refused INVALID_FIELD: a quotation mark", said)
        self.assertIn("2 new", said)
        self.assertEqual(self.incidents("2022-03"), "2")

    def test_one_that_never_closes_costs_its_own_row(self):
        said = self.send_incidents("2022-04", "High Street", '"Park Road', "Mill Lane", "The Green",
                                   code=REFUSED)
        self.assertIn("row 2 (line 3), row: refused INVALID_FIELD: a quotation mark opens", said)
        self.assertEqual(self.incidents("2022-04"), "3")

    def test_two_that_are_stray_hide_no_row_between_them(self):
        said = self.send_incidents("2022-05", '"High Street', "Park Road", "Mill Lane",
                                   'The Green"', "Mill Road", code=REFUSED)
        self.assertIn("row 1 (line 2), row: refused INVALID_FIELD: a quotation mark opens", said)
        self.assertIn("row 4 (line 5), row: refused INVALID_FIELD: a quotation mark stands", said)
        self.assertEqual(self.incidents("2022-05"), "3")

    def test_a_quoted_cell_of_several_lines_is_one_row(self):
        said = self.send_incidents("2022-06", '"High Street,\nby the ""Bull""\n\nand beyond"', "Park Road",
                                   code=REFUSED)
        self.assertIn("2 rows read, 1 new", said)
        self.assertIn("row 1 (line 2), location: refused INVALID_FIELD: is not one line", said)

    def test_the_refused_row_can_be_corrected_in_its_rejects(self):
        path = self.write(INCIDENTS + 'r-1,2022-07,Robbery,Essex Police,Colchester,12" window\n'
                          "r-2,2022-07,Robbery,Essex Police,Colchester,High Street\n")
        self.import_file(path, code=REFUSED)
        rejects = path.with_suffix(".rejects.csv")
        self.assertIn('""', rejects.read_text())
        self.import_file(rejects)
        self.assertEqual(self.incidents("2022-07"), "2")


class Encodings(Files):
    HEADER = "organisation_id,name,kind,aliases\n".encode()

    def test_bytes_of_another_encoding_cost_their_row_and_change_no_other(self):
        said = self.send_text(self.HEADER + "x-cafe,Café Links,voluntary,\n".encode()
                              + b"x-mary,St Mary\x92s Trust,voluntary,\n", code=REFUSED)
        self.assertIn("row 2 (line 3), row: refused INVALID_FIELD: has bytes that are no UTF-8", said)
        self.assertIn("CSV UTF-8", said)
        log = self.daemon.ok("log", "--format", "jsonl", "--type", "partners.OrganisationRegistered")
        self.assertIn("Café Links", log)
        self.assertNotIn("x-mary", log)

    def test_a_file_of_one_encoding_is_read_in_it(self):
        said = self.send_text(self.HEADER + "x-rene,René’s Trust,voluntary,\n".encode("cp1252"))
        self.assertIn("read as Windows-1252", said)
        for number, encoding in enumerate(("utf-8-sig", "utf-16", "utf-16-be"), 1):
            with self.subTest(encoding):
                mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
                text = self.HEADER.decode() + f"x-enc-{number},Zoë’s House {number},voluntary,\n"
                self.send_text(mark + text.encode(encoding))
        log = self.daemon.ok("log", "--format", "jsonl", "--type", "partners.OrganisationRegistered")
        for name in ("René’s Trust", "Zoë’s House 1", "Zoë’s House 2", "Zoë’s House 3"):
            self.assertIn(name, log)

    def test_a_byte_that_is_no_character_costs_its_row(self):
        said = self.send_text(self.HEADER + b"x-odd,Od\x81d Trust,voluntary,\n"
                              b"x-even,Even\xe9 Trust,voluntary,\n", code=REFUSED)
        self.assertIn("row 1 (line 2), row: refused INVALID_FIELD: byte 9 of the row, 0x81", said)
        self.assertIn("1 new", said)


class Letters(Files):
    HEADER = "organisation_id,name,kind,aliases\n"

    def test_a_name_is_taken_however_its_letters_are_written(self):
        said = self.send_text(self.HEADER + "nfc-a,Caf\u00e9 Rose,voluntary,\n"
                              "nfd-a,Cafe\u0301 Rose,voluntary,\nup-a,CAF\u00c9 ROSE,voluntary,\n",
                              code=REFUSED)
        self.assertIn("rows 2-3 (lines 3-4), name: refused ALREADY_EXISTS", said)
        self.assertIn("another organisation (nfc-a)", said)
        self.send_text("partnership,organisation,role,from\n"
                       "colchester,Cafe\u0301 Rose,statutory,2021-04-01\n")
        rows = self.daemon.report("members", csp="colchester").rows()
        self.assertEqual(sum("nfc-a" in row.values() for row in rows), 1, rows)

    def test_spaces_that_are_no_plain_ones_are_white_space(self):
        self.send_text("measure_id\u00a0,area,source,period,basis,value\n"
                       "robbery,Colchester\u00a0,Essex Police,2023-07\u202f,in-period,\"1\u00a0620\"\n")
        self.assertEqual(self.figure("2023-07"), "1620")


class Columns(Files):
    def test_without_a_heading_or_twice_and_not_stored_they_are_named_and_read_over(self):
        said = self.send_text("measure_id,,area,source,period,basis,value,Notes,Notes,\n"
                              "robbery,,Colchester,Essex Police,2021-04,in-period,24,a,b,\n"
                              "robbery,lost,Colchester,Essex Police,2021-05,in-period,25,a,b,\n")
        self.assertIn('column "Notes" is none of dataset observations: not stored', said)
        self.assertIn("1 cells in columns without a heading: not stored", said)
        self.assertEqual(self.figure("2021-05"), "25")

    def test_one_that_is_stored_stands_once(self):
        said = self.send_text("measure_id,area,source,period,basis,value,Value\n"
                              "robbery,Colchester,Essex Police,2021-06,in-period,24,25\n", code=REFUSED)
        self.assertIn('column "value" stands twice', said)
        self.no_figure("2021-06")

    def test_a_heading_may_have_any_case_and_hyphens(self):
        self.send_text("Measure ID,AREA,Source,Period,Basis,Value\n"
                       "robbery,Colchester,Essex Police,2021-07,In period,26\n")
        self.assertEqual(self.figure("2021-07"), "26")


class Lines(Files):
    def test_what_stands_above_the_header_is_told_and_rows_are_counted_as_a_spreadsheet_does(self):
        said = self.send_text("Monthly return,,,,,\nData correct as at 05/02/2024,,,,,\n\n"
                              + csv_text(OBSERVATIONS, observation("2020-04", 5),
                                         observation("2020-05", "soon")),
                              "--extract-date", "2024-02-05", code=REFUSED)
        self.assertIn('line 1 stands above the header and is not stored: "Monthly return"', said)
        self.assertIn("line 2: says the day of the extract that was given", said)
        self.assertIn("row 2 (line 6), value: refused", said)
        self.assertEqual(self.figure("2020-04"), "5")

    def test_the_rejects_name_row_and_line_and_keep_the_parts_of_a_finding_together(self):
        path = self.write("Return\n" + csv_text(
            ["referral_id", "service_id", "received", "area", "status"],
            ["NC-9001", "Next Chaptre!", "2024-02", "Colchester", "thinking"]))
        self.import_file(path, agency=("--agency", "next-chapter"), code=REFUSED)
        header, row = path.with_suffix(".rejects.csv").read_text().splitlines()
        self.assertTrue(header.endswith("reject: row,reject: line,reject: column,reject: reason,"
                                        "reject: what to do"), header)
        self.assertIn(",1,3,", row)
        fields = row.split(",1,3,")[1].split(",")[0].strip('"').split("; ")
        self.assertEqual(sorted(fields), ["service_id", "status"])
        # The remedy for a status lists the words for it, in the place of the status.
        remedies = row[row.rindex(',"') + 2:-1].split("; ")
        self.assertIn("received", remedies[fields.index("status")], row)
        self.assertNotIn("received", remedies[fields.index("service_id")], row)


class OtherFiles(Files):
    def test_the_nearest_dataset_and_what_is_missing_are_named(self):
        said = self.send_text("month,force,district\n2024-01,Essex Police,Colchester\n", code=REFUSED)
        self.assertIn('the nearest is incidents, which wants "type" as well', said)
        said = self.send_text("Type,Date,Latitude,Longitude,Gender,Age range\nPerson search,2024,1,2,M,\n",
                              code=REFUSED)
        self.assertIn("the nearest is", said)
        said = self.send_text("colour,size\nred,5\n", code=REFUSED)
        self.assertIn("no line of it has a column of any dataset", said)

    def test_what_is_no_table_is_called_what_it_is(self):
        for content, kind in ((b"%PDF-1.7\n", "PDF"), (b'{"rows": []}', "JSON"),
                              (b"<html><table></table></html>", "HTML")):
            with self.subTest(kind):
                self.assertIn(kind, self.send_text(content, code=REFUSED))

    def test_an_empty_file_and_a_header_alone_are_refused(self):
        self.assertIn("the file is empty", self.send_text("\n\n", code=REFUSED))
        self.assertIn("a header and no rows", self.send_text(csv_text(OBSERVATIONS), code=REFUSED))


if __name__ == "__main__":
    unittest.main()
