"""What people agreed to and withdrew, and what a program has to say about their records."""

from collections.abc import Iterator
from datetime import date

from peerloom.diagnostic import quoted
from peerloom.kinds import PROGRAM_FILE
from peerloom.model import CONSENT_PARTS, Consent, Settings
from peerloom.records import Program
from peerloom.rules.rule import Finding
from peerloom.source import Keys
from peerloom.text.dates import full_date
from peerloom.text.phrases import join_words


def consent_is_withdrawn_after_it_is_given(program: Program, _: date) -> Iterator[Finding]:
    """What somebody withdrew, they had said on that day or before."""
    for person in program.participants.values():
        for part, given_on, withdrawn_on in _list_withdrawals(person.consent):
            if withdrawn_on < given_on:
                message = f"what was agreed to on {full_date(given_on)} must be withdrawn later"
                help_ = (
                    "if they agreed again since, delete this line; else correct one of the two days"
                )
                keys: Keys = ("consent", "withdrawn", part)
                yield Finding(where=person, keys=keys, message=message, help=help_)


def _list_withdrawals(consent: Consent | None) -> Iterator[tuple[str, date, date]]:
    """What was withdrawn, each with the days on which it was given and withdrawn."""
    if consent is None:
        return
    if consent.withdrawn.everything:
        yield "everything", consent.given_on, consent.withdrawn.everything
    for part in CONSENT_PARTS:
        withdrawn_on: date | None = getattr(consent.withdrawn, part)
        if withdrawn_on:
            yield part, consent.answer_day(part), withdrawn_on


def stories_are_deleted_when_withdrawn(program: Program, _: date) -> Iterator[Finding]:
    """A story is deleted once the person who tells it has withdrawn that it may be quoted."""
    for pair in program.pairs.values():
        for index, story in enumerate(pair.stories):
            consent = getattr(program.participants.get(story.by), "consent", None)
            if consent and consent.quote and not consent.may_be_quoted:
                message = f"the story of {quoted(story.by)} must be deleted, as they withdrew it"
                help_ = "the site does not show it any more, but the file still has it"
                keys: Keys = ("stories", index, "by")
                yield Finding(where=pair, keys=keys, message=message, help=help_)


def programs_say_what_the_law_asks(program: Program, _: date) -> Iterator[Finding]:
    """Once people take part, the program says what many laws ask of it.

    That is who is responsible for their data and how to reach them, on what basis it is held, for
    how long, and whether minors take part.
    """
    settings = program.settings
    missing = list(_list_missing_statements(settings))
    if missing and program.participants and PROGRAM_FILE not in program.broken:
        message = f"the program must say {join_words(missing)}"
        help_ = "write these keys here: the page 'Who sees what' prints them for everybody to read"
        yield Finding(where=settings, keys=("name",), message=message, help=help_)


def _list_missing_statements(settings: Settings) -> Iterator[str]:
    """What the settings do not say, each with the key that says it."""
    responsible = settings.responsible
    if responsible is None:
        yield "who is responsible ('responsible')"
    if not (settings.contact or (responsible and responsible.contact) or settings.coordinators):
        yield "how to reach them ('contact')"
    if settings.legal_basis is None:
        yield "on what basis it keeps records ('legal_basis')"
    if settings.keeps_months is None:
        yield "for how long ('keeps_months')"
    if settings.minors is None:
        yield "whether minors take part ('minors')"


def minors_are_in_private_repositories(program: Program, _: date) -> Iterator[Finding]:
    """A program in which minors take part is in a private repository."""
    settings = program.settings
    if settings.visibility == "public" and settings.minors not in (None, "none"):
        message = "'minors' must be 'none' in a public repository, where everybody reads every file"
        help_ = "make the repository private, write 'visibility: private', and then let minors in"
        yield Finding(where=settings, keys=("minors",), message=message, help=help_)
