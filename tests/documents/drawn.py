"""Which test draws each paper: it is held to that, and the paper is looked into (`tests/strict.py`)."""

# Papers by the test that draws them, and tests by their file.
_DRAWN = {
    "tests/benefits/health/test_screens.py": {
        "test_the_letters_say_what_they_ask_for": [
            "benefits/health/paper/decision.html",
            "benefits/health/paper/ops.html",
        ],
        "test_the_list_for_the_ops_goes_out_in_three_ways": [
            "benefits/health/paper/list.html",
        ],
    },
    "tests/benefits/lists/test_papers.py": {
        "test_a_draft_says_that_it_is_one": [
            "benefits/lists/paper/list.html",
        ],
    },
    "tests/benefits/pay/test_body_forecast.py": {
        "test_the_page_and_its_card_say_the_same": [
            "benefits/pay/paper/first_payment.html",
        ],
    },
    "tests/benefits/pay/test_decisions.py": {
        "test_a_corrected_day_is_another_decision_and_the_first_one_stops_to_count": [
            "benefits/pay/paper/decision.html",
        ],
    },
    "tests/benefits/premiums/test_screens.py": {
        "test_from_a_proposal_to_a_printed_decision": [
            "benefits/premiums/paper/decision.html",
        ],
    },
    "tests/benefits/statements/test_papers.py": {
        "test_a_file_that_is_gone_from_the_disk_is_said_instead_of_printed": [
            "benefits/statements/paper/statement.html",
        ],
    },
    "tests/benefits/supported/test_screens.py": {
        "test_the_pack_is_filled_in_from_the_file": [
            "benefits/supported/paper/about.html",
            "benefits/supported/paper/agreement.html",
            "benefits/supported/paper/application.html",
            "benefits/supported/paper/de_minimis.html",
            "benefits/supported/paper/enclosures.html",
            "benefits/supported/paper/motion.html",
        ],
    },
    "tests/benefits/tax/test_slips.py": {
        "test_the_paper_says_what_the_lists_say": [
            "benefits/tax/paper/slip.html",
        ],
        "test_the_units_year_is_shown_printed_and_taken_away": [
            "benefits/tax/paper/unit.html",
        ],
    },
    "tests/benefits/told/test_links.py": {
        "test_a_labour_office_reads_applications_places_people_and_the_queue": [
            "benefits/fund/paper/application.html",
        ],
    },
    "tests/benefits/transfers/test_post.py": {
        "test_what_the_post_takes_is_on_paper": [
            "benefits/transfers/paper/post.html",
        ],
    },
    "tests/benefits/transfers/test_screens.py": {
        "test_lists_are_taken_away[cash_print-%PDF]": [
            "benefits/transfers/paper/cash.html",
        ],
        "test_lists_are_taken_away[transfers_print-%PDF]": [
            "benefits/transfers/paper/transfers.html",
        ],
    },
    "tests/benefits/zus/test_screens.py": {
        "test_the_data_are_taken_away_as_the_file_has_them": [
            "benefits/contributions/paper.html",
        ],
    },
    "tests/documents/test_documents.py": {
        "test_the_letterhead_is_changed_and_a_bad_logo_is_refused_at_its_field": [
            "documents/papers/sample.html",
        ],
    },
    "tests/documents/test_every_paper.py": {
        "test_a_paper_opens_at_its_address[benefits:fund_print_advance]": [
            "benefits/fund/paper/advance.html",
        ],
        "test_a_paper_opens_at_its_address[benefits:grant_print]": [
            "benefits/pay/paper/application.html",
        ],
    },
    "tests/documents/test_grants.py": {
        "test_a_grant_opens_one_paper_to_one_person": [
            "documents/papers/staff_list.html",
        ],
    },
    "tests/ipzs/attendance/test_meals.py": {
        "test_who_eats_is_on_paper": [
            "ipzs/attendance/paper/meal_day.html",
            "ipzs/attendance/paper/meal_month.html",
        ],
    },
    "tests/ipzs/attendance/test_screens.py": {
        "test_a_request_is_a_paper": [
            "ipzs/attendance/paper/free.html",
        ],
        "test_a_sheet_is_a_paper[attendance_day_print]": [
            "ipzs/attendance/paper/day.html",
        ],
        "test_a_sheet_is_a_paper[attendance_month_print]": [
            "ipzs/attendance/paper/month.html",
        ],
        "test_a_sheet_is_a_paper[attendance_person_print]": [
            "ipzs/attendance/paper/person.html",
        ],
    },
    "tests/ipzs/duties/test_accidents.py": {
        "test_a_confirmed_protocol_is_kept_and_a_withdrawn_one_stays_readable": [
            "ipzs/duties/paper/accident.html",
        ],
    },
    "tests/ipzs/duties/test_screens.py": {
        "test_a_pesel_is_printed_for_a_reason_only": [
            "ipzs/duties/paper/referral.html",
        ],
        "test_cards_are_signed_by_those_who_sign": [
            "ipzs/duties/paper/safety.html",
        ],
        "test_things_are_handed_out_together_and_come_back": [
            "ipzs/duties/paper/clothing.html",
        ],
    },
    "tests/ipzs/programmes/test_papers.py": {
        "test_a_decision_goes_to_whoever_acts_for_the_person": [
            "ipzs/programmes/paper/decision.html",
            "ipzs/programmes/paper/period.html",
            "ipzs/programmes/paper/qualification.html",
        ],
        "test_annexes_are_numbered_as_they_came_into_force": [
            "ipzs/programmes/paper/version.html",
        ],
    },
    "tests/ipzs/timetable/test_pages.py": {
        "test_the_journal_of_a_month_is_printed": [
            "ipzs/timetable/paper/journal.html",
        ],
        "test_the_week_is_printed": [
            "ipzs/timetable/paper/week.html",
        ],
    },
    "tests/participants/cards/test_paper.py": {
        "test_sensitive_facts_are_printed_for_a_reason_only": [
            "participants/cards/paper/card.html",
        ],
    },
    "tests/participants/consents/test_consents.py": {
        "test_a_form_may_be_printed_from_what_was_written_down": [
            "participants/consents/paper/text.html",
        ],
        "test_the_card_goes_out_with_what_both_allowed_and_no_more": [
            "participants/consents/paper/shared_card.html",
        ],
    },
    "tests/participants/consents/test_person_export.py": {
        "test_the_export_holds_everything_in_both_files": [
            "participants/consents/paper/person_export.html",
        ],
    },
    "tests/participants/consents/test_transfers.py": {
        "test_the_whole_way_from_consent_to_person": [
            "participants/consents/paper/received_card.html",
        ],
    },
    "tests/participants/diagnoses/test_screens.py": {
        "test_the_paper_of_a_diagnosis": [
            "participants/diagnoses/paper/diagnosis.html",
        ],
    },
    "tests/participants/partners/test_screens.py": {
        "test_a_letter_names_the_person_only_with_a_consent": [
            "participants/partners/paper/letter.html",
        ],
    },
    "tests/participants/diagnoses/test_who_reads.py": {
        "test_its_author_and_the_case_manager_read_it[jan]": [
            "participants/diagnoses/paper/opinion.html",
        ],
    },
    "tests/participants/portal/test_own.py": {
        "test_a_labour_office_prints_its_notice_to_the_welfare_centre": [
            "participants/referrals/paper/notice.html",
        ],
    },
    "tests/participants/referrals/test_screens.py": {
        "test_a_refusal_goes_out_on_paper": [
            "participants/referrals/paper/refusal.html",
        ],
    },
    "tests/reporting/test_certificates.py": {
        "test_an_end_taken_back_and_a_paper_withdrawn_take_the_certificate_with_them": [
            "reporting/certificates/paper.html",
        ],
    },
    "tests/reporting/test_inspection_results.py": {
        "test_the_protocol_ends_access_and_names_its_evidence": [
            "reporting/inspections/paper/pack.html",
            "reporting/inspections/paper/protocol.html",
        ],
        "test_the_unit_reads_a_recommendation_once_it_is_given": [
            "reporting/inspections/paper/recommendations.html",
        ],
    },
    "tests/reporting/test_letters.py": {
        "test_a_letter_runs_from_its_receipt_and_gives_a_ground": [
            "reporting/procedures/paper/letter.html",
        ],
    },
    "tests/reporting/test_procedure_papers.py": {
        "test_an_application_is_printed_point_by_point": [
            "reporting/procedures/paper/application.html",
        ],
        "test_the_sample_of_the_demo_says_that_it_is_one": [
            "reporting/procedures/paper/sample.html",
        ],
    },
    "tests/reporting/test_procedures.py": {
        "test_a_club_is_told_of_completed_and_entered": [
            "reporting/procedures/paper/notice.html",
        ],
        "test_a_status_is_granted_prolonged_and_refused": [
            "reporting/procedures/paper/call.html",
            "reporting/procedures/paper/decision.html",
        ],
    },
    "tests/reporting/test_register_screens.py": {
        "test_a_register_that_is_taken_away_says_who_lost_the_status_and_by_which_decision": [
            "reporting/registers/paper/register.html",
        ],
    },
    "tests/reporting/test_report_screens.py": {
        "test_a_paper_of_what_was_taken_back_says_so_on_both_sides": [
            "reporting/reports/paper.html",
        ],
    },
    "tests/reporting/test_season.py": {
        "test_a_report_without_an_entry_is_shown_wherever_it_is_counted": [
            "reporting/season/board_paper.html",
        ],
        "test_public_statistics_say_what_the_reports_and_the_register_say": [
            "reporting/season/statistics_paper.html",
        ],
    },
    "tests/reporting/test_statistics.py": {
        "test_a_span_is_compared_with_any_other_one_on_the_page_the_sheet_and_the_paper": [
            "reporting/statistics/paper.html",
        ],
    },
    "tests/reporting/test_year_reports.py": {
        "test_the_same_unit_on_paper_and_in_the_program_counts_once": [
            "reporting/season/collective_paper.html",
            "reporting/season/totals_paper.html",
        ],
    },
}
DRAWN_BY = {
    paper: f"{file}::{test}"
    for file, tests in _DRAWN.items()
    for test, papers in tests.items()
    for paper in papers
}
