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
    return leave_out_people(program, uncounted)


def leave_out_people(program: Program, left_out: Collection[str]) -> Program:
    """A program without some people, and with nothing by or about them but survey answers."""
    if not left_out:
        return program
    left_out = frozenset(left_out)
    pairs = {key: pair for key, pair in program.pairs.items() if left_out.isdisjoint(pair.people)}
    return replace(
        program,
        participants={id_: p for id_, p in program.participants.items() if id_ not in left_out},
        pairs=pairs,
        check_ins=tuple(c for c in program.check_ins if (c.cohort, c.pair) in pairs),
        follow_ups={key: each for key, each in program.follow_ups.items() if key in pairs},
        circles={key: _without_people(c, left_out) for key, c in program.circles.items()},
        events={
            id_: replace(event, attended=_keep_others(event.attended, left_out))
            for id_, event in program.events.items()
        },
        undated=tuple(r for r in program.undated if not _is_about(r, left_out)),
    )


def _find_uncounted(program: Program) -> set[str]:
    return {
        id_
        for id_, person in program.participants.items()
        if person.consent and not person.consent.may_be_counted
    }


def _is_about(record: Record, left_out: Collection[str]) -> bool:
    """Whether a person, or a pair with them, is left out."""
    if isinstance(record, Participant):
        return record.id in left_out
    return isinstance(record, Pair) and any(who in left_out for who in record.people)


def _without_people(circle: Circle, left_out: Collection[str]) -> Circle:
    return replace(
        circle,
        facilitators=_keep_others(circle.facilitators, left_out),
        members=_keep_others(circle.members, left_out),
        stays=tuple(stay for stay in circle.stays if stay.participant not in left_out),
        meetings=tuple(
            replace(meeting, attended=_keep_others(meeting.attended, left_out))
            for meeting in circle.meetings
        ),
    )


def _keep_others(ids: tuple[str, ...], left_out: Collection[str]) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ not in left_out)
