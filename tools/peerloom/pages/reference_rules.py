"""The page of rules, from the modules that hold records to them."""

from collections.abc import Iterable

from peerloom import bounds, issue_forms, program, schema, source
from peerloom.markdown import escaped
from peerloom.rules import RULES

_HEAD = """# Rules

Every record is held to these by `peerloom check`. An error must be mended; a warning is for
you to weigh.
"""

_TABLE = """| Rule | What must hold | |
|:--|:--|:--|
"""


def rules_reference() -> str:
    """Markdown: every rule with its sentence, in the order they are checked."""
    together = [(rule.id, escaped(rule.sentence), rule.severity) for rule in RULES]
    return (
        _HEAD
        + "\n## Files\n\nFirst, every file can be read, and in one way only.\n\n"
        + _table(_errors(program.RULES | source.RULES | bounds.RULES))
        + "\n## Single records\n\nThen, each has the shape of [its kind](records.md).\n\n"
        + _table(_errors(schema.RULES))
        + "\n## Records together\n\nLast, what they say fits together, and fits the day.\n\n"
        + _table([*together, *_errors(issue_forms.RULES)])
    )


def _errors(rules: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    return ((id_, sentence, "error") for id_, sentence in rules.items())


def _table(rows: Iterable[tuple[str, str, str]]) -> str:
    return _TABLE + "".join(f"| `{id_}` | {said} | {weight} |\n" for id_, said, weight in rows)
