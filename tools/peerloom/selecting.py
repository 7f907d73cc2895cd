"""A coordinator's decision about an application: the record after it, and a text to send."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from peerloom.intake.record_text import edit_record_text, parse_record
from peerloom.model import Cohort, Participant, Role
from peerloom.records import Program
from peerloom.templating import rendered_letter
from peerloom.text.codes import code_in_words
from peerloom.text.dates import full_date
from peerloom.text.phrases import join_words

DecidedState = Literal["accepted", "waiting", "declined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a coordinator decided about somebody's part in a cohort.

    `reason` is for coordinators; no text that is sent has it. With a `role`, only that part of
    somebody who signed up in two roles is meant.
    """

    cohort: Cohort
    state: DecidedState
    decided_on: date
    reason: str | None = None
    role: Role | None = None


def decided_record_text(text: str, decision: Decision) -> str:
    """The text of a participant's record after a decision; all else stays as it was written."""
    parts = [
        _decided_part(part, decision) if _is_meant(part, decision) else part
        for part in parse_record(text)["cohorts"]
    ]
    return edit_record_text(text, {"cohorts": parts})


def _is_meant(part: dict[str, Any], decision: Decision) -> bool:
    return part["cohort"] == decision.cohort.id and decision.role in (None, part["role"])


def _decided_part(part: dict[str, Any], decision: Decision) -> dict[str, Any]:
    """A part after a decision. A reason is that of one decision, and goes with it."""
    kept = {key: value for key, value in part.items() if key != "state_reason"}
    decided = {"state": decision.state, "decided_on": decision.decided_on.isoformat()}
    reason = {"state_reason": decision.reason} if decision.reason else {}
    return kept | decided | reason


def roles_decided_on(person: Participant, decision: Decision) -> tuple[Role, ...]:
    """The roles in the cohort that a decision is about; none where they did not sign up so."""
    return tuple(
        part.role
        for part in person.cohorts
        if part.cohort == decision.cohort.id and decision.role in (None, part.role)
    )


def decision_letter(program: Program, person: Participant, decision: Decision) -> str:
    """A kind text for a decision, in plain words, to be sent as it is or changed first."""
    roles = roles_decided_on(person, decision)
    return rendered_letter(
        f"letters/{decision.state}.txt.j2",
        name=person.name,
        cohort=decision.cohort.name,
        program=program.settings.name,
        role=join_words(code_in_words(role) for role in roles),
        starts=full_date(decision.cohort.starts),
        ends=full_date(decision.cohort.ends) if decision.cohort.ends else None,
        contact=program.settings.contact,
    )
