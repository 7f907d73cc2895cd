"""How Git's history is rewritten when somebody is forgotten: pure edits of paths and contents.

The edits are made from what the history itself says of the person, because the records of the
program do not name them any more.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from peerloom import source
from peerloom.forgetting.groups import Values
from peerloom.forgetting.in_records import (
    Forgotten,
    forget_in_record,
    is_pair_with,
)
from peerloom.forgetting.names import (
    SOMEBODY,
    Names,
    join_names,
    list_names_of_others,
    list_vocabulary,
    names_for,
)
from peerloom.forgetting.plan import PUBLISHED_FOLDER
from peerloom.forgetting.tombstone import TOMBSTONE_NAME
from peerloom.kinds import KIND_BY_NAME, kind_of_path
from peerloom.pair_ids import ids_in_use, new_pair_id
from peerloom.records import Program

# No mail can be sent to a name below `invalid` (RFC 2606).
_DOMAIN = "forgotten.invalid"
_YAML_SUFFIX = ".yml"
# The key that names whose record it is, of kinds whose path says it, too.
_KEY_OF_AUTHOR = {"participant": "id", "check-in": "participant"}

# A path, and the bytes of its file in some commit.
Version = tuple[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEdits:
    """What is changed in every commit.

    `words` are looked for in files of the program, messages and names of branches, and `outside` in
    all other files. `addresses` are the mail addresses of the person's commits.
    """

    who: Forgotten
    words: Names
    outside: Names | None
    addresses: frozenset[str]

    def edit_path(self, path: str) -> str:
        """Return where a file is afterwards."""
        kind = kind_of_path(path)
        folders = path.split("/")
        if kind in ("check-in", "follow-up", "pair"):
            cohort, pair = folders[2], folders[3].removesuffix(_YAML_SUFFIX)
            suffix = folders[3][len(pair) :]
            folders[3] = self.who.pair_ids.get((cohort, pair), pair) + suffix
        if kind == "check-in":
            folders[4] = re.sub(
                rf"(?<=^\d{{4}}-\d\d-\d\d-){re.escape(self.who.id)}(?=\.yml$)",
                self.who.tombstone,
                folders[4],
            )
        return self.words.replace_in("/".join(folders)) if folders[0] == "content" else path

    def edit_content(self, path: str, data: bytes) -> bytes | None:
        """Return the content of a file, by its path afterwards; None if it goes."""
        try:
            text = data.decode()
        except UnicodeDecodeError:
            return data
        if not path.startswith("content/"):
            return self.outside.replace_in(text).encode() if self.outside else data
        if path.startswith(PUBLISHED_FOLDER):
            return data
        kind = kind_of_path(path)
        if kind and path.endswith(_YAML_SUFFIX):
            return self._edit_record(kind, path, text)
        return self.words.replace_in(text).encode()

    def _edit_record(self, kind: str, path: str, text: str) -> bytes | None:
        """Return a record without the person.

        What is theirs by its path is so whatever it says. A text that is no YAML cannot be taken
        apart: it goes if it is theirs or names them, so that the earlier version stays.
        """
        parsed = source.parse(text.encode())
        is_theirs = self._is_theirs(kind, path)
        if parsed.flaws or not isinstance(parsed.value, dict):
            return None if is_theirs or self.names_them(text) else text.encode()
        record = {**parsed.value, _KEY_OF_AUTHOR[kind]: self.who.id} if is_theirs else parsed.value
        edited = forget_in_record(kind, record, self.who)
        if edited is None:
            return None
        same = edited == parsed.value
        return self.words.replace_in(text if same else source.dump(edited)).encode()

    def _is_theirs(self, kind: str, path: str) -> bool:
        """Whether a participant's record or a check-in is the person's, by its path afterwards.

        What was made when they were forgotten is among these, and stays as it is.
        """
        name = path.rpartition("/")[2].removesuffix(_YAML_SUFFIX)
        id_ = {"participant": name, "check-in": name[len("2026-01-26-") :]}.get(kind)
        return id_ == self.who.tombstone

    def names_them(self, text: str) -> bool:
        """Whether a word in a text names the person, or may."""
        mentions = self.words.without_doubt().find_mentions("", text)
        return any(not mention.is_shared for mention in mentions)

    def edit_message(self, message: str) -> str:
        """Return the message of a commit or tag."""
        return self.words.without_doubt().replace_in(message)

    def edit_ref(self, name: str) -> str:
        """Return the name of a branch or tag, in which an id may be one of several words."""
        for word, new in self.words.list_certain().items():
            if new != SOMEBODY and "@" not in word:
                name = re.sub(rf"(?i)(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", new, name)
        return name

    def edit_author(self, name: str, address: str) -> tuple[str, str]:
        """Return the name and address of an author."""
        if address.casefold() in self.addresses or name.casefold() in self.words.list_certain():
            return TOMBSTONE_NAME, f"{self.who.tombstone}@{_DOMAIN}"
        return name, address


def find_person_in_versions(id_: str, versions: Iterable[Version]) -> Values | None:
    """Return somebody's record as it was last; `versions` are from the newest to the oldest."""
    return next(_list_records_of(id_, versions), None)


def _list_records_of(id_: str, versions: Iterable[Version]) -> Iterator[Values]:
    """Yield each record that somebody had and that says their name."""
    wanted = KIND_BY_NAME["participant"].path_for(id_)
    for path, data in versions:
        record = _parse_group(data) if path == wanted else {}
        if record.get("id") == id_ and isinstance(record.get("name"), str):
            yield record


def _parse_group(data: bytes) -> Values:
    parsed = source.parse(data)
    return parsed.value if isinstance(parsed.value, dict) else {}


def edits_of_history(
    program: Program,
    person: Values,
    tombstone: str,
    today: date,
    versions: Sequence[Version],
    authors: Iterable[tuple[str, str]],
) -> HistoryEdits:
    """Return how the history is rewritten without somebody.

    `program` is as it is now, `person` the last record that they had, `versions` each file that
    participants and pairs ever had, the newest first, and `authors` all names and addresses of
    authors. `today` is the day on which their earlier records say that they were forgotten. Names
    and logins that they had before go as well.
    """
    id_ = person["id"]
    records = [person, *_list_records_of(id_, versions)]
    logins = frozenset(login for each in records if (login := _login_of(each)))
    pair_ids = dict(_list_pair_ids(program, id_, tombstone, versions))
    ids = {id_: tombstone} | {old: new for (_, old), new in pair_ids.items()}
    others = list_names_of_others(program, id_, logins, pair_ids)
    called = dict.fromkeys((each["name"], _login_of(each)) for each in records)
    vocabulary = list_vocabulary(program)
    names = join_names(names_for(*each, ids, others, vocabulary) for each in called)
    numbers = {str(each["github_id"]) for each in records if each.get("github_id")}
    addresses = frozenset(_list_addresses(names, logins, numbers, authors))
    exact = {**names.exact, **dict.fromkeys(addresses, f"{tombstone}@{_DOMAIN}")}
    return HistoryEdits(
        who=Forgotten(
            id=id_,
            tombstone=tombstone,
            today=today,
            names=names,
            logins=logins,
            pair_ids=pair_ids,
            own_goals=frozenset(_list_own_goals(id_, versions)),
        ),
        words=replace(names, exact=exact),
        outside=_names_outside(names, called, tombstone, addresses),
        addresses=addresses,
    )


def _login_of(person: Values) -> str | None:
    login = person.get("github")
    return login if isinstance(login, str) else None


def _list_pair_versions(versions: Iterable[Version]) -> Iterator[tuple[str, str, Values]]:
    """Yield the cohort and id of each pair that there ever was, and what its file said."""
    for path, data in versions:
        if kind_of_path(path) == "pair":
            _, _, cohort, name = path.split("/")
            yield cohort, name.removesuffix(_YAML_SUFFIX), _parse_group(data)


def _list_pair_ids(
    program: Program, id_: str, tombstone: str, versions: Sequence[Version]
) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the cohort and id of each pair that somebody was in, and the id that it has now.

    A pair that is not there any more gets an id of the two.
    """
    found: dict[tuple[str, str], str] = {}
    taken = {cohort: ids_in_use(program.pairs_of(cohort)) for cohort in program.cohorts}
    for cohort, old, pair in _list_pair_versions(versions):
        if not is_pair_with(pair, id_) or (cohort, old) in found:
            continue
        people = _people_afterwards(pair, id_, tombstone)
        now = [each.id for each in program.pairs_of(cohort) if each.people == people]
        found[cohort, old] = now[0] if now else new_pair_id(people, taken.setdefault(cohort, set()))
        taken.setdefault(cohort, set()).add(found[cohort, old])
    yield from found.items()


def _people_afterwards(pair: Values, id_: str, tombstone: str) -> tuple[str, ...]:
    two = [pair.get("mentor"), pair.get("mentee"), *(pair.get("peers") or ())]
    return tuple(tombstone if who == id_ else str(who) for who in two if who)


def _list_own_goals(id_: str, versions: Iterable[Version]) -> Iterator[tuple[str, str]]:
    for cohort, old, pair in _list_pair_versions(versions):
        if pair.get("mentee") == id_:
            yield cohort, old


def _list_addresses(
    names: Names,
    logins: Iterable[str],
    numbers: Container[str],
    authors: Iterable[tuple[str, str]],
) -> Iterator[str]:
    """Yield the mail addresses of authors who are the person, by their name, login or number."""
    certain = names.list_certain()
    sure_logins = certain.keys() & {login.casefold() for login in logins}
    for name, address in authors:
        local = address.casefold().partition("@")[0]
        is_named = name.casefold() in certain
        number, _, login = local.partition("+")
        if is_named or not sure_logins.isdisjoint((local, login)) or number in numbers:
            yield address.casefold()


def _names_outside(
    names: Names,
    called: Iterable[tuple[str, str | None]],
    tombstone: str,
    addresses: Iterable[str],
) -> Names | None:
    """Return what is looked for in files that are no records, where an id may be any word.

    That is a name of two words or more, an address, and a login with an @ or in a link.
    """
    exact = dict.fromkeys(addresses, f"{tombstone}@{_DOMAIN}")
    for name, login in called:
        if " " in name.strip() and not names.is_ambiguous(name):
            exact[" ".join(name.casefold().split())] = SOMEBODY
        if login:
            exact[f"@{login.casefold()}"] = f"@{tombstone}"
            exact[f"github.com/{login.casefold()}"] = f"github.com/{tombstone}"
    return Names(exact=exact) if exact else None
