"""The comment that is posted on a pull request, in the words of a helpful person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from peerloom.diagnostic import Diagnostic, count_by_severity
from peerloom.github_names import SIGN_UP_LABEL
from peerloom.review.beginnings import describe_starting_group
from peerloom.review.page_preview import PagePreview
from peerloom.review.policy import PolicyRow
from peerloom.review.review import Review, ReviewedChange
from peerloom.text.escaping.github import escape_comment, format_code, format_code_block
from peerloom.text.phrases import count_noun, list_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark, ngettext

COMMENT_MARK = "<!-- peerloom review -->"
# How many characters each section may have; together well below the 65,536 that GitHub allows.
_ROOM_FOR_BEGINNINGS = 4_000
_ROOM_FOR_CHANGES = 12_000
_ROOM_FOR_REASONS = 10_000
_ROOM_FOR_MISTAKES = 24_000
_ROOM_FOR_PAGES = 12_000


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadBranch:
    """Where a pull request comes from: a repository, OWNER/REPO, and a branch of it."""

    repository: str
    branch: str

    def edit_link(self, path: str, line: int) -> str:
        """The page on which a file can be edited, at a line."""
        target = "/".join(
            quote(part, safe="", errors="surrogateescape") for part in path.split("/")
        )
        branch = quote(self.branch, safe="/", errors="surrogateescape")
        return f"https://github.com/{self.repository}/edit/{branch}/{target}#L{line}"


def review_as_markdown(review: Review, head: HeadBranch | None = None) -> str:
    """The comment. Its first line is hidden, and always the same; links lead to `head`."""
    sections = [
        COMMENT_MARK,
        _render_greeting(review),
        *_render_section(_("What begins"), _list_beginnings(review), _ROOM_FOR_BEGINNINGS),
        *_render_section(_("What this changes"), _list_changes(review.changes), _ROOM_FOR_CHANGES),
        *_render_section(_reasons_title(review), _list_reasons(review), _ROOM_FOR_REASONS),
        *_render_section(_mistakes_title(review), _list_mistakes(review, head), _ROOM_FOR_MISTAKES),
        *_render_section(
            _("How the page will look"), map(_render_preview, review.previews), _ROOM_FOR_PAGES
        ),
        _render_signature(review),
    ]
    return "\n\n".join(sections) + "\n"


def _render_signature(review: Review) -> str:
    about = _(
        "This is about commit {head}, by the rules of {branch} at {base}. "
        "It is updated with each new commit."
    ).format(head=review.head[:10], branch=_code_in_html(review.branch), base=review.base[:10])
    return f"<sub>{about}</sub>"


def _render_greeting(review: Review) -> str:
    thanks = _("Thank you.")
    if review.name:
        thanks = _("Thank you, {name}.").format(name=escape_comment(review.name))
    if review.author.role == "newcomer" and SIGN_UP_LABEL in review.labels:
        thanks = _("Welcome, and thank you.")
    return f"**{thanks} {_verdict_sentence(review)}** {_next_step(review)}".rstrip()


def _verdict_sentence(review: Review) -> str:
    if not review.changes:
        return _("This pull request changes nothing yet.")
    return {
        "may merge": _approval_sentence(review),
        "needs a coordinator": _who_decides(review),
        "not allowed": _("This cannot be merged as it is."),
        "has mistakes": _("Nearly there: {count} to correct first.").format(
            count=count_noun(_count_errors(review), "thing")
        ),
    }[review.verdict]


def _approval_sentence(review: Review) -> str:
    names = {row.name for each in review.changes for row in each.deciding_rows}
    return (
        _("Your check-in has arrived, and all is well with it.")
        if names and names <= {"check-in", "late check-in"}
        else _("All is well with this.")
    )


def _who_decides(review: Review) -> str:
    if review.answer == "a maintainer decides":
        return _("A maintainer decides about this.")
    if review.exceeds_cohorts:
        return _("A coordinator of the program decides about this, and merges it by hand.")
    if review.deciding_cohort:
        return _("A coordinator of {cohort}, or of the program, decides about this.").format(
            cohort=escape_comment(review.deciding_cohort)
        )
    return _("A coordinator decides about this.")


def _next_step(review: Review) -> str:
    if not review.changes:
        return _("Open the file, change what you want to change, and commit it to this branch.")
    if review.merges_itself:
        return _("It merges by itself in a moment; there is nothing more for you to do.")
    return {
        "may merge": _("A coordinator merges it; there is nothing more for you to do."),
        "needs a coordinator": _("There is nothing more for you to do."),
        "not allowed": _("What to do is described below; if you are not sure, ask here."),
        "has mistakes": _(
            "Each link below opens the line; change it and press 'Commit changes', "
            "and this is reviewed again."
        ),
    }[review.verdict]


def _render_section(title: str, entries: Iterable[str], room: int) -> Iterator[str]:
    """A heading and as many entries as there is room for; empty without entries."""
    shown: list[str] = []
    left_out = 0
    for entry in entries:
        if left_out == 0 and len(entry) < room:
            shown.append(entry)
            room -= len(entry) + 1
        else:
            left_out += 1
    if left_out:
        more = ngettext(
            "… and {number} more; 'peerloom review' lists all of them.",
            "… and {number} more; 'peerloom review' lists all of them.",
            left_out,
        )
        shown.append("\n" + more.format(number=left_out))
    if shown:
        yield f"### {title}\n\n" + "\n".join(shown)


def _list_beginnings(review: Review) -> Iterator[str]:
    for group in review.starting:
        yield f"- {escape_comment(' '.join(describe_starting_group(group)))}"


def _list_changes(changes: Iterable[ReviewedChange]) -> Iterator[str]:
    for each in changes:
        details = "".join(f"\n  - {escape_comment(text)}" for text in each.summary.details)
        yield f"- {escape_comment(each.summary.line)}{details}"


def _reasons_title(review: Review) -> str:
    return _("What stands in the way") if review.answer == "no" else _("Who decides")


def _list_reasons(review: Review) -> Iterator[str]:
    """Each reason with the files that it is about; empty if the author may change it all."""
    if review.answer == "yes":
        return
    if review.author.role == "recycled":
        yield _(RECYCLED_WHY).capitalize() + "."
        yield "\n" + _("**Next:** {step}.").format(step=_(RECYCLED_NEXT))
        return
    paths_by_row: dict[PolicyRow, list[str]] = {}
    for each in review.changes:
        if each.answer == review.answer:
            for row in each.deciding_rows:
                paths_by_row.setdefault(row, []).append(each.change.path)
    for row, paths in paths_by_row.items():
        next_ = _("**Next:** {step}.").format(step=row.advise()) if review.answer == "no" else ""
        why = _("{files}: {reason}.").format(files=_list_paths(paths), reason=row.explain())
        yield f"- {why} {next_}".rstrip()


def _list_paths(paths: list[str]) -> str:
    """The first paths of a list, and how many more there are."""
    shown, left_out = list_words(map(format_code, paths[:5])), len(paths) - 5
    if left_out <= 0:
        return shown
    more = ngettext("{files} and {number} more", "{files} and {number} more", left_out)
    return more.format(files=shown, number=left_out)


RECYCLED_WHY = mark(
    "this login is known here, but belonged to another account before; GitHub's numbers tell "
    "the two apart, and the second may not change what the first may"
)
RECYCLED_NEXT = mark("write to a coordinator, who can note your account's number in the record")


def _mistakes_title(review: Review) -> str:
    return _("What to correct") if _count_errors(review) else _("What could be better")


def _count_errors(review: Review) -> int:
    return count_by_severity(review.diagnostics)[0]


def _list_mistakes(review: Review, head: HeadBranch | None) -> Iterator[str]:
    deleted = {each.change.path for each in review.changes if each.change.manner == "delete"}
    for diagnostic in review.diagnostics:
        where = _("{file}, line {number}").format(
            file=format_code(diagnostic.path), number=diagnostic.line
        )
        if head is not None and diagnostic.path not in deleted:
            where = f"[{where}]({head.edit_link(diagnostic.path, diagnostic.line)})"
        yield f"- {where}: {_describe_mistake(diagnostic)}"


def _describe_mistake(diagnostic: Diagnostic) -> str:
    message = escape_comment(diagnostic.message)
    if diagnostic.severity == "warning":
        message = _("(only a remark) {message}").format(message=message)
    help_ = f"<br>{escape_comment(diagnostic.help)}" if diagnostic.help else ""
    return f"{message}{help_}"


def _render_preview(preview: PagePreview) -> str:
    what = _("{page}, new") if preview.is_new else _("{page}, what is new on it")
    return (
        f"<details><summary>{what.format(page=_code_in_html(preview.path))}</summary>\n\n"
        f"{format_code_block(preview.lines)}\n\n</details>\n"
    )


def _code_in_html(path: str) -> str:
    """A path as code in a place where Markdown is not read."""
    return f"<code>{escape_comment(path)}</code>"
