"""Who could be matched with whom, as the numbers from which an assignment is computed."""

from dataclasses import dataclass, replace

import numpy as np

from peerloom.matching.arrays import Bools, Ints

# The number given for an option's mentor or peer if it has none.
NO_NUMBER = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentProblem:
    """Seekers who need one mentor each, mentors with places, and the options between them.

    By seeker: `sizes` counts its people, `seeker_ranks` ranks from 0 how long it waited. By
    mentor: `places`, and `mentor_ranks`. By option: `seeker` and `mentor`, or for two peers who
    would mentor each other `seeker` and `peer`, where `mentor` is `NO_NUMBER`; `value` is the score
    for the seeker and `peer_value` that for the peer, in `UNIT`s. `open_roles` lists who may
    become mentor or mentee but not both: their number as a seeker and as a mentor.
    """

    sizes: Ints
    seeker_ranks: Ints
    places: Ints
    mentor_ranks: Ints
    seeker: Ints
    mentor: Ints
    peer: Ints
    value: Ints
    peer_value: Ints
    open_roles: tuple[tuple[int, int], ...] = ()

    @property
    def has_fixed_roles(self) -> bool:
        """Whether everybody is either a mentor or a mentee."""
        return not self.open_roles and not bool((self.peer != NO_NUMBER).any())

    def best_values(self) -> Ints:
        """The value of each seeker's best option; 0 where there is none."""
        best = np.zeros(len(self.sizes), dtype=np.int64)
        np.maximum.at(best, self.seeker, self.value)
        is_peers = self.peer != NO_NUMBER
        np.maximum.at(best, self.peer[is_peers], self.peer_value[is_peers])
        return best

    def keep_options(self, options: Ints, places: Ints | None = None) -> "AssignmentProblem":
        """The same people with some of the options, and with other places where given."""
        return replace(
            self,
            seeker=self.seeker[options],
            mentor=self.mentor[options],
            peer=self.peer[options],
            value=self.value[options],
            peer_value=self.peer_value[options],
            places=self.places if places is None else places,
        )

    def used_places(self, taken: Bools) -> Ints:
        """How many places of each mentor the taken options use."""
        used = self.mentor[taken & (self.peer == NO_NUMBER)]
        return np.bincount(used, minlength=len(self.places)).astype(np.int64)

    def matched_seekers(self, taken: Bools) -> Bools:
        """Which seekers the taken options match."""
        matched = np.zeros(len(self.sizes), dtype=np.bool_)
        matched[self.seeker[taken]] = True
        matched[self.peer[taken & (self.peer != NO_NUMBER)]] = True
        return matched

    def find_settled_roles(self, taken: Bools) -> tuple[Bools, Bools]:
        """Which seekers can no longer be mentees, and which mentors can no longer mentor."""
        matched, used = self.matched_seekers(taken), self.used_places(taken) > 0
        no_mentee = np.zeros(len(self.sizes), dtype=np.bool_)
        no_mentor = np.zeros(len(self.places), dtype=np.bool_)
        for seeker, mentor in self.open_roles:
            no_mentee[seeker] = used[mentor]
            no_mentor[mentor] = matched[seeker]
        return no_mentee, no_mentor

    def options_left(self, taken: Bools) -> Ints:
        """The options that can still be taken, once some are."""
        no_mentee, no_mentor = self.find_settled_roles(taken)
        busy = self.matched_seekers(taken) | no_mentee
        full = (self.used_places(taken) >= self.places) | no_mentor
        is_peers = self.peer != NO_NUMBER
        is_free = np.where(is_peers, ~busy[self.peer], ~full[self.mentor])
        return np.flatnonzero(~busy[self.seeker] & is_free)
