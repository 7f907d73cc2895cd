"""Which rows of a sheet are one person: by an id, a mail address, or a login and its name.

Nothing else makes two rows one person's. Where rows contradict each other, or have nothing in
common but a name, a coordinator decides, once: the reading of the form keeps the decision.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import fold_text
from peerloom.intake.name_matching import identity_word, names_may_be_one
from peerloom.intake.read_answers import RowAnswers
from peerloom.intake.reading import PersonDecision, PersonQuestion
from peerloom.intake.values.accounts import read_mail_address
from peerloom.intake.values.fillers import is_filler
from peerloom.text.phrases import join_words


@dataclass(frozen=True, slots=True, kw_only=True)
class RowIdentity:
    """What a row says about who it is of; `word` is how readings know it."""

    answers: RowAnswers
    id: str
    name: str
    login: str | None
    mail: str | None
    word: str

    @property
    def number(self) -> int:
        """The number of the row."""
        return self.answers.row.number


def identify_row(answers: RowAnswers) -> RowIdentity:
    """Return who a row says that it is of; fillers such as `n/a` say nothing."""
    id_ = answers.row["id"]
    if read_mail_address(id_).value:
        id_ = ""  # an id is part of a page's address
    name, login = answers.values["name"], answers.values.get("github")
    mail = read_mail_address(answers.row["mail"]).value if answers.row["mail"] else None
    return RowIdentity(
        answers=answers,
        id="" if is_filler(id_, "identity") else id_,
        name=name,
        login=login,
        mail=mail,
        word=identity_word(name, mail, login),
    )


Cluster = list[RowIdentity]


def cluster_rows(
    rows: Sequence[RowIdentity], decisions: Iterable[PersonDecision]
) -> tuple[list[Cluster], list[PersonQuestion], list[str]]:
    """Return the rows of each person, what has to be decided, and why rows were joined.

    The people come in the order of their first rows.
    """
    grouping = _Grouping(rows, tuple(decisions))
    joined = [
        *grouping.join_equal(lambda row: fold_text(row.id), "id", needs_name=False),
        *grouping.join_equal(lambda row: row.mail or "", "mail address", needs_name=True),
        *grouping.join_equal(lambda row: (row.login or "").lower(), "login", needs_name=True),
    ]
    joined += grouping.join_decided()
    questions = [
        *grouping.find_questions(lambda row: row.mail or "", _MAIL),
        *grouping.find_questions(lambda row: (row.login or "").lower(), _LOGIN),
        *grouping.find_questions(lambda row: fold_text(row.name), _NAME),
    ]
    return grouping.clusters(), questions, joined


_MOST_NAMES, _MOST_NUMBERS = 4, 12
_MAIL = "have one mail address, and different names"
_LOGIN = "have one GitHub login, and different names"
_NAME = "have one name"


class _Grouping:
    """Rows as they are joined into people, by the number of each row's group."""

    def __init__(self, rows: Sequence[RowIdentity], decisions: tuple[PersonDecision, ...]) -> None:
        self._rows = rows
        self._decisions = decisions
        self._group = list(range(len(rows)))
        self._members = {place: [place] for place in self._group}

    def _join(self, first: int, second: int) -> bool:
        ours, theirs = self._group[first], self._group[second]
        if ours == theirs:
            return False
        moved = self._members.pop(theirs)
        self._members[ours] += moved
        for place in moved:
            self._group[place] = ours
        return True

    def join_equal(
        self, key: Callable[[RowIdentity], str], noun: str, *, needs_name: bool
    ) -> list[str]:
        """Join rows with the same key, and return what to say about it."""
        said: list[str] = []
        for places in self._by_key(key).values():
            for n, place in enumerate(places):
                for group in dict.fromkeys(self._group[other] for other in places[:n]):
                    if self._may_join(group, place, needs_name=needs_name):
                        self._join(self._members[group][0], place)
                        break
            same = [p for p in places if self._group[p] == self._group[places[0]]]
            if len(same) > 1:
                numbers = _join_numbers(self._rows[place].number for place in same)
                said.append(f"rows {numbers} are one person, by the same {noun}")
        return said

    def _may_join(self, group: int, place: int, *, needs_name: bool) -> bool:
        """Whether a row, with all that are joined to it, may be of the person of a whole group.

        `A. Example` may be Anna's or Adam's, and does not make one person of the two.
        """
        if group == self._group[place]:
            return False
        return all(
            not self._are_different(ours, theirs)
            and (not needs_name or self._names_and_ids_fit(ours, theirs))
            for ours in self._members[group]
            for theirs in self._members[self._group[place]]
        )

    def _names_and_ids_fit(self, first: int, second: int) -> bool:
        a, b = self._rows[first], self._rows[second]
        return names_may_be_one(a.name, b.name) and not self._have_different_ids(first, second)

    def _by_key(self, key: Callable[[RowIdentity], str]) -> dict[str, list[int]]:
        by_key: dict[str, list[int]] = {}
        for place, row in enumerate(self._rows):
            if key(row):
                by_key.setdefault(key(row), []).append(place)
        return {value: places for value, places in by_key.items() if len(places) > 1}

    def _are_different(self, first: int, second: int) -> bool:
        words = {self._rows[first].word, self._rows[second].word}
        return any(words <= d.people for d in self._decisions if not d.are_same)

    def join_decided(self) -> list[str]:
        """Join the rows that a coordinator said are of one person, and return what to say."""
        said: list[str] = []
        for decision in self._decisions:
            places = [n for n, row in enumerate(self._rows) if row.word in decision.people]
            if not decision.are_same:
                continue
            joined = [place for place in places[1:] if self._join(places[0], place)]
            if joined:
                numbers = _join_numbers(self._rows[place].number for place in places)
                said.append(f"rows {numbers} are one person, as was decided")
        return said

    def find_questions(
        self, key: Callable[[RowIdentity], str], common: str
    ) -> list[PersonQuestion]:
        """Return what is to be decided about rows with the same key that are not one person yet."""
        questions = []
        for places in self._by_key(key).values():
            open_pairs = [
                (a, b)
                for a, b in combinations(places[:50], 2)
                if self._group[a] != self._group[b]
                and not self._are_different(a, b)
                and not self._have_different_accounts(a, b)
            ]
            if open_pairs:
                rows = [self._rows[n] for n in sorted({n for pair in open_pairs for n in pair})]
                questions.append(_make_question(rows, common))
        return questions

    def _have_different_accounts(self, first: int, second: int) -> bool:
        """Whether two ids or two logins say that rows of one name are of different people."""
        a, b = self._rows[first], self._rows[second]
        logins = bool(a.login and b.login) and str(a.login).lower() != str(b.login).lower()
        same_mail = bool(a.mail) and a.mail == b.mail
        return self._have_different_ids(first, second) or (logins and not same_mail)

    def _have_different_ids(self, first: int, second: int) -> bool:
        a, b = self._rows[first].id, self._rows[second].id
        return bool(a and b) and fold_text(a) != fold_text(b)

    def clusters(self) -> list[Cluster]:
        """Return the rows of each person, people by their first row, rows in their order."""
        groups = sorted(sorted(places) for places in self._members.values())
        people = [[self._rows[place] for place in places] for places in groups]
        return sorted(people, key=lambda rows: min(row.number for row in rows))


def _make_question(rows: Sequence[RowIdentity], common: str) -> PersonQuestion:
    numbers = _join_numbers(row.number for row in rows)
    message = f"rows {numbers} {common}"
    if common == _NAME:
        mails = {row.mail for row in rows if row.mail}
        addresses = "different mail addresses" if len(mails) > 1 else "nothing else in common"
        message = f"rows {numbers} have one name, {quoted(rows[0].name)}, and {addresses}"
    else:
        names = dict.fromkeys(row.name for row in rows)
        message += f": {_join_counted([quoted(name) for name in names], _MOST_NAMES)}"
    return PersonQuestion(
        people=tuple(dict.fromkeys(row.word for row in rows)),
        rows=tuple(row.number for row in rows),
        message=message,
        are_likely_same=False,
    )


def _join_numbers(numbers: Iterable[int]) -> str:
    return _join_counted([str(number) for number in sorted(numbers)], _MOST_NUMBERS)


def _join_counted(words: Sequence[str], most: int) -> str:
    """Return words as one list; those after the first `most` are counted."""
    more = [f"{len(words) - most} more"] if len(words) > most else []
    return join_words([*words[:most], *more])


def decisions_by_rows(
    rows: Sequence[RowIdentity], numbers: Iterable[frozenset[int]], *, are_same: bool
) -> list[PersonDecision]:
    """Return what a coordinator decided about rows by their numbers."""
    return [
        PersonDecision(
            people=frozenset(row.word for row in rows if row.number in group), are_same=are_same
        )
        for group in numbers
    ]
