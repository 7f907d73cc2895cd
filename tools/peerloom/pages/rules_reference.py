"""The page of rules: every rule with its sentence, from the modules that check them."""

from collections.abc import Iterable

from peerloom import bounds, program, schema, source
from peerloom.made_files import MADE_RULES
from peerloom.pages.rendering import Here
from peerloom.rules import RULES
from peerloom.rules.anchors import ANCHOR_RULES
from peerloom.site_settings import SITE_RULES, SITE_WARNINGS
from peerloom.toolbox_problems import TOOLBOX_RULES

_HEAD = """# Rules

`peerloom check` checks every record against these. An error must be corrected; a warning is for
you to judge.
"""

_TABLE_HEAD = """| Rule | What must hold | Severity |
|:--|:--|:--|
"""


def render_page(_: Here) -> str:
    """Every rule; the same in every program."""
    return describe_rules()


def describe_rules() -> str:
    """Markdown of every rule, in the order in which they are checked."""
    across_records = [(rule.id, rule.sentence, rule.severity) for rule in RULES]
    return (
        _HEAD
        + "\n## Files\n\nFirst, every file can be read, and has only one meaning.\n\n"
        + _make_table(_as_errors(program.FILE_RULES | source.YAML_RULES | bounds.PAGE_RULES))
        + "\n## Single records\n\nThen, each has the shape of [its kind](records.md).\n\n"
        + _make_table(_as_errors(schema.SCHEMA_RULES))
        + "\n## Records together\n\nLast, records agree with each other and with the day.\n\n"
        + _make_table([*across_records, *_as_errors(ANCHOR_RULES)])
        + "\n## The site, and what is made\n\nSo do the settings of the site, `mkdocs.yml`, "
        + "the files that are made from the program, and what its workflows install from.\n\n"
        + _make_table([*_with_severity(SITE_RULES), *_as_warnings(MADE_RULES | TOOLBOX_RULES)])
    )


def _as_errors(sentences: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    return ((id_, sentence, "error") for id_, sentence in sentences.items())


def _as_warnings(sentences: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    return ((id_, sentence, "warning") for id_, sentence in sentences.items())


def _with_severity(sentences: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    for id_, sentence in sentences.items():
        yield id_, sentence, "warning" if id_ in SITE_WARNINGS else "error"


def _make_table(rows: Iterable[tuple[str, str, str]]) -> str:
    lines = (f"| `{id_}` | {sentence} | {severity} |\n" for id_, sentence, severity in rows)
    return _TABLE_HEAD + "".join(lines)
