"""A plan of reminders carried out so that whatever dies, the next run ends in the same state.

Nothing is repeated whose outcome is not known. A comment is written before the mark that says
so: where a run died between the two, the count of comments in the mark is behind, and the next
run reads them before it writes one.
"""

from dataclasses import dataclass

from peerloom.github.connection import CannotReach, NoAnswer, OtherAccount, Sleep, TooFast
from peerloom.github.issues import Issues
from peerloom.reminders import Action, Plan, put_mark

# How long the list of issues may be behind what was written.
_SETTLES = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """How many actions were carried out, which were not, and why."""

    done: int = 0
    left: tuple[Action, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """Where issues are: the program's own repository, and that of its coordinators."""

    program: Issues
    coordinators: Issues | None
    is_public: bool

    def of(self, action: Action) -> Issues:
        """Where an action belongs."""
        if action.for_coordinators and self.coordinators:
            return self.coordinators
        return self.program


def carry_out(plan: Plan, places: Places, sleep: Sleep) -> Carried:
    """Does what a plan says; what it cannot, it leaves to the next run."""
    done = 0
    left: list[Action] = []
    reasons: list[str] = []
    for number, action in enumerate(plan.actions):
        try:
            _do(action, places, sleep)
        except TooFast as reason:
            left += plan.actions[number:]
            reasons.append(f"{reason}; the rest is left to the next run")
            break
        except OtherAccount as reason:
            left += plan.actions[number:]
            reasons.append(str(reason))
            break
        except CannotReach as reason:
            left.append(action)
            if str(reason) not in reasons:
                reasons.append(str(reason))
        except NoAnswer as reason:
            left.append(action)
            if str(reason) not in reasons:
                reasons.append(f"{reason}; the next run looks what became of it")
        else:
            done += 1
    return Carried(done=done, left=tuple(left), reasons=tuple(dict.fromkeys(reasons)))


def _do(action: Action, places: Places, sleep: Sleep) -> None:
    issues = places.of(action)
    match action.kind:
        case "open":
            _open(action, issues, sleep)
        case "nudge":
            _say(action, issues, sleep)
        case "escalate" if action.was is None:
            _open(action, issues, sleep)
        case "escalate":
            _say(action, issues, sleep)
        case "close":
            assert action.was is not None
            issues.change(action.was.number, state="closed", state_reason=_reason(action, places))
        case "fix":
            _mend(action, issues)


def _reason(action: Action, places: Places) -> str:
    """In public, how an issue closed does not tell whether anybody answered."""
    is_answered = action.why == "answered" or (places.is_public and not action.for_coordinators)
    return "completed" if is_answered else "not_planned"


def _open(action: Action, issues: Issues, sleep: Sleep) -> None:
    """Opens an issue. Where no answer comes it is looked for, and not opened again."""
    try:
        issues.open(action.title, action.body)
    except NoAnswer:
        sleep(_SETTLES)
        if not any(i.is_ours and i.mark and i.mark.key == action.mark.key for i in issues.newest()):
            raise


def _say(action: Action, issues: Issues, sleep: Sleep) -> None:
    """Adds a comment unless it is there, then the mark that says so."""
    assert action.was is not None
    was, mark = action.was, action.was.mark
    comments, is_there = was.comments, False
    if mark is None or comments > mark.comments:
        is_there, doubles = _said(action, issues)
        comments -= doubles
    if not is_there:
        try:
            issues.comment(was.number, action.body)
        except NoAnswer:
            sleep(_SETTLES)
            if not _said(action, issues)[0]:
                raise
        comments += 1
    said = action.mark.after_comment(action.mark.day, comments)
    issues.change(was.number, body=put_mark(was.body, said))


def _said(action: Action, issues: Issues) -> tuple[bool, int]:
    """Whether a comment is there, and how many doubles were taken back; the first ones stay."""
    assert action.was is not None
    there: set[str] = set()
    doubles = 0
    for id_, text in issues.own_comments(action.was.number):
        mark = text.partition("\n")[0]
        if mark in there and mark.startswith("<!-- peerloom "):
            issues.take_back(id_)
            doubles += 1
        there.add(mark)
    return action.body.partition("\n")[0] in there, doubles


def _mend(action: Action, issues: Issues) -> None:
    assert action.was is not None
    if action.why == "commented":
        _, doubles = _said(action, issues)
        said = action.mark.after_comment(action.mark.day, action.was.comments - doubles)
        issues.change(action.was.number, body=put_mark(action.was.body, said))
    elif action.why == "duplicate":
        issues.change(action.was.number, body=action.body, state="closed", state_reason="duplicate")
    else:
        issues.change(action.was.number, body=action.body)
