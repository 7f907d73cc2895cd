"""Constraint `past-partner`: the two were not a pair before."""

from collections.abc import Iterable

from peerloom.matching.constraints.constraint import PairConstraint
from peerloom.schedule import STATUSES_TAKING_TIME
from peerloom.text.translation import mark


class PastPartner(PairConstraint):
    """No pair of theirs is over: in this cohort whatever they ask, elsewhere unless both ask."""

    id = "past-partner"
    sentence = mark(
        "The two were not a pair before, unless both name each other under 'preferred'; and no "
        "pair of theirs in this cohort is over."
    )
    how_to_lift = mark(
        "set back the status of their pair here; for one elsewhere, both name the other"
    )
    label = mark("a pair before")

    def find_pairs(self) -> Iterable[tuple[str, str]]:
        """The people of pairs that are over, or were in other cohorts."""
        applicants = self.data.applicants
        people = applicants.program.participants
        for pair in applicants.program.pairs.values():
            is_here = pair.cohort == applicants.cohort.id
            if len(pair.people) != 2 or (is_here and pair.id in applicants.ignored_pairs):
                continue
            one, other = (people.get(id_) for id_ in pair.people)
            both_ask = one and other and other.id in one.preferred and one.id in other.preferred
            was_here = is_here and pair.status not in STATUSES_TAKING_TIME
            was_elsewhere = not is_here and pair.status != "proposed" and not both_ask
            if was_here or was_elsewhere:
                yield pair.people[0], pair.people[1]
