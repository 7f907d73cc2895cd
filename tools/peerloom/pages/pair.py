"""The page of a pair: its status, what is next, its goals, its story, and the numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from peerloom.model import Cohort, Pair, ProgramQuestion
from peerloom.pages.pair_goals import describe_goal
from peerloom.pages.pair_story import (
    describe_outcome,
    draw_pair_timeline,
    draw_ratings,
    explain_timeline,
    summarize_progress,
)
from peerloom.pages.rendering import Here, Site
from peerloom.program_questions import questions_about, worded_answers
from peerloom.progress.owed_check_ins import OwedCheckIn
from peerloom.progress.pair_history import PairHistory, pair_history
from peerloom.schedule import planned_end
from peerloom.signals import find_pair_signals
from peerloom.text.codes import code_in_words, describe_setting
from peerloom.text.dates import relative_day
from peerloom.text.escaping.markdown import Markdown
from peerloom.text.phrases import (
    count_noun,
    describe_rhythm,
    join_words,
)
from peerloom.text.translation import gettext as _

_GIVEN = frozenset({"on_time", "late", "answered"})


@dataclass(frozen=True, slots=True)
class _CheckInRow:
    due: date
    participant: str | None
    outcome: str


def render_page(here: Here, pair: Pair) -> str:
    """A pair as the audience may see it."""
    site = here.site
    cohort = site.seen.cohorts[pair.cohort]
    history = pair_history(site.seen, pair, site.today)
    owed = _select_shown(site, list_owed_check_ins(site, pair))
    met = history.meetings
    points = history.ratings
    return here.fill_template(
        pair=pair,
        history=history,
        cohort=cohort,
        names=here.pair_names(pair),
        started=pair.started_on or cohort.starts,
        people=[(id_, _describe_role(pair, id_)) for id_ in pair.people],
        next=list(_list_next_steps(here, history, cohort)),
        goals=[describe_goal(here, pair, goal) for goal in history.goals],
        timeline=draw_pair_timeline(here, pair, cohort, met, owed),
        summary=summarize_progress(met, owed),
        legend=explain_timeline(site, owed),
        sparks=list(draw_ratings(points)),
        points=points,
        signals=_list_signals(site, pair),
        shows_match=pair.match is not None and site.whole.pairs[pair.cohort, pair.id].is_as_matched,
        meetings=met,
        meeting_days=Markup(join_words(here.short_date(m.on) for m in met)),  # noqa: S704 - dates
        agreed=_describe_agreement(here, pair),
        checks=[_CheckInRow(a.due, a.participant, describe_outcome(site, a)) for a in owed],
        answers=list(_list_answers(site, pair)),
        closing=_list_closing_answers(site, cohort, pair),
    )


def _describe_agreement(here: Here, pair: Pair) -> Markup | None:
    """When the two agreed, and on which meetings, as far as they wrote it down."""
    agreement = pair.agreement
    if agreement is None:
        return None
    if agreement.meets_every_weeks and agreement.meeting_minutes:
        sentence = _("They agreed on {date} to meet {rhythm} for {length}")
    elif agreement.meets_every_weeks:
        sentence = _("They agreed on {date} to meet {rhythm}")
    elif agreement.meeting_minutes:
        sentence = _("They agreed on {date} to meet for {length}")
    else:
        sentence = _("They agreed on {date}")
    text = Markdown(sentence).format(
        date=here.long_date(agreement.agreed_on),
        rhythm=describe_rhythm(agreement.meets_every_weeks or 1),
        length=count_noun(agreement.meeting_minutes or 0, "minute"),
    )
    if agreement.setting is None:
        return Markdown("{}.").format(text)
    return Markdown("{}, {}.").format(text, describe_setting(agreement.setting))


@dataclass(frozen=True, slots=True)
class _AnswerRow:
    due: date
    participant: str
    question: str
    answer: str


def _questions(site: Site) -> tuple[ProgramQuestion, ...]:
    return site.seen.settings.questions


def _list_answers(site: Site, pair: Pair) -> Iterator[_AnswerRow]:
    """What the two answered in check-ins to the program's own questions."""
    questions = questions_about(_questions(site), "check-in")
    for check_in in site.seen.check_ins_of(pair):
        if site.seen.counts_from(check_in) <= site.today:
            for question, answer in worded_answers(questions, check_in.answers):
                yield _AnswerRow(check_in.due, check_in.participant, question, answer)


def _list_closing_answers(site: Site, cohort: Cohort, pair: Pair) -> list[tuple[str, str]]:
    """What the two answered when they closed, to the public only when they would be over anyway.

    Before that day, the answers would tell that they have ended.
    """
    ends = planned_end(cohort, pair)
    if site.audience == "public" and (ends is None or ends >= site.today):
        return []
    return list(worded_answers(questions_about(_questions(site), "pair"), pair.answers))


def list_owed_check_ins(site: Site, pair: Pair) -> tuple[OwedCheckIn, ...]:
    """The check-ins that a pair owes, as far as the audience may know.

    Members see no pauses, but see when a pair is paused. So nothing that a pause excused is said
    to be missing. To the public no pair is paused or over, so it gets only those that came.
    """
    known = site.whole if site.audience == "members" else site.seen
    return pair_history(known, known.pairs[pair.cohort, pair.id], site.today).owed_check_ins


def _describe_role(pair: Pair, id_: str) -> str:
    if pair.peers:
        return _("peer: each mentors the other")
    return _("mentor") if id_ == pair.mentor else _("mentee")


def _select_shown(site: Site, owed: tuple[OwedCheckIn, ...]) -> tuple[OwedCheckIn, ...]:
    """The check-ins to show: to the public only those that came, and never which were late."""
    if site.audience == "public":
        return tuple(a for a in owed if a.state in _GIVEN)
    return tuple(a for a in owed if a.state != "upcoming")


def _list_next_steps(here: Here, history: PairHistory, cohort: Cohort) -> Iterator[Markup]:
    site = here.site
    if history.pair.status not in ("active", "paused"):
        return
    yield from _list_next_check_ins(here, history.pair)
    if history.next_meeting:
        day = here.date_and_distance(history.next_meeting)
        yield Markdown(_("Next meeting: {date}")).format(date=day)
    for id_ in (history.pair.mentor, *history.pair.peers):
        mentor = site.seen.participants.get(id_ or "")
        if mentor and mentor.booking_url:
            link = here.external_link(_("Book a meeting"), mentor.booking_url)
            yield Markdown(_("{link} with {name}")).format(
                link=link, name=here.person_link(mentor.id)
            )
    for participant, plan in history.next_steps:
        yield Markdown(_("{name} plans: {plan}")).format(
            name=here.person_link(participant), plan=" ".join(plan.split())
        )
    ends = planned_end(cohort, history.pair)
    if ends and ends >= site.today:
        sentence = (
            _("The cohort ends on {date}")
            if ends == cohort.ends
            else _("The pair is planned until {date}")
        )
        yield Markdown(sentence).format(date=here.date_and_distance(ends))


def _list_next_check_ins(here: Here, pair: Pair) -> Iterator[Markup]:
    """The check-ins that are waited for, and the next one.

    The public is not told whose answer is missing. Of a pair that is paused nothing is waited for,
    and only coordinators know until when.
    """
    site = here.site
    if site.audience == "public" or (pair.status == "paused" and site.audience == "members"):
        return
    owed = [a for a in list_owed_check_ins(site, pair) if a.check_in is None]
    for answer in owed if pair.status != "paused" else ():
        if answer.state == "due" and answer.due <= site.today:
            yield Markdown(_("Waiting for the check-in of {name}, due {date}")).format(
                name=here.person_link(answer.participant) if answer.participant else _("either"),
                date=here.long_date(answer.due),
            )
    coming = [a.due for a in owed if a.due > site.today]
    if coming:
        day = here.date_and_distance(coming[0])
        yield Markdown(_("Next check-in: {date}")).format(date=day)


def _list_signals(site: Site, pair: Pair) -> list[object]:
    """The signals of the pair, for coordinators alone."""
    if site.audience != "coordinators":
        return []
    return list(find_pair_signals(site.whole, pair, site.today))


def summarize_pair(here: Here, pair: Pair) -> Markup:
    """A line about a pair, for lists: who they are, the status, and when they last met.

    To the public it says when they began, and not how they stand.
    """
    site = here.site
    if site.audience == "public":
        began = pair.started_on or site.seen.cohorts[pair.cohort].starts
        sentence = (
            _("{pair} · begins on {date}") if began > site.today else _("{pair} · since {date}")
        )
        return Markdown(sentence).format(pair=here.pair_link(pair), date=here.short_date(began))
    met = pair_history(site.seen, pair, site.today).meetings
    state = code_in_words(pair.status)
    if met and pair.status == "active":
        distance = relative_day(met[-1].on, site.today)
        state = _("{status}, last met {distance}").format(status=state, distance=distance)
    return Markdown("{} · {}").format(here.pair_link(pair), state)
