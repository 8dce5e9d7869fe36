"""Who sends: agencies, services and datasets that the partnership does not know are refused at the
first call, with the nearest one (cases 39); and what may be chosen is listed."""
import unittest

from daybook_support import SAMPLE, Daemon
from file_support import csv_text

REFERRAL = ["referral_id", "service_id", "received", "area"]


class WhoSends(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = cls.enterClassContext(Daemon(operator="safer-colchester"))
        cls.daemon.ok("import", SAMPLE)

    def send(self, agency, text, name="file.csv", code=1):
        path = self.daemon.folder / name
        path.write_text(text, encoding="utf-8")
        got, out, err = self.daemon.run("--agency", agency, "import", path)
        self.assertEqual(got, code, out + err)
        return out + err

    def services(self):
        return {row["service"] for row in self.daemon.report("register", of="services").rows()}

    def test_an_agency_that_is_not_registered_sends_nothing(self):
        before = len(self.daemon.events())
        for agency, nearest in (("ghost", ""), ("essex-polise", "essex-police"), ("daybook", "")):
            said = self.send(agency, csv_text(REFERRAL, ["R-1", "next-chapter", "2024-01", ""]))
            self.assertIn("UNKNOWN_ORGANISATION", said)
            self.assertIn(nearest, said)
            self.assertIn("daybook list partners", said)
        self.assertEqual(len(self.daemon.events()), before)

    def test_no_agency_is_assumed(self):
        said = self.send("", csv_text(REFERRAL, ["R-1", "next-chapter", "2024-01", ""]))
        self.assertIn("AGENCY_MISSING", said)
        self.assertIn("--agency", said)

    def test_a_service_that_is_not_known_is_refused_with_the_nearest(self):
        before = self.services()
        for service in ("next-chaptre", "nextchapter", "womens-safety-workers"):
            said = self.send("next-chapter", csv_text(REFERRAL, ["R-9", service, "2024-01", ""]))
            self.assertIn("UNKNOWN_SERVICE", said)
            self.assertIn("daybook list services", said)
        said = self.send("next-chapter",
                         csv_text(REFERRAL, ["R-9", "next-chaptre", "2024-01", ""]))
        self.assertIn('"next-chapter"', said)
        self.assertEqual(self.services(), before)
        rows = self.daemon.report("referral-trend", area="colchester").rows()
        self.assertNotIn("next-chaptre", {row.get("service") for row in rows})

    def test_a_service_may_be_an_organisation(self):
        said = self.send("open-road", csv_text(REFERRAL, ["R-2", "open-road", "2024-01", ""]),
                         name="open-road.csv", code=0)
        self.assertIn("1 new", said)

    def test_only_the_operator_registers_organisations(self):
        organisation = csv_text(["organisation_id", "name", "kind"], ["new-hub", "New Hub", "voluntary"])
        said = self.send("essex-police", organisation, name="organisations-police.csv")
        self.assertIn("NOT_OPERATOR", said)
        self.assertIn("safer-colchester", said)
        self.send("safer-colchester", organisation, name="organisations-new.csv", code=0)
        self.send("new-hub", csv_text(REFERRAL, ["R-3", "next-chapter", "2024-01", ""]),
                  name="hub.csv", code=0)

    def test_what_may_be_chosen_is_listed(self):
        for what, one in (("areas", "Colchester"), ("measures", "robbery"), ("plans", "colchester-2013-14"),
                          ("partners", "Essex Police"), ("services", "next-chapter"),
                          ("crime-types", "Violence and sexual offences"), ("datasets", "observations"),
                          ("dimensions", "under-12"), ("partnerships", "Safer Colchester")):
            self.assertIn(one, self.daemon.ok("list", what), what)
        self.assertEqual(self.daemon.run("list", "colours")[0], 2)

    def test_ids_are_printed_in_one_piece(self):
        for what in ("measures", "areas", "partners", "partnerships", "dimensions"):
            ids = [line.split(",")[0] for line in self.daemon.ok("list", what, "--format", "csv").splitlines()[1:]]
            words = self.daemon.ok("list", what).split()
            self.assertEqual([one for one in ids if one not in words], [], what)


class AMisspeltOperator(unittest.TestCase):
    def test_is_named_in_the_log_of_a_start_and_in_the_refusal(self):
        with Daemon(operator="safer-colchestr") as daemon:
            organisations = SAMPLE / "organisations.csv"
            _, out, err = daemon.run("--agency", "safer-colchester", "import", organisations)
            self.assertIn("correct the --operator of daybookd", out + err)
            daemon.operator = "safer-colchester"
            daemon.restart()
            daemon.ok("--agency", "safer-colchester", "import", organisations)
            self.assertNotIn("operator:", daemon.log())
            daemon.operator = "safer-colchestr"
            daemon.restart()
            self.assertIn('operator: no agency is registered as "safer-colchestr"; the nearest is safer-colchester',
                          daemon.log())


class AFileOfWhichEveryRowIsRefused(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = cls.enterClassContext(Daemon())
        cls.daemon.ok("import", SAMPLE)

    def test_takes_nothings_place_and_comes_in_once_it_is_corrected(self):
        path = self.daemon.folder / "cases.csv"
        path.write_text(csv_text(REFERRAL, ["R-1", "next-chapter", "2024-01", ""]), encoding="utf-8")
        self.daemon.ok("--agency", "next-chapter", "import", path)
        path.write_text(csv_text(REFERRAL, ["R-1", "refuge", "2024-01", ""],
                                 ["R-2", "refuge", "2024-02", ""]), encoding="utf-8")
        code, out, err = self.daemon.run("--agency", "next-chapter", "import", path)
        self.assertEqual(code, 1, out + err)
        self.assertIn("2 refused", out)
        self.assertIn("refused: no row of it is recorded", out)
        states = [row["state"] for row in self.daemon.report("submissions", dataset="referrals").rows()]
        self.assertEqual(states, ["stands", "refused"])
        # Once the service is known the same file is taken.
        measure = self.daemon.folder / "measures.csv"
        measure.write_text(csv_text(
            ["measure_id", "label", "subject", "unit", "is_count", "parts_of_whole", "service_id"],
            ["refuge-referrals", "Refuge: referrals", "referrals", "referrals", "yes", "no", "refuge"]),
            encoding="utf-8")
        self.daemon.ok("import", measure)
        self.assertIn("1 new", self.daemon.ok("--agency", "next-chapter", "import", path))
        states = [row["state"] for row in self.daemon.report("submissions", dataset="referrals").rows()]
        self.assertEqual(states, ["superseded by 2", "stands"])


if __name__ == "__main__":
    unittest.main()
