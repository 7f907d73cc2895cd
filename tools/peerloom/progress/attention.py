"""Who needs the coordinator, why, since when, and what to do; never for anybody else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from peerloom.model import CheckIn, Cohort, Pair
from peerloom.progress.answers import Answer, answers
from peerloom.progress.goals import attainments
from peerloom.progress.meetings import meetings
from peerloom.progress.ratings import ratings
from peerloom.records import Program

# Weeks between two meetings where a pair agreed on nothing: what practice begins with.
_USUAL_WEEKS = 2
_WORKING = frozenset({"active", "paused"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Something a coordinator should look at; 3 is for today, 2 for this week, 1 to watch."""

    kind: str
    urgency: int
    cohort: str
    pair: str | None
    people: tuple[str, ...]
    since: date
    why: str
    next_step: str


@dataclass(frozen=True, slots=True)
class _Case:
    """One pair at work, and what is known of it."""

    program: Program
    cohort: Cohort
    pair: Pair
    today: date

    @property
    def started(self) -> date:
        return self.pair.started_on or self.cohort.starts

    @property
    def days(self) -> int:
        return (self.today - self.started).days

    @property
    def check_ins(self) -> tuple[CheckIn, ...]:
        return tuple(c for c in self.program.check_ins_of(self.pair) if c.answered_on <= self.today)

    def met(self) -> tuple[date, ...]:
        return tuple(m.on for m in meetings(self.program, self.pair, self.today))

    def owed(self) -> tuple[Answer, ...]:
        return answers(self.program, self.pair, self.today)

    def name(self, participant: str) -> str:
        person = self.program.participants.get(participant)
        return person.name if person else participant

    def signal(
        self, kind: str, urgency: int, since: date, why: str, next_step: str, *people: str
    ) -> Signal:
        return Signal(
            kind=kind,
            urgency=urgency,
            cohort=self.pair.cohort,
            pair=self.pair.id,
            people=people or self.pair.people,
            since=since,
            why=why,
            next_step=next_step,
        )


def signals(program: Program, today: date, cohort: str | None = None) -> tuple[Signal, ...]:
    """What needs a coordinator on a day, the most urgent first, then the longest waiting.

    The thresholds are house rules drawn from what mentoring programs use: Mentorloop's goal
    of 4 in 5, Guider's 90 idle days, Together's question of fit, and the attendance figures
    of iMentor; none of them has been tested in a trial.
    """
    found = [
        signal
        for pair in program.pairs.values()
        if pair.status in _WORKING and (cohort is None or pair.cohort == cohort)
        if (run := program.cohorts.get(pair.cohort)) is not None
        if (pair.started_on or run.starts) <= today
        for check in SIGNALS
        for signal in check(_Case(program, run, pair, today))
    ]
    return tuple(sorted(found, key=lambda s: (-s.urgency, s.since, s.cohort, s.pair or "", s.kind)))


def support_is_wanted(case: _Case) -> Iterator[Signal]:
    """Somebody asked for help in their newest check-in."""
    for check_in in _newest(case):
        if check_in.support_wanted:
            why = f"{case.name(check_in.participant)} asked for your help"
            if check_in.support_note:
                why += f": {check_in.support_note}"
            step = "get in touch with them alone, today if you can"
            yield case.signal("support", 3, check_in.answered_on, why, step, check_in.participant)


def the_match_does_not_fit(case: _Case) -> Iterator[Signal]:
    """Somebody said in their newest check-in that the match does not fit."""
    for check_in in _newest(case):
        if check_in.fit == "not_good":
            why = f"{case.name(check_in.participant)} says the match does not fit"
            step = "talk with each of them alone and offer another match; nobody is to blame"
            yield case.signal("fit", 3, check_in.answered_on, why, step, check_in.participant)


def a_rating_is_low(case: _Case) -> Iterator[Signal]:
    """Somebody's newest rating is 2 or less, fell by two, or is 3."""
    for who in case.pair.people:
        own = [r for r in ratings(case.program, case.pair, case.today) if r.participant == who]
        scores = [
            (r.due, min(s)) for r in own if (s := [x for x in (r.useful, r.relationship) if x])
        ]
        if not scores:
            continue
        due, newest = scores[-1]
        fell = len(scores) > 1 and scores[-2][1] - newest >= 2
        if newest <= 2 or fell:
            drop = f", down from {scores[-2][1]}" if fell else ""
            why = f"{case.name(who)} rated {newest} of 5{drop}"
            step = "call them within three days; say nothing of it to the other"
            yield case.signal("rating", 2, due, why, step, who)
        elif newest == 3:
            why = f"{case.name(who)} rated 3 of 5"
            yield case.signal("rating", 1, due, why, "look again after the next check-in", who)


def the_two_rate_differently(case: _Case) -> Iterator[Signal]:
    """The two differ by two points or more on the last two dates that both rated."""
    by_due: dict[date, dict[str, int]] = {}
    for point in ratings(case.program, case.pair, case.today):
        if point.relationship is not None:
            by_due.setdefault(point.due, {})[point.participant] = point.relationship
    both = [(due, r) for due, r in sorted(by_due.items()) if len(r) == 2][-2:]
    if len(both) == 2 and all(max(r.values()) - min(r.values()) >= 2 for _, r in both):
        why = "the two have rated their relationship very differently twice in a row"
        step = "talk with each alone, and disclose nothing of what the other said"
        yield case.signal("diverging", 2, both[0][0], why, step)


def nobody_answers(case: _Case) -> Iterator[Signal]:
    """Somebody has let two check-ins in a row pass, or one since two weeks."""
    past = [a for a in case.owed() if a.state in ("on_time", "late", "overdue")]
    for who in dict.fromkeys(a.participant for a in past):
        own = [a for a in past if a.participant == who]
        silent = 0
        for answer in reversed(own):
            if answer.state != "overdue":
                break
            silent += 1
        if silent == 0:
            continue
        name = case.name(who) if who else "neither of the two"
        first = own[-silent].due
        people = (who,) if who else ()
        if silent >= 2:
            why = f"{name} has not answered {silent} check-ins in a row"
            step = "write to them another way than before, each alone"
            yield case.signal("silent", 2, first, why, step, *people)
        elif case.today - first >= timedelta(days=14):
            why = f"{name} has not answered the check-in of two weeks ago"
            yield case.signal("silent", 1, first, why, "send a short personal message", *people)


def they_have_not_met(case: _Case) -> Iterator[Signal]:
    """No meeting is known since the start: 7 days nudge, 14 message, 30 another match."""
    if case.pair.status == "paused" or case.met():
        return
    why = f"no meeting is known, {case.days} days after the start"
    for days, urgency, step in (
        (30, 3, "ask each alone what stands in the way, and offer another match"),
        (14, 2, "write to both and propose two times"),
        (7, 1, "remind both to fix their first meeting"),
    ):
        if case.days >= days:
            yield case.signal("no-meeting", urgency, case.started, why, step)
            return


def they_stopped_meeting(case: _Case) -> Iterator[Signal]:
    """The last meeting is longer ago than half as long again, or twice, what they agreed."""
    met = case.met()
    if case.pair.status == "paused" or not met:
        return
    agreed = case.pair.agreement.meets_every_weeks if case.pair.agreement else None
    interval = 7 * (agreed or _USUAL_WEEKS)
    gap = (case.today - met[-1]).days
    why = f"their last known meeting was {gap} days ago, and they meant to meet every {interval}"
    if gap >= 90:
        step = "tell both that the pair will be closed in a week unless one of them objects"
        yield case.signal("idle", 3, met[-1], why, step)
    elif gap > 2 * interval:
        yield case.signal("gap", 2, met[-1], why, "call each of them alone")
    elif gap > 1.5 * interval:
        yield case.signal("gap", 1, met[-1], why, "remind both, and ask for their next date")


def they_have_no_goals(case: _Case) -> Iterator[Signal]:
    """No goal is written: on day 30 a template, on day 45 help."""
    if case.pair.goals or case.pair.status == "paused" or case.days < 30:
        return
    why = f"no goal is written, {case.days} days after the start"
    if case.days >= 45:
        yield case.signal(
            "no-goals", 2, case.started, why, "offer half an hour to write one together"
        )
    else:
        yield case.signal("no-goals", 1, case.started, why, "send them the module on goals")


def a_goal_is_stuck(case: _Case) -> Iterator[Signal]:
    """A goal stood below what was expected in the two newest check-ins, at the same step."""
    for attainment in attainments(case.program, case.pair, case.today):
        latest: dict[date, int] = {}
        for step in attainment.steps:
            if step.level is not None:
                latest[step.due] = step.level
        last = sorted(latest.items())[-2:]
        if len(last) == 2 and last[0][1] == last[1][1] < 0:
            why = f"the goal “{attainment.goal.title}” has not moved for two check-ins"
            step_ = "ask whether it should be made smaller or changed"
            yield case.signal("goal-stuck", 1, last[0][0], why, step_)


def the_end_is_near(case: _Case) -> Iterator[Signal]:
    """The cohort ends in 42 days, in 14, or is over."""
    left = (case.cohort.ends - case.today).days
    if left < 0:
        why = "the cohort is over and the pair is not closed"
        step = "set 'status' to completed, or agree with the two on going on"
        yield case.signal("ending", 2, case.cohort.ends, why, step)
    elif left <= 14:
        why = f"the cohort ends in {left} days"
        step = "ask for the date of their last meeting, and send the closing survey"
        yield case.signal("ending", 2, case.cohort.ends - timedelta(days=14), why, step)
    elif left <= 42:
        why = f"the cohort ends in {left} days"
        step = "remind both to plan their last meetings and to look at their goals"
        yield case.signal("ending", 1, case.cohort.ends - timedelta(days=42), why, step)


def _newest(case: _Case) -> Iterator[CheckIn]:
    """Each person's newest check-in."""
    for who in case.pair.people:
        own = [c for c in case.check_ins if c.participant == who]
        if own:
            yield own[-1]


SIGNALS: tuple[Callable[[_Case], Iterator[Signal]], ...] = (
    support_is_wanted,
    the_match_does_not_fit,
    a_rating_is_low,
    the_two_rate_differently,
    nobody_answers,
    they_have_not_met,
    they_stopped_meeting,
    they_have_no_goals,
    a_goal_is_stuck,
    the_end_is_near,
)
