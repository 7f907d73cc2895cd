"""A review for the terminal and for programs."""

import json
from collections.abc import Iterator

from peerloom.diagnostic import diagnostic_as_value, diagnostics_as_text
from peerloom.review.beginnings import StartingGroup, describe_starting_group
from peerloom.review.comment import RECYCLED_NEXT, RECYCLED_WHY
from peerloom.review.policy import PolicyAnswer
from peerloom.review.review import Review, ReviewedChange, Verdict
from peerloom.text.escaping.terminal import printable
from peerloom.text.phrases import list_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_ANSWERS: dict[PolicyAnswer, str] = {
    "yes": mark("yes"),
    "a coordinator decides": mark("a coordinator decides"),
    "a maintainer decides": mark("a maintainer decides"),
    "no": mark("no"),
}
_VERDICTS: dict[Verdict, str] = {
    "may merge": mark("may merge"),
    "needs a coordinator": mark("needs a coordinator"),
    "not allowed": mark("not allowed"),
    "has mistakes": mark("has mistakes"),
}


def review_as_text(review: Review) -> str:
    """What a pull request does, what is wrong in it, who decides, and the verdict last."""
    return "".join(f"{line}\n" for line in _list_lines(review))


def _list_lines(review: Review) -> Iterator[str]:
    for each in review.changes:
        yield printable(each.summary.line)
        yield from (f"  {printable(text)}" for text in each.summary.details)
        yield from (f"  {printable(text)}" for text in _list_reasons(review, each))
    for group in review.starting:
        yield from map(printable, describe_starting_group(group))
    yield from diagnostics_as_text(review.diagnostics).splitlines()
    for preview in review.previews:
        yield f"{printable(preview.path)}:"
        yield from (f"  | {printable(line)}" for line in preview.lines)
    labels = f" [{list_words(review.labels)}]" if review.labels else ""
    verdict = f"{_(_VERDICTS[review.verdict])}{labels}"
    merges = _("{verdict}, and merges itself").format(verdict=verdict)
    yield merges if review.merges_itself else verdict


def _list_reasons(review: Review, reviewed: ReviewedChange) -> Iterator[str]:
    if reviewed.answer == "yes":
        return
    answer = _(_ANSWERS[reviewed.answer])
    if review.author.role == "recycled":
        yield f"{answer}: {_(RECYCLED_WHY)}"
        yield _("next: {step}").format(step=_(RECYCLED_NEXT))
        return
    for row in reviewed.deciding_rows:
        yield f"{answer}: {row.explain()}"
        yield _("next: {step}").format(step=row.advise())


def review_as_json(review: Review) -> str:
    """The documented JSON; see docs/review.md."""
    value = {
        "base": review.base,
        "head": review.head,
        "author": {
            "login": review.author.login,
            "id": review.author.number,
            "role": review.author.role,
            "participant": review.author.participant,
            "cohorts": sorted(review.author.cohorts),
        },
        "verdict": review.verdict,
        "decided_by": _DECIDERS[review.answer],
        "merge_itself": review.merges_itself,
        "labels": list(review.labels),
        "begins": [_starting_group_as_json(group) for group in review.starting],
        "changes": [_change_as_json(review, each) for each in review.changes],
        "diagnostics": [diagnostic_as_value(diagnostic) for diagnostic in review.diagnostics],
        "pages": [
            {"path": preview.path, "is_new": preview.is_new, "lines": list(preview.lines)}
            for preview in review.previews
        ],
    }
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"


def _starting_group_as_json(group: StartingGroup) -> dict[str, object]:
    return {
        "cohort": group.cohort.id,
        "on": group.on.isoformat(),
        "pairs": group.pairs,
        "circles": group.circles,
        "first_due": group.first_due.isoformat() if group.first_due else None,
        "owed_at_once": [day.isoformat() for day in group.owed_at_once],
    }


_DECIDERS = {
    "yes": "author",
    "a coordinator decides": "coordinator",
    "a maintainer decides": "maintainer",
    "no": "nobody",
}


def _change_as_json(review: Review, reviewed: ReviewedChange) -> dict[str, object]:
    return {
        "path": reviewed.change.path,
        "manner": reviewed.change.manner,
        "moved_from": reviewed.change.moved_from,
        "says": [reviewed.summary.line, *reviewed.summary.details],
        "parts": [row.name for row in reviewed.deciding_rows],
        "answer": reviewed.answer,
        "why": list(_list_reasons(review, reviewed)),
    }
