"""What is answered in an issue that a form made, in the words of a helpful person."""

from collections.abc import Iterable, Iterator

from peerloom.diagnostic import Diagnostic
from peerloom.issue_forms.answers import Kind
from peerloom.issue_forms.record import Wrong
from peerloom.quoting import quoted

MARKER = "<!-- peerloom form -->"

_MOST = 20
_EDIT = (
    "To change an answer, open the **…** menu of the text at the top, choose **Edit**, and save: "
    "this is read again."
)


def reply(kind: Kind, pull_request: int, remarks: Iterable[Wrong], *, decides: str = "") -> str:
    """All is well: the pull request that holds the record, and who does what next."""
    next_ = decides or "A coordinator merges it; there is nothing more for you to do."
    what = (
        "Your check-in has arrived" if kind == "check-in" else "Welcome. Your sign-up has arrived"
    )
    lines = [f"**Thank you. {what}**, as #{pull_request}. {next_} This closes when it is in."]
    return _comment(lines, remarks)


def refusal(wrongs: Iterable[Wrong], found: Iterable[Diagnostic] = ()) -> str:
    """Something must be mended: each thing at its question, and how to mend it."""
    said = [*_lines(wrongs), *(_line("", d.message, d.help) for d in found)]
    many = "one thing" if len(said) == 1 else f"{len(said)} things"
    left_out = len(said) - _MOST
    lines = [f"**Nearly there: {many} to mend first.** {_EDIT}", "", *said[:_MOST]]
    if left_out > 0:
        lines.append(f"\n… and {left_out} more.")
    return _comment(lines, ())


def _comment(lines: list[str], remarks: Iterable[Wrong]) -> str:
    known = list(_lines(remarks))
    more = ["", "Good to know:", "", *known[:_MOST]] if known else []
    return "\n".join([MARKER, *lines, *more]) + "\n"


def _lines(wrongs: Iterable[Wrong]) -> Iterator[str]:
    return (_line(wrong.label, wrong.message, wrong.help) for wrong in wrongs)


def _line(label: str, message: str, help_: str) -> str:
    where = f"**{quoted(label)}**: " if label else ""
    return f"- {where}{quoted(message)}" + (f"<br>{quoted(help_)}" if help_ else "")
