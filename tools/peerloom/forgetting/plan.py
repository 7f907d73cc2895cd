"""What forgetting somebody changes in a program's files, before anything is written."""

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from peerloom.forgetting.in_records import Forgotten, forget_in_record
from peerloom.forgetting.names import Mention, list_vocabulary, names_for
from peerloom.forgetting.tombstone import next_tombstone_id
from peerloom.intake.record_text import new_record_text, parse_record
from peerloom.kinds import KIND_BY_NAME, KINDS, kind_of_path, kind_of_record, record_path
from peerloom.model import CheckIn, FollowUp, Pair, Participant, Record
from peerloom.pair_ids import find_people_in_false_id, ids_in_use, new_pair_id
from peerloom.records import Program
from peerloom.yaml_editing import KeyPath, set_values_or_rewrite

# Figures that were published stay as they were, and name nobody.
PUBLISHED_FOLDER = "content/published/"
_MARKDOWN_KINDS = frozenset(kind.name for kind in KINDS if kind.is_markdown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgetting:
    """How somebody is forgotten: the new texts of files, and which are deleted.

    `ended` are their pairs that were going on, `withdrawn` those that were only proposed.
    `mentions` are words that name them in what stays, and `by_the_other` has the files in which
    the other of a pair wrote freely about the two.
    """

    who: Forgotten
    changes: Mapping[str, str]
    deleted: tuple[str, ...]
    ended: tuple[Pair, ...]
    withdrawn: tuple[Pair, ...]
    mentions: tuple[Mention, ...]
    by_the_other: tuple[str, ...]


def plan_forgetting(
    program: Program,
    texts: Mapping[str, str],
    person: Participant,
    today: date,
    *,
    outside: Mapping[str, str] | None = None,
    codes: Iterable[str] = (),
    replaces_words: bool = False,
) -> Forgetting:
    """Return what changes when a person is forgotten.

    `texts` has the text of each file under `content/`, and `outside` of others in which they may
    be named, which are never changed. `codes` are those under which they say
    that they answered surveys. With `replaces_words`, words that name them and nobody else are
    replaced in the records that others wrote; pages are for people alone to write.
    """
    who = _find_forgotten(program, person, today)
    pairs = program.pairs_with(person.id)
    withdrawn = tuple(pair for pair in pairs if pair.status == "proposed")
    ended = tuple(pair for pair in pairs if pair.status in ("active", "paused"))
    gone = {program.path(record) for record in _list_gone(program, withdrawn, frozenset(codes))}
    after = _forget_in_texts(program, texts, who, ended, gone)
    if replaces_words:
        after |= {p: who.names.replace_in(t) for p, t in after.items() if _is_record_in_yaml(p)}
    changes = {path: text for path, text in after.items() if texts.get(path) != text}
    looked_at = {**after, **(outside or {})}
    return Forgetting(
        who=who,
        changes=changes,
        deleted=tuple(sorted(_without_published(texts).keys() - after.keys())),
        ended=ended,
        withdrawn=withdrawn,
        mentions=tuple(
            mention
            for path, text in sorted(looked_at.items())
            for mention in who.names.find_mentions(path, text)
        ),
        by_the_other=tuple(_list_words_of_the_other(program, person, who)),
    )


def _without_published(texts: Mapping[str, str]) -> dict[str, str]:
    return {path: text for path, text in texts.items() if not path.startswith(PUBLISHED_FOLDER)}


def _forget_in_texts(
    program: Program,
    texts: Mapping[str, str],
    who: Forgotten,
    ended: tuple[Pair, ...],
    gone: set[str],
) -> dict[str, str]:
    """Return the texts of all files afterwards, but for published figures; `gone` are deleted."""
    after = {path: text for path, text in _without_published(texts).items() if path not in gone}
    moved: dict[str, str] = {}
    for record in program.records():
        path = program.path(record)
        if path not in after or not _is_record_in_yaml(path):
            continue
        text = _forget_in_text(program, record, texts[path], who, ended)
        if text is None or text != texts[path]:
            del after[path]
        if text is not None and text != texts[path]:
            moved[_new_path(record, who)] = text
    return after | moved


def find_cohorts_coordinated_by(program: Program, person: Participant) -> tuple[str, ...]:
    """Return the paths of records that list somebody as a coordinator, by login or number."""
    login = (person.github or "").casefold()
    return tuple(
        program.path(record)
        for record in program.records_naming_coordinators
        if login in map(str.casefold, record.coordinators)
        or person.github_id in record.coordinator_ids.values()
    )


def _find_forgotten(program: Program, person: Participant, today: date) -> Forgotten:
    tombstone = next_tombstone_id(program.participants)
    pair_ids = dict(_list_new_pair_ids(program, person.id, tombstone))
    # Of two pairs in two cohorts with one old id, any new id will do in words.
    ids = {person.id: tombstone} | {old: new for (_, old), new in pair_ids.items()}
    others = [each.name for each in program.participants.values() if each is not person]
    return Forgotten(
        id=person.id,
        tombstone=tombstone,
        today=today,
        names=names_for(person.name, person.github, ids, others, list_vocabulary(program)),
        login=person.github,
        pair_ids=pair_ids,
        own_goals=frozenset(
            (pair.cohort, pair.id)
            for pair in program.pairs_with(person.id)
            if pair.mentee == person.id
        ),
        running=frozenset(
            cohort.id for cohort in program.cohorts.values() if not cohort.is_over(today)
        ),
    )


def _list_new_pair_ids(
    program: Program, id_: str, tombstone: str
) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the cohort and old id of each pair whose id names somebody, and the new id.

    That is each of their pairs, whose id may be made up of parts of their name; and a pair in
    which they were replaced. A former id leads nowhere any more.
    """
    taken = {cohort: ids_in_use(program.pairs_of(cohort)) for cohort in program.cohorts}
    for key, pair in program.pairs.items():
        is_theirs = id_ in pair.people
        if is_theirs or id_ in find_people_in_false_id(program, pair):
            people = tuple(tombstone if who == id_ else who for who in pair.people)
            new_id = new_pair_id(people, taken.setdefault(pair.cohort, set()))
            taken[pair.cohort].add(new_id)
            yield key, new_id
        for former in pair.former:
            if is_theirs or id_ in former.people:
                yield (pair.cohort, former.id), new_id if is_theirs else pair.id


def _list_gone(
    program: Program, withdrawn: Iterable[Pair], codes: frozenset[str]
) -> Iterator[Record]:
    """Yield proposals with what belongs to them, and the answers to surveys under the codes."""
    for pair in withdrawn:
        yield pair
        yield from program.check_ins_of(pair)
        follow_up = program.follow_ups.get((pair.cohort, pair.id))
        if follow_up is not None:
            yield follow_up
    yield from (response for response in program.responses if response.code in codes)


def _is_record_in_yaml(path: str) -> bool:
    kind = kind_of_path(path)
    return kind is not None and kind not in _MARKDOWN_KINDS


def _forget_in_text(
    program: Program, record: Record, text: str, who: Forgotten, ended: tuple[Pair, ...]
) -> str | None:
    """Return the text of a record without the person; None if the record goes."""
    old = parse_record(text)
    kind = kind_of_record(record).name
    new = forget_in_record(kind, old, who)
    if new is None or new == old:
        return None if new is None else text
    if isinstance(record, Participant) and record.id == who.id:
        return new_record_text(kind, new)
    if isinstance(record, Pair) and record in ended:
        new |= _end_of_pair(program, record, who.today)
    if isinstance(record, CheckIn):
        new |= _day_received(program, record)
        if record.participant == who.id:
            return new_record_text(kind, new)
    return set_values_or_rewrite(text, dict(_list_differences(old, new)))


def _list_differences(old: Any, new: Any, keys: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Yield the smallest values that differ, with the keys that lead to them; None if one goes."""
    if isinstance(old, dict) and isinstance(new, dict) and (new or not keys):
        for key in {**old, **new}:
            if key not in old or key not in new:
                yield (*keys, key), new.get(key)
            else:
                yield from _list_differences(old[key], new[key], (*keys, key))
    elif _are_groups_alike(old, new):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _list_differences(one, other, (*keys, number))
    elif old != new:
        yield keys, new


def _are_groups_alike(old: Any, new: Any) -> bool:
    """Whether two values are lists of as many groups, so that each can be compared alone."""
    both_are_lists = isinstance(old, list) and isinstance(new, list)
    return (
        both_are_lists and len(old) == len(new) and all(isinstance(x, dict) for x in (*old, *new))
    )


def _end_of_pair(program: Program, pair: Pair, today: date) -> dict[str, Any]:
    """Return what is set in a pair that ends because one of the two is forgotten."""
    days = [today, pair.started_on or today, *(each.due for each in program.check_ins_of(pair))]
    return {"status": "ended_early", "ended_on": max(days).isoformat(), "end_reason": "other"}


def _day_received(program: Program, answer: CheckIn) -> dict[str, str]:
    """Return what keeps the day on which a check-in came, which Git knows by its old path."""
    day = program.received_on(answer)
    if day is None or answer.received_on is not None:
        return {}
    return {"received_on": day.isoformat(), "received_by": "git"}


def _new_path(record: Record, who: Forgotten) -> str:
    """Return where a record's file belongs afterwards."""
    match record:
        case Participant() if record.id == who.id:
            return KIND_BY_NAME["participant"].path_for(who.tombstone)
        case Pair():
            return record_path(replace(record, id=_new_pair_id(record.cohort, record.id, who)))
        case CheckIn():
            author = who.tombstone if record.participant == who.id else record.participant
            pair_id = _new_pair_id(record.cohort, record.pair, who)
            return record_path(replace(record, pair=pair_id, participant=author))
        case FollowUp():
            return record_path(replace(record, pair=_new_pair_id(record.cohort, record.pair, who)))
        case _:
            return record_path(record)


def _new_pair_id(cohort: str, id_: str, who: Forgotten) -> str:
    return who.pair_ids.get((cohort, id_), id_)


def _list_words_of_the_other(
    program: Program, person: Participant, who: Forgotten
) -> Iterator[str]:
    """Yield the files, as they are called afterwards, in which the other of a pair wrote freely.

    The goals of two peers may be of either.
    """
    for pair in program.pairs_with(person.id):
        if pair.status == "proposed":
            continue
        if pair.peers and pair.goals:
            yield _new_path(pair, who)
        for answer in program.check_ins_of(pair):
            if answer.participant != person.id and _has_free_text(answer):
                yield _new_path(answer, who)


def _has_free_text(answer: CheckIn) -> bool:
    notes = [progress.note for progress in answer.goals]
    return any([answer.challenges, answer.next_steps, answer.support_note, *notes])


@dataclass(frozen=True, slots=True, kw_only=True)
class PastKeeping:
    """Somebody whose time to be kept is over.

    `last_day` is the last on which they took part, and `past_since` the day on which that time
    ended.
    """

    person: Participant
    last_day: date
    past_since: date


def list_past_keeping(program: Program, months: int, today: date) -> tuple[PastKeeping, ...]:
    """Return whose time to be kept is over on a day, the longest past first.

    They are kept for a number of months after the last day of the last cohort in which they took
    part, or after the day on which they left it. Somebody in a cohort without an end, who did not
    leave it, still takes part.
    """
    found = []
    for person in program.participants.values():
        last_day = None if person.forgotten_on else _find_last_day(program, person)
        if last_day is not None and (past := add_months(last_day, months)) <= today:
            found.append(PastKeeping(person=person, last_day=last_day, past_since=past))
    return tuple(sorted(found, key=lambda each: (each.past_since, each.person.id)))


def _find_last_day(program: Program, person: Participant) -> date | None:
    """Return the last day on which somebody took part; None if they still do, or never did."""
    days = [_last_day_in(program, part.cohort, part.left_on) for part in person.cohorts]
    return None if None in days else max((day for day in days if day), default=None)


def _last_day_in(program: Program, cohort: str, left_on: date | None) -> date | None:
    run = program.cohorts.get(cohort)
    return left_on or (run.ends if run else None)


def add_months(day: date, months: int) -> date:
    """Return the day some months later, or the last day of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(
        year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1])
    )
