"""Why somebody is in no circle, and the smallest change that would help.

Each change that would help has a cost, which stands for how much it asks of people. The change
that costs the least is suggested.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import get_args

from peerloom.matching.circles.growing import CircleGrower, PossibleCircle
from peerloom.matching.circles.people import CirclePeople, SharedByCircle
from peerloom.matching.circles.topics import MOST_LEADERS, Topic, find_topic_key
from peerloom.matching.constraints import CONSTRAINTS
from peerloom.matching.explanation.why_unmatched import Barrier
from peerloom.model import Day, FreeTime
from peerloom.text.languages import language_name
from peerloom.text.phrases import count_noun, join_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import ngettext

# A person's hours change more easily than the size of a circle. Exclusions come last: people are
# not asked to take one back if anything else helps.
_COSTS = {"hours": 1, "language": 2, "leaders": 4}
_OTHER_TOPIC, _MORE_PEOPLE, _HIGHEST = 5, 3, 20
_COSTS_AT_ODDS = {"hours": 2, "language": 3, "apart": _HIGHEST}
# Circles that are looked at for one person and topic.
_MOST_SEEN = 200
_MAY_GROW = frozenset({"proposed", "active"})
_DAYS: tuple[Day, ...] = get_args(Day)
_BY_DAY = tuple(FreeTime(day=day, starts="08:00", ends="22:00") for day in _DAYS)
_ALWAYS = tuple(FreeTime(day=day, starts="00:00", ends="24:00") for day in _DAYS)

_Option = tuple[int, Barrier]


@dataclass(frozen=True, slots=True, kw_only=True)
class _OpenCircle:
    """A circle, proposed or standing, in which somebody else might have been."""

    name: str
    topics: frozenset[int]
    people: tuple[int, ...]
    leaders: int
    common: SharedByCircle
    has_room: bool


def find_barriers(
    people: CirclePeople,
    topics: Sequence[Topic],
    circles: Sequence[PossibleCircle],
    names: Sequence[str],
) -> dict[int, Barrier]:
    """For everybody who is in no circle, what keeps them out, by number."""
    placed = {n for circle in circles for n in circle.people}
    explainer = _Explainer(people, topics, circles, names, people.ready - placed)
    return people.not_ready | {n: explainer.explain(n) for n in sorted(people.ready - placed)}


class _Explainer:
    """Explains for those who are `left`, by number."""

    def __init__(
        self,
        people: CirclePeople,
        topics: Sequence[Topic],
        circles: Sequence[PossibleCircle],
        names: Sequence[str],
        left: frozenset[int],
    ) -> None:
        self._people, self._topics, self._left = people, topics, left
        self._what = "circle" if people.kind == "circle" else "group"
        self._open = [*self._list_standing(), *self._list_proposed(circles, names)]
        self._by_topic: dict[int, _Option] = {}
        self._hours: dict[tuple[str, tuple[int, ...]], str] = {}

    def explain(self, n: int) -> Barrier:
        """The barrier that keeps somebody out, with the cheapest change that would help."""
        topics = [t for t, topic in enumerate(self._topics) if n in topic.people]
        topics.sort(key=lambda t: -len(self._topics[t].people & self._left))
        suiting = self._find_suiting(n) if self._people.kind == "circle" else None
        change = "ask, and fill 'skills_wanted', 'skills_offered' or 'interests'"
        if suiting:
            change = (
                f"ask whether they would like to join '{suiting}', which has room and suits them"
            )
        if not topics:
            why = "they named nothing that others could share"
            return Barrier(id="no topic", why=why, change=change)
        options = [option for t in topics for option in self._find_options(n, t)]
        if suiting:
            why = "too few people are left for what they named"
            options.append((_OTHER_TOPIC, Barrier(id="no topic", why=why, change=change)))
        return min(options, key=lambda option: option[0])[1]

    def _find_options(self, n: int, t: int) -> Iterator[_Option]:
        """On a topic: the circle that is easiest to join, and a new one."""
        new_circle = self._by_topic.get(t) or self._explain_topic(t)
        self._by_topic[t] = new_circle
        is_member = n in self._topics[t].members
        circles = islice((c for c in self._open if t in c.topics), _MOST_SEEN)
        broken = [(circle, self._find_broken(circle, n, is_member=is_member)) for circle in circles]
        costs = _COSTS | {"full": new_circle[0]}
        if broken:
            circle, ids = min(broken, key=lambda b: sum(costs.get(id_, _HIGHEST) for id_ in b[1]))
            cost = sum(costs.get(id_, _HIGHEST) for id_ in ids)
            yield cost, self._explain_outside(circle, n, ids, new_circle[1])
        yield new_circle

    def _find_broken(self, circle: _OpenCircle, n: int, *, is_member: bool) -> list[str]:
        """Ids of everything that keeps somebody from joining a circle."""
        return [
            *self._people.find_broken(circle.common, n),
            *([] if circle.has_room else ["full"]),
            *([] if is_member or circle.leaders < MOST_LEADERS else ["leaders"]),
        ]

    def _explain_outside(
        self, circle: _OpenCircle, n: int, broken: Sequence[str], new_circle: Barrier
    ) -> Barrier:
        """What keeps somebody out of a circle."""
        name = circle.name
        if not broken:
            change = f"add them to '{name}', which has room and suits them"
            return Barrier(id="late", why=f"'{name}' was formed without them", change=change)
        languages = [language_name(tag) for tag in self._people.list_languages(circle.common)]
        known = {
            "hours": (f"no hour a week suits both them and all of '{name}'", ""),
            "language": (
                f"they do not speak {join_words(languages)}, as all of '{name}' do",
                "add it under 'languages', if they do",
            ),
            "full": (
                f"'{name}' is full with {count_noun(len(circle.people), 'person')}",
                new_circle.change,
            ),
            "leaders": (
                f"'{name}' has {MOST_LEADERS} people to lead it",
                "nothing: they are free for people who join late",
            ),
        }
        why, changes = [], []
        for id_ in broken:
            apart = f"they and somebody of '{name}' must not be in one {self._what}: {id_}"
            reason, change = known.get(id_, (apart, _how_to_lift(id_)))
            why.append(reason)
            changes.append(change or self._suggest_hour(circle, n))
        change = "; and ".join(dict.fromkeys(changes))
        return Barrier(id=broken[0], why=join_words(why), change=change)

    def _suggest_hour(self, circle: _OpenCircle, n: int) -> str:
        """When somebody would have to be free for a circle, in their own time."""
        person, calendar = self._people.people[n], self._people.data.calendar
        key = (calendar.zone_of(person), circle.people)
        if key not in self._hours:
            members = (self._people.people[m] for m in circle.people)
            stated = [member for member in members if member.availability]
            suggestion = _how_to_lift("hours")
            for free, sentence in (
                (_ALWAYS, "look for people who live nearer to them: it meets at {} ({})"),
                (_BY_DAY, "find an hour at {} ({})"),
            ):
                times = calendar.meeting_times((replace(person, availability=free), *stated), 1)
                if times:
                    suggestion = sentence.format(times[0].partition(" for ")[0], key[0])
            self._hours[key] = suggestion
        return self._hours[key]

    def _explain_topic(self, t: int) -> _Option:
        """Why those who are left for a topic make no circle of their own."""
        topic = self._topics[t]
        about = f"'{topic.name}'" if topic.key else "mentoring"
        left = topic.people & self._left
        leaders = len(left.intersection(topic.leaders))
        only = len(left & topic.only_leaders)
        usable = len(left) - only + min(MOST_LEADERS, only)
        needs_leader = topic.needs_leader and not leaders
        more = max(0, self._people.at_least - usable - needs_leader)
        if not (more or needs_leader):
            return self._explain_at_odds(t, f"those who are left for {about}")
        changes = []
        if more:
            changes.append(f"find {count_noun(more, 'more person')} for {about}")
        if needs_leader:
            changes.append(f"find a mentor who offers {about}")
        left_over = ngettext("{number} person is left for", "{number} people are left for", usable)
        who = f"{left_over.format(number=usable)} {about}"
        why = f"{who}, and nobody offers it"
        if more:
            why = f"{who}, and a {self._what} needs {self._people.at_least}"
        id_ = "too few" if more else "nobody to lead it"
        barrier = Barrier(id=id_, why=why, change="; and ".join(changes))
        return _MORE_PEOPLE + more + needs_leader, barrier

    def _explain_at_odds(self, t: int, those: str) -> _Option:
        """Enough people are left: what stands in the way among them."""
        least = self._people.at_least
        left = self._topics[t].people & self._left
        helps = (id_ for id_ in _COSTS_AT_ODDS if self._growers_without[id_].grow_best(t, left))
        id_ = next(helps, "")
        cost = _COSTS_AT_ODDS.get(id_, _HIGHEST)
        if id_ == "language":
            why = f"no {least} of {those} share a language"
        elif id_ == "apart":
            counts = Counter(kind for n in sorted(left) for kind in self._people.apart[n])
            id_ = counts.most_common(1)[0][0]
            why = f"too many of {those} must not be in one {self._what}: {id_}"
        else:
            why = f"no {least} of {those} share both an hour and a language"
            if id_ == "hours":
                why = f"no hour a week suits {least} of {those}"
            return cost, Barrier(id="hours", why=why, change=self._suggest_best_hour(left))
        return cost, Barrier(id=id_, why=why, change=_how_to_lift(id_))

    @cached_property
    def _growers_without(self) -> dict[str, CircleGrower]:
        """Circle growers that each ignore one constraint, by its id."""
        ids = _COSTS_AT_ODDS
        return {id_: CircleGrower(self._people.lift_constraint(id_), self._topics) for id_ in ids}

    def _suggest_best_hour(self, left: frozenset[int]) -> str:
        people = (self._people.people[n] for n in sorted(left))
        stated = [person for person in people if person.availability]
        times = list(self._people.data.calendar.busiest_times(stated, 1))
        return f"find an hour: {times[0]}" if times else _how_to_lift("hours")

    def _find_suiting(self, n: int) -> str | None:
        """The name of a circle, on whatever topic, that has room and suits somebody otherwise."""
        circles = islice(self._open, _MOST_SEEN)
        suiting = (c.name for c in circles if c.has_room and self._people.count_starts(c.common, n))
        return next(suiting, None)

    def _list_proposed(
        self, circles: Sequence[PossibleCircle], names: Sequence[str]
    ) -> Iterator[_OpenCircle]:
        for circle, name in zip(circles, names, strict=True):
            topic = self._topics[circle.topic]
            yield _OpenCircle(
                name=name,
                topics=frozenset({circle.topic}),
                people=tuple(circle.people),
                leaders=len(topic.choose_leaders(circle.people)) if topic.needs_leader else 0,
                common=circle.common,
                has_room=len(circle.people) < self._people.at_most,
            )

    def _list_standing(self) -> Iterator[_OpenCircle]:
        """Circles of the cohort that exist already, with those of their people who take part."""
        applicants = self._people.data.applicants
        numbers = {person.id: n for n, person in enumerate(self._people.people)}
        by_key = {topic.key: t for t, topic in enumerate(self._topics)}
        circles = applicants.program.circles_of(applicants.cohort.id)
        for circle in sorted(circles, key=lambda circle: circle.id):
            here = tuple(numbers[who] for who in circle.people if who in numbers)
            if circle.kind == self._people.kind and circle.status in _MAY_GROW and here:
                texts = (circle.topic or "", circle.name)
                keys = {find_topic_key(applicants.program, text) for text in texts}
                if circle.kind == "supervision":
                    keys = {None}
                yield _OpenCircle(
                    name=circle.name,
                    topics=frozenset(by_key[key] for key in keys if key in by_key),
                    people=here,
                    leaders=len(circle.facilitators),
                    common=self._people.find_common(here),
                    has_room=len(circle.people) < self._people.at_most,
                )


def _how_to_lift(id_: str) -> str:
    """A sentence on what would lift a constraint."""
    return next((_(c.how_to_lift) for c in CONSTRAINTS if c.id == id_), _("ask them"))
