"""Comments that answer an issue which a form made, in the words of a helpful person."""

from collections.abc import Iterable, Iterator

from peerloom.diagnostic import Diagnostic
from peerloom.issue_forms.question import FormKind
from peerloom.issue_forms.result import FormMessage
from peerloom.text.escaping.github import escape_comment
from peerloom.text.numbers import whole_number
from peerloom.text.phrases import count_noun
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark, ngettext

# The hidden first line by which the program finds its own comment again.
REPLY_MARK = "<!-- peerloom form -->"

_MAX_MESSAGES = 20
_OPENINGS: dict[FormKind, str] = {
    "check-in": mark("**Thank you. Your check-in has arrived**, as #{number}."),
    "sign-up": mark("**Thank you. Welcome. Your sign-up has arrived**, as #{number}."),
    "withdraw": mark("**Thank you. What you withdraw has arrived**, as #{number}."),
}
_HOW_TO_EDIT = mark(
    "To change an answer, open the **…** menu of the text at the top, choose **Edit**, and save: "
    "it is then read again."
)
_HOW_TO_EDIT_SLOWLY = mark(
    "To change an answer, open the **…** menu of the text at the top, choose **Edit**, and save: "
    "it is read again within a day, as this issue is read twice a day."
)


def acceptance_reply(
    kind: FormKind, pull_request: int, remarks: Iterable[FormMessage], *, next_step: str = ""
) -> str:
    """Return the comment for answers that became a pull request.

    `next_step` says what happens next, if that is not a coordinator's decision.
    """
    next_step = next_step or _("A coordinator merges it; there is nothing more for you to do.")
    opening = _(_OPENINGS[kind]).format(number=pull_request)
    ending = _("This issue closes when it is merged.")
    return _comment_text([f"{opening} {next_step} {ending}"], remarks)


def refusal_reply(
    problems: Iterable[FormMessage],
    diagnostics: Iterable[Diagnostic] = (),
    *,
    is_read_at_once: bool = True,
) -> str:
    """Return the comment that lists what must be corrected: at which question, and how.

    It promises to read corrections at once only where this issue is.
    """
    listed = [*_format_messages(problems)]
    listed += [_format_message("", d.message, d.help) for d in diagnostics]
    count = count_noun(len(listed), "thing")
    left_out = len(listed) - _MAX_MESSAGES
    opening = _("**Nearly there: {count} to correct first.**").format(count=count)
    how_to_edit = _(_HOW_TO_EDIT if is_read_at_once else _HOW_TO_EDIT_SLOWLY)
    lines = [f"{opening} {how_to_edit}", ""]
    lines += listed[:_MAX_MESSAGES]
    if left_out > 0:
        more = ngettext("… and {number} more.", "… and {number} more.", left_out)
        lines.append("\n" + more.format(number=whole_number(left_out)))
    return _comment_text(lines, ())


def _comment_text(lines: list[str], remarks: Iterable[FormMessage]) -> str:
    listed = list(_format_messages(remarks))[:_MAX_MESSAGES]
    good_to_know = ["", _("Good to know:"), "", *listed] if listed else []
    return "\n".join([REPLY_MARK, *lines, *good_to_know]) + "\n"


def _format_messages(messages: Iterable[FormMessage]) -> Iterator[str]:
    return (_format_message(m.label, m.message, m.help) for m in messages)


def _format_message(label: str, message: str, help_: str) -> str:
    question = _("**{question}**: ").format(question=escape_comment(label)) if label else ""
    return f"- {question}{escape_comment(message)}" + (
        f"<br>{escape_comment(help_)}" if help_ else ""
    )
