"""A review for the terminal and for programs."""

import json
from collections.abc import Iterator

from peerloom.diagnostic import as_text as diagnostics_as_text
from peerloom.review.comment import RECYCLED_NEXT, RECYCLED_WHY
from peerloom.review.reviewing import Judged, Review
from peerloom.text.escaping.terminal import printable


def as_text(review: Review) -> str:
    """What it does, what is wrong, who decides, and the verdict last."""
    lines = list(_lines(review))
    return "".join(f"{line}\n" for line in lines)


def _lines(review: Review) -> Iterator[str]:
    for judged in review.changes:
        yield printable(judged.said.line)
        yield from (f"  {printable(text)}" for text in judged.said.more)
        yield from (f"  {printable(text)}" for text in _reasons(review, judged))
    yield from diagnostics_as_text(review.diagnostics).splitlines()
    for preview in review.previews:
        yield f"{printable(preview.path)}:"
        yield from (f"  | {printable(line)}" for line in preview.lines)
    labels = f" [{', '.join(review.labels)}]" if review.labels else ""
    yield f"{review.verdict}{labels}" + (", and merges itself" if review.merges_itself else "")


def _reasons(review: Review, judged: Judged) -> Iterator[str]:
    if judged.answer == "yes":
        return
    if review.author.role == "recycled":
        yield f"{judged.answer}: {RECYCLED_WHY}"
        yield f"next: {RECYCLED_NEXT}"
        return
    for rule in judged.rules:
        yield f"{judged.answer}: {rule.why}"
        yield f"next: {rule.next}"


def as_json(review: Review) -> str:
    """The documented JSON; see docs/review.md."""
    value = {
        "base": review.base,
        "head": review.head,
        "author": {
            "login": review.author.login,
            "id": review.author.number,
            "role": review.author.role,
            "participant": review.author.participant,
        },
        "verdict": review.verdict,
        "decided_by": _DECIDERS[review.answer],
        "merge_itself": review.merges_itself,
        "labels": list(review.labels),
        "changes": [_change(review, judged) for judged in review.changes],
        "diagnostics": [
            {
                "path": d.path,
                "line": d.line,
                "column": d.column,
                "severity": d.severity,
                "rule": d.rule,
                "message": d.message,
                "help": d.help,
            }
            for d in review.diagnostics
        ],
        "pages": [
            {"path": preview.path, "is_new": preview.is_new, "lines": list(preview.lines)}
            for preview in review.previews
        ],
    }
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"


_DECIDERS = {
    "yes": "author",
    "a coordinator decides": "coordinator",
    "a maintainer decides": "maintainer",
    "no": "nobody",
}


def _change(review: Review, judged: Judged) -> dict[str, object]:
    return {
        "path": judged.change.path,
        "manner": judged.change.manner,
        "moved_from": judged.change.moved_from,
        "says": [judged.said.line, *judged.said.more],
        "parts": [rule.part for rule in judged.rules],
        "answer": judged.answer,
        "why": list(_reasons(review, judged)),
    }
