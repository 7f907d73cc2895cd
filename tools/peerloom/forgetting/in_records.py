"""What becomes of one record when somebody is forgotten.

A record is a group of keys, as its file has it; so an earlier version from Git's history, which
may not fit today's schema, is treated alike. Three things happen to it: words by the person and
about them go, what only they wished or declared goes, and every other mention of their id leads
to the tombstone, so that whatever is counted stays as it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from peerloom.forgetting.groups import (
    Values,
    list_once,
    value_in,
    with_or_without,
    without_items,
    without_key,
)
from peerloom.forgetting.names import Names
from peerloom.forgetting.tombstone import tombstone_values

# Who answered for which date, when, and when the two met: what a check-in is counted by. All else
# is what its author says.
KEPT_OF_A_CHECK_IN = (
    *("cohort", "pair", "due", "participant", "answered_on", "received_on", "received_by"),
    *("met", "meetings"),
)
# The keys under which records name people by their ids, at any depth, alone or in a list.
PERSON_KEYS = frozenset(
    {
        *("participant", "mentor", "mentee", "peers", "people", "by"),
        *("members", "facilitators", "attended", "case_by", "hosts"),
        *("suggested_by", "preferred", "excluded", "pins", "forbids"),
    }
)
# Where `by` is not an id but the login of a coordinator, or whatever they call themselves.
_SIGNED_WITH_A_LOGIN = frozenset({"coordinator_notes", "match", "entries", "outcome"})
# What takes the place of a reason that is about both people of a pair.
NO_REASON = "what was noted here went with somebody who was forgotten"
# Of a pair's match, who proposed it, when, and for whom.
_KEPT_OF_A_MATCH = ("by", "on", "people")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """Somebody to forget: their id, the id of their tombstone, and what they are called.

    `logins` are theirs on GitHub, earlier ones too.
    `pair_ids` has the new id of each pair whose id names them, by its cohort and old id.
    `own_goals` are the pairs, by cohort and old id, whose goals are theirs as the mentee.
    `running` are the cohorts that are not over.
    """

    id: str
    tombstone: str
    today: date
    names: Names
    logins: frozenset[str] = frozenset()
    pair_ids: Mapping[tuple[str, str], str] = field(default_factory=dict)
    own_goals: frozenset[tuple[str, str]] = frozenset()
    running: frozenset[str] = frozenset()

    def is_named_by(self, id_: Any) -> bool:
        """Whether an id is the person's; their login may be the id of somebody else."""
        return bool(id_ == self.id)

    def has_signed_as(self, name: Any) -> bool:
        """Whether a coordinator's login is the person's, or else an id that only they have."""
        if str(name).casefold() in map(str.casefold, self.logins):
            return True
        return self.is_named_by(name) and not self.names.is_ambiguous(self.id)


def forget_in_record(kind: str, record: Values, who: Forgotten) -> Values | None:
    """Return a record of a kind without a person; None if nothing is left of it.

    A record that has nothing to do with the person is returned as it is.
    """
    forget = _BY_KIND.get(kind)
    left = record if forget is None else forget(record, who)
    return None if left is None else _replace_ids(left, who)


def _replace_ids(value: Any, who: Forgotten, group: str = "", key: str = "") -> Any:
    """Return a value in which the tombstone's id stands where people are named by id or login.

    `key` is the one that leads to the value, and `group` the one before it.
    """
    if isinstance(value, dict):
        return {word: _replace_ids(each, who, key, word) for word, each in value.items()}
    if isinstance(value, list):
        replaced = [_replace_ids(each, who, group, key) for each in value]
        return replaced if replaced == value else list_once(replaced)
    if key not in PERSON_KEYS:
        return value
    is_signature = key == "by" and group in _SIGNED_WITH_A_LOGIN
    is_theirs = who.has_signed_as(value) if is_signature else who.is_named_by(value)
    return who.tombstone if is_theirs else value


def _forget_in_participant(person: Values, who: Forgotten) -> Values:
    """A person's own record becomes a tombstone; others lose their wishes and notes about them."""
    if person.get("id") == who.id:
        return tombstone_values(person, who.tombstone, who.today, who.running)
    left = without_items(person, "preferred", who.is_named_by)
    left = without_items(left, "excluded", who.is_named_by)
    left = without_items(left, "coordinator_notes", lambda note: _is_about(note, who))
    ties = left.get("conflicts")
    if isinstance(ties, dict):
        kept = {key: tie for key, tie in ties.items() if not _is_about(tie, who)}
        left = with_or_without(left, "conflicts", kept)
    return left


def _forget_in_pair(pair: Values, who: Forgotten) -> Values:
    key = (str(pair.get("cohort")), str(pair.get("id")))
    left = {**pair, "id": who.pair_ids.get(key, pair.get("id"))}
    left = without_items(left, "former", lambda former: _is_former_id_of(former, key[0], who))
    left = without_items(left, "stories", lambda story: who.is_named_by(value_in(story, "by")))
    agreement = left.get("agreement")
    if isinstance(agreement, dict):
        left["agreement"] = without_items(
            agreement, "expectations", lambda each: who.is_named_by(value_in(each, "by"))
        )
    if is_pair_with(pair, who.id):
        left.pop("end_note", None)
        left.pop("answers", None)
    if key in who.own_goals:
        left.pop("goals", None)
    match = left.get("match")
    if isinstance(match, dict) and (is_pair_with(pair, who.id) or _has_item(match, "people", who)):
        left["match"] = {word: match[word] for word in _KEPT_OF_A_MATCH if word in match}
    return left


def is_pair_with(pair: Values, id_: str) -> bool:
    """Whether somebody is one of the two in a pair's record."""
    peers = pair.get("peers")
    return id_ in (pair.get("mentor"), pair.get("mentee"), *(peers or ()))


def _is_former_id_of(former: Any, cohort: str, who: Forgotten) -> bool:
    return _has_item(former, "people", who) or (cohort, value_in(former, "id")) in who.pair_ids


def _forget_in_check_in(answer: Values, who: Forgotten) -> Values:
    """Of their own check-ins stays what counts, with the steps of goals that are the other's."""
    key = (str(answer.get("cohort")), str(answer.get("pair")))
    left = {**answer, "pair": who.pair_ids.get(key, answer.get("pair"))}
    if key in who.own_goals:
        left.pop("goals", None)
    if answer.get("participant") != who.id:
        return left
    kept = {word: left[word] for word in KEPT_OF_A_CHECK_IN if word in left}
    goals = left.get("goals")
    if isinstance(goals, list):
        kept["goals"] = [without_key(goal, "note") for goal in goals]
    return kept


def _forget_in_follow_up(follow_up: Values, who: Forgotten) -> Values | None:
    key = (str(follow_up.get("cohort")), str(follow_up.get("pair")))
    if key not in who.pair_ids:
        return follow_up
    left = {**follow_up, "pair": who.pair_ids[key]}
    left = without_items(left, "entries", lambda e: who.is_named_by(value_in(e, "participant")))
    if "entries" not in left:
        return None
    left["entries"] = [
        entry if value_in(entry, "participant") else {**entry, "reason": NO_REASON}
        for entry in left["entries"]
    ]
    return left


def _forget_in_circle(circle: Values, who: Forgotten) -> Values:
    """They leave a circle that is running; one that is over keeps its number of people."""
    status = circle.get("status")
    if status not in ("proposed", "active") or circle.get("cohort") not in who.running:
        return circle
    was_in = _has_item(circle, "members", who) or _has_item(circle, "facilitators", who)
    left = without_items(circle, "members", who.is_named_by)
    left = without_items(left, "facilitators", who.is_named_by)
    if status == "proposed" or not was_in:
        return left
    stays = [dict(stay) for stay in left.get("stays", ())]
    own = [stay for stay in stays if who.is_named_by(stay.get("participant"))]
    if not own:
        own = [{"participant": who.id}]
        stays += own
    for stay in own:
        stay.setdefault("left_on", who.today.isoformat())
    return {**left, "stays": stays}


def _forget_in_cohort(cohort: Values, who: Forgotten) -> Values:
    """Whom they were to be matched with, or not, goes."""
    matching = cohort.get("matching")
    if not isinstance(matching, dict):
        return cohort
    left = without_items(matching, "pins", lambda pin: _name_person(pin, who))
    left = without_items(left, "forbids", lambda people: _name_person(people, who))
    return with_or_without(cohort, "matching", left)


def _forget_in_resource(resource: Values, who: Forgotten) -> Values:
    is_theirs = who.is_named_by(resource.get("suggested_by"))
    return without_key(resource, "suggested_by") if is_theirs else resource


def _forget_in_reading(reading: Values, who: Forgotten) -> Values:
    """What was decided about rows by the words in them goes, and how names in cells were read."""
    left = without_items(reading, "people", lambda each: _is_about(each, who))
    columns = left.get("columns")
    if isinstance(columns, list):
        left = {**left, "columns": [_forget_in_column(column, who) for column in columns]}
    return left


def _forget_in_column(column: Any, who: Forgotten) -> Any:
    answers = value_in(column, "answers")
    if not isinstance(answers, dict):
        return column
    kept = {a: m for a, m in answers.items() if not (_is_about(a, who) or _is_about(m, who))}
    return with_or_without(column, "answers", kept)


_BY_KIND: Mapping[str, Callable[[Values, Forgotten], Values | None]] = {
    "participant": _forget_in_participant,
    "pair": _forget_in_pair,
    "check-in": _forget_in_check_in,
    "follow-up": _forget_in_follow_up,
    "circle": _forget_in_circle,
    "cohort": _forget_in_cohort,
    "resource": _forget_in_resource,
    "reading": _forget_in_reading,
}


def _has_item(entry: Any, key: str, who: Forgotten) -> bool:
    items = value_in(entry, key)
    return isinstance(items, list) and any(map(who.is_named_by, items))


def _name_person(people: Any, who: Forgotten) -> bool:
    """Whether one of a list of ids, or of the ids in a group, is the person's."""
    ids = people.values() if isinstance(people, dict) else people
    return isinstance(people, dict | list) and any(map(who.is_named_by, ids))


def _is_about(value: Any, who: Forgotten) -> bool:
    """Whether any text in a value names the person, and nobody else with the same name."""
    if isinstance(value, dict):
        return any(_is_about(each, who) for each in value.values())
    if isinstance(value, list):
        return any(_is_about(each, who) for each in value)
    mentions = who.names.find_mentions("", value) if isinstance(value, str) else ()
    return any(not mention.is_shared for mention in mentions)
