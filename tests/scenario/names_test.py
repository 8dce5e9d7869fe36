"""Names with accents and spaces, however a keyboard or a program writes their letters: one name is one
organisation, area or heading."""
import unittest

from file_support import OBSERVATIONS, REFUSED, Files, csv_text, observation, setUpModule

COMPOSED, DECOMPOSED = "Caf\u00e9", "Cafe\u0301"


class Names(Files):
    ORGANISATIONS = "organisation_id,name,kind,aliases\n"

    def organisations(self, *rows, code=0):
        return self.send_text(self.ORGANISATIONS + "".join(row + "\n" for row in rows), agency=(), code=code)

    def test_an_alias_is_taken_as_a_name_is(self):
        self.organisations(f"alias-a,Rose House,voluntary,{COMPOSED} Alias")
        said = self.organisations(f"alias-b,{DECOMPOSED} Alias,voluntary,",
                                  f"alias-c,Tulip House,voluntary,{DECOMPOSED.upper()} ALIAS",
                                  f"alias-d,{COMPOSED}\u00a0 Alias,voluntary,", "alias-e,Cafe Alias,voluntary,",
                                  code=REFUSED)
        self.assertIn("another organisation (alias-a)", said)
        self.assertIn("4 rows read, 1 new, 0 there already, 3 refused", said)

    def test_a_row_finds_its_organisation_in_either_form(self):
        self.organisations(f"found-a,{COMPOSED} Found,voluntary,")
        for number, name in enumerate((f"{COMPOSED} Found", f"{DECOMPOSED} Found", f"{DECOMPOSED.upper()} found",
                                       f"\u200b{COMPOSED}\u202fFound ")):
            with self.subTest(number):
                self.send_text(csv_text(["task_id", "partnership", "kind", "raised", "organisation"],
                                        [f"t-{number}", "colchester", "begging", "2024-03-18", name]))
        facts = self.daemon.ok("log", "--format", "jsonl", "--type", "enforcement.TaskRaised")
        self.assertEqual(facts.count('"found-a"'), 4, facts)

    def test_an_area_has_one_name_and_its_figures_are_one_series(self):
        header = "area_id,code,name,kind,parents,boundary_vintage\n"
        said = self.send_text(header + "st-andre-a,,Saint-Andr\u00e9,custom,,\n"
                              "st-andre-b,,Saint-Andre\u0301,custom,,\n", agency=(), code=REFUSED)
        self.assertIn("row 2 (line 3), name: refused ALREADY_EXISTS", said)
        self.send_text(csv_text(OBSERVATIONS, observation("2021-04", 7, area="Saint-Andre\u0301"),
                                observation("2021-05", 8, area="SAINT-ANDR\u00c9")))
        for month, figure in (("2021-04", "7"), ("2021-05", "8")):
            self.assertEqual(self.figure(month, area="Saint-Andr\u00e9"), figure)

    def test_other_letters_are_other_names(self):
        self.organisations("other-a,\u00c5land Trust,voluntary,", "other-b,Aland Trust,voluntary,",
                           "other-c,Stra\u00dfe Trust,voluntary,", "other-d,\u212bngstr\u00f6m House,voluntary,")
        said = self.organisations("other-e,A\u030aland Trust,voluntary,",
                                  "other-f,\u00c5ngstr\u00f6m House,voluntary,", code=REFUSED)
        self.assertIn("another organisation (other-a)", said)
        self.assertIn("another organisation (other-d)", said)


if __name__ == "__main__":
    unittest.main()
