"""Proposed circles as text for a terminal, as JSON and as files."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from peerloom import source
from peerloom.changes import Changes
from peerloom.matching.circles.proposal import CircleProposal
from peerloom.matching.explanation.why_unmatched import name_role
from peerloom.matching.output import format_lines
from peerloom.text.phrases import Noun, count_noun, join_words
from peerloom.text.translation import gettext as _


def make_circle_files(proposal: CircleProposal, today: date) -> Changes:
    """A file for each circle, which is `proposed` until a coordinator says otherwise.

    Everybody may read it, so it says nothing about hours, reasons or people in no circle. Its name,
    topic and summary stay in the language in which they are made.
    """
    return {
        f"content/circles/{proposal.cohort}/{circle.id}.yml": source.dump(
            {
                "id": circle.id,
                "cohort": proposal.cohort,
                "kind": circle.kind,
                "name": circle.name,
                "status": "proposed",
                "facilitators": list(circle.facilitators),
                "members": list(circle.members),
                "topic": circle.topic,
                "summary": circle.summary,
                "proposed_on": today.isoformat(),
            }
        )
        for circle in proposal.circles
    }


def circles_as_value(proposal: CircleProposal) -> dict[str, Any]:
    """The documented JSON of a proposal."""
    return {
        "cohort": proposal.cohort,
        "groups": [
            {
                "id": circle.id,
                "kind": circle.kind,
                "name": circle.name,
                "topic": circle.topic,
                "facilitators": list(circle.facilitators),
                "members": list(circle.members),
                "times": list(circle.times),
                "reasons": list(circle.reasons),
                "experience": circle.experience,
            }
            for circle in proposal.circles
        ],
        "unplaced": [unplaced.as_value() for unplaced in proposal.unplaced],
        "summary": {
            "kind": proposal.kind,
            "groups": len(proposal.circles),
            "placed": proposal.placed,
            "unplaced": len(proposal.unplaced),
            "at_least": proposal.at_least,
            "at_most": proposal.at_most,
        },
    }


def circles_as_text(proposal: CircleProposal) -> str:
    """A proposal for a terminal."""
    return format_lines(_list_lines(proposal))


def _list_lines(proposal: CircleProposal) -> Iterator[str]:
    for circle in proposal.circles:
        leaders = join_words([proposal.names[id_] for id_ in circle.facilitators])
        members = join_words([proposal.names[id_] for id_ in circle.members])
        yield _("{name} ({id}): {members}; led by {leaders}").format(
            name=circle.name, id=circle.id, members=members, leaders=leaders
        )
        yield from (f"  {reason}" for reason in circle.reasons)
        yield from (_("  could meet {time}").format(time=time) for time in circle.times)
    what: Noun = "circle" if proposal.kind == "circle" else "supervision group"
    people = count_noun(proposal.placed, "person")
    circles = count_noun(len(proposal.circles), what)
    yield _("{circles} for {people}, {number} in none").format(
        circles=circles, people=people, number=len(proposal.unplaced)
    )
    is_outside = (
        _("{name}, {role}, is in no circle: {reason}")
        if proposal.kind == "circle"
        else _("{name}, {role}, is in no supervision group: {reason}")
    )
    for unplaced in proposal.unplaced:
        yield is_outside.format(
            name=unplaced.name, role=name_role(unplaced.role), reason=unplaced.barrier.why
        )
        yield f"  {unplaced.barrier.change}"
