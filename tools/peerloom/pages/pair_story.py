"""The story of a pair in pictures and words: its timeline, and how the two rated it."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from peerloom.model import Cohort, Meeting, Pair
from peerloom.pages import charts
from peerloom.pages.charts import Point
from peerloom.pages.rendering import Here, Site
from peerloom.progress.owed_check_ins import CheckInState, OwedCheckIn
from peerloom.progress.ratings import RatingPoint
from peerloom.schedule import planned_end
from peerloom.text.dates import long_date, relative_day, short_date
from peerloom.text.escaping.markdown import Markdown
from peerloom.text.names import first_name
from peerloom.text.phrases import count_noun, count_times, describe_length
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_OUTCOMES: dict[CheckInState, str] = {
    "on_time": mark("answered on time"),
    "late": mark("answered late"),
    "answered": mark("answered on an unknown day"),
    "overdue": mark("no answer"),
}
# The most letters of a name that fit beside a row of the timeline.
_LONGEST_LABEL = 9


def describe_outcome(site: Site, answer: OwedCheckIn) -> str:
    """What became of an owed check-in: `answered on time, 12 Feb`, `due in 5 days`."""
    if site.audience == "public":
        return _("answered")
    if answer.state in ("due", "upcoming"):
        due = _("was due {distance}") if answer.due < site.today else _("due {distance}")
        return due.format(distance=relative_day(answer.due, site.today))
    outcome = _(_OUTCOMES[answer.state])
    if answer.check_in is None:
        return outcome
    received = site.whole.received_on(answer.check_in)
    if received is None:
        day = short_date(answer.check_in.answered_on, site.today)
        return _("{outcome}; they say {date}").format(outcome=outcome, date=day)
    day = short_date(received, site.today)
    return _("{outcome}, {date}").format(outcome=outcome, date=day)


def draw_pair_timeline(
    here: Here, pair: Pair, cohort: Cohort, met: tuple[Meeting, ...], owed: tuple[OwedCheckIn, ...]
) -> Markup | None:
    """The meetings and check-ins of a pair on a line; None where there are neither."""
    if not met and not owed:
        return None
    site, today = here.site, here.site.today
    meetings = [
        Point(m.on, "meeting", _("met on {date}").format(date=long_date(m.on, today))) for m in met
    ]
    rows = [(_("Meetings"), meetings)]
    for who in dict.fromkeys(a.participant for a in owed):
        name = first_name(here.person_name(who), _LONGEST_LABEL) if who else _("Check-ins")
        points = [_point_of_check_in(site, a) for a in owed if a.participant == who]
        rows.append((name, points))
    starts = pair.started_on or cohort.starts
    ends = pair.ended_on or planned_end(cohort, pair) or today
    days = [m.on for m in met] + [a.due for a in owed]
    title = _("Meetings and check-ins, in the order of their dates")
    return charts.draw_timeline(title, rows, min([starts, *days]), max([ends, *days]), today)


def _point_of_check_in(site: Site, owed: OwedCheckIn) -> Point:
    """A check-in on the timeline; to the public each is a check-in that came, and no more."""
    day = long_date(owed.due, site.today)
    if site.audience == "public":
        return Point(owed.due, "on_time", _("check-in of {date}").format(date=day))
    label = _("check-in of {date}: {outcome}")
    return Point(owed.due, owed.state, label.format(date=day, outcome=describe_outcome(site, owed)))


def summarize_progress(met: tuple[Meeting, ...], owed: tuple[OwedCheckIn, ...]) -> str:
    """How often and how long the two have met, and how many check-ins they have answered."""
    known = [m.minutes for m in met if m.minutes]
    if not met:
        sentence = _("So far the two have not met and have answered {check_ins}.")
    elif not known:
        sentence = _("So far the two have met {times} and answered {check_ins}.")
    elif len(known) == len(met):
        sentence = _(
            "So far the two have met {times} for {length} together and answered {check_ins}."
        )
    else:
        sentence = _(
            "So far the two have met {times} for at least {length} together "
            "and answered {check_ins}."
        )
    return sentence.format(
        times=count_times(len(met)),
        length=describe_length(sum(known)),
        check_ins=count_noun(sum(a.check_in is not None for a in owed), "check-in"),
    )


def explain_timeline(site: Site, owed: tuple[OwedCheckIn, ...]) -> Markup:
    """The legend of the timeline, which names only shapes that can be in it."""
    if site.audience == "public":
        return Markdown(_("A dot is a meeting, a square a check-in."))
    legend = _(
        "A dot is a meeting. A full square is a check-in on time, a half-full one came late, an "
        "empty one is due; a cross is one that nobody answered."
    )
    if any(answer.state == "answered" for answer in owed):
        legend += " " + _("A diamond is a check-in that came on an unknown day.")
    return Markdown(legend)


@dataclass(frozen=True, slots=True)
class RatingLine:
    """One person's ratings: the newest in words, and all of them as a picture."""

    participant: str
    what: str
    text: str
    picture: Markup


def draw_ratings(points: tuple[RatingPoint, ...]) -> Iterator[RatingLine]:
    """For each person and each of the two ratings, the latest in words and all as a line."""
    for who in dict.fromkeys(point.participant for point in points):
        for what, pick in ((_("useful"), "useful"), (_("getting on"), "relationship")):
            values = [
                (p.due, value)
                for p in points
                if p.participant == who and (value := getattr(p, pick)) is not None
            ]
            if values:
                text = _("{rating} of 5 most recently, {answers}").format(
                    rating=values[-1][1], answers=count_noun(len(values), "answer")
                )
                chart = charts.draw_line(_("{what}, 1 to 5").format(what=what), values, 1, 5)
                yield RatingLine(who, what, text, chart)
