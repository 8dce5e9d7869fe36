"""Who sends, and for which service: what is not registered is refused at the first call with the nearest
name, and nothing of it is recorded."""
import unittest

from file_support import OBSERVATIONS, REFUSED, Files, csv_text, observation, setUpModule

REFERRALS = ["referral_id", "service_id", "received", "area", "status"]


def free_series(area):
    """One that nobody owns yet: else its owner alone would be a reason to refuse."""
    return {"measure": "shoplifting", "area": area}


class Senders(Files):
    def refused(self, content, nearest, agency):
        before = len(self.daemon.events())
        code, out, err = self.daemon.run(*agency, "import", self.write(content))
        self.assertEqual(code, REFUSED, out + err)
        self.assertIn(nearest, out + err)
        kinds = {event["type"] for event in self.daemon.events()[before:]}
        self.assertFalse({kind for kind in kinds if not kind.startswith("submissions.")}, kinds)
        return out + err

    def test_an_agency_that_is_not_registered_is_refused_with_the_nearest(self):
        for sender, nearest in (("essex-polices", "essex-police"), ("next-chaptre", "next-chapter")):
            with self.subTest(sender):
                self.refused(csv_text(OBSERVATIONS, observation("2021-04", 7, **free_series("Harlow"))),
                             nearest, ("--agency", sender))
        self.no_figure("2021-04", **free_series("Harlow"))

    def test_so_it_is_in_a_drop_folder(self):
        drop = self.daemon.folder / "drop"
        drop.mkdir()
        rows = csv_text(OBSERVATIONS, observation("2021-05", 7, **free_series("Tendring")))
        (drop / "figures.csv").write_text(rows)
        self.daemon.run("--agency", "ghost", "watch", "--settle", 0, "--once", drop)
        self.no_figure("2021-05", **free_series("Tendring"))

    def test_so_it_is_for_referrals(self):
        self.refused(csv_text(REFERRALS, ["G-1", "next-chapter", "2024-02", "Colchester", "received"]),
                     "next-chapter", ("--agency", "next-chaptr"))

    def test_an_agency_given_by_its_name_is_refused_with_its_id(self):
        for sender, nearest in (("Essex Police", "essex-police"), ("NEXT CHAPTER", "next-chapter"),
                                ("essex_police", "essex-police")):
            with self.subTest(sender):
                said = self.refused(csv_text(OBSERVATIONS, observation("2021-04", 7, **free_series("Harlow"))),
                                    f'no agency is registered as "{sender}"; the nearest is {nearest}',
                                    ("--agency", sender))
                self.assertIn("UNKNOWN_ORGANISATION", said)
                self.assertNotIn("AGENCY_MISSING", said)

    def test_a_place_of_a_referral_may_be_unknown(self):
        said = self.send_text(csv_text(REFERRALS, *[
            [f"P-{number}", "next-chapter", "2024-03", area, "received"]
            for number, area in enumerate(("Unknown", "N/A", "", "e07000071"))]), agency=("--agency", "next-chapter"))
        self.assertIn("4 rows read, 4 new", said)
        said = self.refused(csv_text(REFERRALS, ["P-9", "next-chapter", "2024-03", "Out of area", "received"]),
                            "left empty", ("--agency", "next-chapter"))
        self.assertIn("area: refused UNKNOWN_AREA", said)

    def test_a_service_that_is_not_registered_is_refused_with_the_nearest(self):
        said = self.refused(csv_text(REFERRALS, ["G-2", "next-chaptre", "2024-02", "Colchester", "received"]),
                            "next-chapter", ("--agency", "next-chapter"))
        self.assertRegex(said, r"row 1 \(line 2\), service_id: refused UNKNOWN_")

    def test_a_service_may_be_named_as_its_organisation_is(self):
        rows = csv_text(REFERRALS, ["N-1", "Next Chapter", "2024-02", "Colchester", "received"],
                        ["N-2", "next-chapter", "2024-02", "Colchester", "received"])
        said = self.send_text(rows, agency=("--agency", "next-chapter"))
        self.assertIn("2 new", said)
        log = self.daemon.ok("log", "--format", "jsonl", "--type", "referrals.ReferralReceived")
        self.assertNotIn("Next Chapter", log)

    def test_a_source_that_is_not_registered_is_refused_with_the_nearest(self):
        rows = csv_text(OBSERVATIONS, [*observation("2021-06", 7)[:2], "Esex Police", "2021-06", "in-period", 7])
        said = self.refused(rows, "Essex Police", ("--agency", "essex-police"))
        self.assertIn("source: refused UNKNOWN_ORGANISATION", said)

    def test_a_dataset_that_does_not_exist_is_refused(self):
        code, out, err = self.daemon.run("--agency", "essex-police", "import", "--dataset", "incident-returns",
                                         self.write(csv_text(OBSERVATIONS, observation("2021-07", 7))))
        self.assertEqual(code, REFUSED, out + err)
        self.assertIn("UNKNOWN_VALUE", err)


if __name__ == "__main__":
    unittest.main()
