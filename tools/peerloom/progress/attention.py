"""Who needs the coordinator, why, since when, and what to do; never for anybody else."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from peerloom.model import CheckIn, Cohort, Pair
from peerloom.progress.answers import Answer, answers
from peerloom.progress.calls import HEARD_FOR, asks_of, calls_to_part
from peerloom.progress.goals import attainments
from peerloom.progress.meetings import meetings
from peerloom.progress.oversight import OVERSIGHT
from peerloom.progress.ratings import ratings
from peerloom.progress.signal import Signal, on
from peerloom.records import Program
from peerloom.schedule import pair_due_dates

__all__ = ["OVERSIGHT", "SIGNALS", "Signal", "signals", "signals_of"]

# Weeks between two meetings where a pair agreed on nothing: what practice begins with.
_USUAL_WEEKS = 2
# Fewer planned meetings than this make no pattern, and a smaller share held is one to mend.
_PLANNED_FOR_A_PATTERN = 4
_SHARE_HELD = 0.65
_WORKING = frozenset({"active", "paused"})


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
        there = self.program.check_ins_of(self.pair)
        return tuple(c for c in there if self.came(c) <= self.today)

    def came(self, check_in: CheckIn) -> date:
        """The day on which a check-in came in."""
        return self.program.counts_from(check_in)

    def met(self) -> tuple[date, ...]:
        return tuple(m.on for m in meetings(self.program, self.pair, self.today))

    def owed(self) -> tuple[Answer, ...]:
        return answers(self.program, self.pair, self.today)

    @property
    def asked(self) -> bool:
        """Whether the two have been asked, so that what is not known can mean something."""
        return any(due <= self.today for due in pair_due_dates(self.cohort, self.pair))

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
    runs = [run for run in program.cohorts.values() if cohort is None or run.id == cohort]
    found = [
        signal
        for run in runs
        for pair in program.pairs_of(run.id)
        for signal in _about(program, run, pair, today)
    ]
    found += [
        signal
        for run in runs
        if run.starts <= today
        for check in OVERSIGHT
        for signal in check(program, run, today)
    ]
    return _sorted(found)


def signals_of(program: Program, pair: Pair, today: date) -> tuple[Signal, ...]:
    """What `signals` says of one pair."""
    run = program.cohorts.get(pair.cohort)
    return () if run is None else _sorted(_about(program, run, pair, today))


def _about(program: Program, run: Cohort, pair: Pair, today: date) -> Iterator[Signal]:
    case = _Case(program, run, pair, today)
    if pair.status in _WORKING and (pair.started_on or run.starts) <= today:
        for check in SIGNALS if today <= run.ends else _AFTER_THE_END:
            yield from check(case)
    elif pair.status in ("proposed", *_WORKING):
        yield from one_excluded_the_other(case)
    elif any(today - c.answered_on <= HEARD_FOR for c in case.check_ins):
        # A pair that is over may have ended for that very reason.
        yield from support_is_wanted(case)


def _sorted(found: Iterable[Signal]) -> tuple[Signal, ...]:
    return tuple(sorted(found, key=lambda s: (-s.urgency, s.since, s.cohort, s.pair or "", s.kind)))


def support_is_wanted(case: _Case) -> Iterator[Signal]:
    """Somebody asked for help in their newest check-in, or in one of the last two weeks."""
    for who in case.pair.people:
        calling = [c for c in _heard(case, who) if {"help", "danger"} & {*asks_of(c)}]
        for check_in in calling[-1:]:
            name, came = case.name(who), case.came(check_in)
            what = "asked for your help" if "help" in asks_of(check_in) else "wrote of danger"
            why = f"{name} {what} on {on(came)}"
            note = check_in.support_note or (
                "" if "help" in asks_of(check_in) else check_in.challenges
            )
            why += f": {note}" if note else ""
            step = "get in touch with them alone, today if you can"
            yield case.signal("support", 3, came, why, step, who)


def _heard(case: _Case, who: str) -> list[CheckIn]:
    """Somebody's newest check-in, and before it those that a coordinator may not have seen yet."""
    own = [c for c in case.check_ins if c.participant == who]
    return [c for c in own if c is own[-1] or case.today - case.came(c) <= HEARD_FOR]


def one_excluded_the_other(case: _Case) -> Iterator[Signal]:
    """One of the two asked not to be matched with the other."""
    for who in case.pair.people:
        if any(
            call.pair == case.pair.id and call.cohort == case.pair.cohort
            for call in calls_to_part(case.program, who)
        ):
            why = f"{case.name(who)} asked not to be matched with the other, and they are a pair"
            step = "talk with them alone, and offer another match; say nothing of it to the other"
            yield case.signal("excluded", 3, min(case.started, case.today), why, step, who)


def the_match_does_not_fit(case: _Case) -> Iterator[Signal]:
    """Somebody said in their newest check-in that the match does not fit."""
    for check_in in _newest(case):
        if check_in.fit == "not_good":
            name, came = case.name(check_in.participant), case.came(check_in)
            why = f"{name} said on {on(came)} that the match does not fit"
            step = "talk with each of them alone and offer another match; nobody is to blame"
            yield case.signal("fit", 3, came, why, step, check_in.participant)


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
            why = f"{case.name(who)} rated {newest} of 5 for {on(due)}{drop}"
            step = "call them within three days; say nothing of it to the other"
            yield case.signal("rating", 2, due, why, step, who)
        elif newest == 3:
            why = f"{case.name(who)} rated 3 of 5 for {on(due)}"
            yield case.signal("rating", 1, due, why, "look again after the next check-in", who)


def the_two_rate_differently(case: _Case) -> Iterator[Signal]:
    """The two differ by two points or more on the last two dates that both rated."""
    by_due: dict[date, dict[str, int]] = {}
    for point in ratings(case.program, case.pair, case.today):
        if point.relationship is not None:
            by_due.setdefault(point.due, {})[point.participant] = point.relationship
    both = [(due, r) for due, r in sorted(by_due.items()) if len(r) == 2][-2:]
    if len(both) == 2 and all(max(r.values()) - min(r.values()) >= 2 for _, r in both):
        days = f"{on(both[0][0])} and {on(both[1][0])}"
        why = f"the two rated their relationship very differently, for {days}"
        step = "talk with each alone, and disclose nothing of what the other said"
        yield case.signal("diverging", 2, both[0][0], why, step)


def nobody_answers(case: _Case) -> Iterator[Signal]:
    """Somebody has let two check-ins in a row pass, or the last one for two weeks."""
    owed: dict[str | None, list[Answer]] = {}
    either = case.cohort.check_ins is not None and case.cohort.check_ins.answers == "either"
    for answer in case.owed():
        if answer.state in ("on_time", "late", "answered", "overdue"):
            # Where either may answer, it is the two who are silent, not one of them.
            owed.setdefault(None if either else answer.participant, []).append(answer)
    for who, own in owed.items():
        silent = list(takewhile(lambda answer: answer.state == "overdue", reversed(own)))
        if not silent:
            continue
        name = f"{case.name(who)} has not" if who else "neither of the two has"
        first = silent[-1].due
        people = (who,) if who else ()
        if len(silent) >= 2:
            why = f"{name} answered {len(silent)} check-ins in a row"
            step = "write to them another way than before, each alone"
            yield case.signal("silent", 2, first, why, step, *people)
        elif case.today - first >= timedelta(days=14):
            why = f"{name} answered the check-in of {on(first)}"
            yield case.signal("silent", 1, first, why, "send a short personal message", *people)


def they_have_not_met(case: _Case) -> Iterator[Signal]:
    """No meeting is known since the start: 7 days nudge, 14 message, 30 another match."""
    if case.pair.status == "paused" or case.met() or not (case.check_ins or case.asked):
        return
    why = f"no meeting is known, {case.days} days after the start on {on(case.started)}"
    for days, urgency, step in (
        (30, 3, "ask each alone what stands in the way, and offer another match"),
        (14, 2, "write to both and propose two times"),
        (7, 1, "remind both to fix their first meeting"),
    ):
        if case.days >= days:
            yield case.signal("no-meeting", urgency, case.started, why, step)
            return


def they_stopped_meeting(case: _Case) -> Iterator[Signal]:
    """The last meeting is longer ago than half as long again, or twice, what they agreed.

    Counted to their newest answer: of the days since, nobody has been asked. Ninety days
    without a known meeting are idle, whoever answered.
    """
    met = case.met()
    if case.pair.status == "paused" or not met:
        return
    since = f"their last known meeting was on {on(met[-1])}, "
    idle = (case.today - met[-1]).days
    if idle >= 90:
        step = "tell both that the pair will be closed in a week unless one of them objects"
        yield case.signal("idle", 3, met[-1], f"{since}{idle} days ago", step)
        return
    agreed = case.pair.agreement.meets_every_weeks if case.pair.agreement else None
    interval = 7 * (agreed or _USUAL_WEEKS)
    gap = max(((case.came(c) - met[-1]).days for c in case.check_ins), default=0)
    every = f"every {interval} days" if interval > 7 else "every week"
    why = f"{since}{gap} days before the newest answer; " + (
        f"they agreed on {every}" if agreed else f"{every} is usual"
    )
    if gap > 2 * interval:
        yield case.signal("gap", 2, met[-1], why, "call each of them alone")
    elif gap > 1.5 * interval:
        yield case.signal("gap", 1, met[-1], why, "remind both, and ask for their next date")


def they_meet_less_than_agreed(case: _Case) -> Iterator[Signal]:
    """Up to their newest answer, fewer than 65 % of the meetings they agreed on were held."""
    agreed = case.pair.agreement.meets_every_weeks if case.pair.agreement else None
    if not agreed or case.pair.pauses or not case.check_ins:
        return
    known = max(case.came(c) for c in case.check_ins)
    planned = (known - case.started).days // (7 * agreed)
    held = sum(case.started <= day <= known for day in case.met())
    if planned >= _PLANNED_FOR_A_PATTERN and 0 < held < _SHARE_HELD * planned:
        why = f"they have met {held} times by {on(known)}, and agreed on {planned}"
        step = "ask what stands in the way, and whether to meet less often"
        yield case.signal("few-meetings", 1, case.started, why, step)


def they_missed_two(case: _Case) -> Iterator[Signal]:
    """For the two newest dates that were answered, everybody said that they did not meet."""
    said: dict[date, list[bool]] = {}
    for check_in in case.check_ins:
        if check_in.met is not None or check_in.meetings:
            said.setdefault(check_in.due, []).append(bool(check_in.met or check_in.meetings))
    last = sorted(said)[-2:]
    if case.pair.status != "paused" and len(last) == 2 and not any(any(said[d]) for d in last):
        why = f"they did not meet before {on(last[0])}, nor before {on(last[1])}"
        yield case.signal(
            "missed", 2, last[0], why, "write to each alone and ask what is in the way"
        )


def they_have_no_goals(case: _Case) -> Iterator[Signal]:
    """No goal is written: on day 30 a template, on day 45 help."""
    if case.pair.goals or case.pair.status == "paused" or case.days < 30:
        return
    why = f"no goal is written, {case.days} days after the start on {on(case.started)}"
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
            why = f"the goal “{attainment.goal.title}” has not moved since {on(last[0][0])}"
            step_ = "ask whether it should be made smaller or changed"
            yield case.signal("goal-stuck", 1, last[0][0], why, step_)


def the_end_is_near(case: _Case) -> Iterator[Signal]:
    """The cohort ends in 42 days, in 14, or is over."""
    left = (case.cohort.ends - case.today).days
    if left < 0:
        why = f"the cohort ended on {on(case.cohort.ends)} and the pair is not closed"
        step = "set 'status' to completed, or agree with the two on going on"
        yield case.signal("ending", 2, case.cohort.ends, why, step)
    elif left <= 14:
        why = f"the cohort ends in {left} days, on {on(case.cohort.ends)}"
        step = "ask for the date of their last meeting, and send the closing survey"
        yield case.signal("ending", 2, case.cohort.ends - timedelta(days=14), why, step)
    elif left <= 42:
        why = f"the cohort ends in {left} days, on {on(case.cohort.ends)}"
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
    one_excluded_the_other,
    the_match_does_not_fit,
    a_rating_is_low,
    the_two_rate_differently,
    nobody_answers,
    they_have_not_met,
    they_stopped_meeting,
    they_meet_less_than_agreed,
    they_missed_two,
    they_have_no_goals,
    a_goal_is_stuck,
    the_end_is_near,
)
# When a cohort is over, a pair is closed or goes on as it likes; only who asked for help waits.
_AFTER_THE_END = (
    support_is_wanted,
    one_excluded_the_other,
    the_match_does_not_fit,
    the_end_is_near,
)
