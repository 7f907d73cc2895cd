"""Who may change what: the one table that decides it, and the table as people read it."""

from dataclasses import dataclass
from typing import Literal, get_args

from peerloom.review.author import Role

# From the mildest to the strictest: of several answers to one pull request, the last holds.
Answer = Literal["yes", "a coordinator decides", "a maintainer decides", "no"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)

# Participants' own words about themselves, which only they can know.
OWN_WORDS = (
    *("name", "pronouns", "about", "region", "skills_offered", "skills_wanted"),
    *("also_offers", "also_wants", "goals", "interests", "languages", "time_zone"),
    *("consent", "availability", "paused_until", "training", "preferred", "excluded"),
    *("conflicts", "declared", "experience_years", "answers"),
)
OWN_ACCOUNT = ("id", "github", "github_id")
PAIRS_OWN = ("goals", "agreement", "stories", "answers")
# What a pair may no longer change by itself once it is over.
PAIRS_COUNTED = ("goals", "agreement")
PAIRS_PEOPLE = ("id", "cohort", "mentor", "mentee", "peers")
CIRCLES_OWN = ("meetings",)
# How long after its due date a check-in may be sent, or changed, by who answers it.
OPEN_DAYS = 30

Part = Literal[
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
    "suggestion",
    "suggestion for another",
    "shared",
    "program",
    "no record",
]


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: a part of a change, what each kind of author is answered, and what they are told.

    `why` goes on from "…, because", and is for those who are not answered "yes"; so is `next`.
    """

    part: Part
    path: str
    what: str
    coordinator: Answer
    participant: Answer
    newcomer: Answer
    why: str
    next: str

    def answer(self, role: Role) -> Answer:
        """What an author is answered. An account that took over a login may nothing."""
        answers: dict[Role, Answer] = {
            "coordinator": self.coordinator,
            "participant": self.participant,
            "newcomer": self.newcomer,
        }
        return answers.get(role, "no")


_YES: Answer = "yes"
_COORDINATOR: Answer = "a coordinator decides"
_MAINTAINER: Answer = "a maintainer decides"
_NO: Answer = "no"

_ASK = "take it out of this pull request; if it should change, ask a coordinator"
_WAIT = "there is nothing more for you to do"
_JOIN = "sign up first: add your own record to content/participants"

POLICY: tuple[Rule, ...] = (
    Rule(
        "sign-up",
        "content/participants/<id>.yml",
        "a new record that names the author's own GitHub account, which no other record does",
        *(_YES, _NO, _YES),
        "you have a record already",
        "change the record that you have",
    ),
    Rule(
        "early sign-up",
        "content/participants/<id>.yml",
        "a new record for a cohort whose 'applications' are not open yet",
        *(_YES, _NO, _COORDINATOR),
        "applications for the cohort are not open yet",
        _WAIT,
    ),
    Rule(
        "late sign-up",
        "content/participants/<id>.yml",
        "a new record for a cohort whose 'applications' are closed, or which is over",
        *(_YES, _NO, _COORDINATOR),
        "applications for the cohort are closed, or it is over",
        _WAIT,
    ),
    Rule(
        "decided sign-up",
        "content/participants/<id>.yml",
        "a new record for a cohort that selects, in which the 'state' is not applied",
        *(_YES, _NO, _COORDINATOR),
        "coordinators choose who takes part in this cohort, and the record says it already",
        "write 'state: applied' beside the cohort, or wait for a coordinator",
    ),
    Rule(
        "like another",
        "content/participants/<id>.yml",
        "a name or an id, of a new record or changed in their own, that somebody has or that looks "
        "like somebody's",
        *(_YES, _COORDINATOR, _COORDINATOR),
        "the name or the id is like another one that is known here, and might be taken for it",
        _WAIT,
    ),
    Rule(
        "person",
        "content/participants/<id>.yml",
        "a new record that names another account, or none",
        *(_YES, _NO, _NO),
        "a new record must name the GitHub account that it comes from",
        "if it is your own sign-up, add the line 'github: ' with your login",
    ),
    Rule(
        "own words",
        "content/participants/<id>.yml",
        "in their own record: "
        + ", ".join(OWN_WORDS)
        + "; github and github_id where they become the account that asks",
        *(_YES, _YES, _NO),
        "it is somebody's own record",
        _ASK,
    ),
    Rule(
        "own cohorts",
        "content/participants/<id>.yml",
        "in their own record: cohorts, imported, and whatever else it may hold",
        *(_YES, _COORDINATOR, _NO),
        "a coordinator keeps who takes part in which cohort, and as what",
        _WAIT,
    ),
    Rule(
        "own account",
        "content/participants/<id>.yml",
        "in their own record: " + ", ".join(OWN_ACCOUNT),
        *(_YES, _NO, _NO),
        "'id', 'github' and 'github_id' say who a record belongs to",
        "put them back as they were; if they are wrong, ask a coordinator",
    ),
    Rule(
        "somebody's record",
        "content/participants/<id>.yml",
        "somebody else's record",
        *(_YES, _NO, _NO),
        "this record is somebody else's",
        _ASK,
    ),
    Rule(
        "check-in",
        "content/check-ins/<cohort>/<pair>/<due date>-<participant>.yml",
        f"their own check-in, that was due at most {OPEN_DAYS} days before it came in",
        *(_YES, _YES, _NO),
        "a check-in comes from one of the pair",
        _JOIN,
    ),
    Rule(
        "old check-in",
        "content/check-ins/<cohort>/<pair>/<due date>-<participant>.yml",
        f"their own check-in, that was due more than {OPEN_DAYS} days before it came in",
        *(_YES, _COORDINATOR, _NO),
        f"it was due more than {OPEN_DAYS} days before, and reports may rest on what was there",
        _WAIT,
    ),
    Rule(
        "late check-in",
        "content/check-ins/<cohort>/<pair>/<due date>-<participant>.yml",
        "their own check-in, new, that came in after its days of grace: it never merges itself",
        *(_YES, _YES, _NO),
        "a check-in comes from one of the pair",
        _JOIN,
    ),
    Rule(
        "early check-in",
        "content/check-ins/<cohort>/<pair>/<due date>-<participant>.yml",
        "their own check-in, new, that came in before the one before it was due",
        *(_YES, _COORDINATOR, _NO),
        "it came in before the one before it was due",
        _WAIT,
    ),
    Rule(
        "said day",
        "content/check-ins/<cohort>/<pair>/<due date>-<participant>.yml",
        "in their own check-in: answered_on, more than a day from when it came in",
        *(_YES, _COORDINATOR, _NO),
        "it says that it was answered on another day than it came in",
        _WAIT,
    ),
    Rule(
        "meeting day",
        "content/check-ins/<cohort>/<pair>/<due date>-<participant>.yml",
        "in their own check-in: a meeting before the pair began, after it ended or it came in",
        *(_YES, _COORDINATOR, _NO),
        "it tells of a meeting before the pair began, after it ended, or to come",
        _WAIT,
    ),
    Rule(
        "receipt",
        "content/check-ins/<cohort>/<pair>/<due date>-<participant>.yml",
        "in any check-in: received_on and received_by, as a coordinator's word",
        *(_YES, _NO, _NO),
        "when a check-in came in is not for its author to say",
        "put 'received_on' and 'received_by' back as they were, or leave them out of a new one",
    ),
    Rule(
        "program's receipt",
        "content/check-ins/<cohort>/<pair>/<due date>-<participant>.yml",
        "in any check-in: received_on and received_by, as the word of GitHub or Git",
        *(_MAINTAINER, _NO, _NO),
        "when GitHub or Git had a check-in is noted by the program alone",
        "put 'received_on' and 'received_by' back as they were, or leave them out of a new one",
    ),
    Rule(
        "somebody's check-in",
        "content/check-ins/<cohort>/<pair>/<due date>-<participant>.yml",
        "somebody else's check-in",
        *(_YES, _NO, _NO),
        "everybody answers for themself",
        "take it out of this pull request; your own file's name ends with your id",
    ),
    Rule(
        "pair",
        "content/pairs/<cohort>/<id>.yml",
        "of their own pair: goals, agreement with what they expect themself, answers to the "
        "program's own questions, and stories that they tell themself",
        *(_YES, _YES, _NO),
        "only the two of a pair write this",
        _ASK,
    ),
    Rule(
        "pair's course",
        "content/pairs/<cohort>/<id>.yml",
        "of their own pair: status, dates, pauses, match, team; "
        "goals and agreement once it is over",
        *(_YES, _COORDINATOR, _NO),
        "a coordinator keeps how a pair came about, pauses and ends, and what it had reached then",
        _WAIT,
    ),
    Rule(
        "pair's people",
        "content/pairs/<cohort>/<id>.yml",
        "of their own pair: " + ", ".join(PAIRS_PEOPLE),
        *(_YES, _NO, _NO),
        "who a pair is, is not yours to write",
        "put it back as it was; if it is wrong, ask a coordinator",
    ),
    Rule(
        "other's words",
        "content/pairs/<cohort>/<id>.yml",
        "of their own pair: what the other expects, under 'by' in 'expectations', and stories of "
        "the other, changed, added or taken away",
        *(_YES, _NO, _NO),
        "what the other expects or tells is theirs to write, and is shown as their own words",
        "put it back as it was; the other can change it, or a coordinator",
    ),
    Rule(
        "somebody's pair",
        "content/pairs/<cohort>/<id>.yml",
        "another pair, or a new one",
        *(_YES, _NO, _NO),
        "coordinators match people, and each pair keeps its own record",
        _ASK,
    ),
    Rule(
        "circle",
        "content/circles/<cohort>/<id>.yml",
        "of a circle that they facilitate: meetings; of one that they are a member of: a meeting "
        "from today on, and in it nobody's coming or case but their own",
        *(_YES, _YES, _NO),
        "only the people of a circle write about its meetings",
        _ASK,
    ),
    Rule(
        "circle's past",
        "content/circles/<cohort>/<id>.yml",
        "of a circle that they are only a member of: meetings before today, who else came, whose "
        "case it was, notes that are there, and meetings that go or change places",
        *(_YES, _COORDINATOR, _NO),
        "what a circle did, and who came, is for its facilitators or a coordinator to change",
        _WAIT,
    ),
    Rule(
        "circle's course",
        "content/circles/<cohort>/<id>.yml",
        "of such a circle: everything else",
        *(_YES, _COORDINATOR, _NO),
        "a coordinator keeps who is in a circle, what it is for and how it goes on",
        _WAIT,
    ),
    Rule(
        "somebody's circle",
        "content/circles/<cohort>/<id>.yml",
        "another circle, or a new one",
        *(_YES, _NO, _NO),
        "you are not in this circle",
        _ASK,
    ),
    Rule(
        "suggestion",
        "content/events/<id>.yml, content/resources/<id>.yml",
        "a new event or resource that names nobody but the author",
        *(_YES, _YES, _COORDINATOR),
        "it comes from somebody whom the program does not know yet",
        _WAIT,
    ),
    Rule(
        "suggestion for another",
        "content/events/<id>.yml, content/resources/<id>.yml",
        "a new event or resource in whose 'hosts', 'attended' or 'suggested_by' is somebody else",
        *(_YES, _NO, _NO),
        "it names somebody else, who has not said so",
        "name only yourself, with your id, or leave the key out",
    ),
    Rule(
        "shared",
        "content/events/, content/resources/, content/training/, content/pages/",
        "an event or resource that is there already, a training module, a page or its pictures",
        *(_YES, _COORDINATOR, _COORDINATOR),
        "it is everybody's",
        _WAIT,
    ),
    Rule(
        "program",
        "content/program.yml, content/cohorts/, content/surveys/, content/responses/",
        "the program itself, cohorts, surveys and the answers to them",
        *(_YES, _NO, _NO),
        "it decides how the program is run for everybody",
        _ASK,
    ),
    Rule(
        "no record",
        "content/",
        "a file that nothing reads",
        *(_YES, _NO, _NO),
        "nothing reads a file of this name in this place",
        "see in docs/review.md where each kind of record belongs, and move it there",
    ),
    Rule(
        "delete",
        "content/",
        "a file that is deleted",
        *(_MAINTAINER, _NO, _NO),
        "what is deleted cannot be read before it is merged",
        "put the file back; if it should go, ask a coordinator",
    ),
    Rule(
        "rename",
        "content/",
        "a file that is renamed or moved",
        *(_MAINTAINER, _NO, _NO),
        "a file's name says whose it is",
        "give the file its old name back; if it should change, ask a coordinator",
    ),
    Rule(
        "mode",
        "content/",
        "a file that is made executable, or was and is no more",
        *(_MAINTAINER, _NO, _NO),
        "a record is read and never run",
        "give the file its old mode back (chmod 644)",
    ),
    Rule(
        "link",
        "content/",
        "a symbolic link",
        *(_NO, _NO, _NO),
        "links are never followed",
        "put the file itself there",
    ),
    Rule(
        "submodule",
        "content/",
        "another repository inside this one",
        *(_NO, _NO, _NO),
        "another repository can change without anybody here reading it",
        "put the files themselves there",
    ),
    Rule(
        "odd name",
        "anywhere",
        "a name that differs from another only in capital letters, in how accents are stored "
        "or in what cannot be seen, or that not every computer can keep",
        *(_NO, _NO, _NO),
        "many computers take its name for another's, or cannot keep it",
        "give it a name of small letters a to z, digits and hyphens that no other file has",
    ),
    Rule(
        "names another",
        "content/",
        "a record whose inside names somebody or something else than its path",
        *(_NO, _NO, _NO),
        "its name says one thing, and what is in it another that exists already",
        "make the keys say what the file's name says",
    ),
    Rule(
        "too large",
        "anywhere",
        "more than 3,000 files, or 64 MiB of records, in one pull request",
        *(_MAINTAINER, _MAINTAINER, _MAINTAINER),
        "it is too large to be read here",
        "split it into smaller ones, or ask a maintainer",
    ),
    Rule(
        "outside",
        "everything else",
        "whatever is not in content/: tools, schemas, workflows, settings of tools; in content/, "
        "a name that begins with a dot",
        *(_MAINTAINER, _MAINTAINER, _MAINTAINER),
        "it changes what runs the program, and not its words",
        _WAIT,
    ),
)
RULES: dict[Part, Rule] = {rule.part: rule for rule in POLICY}


def strictest(answers: tuple[Answer, ...]) -> Answer:
    """The answer to all of them together; yes, where there is nothing to answer."""
    return max(answers, key=ANSWERS.index, default="yes")


def policy_table() -> str:
    """The table in Markdown, for people."""
    head = "| Where | What | A coordinator | A participant | A newcomer |\n|:--|:--|:--|:--|:--|\n"
    return head + "".join(
        f"| {', '.join(f'`{path}`' if '/' in path else path for path in rule.path.split(', '))} "
        f"| {rule.what} | {rule.coordinator} | {rule.participant} | {rule.newcomer} |\n"
        for rule in POLICY
    )
