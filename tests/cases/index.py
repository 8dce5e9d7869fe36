"""Inputs from practice that went wrong, a case each, and the tests that hold their right result.

A case stands for its kind. `right` names the tests of the case itself, `neighbours` at least three inputs of
the same kind, in words, with the test of each. A test is "module.Class.test" of tests/scenario, or
"program:Suite.Test" of a compiled test. Tests of what does not hold yet are marked with
file_support.not_yet, compiled ones with DISABLED_. tests/unit/case_index_test.py holds the table against the
tests, `tests/run cases` runs it.
"""
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    number: str
    title: str
    right: tuple = ()
    neighbours: dict = field(default_factory=dict)
    later: str = ""  # it goes with other work, which this is; tests of it may be there
    not_yet: str = ""  # instead of tests: who builds it writes them

    def tests(self):
        return tuple(dict.fromkeys((*self.right, *self.neighbours.values())))


def of(prefix, *names):
    return tuple(f"{prefix}.{name}" for name in names)


RETURNS = "returns_test.Figures"
PERCENT = "numbers_test.Percentages"
BOOK_PERCENT = "workbooks_test.Percentages"
COMPUTED = "numbers_test.Computed"
MONEY = "numbers_test.Currencies"
KEYS = "numbers_test.Keys"
ABSENCES = "cells_test.Absences"
COPIES = "same_rows_test.Copies"
DIFFERENCES = "same_rows_test.Differences"
SHEETS = "workbooks_test.Sheets"
CELLS = "workbooks_test.Cells"
ERRORS = "sheets_test.ErrorValues"
STRAY = "sheets_test.StrayCells"
MERGED = "sheets_test.MergedCells"
QUOTES = "text_files_test.QuotationMarks"
ENCODINGS = "text_files_test.Encodings"
COLUMNS = "text_files_test.Columns"
NAMES = "names_test.Names"
OLD = "street_files_test.OldCategories"
DISTRICTS = "street_files_test.Districts"
WHOLE = "street_files_test.WholeFiles"
EXTRACTS = "police_extract_test.Extracts"
KNOWN = "cells_test.Known"
SEALED = "sealed_cells_test.SealedCells"
SENDERS = "senders_test.Senders"
WINDOWS = "windows_test.Windows"
REQUESTS = "integration_bad_input:BadRequests"
LOG = "integration_eventlog:ReadsOfTheLog"
PLANTED = "planted_name_test.PlantedName"
ENFORCEMENT = "enforcement_test.Enforcement"
PRINTED = "printed_tables_test.TheSample"
PRINTED_MORE = "printed_tables_test.Neighbours"
LINES = "printed_tables_test.Lines"
ERASED = "integration_erased:Erased"
DOOR = "integration_sessions:SubmissionsAtTheDoor"

CASES = (
    Case("01", "a percentage typed into a return is never a hundredth of it",
         of(RETURNS, "test_a_percentage_in_a_workbook_is_never_a_hundredth_of_it",
            "test_what_the_remedy_says_is_taken"),
         {"with decimals, as a text, with the sign as a text": f"{RETURNS}.test_nor_with_decimals_or_as_a_text",
          "in the CSV of the return": f"{RETURNS}.test_nor_in_a_text_file",
          "as part and whole": f"{RETURNS}.test_the_number_of_schools_and_of_all_schools_is_the_percentage",
          "as a number in a cell of text":
              f"{RETURNS}.test_a_text_that_holds_a_number_is_that_number"}),
    Case("02", "a percent cell is a hundred times its stored number",
         of(BOOK_PERCENT, "test_a_percentage_is_a_hundred_times_its_stored_number")
         + of(PERCENT, "test_a_percentage_beside_its_parts_agrees_with_them",
              "test_changes_that_a_document_printed_keep_sign_and_size"),
         {"a sign that is only shown": f"{BOOK_PERCENT}.test_a_percent_sign_that_is_only_text_scales_nothing",
          "a text": f"{BOOK_PERCENT}.test_the_same_as_a_text",
          "parts that disagree": f"{PERCENT}.test_one_that_disagrees_with_them_is_refused",
          "the same as CSV": f"{PERCENT}.test_a_workbook_and_its_csv_say_the_same"}),
    Case("03", "a value that is absent is recorded as absent",
         of(ABSENCES, "test_a_small_number_and_one_that_does_not_apply_are_recorded_as_absent",
            "test_of_a_reach_as_well"),
         {"beside a column for it": f"{ABSENCES}.test_beside_a_column_for_it",
          "a dash, an asterisk, dots": f"{ABSENCES}.test_a_dash_or_dots_may_be_either_and_are_asked_about",
          "a precision beside it":
              f"{ABSENCES}.test_a_precision_beside_an_absence_is_refused_at_its_own_column"}),
    Case("04", "a file sent twice under two names is stored once",
         of(COPIES, "test_the_second_download_changes_nothing"),
         {"copies that a desktop names": f"{COPIES}.test_nor_does_a_copy_that_a_desktop_names",
          "in UTF-16, with semicolons, as a workbook":
              f"{COPIES}.test_nor_does_another_form_under_another_name",
          "in another order": f"{COPIES}.test_nor_do_the_rows_in_another_order",
          "through a drop folder": f"{COPIES}.test_nor_does_one_that_is_dropped_into_a_folder",
          "from another folder": f"{COPIES}.test_the_same_name_from_another_folder_is_the_same_file",
          "the same name as a workbook":
              f"{COPIES}.test_the_same_name_in_another_form_is_its_next_version_without_a_change",
          "figures": f"{COPIES}.test_figures_have_no_copies"}),
    Case("05", "days of a workbook count from the year that it says",
         of("workbooks_test.Dates", "test_days_count_from_1900_or_1904_as_the_workbook_says"),
         {"in every column of days": "days_test.EveryColumnOfDays"
                                     ".test_a_workbook_that_counts_from_1904_means_the_same_days",
          "the month of a referral":
              "days_test.Referrals.test_the_month_of_a_referral_is_that_of_the_day_in_either_count",
          "a number without a format": "days_test.Periods.test_a_number_without_a_format_is_the_month_that_it_"
                                       "is_the_first_day_of_or_refused"}),
    Case("06", "a column of financial years has no months in it",
         of("cells_test.Years", "test_that_a_column_holds_years_settles_those_that_may_be_months",
            "test_the_year_of_a_plan_is_never_a_month"),
         {"nothing settles it": "cells_test.Years.test_a_column_that_settles_nothing_is_asked_about",
          "two full years": "cells_test.Years.test_two_full_years_are_a_year_and_no_month",
          "months among months":
              "workbooks_test.Periods.test_a_year_among_years_is_a_year_and_a_month_among_months_a_month",
          "a month cell of a workbook": "workbooks_test.Periods.test_a_cell_of_a_month_is_never_a_year"}),
    Case("07", "a hidden sheet is not read",
         of(SHEETS, "test_a_hidden_sheet_is_not_read_but_named"),
         {"a cover before the table": f"{SHEETS}.test_a_cover_goes_before_the_table",
          "two tables": f"{SHEETS}.test_two_tables_are_a_question_that_sheet_answers",
          "no table": f"{SHEETS}.test_without_a_table_the_sheets_are_named"}),
    Case("08", "a text that begins like a formula stays a text in CSV",
         of("unit_cli:RoundTripsOfTexts", "DISABLED_OneLikeAFormulaComesBackWithoutItsApostrophe"),
         later="what is printed for spreadsheets"),
    Case("09", "an error value is no text and no empty cell",
         of(ERRORS, "test_one_in_a_workbook_costs_its_row_and_is_no_name",
            "test_one_in_a_text_file_likewise"),
         {"in a figure, and formulas without a result":
              f"{CELLS}.test_error_values_and_formulas_without_a_result_are_findings",
          "in a key or an outcome": f"{ERRORS}.test_one_in_a_key_or_an_outcome_likewise",
          "a formula that a program wrote":
              f"{ERRORS}.test_a_formula_that_a_program_wrote_and_nothing_computed_is_a_finding",
          "in a column that is not stored":
              f"{CELLS}.test_an_error_in_a_column_that_is_not_stored_costs_nothing",
          "words of programs for nothing":
              f"{ERRORS}.test_words_of_programs_for_nothing_are_no_names",
          "a cell that is too narrow": f"{ERRORS}.test_nor_are_the_signs_of_a_cell_that_is_too_narrow"}),
    Case("10", "a percentage or a sum of money is no count",
         of("cells_test.Signs", "test_a_percentage_or_a_sum_of_money_is_no_count"),
         {"in a part of a share": "cells_test.Signs.test_nor_a_part_of_a_share",
          "each where it belongs": "cells_test.Signs.test_each_goes_where_it_belongs",
          "every way to format a currency": f"{MONEY}.test_a_sum_of_money_is_no_count_however_its_format_says_so",
          "a currency with an escaped sign": f"{MONEY}.test_nor_is_one_with_an_escaped_sign",
          "in a column of money": f"{MONEY}.test_it_is_the_same_sum_in_a_column_of_money",
          "a count formatted as a date": "workbooks_test.Dates.test_a_count_formatted_as_a_date_is_a_finding",
          "a count that is not whole": f"{COMPUTED}.test_a_count_that_is_not_whole_is_refused"}),
    Case("11", "a time with a zone is its day in London",
         of("cells_test.Moments", "test_a_time_with_a_zone_is_its_day_in_london",
            "test_a_month_that_may_be_a_day_is_refused"),
         {"the last moments of a month, summer and winter":
              "days_test.Months.test_the_last_moments_of_a_month_are_in_it_by_the_clock_of_london",
          "offices' ways to write a month":
              "days_test.Months.test_offices_ways_to_write_a_month_are_that_month",
          "what is no day or has two readings":
              "days_test.EveryColumnOfDays.test_what_is_no_day_or_has_two_readings_is_refused_at_its_column"}),
    Case("12", "bytes of another encoding change no other row",
         of(ENCODINGS, "test_bytes_of_another_encoding_cost_their_row_and_change_no_other"),
         {"whole files of one encoding": f"{ENCODINGS}.test_a_file_of_one_encoding_is_read_in_it",
          "a byte that is no character": f"{ENCODINGS}.test_a_byte_that_is_no_character_costs_its_row",
          "UTF-16 that is none": "wrong_files_test.WrongFiles"
                                 ".test_a_file_that_is_not_the_utf_16_that_it_begins_as"}),
    Case("13", "a key of many digits is one key in a workbook and in CSV",
         of("workbooks_test.Numbers", "test_a_number_of_seventeen_digits_is_what_a_csv_of_the_sheet_has"),
         {"four to seventeen digits, an exponent in the file":
              f"{KEYS}.test_numbers_of_up_to_seventeen_digits_are_one_key_in_both",
          "texts with zeros before them": f"{KEYS}.test_texts_keep_every_digit_and_their_zeros",
          "a key that lost its digits in a spreadsheet": f"{KEYS}.test_a_key_that_lost_its_digits_is_refused",
          "zeros that a format shows":
              f"{KEYS}.test_a_key_shown_with_zeros_before_it_is_that_key_or_refused"}),
    Case("14", "a day is read in every column that wants one",
         of("days_test.EveryColumnOfDays", "test_offices_ways_to_write_a_day_are_that_day_in_each")
         + of("cells_test.Moments", "test_a_day_is_read_in_every_column_that_wants_one"),
         {"months in columns of periods": "days_test.Periods.test_a_month_cell_is_a_month_in_a_column_of_periods",
          "periods as offices write them": "workbooks_test.Periods.test_offices_ways_of_writing_a_period",
          "months of incidents": "days_test.Months.test_offices_ways_to_write_a_month_are_that_month",
          "a month typed into a cell": "workbooks_test.Dates.test_a_month_typed_into_a_cell_is_a_month"}),
    Case("15", "each field has its own reason and remedy",
         of("returns_test.Findings", "test_each_field_of_a_row_has_its_own_reason_and_remedy"),
         {"of a register": "cells_test.Words.test_each_field_has_its_own_reason_and_remedy",
          "words in any case": "returns_test.Findings.test_words_for_the_state_may_have_any_case_and_spaces",
          "in the file of refused rows": "text_files_test.Lines"
              ".test_the_rejects_name_row_and_line_and_keep_the_parts_of_a_finding_together"}),
    Case("16", "a stray quotation mark costs its own row",
         of(QUOTES, "test_one_that_is_stray_costs_its_own_row"),
         {"one that never closes": f"{QUOTES}.test_one_that_never_closes_costs_its_own_row",
          "two with rows between them": f"{QUOTES}.test_two_that_are_stray_hide_no_row_between_them",
          "a cell of several lines": f"{QUOTES}.test_a_quoted_cell_of_several_lines_is_one_row",
          "below the example of a template":
              "round_trip_test.Templates.test_a_bad_row_below_the_example_costs_itself",
          "the refused row, corrected": f"{QUOTES}.test_the_refused_row_can_be_corrected_in_its_rejects"}),
    Case("17", "a computed number with many decimals is rounded and said",
         of(BOOK_PERCENT, "test_computed_decimals_are_rounded_half_up_and_said")
         + of(COMPUTED, "test_more_than_six_decimals_are_rounded_half_up_and_said"),
         {"a format without decimals": f"{COMPUTED}.test_a_format_without_decimals_hides_none",
          "a count": f"{COMPUTED}.test_a_count_that_is_not_whole_is_refused",
          "the result of a formula": f"{CELLS}.test_results_of_formulas_are_what_was_saved"}),
    Case("18", "columns without a meaning cost nothing and are named",
         of(COLUMNS, "test_without_a_heading_or_twice_and_not_stored_they_are_named_and_read_over")
         + of("text_files_test.Letters", "test_spaces_that_are_no_plain_ones_are_white_space"),
         {"one that is stored, twice": f"{COLUMNS}.test_one_that_is_stored_stands_once",
          "headings in any case": f"{COLUMNS}.test_a_heading_may_have_any_case_and_hyphens",
          "in a workbook": f"{CELLS}.test_columns_without_a_heading_are_no_columns",
          "spaces of every kind": "workbooks_test.Spaces"
                                  ".test_no_break_spaces_are_spaces_and_what_has_no_width_is_nothing"}),
    Case("19", "the crime categories that ended in 2013 are recorded",
         of(OLD, "test_they_are_recorded_under_types_of_their_own"),
         {"in any case": f"{OLD}.test_they_are_known_in_any_case",
          "in a return of a force": f"{OLD}.test_a_return_of_a_force_may_have_them",
          "one that never was": f"{OLD}.test_one_that_never_was_is_refused"}),
    Case("20", "names of columns in CSV metadata are valid", later="what is printed for programs"),
    Case("21", "what a file is, is read or called by its name",
         of(CELLS, "test_texts_within_cells_are_read", "test_a_strict_workbook_reads_alike")
         + of(STRAY, "test_a_space_in_the_last_row_is_no_row") + of(SHEETS, "test_a_cover_goes_before_the_table")
         + of("workbooks_test.OtherFiles", "test_each_is_called_what_it_is"),
         {"a format in the last row": f"{STRAY}.test_nor_is_a_cell_that_has_only_a_format",
          "a remark in the last row": f"{STRAY}.test_a_remark_in_the_last_row_is_named",
          "a remark beside the table": f"{STRAY}.test_one_beside_the_table_is_named",
          "archives that are no workbook": "workbooks_test.OtherFiles.test_archives_that_are_no_workbook",
          "PDF, JSON and HTML as text": "text_files_test.OtherFiles.test_what_is_no_table_is_called_what_it_is"}),
    Case("22", "a name is one name however its letters are written",
         of("text_files_test.Letters", "test_a_name_is_taken_however_its_letters_are_written"),
         {"an alias": f"{NAMES}.test_an_alias_is_taken_as_a_name_is",
          "a row that names it": f"{NAMES}.test_a_row_finds_its_organisation_in_either_form",
          "an area and its figures": f"{NAMES}.test_an_area_has_one_name_and_its_figures_are_one_series",
          "letters that are others": f"{NAMES}.test_other_letters_are_other_names"}),
    Case("23", "a district that is not known is named with the nearest",
         of(DISTRICTS, "test_a_misspelt_one_is_named_with_the_nearest"),
         {"other ways to get it wrong": f"{DISTRICTS}.test_so_are_other_ways_to_get_it_wrong",
          "of a street file": f"{DISTRICTS}.test_one_of_a_street_file_is_named_once_for_all_its_rows",
          "spaces round a known one": f"{DISTRICTS}.test_spaces_round_a_registered_one_are_nothing",
          "a known one in another case": f"{DISTRICTS}.test_a_registered_one_may_have_any_case",
          "none": f"{DISTRICTS}.test_none_is_no_place_and_no_finding"}),
    Case("24", "a merged value counts for its rows, a note below them is no row",
         of(CELLS, "test_a_merged_value_counts_for_its_rows", "test_a_table_may_begin_anywhere",
            "test_a_footnote_is_no_row"),
         {"in the first column": f"{MERGED}.test_one_merged_down_the_first_column_counts_for_its_rows",
          "a title": f"{MERGED}.test_a_merged_title_is_a_title",
          "a note": f"{MERGED}.test_a_merged_note_below_the_rows_is_no_row",
          "over columns": f"{MERGED}.test_one_merged_over_columns_is_named_as_merged"}),
    Case("25", "a refused start is refused at every start", later="what stands beside the log"),
    Case("26", "an unreadable request is refused with reason and remedy",
         of(REQUESTS, "BytesThatAreNoMessageAreAnsweredWithReasonAndRemedy"),
         {"alone in a session": f"{REQUESTS}.ASessionWhoseOnlyMessageIsNoneEndsWithTheReason",
          "text that is no UTF-8": f"{REQUESTS}.TextThatIsNotUtf8IsRefused",
          "the same in a session": f"{REQUESTS}.TextThatIsNotUtf8EndsASessionWithAReason",
          "a message over the limit": f"{REQUESTS}.AnOversizedMessageIsRefusedWithTheLimit"}),
    Case("27", "reading backward keeps both ends",
         of(LOG, "BackwardARangeIsInclusiveAtBothEnds"),
         {"from the head, from a position": f"{LOG}.BackwardComesFromTheHeadOrFromAPosition",
          "forward": f"{LOG}.ARangeIsInclusiveAtBothEnds",
          "a position beyond the head": f"{LOG}.APositionBeyondTheHeadIsOutOfRange",
          "a filter of what there is not": f"{LOG}.AFilterOfWhatThereIsNotIsRefusedWithTheNearest",
          "the same from the command": "wrong_files_test.WrongCommands"
              ".test_a_type_of_event_that_does_not_exist_is_refused_with_the_nearest",
          "an address written as a link":
              "wrong_files_test.WrongCommands.test_an_address_may_be_written_as_a_link"}),
    Case("30", "a hidden count does not follow by subtraction", later="disclosure control"),
    Case("31", "an empty text of a workbook takes no other cell's place",
         of(CELLS, "test_an_empty_text_takes_no_others_place"),
         {"six ways to store nothing":
              "sheets_test.EmptyTexts.test_an_empty_text_is_nothing_however_it_is_stored",
          "workbooks of other programs":
              "workbook_corpus_test.Writers.test_the_reader_takes_what_openpyxl_takes",
          "200 workbooks at random": "workbook_corpus_test.AtRandom.test_the_reader_takes_what_openpyxl_takes"}),
    Case("32", "the day on which a figure was known is never dropped",
         of(KNOWN, "test_the_day_of_a_corrected_row_counts_in_a_later_version_of_its_file"),
         {"a day that is that of the figure before": f"{KNOWN}.test_a_day_that_is_that_of_the_figure_before_is_"
                                                     "not_the_day_of_the_correction",
          "figures that came between": f"{KNOWN}.test_a_figure_that_does_not_become_current_is_asked_about_"
                                       "whatever_came_between",
          "one whose day is unknown": f"{KNOWN}.test_a_dated_figure_follows_one_whose_day_is_unknown"}),
    Case("33", "a correction of sealed cells is recorded",
         of(SEALED, "test_a_corrected_age_need_place_or_note_is_a_change_of_one_event"),
         {"the same rows in another order": f"{SEALED}.test_the_same_rows_in_another_order_are_no_event",
          "a row that moves to another year":
              f"{SEALED}.test_a_row_that_moves_to_another_year_is_compared_under_the_key_that_it_has",
          "as corrections, in a drop folder": f"{SEALED}.test_as_corrections_and_in_a_drop_folder",
          "the place of an incident":
              f"{SEALED}.test_a_corrected_place_of_an_incident_with_or_without_a_key"}),
    Case("34", "the parts of a finding stay together in the file of refused rows",
         of("text_files_test.Lines",
            "test_the_rejects_name_row_and_line_and_keep_the_parts_of_a_finding_together"),
         {"under titles": "text_files_test.Lines.test_what_stands_above_the_header_is_told_and_rows_are_"
                          "counted_as_a_spreadsheet_does",
          "of two sheets": f"{SHEETS}.test_the_rejects_of_two_sheets_are_two_files_and_belong_to_their_sheets",
          "with quotation marks": f"{QUOTES}.test_the_refused_row_can_be_corrected_in_its_rejects",
          "of three rows of a street file":
              "versions_test.SentAgain.test_three_broken_rows_mended_as_corrections_or_as_the_whole_file"}),
    Case("35", "a zero is printed only where the source could have said otherwise",
         later="zeros and verdicts of reports"),
    Case("36", "every row of a genuine street file is stored once",
         of(WHOLE, "test_a_force_whose_rows_have_no_id_is_counted_whole",
            "test_an_id_on_rows_of_other_content_is_as_many_incidents",
            "test_a_file_refused_whole_is_not_current",
            "test_other_files_of_the_same_site_are_named_with_what_they_lack"),
         {"times, sub-groups, codes and flags of police systems":
              f"{EXTRACTS}.test_an_extract_under_the_headings_of_a_police_system",
          "cancelled": f"{EXTRACTS}.test_a_record_that_was_cancelled_counts_nowhere_and_may_come_back",
          "transferred and reclassified": f"{EXTRACTS}.test_transferred_and_reclassified_in_corrections",
          "without districts": f"{WHOLE}.test_so_is_one_that_gives_no_districts_either",
          "a force that is not registered": f"{WHOLE}.test_the_forces_are_registered_first",
          "categories of 2011": f"{OLD}.test_they_are_recorded_under_types_of_their_own"}),
    Case("37", "a dated correction follows a figure whose day is unknown",
         of(DIFFERENCES, "test_a_dated_figure_follows_one_whose_day_is_unknown",
            "test_only_the_update_that_changed_is_an_event"),
         {"known earlier, known later":
              f"{DIFFERENCES}.test_one_that_was_known_earlier_is_history_and_one_known_later_is_current",
          "of a returned figure": f"{DIFFERENCES}.test_only_the_figure_that_changed_is_an_event",
          "of a register": f"{DIFFERENCES}.test_only_the_row_that_changed_of_a_register_is_an_event"}),
    Case("38", "numbers are numbers in the workbooks of reports", later="what is printed for spreadsheets"),
    Case("39", "what is not registered is refused at the first call",
         of(SENDERS, "test_an_agency_that_is_not_registered_is_refused_with_the_nearest",
            "test_a_service_that_is_not_registered_is_refused_with_the_nearest")
         + of(DOOR, "ADatasetThatDoesNotExistIsRefusedWithTheNearest",
              "ACompletionThatLeavesOutRefusedRowsSaysWhichCountIsMissing"),
         {"in a drop folder": f"{SENDERS}.test_so_it_is_in_a_drop_folder",
          "for referrals": f"{SENDERS}.test_so_it_is_for_referrals",
          "a source": f"{SENDERS}.test_a_source_that_is_not_registered_is_refused_with_the_nearest",
          "a dataset, from the command": f"{SENDERS}.test_a_dataset_that_does_not_exist_is_refused",
          "an agency that opens a submission": f"{DOOR}.AnAgencyThatIsNotRegisteredIsRefusedAtTheOpening",
          "a completion with its counts": f"{DOOR}.ACompletionWithItsCountsSaysWhatWasRecorded"}),
    Case("40", "what a moving window left is kept",
         of(WINDOWS, "test_what_the_window_left_is_kept_whatever_its_length"),
         {"missing within the window": f"{WINDOWS}.test_within_the_window_what_is_missing_is_held_by_the_month",
          "a month that the sender names":
              f"{WINDOWS}.test_a_month_without_rows_is_covered_when_the_sender_says_so",
          "coverage that is none": f"{WINDOWS}.test_coverage_that_is_none_is_refused"}),
    Case("41", "names in keys and file names stand nowhere in clear",
         of(PLANTED, "test_a_name_in_a_key_is_refused_and_one_in_a_file_name_or_a_reason_stands_nowhere"),
         {"in a text": f"{PLANTED}.test_a_name_in_a_text_is_nowhere_below_the_data_directory_in_clear",
          "persons of orders, breaches and penalties":
              f"{ENFORCEMENT}.test_who_it_was_stands_nowhere_in_clear",
          "a name in place of a person's reference":
              f"{ENFORCEMENT}.test_a_name_in_place_of_a_reference_is_refused_and_not_repeated",
          "the id that an agency gave, in the files of the store":
              f"{ERASED}.TheIdThatAnAgencyGaveIsNowhereInClear",
          "an age, tried a hundred times": f"{ERASED}.NobodyCanTellWhichOfAHundredAgesWasSent"}),
    Case("42", "a table as it is printed is read",
         of(PRINTED, "test_figure_1", "test_six_years", "test_cara", "test_womens_safety", "test_iom")
         + of("printed_tables_test.RollingTwelve", "test_its_figures_are_those_of_the_six_year_table"),
         {"a total that does not add up":
              f"{PRINTED_MORE}.test_a_total_that_does_not_add_up_refuses_its_column",
          "a misspelt district":
              f"{PRINTED_MORE}.test_a_misspelt_district_costs_its_column_and_names_the_nearest",
          "years in either order, empty spacers, ranks":
              f"{PRINTED_MORE}.test_years_in_either_order_and_blank_spacers_and_ranks",
          "a change computed in another way":
              f"{PRINTED_MORE}.test_a_change_that_was_computed_otherwise_is_asked_about",
          "quarters below their years":
              f"{PRINTED_MORE}.test_two_header_rows_of_years_and_quarters_under_a_merged_title",
          "two tables in one sheet": f"{PRINTED_MORE}.test_two_tables_of_one_sheet_or_book_are_not_mixed",
          "answered once, used for the next, revoked":
              "printed_tables_test.Rules.test_from_the_first_question_to_the_revoked_rule"}),
    Case("43", "what stands above the header is offered",
         of(LINES, "test_the_day_of_the_extract_is_asked_with_both_readings",
            "test_a_marking_is_kept_with_the_file_or_refused"),
         {"a title that states months":
              f"{LINES}.test_months_that_a_title_states_and_no_row_has_are_asked_about",
          "a line below the rows":
              f"{LINES}.test_a_line_below_the_rows_of_a_workbook_counts_as_well",
          "in a drop folder":
              "printed_tables_test.DropFolder.test_a_file_waits_beside_its_questions_for_its_answers",
          "a sentence that only has the word": "unit_ingest:WrittenMarking.IsAWholeCellAndNoSentence"}),
)
