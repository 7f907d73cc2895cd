"""A break in `breaks` does what the last day in `paused_until` does, from its own first day on."""

from datetime import date

from peerloom.matching.applicants import find_applicants
from peerloom.matching.explanation.why_unmatched import explain_break
from peerloom.model import Break, Cohort, Membership, Participant, Settings
from peerloom.records import Program
from peerloom.reminders.issue_texts import is_away

ADA = Participant(
    id="ada",
    name="Ada",
    cohorts=(Membership(cohort="c", role="mentor"),),
    breaks=(
        Break(starts=date(2026, 1, 10), ends=date(2026, 1, 20)),
        Break(starts=date(2026, 3, 1), ends=date(2026, 3, 14)),
    ),
)
COHORT = Cohort(id="c", name="C", starts=date(2026, 1, 12), ends=date(2026, 6, 30))
PROGRAM = Program(
    settings=Settings(
        name="P", repository="a/b", visibility="private", time_zone="UTC", languages=("en",)
    ),
    cohorts={"c": COHORT},
    participants={"ada": ADA},
)


def test_somebody_is_away_on_the_days_of_a_break_and_on_no_others() -> None:
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 14), date(2026, 3, 15)]
    assert [is_away(ADA, day) for day in days] == [False, True, True, False]


def test_a_break_over_the_first_day_of_a_cohort_to_come_keeps_somebody_from_being_matched() -> None:
    applicants = find_applicants(PROGRAM, COHORT, date(2025, 12, 1))
    assert ([p.id for p, _ in applicants.away], applicants.mentors) == (["ada"], ())
    why = explain_break(ADA, applicants.begins_on).why
    assert why == "Ada takes a break until 20 January 2026, and is matched with nobody before"


def test_a_break_that_is_over_keeps_nobody_from_being_matched() -> None:
    assert not find_applicants(PROGRAM, COHORT, date(2026, 2, 1)).away
