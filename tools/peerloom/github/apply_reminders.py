"""Carries out a plan of reminders; wherever a run dies, the next one ends in the same state.

An action whose outcome is unknown is not repeated. A comment is written before the mark that counts
it: where a run died between the two, the count in the mark is behind, and the next run reads the
comments before it writes one.
"""

from dataclasses import dataclass

from peerloom.github.client import Sleep
from peerloom.github.errors import (
    NoAnswerError,
    OtherAccountError,
    RateLimitError,
    RefusedError,
)
from peerloom.github.issues import SETTLING_SECONDS, Issues
from peerloom.reminders import Action, Plan, put_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedPlan:
    """How many actions were carried out, which were not, and why."""

    done: int = 0
    left: tuple[Action, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueRepositories:
    """Where issues are: in the program's own repository, and in that of its coordinators."""

    program: Issues
    coordinators: Issues | None
    is_public: bool

    def find_issues(self, action: Action) -> Issues:
        """The issues that an action belongs to."""
        if action.for_coordinators and self.coordinators:
            return self.coordinators
        return self.program


def apply_reminders(plan: Plan, repositories: IssueRepositories, sleep: Sleep) -> AppliedPlan:
    """Do what a plan says; what cannot be done is left to the next run."""
    done = 0
    left: list[Action] = []
    reasons: list[str] = []
    for index, action in enumerate(plan.actions):
        try:
            _apply(action, repositories, sleep)
        except (RateLimitError, OtherAccountError) as error:
            left += plan.actions[index:]
            rest = "; the rest is left to the next run" if isinstance(error, RateLimitError) else ""
            reasons.append(f"{error}{rest}")
            break
        except RefusedError as error:
            left.append(action)
            reasons.append(str(error))
        except NoAnswerError as error:
            left.append(action)
            reasons.append(f"{error}; the next run checks what became of it")
        else:
            done += 1
    return AppliedPlan(done=done, left=tuple(left), reasons=tuple(dict.fromkeys(reasons)))


def _apply(action: Action, repositories: IssueRepositories, sleep: Sleep) -> None:
    issues = repositories.find_issues(action)
    match action.kind:
        case "open":
            _open_issue(action, issues, sleep)
        case "nudge":
            _add_comment(action, issues, sleep)
        case "escalate" if action.was is None:
            _open_issue(action, issues, sleep)
        case "escalate":
            _add_comment(action, issues, sleep)
        case "close":
            assert action.was is not None
            reason = _state_reason(action, repositories)
            issues.change(action.was.number, state="closed", state_reason=reason)
        case "fix":
            _repair_issue(action, issues)


def _state_reason(action: Action, repositories: IssueRepositories) -> str:
    """Why an issue is closed; in public that does not tell whether anybody answered."""
    is_shown = repositories.is_public and not action.for_coordinators
    return "completed" if action.why == "answered" or is_shown else "not_planned"


def _open_issue(action: Action, issues: Issues, sleep: Sleep) -> None:
    """Open an issue. Where no answer comes it is looked for, and not opened again."""
    try:
        issues.open(action.title, action.body)
    except NoAnswerError:
        sleep(SETTLING_SECONDS)
        marks = (issue.mark for issue in issues.list_newest_own() if issue.is_ours)
        if not any(mark and mark.key == action.mark.key for mark in marks):
            raise


def _add_comment(action: Action, issues: Issues, sleep: Sleep) -> None:
    """Add a comment unless it is there already, then the mark that counts it."""
    assert action.was is not None
    was, mark = action.was, action.was.mark
    comments, is_there = was.comments, False
    if mark is None or comments > mark.comments:
        is_there, deleted = _find_comment(action, issues)
        comments -= deleted
    if not is_there:
        try:
            issues.add_comment(was.number, action.body)
        except NoAnswerError:
            sleep(SETTLING_SECONDS)
            if not _find_comment(action, issues)[0]:
                raise
        comments += 1
    counted = action.mark.after_comment(action.mark.day, comments)
    issues.change(was.number, body=put_mark(was.body, counted))


def _find_comment(action: Action, issues: Issues) -> tuple[bool, int]:
    """Whether the action's comment is there, and how many duplicates of comments were deleted."""
    assert action.was is not None
    first_lines: set[str] = set()
    deleted = 0
    for id_, text in issues.list_own_comments(action.was.number):
        first_line = text.partition("\n")[0]
        if first_line in first_lines and first_line.startswith("<!-- peerloom "):
            issues.delete_comment(id_)
            deleted += 1
        first_lines.add(first_line)
    return action.body.partition("\n")[0] in first_lines, deleted


def _repair_issue(action: Action, issues: Issues) -> None:
    """Repair an issue that a dying run, another run or a person left wrong."""
    assert action.was is not None
    number = action.was.number
    if action.why == "commented":
        _, deleted = _find_comment(action, issues)
        counted = action.mark.after_comment(action.mark.day, action.was.comments - deleted)
        issues.change(number, body=put_mark(action.was.body, counted))
    elif action.why == "duplicate":
        issues.change(number, body=action.body, state="closed", state_reason="duplicate")
    else:
        issues.change(number, body=action.body)
