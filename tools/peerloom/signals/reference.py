"""The reference page of signals, made from their definitions."""

from collections.abc import Iterator

from peerloom.signals import SIGNALS, SignalDefinition
from peerloom.text.escaping.markdown import escape_markdown
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_HEAD = """# Signals

What coordinators look out for in what pairs say in check-ins, and in what they leave unsaid. A
signal tells a coordinator that somebody may need them; nobody else sees it, and it decides
nothing. None of the thresholds has been tested in a trial: they are a starting point, and a program
can change their numbers under `signals` in `content/program.yml`.
"""
_TABLE = """
| Signal | What it looks for | Threshold | When to act | Next step | Source of the threshold |
|:--|:--|:--|:--|:--|:--|
"""
_URGENCIES = {3: mark("today"), 2: mark("this week"), 1: mark("watch")}


def signals_reference() -> str:
    """Markdown: a row for every threshold of every signal, with its source and next step."""
    by_scope = {
        scope: [row for d in SIGNALS if d.scope == scope for row in _rows(d)]
        for scope in ("pair", "circle", "cohort")
    }
    return "".join(
        [
            _HEAD,
            "\n## About a pair\n",
            _TABLE,
            *by_scope["pair"],
            "\n## About a circle\n",
            _TABLE,
            *by_scope["circle"],
            "\n## About a cohort\n",
            _TABLE,
            *by_scope["cohort"],
        ]
    )


def _rows(definition: SignalDefinition) -> Iterator[str]:
    for stage in definition.stages:
        cells = (
            definition.sentence,
            stage.describe_threshold(definition.limits),
            _(_URGENCIES[stage.urgency]),
            _(stage.next_step),
            _(definition.source),
        )
        yield f"| `{definition.id}` | {' | '.join(map(escape_markdown, cells))} |\n"
