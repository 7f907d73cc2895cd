"""All rules about more than one file, or about dates, in one literal list."""

from collections.abc import Iterator
from datetime import date

from peerloom.audience import repository_readers
from peerloom.model import Audience
from peerloom.records import Program
from peerloom.rules import (
    aims,
    check_ins,
    cohorts,
    consent,
    days,
    events,
    files,
    follow_ups,
    goals,
    matching,
    outside_links,
    pair_ids,
    pairs,
    people,
    privacy,
    published,
    questions,
    references,
    selecting,
    surveys,
    tombstones,
    written_pages,
)
from peerloom.rules.rule import Finding, Rule

RULES: tuple[Rule, ...] = (
    Rule(check=files.paths_match_keys),
    Rule(check=files.names_differ_by_more_than_case),
    Rule(check=files.names_work_on_every_computer),
    Rule(check=files.ids_are_not_reserved),
    Rule(check=files.every_file_is_a_record),
    Rule(check=files.no_sheet_is_committed),
    Rule(check=references.named_people_exist),
    Rule(check=references.named_cohorts_exist),
    Rule(check=references.named_pairs_exist),
    Rule(check=references.goals_mentioned_exist),
    Rule(check=references.named_surveys_exist),
    Rule(check=references.named_training_exists),
    Rule(check=references.named_resources_exist),
    Rule(check=references.named_guides_exist),
    Rule(check=cohorts.a_cohort_starts_before_it_ends),
    Rule(check=cohorts.a_cohort_lasts_at_most_ten_years),
    Rule(check=cohorts.cohort_plans_lie_inside_the_cohort),
    Rule(check=cohorts.schedules_have_due_dates),
    Rule(check=cohorts.terms_are_of_cohorts_without_an_end),
    Rule(check=aims.aims_can_be_answered),
    Rule(check=aims.aims_are_answered_when_they_are_said),
    Rule(check=cohorts.skill_names_are_unambiguous),
    Rule(check=cohorts.skills_are_in_the_vocabulary),
    Rule(check=cohorts.time_zones_exist),
    Rule(check=cohorts.languages_are_tags),
    Rule(check=people.github_accounts_belong_to_one_person),
    Rule(check=people.coordinators_have_account_numbers, severity="warning"),
    Rule(check=people.calls_for_help_reach_coordinators, severity="warning"),
    Rule(check=people.roles_are_listed_once),
    Rule(check=people.consent_is_not_in_the_future),
    Rule(check=people.quotes_need_consent),
    Rule(check=people.consent_is_recorded, severity="warning"),
    Rule(check=tombstones.tombstones_say_nothing),
    Rule(check=consent.consent_is_withdrawn_after_it_is_given),
    Rule(check=consent.stories_are_deleted_when_withdrawn, severity="warning"),
    Rule(check=consent.programs_say_what_the_law_asks, severity="warning"),
    Rule(check=consent.minors_are_in_private_repositories),
    Rule(check=people.nobody_prefers_or_excludes_themself),
    Rule(check=people.free_hours_begin_before_they_end),
    Rule(check=people.training_dates_are_possible),
    Rule(check=matching.pins_do_not_conflict),
    Rule(check=matching.proposed_pairs_are_allowed, severity="warning", audience="coordinators"),
    Rule(check=matching.attributes_are_declared),
    Rule(check=pairs.a_pair_is_two_people),
    Rule(check=pairs.nobody_pairs_with_themself),
    Rule(check=pairs.two_people_pair_once_in_a_cohort),
    Rule(check=pair_ids.ids_of_pairs_name_their_people, severity="warning"),
    Rule(check=pair_ids.former_ids_lead_to_one_pair),
    Rule(
        check=pairs.excluded_people_are_not_paired,
        severity="warning",
        audience="coordinators",
        is_secret=True,
    ),
    Rule(check=pairs.mentors_stay_within_capacity),
    Rule(check=pairs.people_of_a_pair_are_in_its_cohort),
    Rule(check=pairs.people_of_a_circle_are_in_its_cohort),
    Rule(check=pairs.circles_have_an_allowed_size),
    Rule(check=pairs.endings_have_a_date_and_a_reason),
    Rule(check=pairs.beginnings_have_a_date),
    Rule(check=pairs.planned_ends_are_possible),
    Rule(check=pairs.pauses_end_before_the_next_begins),
    Rule(check=goals.goal_ids_are_unique),
    Rule(check=goals.goals_have_their_five_steps, severity="warning", audience="members"),
    Rule(check=goals.steps_of_a_goal_differ, severity="warning", audience="members"),
    Rule(check=goals.goals_are_set_before_they_are_reached, severity="warning", audience="members"),
    Rule(check=pairs.expectations_and_stories_are_by_the_pair),
    Rule(check=days.facts_have_days, severity="warning"),
    Rule(check=days.breaks_and_stays_end_after_they_begin),
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
    Rule(check=check_ins.received_dates_name_their_source),
    Rule(check=check_ins.received_dates_are_not_in_the_future),
    Rule(check=check_ins.a_check_in_is_not_after_its_pair_ended),
    Rule(check=follow_ups.follow_ups_are_about_the_pair),
    Rule(check=follow_ups.follow_ups_are_not_in_the_future),
    Rule(check=published.published_figures_are_of_closed_dates),
    Rule(check=published.published_figures_are_as_published),
    Rule(check=published.figures_for_members_are_in_private_repositories),
    Rule(check=published.published_figures_name_nobody),
    Rule(check=published.published_figures_are_all_there, severity="warning"),
    Rule(check=check_ins.goal_levels_stay_on_their_scale),
    Rule(check=check_ins.met_agrees_with_the_meetings),
    Rule(check=surveys.questions_offer_answers),
    Rule(check=surveys.answers_fit_their_questions),
    Rule(check=questions.program_questions_offer_their_answers),
    Rule(check=questions.program_questions_are_told_apart),
    Rule(check=questions.program_questions_are_plain_lines),
    Rule(check=questions.matching_compares_what_can_be_compared),
    Rule(check=questions.answers_are_to_questions_that_exist, severity="warning"),
    Rule(check=events.attendees_were_members),
    Rule(check=privacy.no_contact_details_in_text, severity="warning"),
    Rule(check=privacy.public_repositories_hold_only_public_fields, severity="warning"),
    Rule(check=privacy.public_repositories_hold_only_people_shown_to_everybody, severity="warning"),
    Rule(check=written_pages.links_between_pages_work, is_about_site=True),
    Rule(check=written_pages.pages_run_no_code),
    Rule(check=outside_links.links_to_other_sites_show_their_host, severity="warning"),
)


def find_violations(
    program: Program,
    today: date,
    site_audience: Audience | None = None,
    *,
    is_about_site: bool | None = None,
) -> Iterator[tuple[Rule, Finding]]:
    """Yield every violation of a rule in a program on a day, in the order of `RULES`.

    `is_about_site` selects the rules that are about a site, or those that are not.

    Rules about links judge the site for `site_audience`; by default, that is the site for
    everybody who can read the repository.
    """
    audience = site_audience or repository_readers(program)
    for rule in RULES:
        if is_about_site not in (None, rule.is_about_site):
            continue
        for finding in rule.find_violations(program, today, audience):
            yield rule, finding
