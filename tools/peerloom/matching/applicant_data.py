"""What criteria and constraints look at: applicants, their free weeks and what they wrote."""

from functools import cached_property

from peerloom.matching.applicants import Applicants
from peerloom.matching.arrays import Bools, Floats, Ints
from peerloom.matching.availability import CohortCalendar
from peerloom.matching.profiles import Profiles
from peerloom.model import Participant
from peerloom.text.phrases import join_words


class ApplicantData:
    """Applicants with everything that is computed from their records once.

    `seekers` are the people of each seeker and `mentors` the mentors, by number.
    """

    def __init__(self, applicants: Applicants) -> None:
        self.applicants = applicants
        self.settings = applicants.cohort.matching
        self.seekers = [seeker.people for seeker in applicants.seekers]
        self.mentors = [mentor.person for mentor in applicants.mentors]
        default_zone = applicants.program.settings.time_zone
        self.calendar = CohortCalendar(applicants.cohort, applicants.people, default_zone)
        self._seeker_weeks = self.calendar.free_weeks(self.seekers)
        self._mentor_weeks = self.calendar.free_weeks((person,) for person in self.mentors)

    @cached_property
    def profiles(self) -> Profiles:
        """What applicants wrote."""
        return Profiles(self.applicants)

    def shared_hours(self, seekers: Ints, mentors: Ints) -> tuple[Floats, Bools]:
        """Hours a week that seeker and mentor share, and whether both stated when they are free."""
        known = self._seeker_weeks.known[seekers] & self._mentor_weeks.known[mentors]
        return self._seeker_weeks.shared_hours(seekers, self._mentor_weeks, mentors), known

    def everybody_of(self, seeker: int, mentor: int) -> tuple[Participant, ...]:
        """The people of a seeker and a mentor, each once."""
        return tuple({p.id: p for p in (*self.seekers[seeker], self.mentors[mentor])}.values())

    def seeker_name(self, seeker: int) -> str:
        """The name of a mentee, or the names of a team."""
        return join_words([person.name for person in self.seekers[seeker]])

    def mentor_name(self, mentor: int) -> str:
        """The name of a mentor."""
        return self.mentors[mentor].name
