"""What forgetting somebody changes in a program's files, before anything is written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from peerloom.forgetting.in_files import forget_in_text, path_afterwards
from peerloom.forgetting.in_records import Forgotten
from peerloom.forgetting.names import Mention, list_names_of_others, list_vocabulary, names_for
from peerloom.forgetting.tombstone import next_tombstone_id
from peerloom.kinds import KINDS, kind_of_path
from peerloom.model import CheckIn, Pair, Participant, Record
from peerloom.pair_ids import find_people_in_false_id, ids_in_use, new_pair_id
from peerloom.records import Program

# Figures that were published stay as they were, and name nobody.
PUBLISHED_FOLDER = "content/published/"
_MARKDOWN_KINDS = frozenset(kind.name for kind in KINDS if kind.is_markdown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgetting:
    """How somebody is forgotten: the new texts of files, and which are deleted.

    `ended` are their pairs that were going on, `withdrawn` those that were only proposed. `early`
    are check-ins of pairs that end, which came for a date that is still to come.
    `mentions` are words that name them in what stays, and `by_the_other` has the files in which
    the other of a pair wrote freely about the two.
    """

    who: Forgotten
    changes: Mapping[str, str]
    deleted: tuple[str, ...]
    ended: tuple[Pair, ...]
    withdrawn: tuple[Pair, ...]
    early: tuple[CheckIn, ...]
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
    early = tuple(c for pair in ended for c in program.check_ins_of(pair) if c.due > today)
    gone = {program.path(record) for record in _list_gone(program, withdrawn, frozenset(codes))}
    gone |= {program.path(answer) for answer in early}
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
        early=early,
        mentions=tuple(
            mention
            for path, text in sorted(looked_at.items())
            for mention in who.names.find_mentions(path, text)
        ),
        by_the_other=tuple(
            path for path in _list_words_of_the_other(program, person, who) if path in after
        ),
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
        text = forget_in_text(program, record, texts[path], who, ended)
        if text is None or text != texts[path]:
            del after[path]
        if text is not None and text != texts[path]:
            moved[path_afterwards(record, who)] = text
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
    logins = frozenset([person.github] if person.github else [])
    others = list_names_of_others(program, person.id, logins, pair_ids)
    return Forgotten(
        id=person.id,
        tombstone=tombstone,
        today=today,
        names=names_for(person.name, person.github, ids, others, list_vocabulary(program)),
        logins=logins,
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
            yield path_afterwards(pair, who)
        for answer in program.check_ins_of(pair):
            if answer.participant != person.id and _has_free_text(answer):
                yield path_afterwards(answer, who)


def _has_free_text(answer: CheckIn) -> bool:
    notes = [progress.note for progress in answer.goals]
    return any([answer.challenges, answer.next_steps, answer.support_note, *notes])
