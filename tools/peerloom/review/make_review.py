"""The review of a pull request: what it does, what is wrong, and whether it may be merged."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import islice

from peerloom.as_of import program_as_of
from peerloom.audience import redact_diagnostics, repository_readers, visible_program
from peerloom.diagnostic import Diagnostic, quoted
from peerloom.github_names import (
    CHECK_IN_LABEL,
    COORDINATOR_LABEL,
    MAINTAINER_LABEL,
    SIGN_UP_LABEL,
    Label,
)
from peerloom.kinds import kind_of_path
from peerloom.program import Loaded, examine_snapshot
from peerloom.records import Program
from peerloom.reminders import CallNotice, call_notice, coordinators_repository
from peerloom.review.author import Author, identify_author
from peerloom.review.beginnings import find_starting_groups
from peerloom.review.calls_for_help import (
    MOST_CALLS,
    find_calls,
    may_hold_call,
    must_be_read_first,
)
from peerloom.review.change_cohorts import (
    list_cohorts_of_change,
    name_deciding_cohort,
    select_coordinated_cohorts,
)
from peerloom.review.check_in_timing import find_timing_rows
from peerloom.review.classify_change import classify_change
from peerloom.review.page_preview import PagePreview, preview_pages
from peerloom.review.policy import ROW_BY_NAME, PolicyAnswer, strictest_answer
from peerloom.review.pull_request import Change, PullRequest
from peerloom.review.review import Review, ReviewedChange, Verdict, holds_unreadable
from peerloom.review.summary import ReaderView, summarize_change


def review_pull_request(
    pull_request: PullRequest,
    login: str,
    number: int,
    today: date,
    examined: Loaded | None = None,
    received: date | None = None,
) -> Review:
    """The review of a pull request by the account `login`, whose number is `number`.

    The base's program decides who that is and what they may change; the head's is only looked at.
    A caller that has `examined` the base already passes what was found. `received` is the day on
    which GitHub had the head; without it, today counts.
    """
    came = received or today
    if came > today:  # in the program's time zone it is tomorrow already
        today, examined = came, None
    before = examined or examine_snapshot(pull_request.before, today)
    after = examine_snapshot(pull_request.after, today)
    program = before.program
    author = identify_author(program, login, number)
    view = _make_view(before, after, today)
    diagnostics = _list_diagnostics(pull_request, before, after)
    changes = tuple(
        _review_change(change, pull_request, author, program, view, came)
        for change in pull_request.changes
    )
    answer = strictest_answer(tuple(each.answer for each in changes))
    verdict = decide_verdict(answer, diagnostics)
    name = view.before.participants.get(author.participant or "")
    return Review(
        base=pull_request.base,
        head=pull_request.head,
        branch=program.settings.branch,
        author=author,
        name=name.name if name else None,
        verdict=verdict,
        answer=answer,
        merges_itself=_merges_itself(program, verdict, changes, diagnostics),
        labels=_choose_labels(verdict, answer, changes),
        changes=changes,
        diagnostics=tuple(sorted(redact_diagnostics(diagnostics, view.audience))),
        previews=_preview(pull_request, verdict, before, after, view, came),
        calls=_list_calls(changes, author, program, after.program),
        coordinators=_coordinators_repository(program, changes),
        starting=find_starting_groups(program, after.program, today),
        deciding_cohort=name_deciding_cohort(
            (each.cohorts for each in changes if each.answer == "a coordinator decides"), program
        ),
    )


def _preview(
    pull_request: PullRequest,
    verdict: Verdict,
    before: Loaded,
    after: Loaded,
    view: ReaderView,
    received: date,
) -> tuple[PagePreview, ...]:
    """How pages will look, with new check-ins dated as they will be once they are merged."""
    if verdict == "not allowed":
        return ()
    days = {c.path: received for c in pull_request.changes if c.manner == "new"}
    merged = replace(after.program, received=days)
    changes = pull_request.changes
    old, new = program_as_of(before.program, view.today), program_as_of(merged, view.today)
    return preview_pages(old, new, changes, view.today, view.audience)


def _list_calls(
    changes: tuple[ReviewedChange, ...], author: Author, before: Program, after: Program
) -> tuple[CallNotice, ...]:
    calls = (
        call
        for each in changes
        for call in find_calls(each.change, each.row_names, author, before, after)
    )
    return tuple(call_notice(call, after) for call in islice(calls, MOST_CALLS))


def _coordinators_repository(program: Program, changes: tuple[ReviewedChange, ...]) -> str | None:
    """Where coordinators are told of calls for help, whether or not a change holds one."""
    may_hold = any(may_hold_call(each.change, each.row_names) for each in changes)
    return coordinators_repository(program.settings) if may_hold else None


def _make_view(before: Loaded, after: Loaded, today: date) -> ReaderView:
    """What the readers of the repository see: everybody, or the members of a private one."""
    audience = repository_readers(before.program)
    return ReaderView(
        audience=audience,
        before=visible_program(before.program, audience),
        after=visible_program(after.program, audience),
        today=today,
    )


def _review_change(
    change: Change,
    pull_request: PullRequest,
    author: Author,
    program: Program,
    view: ReaderView,
    received: date,
) -> ReviewedChange:
    # `received` is about check-ins; a later commit may have brought the rest.
    day = view.today if kind_of_path(change.path) == "circle" else received
    names = classify_change(change, author, program, day)
    rows = [ROW_BY_NAME[name] for name in sorted(names)]
    is_own = not {"check-in", "old check-in"}.isdisjoint(names)
    rows += find_timing_rows(change, program, received, is_own=is_own)
    if pull_request.is_too_large:
        rows.append(ROW_BY_NAME["too large"])
    cohorts = list_cohorts_of_change(change, program)
    role = author.role_for(cohorts)
    answer = strictest_answer(tuple(row.answer_for(role) for row in rows))
    return ReviewedChange(
        change=change,
        summary=summarize_change(change, view),
        answer=answer,
        role=role,
        cohorts=select_coordinated_cohorts(cohorts, program),
        row_names=frozenset(row.name for row in rows),
        deciding_rows=tuple(row for row in rows if row.answer_for(role) == answer),
    )


def _list_diagnostics(
    pull_request: PullRequest, before: Loaded, after: Loaded
) -> tuple[Diagnostic, ...]:
    """What is wrong in changed files, and what is wrong elsewhere only because of them."""
    changed = {change.path for change in pull_request.changes}
    known = Counter(map(_key_without_line, before.diagnostics))
    new = []
    for diagnostic in after.diagnostics:
        key = _key_without_line(diagnostic)
        is_known = known[key] > 0
        known[key] -= 1
        if diagnostic.path in changed or not is_known:
            new.append(diagnostic)
    branch = before.program.settings.branch
    conflicts = (_describe_conflict(path, branch) for path in pull_request.conflicting_paths)
    return tuple(sorted([*new, *conflicts]))


def _key_without_line(diagnostic: Diagnostic) -> tuple[str, str, str]:
    """What a diagnostic is about, apart from its line: lines added above it move that."""
    return diagnostic.path, diagnostic.rule, diagnostic.message


def _describe_conflict(path: str, branch: str) -> Diagnostic:
    return Diagnostic(
        path=path,
        rule="branch-is-up-to-date",
        message=f"this file must start from the one in {quoted(branch)}, which has changed since",
        help="press 'Update branch' or 'Resolve conflicts' at the end of the pull request",
    )


def decide_verdict(answer: PolicyAnswer, diagnostics: Iterable[Diagnostic]) -> Verdict:
    """The outcome, from the strictest answer to any change and from what is wrong."""
    if answer == "no":
        return "not allowed"
    if any(diagnostic.severity == "error" for diagnostic in diagnostics):
        return "has mistakes"
    return "may merge" if answer == "yes" else "needs a coordinator"


def _merges_itself(
    program: Program,
    verdict: Verdict,
    changes: tuple[ReviewedChange, ...],
    diagnostics: tuple[Diagnostic, ...],
) -> bool:
    """Whether it holds only check-ins by their author, and nothing in them needs attention."""
    return (
        program.settings.merge == "when clean"
        and verdict == "may merge"
        and not diagnostics
        and bool(changes)
        and all(each.row_names == {"check-in"} for each in changes)
        and not any(must_be_read_first(each.change) for each in changes)
    )


def _choose_labels(
    verdict: Verdict, answer: PolicyAnswer, changes: tuple[ReviewedChange, ...]
) -> tuple[Label, ...]:
    kinds = {(kind_of_path(each.change.path), each.change.manner == "new") for each in changes}
    labels: dict[Label, bool] = {
        CHECK_IN_LABEL: any(kind == "check-in" for kind, _ in kinds),
        SIGN_UP_LABEL: ("participant", True) in kinds,
        COORDINATOR_LABEL: verdict == "not allowed" or answer == "a coordinator decides",
        MAINTAINER_LABEL: answer == "a maintainer decides" or holds_unreadable(changes),
    }
    return tuple(label for label, holds in labels.items() if holds)


def ask_a_coordinator(review: Review) -> Review:
    """The review of a change that the program proposes for somebody who is no coordinator of it.

    The answers are those for a coordinator, except that a yes still needs a coordinator. It is no
    reason against the change that whoever started the run could not make it.
    """
    roles = {each.role for each in review.changes} or {review.author.role}
    if roles <= {"coordinator", "cohort coordinator"}:
        return review
    changes = tuple(
        replace(
            each,
            answer=strictest_answer(
                ("a coordinator decides", *(row.coordinator for row in each.deciding_rows))
            ),
        )
        for each in review.changes
    )
    answer = strictest_answer(("a coordinator decides", *(each.answer for each in changes)))
    label = MAINTAINER_LABEL if answer == "a maintainer decides" else COORDINATOR_LABEL
    verdict = decide_verdict(answer, review.diagnostics)
    return replace(review, changes=changes, answer=answer, verdict=verdict, labels=(label,))
