"""A participant as of a day."""

from dataclasses import dataclass, replace
from datetime import date

from peerloom.as_of.dating import Dating, given_day, held
from peerloom.as_of.fields import with_fields
from peerloom.model import CONSENT_PARTS, Break, Consent, Membership, Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantAsOf:
    """A person in their state of a day; `is_known` unless a decision about them is not dated."""

    participant: Participant
    is_known: bool = True


def participant_as_of(dating: Dating, person: Participant, day: date) -> ParticipantAsOf:
    """What was known of a person on a day.

    A part in a cohort is known from `applied_on`, else `decided_on`, else `joined`, or from the day
    that the records are known to be of, where it is planned for later; one that has none of these
    days was there from the first. Consent is as it is now: it says what may be shown now,
    also of an earlier day. Only whether somebody is counted is as it was on the day, so that the
    figures of a day stay as they were.
    """
    path = dating.program.path(person)
    parts = [
        _membership_on(dating, path, part, day)
        for part in person.cohorts
        if _is_known(part, day, dating.program.records_day)
    ]
    rewound = with_fields(
        person,
        cohorts=tuple(part for part in parts if part is not None),
        training=tuple(done for done in person.training if done.completed_on <= day),
        coordinator_notes=tuple(note for note in person.coordinator_notes if note.on <= day),
        consent=person.consent and _consent_on(person.consent, day),
    )
    rewound = _with_break_of(dating, path, rewound, day)
    return ParticipantAsOf(participant=rewound, is_known=None not in parts)


def _consent_on(consent: Consent, day: date) -> Consent:
    """The consent without what was said later about being counted."""
    withdrawn = consent.withdrawn
    if withdrawn.counted and withdrawn.counted > day:
        withdrawn = replace(withdrawn, counted=None)
    if withdrawn.everything and withdrawn.everything > day:
        # All but being counted stays withdrawn.
        own = {part: withdrawn.withdrawal_of(part) for part in CONSENT_PARTS if part != "counted"}
        withdrawn = replace(withdrawn, everything=None, **own)
    is_counted = consent.counted or consent.answer_day("counted") > day
    if withdrawn == consent.withdrawn and is_counted == consent.counted:
        return consent
    return replace(consent, withdrawn=withdrawn, counted=is_counted)


def _is_known(part: Membership, day: date, records_day: date | None) -> bool:
    """Whether a part in a cohort was known on a day, as far as it says."""
    first = part.applied_on or part.decided_on or part.joined
    return first is None or min(first, records_day or date.max) <= day


def _membership_on(dating: Dating, path: str, part: Membership, day: date) -> Membership | None:
    """A part in a cohort with what was decided by a day; None where that is not known."""
    if part.state in (None, "applied"):
        return part
    first = (
        dating.exact(part.decided_on)
        if part.decided_on
        else dating.first_day(path, decision_fact(part), [part.joined])
    )
    is_decided = held(first, day)
    if is_decided is None:
        return None
    if is_decided:
        return replace(part, decided_on=given_day(first))
    return replace(part, state="applied", decided_on=None, state_reason=None)


def decision_fact(part: Membership) -> str:
    """The name of the fact that somebody's part in a cohort was decided as it is."""
    return f"decision {part.cohort} {part.role}"


def _with_break_of(dating: Dating, path: str, person: Participant, day: date) -> Participant:
    """The person without their break until `paused_until` on the days before it began.

    It stays where that is not known, because somebody asked to be left alone. Where no break ends
    then, and the day is known on which it began, it becomes one of them.
    """
    until = person.paused_until
    if until is None:
        return person
    same = next((each for each in person.breaks if each.ends == until), None)
    first = dating.exact(same.starts) if same else dating.first_day(path, "break")
    if held(first, day) is False:
        return replace(person, paused_until=None)
    begun = given_day(first)
    if same or begun is None or begun > until:
        return person
    own = Break(starts=begun, ends=until)
    return replace(person, breaks=tuple(sorted((*person.breaks, own), key=lambda b: b.starts)))
