"""Why two fit, in sentences: for coordinators, and one that the two read themselves."""

from collections.abc import Iterator

import numpy as np
from babel import Locale, UnknownLocaleError

from peerloom.matching.market import ints
from peerloom.matching.pool import Seeker
from peerloom.matching.proposal import Fit, Matched, Proposal
from peerloom.tongues import tongues

# How many weekly times a proposal names.
TIMES = 3
# Words this near are worth a word, and what somebody speaks of where it is this near.
_NEAR, _SPOKEN_NEAR = 0.33, 0.5
_MOST_NAMED = 4
_LONGEST = 160


def reasons(proposal: Proposal, match: Matched) -> list[str]:
    """Why a match is proposed, for coordinators, the strongest reason first."""
    found = [match.why[0].upper() + match.why[1:]] if match.why else []
    found += of_fit(proposal, match.fit)
    if match.back is not None:
        found += of_fit(proposal, match.back)
    return list(dict.fromkeys([*found, *_rank(proposal, match)]))


def of_fit(proposal: Proposal, fit: Fit, *, for_members: bool = False) -> list[str]:
    """What speaks for two, and last what is not known of them.

    Whom the two named, only coordinators read.
    """
    said = (
        () if for_members else _preferred(proposal, fit),
        _skills(proposal, fit),
        _goals(proposal, fit),
        _hours(proposal, fit),
        _languages(proposal, fit),
        _places(proposal, fit),
        _experience(proposal, fit),
        _unknown(proposal, fit),
    )
    return [sentence for sentences in said for sentence in sentences]


def summary(proposal: Proposal, match: Matched) -> str:
    """Why the two fit, as they read it themselves: nothing that only coordinators may know."""
    fits = [match.fit] if match.back is None else [match.fit, match.back]
    said = [
        sentence
        for fit in fits
        for sentences in (_skills(proposal, fit), _goals(proposal, fit), _languages(proposal, fit))
        for sentence in sentences
    ]
    if not said:
        mentor, mentees = _names(proposal, match.fit)
        said = [f"{mentor} has a place for {mentees}; what the two share is theirs to find out"]
    return ". ".join(s[0].upper() + s[1:] for s in said) + "."


def times(proposal: Proposal, match: Matched) -> tuple[str, ...]:
    """Weekly times that suit all of a match, in the local time of each."""
    seekers = proposal.pool.seekers[match.fit.seeker].people
    mentor = proposal.pool.mentors[match.fit.mentor].person
    people = tuple({p.id: p for p in (*seekers, mentor)}.values())
    return proposal.scorer.calendar.meetings(people, TIMES)


def hours(proposal: Proposal, fit: Fit) -> float | None:
    """Hours a week that two share, in the week with the least; nothing where it is not known."""
    shared, known = proposal.scorer.held.hours(ints([fit.seeker]), ints([fit.mentor]))
    return float(shared[0]) if known[0] else None


def _names(proposal: Proposal, fit: Fit) -> tuple[str, str]:
    return proposal.pool.mentors[fit.mentor].person.name, team_name(
        proposal.pool.seekers[fit.seeker]
    )


def team_name(seeker: Seeker) -> str:
    """The names of a mentee, or of all of a team."""
    return listed([person.name for person in seeker.people])


def listed(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([*([", ".join(words[:-1])] if len(words) > 1 else []), *words[-1:]])


def _skills(proposal: Proposal, fit: Fit) -> Iterator[str]:
    profiles = proposal.scorer.profiles
    wants, offers = profiles.wants.of(fit.seeker), profiles.offers.of(fit.mentor)
    if not (len(wants) and len(offers)):
        return
    near = profiles.near_wants(wants)[:, offers]
    wanted: list[str] = []
    offered: list[str] = []
    for n in sorted(range(len(wants)), key=lambda n: (-near[n].max(), n)):
        if near[n].max() >= _NEAR and len(wanted) < _MOST_NAMED:
            best = int(offers[near[n].argmax()])
            level = profiles.offers.levels[best]
            what = shortened(profiles.offers.shown[best])
            wanted.append(profiles.wants.shown[int(wants[n])])
            offered.append(f"{what} ({level})" if level else what)
    if wanted:
        mentor, mentees = _names(proposal, fit)
        seeker = proposal.pool.seekers[fit.seeker].people
        is_wanted = profiles.is_wanted(seeker, wanted)
        verb = (
            ("wants" if is_wanted else "speaks of")
            if len(seeker) == 1
            else ("want" if is_wanted else "speak of")
        )
        yield (
            f"{mentor} offers {listed(list(dict.fromkeys(offered)))}; "
            f"{mentees} {verb} {listed([shortened(text) for text in dict.fromkeys(wanted)])}"
        )


def _goals(proposal: Proposal, fit: Fit) -> Iterator[str]:
    """What the mentor speaks of that is nearest, unless it stands among the skills already."""
    if fit.parts.get("goals", 0) < _SPOKEN_NEAR:
        return
    speaks = proposal.scorer.profiles.speaks
    own = speaks.of(fit.mentor)
    near = proposal.scorer.profiles.near_each(np.full(len(own), fit.seeker), own)
    nearest = speaks.shown[int(own[near.argmax()])]
    if not any(nearest in sentence for sentence in _skills(proposal, fit)):
        mentor, mentees = _names(proposal, fit)
        yield (f"{mentor} speaks of “{shortened(nearest)}”, which is near to what {mentees} wrote")


def _hours(proposal: Proposal, fit: Fit) -> Iterator[str]:
    people = (*proposal.pool.seekers[fit.seeker].people, proposal.pool.mentors[fit.mentor].person)
    shared = hours(proposal, fit) if all(person.availability for person in people) else None
    who = "Both" if len(proposal.pool.seekers[fit.seeker].people) == 1 else "All"
    if shared == 0:
        yield f"There is no time at which {who.lower()} are free in every week"
    elif shared is not None:
        hours_ = "1 hour" if shared == 1 else f"{number(shared)} hours"
        yield f"{who} are free at the same time for {hours_} in every week"


def _unknown(proposal: Proposal, fit: Fit) -> Iterator[str]:
    mentor = proposal.pool.mentors[fit.mentor].person
    people = (*proposal.pool.seekers[fit.seeker].people, mentor)
    silent = [person.name for person in people if not person.availability]
    if silent:
        yield f"When {listed(silent)} can meet is not known: ask before you merge"


def number(value: float) -> str:
    """A number as people write it: `4`, `4.5`."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _languages(proposal: Proposal, fit: Fit) -> Iterator[str]:
    seeker = proposal.pool.seekers[fit.seeker].people
    mentor = proposal.pool.mentors[fit.mentor].person
    theirs = [tongues(person.languages) for person in seeker]
    shared = [tag for tag in tongues(mentor.languages) if all(tag in each for each in theirs)]
    if shared:
        yield (
            f"They all speak {listed([language(t) for t in shared])}"
            if len(seeker) > 1
            else f"Both speak {listed([language(t) for t in shared])}"
        )


def language(tag: str) -> str:
    """The English name of a language; its tag where there is none."""
    try:
        return Locale("en").languages.get(tag) or tag
    except UnknownLocaleError:
        return tag


def _places(proposal: Proposal, fit: Fit) -> Iterator[str]:
    if fit.parts.get("closeness", 0) >= 1 and len(proposal.pool.seekers[fit.seeker].people) == 1:
        mentor, mentees = _names(proposal, fit)
        yield f"{mentor} and {mentees} live in the same part of the world"


def _experience(proposal: Proposal, fit: Fit) -> Iterator[str]:
    mentor = proposal.pool.mentors[fit.mentor].person
    theirs = [p.experience_years for p in proposal.pool.seekers[fit.seeker].people]
    known = [years for years in theirs if years is not None]
    if mentor.experience_years is not None and known and mentor.experience_years > max(known):
        years = mentor.experience_years - max(known)
        yield f"{mentor.name} has {years} more year{'' if years == 1 else 's'} of experience"


def _preferred(proposal: Proposal, fit: Fit) -> Iterator[str]:
    seeker = proposal.pool.seekers[fit.seeker].people
    mentor = proposal.pool.mentors[fit.mentor].person
    for person in seeker:
        if mentor.id in person.preferred:
            yield f"{person.name} named {mentor.name} {_place(person.preferred, mentor.id)}"
        if person.id in mentor.preferred:
            yield f"{mentor.name} named {person.name} {_place(mentor.preferred, person.id)}"


def _place(names: tuple[str, ...], id_: str) -> str:
    rank = names.index(id_) + 1
    return {1: "first", 2: "second", 3: "third"}.get(rank, f"in place {rank}")


def _rank(proposal: Proposal, match: Matched) -> Iterator[str]:
    """How near the match comes to the best that the mentee could have, and who that would be."""
    if match.why or match.back is not None:
        return
    mentees = team_name(proposal.pool.seekers[match.fit.seeker])
    others = [o for o in proposal.nearest(match.fit.seeker, 2) if o[0] != match.fit.mentor]
    if not others:
        yield f"The only one with a place for {mentees}"
        return
    name, score = proposal.pool.mentors[others[0][0]].person.name, others[0][1]
    if score > match.fit.score:
        share = f"{match.share:.0%}".replace("%", " %")
        yield f"{share} of the best that {mentees} could have, {score:.2f} with {name}"
    else:
        yield f"The best with a place for {mentees}; the next best is {name} with {score:.2f}"


def shortened(text: str) -> str:
    """A text on one line, its end left out where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
