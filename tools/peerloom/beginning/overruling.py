"""Other mentors than those proposed, as a coordinator wants them."""

from collections.abc import Mapping
from dataclasses import replace

from peerloom.beginning.choosing import CannotBegin
from peerloom.diagnostic import did_you_mean, quoted
from peerloom.kinds import record_path
from peerloom.model import Cohort, Pair
from peerloom.records import Program


def overrule_mentors(
    program: Program, cohort: Cohort, mentors: Mapping[str, str]
) -> tuple[Program, tuple[str, ...]]:
    """Return a program in which mentees are proposed to other mentors, and the ids of these pairs.

    `mentors` are by the ids of their mentees. Raises `CannotBegin` where a mentee is not proposed
    to one mentor, or nobody has the mentor's id.
    """
    overruled = []
    for mentee, mentor in mentors.items():
        if mentor not in program.participants:
            near = did_you_mean(mentor, program.participants) or "ids are the names of their files"
            raise CannotBegin(f"there is no participant {quoted(mentor)}; {near}")
        pair = _find_proposal(program, cohort, mentee)
        overruled.append(replace(pair, mentor=mentor))
    pairs = program.pairs | {(pair.cohort, pair.id): pair for pair in overruled}
    return replace(program, pairs=pairs), tuple(pair.id for pair in overruled)


def _find_proposal(program: Program, cohort: Cohort, mentee: str) -> Pair:
    pairs = program.pairs_of(cohort.id)
    proposed = [pair for pair in pairs if pair.status == "proposed"]
    found = [pair for pair in proposed if pair.mentee == mentee]
    begun = [p for p in pairs if p.mentee == mentee and p.status in ("active", "paused")]
    if begun and not found:
        raise CannotBegin(
            f"{quoted(begun[0].id)} has begun already; change 'mentor' in "
            f"{program.path(begun[0])}, and run this without '--instead'"
        )
    if len(found) != 1:
        known = [pair.mentee for pair in proposed if pair.mentee]
        near = did_you_mean(mentee, known) if not found else ""
        number = "no mentor is" if not found else "more than one mentor is"
        help_ = near or "name a mentee with one proposal"
        raise CannotBegin(f"{number} proposed to {quoted(mentee)} in {quoted(cohort.id)}; {help_}")
    if program.path(found[0]) != record_path(found[0]):
        raise CannotBegin(f"{program.path(found[0])} must be {record_path(found[0])}: rename it")
    return found[0]
