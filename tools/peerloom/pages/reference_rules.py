"""The page of rules, from the rules themselves."""

from peerloom import markdown
from peerloom.rules import RULES

_HEAD = """# Rules

Every record is held to these by `peerloom check`, beside the shape that its
[schema](records.md) gives it. An error must be mended; a warning is for you to weigh.

| Rule | What must hold | |
|:--|:--|:--|
"""


def rules_reference() -> str:
    """Markdown: every rule with its sentence, in the order they are checked."""
    rows = [
        f"| `{rule.id}` | {markdown.escaped(rule.sentence)} | {rule.severity} |" for rule in RULES
    ]
    return _HEAD + "\n".join(rows) + "\n"
