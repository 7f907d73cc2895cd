"""The records that take the place of people who were forgotten."""

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from peerloom.diagnostic import quoted
from peerloom.model import Membership, Participant
from peerloom.records import Program
from peerloom.rules.rule import Finding

TOMBSTONE_ID = re.compile("forgotten-([1-9][0-9]*)")
# What the rules and the figures need of a person, and of a person's part in a cohort.
KEPT_OF_A_PERSON = ("id", "name", "cohorts", "forgotten_on")
# Kept of somebody who is not to be counted, and of nobody else.
_CONSENT = "consent"
KEPT_OF_A_PART = (
    *("cohort", "role", "capacity", "team", "joined", "left_on"),
    *("state", "applied_on", "decided_on"),
)


def tombstones_say_nothing(program: Program, _: date) -> Iterator[Finding]:
    """The record of somebody who was forgotten has an id of its own, and says nothing of them."""
    for person in program.participants.values():
        if person.forgotten_on is None:
            continue
        if not TOMBSTONE_ID.fullmatch(person.id):
            message = f"{quoted(person.id)} must not be the id of somebody who was forgotten"
            help_ = f"take 'forgotten_on' out, and run 'peerloom forget {person.id}'"
            yield Finding(where=person, keys=("id",), message=message, help=help_)
        for key in _list_further_keys(person, (*KEPT_OF_A_PERSON, *_list_needed_keys(person))):
            yield _forbid_key(person, key)
        for number, part in enumerate(person.cohorts):
            for key in _list_further_keys(part, KEPT_OF_A_PART):
                yield _forbid_key(person, "cohorts", number, key)


def _list_needed_keys(person: Participant) -> Iterator[str]:
    consent = person.consent
    if consent and consent.shown_to == "coordinators" and not consent.may_be_counted:
        yield _CONSENT


def _list_further_keys(record: Participant | Membership, kept: tuple[str, ...]) -> Iterator[str]:
    for field in fields(record):
        if field.name not in kept and getattr(record, field.name):
            yield field.name


def _forbid_key(person: Participant, *keys: str | int) -> Finding:
    return Finding(
        where=person,
        keys=keys,
        message=f"{quoted(str(keys[-1]))} must not be kept of somebody who was forgotten",
        help="delete it; whoever takes part again gets a record with an id of their own",
    )
