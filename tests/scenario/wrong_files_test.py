"""Files and commands that are wrong: what happened, where and what to do; the daemon lives on."""
import unittest

from daybook_support import SAMPLE, Daemon

ORGANISATIONS = "organisation_id,name,kind,aliases\n"


class WrongFiles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon()
        cls.addClassCleanup(cls.daemon.__exit__, None, None, None)
        cls.daemon.start()
        cls.daemon.ok("import", SAMPLE)

    def refused(self, name, content, *options):
        """Imports a file with this content; its error output. Nothing of it is in the log."""
        path = self.daemon.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        before = self.head()
        code, out, err = self.daemon.run("import", path, *options)
        self.assertEqual(code, 1, out + err)
        self.assertIn(name, err)
        self.assertEqual(self.head(), before, "something of the file is in the log")
        return err

    def head(self):
        return self.daemon.ok("views").splitlines()[-1]

    def test_a_file_without_a_required_column(self):
        err = self.refused("a.csv", "organisation_id,name\nx-one,X\n", "--dataset", "organisations")
        self.assertRegex(err, r'column "kind" of dataset organisations is missing')
        self.assertIn("MISSING_FIELD", err)

    def test_a_file_with_a_column_that_nobody_knows(self):
        rows = "organisation_id,name,kind,phone\nx-one,X,police,1\n"
        err = self.refused("b.csv", rows, "--dataset", "organisations", "--strict")
        self.assertRegex(err, r'dataset organisations has no column "phone"')
        self.assertIn("UNKNOWN_VALUE", err)

    def test_a_column_twice(self):
        err = self.refused("c.csv", "organisation_id,name,name,kind\nx-one,X,Y,police\n",
                           "--dataset", "organisations")
        self.assertIn('column "name" stands twice', err)

    def test_a_header_that_is_of_no_dataset(self):
        self.assertIn("daybook template", self.refused("d.csv", "colour,size\nred,1\n"))

    def test_a_file_that_is_not_the_utf_16_that_it_begins_as(self):
        err = self.refused("e.csv", ORGANISATIONS.encode("utf-16") + b"\x00\xd8")
        self.assertRegex(err, r"byte \d+ of the file is no UTF-16LE")
        self.assertIn("CSV UTF-8", err)

    def test_a_file_with_a_header_and_no_rows(self):
        self.assertIn("--nil", self.refused("h.csv", ORGANISATIONS))

    def test_an_empty_file(self):
        self.assertIn("the file is empty", self.refused("f.csv", ""))

    def test_a_file_that_is_cut_off_in_a_row(self):
        path = self.daemon.folder / "cut.csv"
        path.write_text(ORGANISATIONS + "x-whole,Whole,police,\nx-cut,Cu")
        code, out, err = self.daemon.run("import", path)
        self.assertEqual(code, 1)
        self.assertIn("2 rows read, 1 new, 0 there already, 1 refused", out)
        self.assertRegex(err, r"row 2 .line 3., row: refused INVALID_FIELD: has 2 cells, the header has 4")

    def test_an_unknown_dataset(self):
        self.refused("h.csv", ORGANISATIONS + "x-one,X,police,\n", "--dataset", "horoscopes")

    def test_a_file_and_a_folder_that_are_not_there(self):
        code, _, err = self.daemon.run("import", self.daemon.folder / "nowhere.csv")
        self.assertEqual(code, 1)
        self.assertRegex(err, r"nowhere.csv: there is no such file")
        folder = self.daemon.folder / "bare"
        folder.mkdir(exist_ok=True)
        code, _, err = self.daemon.run("import", folder)
        self.assertEqual(code, 1)
        self.assertIn("no manifest.toml", err)

    def test_a_manifest_that_is_wrong_names_its_line(self):
        folder = self.daemon.folder / "wrong"
        folder.mkdir(exist_ok=True)
        manifest = folder / "manifest.toml"
        for text, words in (('[[file]]\npath = "gone.csv"\n', "gone.csv"),
                            ('[[file]]\npath = "x"\nsize = "2"\n', "manifest.toml:3: unknown key"),
                            ('[[file]]\npath = 2\n', "manifest.toml:2"),
                            ("agency = ", "manifest.toml:1")):
            manifest.write_text(text)
            code, _, err = self.daemon.run("import", folder)
            self.assertEqual(code, 1)
            self.assertIn(words, err)

    def test_an_unknown_organisation_is_a_finding_with_the_nearest_spelling(self):
        path = self.daemon.folder / "members.csv"
        path.write_text("partnership,organisation,role,from\ncolchester,Esex Police,statutory,\n")
        code, _, err = self.daemon.run("import", path, "--scope", "late")
        self.assertEqual(code, 1)
        self.assertRegex(err, r"row 1 .line 2., organisation: refused UNKNOWN_ORGANISATION.*Essex Police")
        self.assertNotIn("Esex", err)

    def test_a_figure_in_two_forms_is_not_read_as_one(self):
        path = self.daemon.folder / "two-forms.csv"
        path.write_text("measure_id,area,source,period,basis,value,numerator,denominator\n"
                        "robbery,Colchester,Essex Police,2024-02,in-period,5,5,10\n")
        code, _, err = self.daemon.run("import", path)
        self.assertEqual(code, 1)
        self.assertRegex(err, r"row 1 .line 2., numerator: refused INVALID_FIELD")
        self.assertRegex(err, r"row 1 .line 2., denominator: refused INVALID_FIELD")


class WrongCommands(unittest.TestCase):
    def test_a_server_that_is_not_there_is_exit_code_3(self):
        with Daemon() as daemon:
            daemon.stop()
            for command in (("views",), ("report", "incident-trend"), ("import", SAMPLE), ("log",)):
                code, _, err = daemon.run(*command)
                self.assertEqual(code, 3, command)
                self.assertIn(daemon.address, err)

    def test_a_command_that_is_none_is_exit_code_2(self):
        with Daemon() as daemon:
            for command in (("imprt", "x"), ("report", "--colour", "red"), ("import",), ()):
                self.assertEqual(daemon.run(*command)[0], 2, command)

    def test_an_address_may_be_written_as_a_link(self):
        with Daemon() as daemon:
            for address in (daemon.address, "http://" + daemon.address, "http://" + daemon.address + "/"):
                self.assertEqual(daemon.run("--server", address, "views")[0], 0, address)

    def test_a_type_of_event_that_does_not_exist_is_refused_with_the_nearest(self):
        with Daemon() as daemon:
            daemon.ok("import", SAMPLE / "areas.csv")
            for wanted, nearest in (("partners.AreaRegisterd", "partners.AreaRegistered"),
                                    ("partner", "partners")):
                code, _, err = daemon.run("log", "--type", wanted)
                self.assertEqual(code, 1, wanted)
                self.assertIn(f"The nearest is {nearest}", err)

    def test_reports_name_what_they_miss(self):
        with Daemon() as daemon:
            daemon.ok("import", SAMPLE / "areas.csv")
            code, _, err = daemon.run("report", "incident-trend", "--area", "colchester")
            self.assertEqual(code, 1)
            self.assertRegex(err, r"period.*missing")
            code, _, err = daemon.run("report", "incident-trend", "--area", "atlantis", "--period",
                                      "2024-01")
            self.assertEqual(code, 1)
            self.assertIn("UNKNOWN_AREA", err)
            code, _, err = daemon.run("report", "horoscope")
            self.assertEqual(code, 1)
            self.assertRegex(err, r"report")


if __name__ == "__main__":
    unittest.main()
