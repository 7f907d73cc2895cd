"""Check-ins: who answers, for which due date, when, and about which goals and meetings."""

from collections.abc import Iterator
from datetime import date

from peerloom.days import latest_day_anywhere
from peerloom.diagnostic import quoted
from peerloom.model import CheckIn, Cohort, Pair
from peerloom.records import Program
from peerloom.rules.messages import have_records
from peerloom.rules.rule import Finding
from peerloom.schedule import due_dates, pair_due_dates, possible_due_dates
from peerloom.text.dates import full_date
from peerloom.text.phrases import join_choices, join_words

_LOWEST, _HIGHEST = -2, 2


def _list_check_ins_with_pairs(program: Program) -> Iterator[tuple[CheckIn, Pair]]:
    for answer in program.check_ins:
        pair = program.pairs.get((answer.cohort, answer.pair))
        if pair is not None:
            yield answer, pair


def a_check_in_answers_a_due_date(program: Program, _: date) -> Iterator[Finding]:
    """A check-in is for a date on which one was due for its pair."""
    cached: dict[tuple[str, str], frozenset[date]] = {}
    for answer, pair in _list_check_ins_with_pairs(program):
        cohort = program.cohorts.get(answer.cohort)
        if cohort is None or _has_no_dates_by_mistake(cohort) or _is_after_the_end(answer, pair):
            continue
        key = (pair.cohort, pair.id)
        if key not in cached:
            cached[key] = frozenset(pair_due_dates(cohort, pair))
        if answer.due not in cached[key]:
            message = f"{full_date(answer.due)} must be a date when a check-in was due"
            yield Finding(
                where=answer,
                keys=("due",),
                message=message,
                help=_suggest_due_date(cohort, pair, answer),
            )


def _has_no_dates_by_mistake(cohort: Cohort) -> bool:
    """Whether another rule, `schedules-have-due-dates`, reports why nothing is due."""
    if cohort.check_ins is None:
        return False
    return not (due_dates(cohort) if cohort.ends else cohort.check_ins.every_weeks)


def _is_after_the_end(answer: CheckIn, pair: Pair) -> bool:
    return pair.ended_on is not None and answer.due > pair.ended_on


def _suggest_due_date(cohort: Cohort, pair: Pair, answer: CheckIn) -> str:
    owed = pair_due_dates(cohort, pair)
    if answer.due in possible_due_dates(cohort, pair):
        # The message must not tell which of these it was: only coordinators know of pauses.
        return "on that date the pair owed no answer: it had not begun, was paused or was over"
    if not owed:
        return "for this pair none was: see the cohort's 'check_ins' and the pair's 'started_on'"
    near = min(owed, key=lambda due: (abs(due - answer.due), due))
    name = f"{near.isoformat()}-{answer.participant}.yml"
    nearest = f"the nearest is {full_date(near)}: rename the file to {name} and correct 'due'"
    if cohort.ends is None:
        return f"{nearest}, or put the pair's dates back if they were changed: they decide this"
    return nearest


def a_check_in_is_by_one_of_the_pair(program: Program, _: date) -> Iterator[Finding]:
    """A check-in is by one of the two people of its pair."""
    for answer, pair in _list_check_ins_with_pairs(program):
        named = (*pair.people, answer.participant)
        if answer.participant not in pair.people and have_records(program, named):
            two = join_choices(quoted(id_) for id_ in pair.people)
            message = f"{quoted(answer.participant)} must be one of the pair, {two}"
            help_ = "correct 'participant' or 'pair', and the file's name with it"
            yield Finding(where=answer, keys=("participant",), message=message, help=help_)


def a_check_in_is_not_from_the_future(program: Program, today: date) -> Iterator[Finding]:
    """A check-in was answered, and its meetings held, on days that have come somewhere on Earth."""
    latest = latest_day_anywhere(today)
    for answer in program.check_ins:
        if answer.answered_on > latest:
            day = full_date(answer.answered_on)
            message = f"a check-in must be answered already, but {day} is in the future"
            yield Finding(
                where=answer, keys=("answered_on",), message=message, help="correct the date"
            )
        for index, meeting in enumerate(answer.meetings):
            if meeting.on > min(latest, max(answer.answered_on, answer.due)):
                message = (
                    f"the meeting of {full_date(meeting.on)} must be before the answer about it"
                )
                help_ = "put a meeting in the future into 'next_meeting'"
                keys = ("meetings", index, "on")
                yield Finding(where=answer, keys=keys, message=message, help=help_)


def received_dates_name_their_source(program: Program, _: date) -> Iterator[Finding]:
    """A check-in that says when it was received also says on whose word, and vice versa."""
    for answer in program.check_ins:
        if (answer.received_on is None) is not (answer.received_by is None):
            missing, present = ("received_by", "received_on")
            if answer.received_on is None:
                missing, present = present, missing
            message = f"'{missing}' must be given together with '{present}'"
            help_ = f"delete '{present}'; if a coordinator took the answer in, write both"
            yield Finding(where=answer, keys=(present,), message=message, help=help_)


def received_dates_are_not_in_the_future(program: Program, today: date) -> Iterator[Finding]:
    """A check-in was received today or earlier."""
    for answer in program.check_ins:
        if answer.received_on is not None and answer.received_on > today:
            day = full_date(answer.received_on)
            message = f"a check-in must be received already, but {day} is in the future"
            help_ = "put the line back as it was, or delete 'received_on' and 'received_by'"
            yield Finding(where=answer, keys=("received_on",), message=message, help=help_)


def a_check_in_is_not_after_its_pair_ended(program: Program, _: date) -> Iterator[Finding]:
    """A check-in is for a due date on or before the day on which its pair ended."""
    for answer, pair in _list_check_ins_with_pairs(program):
        if pair.ended_on and _is_after_the_end(answer, pair):
            end = full_date(pair.ended_on)
            message = f"{full_date(answer.due)} must not be after the pair ended, {end}"
            help_ = "delete this check-in, or correct 'ended_on' of the pair"
            yield Finding(where=answer, keys=("due",), message=message, help=help_)


def goal_levels_stay_on_their_scale(program: Program, _: date) -> Iterator[Finding]:
    """A goal's level is a step from −2 to +2, and a check-in mentions each goal once."""
    for answer in program.check_ins:
        seen = set()
        for index, progress in enumerate(answer.goals):
            level = progress.level
            if level is not None and not _LOWEST <= level <= _HIGHEST:
                message = f"level {level} must be from −2 to +2"
                help_ = "0 is as expected, +2 much more than expected, −2 much less"
                keys = ("goals", index, "level")
                yield Finding(where=answer, keys=keys, message=message, help=help_)
            if progress.goal in seen:
                message = f"goal {quoted(progress.goal)} must be mentioned only once"
                keys = ("goals", index, "goal")
                yield Finding(where=answer, keys=keys, message=message, help="join the two")
            seen.add(progress.goal)


def met_agrees_with_the_meetings(program: Program, _: date) -> Iterator[Finding]:
    """A check-in that lists meetings does not say that the two did not meet."""
    for answer in program.check_ins:
        if answer.met is False and answer.meetings:
            days = join_words(full_date(meeting.on) for meeting in answer.meetings)
            message = f"'met' must be true where meetings are listed: {days}"
            help_ = "set 'met: true', or delete 'meetings'"
            yield Finding(where=answer, keys=("met",), message=message, help=help_)
