"""Matching: pins, proposed pairs, and the attributes that a cohort declares."""

from collections.abc import Iterator
from datetime import date

from peerloom.diagnostic import quoted
from peerloom.model import Cohort, Pair
from peerloom.records import Program
from peerloom.rules.messages import suggest_nearest
from peerloom.rules.rule import Finding
from peerloom.text.languages import primary_languages


def pins_do_not_conflict(program: Program, _: date) -> Iterator[Finding]:
    """A mentee is pinned to one mentor only, and nothing forbids or excludes the match."""
    for cohort in program.cohorts.values():
        pinned: dict[str, str] = {}
        for index, pin in enumerate(cohort.matching.pins):
            first = pinned.setdefault(pin.mentee, pin.mentor)
            why = _reason_against_pin(program, cohort, pin.mentor, pin.mentee)
            if first != pin.mentor:
                why = f"and is pinned to {quoted(first)} too"
            if why:
                message = f"{quoted(pin.mentee)} must be free to have {quoted(pin.mentor)}, {why}"
                help_ = "keep the one that you want, and delete the other"
                keys = ("matching", "pins", index)
                yield Finding(where=cohort, keys=keys, message=message, help=help_)


def _reason_against_pin(program: Program, cohort: Cohort, mentor: str, mentee: str) -> str:
    if mentor == mentee:
        return "and is the same person"
    if any({*two} == {mentor, mentee} for two in cohort.matching.forbids):
        return "and the two are listed under 'forbids'"
    for one, other in ((mentor, mentee), (mentee, mentor)):
        person = program.participants.get(one)
        if person and other in person.excluded:
            return f"and {quoted(one)} excluded the other"
    return ""


def proposed_pairs_are_allowed(program: Program, _: date) -> Iterator[Finding]:
    """Proposed partners agreed, share a language, may be matched, and no mentee has two mentors."""
    mentors: dict[tuple[str, str], Pair] = {}
    for pair in program.pairs.values():
        cohort = program.cohorts.get(pair.cohort)
        if pair.status != "proposed" or cohort is None:
            continue
        for message, help_ in _find_doubts(program, cohort, pair):
            yield Finding(where=pair, keys=("status",), message=message, help=help_)
        for what, id_ in (("mentee", pair.mentee), ("team", pair.team)):
            first = mentors.setdefault((pair.cohort, f"{what} {id_}"), pair)
            if None not in (id_, pair.mentor) and first.mentor not in (None, pair.mentor):
                message = f"the {what} {quoted(id_)} must be proposed to one mentor"
                help_ = f"keep this file or {program.path(first)}"
                yield Finding(where=pair, keys=("status",), message=message, help=help_)


def _find_doubts(program: Program, cohort: Cohort, pair: Pair) -> Iterator[tuple[str, str]]:
    people = [p for id_ in pair.people if (p := program.participants.get(id_)) is not None]
    for person in people:
        if not person.agrees_to_take_part:
            message = f"{quoted(person.id)} must have agreed before they are matched"
            yield message, f"ask, and write 'consent' in {program.path(person)}"
    if any({*two} == {*pair.people} for two in cohort.matching.forbids):
        message = "the two must not be matched: the cohort's file lists them under 'forbids'"
        yield message, "delete this file, or remove them from that list"
    languages = [frozenset(primary_languages(person.languages)) for person in people]
    needs_one = cohort.matching.shared_language and len(languages) > 1
    if needs_one and all(languages) and not frozenset.intersection(*languages):
        yield "the two must speak a language in common", "find another mentor, or add the language"


def attributes_are_declared(program: Program, _: date) -> Iterator[Finding]:
    """A participant has only attributes that a cohort of theirs declares it uses for matching."""
    for person in program.participants.values():
        cohorts = (program.cohorts.get(membership.cohort) for membership in person.cohorts)
        known = {d.attribute for cohort in cohorts if cohort for d in cohort.matching.declared}
        for attribute in person.declared:
            if attribute not in known:
                message = f"{quoted(attribute)} must be declared by a cohort of theirs"
                otherwise = "delete it, or declare it with its reason in the cohort's 'matching'"
                yield Finding(
                    where=person,
                    keys=("declared", attribute),
                    message=message,
                    help=suggest_nearest(attribute, known, otherwise),
                    on_key=True,
                )
