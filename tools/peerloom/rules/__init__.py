"""Every rule that takes more than one file or a date, in one literal list."""

from collections.abc import Iterator
from datetime import date

from peerloom.audience import readers
from peerloom.model import Audience
from peerloom.records import Program
from peerloom.rules import (
    check_ins,
    cohorts,
    events,
    files,
    matching,
    pairs,
    people,
    prose,
    questions,
    references,
    selecting,
    surveys,
    written_pages,
)
from peerloom.rules.finding import Finding, Rule

RULES: tuple[Rule, ...] = (
    Rule(check=files.a_path_says_what_its_keys_say),
    Rule(check=files.names_differ_by_more_than_case),
    Rule(check=files.every_computer_can_hold_a_name),
    Rule(check=files.every_file_is_a_record),
    Rule(check=references.named_people_exist),
    Rule(check=references.named_cohorts_exist),
    Rule(check=references.named_pairs_exist),
    Rule(check=references.goals_spoken_of_exist),
    Rule(check=references.named_surveys_exist),
    Rule(check=references.named_training_exists),
    Rule(check=references.named_resources_exist),
    Rule(check=references.named_guides_exist),
    Rule(check=cohorts.a_cohort_starts_before_it_ends),
    Rule(check=cohorts.a_cohort_lasts_at_most_ten_years),
    Rule(check=cohorts.what_a_cohort_plans_lies_inside_it),
    Rule(check=cohorts.a_schedule_says_when),
    Rule(check=cohorts.a_skill_is_called_by_one_word),
    Rule(check=cohorts.skills_are_in_the_vocabulary),
    Rule(check=cohorts.time_zones_exist),
    Rule(check=cohorts.languages_are_tags),
    Rule(check=people.github_accounts_belong_to_one_person),
    Rule(check=people.coordinators_are_known_by_number, severity="warning"),
    Rule(check=people.calls_for_help_can_be_told, severity="warning"),
    Rule(check=people.one_part_in_a_cohort_is_said_once),
    Rule(check=people.consent_is_not_in_the_future),
    Rule(check=people.who_is_quoted_agreed_to_it),
    Rule(check=people.everybody_said_what_may_be_shown, severity="warning"),
    Rule(check=people.nobody_prefers_or_excludes_themself),
    Rule(check=people.free_hours_begin_before_they_end),
    Rule(check=people.training_is_done_when_it_is_said),
    Rule(check=matching.pins_do_not_contradict),
    Rule(check=matching.proposed_pairs_may_be, severity="warning", audience="coordinators"),
    Rule(check=matching.attributes_of_people_are_declared),
    Rule(check=pairs.a_pair_is_two_people),
    Rule(check=pairs.nobody_pairs_with_themself),
    Rule(check=pairs.two_people_pair_once_in_a_cohort),
    Rule(
        check=pairs.nobody_pairs_with_somebody_excluded,
        severity="warning",
        audience="coordinators",
        is_secret=True,
    ),
    Rule(check=pairs.nobody_mentors_beyond_their_capacity),
    Rule(check=pairs.a_pair_takes_part_in_its_cohort),
    Rule(check=pairs.circle_people_take_part_in_its_cohort),
    Rule(check=pairs.circles_have_their_size),
    Rule(check=pairs.what_ended_says_when_and_why),
    Rule(check=pairs.what_began_says_when),
    Rule(check=pairs.pauses_end_before_the_next_begins),
    Rule(check=pairs.goals_of_a_pair_have_different_ids),
    Rule(check=pairs.what_a_pair_says_is_by_one_of_them),
    Rule(
        check=selecting.only_accepted_people_are_matched,
        audience="coordinators",
        is_secret=True,
    ),
    Rule(check=selecting.decisions_are_made_when_they_are_said),
    Rule(
        check=selecting.decisions_are_of_cohorts_that_select,
        severity="warning",
        audience="coordinators",
        is_secret=True,
    ),
    Rule(check=check_ins.a_check_in_answers_a_due_date),
    Rule(check=check_ins.a_check_in_is_by_one_of_the_pair),
    Rule(check=check_ins.a_check_in_is_not_from_the_future),
    Rule(check=check_ins.what_came_in_says_on_whose_word),
    Rule(check=check_ins.what_came_in_came_by_today),
    Rule(check=check_ins.a_check_in_is_not_after_the_end),
    Rule(check=check_ins.goal_levels_stay_on_their_scale),
    Rule(check=check_ins.meetings_and_met_agree),
    Rule(check=surveys.a_question_offers_its_answers),
    Rule(check=surveys.answers_fit_their_questions),
    Rule(check=questions.program_questions_offer_their_answers),
    Rule(check=questions.program_questions_are_told_apart),
    Rule(check=questions.program_questions_are_plain_lines),
    Rule(check=questions.matching_compares_what_can_be_compared),
    Rule(check=questions.answers_are_to_questions_that_exist, severity="warning"),
    Rule(check=events.who_attended_was_there_then),
    Rule(check=prose.nobody_can_be_traced_home, severity="warning"),
    Rule(check=prose.a_public_repository_holds_only_what_is_public, severity="warning"),
    Rule(check=written_pages.links_between_pages_lead_somewhere, is_about_site=True),
    Rule(check=written_pages.pages_run_nothing),
)


def findings(
    program: Program, today: date, site_audience: Audience | None = None
) -> Iterator[tuple[Rule, Finding]]:
    """What every rule finds in a program on a day.

    Rules about the site judge the one for `site_audience`; without it, the site for everybody
    who can read the repository.
    """
    audience = site_audience or readers(program)
    for rule in RULES:
        for finding in rule.find(program, today, audience):
            yield rule, finding
