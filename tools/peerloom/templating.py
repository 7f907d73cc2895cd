"""Templates to Markdown: what a person wrote is escaped unless it was made safe before."""

import re
import textwrap
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import InternationalizationExtension
from markupsafe import Markup

from peerloom.text import phrases, translation
from peerloom.text.codes import code_in_words, describe_setting
from peerloom.text.escaping.markdown import Markdown, escape_markdown
from peerloom.text.escaping.terminal import printable
from peerloom.text.numbers import decimal_number, percentage, whole_number


def rendered(template: str, **values: Any) -> str:
    """A template of the package filled in; ends with one line end."""
    text = _environment().get_template(template).render(**values)
    return text.strip("\n") + "\n"


def rendered_letter(template: str, **values: Any) -> str:
    """A template of a letter filled in, as plain text with lines of at most 88 characters.

    What people wrote is on one line each, without what cannot be seen.
    """
    text = _letter_environment().get_template(template).render(**values)
    paragraphs = re.split(r"\n{2,}", text.strip())
    filled = [textwrap.fill(part, 88, break_on_hyphens=False) for part in paragraphs]
    return "\n\n".join(filled) + "\n"


@cache
def _letter_environment() -> Environment:
    environment = _environment().overlay(finalize=_show_as_text)
    environment.globals = environment.globals | {"gettext": _translate_text, "_": _translate_text}
    return environment


def _translate_text(message: str, **values: Any) -> str:
    return translation.gettext(message) % {key: _show_as_text(v) for key, v in values.items()}


def _show_as_text(value: Any) -> str:
    return "" if value is None else printable(" ".join(str(value).split()))


@cache
def _environment() -> Environment:
    # Not HTML's escaping but Markdown's, which covers it: see `_finalized`.
    environment = Environment(  # noqa: S701
        loader=PackageLoader("peerloom"),
        extensions=[InternationalizationExtension],
        finalize=_finalized,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined] # of the extension
    environment.globals |= {
        "gettext": _translate,
        "_": _translate,
        "ngettext": _translate_number,
        "count_noun": phrases.count_noun,
        "count_times": phrases.count_times,
        "count_or_none": phrases.count_or_none,
        "decimal_number": decimal_number,
        "describe_length": phrases.describe_length,
        "describe_rhythm": phrases.describe_rhythm,
        "describe_setting": describe_setting,
        "list_words": phrases.list_words,
        "percentage": _show_percentage,
    }
    environment.filters["words"] = code_in_words
    return environment


def _translate(message: str, **values: Any) -> Markup:
    """A marked sentence of a template; what is put into its places is escaped for Markdown."""
    return _fill_in(translation.gettext(message), values)


def _translate_number(singular: str, plural: str, number: int, **values: Any) -> Markup:
    """The form of a marked sentence that goes with a number, which may stand in it as `num`."""
    return _fill_in(
        translation.ngettext(singular, plural, number), values | {"num": whole_number(number)}
    )


def _fill_in(message: str, values: dict[str, Any]) -> Markup:
    shown = {name: "" if value is None else value for name, value in values.items()}
    return Markdown(message) % shown


def _show_percentage(share: float) -> Markup:
    return Markup(percentage(share))  # noqa: S704 - a number


def _finalized(value: Any) -> Any:
    if value is None:
        return ""
    return value if isinstance(value, Markup) else escape_markdown(str(value))
