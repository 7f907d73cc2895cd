"""Drafts of groups as the groups to propose: names, times, and why they are together."""

from collections import Counter
from collections.abc import Iterator, Sequence

from peerloom.matching.groups.drafts import Draft
from peerloom.matching.groups.together import Together
from peerloom.matching.groups.topics import Topic
from peerloom.matching.groups.values import Group
from peerloom.matching.pool import Pool
from peerloom.matching.reasons import language, listed, number
from peerloom.model import CircleKind
from peerloom.slugs import slug

# How many weekly times a proposal names.
_TIMES = 3
# Words of a topic: the word "circle" and a number must fit too, into 200 characters and 80.
_LONGEST_TOPIC, _LONGEST_ID = 180, 60
_OF_MENTORS = "Mentors help each other: one brings a situation, the others ask before they advise."


def groups_of(
    pool: Pool,
    kind: CircleKind,
    together: Together,
    topics: Sequence[Topic],
    drafts: Sequence[Draft],
    experience: Sequence[float],
) -> tuple[Group, ...]:
    """The group of each draft."""
    names = _Names(pool)
    mean = _mean(experience, [n for draft in drafts for n in draft.people])
    found = []
    for draft in drafts:
        topic = topics[draft.topic]
        leads = draft.leads or [max(draft.members, key=lambda n: (experience[n], -n))]
        members = sorted(n for n in draft.people if n not in leads)
        id_, name = names.free(topic.name if kind == "circle" else None)
        own = _mean(experience, draft.people)
        times = _times(together, [*leads, *members])
        reasons = [*_about(together, topic, draft)] if kind == "circle" else []
        if own is not None and mean is not None:
            reasons.append(
                f"experience is {number(own)} on average, and {number(mean)} in all groups: "
                "years, or else how many somebody mentored before"
            )
        reasons += _among(together, draft, times)
        found.append(
            Group(
                id=id_,
                kind=kind,
                name=name,
                topic=topic.name,
                summary=_summary(topic) if kind == "circle" else _OF_MENTORS,
                facilitators=tuple(together.people[n].id for n in leads),
                members=tuple(together.people[n].id for n in members),
                times=times,
                reasons=tuple(reasons),
                experience=None if own is None else round(own, 4),
            )
        )
    return tuple(found)


class _Names:
    """Ids that no circle has, and the names that go with them."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._next: Counter[str] = Counter()

    def free(self, topic: str | None) -> tuple[str, str]:
        """An id and a name; the first of a topic has no number."""
        cut = (topic or "")[:_LONGEST_TOPIC].strip()
        words = slug(cut)[:_LONGEST_ID].strip("-")
        wished = "supervision" if topic is None else f"{words}-circle".lstrip("-")
        name = "Supervision group" if topic is None else f"{cut[:1].upper()}{cut[1:]} circle"
        while True:
            self._next[wished] += 1
            count = self._next[wished]
            id_ = wished if count == 1 and topic is not None else f"{wished}-{count}"
            if not self._is_taken(id_):
                return id_, name if id_ == wished else f"{name} {count}"

    def _is_taken(self, id_: str) -> bool:
        program, cohort = self._pool.program, self._pool.cohort.id
        path = f"content/circles/{cohort}/{id_}.yml"
        return (cohort, id_) in program.circles or program.exists(path)


def _mean(experience: Sequence[float], people: Sequence[int]) -> float | None:
    if not (experience and people):
        return None
    return sum(experience[n] for n in people) / len(people)


def _times(together: Together, numbers: Sequence[int]) -> tuple[str, ...]:
    """Weekly times that suit all who said when they are free.

    They stay the same all along for the first; where there are none, for one of the others.
    """
    people = [together.people[n] for n in numbers if together.said[n]]
    if len(people) < 2:
        return ()
    for n, person in enumerate(people):
        times = together.calendar.meetings((person, *people[:n], *people[n + 1 :]), _TIMES)
        if times:
            return times
    return ()


def _about(together: Together, topic: Topic, draft: Draft) -> Iterator[str]:
    """What the members share, and who holds the circle."""
    wanted = [n for n in sorted(draft.members) if n in topic.wanted]
    liked = [n for n in sorted(draft.members) if n not in topic.wanted]
    if wanted:
        yield f"{listed(_called(together, wanted))} {_one(wanted, 'wants', 'want')} to learn it"
    if liked:
        are = _one(liked, "is", "are")
        yield f"{listed(_called(together, liked))} {are} interested in it"
    leads = listed(_called(together, draft.leads))
    if set(draft.leads) <= topic.offered:
        yield f"{leads} {_one(draft.leads, 'offers', 'offer')} it"
    else:
        yield f"{leads} {_one(draft.leads, 'mentors and is', 'mentor and are')} interested in it"


def _among(together: Together, draft: Draft, times: Sequence[str]) -> Iterator[str]:
    """What all of a group have in common, and what is not known."""
    yield f"all speak {listed([language(tag) for tag in together.spoken(draft.common)])}"
    silent = sorted(n for n in draft.people if not together.said[n])
    said = len(draft.people) - len(silent)
    if said > 1 and not times:
        yield "an hour suits all in every week, but not the same hour: it moves with the clocks"
    if silent:
        who = listed(_called(together, silent))
        yield f"{who} did not say when they are free: ask before you settle on a time"


def _summary(topic: Topic) -> str:
    """What the circle is, for everybody."""
    if not topic.wanted:
        return f"For those who share an interest in {topic.name}."
    return f"For those who want to learn about {topic.name}, with somebody who offers it."


def _called(together: Together, numbers: Sequence[int]) -> list[str]:
    return [together.people[n].name for n in numbers]


def _one(people: Sequence[int], one: str, many: str) -> str:
    return one if len(people) == 1 else many
