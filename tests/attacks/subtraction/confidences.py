"""What people said in confidence, from the records: what an attacker must not find out."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from attacks.subtraction.words import Confidence, Group, Said
from peerloom.audience import may_be_shown_to
from peerloom.model import AUDIENCES, Audience, CheckIn, Item, Response, Survey, Wave, WaveAnswers
from peerloom.records import Program

_COMPARED: tuple[Wave, ...] = ("before", "after")


def list_confidences(program: Program, cohort: str) -> dict[Group, tuple[Confidence, ...]]:
    """Each rating and each survey answer on a scale, in the order in which they came."""
    groups: dict[Group, list[Confidence]] = defaultdict(list)
    for check_in in program.check_ins:
        if check_in.cohort == cohort:
            _add_ratings(groups, program, check_in)
    for response in program.responses:
        survey = program.surveys.get(response.survey)
        if survey and response.cohort == cohort:
            _add_answers(groups, survey, response)
    return {group: tuple(sorted(each, key=lambda c: c.day)) for group, each in groups.items()}


def _add_ratings(
    groups: dict[Group, list[Confidence]], program: Program, check_in: CheckIn
) -> None:
    ratings, day = check_in.ratings, program.counts_from(check_in)
    run = program.cohorts[check_in.cohort]
    due = check_in.due if run.ends else check_in.due.replace(day=1)
    for kind in ("useful", "relationship") if ratings else ():
        value = getattr(ratings, kind)
        if value is not None:
            said = Confidence(
                day=day,
                person=check_in.participant,
                value=value,
                seen_by=_find_audience(program, check_in),
            )
            groups[kind, due.isoformat()].append(said)


def _find_audience(program: Program, check_in: CheckIn) -> Audience:
    """The smallest audience to whom both people of a check-in's pair are shown."""
    pair = program.pairs[check_in.cohort, check_in.pair]
    people = [program.participants[who] for who in pair.people if who in program.participants]
    return next(
        audience
        for audience in AUDIENCES
        if all(may_be_shown_to(person, audience) for person in people)
    )


def _add_answers(groups: dict[Group, list[Confidence]], survey: Survey, response: Response) -> None:
    """Answers of people who gave them before and after; otherwise of each later wave."""
    given = {wave.wave: wave for wave in response.waves}
    scales = [item for item in survey.items if item.kind == "scale"]
    compared = [item for item in scales if not item.waves or {"before", "after"} <= {*item.waves}]
    if {"before", "after"} <= given.keys():
        known = max(given[wave].answered_on for wave in _COMPARED)
        for items in ([item] for item in compared), _list_constructs(compared):
            for each in items:
                values = {wave: _sum_answers(given[wave], each) for wave in _COMPARED}
                for wave, value in values.items():
                    if None not in values.values() and value is not None:
                        said = Confidence(day=known, person=response.code, value=value)
                        groups[wave, _name(survey, each)].append(said)
    for item in scales:
        for wave in given.values():
            value = _sum_answers(wave, [item])
            if item.waves and "before" not in item.waves and value is not None:
                said = Confidence(day=wave.answered_on, person=response.code, value=value)
                groups[wave.wave, _name(survey, [item])].append(said)


def _list_constructs(items: Iterable[Item]) -> list[list[Item]]:
    """The questions that measure something together, of those asked before and after."""
    groups: dict[object, list[Item]] = defaultdict(list)
    for item in items:
        if item.construct and item.scale:
            scale = (item.scale.lowest, item.scale.highest)
            groups[item.construct, scale, frozenset(item.roles)].append(item)
    return [each for each in groups.values() if len(each) > 1]


def _sum_answers(wave: WaveAnswers, items: Iterable[Item]) -> int | None:
    """The sum of a person's answers to some questions; None where one has no number."""
    answers = [wave.answers.get(item.id) for item in items]
    numbers = [answer for answer in answers if isinstance(answer, int)]
    return sum(numbers) if len(numbers) == len(answers) else None


def _name(survey: Survey, items: Iterable[Item]) -> str:
    return f"{survey.id}/{'+'.join(item.id for item in items)}"


def list_calls_for_help(program: Program, cohort: str) -> tuple[Said, ...]:
    """For each check-in whether it asked for help: 1 is yes, and 0 no."""
    return tuple(
        Said(
            day=program.counts_from(each),
            whose=each.participant,
            about=f"{each.pair} {each.due}",
            value=int(bool(each.support_wanted or each.support_note)),
        )
        for each in program.check_ins
        if each.cohort == cohort
    )


def list_reasons(program: Program, cohort: str) -> tuple[Said, ...]:
    """Why each pair ended that ended early."""
    return tuple(
        Said(
            day=pair.ended_on or date.min,
            whose=pair.id,
            about="its ending",
            value=pair.end_reason or "not said",
        )
        for pair in program.pairs_of(cohort)
        if pair.status == "ended_early"
    )


def list_goal_steps(program: Program, cohort: str) -> tuple[Said, ...]:
    """Every step that somebody reported, by the pair whose goal it is of."""
    return tuple(
        Said(
            day=program.counts_from(each),
            whose=each.pair,
            about=progress.goal,
            value=progress.level,
        )
        for each in program.check_ins
        if each.cohort == cohort
        for progress in each.goals
        if progress.level is not None
    )
