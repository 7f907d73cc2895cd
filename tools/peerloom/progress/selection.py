"""Who has applied to a cohort that selects, who waits and who was declined, in which order."""

from dataclasses import dataclass
from datetime import date

from peerloom.model import Cohort, Membership, Participant, Role, Standing
from peerloom.records import Program
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

STANDINGS: tuple[Standing, ...] = ("applied", "accepted", "waiting", "declined")
_WHY_NOT: dict[Standing, str] = {
    "applied": mark(
        "{name} has applied, and nobody has decided yet: only the accepted are matched"
    ),
    "waiting": mark("{name} waits for a place: only the accepted are matched"),
    "declined": mark("{name} was declined: only the accepted are matched"),
}


@dataclass(frozen=True, slots=True)
class SignedUp:
    """Somebody's part in a cohort, whether they are accepted or not."""

    person: Participant
    part: Membership

    @property
    def state(self) -> Standing:
        """Where they stand; who has no state is accepted."""
        return self.part.state or "accepted"

    @property
    def applied_on(self) -> date | None:
        """The day on which they applied, or else agreed to take part, where it is known."""
        consent = self.person.consent
        return self.part.applied_on or (consent.given_on if consent else None)


def list_signed_up(
    program: Program, cohort: Cohort, today: date
) -> dict[Standing, tuple[SignedUp, ...]]:
    """Who signed up for a cohort and has not left, by where they stand.

    The first to apply come first; those of whom the day is not known come last.
    """
    everybody = sorted(
        (
            SignedUp(person, part)
            for person, part in program.sign_ups_for(cohort.id)
            if part.left_on is None or part.left_on > today
        ),
        key=lambda each: (each.applied_on or date.max, each.person.id, each.part.role),
    )
    return {state: tuple(each for each in everybody if each.state == state) for state in STANDINGS}


def next_in_line(waiting: tuple[SignedUp, ...], role: Role) -> tuple[SignedUp, ...]:
    """Those who wait for a place as mentor or mentee, the first to apply first."""
    return tuple(each for each in waiting if each.part.role in (role, "either"))


def why_not_taking_part(program: Program, cohort: Cohort, participant: str) -> str:
    """Why somebody who signed up for a cohort is not matched, as a sentence; empty if they are."""
    parts = [part for person, part in program.sign_ups_for(cohort.id) if person.id == participant]
    if not parts or any(part.is_accepted for part in parts):
        return ""
    return _(_WHY_NOT[parts[0].state or "applied"]).format(
        name=program.participants[participant].name
    )
