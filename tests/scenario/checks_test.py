"""Every figure of the reports that can be recomputed, recomputed through the service: C001 to C073.

The numbers are those of the reports, or what follows from them; golden/checks.csv is the list of all
recomputations, and no row of it that can be one is left out here.
"""
import unittest

from daybook_support import SAMPLE, Daemon, golden

OFFENCES = ["homicide", "death-or-serious-injury-by-unlawful-driving", "violence-with-injury",
            "violence-without-injury", "stalking-and-harassment", "rape", "other-sexual-offences",
            "robbery-business", "robbery-personal", "burglary-residential",
            "burglary-business-and-community", "theft-from-a-vehicle", "theft-of-a-vehicle",
            "vehicle-interference", "theft-from-the-person", "theft-of-pedal-cycles",
            "shoplifting", "other-theft", "criminal-damage", "arson", "trafficking-of-drugs",
            "possession-of-drugs", "possession-of-weapons-offences", "public-order-offences"]
# Tested here by these names; each test says in its own words what it shows.
HERE = {
    "caseload": ["C001", "C003", "C004", "C006", "C007", "C009", "C010", "C012", "C014"],
    "cohort": ["C015", "C016", "C017", "C018"],
    "sums": ["C020", "C021", "C022", "C028", "C067", "C068", "C069"],
    "relations": ["C023", "C024", "C025", "C026", "C065", "C072"],
    "plans": ["C027", "C073"],
    "changes": ["C031", "C032", "C033", "C034", "C035", "C036", "C038", "C039", "C050", "C052",
                "C064"],
    "burglary": ["C046", "C047"],
    "clients": [f"C{n:03}" for n in range(53, 64)],
    "money": ["C071"],
}
# Rows that are no match: what the service does about them.
BEHAVIOUR = {
    "differs": ["C030", "C040"],          # two extracts of one period: published_test
    "break": ["C042", "C043", "C044", "C045", "C048"],  # area_tables_test
    "implausible": ["C066"],
}


class Checks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon()
        cls.addClassCleanup(cls.daemon.__exit__, None, None, None)
        cls.daemon.start()
        cls.daemon.ok("import", SAMPLE)

    def matrix(self, measures, **options):
        options.setdefault("area", "Colchester")
        return self.daemon.report("figure-matrix", measures=",".join(measures), **options).rows()

    def relation(self, of, per, **options):
        return self.daemon.report("figure-relation", of=of, per=per, **options).rows()[0]

    def test_no_recomputation_of_the_list_is_left_out(self):
        rows = {row["id"]: row["status"] for row in golden("checks.csv")}
        ours = {check for checks in HERE.values() for check in checks}
        self.assertEqual(ours, {check for check, status in rows.items()
                                if status in ("match", "derived")})
        self.assertEqual({check for checks in BEHAVIOUR.values() for check in checks},
                         {check for check, status in rows.items()
                          if status in ("mismatch", "series_break", "implausible")})

    def test_money(self):
        pot = self.daemon.report("funding-ledger", csp="castle-point-rochford",
                                 year="2017-18").row(fund="rochford-pfcc-2017-18")
        self.assertEqual((pot["grant"], pot["before"], pot["slice"]),
                         ("12337.00", "14019.32 [e]", "1682.32 [e]"))
        self.assertEqual((pot["committed"], pot["spent"], pot["unspent"]),
                         ("12337.00", "12337.00", "0.00"))

    def test_caseload(self):
        rows = self.daemon.report("caseload", area="Colchester", open="wso-open", new="wso-new",
                                  active="wso-active").rows()
        self.assertEqual([row["new_percent"] for row in rows], ["10.8", "7.8", "13.0", "13.3"])
        printed = self.daemon.report("referral-trend", service="womens-safety-worker").rows()
        self.assertEqual([row["printed_percent"] for row in printed
                          if row["series"].endswith("new referrals")], ["11", "8", "13", "13"])
        self.assertEqual([row["active"] for row in rows], ["53", "58", "68", "81"])
        self.assertEqual([row["began_with"] for row in rows], ["45"] * 4)
        self.assertEqual([row["closed"] for row in rows], ["8", "7", "8", "5"])

    def test_cohort(self):
        rows = self.matrix(["iom-red", "iom-amber", "iom-green", "iom-blue"], within="2013-14")
        self.assertEqual([row["total"] for row in rows], ["121", "129", "130", "124"])

    def test_sums(self):
        drinkers = ["street-drinkers-" + day for day in ("monday", "wednesday", "friday")]
        row = self.matrix(drinkers, share="street-drinkers-referred")[0]
        self.assertEqual((row["total"], row["share"]), ("219", "14.2"))
        self.assertEqual(self.matrix(["s222-warnings"])[-1]["total"], "73")
        for area, total in (("Colchester", "17290"), ("Basildon", "18707"), ("Chelmsford", "15521"),
                            ("Southend-on-Sea", "18484"), ("Thurrock", "15944")):
            self.assertEqual([row["total"] for row in
                              self.matrix(OFFENCES, area=area, within="AY2022-23")], [total], area)
        tenants = "service-colchester-borough-homes-da-cases-"
        self.assertEqual(self.matrix([tenants + "own-tenants", tenants + "other-tenants"])[0]["total"],
                         "34")
        for measure, total in (("pspo-tasks", "31"), ("pspo-penalties", "18")):
            rows = self.daemon.report("breakdown", measure=measure, area="Colchester").rows()
            self.assertEqual(rows[-1]["total"], total)

    def test_relations(self):
        row = self.relation("operation-homeguard-occupier-contact-percent",
                            "operation-homeguard-homes-visited")
        self.assertEqual(row["implied"], "3400.0 [e]", "both are rough: about 40% of more than 8,500")
        row = self.relation("reduce-the-strength-sign-up-percent",
                            "reduce-the-strength-off-licences-contacted")
        self.assertEqual((row["implied"], row["from"], row["to"]),
                         ("29.6 [e]", "29.2 [e]", "30.0 [e]"), "30 is the nearest count")
        row = self.relation("crucial-crew-young-pupils", "crucial-crew-young-schools")
        self.assertEqual((row["ratio"], row["difference"]), ("24.89", "[z]"))
        row = self.relation("chip-project-individuals", "chip-project-children-and-young-people")
        self.assertEqual(row["difference"], "22", "adults")
        self.assertEqual(self.relation("marac-children", "marac-cases")["ratio"], "1.67")
        row = self.relation("pupils-reached", "pupils-reached-share")
        self.assertEqual((row["implied"], row["from"], row["to"]), ("949", "944", "954"))

    def test_a_share_that_implies_a_region_too_large_is_asked_about_and_explained(self):
        row = self.relation("vcs-members", "vcs-share")
        self.assertEqual(row["implied"], "377500 [e]", "people on the scheme in the region")
        fresh = self.daemon.folder / "vcs.csv"
        fresh.write_text("measure_id,area,source,period,basis,printed_percent,missing\n"
                         "vcs-share,Colchester,The Probation Service,2024-08-02,at-date,0.04,"
                         "denominator\n")
        code, _, findings = self.daemon.run("import", fresh, "--agency", "safer-colchester")
        self.assertEqual(code, 0, "asked about, recorded")
        self.assertIn("parts of the percentage are not given", findings)

    def test_plans(self):
        plan = "castle-point-rochford-2017-18"
        rows = self.daemon.report("plan-performance", plan=plan, period="2017-18 Q1").rows()
        operations = [row for row in rows if "operations" in row["targets"]]
        self.assertTrue(any("2, in-line" in row["targets"] for row in operations),
                        [row["targets"] for row in operations])
        rows = self.daemon.report("plan-performance", plan="colchester-2013-14",
                                  period="2013-14").rows()
        held = [row["targets"] for row in rows if "days of action" in row["action"].lower()]
        self.assertTrue(any("3" in targets and "met" in targets for targets in held), held)

    def test_changes(self):
        rows = self.daemon.report("published-figures", document="csp-report-2024-03").rows()
        changes = {row["measure"]: row for row in rows
                   if row["compared_with"] and row["area"] == "Colchester"}
        for measure in ("violence-with-injury", "violence-without-injury", "sexual-offences",
                        "robbery", "burglary-residential-dwelling",
                        "burglary-business-and-community", "shoplifting",
                        "anti-social-behaviour-incidents", "next-chapter-monthly"):
            self.assertEqual(changes[measure]["verdict"], "agrees", measure)
        trend = self.daemon.report("referral-trend", service="next-chapter").rows()
        self.assertEqual({row["change_percent"] for row in trend} & {"+82.3", "+108.1"},
                         {"+82.3", "+108.1"})
        marac = next(row for row in rows if row["measure"] == "marac-cases")
        self.assertIn("before 511", marac["readings"])

    def test_burglary(self):
        rows = {row["measure"]: row for row in self.daemon.report(
            "multi-year", area="Colchester", period="12m to 2024-01").rows("multi-year")}
        for column in list(rows["robbery"])[-2:]:
            parts = sum(int(rows["burglary-residential-" + part][column].removesuffix(" [b]"))
                        for part in ("dwelling", "non-dwelling"))
            self.assertEqual(parts, int(rows["burglary-residential"][column].removesuffix(" [b]")))

    def test_clients(self):
        rows = self.daemon.report("breakdown", measure="cara-clients", area="Colchester",
                                  across="case-status,sex").rows()
        cells = [key for key in rows[0] if key.startswith(("existing_", "new_"))]
        self.assertEqual([row["total"] for row in rows], ["30", "132", "905", "1067"])
        for row in rows:
            self.assertEqual(sum(int(row[cell]) for cell in cells), int(row["total"]))
        self.assertEqual([rows[3][cell] for cell in cells], ["485", "41", "11", "470", "51", "9"])
        by_status = self.daemon.report("breakdown", measure="cara-clients", area="Colchester",
                                       across="case-status").rows()[3]
        self.assertEqual((by_status["existing"], by_status["new"]), ("537", "530"))


if __name__ == "__main__":
    unittest.main()
