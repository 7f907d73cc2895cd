"""What cohorts and people say for matching: pins, and attributes that nobody needs to know."""

from collections.abc import Iterator
from datetime import date

from peerloom.diagnostic import quoted
from peerloom.model import Cohort, Pair
from peerloom.records import Program
from peerloom.rules.finding import Finding
from peerloom.rules.wording import nearest
from peerloom.text.languages import primary_languages


def pins_do_not_contradict(program: Program, _: date) -> Iterator[Finding]:
    """A mentee is pinned to one mentor, who is neither forbidden nor excluded by one of the two."""
    for cohort in program.cohorts.values():
        pinned: dict[str, str] = {}
        for index, pin in enumerate(cohort.matching.pins):
            first = pinned.setdefault(pin.mentee, pin.mentor)
            why = _against(program, cohort, pin.mentor, pin.mentee)
            if first != pin.mentor:
                why = f"and is pinned to {quoted(first)} too"
            if why:
                message = f"{quoted(pin.mentee)} must be free to have {quoted(pin.mentor)}, {why}"
                help_ = "keep what you mean, and delete the other"
                keys = ("matching", "pins", index)
                yield Finding(where=cohort, keys=keys, message=message, help=help_)


def _against(program: Program, cohort: Cohort, mentor: str, mentee: str) -> str:
    if mentor == mentee:
        return "and is the same person"
    if any({*two} == {mentor, mentee} for two in cohort.matching.forbids):
        return "and the two stand under 'forbids'"
    for one, other in ((mentor, mentee), (mentee, mentor)):
        person = program.participants.get(one)
        if person and other in person.excluded:
            return f"and {quoted(one)} excluded the other"
    return ""


def proposed_pairs_may_be(program: Program, _: date) -> Iterator[Finding]:
    """Who is proposed consented, shares a language and is not forbidden; all have one mentor."""
    mentors: dict[tuple[str, str], Pair] = {}
    for pair in program.pairs.values():
        cohort = program.cohorts.get(pair.cohort)
        if pair.status != "proposed" or cohort is None:
            continue
        for message, help_ in _doubts(program, cohort, pair):
            yield Finding(where=pair, keys=("status",), message=message, help=help_)
        for what, id_ in (("mentee", pair.mentee), ("team", pair.team)):
            first = mentors.setdefault((pair.cohort, f"{what} {id_}"), pair)
            if None not in (id_, pair.mentor) and first.mentor not in (None, pair.mentor):
                message = f"the {what} {quoted(id_)} must be proposed to one mentor"
                help_ = f"keep this file or {program.path(first)}"
                yield Finding(where=pair, keys=("status",), message=message, help=help_)


def _doubts(program: Program, cohort: Cohort, pair: Pair) -> Iterator[tuple[str, str]]:
    people = [p for id_ in pair.people if (p := program.participants.get(id_)) is not None]
    for person in people:
        if person.consent is None:
            message = f"{quoted(person.id)} must have agreed before they are matched"
            yield message, f"ask, and write 'consent' in {program.path(person)}"
    if any({*two} == {*pair.people} for two in cohort.matching.forbids):
        message = "the two must not be matched: they stand under 'forbids' in the cohort's file"
        yield message, "delete this file, or take them out there"
    spoken = [frozenset(primary_languages(person.languages)) for person in people]
    asks = cohort.matching.shared_language and len(spoken) > 1
    if asks and all(spoken) and not frozenset.intersection(*spoken):
        yield "the two must speak a language in common", "find another mentor, or add the language"


def attributes_of_people_are_declared(program: Program, _: date) -> Iterator[Finding]:
    """Nobody's record holds an attribute that no cohort of theirs declares it matches by."""
    for person in program.participants.values():
        runs = (program.cohorts.get(part.cohort) for part in person.cohorts)
        known = {d.attribute for run in runs if run for d in run.matching.declared}
        for attribute in person.declared:
            if attribute not in known:
                message = f"{quoted(attribute)} must be declared by a cohort of theirs"
                otherwise = "delete it, or declare it with its reason in the cohort's 'matching'"
                yield Finding(
                    where=person,
                    keys=("declared", attribute),
                    message=message,
                    help=nearest(attribute, known, otherwise),
                    on_key=True,
                )
