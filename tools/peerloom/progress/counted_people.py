"""Who is behind figures: everybody, or for others than coordinators all who may be counted."""

from collections.abc import Collection
from dataclasses import replace

from peerloom.model import Audience, Circle, Pair, Participant, Record
from peerloom.records import Program


def leave_out_uncounted(program: Program, audience: Audience) -> Program:
    """The program from which figures for an audience are computed.

    Who may not be counted is left out of what others than coordinators read: the person, their
    pairs with all that is said about these, their places and attendances. Answers to surveys stay,
    as they are kept under codes that tell nobody whose they are.
    """
    uncounted = set() if audience == "coordinators" else _find_uncounted(program)
    if not uncounted:
        return program
    pairs = {key: pair for key, pair in program.pairs.items() if uncounted.isdisjoint(pair.people)}
    return replace(
        program,
        participants={id_: p for id_, p in program.participants.items() if id_ not in uncounted},
        pairs=pairs,
        check_ins=tuple(c for c in program.check_ins if (c.cohort, c.pair) in pairs),
        follow_ups={key: each for key, each in program.follow_ups.items() if key in pairs},
        circles={key: _without_people(c, uncounted) for key, c in program.circles.items()},
        events={
            id_: replace(event, attended=_keep_counted(event.attended, uncounted))
            for id_, event in program.events.items()
        },
        undated=tuple(r for r in program.undated if not _is_about(r, uncounted)),
    )


def _find_uncounted(program: Program) -> set[str]:
    return {
        id_
        for id_, person in program.participants.items()
        if person.consent and not person.consent.may_be_counted
    }


def _is_about(record: Record, uncounted: Collection[str]) -> bool:
    """Whether a person, or a pair with them, is left out."""
    if isinstance(record, Participant):
        return record.id in uncounted
    return isinstance(record, Pair) and any(who in uncounted for who in record.people)


def _without_people(circle: Circle, uncounted: Collection[str]) -> Circle:
    return replace(
        circle,
        facilitators=_keep_counted(circle.facilitators, uncounted),
        members=_keep_counted(circle.members, uncounted),
        stays=tuple(stay for stay in circle.stays if stay.participant not in uncounted),
        meetings=tuple(
            replace(meeting, attended=_keep_counted(meeting.attended, uncounted))
            for meeting in circle.meetings
        ),
    )


def _keep_counted(ids: tuple[str, ...], uncounted: Collection[str]) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ not in uncounted)
