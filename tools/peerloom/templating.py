"""Templates to Markdown: what a person wrote is escaped unless it was made safe before."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from peerloom import markdown
from peerloom.diagnostic import printable


def rendered(template: str, **values: Any) -> str:
    """A template of the package filled in; ends with one line end."""
    text = _environment().get_template(template).render(**values)
    return text.strip("\n") + "\n"


def rendered_letter(template: str, **values: Any) -> str:
    """A template of a letter filled in, as plain text: what people wrote is on one line each."""
    environment = _environment().overlay(finalize=_finalized_as_text)
    text = environment.get_template(template).render(**values)
    return text.strip("\n") + "\n"


def _finalized_as_text(value: Any) -> str:
    return "" if value is None else printable(" ".join(str(value).split()))


@cache
def _environment() -> Environment:
    # Not HTML's escaping but Markdown's, which covers it: see `_finalized`.
    environment = Environment(  # noqa: S701
        loader=PackageLoader("peerloom"),
        finalize=_finalized,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters["words"] = words
    return environment


def _finalized(value: Any) -> Any:
    if value is None:
        return ""
    return value if isinstance(value, Markup) else markdown.escaped(str(value))


def words(code: str) -> str:
    """A code of a record as people read it: `ended_early` → `ended early`."""
    return code.replace("_", " ").replace("-", " ")
