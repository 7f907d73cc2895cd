"""Which circles to propose for a cohort: their names, times, and why their people are together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from peerloom.matching.applicants import find_applicants
from peerloom.matching.circles.explanation import find_barriers
from peerloom.matching.circles.growing import PossibleCircle
from peerloom.matching.circles.people import CirclePeople, find_away, find_circle_people
from peerloom.matching.circles.solver import CircleSolver
from peerloom.matching.circles.topics import Topic, find_topics
from peerloom.matching.explanation.why_unmatched import Barrier, Unmatched, explain_break
from peerloom.model import CircleKind, Cohort
from peerloom.records import Program
from peerloom.slugs import slug
from peerloom.text.languages import language_name
from peerloom.text.numbers import plain_number
from peerloom.text.phrases import join_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark, ngettext

# How many weekly times a proposal names.
_TIMES = 3
# The word "circle" and a number must fit too, into 200 characters of a name and 80 of an id.
_LONGEST_TOPIC, _LONGEST_ID = 180, 60
_SUPERVISION_TOPIC = mark("What is hard in mentoring, and what helps")
_SUPERVISION_SUMMARY = mark(
    "Mentors help each other: one brings a situation, the others ask before they advise."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedCircle:
    """A circle or supervision group to propose; people by id, `members` without facilitators.

    `times` are weekly, in the local time of each; `reasons` are for coordinators, `summary` is
    for everybody. `experience` is the mean of a supervision group.
    """

    id: str
    kind: CircleKind
    name: str
    topic: str
    summary: str
    facilitators: tuple[str, ...]
    members: tuple[str, ...]
    times: tuple[str, ...]
    reasons: tuple[str, ...]
    experience: float | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody in it, facilitators first."""
        return self.facilitators + self.members


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleProposal:
    """Circles of a kind of `at_least` to `at_most` people, and everybody who is in none.

    `names` are those of all of them, by id.
    """

    cohort: str
    kind: CircleKind
    at_least: int
    at_most: int
    circles: tuple[ProposedCircle, ...]
    unplaced: tuple[Unmatched, ...]
    names: dict[str, str]

    @property
    def placed(self) -> int:
        """How many people are in a proposed circle."""
        return sum(len(circle.people) for circle in self.circles)


def propose_circles(
    program: Program, cohort: Cohort, today: date, *, at_least: int = 4, at_most: int = 8
) -> CircleProposal:
    """Circles around a topic for those of a cohort who are in none.

    One or two who offer the topic, and mentor, lead each. All of a circle are free in one hour of
    every week, share a language, and nothing keeps two of them apart. Raises `ValueError` where
    no size is possible.
    """
    applicants = find_applicants(program, cohort, today)
    people = find_circle_people(applicants, "circle", at_least, at_most)
    return _make_proposal(people, find_topics(people))


def propose_supervision_groups(
    program: Program, cohort: Cohort, today: date, *, at_least: int = 4, at_most: int = 8
) -> CircleProposal:
    """Groups in which those who mentor in a cohort support each other.

    What must hold is as for circles; beside it, experience is about the same in each: years where
    somebody stated them, or else how many pairs they mentored before. The most experienced leads.
    Raises `ValueError` where no size is possible.
    """
    applicants = find_applicants(program, cohort, today)
    people = find_circle_people(applicants, "supervision", at_least, at_most)
    experience = [_years_of_experience(people, n) for n in range(len(people.people))]
    hours = [min(starts.bit_count() for starts in one.hours) for one in people.alone]
    topic = Topic(
        key=None,
        name=_(_SUPERVISION_TOPIC),
        members=tuple(sorted(people.ready, key=lambda n: (hours[n], people.waited[n], n))),
        leaders=tuple(sorted(people.ready, key=lambda n: (-experience[n], n))),
        needs_leader=False,
    )
    return _make_proposal(people, [topic], experience)


def _years_of_experience(people: CirclePeople, n: int) -> float:
    """The years that a person stated, or else in how many earlier pairs they mentored."""
    person, applicants = people.people[n], people.data.applicants
    if person.experience_years is not None:
        return person.experience_years
    cohorts, starts = applicants.program.cohorts, applicants.cohort.starts
    return sum(
        person.id in (pair.mentor, *pair.peers)
        and pair.status != "proposed"
        and pair.cohort in cohorts
        and cohorts[pair.cohort].starts < starts
        for pair in applicants.program.pairs_with(person.id)
    )


def _make_proposal(
    people: CirclePeople, topics: Sequence[Topic], experience: Sequence[float] = ()
) -> CircleProposal:
    circles = CircleSolver(people, topics, experience).solve()
    proposed = tuple(_describe_circles(people, topics, circles, experience))
    barriers = find_barriers(people, topics, circles, [circle.name for circle in proposed])
    return CircleProposal(
        cohort=people.data.applicants.cohort.id,
        kind=people.kind,
        at_least=people.at_least,
        at_most=people.at_most,
        circles=proposed,
        unplaced=tuple(sorted(_list_unplaced(people, barriers), key=lambda one: one.id)),
        names={people.people[n].id: people.people[n].name for n in people.free},
    )


def _list_unplaced(people: CirclePeople, barriers: Mapping[int, Barrier]) -> Iterator[Unmatched]:
    """Everybody whom a barrier keeps out, by number, and everybody who takes a break."""
    kept_out = [(people.people[n], people.roles[n], barrier) for n, barrier in barriers.items()]
    applicants = people.data.applicants
    away = find_away(applicants, people.kind).values()
    kept_out += [(one, role, explain_break(one, applicants.begins_on)) for one, role in away]
    for person, role, barrier in kept_out:
        yield Unmatched(id=person.id, name=person.name, role=role, barrier=barrier)


def _describe_circles(
    people: CirclePeople,
    topics: Sequence[Topic],
    circles: Sequence[PossibleCircle],
    experience: Sequence[float],
) -> Iterator[ProposedCircle]:
    names = _CircleNames(people)
    placed = [experience[n] for circle in circles for n in circle.people if experience]
    for circle in circles:
        topic = topics[circle.topic]
        leaders = topic.choose_leaders(circle.people)
        members = sorted(n for n in circle.people if n not in leaders)
        id_, name = names.pick(topic.name if topic.key else None)
        times = _find_times(people, [*leaders, *members])
        own = fmean(experience[n] for n in circle.people) if experience else None
        reasons = _explain_topic(people, topic, leaders, members)
        if own is not None:
            reasons = _explain_experience(own, fmean(placed))
        yield ProposedCircle(
            id=id_,
            kind=people.kind,
            name=name,
            topic=topic.name,
            summary=_summarize(topic),
            facilitators=tuple(people.people[n].id for n in leaders),
            members=tuple(people.people[n].id for n in members),
            times=times,
            reasons=(*reasons, *_explain_meeting(people, circle, times)),
            experience=None if own is None else round(own, 4),
        )


def _summarize(topic: Topic) -> str:
    """What a circle is for, as everybody may read it."""
    if topic.key is None:
        return _(_SUPERVISION_SUMMARY)
    if topic.wanted:
        learning = _("For those who want to learn about {topic}, with somebody who offers it.")
        return learning.format(topic=topic.name)
    return _("For those who share an interest in {topic}.").format(topic=topic.name)


class _CircleNames:
    """Ids that no circle has, and the names that go with them."""

    def __init__(self, people: CirclePeople) -> None:
        self._program = people.data.applicants.program
        self._cohort = people.data.applicants.cohort.id
        self._counts: Counter[str] = Counter()

    def pick(self, topic: str | None) -> tuple[str, str]:
        """An id and a name; the first of a topic has no number."""
        cut = (topic or "")[:_LONGEST_TOPIC].strip()
        words = slug(cut)[:_LONGEST_ID].strip("-")
        wished = "supervision" if topic is None else f"{words}-circle".lstrip("-")
        name = _("Supervision group")
        if topic is not None:
            name = _("{topic} circle").format(topic=f"{cut[:1].upper()}{cut[1:]}")
        while True:
            self._counts[wished] += 1
            count = self._counts[wished]
            id_ = wished if count == 1 and topic is not None else f"{wished}-{count}"
            path = f"content/circles/{self._cohort}/{id_}.yml"
            is_known = (self._cohort, id_) in self._program.circles
            if not (is_known or self._program.exists(path)):
                return id_, name if id_ == wished else f"{name} {count}"


def _find_times(people: CirclePeople, numbers: Sequence[int]) -> tuple[str, ...]:
    """Weekly times that suit all who stated when they are free.

    They stay the same all the time for the first person or, failing that, for one of the others.
    """
    stated = [people.people[n] for n in numbers if people.people[n].availability]
    for n, person in enumerate(stated) if len(stated) > 1 else ():
        others = (*stated[:n], *stated[n + 1 :])
        times = people.data.calendar.meeting_times((person, *others), _TIMES)
        if times:
            return times
    return ()


def _explain_topic(
    people: CirclePeople, topic: Topic, leaders: Sequence[int], members: Sequence[int]
) -> Iterator[str]:
    """What the members share, and who leads the circle."""
    wanted = [people.people[n].name for n in members if n in topic.wanted]
    liked = [people.people[n].name for n in members if n not in topic.wanted]
    names = [people.people[n].name for n in leaders]
    if wanted:
        yield ngettext("{names} wants to learn it", "{names} want to learn it", len(wanted)).format(
            names=join_words(wanted)
        )
    if liked:
        yield ngettext(
            "{names} is interested in it", "{names} are interested in it", len(liked)
        ).format(names=join_words(liked))
    if set(leaders) <= topic.offered:
        lead = ngettext("{names} offers it", "{names} offer it", len(names))
    else:
        lead = ngettext(
            "{names} mentors and is interested in it",
            "{names} mentor and are interested in it",
            len(names),
        )
    yield lead.format(names=join_words(names))


def _explain_experience(own: float, mean: float) -> Iterator[str]:
    """How a supervision group compares with all of them."""
    yield _(
        "experience is {own} on average, and {mean} in all "
        "groups: years, or else how many somebody mentored before"
    ).format(own=plain_number(own), mean=plain_number(mean))


def _explain_meeting(
    people: CirclePeople, circle: PossibleCircle, times: Sequence[str]
) -> Iterator[str]:
    """What all of a circle have in common, and what is not known."""
    languages = [language_name(tag) for tag in people.list_languages(circle.common)]
    yield _("all speak {languages}").format(languages=join_words(languages))
    everybody = [people.people[n] for n in sorted(circle.people)]
    silent = [person.name for person in everybody if not person.availability]
    if len(everybody) - len(silent) > 1 and not times:
        yield _("an hour suits all in every week, but not the same hour: it moves with the clocks")
    if silent:
        unknown = _("{names} did not say when they are free: ask before you settle on a time")
        yield unknown.format(names=join_words(silent))
