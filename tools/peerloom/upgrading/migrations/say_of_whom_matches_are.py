"""Adds `people` to the matches that Peerloom proposed before it recorded of whom they are.

Without it, a match counts as one of whoever is in the pair now. If somebody was replaced by hand,
their pair would show reasons that are about another person.
"""

from collections.abc import Mapping
from typing import Any

from peerloom import source
from peerloom.kinds import kind_of_path
from peerloom.upgrading.migrations.migration import FactDays, Migrated
from peerloom.yaml_editing import CannotEdit, set_values

# What the program wrote into `by`, in a version that no later one changes.
_MADE_BY = "peerloom"


def migrate(texts: Mapping[str, str], _: FactDays) -> Migrated:
    """Add `people` to each match without it, as far as the pair's id says of whom it was."""
    people = frozenset(
        path.rpartition("/")[2].removesuffix(".yml")
        for path in texts
        if kind_of_path(path) == "participant"
    )
    changes: dict[str, str | None] = {}
    left: dict[str, str] = {}
    for path, text in texts.items():
        if kind_of_path(path) != "pair" or "match:" not in text:
            continue
        pair = source.parse(text.encode()).value
        if not _is_proposed_without_people(pair):
            continue
        matched = _find_matched_people(pair, people)
        try:
            if matched is None:
                raise CannotEdit
            changes[path] = set_values(text, {("match", "people"): list(matched)})
        except CannotEdit:
            left[path] = "write into 'match' whom it is about: 'people: [MENTOR, MENTEE]'"
    return Migrated(changes=changes, left=left)


def _is_proposed_without_people(pair: Any) -> bool:
    match = pair.get("match") if isinstance(pair, dict) else None
    return isinstance(match, dict) and match.get("by") == _MADE_BY and "people" not in match


def _find_matched_people(pair: dict[str, Any], people: frozenset[str]) -> tuple[str, str] | None:
    """Return the two of whom the id of a proposed pair was made, or None if it does not tell."""
    id_ = str(pair.get("id"))
    peers = pair.get("peers") or [pair.get("mentor"), pair.get("mentee")]
    now = tuple(map(str, peers))
    if len(now) == 2 and "-".join(now) == id_:
        return now[0], now[1]
    cuts = (n for n, character in enumerate(id_) if character == "-")
    both = [(id_[:n], id_[n + 1 :]) for n in cuts]
    known = [two for two in both if people.issuperset(two)]
    return known[0] if len(known) == 1 else None
