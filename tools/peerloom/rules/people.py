"""Participants and coordinators: accounts, roles, consent, availability and training."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from peerloom.days import latest_day_anywhere
from peerloom.diagnostic import quoted
from peerloom.model import Participant
from peerloom.records import Program
from peerloom.rules.rule import Finding
from peerloom.source import Keys
from peerloom.text.dates import full_date


def github_accounts_belong_to_one_person(program: Program, _: date) -> Iterator[Finding]:
    """No two participants have the same GitHub login, whatever its case, or the same number."""
    seen: dict[str | int, Participant] = {}
    for person in program.participants.values():
        accounts: list[tuple[str, str | int | None]] = [
            ("github", person.github.casefold() if person.github else None),
            ("github_id", person.github_id),
        ]
        for key, account in accounts:
            if account is None:
                continue
            first = seen.setdefault(account, person)
            if first is not person:
                what = quoted(getattr(person, key))
                message = f"the GitHub account {what} must be one person's"
                help_ = f"it is also in {program.path(first)}: is it the same person twice?"
                yield Finding(where=person, keys=(key,), message=message, help=help_)


def coordinators_have_account_numbers(program: Program, _: date) -> Iterator[Finding]:
    """Once people take part, each coordinator has an account number: logins can change hands."""
    if not program.participants and not program.settings.coordinator_ids:
        return
    for record in program.records_naming_coordinators:
        ids = program.settings.coordinator_ids | record.coordinator_ids
        known = {login.casefold() for login in ids}
        for index, login in enumerate(record.coordinators):
            if login.casefold() not in known:
                message = f"coordinator {quoted(login)} must have a number in 'coordinator_ids'"
                help_ = "whoever gets that login later would coordinate: run 'peerloom numbers'"
                keys: Keys = ("coordinators", index)
                yield Finding(where=record, keys=keys, message=message, help=help_)


def calls_for_help_reach_coordinators(program: Program, _: date) -> Iterator[Finding]:
    """If check-ins merge by themselves, there is a repository that coordinators alone read."""
    settings = program.settings
    private = settings.coordinators_repository
    is_apart = private and private.casefold() != settings.repository.casefold()
    if settings.merge == "when clean" and not is_apart:
        message = "'merge: when clean' must come with a 'coordinators_repository' of its own"
        help_ = (
            "name a private repository that only coordinators read: there, and nowhere else, they "
            "are told at once when somebody asks for help in a check-in"
        )
        yield Finding(where=settings, keys=("merge",), message=message, help=help_)


def roles_are_listed_once(program: Program, _: date) -> Iterator[Finding]:
    """A participant has each role in a cohort once, or once for each team."""
    for person in program.participants.values():
        seen = set()
        for index, membership in enumerate(person.cohorts):
            role = (membership.cohort, membership.role, membership.team)
            if role in seen:
                what = f"{membership.role} in {quoted(membership.cohort)}"
                message = f"the role of {what} must be listed only once"
                keys: Keys = ("cohorts", index)
                yield Finding(where=person, keys=keys, message=message, help="delete one")
            seen.add(role)


def consent_is_not_in_the_future(program: Program, today: date) -> Iterator[Finding]:
    """Consent was given, and withdrawn, on days that have come, somewhere on Earth."""
    latest = latest_day_anywhere(today)
    for person in program.participants.values():
        for keys, day in _list_consent_days(person):
            if day > latest:
                is_given = keys[0] != "withdrawn"
                done, did = ("given", "agreed") if is_given else ("withdrawn", "withdrew it")
                message = f"consent must be {done} already, but {full_date(day)} is in the future"
                help_ = f"ask the person and write the day they {did}"
                yield Finding(where=person, keys=("consent", *keys), message=message, help=help_)


def _list_consent_days(person: Participant) -> Iterator[tuple[tuple[str, ...], date]]:
    """Each day in somebody's consent, with the keys that lead to it."""
    consent = person.consent
    if consent is None:
        return
    yield ("given_on",), consent.given_on
    for key, days in (("since", consent.since), ("withdrawn", consent.withdrawn)):
        for part in fields(days):
            day = getattr(days, part.name)
            if day:
                yield (key, part.name), day


def quotes_need_consent(program: Program, _: date) -> Iterator[Finding]:
    """A story is quoted only with the consent of the person who tells it."""
    for pair in program.pairs.values():
        for index, story in enumerate(pair.stories):
            person = program.participants.get(story.by)
            if person and not (person.consent and person.consent.quote):
                message = f"{quoted(story.by)} must have agreed to be quoted"
                help_ = f"ask, then set 'quote: true' under 'consent' in {program.path(person)}"
                keys = ("stories", index, "by")
                yield Finding(where=pair, keys=keys, message=message, help=help_)


def consent_is_recorded(program: Program, _: date) -> Iterator[Finding]:
    """A participant's record says what they agreed to show; without consent, nothing is shown."""
    for person in program.participants.values():
        if person.consent is None and person.forgotten_on is None:
            message = f"{quoted(person.id)} must have said what may be shown of them"
            help_ = "only coordinators see them until 'consent' has 'given_on' and 'show'"
            yield Finding(where=person, keys=("name",), message=message, help=help_)


def nobody_prefers_or_excludes_themself(program: Program, _: date) -> Iterator[Finding]:
    """Nobody prefers or excludes themself, or prefers somebody whom they exclude."""
    for person in program.participants.values():
        for key, ids in (("preferred", person.preferred), ("excluded", person.excluded)):
            for index, id_ in enumerate(ids):
                if id_ == person.id:
                    message = f"{quoted(id_)} must be somebody else"
                    keys: Keys = (key, index)
                    yield Finding(where=person, keys=keys, message=message, help="delete it")
        for index, id_ in enumerate(person.excluded):
            if id_ in person.preferred:
                message = f"{quoted(id_)} must not be both preferred and excluded"
                keys = ("excluded", index)
                yield Finding(
                    where=person, keys=keys, message=message, help="delete one of the two"
                )


def free_hours_begin_before_they_end(program: Program, _: date) -> Iterator[Finding]:
    """Free hours end after they begin, on the same day."""
    for person in program.participants.values():
        for index, hours in enumerate(person.availability):
            if hours.ends <= hours.starts:
                message = f"free hours must end after {hours.starts}, and end at {hours.ends}"
                help_ = "split hours that pass midnight into two entries"
                keys = ("availability", index, "ends")
                yield Finding(where=person, keys=keys, message=message, help=help_)


def training_dates_are_possible(program: Program, today: date) -> Iterator[Finding]:
    """A training module was completed today or earlier, before the person left."""
    for person in program.participants.values():
        left = _day_of_leaving(person)
        for index, completion in enumerate(person.training):
            done = completion.completed_on
            keys = ("training", index, "completed_on")
            if done > today:
                message = (
                    f"{quoted(completion.module)} must be completed already, but {full_date(done)} "
                    "is in the future"
                )
                yield Finding(where=person, keys=keys, message=message, help="correct the date")
            elif left and done > left:
                message = f"{full_date(done)} must not be after they left, {full_date(left)}"
                yield Finding(
                    where=person, keys=keys, message=message, help="correct one of the dates"
                )


def _day_of_leaving(person: Participant) -> date | None:
    """Return the day on which a person left their last cohort, if they left all of them."""
    days = [membership.left_on for membership in person.cohorts]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None
