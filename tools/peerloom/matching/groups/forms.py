"""Proposed groups to be read, in a terminal and by programs, and as the files of circles."""

from collections.abc import Iterator
from typing import Any

from peerloom import source
from peerloom.changes import Changes
from peerloom.diagnostic import printable
from peerloom.matching.groups.values import Group, GroupProposal
from peerloom.matching.reasons import listed


def circle_files(proposal: GroupProposal) -> Changes:
    """A file for each group, which is `proposed` until a coordinator says otherwise.

    It may be read by everybody, and so says nothing of hours, reasons or who has no group.
    """
    return {
        f"content/circles/{proposal.cohort}/{group.id}.yml": source.dump(
            {
                "id": group.id,
                "cohort": proposal.cohort,
                "kind": group.kind,
                "name": group.name,
                "status": "proposed",
                "facilitators": list(group.facilitators),
                "members": list(group.members),
                "topic": group.topic,
                "summary": group.summary,
            }
        )
        for group in proposal.groups
    }


def groups_as_value(proposal: GroupProposal) -> dict[str, Any]:
    """The documented JSON of a proposal."""
    return {
        "cohort": proposal.cohort,
        "groups": [
            {
                "id": group.id,
                "kind": group.kind,
                "name": group.name,
                "topic": group.topic,
                "facilitators": list(group.facilitators),
                "members": list(group.members),
                "times": list(group.times),
                "reasons": list(group.reasons),
                "experience": group.experience,
            }
            for group in proposal.groups
        ],
        "unplaced": [
            {"id": u.id, "role": u.role, "why": u.why, "barrier": u.barrier, "change": u.change}
            for u in proposal.unplaced
        ],
        "summary": {
            "kind": proposal.kind,
            "groups": len(proposal.groups),
            "placed": _placed(proposal),
            "unplaced": len(proposal.unplaced),
            "at_least": proposal.at_least,
            "at_most": proposal.at_most,
        },
    }


def groups_as_text(proposal: GroupProposal) -> str:
    """A proposal for a terminal: nothing in it acts."""
    return "".join(f"{printable(line)}\n" for line in _lines(proposal))


def _lines(proposal: GroupProposal) -> Iterator[str]:
    for group in proposal.groups:
        yield _who(proposal, group)
        yield from (f"  {reason}" for reason in group.reasons)
        yield from (f"  could meet {time}" for time in group.times)
    what = "circle" if proposal.kind == "circle" else "supervision group"
    groups = "1 " + what if len(proposal.groups) == 1 else f"{len(proposal.groups)} {what}s"
    placed = _placed(proposal)
    people = "1 person" if placed == 1 else f"{placed} people"
    yield f"{groups} for {people}, {len(proposal.unplaced)} without one"
    for left in proposal.unplaced:
        yield f"{proposal.names[left.id]}, {left.role}, has no {what}: {left.why}"
        yield f"  {left.change}"


def _who(proposal: GroupProposal, group: Group) -> str:
    held = listed([proposal.names[id_] for id_ in group.facilitators])
    members = listed([proposal.names[id_] for id_ in group.members])
    return f"{group.name} ({group.id}): {members}; held by {held}"


def _placed(proposal: GroupProposal) -> int:
    return sum(len(group.people) for group in proposal.groups)
