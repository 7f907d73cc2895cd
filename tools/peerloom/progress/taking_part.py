"""Who takes part in a cohort, and when."""

from datetime import date

from peerloom.model import Cohort, Membership, Participant
from peerloom.records import Program


def list_taking_part(
    program: Program, cohort: Cohort, first: date, last: date
) -> tuple[tuple[Participant, Membership], ...]:
    """Who was accepted and took part on at least one of the days from `first` to `last`.

    A part begins on the day that somebody joined, or else on the cohort's first, and is over on
    the day that they left. Two roles make two entries, as in `Program.members_of`.
    """
    return tuple(
        (person, part)
        for person, part in program.members_of(cohort.id)
        if _begins_on(cohort, part) <= last
        and (part.left_on is None or part.left_on > max(first, _begins_on(cohort, part)))
    )


def _begins_on(cohort: Cohort, part: Membership) -> date:
    return part.joined or cohort.starts
