"""What a report takes over from those published before it, instead of computing it anew.

Were it computed anew, the difference of two reports would tell what one person changed in between:
a late answer, a consent withdrawn, a record that is gone.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

_Row = Mapping[str, Any]


def keep_published(
    figures: dict[str, Any], kept: Iterable[Mapping[str, Any]], last: str
) -> dict[str, Any]:
    """The figures of a report, with the ratings and survey results that were published before.

    Takes the contents of earlier reports, the oldest first, and the report's last day, in ISO form.
    """
    earlier = [contents for contents in kept if contents["to"] <= last]
    if not earlier:
        return figures
    old_ratings = [row for contents in earlier for row in contents["ratings"]]
    known = {row["due"] for row in figures["ratings"]}
    gone = {row["due"]: row for row in reversed(old_ratings) if row["due"] not in known}
    ratings = _take_over(figures["ratings"], old_ratings, lambda row: row["due"])
    ratings = sorted([*ratings, *gone.values()], key=lambda row: str(row["due"]))
    surveys = [
        _keep_results(survey, [old for each in earlier for old in each["surveys"]])
        for survey in figures["surveys"]
    ]
    return {**figures, "ratings": ratings, "surveys": surveys}


def _keep_results(survey: dict[str, Any], old_surveys: list[_Row]) -> dict[str, Any]:
    """A survey with the results of those waves that earlier reports have published."""
    old = [each for each in old_surveys if each["survey"] == survey["survey"]]

    def keep(kind: str, key: Callable[[_Row], Any], count: str) -> list[_Row]:
        published = [row for each in old for row in each[kind] if row[count]]
        return _take_over(survey[kind], published, key)

    return {
        **survey,
        "items": keep("items", lambda row: row["item"], "both"),
        "constructs": keep("constructs", lambda row: tuple(row["of"]), "both"),
        "afterwards": keep("afterwards", lambda row: (row["item"], row["wave"]), "people"),
    }


def _take_over(rows: list[Any], old_rows: list[_Row], key: Callable[[_Row], Any]) -> list[Any]:
    """Rows, of which those that are among the old ones are as they were first published."""
    published: dict[Any, _Row] = {}
    for row in old_rows:
        published.setdefault(key(row), row)
    return [published.get(key(row), row) for row in rows]
