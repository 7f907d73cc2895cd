"""A review as the comment that is posted on its pull request, in the words of a helpful person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from peerloom.diagnostic import Diagnostic, counts
from peerloom.review.page_preview import PagePreview
from peerloom.review.policy import Rule
from peerloom.review.reviewing import Judged, Review
from peerloom.text.escaping.github import escape_comment, format_code, format_code_block
from peerloom.text.phrases import count_noun, list_words

MARKER = "<!-- peerloom review -->"
# Together well below the 65,536 characters that GitHub takes.
_FOR_CHANGES, _FOR_REASONS, _FOR_MISTAKES, _FOR_PAGES = 12_000, 10_000, 24_000, 12_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where the pull request comes from: a repository, OWNER/REPO, and a branch of it."""

    repository: str
    branch: str

    def link(self, path: str, line: int) -> str:
        """The page on which a file can be mended, at a line."""
        target = "/".join(
            quote(part, safe="", errors="surrogateescape") for part in path.split("/")
        )
        branch = quote(self.branch, safe="/", errors="surrogateescape")
        return f"https://github.com/{self.repository}/edit/{branch}/{target}#L{line}"


def as_markdown(review: Review, head: Head | None = None) -> str:
    """The comment. Its first line is hidden, and always the same; links lead to `head`."""
    parts = [
        MARKER,
        _greeting(review),
        *_section("What this changes", _changes(review.changes), _FOR_CHANGES),
        *_section(_reasons_title(review), _reasons(review), _FOR_REASONS),
        *_section(_mistakes_title(review), _mistakes(review, head), _FOR_MISTAKES),
        *_section("How the page will look", map(_page, review.previews), _FOR_PAGES),
        _signature(review),
    ]
    return "\n\n".join(parts) + "\n"


def _signature(review: Review) -> str:
    return (
        f"<sub>This speaks of commit {review.head[:10]}, by the rules of "
        f"{code_in_html(review.branch)} at {review.base[:10]}. "
        "It is renewed with each new commit.</sub>"
    )


def _greeting(review: Review) -> str:
    thanks = f"Thank you, {escape_comment(review.name)}." if review.name else "Thank you."
    if review.author.role == "newcomer" and "sign-up" in review.labels:
        thanks = "Welcome, and thank you."
    return f"**{thanks} {_verdict(review)}** {_next_step(review)}".rstrip()


def _verdict(review: Review) -> str:
    errors, _ = counts(review.diagnostics)
    number = count_noun(errors, "thing")
    if not review.changes:
        return "This pull request changes nothing yet."
    return {
        "may merge": _arrived(review),
        "needs a coordinator": f"{_decider(review)} decides about this.",
        "not allowed": "This cannot be merged as it is.",
        "has mistakes": f"Nearly there: {number} to mend first.",
    }[review.verdict]


def _arrived(review: Review) -> str:
    parts = {rule.part for judged in review.changes for rule in judged.rules}
    return (
        "Your check-in has arrived, and all is well with it."
        if parts and parts <= {"check-in", "late check-in"}
        else "All is well with this."
    )


def _decider(review: Review) -> str:
    return "A maintainer" if review.answer == "a maintainer decides" else "A coordinator"


def _next_step(review: Review) -> str:
    if not review.changes:
        return "Open the file, change what you want to change, and commit it to this branch."
    if review.merges_itself:
        return "It merges by itself in a moment; there is nothing more for you to do."
    return {
        "may merge": "A coordinator merges it; there is nothing more for you to do.",
        "needs a coordinator": "There is nothing more for you to do.",
        "not allowed": "What to do is said below; if you are not sure, ask here.",
        "has mistakes": "Each link below opens the line; change it and press 'Commit changes', "
        "and this is read again.",
    }[review.verdict]


def _section(title: str, entries: Iterable[str], room: int) -> Iterator[str]:
    """A heading and as many entries as there is room for; nothing where there is none."""
    shown: list[str] = []
    left_out = 0
    for entry in entries:
        if left_out == 0 and len(entry) < room:
            shown.append(entry)
            room -= len(entry) + 1
        else:
            left_out += 1
    if left_out:
        shown.append(f"\n… and {left_out} more; 'peerloom review' lists all of them.")
    if shown:
        yield f"### {title}\n\n" + "\n".join(shown)


def _changes(changes: Iterable[Judged]) -> Iterator[str]:
    for judged in changes:
        more = "".join(f"\n  - {escape_comment(text)}" for text in judged.said.more)
        yield f"- {escape_comment(judged.said.line)}{more}"


def _reasons_title(review: Review) -> str:
    return "What stands in the way" if review.answer == "no" else "Who decides"


def _reasons(review: Review) -> Iterator[str]:
    """For each reason, the files that it is about; nobody is told why they may."""
    if review.answer == "yes":
        return
    if review.author.role == "recycled":
        yield RECYCLED_WHY.capitalize() + "."
        yield f"\n**Next:** {RECYCLED_NEXT}."
        return
    about: dict[Rule, list[str]] = {}
    for judged in review.changes:
        if judged.answer == review.answer:
            for rule in judged.rules:
                about.setdefault(rule, []).append(judged.change.path)
    for rule, paths in about.items():
        shown = list_words(map(format_code, paths[:5])) + (
            f" and {len(paths) - 5} more" * (len(paths) > 5)
        )
        next_ = f"**Next:** {rule.next}." if review.answer == "no" else ""
        yield f"- {shown}: {rule.why}. {next_}".rstrip()


RECYCLED_WHY = (
    "this login is known here, and belonged to another account before; GitHub's numbers tell "
    "the two apart, and what the first may change the second may not"
)
RECYCLED_NEXT = "write to a coordinator, who can note your account's number in the record"


def _mistakes_title(review: Review) -> str:
    errors, _ = counts(review.diagnostics)
    return "What to mend" if errors else "What could be better"


def _mistakes(review: Review, head: Head | None) -> Iterator[str]:
    gone = {judged.change.path for judged in review.changes if judged.change.manner == "delete"}
    for found in review.diagnostics:
        where = f"{format_code(found.path)}, line {found.line}"
        if head is not None and found.path not in gone:
            where = f"[{where}]({head.link(found.path, found.line)})"
        yield f"- {where}: {_told(found)}"


def _told(found: Diagnostic) -> str:
    weight = "(only a remark) " if found.severity == "warning" else ""
    help_ = f"<br>{escape_comment(found.help)}" if found.help else ""
    return f"{weight}{escape_comment(found.message)}{help_}"


def _page(look: PagePreview) -> str:
    what = "new" if look.is_new else "what is new on it"
    return (
        f"<details><summary>{code_in_html(look.path)}, {what}</summary>\n\n"
        f"{format_code_block(look.lines)}\n\n</details>\n"
    )


def code_in_html(path: str) -> str:
    """A path where Markdown is not read."""
    return f"<code>{escape_comment(path)}</code>"
