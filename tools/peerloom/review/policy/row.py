"""A row of the policy, and the words and answers of which rows are made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from peerloom.review.author import AuthorRole
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# From the mildest to the strictest: of several answers to one pull request, the last holds.
PolicyAnswer = Literal["yes", "a coordinator decides", "a maintainer decides", "no"]
ANSWERS: tuple[PolicyAnswer, ...] = get_args(PolicyAnswer)
YES: PolicyAnswer = "yes"
COORDINATOR: PolicyAnswer = "a coordinator decides"
MAINTAINER: PolicyAnswer = "a maintainer decides"
NO: PolicyAnswer = "no"

# What people are told to do next, where several rows say the same.
ASK_A_COORDINATOR = mark("take it out of this pull request; if it should change, ask a coordinator")
ASK_THE_PROGRAM = mark(
    "take it out of this pull request; if it should change, ask a coordinator of the program"
)
WAIT = mark("there is nothing more for you to do")
SIGN_UP_FIRST = mark("sign up first: add your own record to content/participants")

# Participants' own words about themselves, which only they can know.
OWN_WORDS = (
    *("name", "pronouns", "about", "region", "skills_offered", "skills_wanted"),
    *("also_offers", "also_wants", "goals", "interests", "languages", "time_zone"),
    *("consent", "availability", "paused_until", "breaks", "training", "preferred", "excluded"),
    *("conflicts", "declared", "experience_years", "answers", "booking_url"),
)
# What coordinators write about somebody for each other.
COORDINATORS_WORDS = ("coordinator_notes",)
OWN_ACCOUNT = ("id", "github", "github_id")
# What a pair writes about itself.
PAIR_WORDS = ("goals", "agreement", "stories", "answers")
# The part of that which a pair may no longer change by itself once it is over.
PAIR_RESULTS = ("goals", "agreement")
PAIR_PEOPLE = ("id", "cohort", "mentor", "mentee", "peers", "former")
# What decides who has rights in a cohort: never for those to write who have them there alone.
COHORT_COORDINATORS = ("id", "coordinators", "coordinator_ids")
CIRCLE_WORDS = ("meetings",)
# For how many days after its due date a check-in may be sent, or changed, by its own author.
OPEN_DAYS = 30

RowName = Literal[
    "outside",
    "too large",
    "delete",
    "rename",
    "mode",
    "link",
    "submodule",
    "odd name",
    "names another",
    "sign-up",
    "early sign-up",
    "late sign-up",
    "decided sign-up",
    "like another",
    "person",
    "own words",
    "own cohorts",
    "own account",
    "coordinators' note",
    "somebody's account",
    "somebody's record",
    "check-in",
    "old check-in",
    "late check-in",
    "early check-in",
    "said day",
    "meeting day",
    "receipt",
    "program's receipt",
    "somebody's check-in",
    "pair",
    "pair's course",
    "pair's people",
    "other's words",
    "somebody's pair",
    "circle",
    "circle's past",
    "circle's course",
    "somebody's circle",
    "follow-up",
    "published",
    "suggestion",
    "suggestion for another",
    "shared",
    "program",
    "cohort",
    "cohort's coordinators",
    "no record",
]


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A part of a change, what each kind of author is answered, and what they are told.

    `cohort_coordinator` is the answer to somebody who coordinates the cohort that the change is
    about, and not the program.

    `why` continues "…, because"; like `next`, it is for those who are not answered "yes". Both are
    marked, and said in the language of now by `explain` and `advise`; `values` are those of the
    fields in `why`. `what` is for the table in the documentation, which is English.
    """

    name: RowName
    path: str
    what: str
    coordinator: PolicyAnswer
    cohort_coordinator: PolicyAnswer
    participant: PolicyAnswer
    newcomer: PolicyAnswer
    why: str
    next: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def explain(self) -> str:
        """Why the answer is not "yes", as a part of a sentence."""
        return _(self.why).format_map(self.values)

    def advise(self) -> str:
        """What to do next, as a part of a sentence."""
        return _(self.next)

    def answer_for(self, role: AuthorRole) -> PolicyAnswer:
        """The answer to an author. An account that took over a login is refused everything."""
        answers: dict[AuthorRole, PolicyAnswer] = {
            "coordinator": self.coordinator,
            "cohort coordinator": self.cohort_coordinator,
            "participant": self.participant,
            "newcomer": self.newcomer,
        }
        return answers.get(role, NO)
