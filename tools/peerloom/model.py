"""The records of a program as frozen values.

Shapes and meanings are not here: a schema owns the shape of one file, a rule what needs
a second file or a date. Field names equal the YAML keys. What the schemas keep from the
public (`x-audience`) is optional everywhere, so that a value that must not be seen, or is
not known, can be absent.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Role = Literal["mentor", "mentee", "either"]
Level = Literal["beginner", "intermediate", "advanced", "expert"]
MeetingSetting = Literal["remote", "in_person", "hybrid"]
EventSetting = Literal["online", "in_person", "hybrid"]
Visibility = Literal["public", "private"]
PublishedAudience = Literal["public", "members"]
ReceivedBy = Literal["github", "git", "coordinator"]
Merge = Literal["by hand", "when clean"]
Renew = Literal["by commit", "by pull request"]
Minors = Literal["none", "from 16", "with consent"]
# What a participant agrees to or not, each by the key of their consent.
ConsentPart = Literal["show", "quote", "pictured", "counted"]
CONSENT_PARTS: tuple[ConsentPart, ...] = ("show", "quote", "pictured", "counted")
Audience = Literal["public", "members", "coordinators"]
# From those who see least to those who see all.
AUDIENCES: tuple[Audience, ...] = ("public", "members", "coordinators")
PairStatus = Literal["proposed", "active", "paused", "completed", "ended_early"]
CircleStatus = Literal["proposed", "active", "completed", "ended_early"]
CircleKind = Literal["circle", "supervision"]
Answers = Literal["both", "either", "mentee", "mentor"]
Wave = Literal["before", "midway", "after"]
ItemKind = Literal["scale", "choice", "text"]
# Where somebody stands who signed up for a cohort that selects.
Standing = Literal["applied", "accepted", "waiting", "declined"]
QuestionKind = Literal["text", "long_text", "choice", "several_choices", "number", "scale", "date"]
QuestionRecord = Literal["sign_up", "check_in", "closing"]
Fit = Literal["good", "deciding", "not_good"]
# The signals that stay until a coordinator puts them aside.
LastingSignal = Literal["safety", "support", "fit", "rating"]
EndReason = Literal[
    "goal_reached",
    "term_over",
    "time",
    "moved_or_changed_role",
    "poor_fit",
    "no_reply_mentee",
    "no_reply_mentor",
    "conduct",
    "program_fault",
    "other",
]
Obstacle = Literal[
    "time",
    "scheduling",
    "unclear_goal",
    "skills_mismatch",
    "communication",
    "motivation",
    "technology",
    "outside_events",
    "other",
]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
EventKind = Literal["workshop", "seminar", "social", "circle_session", "other"]
SheetSubject = Literal["sign_ups", "pairs"]
DateOrderWord = Literal["day_first", "month_first"]
HiddenRows = Literal["taken", "left_out"]
ResourceKind = Literal["article", "book", "course", "guide", "podcast", "tool", "video", "other"]


# An answer to one of the program's own questions, as a record holds it. A date is a text.
OwnAnswer = int | float | str | tuple[str, ...]


# The figures that an aim of a cohort can be measured by.
AimMeasure = Literal[
    "people",
    "pairs_begun",
    "pairs_completed",
    "pairs_ended_early",
    "pairs_met",
    "pairs_prepared",
    "meetings_held",
    "check_ins_received",
    "check_ins_on_time",
    "goals_set",
    "goals_reached",
    "goal_score",
    "usefulness",
    "relationship",
    "circle_meetings",
    "events_held",
    "training_done",
    "closing_surveys_answered",
    "mentees_returned",
]
# Of these, the target is in percent.
AIM_SHARES: frozenset[AimMeasure] = frozenset(
    {
        "pairs_completed",
        "pairs_ended_early",
        "pairs_met",
        "pairs_prepared",
        "check_ins_received",
        "check_ins_on_time",
        "goals_reached",
        "training_done",
        "closing_surveys_answered",
    }
)
# Of these, the target is not to be exceeded.
AIM_MEASURES_TO_KEEP_LOW: frozenset[AimMeasure] = frozenset({"pairs_ended_early"})
AimAnswer = Literal["reached", "partly", "not_reached"]


class Record:
    """What one file under `content/` holds; `kinds.py` has a row for each class of records."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """An entry of the vocabulary; `aliases` are other spellings people use for it."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    area: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleSize:
    """How many people a circle may have, facilitators included."""

    at_least: int = 3
    at_most: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """The values that hold unless a record has its own."""

    capacity: int = 2
    check_in_grace_days: int = 5
    circle_size: CircleSize = CircleSize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Whole numbers from `lowest` to `highest`; `labels` are the words at the two ends."""

    lowest: int
    highest: int
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramQuestion:
    """A question of the program's own, whose answers records hold under `answers`, by its `id`.

    `record` says in which: that of a person who signs up, a check-in, or that of a pair, for its
    closing. Without `roles` both are asked. One that is no longer `asked` keeps its answers.
    """

    id: str
    label: str
    kind: QuestionKind
    record: QuestionRecord
    audience: Audience
    help: str | None = None
    choices: tuple[str, ...] = ()
    scale: Scale | None = None
    roles: tuple[Literal["mentor", "mentee"], ...] = ()
    asked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSettings:
    """How the steps that goals reached make a score: `correlation` between goals, from 0 to 1.

    Kiresuk & Sherman (1968) assume 0.3.
    """

    correlation: float = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """Who is responsible in law for what a program holds; `contact` is the address of a page."""

    name: str
    contact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Record):
    """The settings of a program, `content/program.yml`.

    `keeps_months` counts from the end of a person's last cohort. `signals` has the limits of
    signals that differ here from what is usual, by signal and name.
    """

    name: str
    repository: str
    visibility: Visibility
    time_zone: str
    languages: tuple[str, ...]
    branch: str = "main"
    coordinators_repository: str | None = None
    coordinators: tuple[str, ...] = ()
    coordinator_ids: dict[str, int] = field(default_factory=dict)
    merge: Merge = "by hand"
    read_at_once_up_to: int = 150
    renew: Renew = "by commit"
    summary: str | None = None
    contact: str | None = None
    responsible: Responsible | None = None
    legal_basis: str | None = None
    keeps_months: int | None = None
    minors: Minors | None = None
    skills: tuple[Skill, ...] = ()
    questions: tuple[ProgramQuestion, ...] = ()
    defaults: Defaults = Defaults()
    goals: GoalSettings = GoalSettings()
    signals: dict[str, dict[str, float]] = field(default_factory=dict)
    import_columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From the first day to the last, both included."""

    opens: date
    closes: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """When people are reminded of a check-in, in days before and after it is due.

    On the last of `escalate_days` the reminder closes, answered or not. The days are those that
    mentoring programs use; none has been tested in a trial.
    """

    before_days: int = 3
    nudge_days: tuple[int, ...] = (3, 7, 14)
    escalate_days: tuple[int, ...] = (21, 30, 45)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInSchedule:
    """When answers are due: every N weeks from `first`, or on listed `dates`."""

    every_weeks: int | None = None
    first: date | None = None
    dates: tuple[date, ...] = ()
    grace_days: int | None = None
    answers: Answers = "both"
    reminders: Reminders = Reminders()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A named stretch of a cohort."""

    name: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A named day of a cohort."""

    name: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each criterion of a match counts, in any unit: weights are divided by their sum."""

    skills: float = 4
    goals: float = 4
    hours: float = 2
    languages: float = 1
    closeness: float = 2
    experience: float = 1
    preference: float = 3
    declared: float = 1
    questions: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Two people whom a coordinator wants to be matched."""

    mentor: str
    mentee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """An attribute that a cohort uses for matching, and the reason that it gives."""

    attribute: str
    reason: str
    prefer: Literal["same", "different"] = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionMatch:
    """One of the program's own questions that a cohort matches by, why, and how it compares them.

    `weight` is how much it counts among these questions.
    """

    question: str
    reason: str
    prefer: Literal["same", "different", "near"] = "same"
    weight: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingSettings:
    """What a match must offer, and what makes it a good one.

    `shared_hours` counts hours a week at which both can meet. `floor` is a share, between 0 and
    1, of the best match that somebody could have.
    """

    shared_hours: float | None = None
    shared_language: bool = True
    training_required: bool = False
    floor: float = 0.5
    choices: Literal["weigh", "first"] = "weigh"
    closeness: Literal["region", "time_zone", "both"] = "both"
    weights: Weights = Weights()
    pins: tuple[Pin, ...] = ()
    forbids: tuple[tuple[str, ...], ...] = ()
    declared: tuple[Declared, ...] = ()
    questions: tuple[QuestionMatch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AimOutcome:
    """What a person says has become of an aim, and why."""

    answer: AimAnswer
    on: date
    by: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortAim:
    """What a cohort should achieve, and the figure that answers whether it did.

    `target` is what the `measure` should be `by` a day, in percent where it is a share. From
    `partly` on it counts as partly reached. Without a measure a person says so: the `outcome`.
    """

    text: str
    measure: AimMeasure | None = None
    target: float | None = None
    partly: float | None = None
    by: date | None = None
    outcome: AimOutcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort(Record):
    """One run of the program, `content/cohorts/<id>.yml`.

    Without `ends` pairs come and go, and each is meant to last `pair_weeks` from its own start,
    or for as long as the two like. `coordinators` run this cohort alone.
    """

    id: str
    name: str
    starts: date
    ends: date | None = None
    pair_weeks: int | None = None
    coordinators: tuple[str, ...] = ()
    coordinator_ids: dict[str, int] = field(default_factory=dict, hash=False)
    summary: str | None = None
    aims: tuple[str | CohortAim, ...] = ()
    applications: Period | None = None
    selects: bool = False
    check_ins: CheckInSchedule | None = None
    phases: tuple[Phase, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    matching: MatchingSettings = MatchingSettings()
    surveys: tuple[str, ...] = ()
    training: tuple[str, ...] = ()

    @property
    def stated_aims(self) -> tuple[CohortAim, ...]:
        """Each of the aims, also those that are a sentence alone."""
        return tuple(CohortAim(text=aim) if isinstance(aim, str) else aim for aim in self.aims)

    def is_over(self, today: date) -> bool:
        """Whether the cohort's last day is past; one without an end is never over."""
        return self.ends is not None and today > self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A participant's part in one cohort. `capacity` counts mentees, a team being one.

    Who has no `state` is accepted. `source` is where they heard of the program.
    """

    cohort: str
    role: Role
    capacity: int | None = None
    team: str | None = None
    joined: date | None = None
    left_on: date | None = None
    state: Standing | None = None
    applied_on: date | None = None
    decided_on: date | None = None
    state_reason: str | None = None
    source: str | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether they take part: they are in no pair, circle or figure before."""
        return self.state in (None, "accepted")


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillLevel:
    """A skill of the vocabulary, by id or alias, and how well it is known or wanted."""

    skill: str
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What a participant hopes for, in a `cohort` or in all, before a pair sets goals."""

    title: str
    detail: str | None = None
    cohort: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTime:
    """Hours of a weekday, `HH:MM`, in the participant's own time zone."""

    day: Day
    starts: str
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDays:
    """The days on which a participant answered what they agree to, where these are others."""

    show: date | None = None
    quote: date | None = None
    pictured: date | None = None
    counted: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawals:
    """The days on which a participant withdrew parts of their consent, or all of it."""

    everything: date | None = None
    show: date | None = None
    quote: date | None = None
    pictured: date | None = None
    counted: date | None = None

    def withdrawal_of(self, part: ConsentPart) -> date | None:
        """The day on which a part was withdrawn, by itself or with everything."""
        own: date | None = getattr(self, part)
        days = [day for day in (own, self.everything) if day]
        return min(days, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a participant agreed to, when, and what of it they withdrew.

    `show`, `quote`, `pictured` and `counted` are what they said, each on its day under `since` or
    else on the day `given_on`. What they withdrew is in `withdrawn`. So what holds is told by the
    properties alone.
    """

    given_on: date
    show: Audience
    quote: bool = False
    pictured: bool = False
    counted: bool = True
    since: ConsentDays = ConsentDays()
    withdrawn: Withdrawals = Withdrawals()

    @property
    def shown_to(self) -> Audience:
        """Who may see the record, and the pairs and circles that the person is in."""
        return "coordinators" if self.withdrawn.withdrawal_of("show") else self.show

    @property
    def may_be_quoted(self) -> bool:
        """Whether what they say about the program may be quoted with their name."""
        return self.quote and not self.withdrawn.withdrawal_of("quote")

    @property
    def may_be_pictured(self) -> bool:
        """Whether pictures of them may be shown."""
        return self.pictured and not self.withdrawn.withdrawal_of("pictured")

    @property
    def may_be_counted(self) -> bool:
        """Whether figures that others than coordinators read may count them."""
        return self.counted and not self.withdrawn.withdrawal_of("counted")

    def answer_day(self, part: ConsentPart) -> date:
        """The day on which the person said what they say about a part."""
        own: date | None = getattr(self.since, part)
        return own or self.given_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflicts:
    """Ties by which two people must not be matched, as somebody declares them."""

    line_manager: str | None = None
    advisor: str | None = None
    household: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A training module that a participant completed."""

    module: str
    completed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinatorNote:
    """What a coordinator notes about a person, for coordinators alone; `by` is a login."""

    on: date
    text: str
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Days in which a person is neither reminded nor matched, the first and the last included."""

    starts: date
    ends: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant(Record):
    """One person, `content/participants/<id>.yml`.

    `imported` keeps a digest of each field as the sign-up sheet gave it, so that a later
    import can tell what a person changed by hand. `forgotten_on` marks a tombstone: what is kept
    of somebody who was forgotten.
    """

    id: str
    name: str
    cohorts: tuple[Membership, ...]
    pronouns: str | None = None
    github: str | None = None
    github_id: int | None = None
    about: str | None = None
    region: str | None = None
    experience_years: int | None = None
    skills_offered: tuple[SkillLevel, ...] = ()
    skills_wanted: tuple[SkillLevel, ...] = ()
    also_offers: tuple[str, ...] = ()
    also_wants: tuple[str, ...] = ()
    goals: tuple[Aim, ...] = ()
    interests: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    time_zone: str | None = None
    consent: Consent | None = None
    availability: tuple[FreeTime, ...] = ()
    booking_url: str | None = None
    paused_until: date | None = None
    breaks: tuple[Break, ...] = ()
    training: tuple[Completion, ...] = ()
    preferred: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    conflicts: Conflicts | None = None
    declared: dict[str, str] = field(default_factory=dict)
    answers: dict[str, OwnAnswer] = field(default_factory=dict)
    coordinator_notes: tuple[CoordinatorNote, ...] = ()
    imported: dict[str, str] = field(default_factory=dict)
    forgotten_on: date | None = None

    @property
    def agrees_to_take_part(self) -> bool:
        """Whether they agreed to anything, and did not withdraw everything since."""
        return self.consent is not None and self.consent.withdrawn.everything is None

    def away_until(self, day: date) -> date | None:
        """The last day of the break that the person takes on a day; None if they take none."""
        ends = [each.ends for each in self.breaks if each.starts <= day <= each.ends]
        if self.paused_until and self.paused_until >= day:
            ends.append(self.paused_until)
        return max(ends, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A stretch in which a pair owes no check-in; `ends` is absent while it lasts."""

    starts: date
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What one person of a pair expects: in their own words, and how often and long to meet."""

    by: str
    text: str
    meets_every_weeks: int | None = None
    meeting_minutes: int | None = None
    setting: MeetingSetting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What the two agreed before they began."""

    agreed_on: date
    expectations: tuple[Expectation, ...] = ()
    meets_every_weeks: int | None = None
    meeting_minutes: int | None = None
    channels: tuple[str, ...] = ()
    setting: MeetingSetting | None = None
    confidentiality: str | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal of a pair.

    `levels` says in five sentences what each step of attainment looks like, from −2
    (much less than expected) over 0 (as expected) to +2: Goal Attainment Scaling,
    Kiresuk & Sherman 1968. `weight` is how much the goal counts beside the pair's others.
    """

    id: str
    title: str
    by: date | None = None
    set_on: date | None = None
    levels: tuple[str, ...] = ()
    weight: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How a pair came about. `score` is between 0 and 1; `times` are for people to read.

    `people` are those whom it is about; the pair may have other people by now.
    """

    by: str | None = None
    on: date | None = None
    people: tuple[str, ...] = ()
    summary: str | None = None
    score: float | None = None
    reasons: tuple[str, ...] = ()
    times: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What one person of a pair says about it, to be quoted."""

    by: str
    text: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerPair:
    """What a pair was called under an id that it had before, and whom that id names."""

    id: str
    people: tuple[str, ...] = ()
    status: PairStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair(Record):
    """Two people, `content/pairs/<cohort>/<id>.yml`.

    Either `mentor` and `mentee` are given, or `peers`: two who mentor each other. `ends_on` is
    the day until which they mean to go on, where that is not the end of their cohort.
    """

    id: str
    cohort: str
    status: PairStatus
    mentor: str | None = None
    mentee: str | None = None
    peers: tuple[str, ...] = ()
    team: str | None = None
    proposed_on: date | None = None
    started_on: date | None = None
    ends_on: date | None = None
    ended_on: date | None = None
    end_reason: EndReason | None = None
    end_note: str | None = None
    pauses: tuple[Pause, ...] = ()
    agreement: Agreement | None = None
    goals: tuple[Goal, ...] = ()
    answers: dict[str, OwnAnswer] = field(default_factory=dict)
    former: tuple[FormerPair, ...] = ()
    match: Match | None = None
    stories: tuple[Story, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of the two people, mentor first."""
        return tuple(p for p in (self.mentor, self.mentee) if p) + self.peers

    @property
    def is_as_matched(self) -> bool:
        """Whether `match` is about the pair's people, and none of them was replaced since."""
        return self.match is not None and self.match.people in ((), self.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAside:
    """That a coordinator puts a signal about a pair aside, why, and on which day.

    It is about what one `participant` said, or about the pair. `due` is the date of the newest
    check-in that it is about; earlier ones that had come by `on` are put aside with it.
    """

    signal: LastingSignal
    on: date
    reason: str
    participant: str | None = None
    due: date | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Record):
    """What coordinators did about a pair, `content/follow-ups/<cohort>/<pair>.yml`."""

    cohort: str
    pair: str
    entries: tuple[PutAside, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleMeeting:
    """One meeting of a circle; `case_by` is whoever brought the case."""

    on: date
    minutes: int | None = None
    setting: MeetingSetting | None = None
    topic: str | None = None
    attended: tuple[str, ...] = ()
    case_by: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """When somebody was in a circle: from `joined_on` until the day before `left_on`.

    Without `joined_on` it is from the circle's start, and without `left_on` until its end.
    """

    participant: str
    joined_on: date | None = None
    left_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the person was in the circle on a day of its running."""
        return (self.joined_on or date.min) <= day < (self.left_on or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle(Record):
    """A mentoring circle or a supervision group, `content/circles/<cohort>/<id>.yml`.

    Facilitators and members without a stay of their own are in it from its start to its end.
    """

    id: str
    cohort: str
    kind: CircleKind
    name: str
    status: CircleStatus
    facilitators: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    stays: tuple[Stay, ...] = ()
    topic: str | None = None
    summary: str | None = None
    guide: str | None = None
    team: str | None = None
    proposed_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    end_reason: EndReason | None = None
    end_note: str | None = None
    meets_every_weeks: int | None = None
    meetings: tuple[CircleMeeting, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of the facilitators, then of the members who do not facilitate."""
        return self.facilitators + tuple(m for m in self.members if m not in self.facilitators)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting of a pair."""

    on: date
    minutes: int | None = None
    setting: MeetingSetting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """One person's ratings from 1 to 5. The other person of the pair never sees them."""

    useful: int | None = None
    relationship: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalProgress:
    """Where a goal stands on its scale, −2 to +2."""

    goal: str
    level: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn(Record):
    """One person's answer, `content/check-ins/<cohort>/<pair>/<due>-<participant>.yml`.

    `answered_on` is what the person says, and `received_on` what others say about when it came.
    """

    cohort: str
    pair: str
    due: date
    participant: str
    answered_on: date
    received_on: date | None = None
    received_by: ReceivedBy | None = None
    met: bool | None = None
    meetings: tuple[Meeting, ...] = ()
    ratings: Ratings | None = None
    fit: Fit | None = None
    goals: tuple[GoalProgress, ...] = ()
    challenges: str | None = None
    obstacles: tuple[Obstacle, ...] = ()
    next_steps: str | None = None
    next_meeting: date | None = None
    support_wanted: bool | None = None
    support_note: str | None = None
    answers: dict[str, OwnAnswer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question. Without `waves` or `roles` it is asked in all of them."""

    id: str
    text: str
    kind: ItemKind
    scale: Scale | None = None
    choices: tuple[str, ...] = ()
    waves: tuple[Wave, ...] = ()
    roles: tuple[Role, ...] = ()
    construct: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Record):
    """A questionnaire, `content/surveys/<id>.yml`."""

    id: str
    title: str
    items: tuple[Item, ...]
    waves: tuple[Wave, ...]
    intro: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveAnswers:
    """One person's answers in one wave, by item id."""

    wave: Wave
    answered_on: date
    answers: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Record):
    """Answers under a code, `content/responses/<survey>/<cohort>/<code>.yml`."""

    survey: str
    cohort: str
    code: str
    role: Role | None = None
    waves: tuple[WaveAnswers, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """A workshop, seminar or gathering, `content/events/<id>.yml`."""

    id: str
    title: str
    kind: EventKind
    on: date
    setting: EventSetting
    summary: str | None = None
    starts_at: str | None = None
    minutes: int | None = None
    time_zone: str | None = None
    place: str | None = None
    url: str | None = None
    capacity: int | None = None
    cohorts: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    attended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource(Record):
    """Something worth learning from, `content/resources/<id>.yml`."""

    id: str
    title: str
    kind: ResourceKind
    url: str | None = None
    summary: str | None = None
    skills: tuple[str, ...] = ()
    level: Level | None = None
    language: str | None = None
    minutes: int | None = None
    suggested_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingModule(Record):
    """A training module, `content/training/<id>.md`: front matter, then `text` in Markdown."""

    id: str
    title: str
    minutes: int
    roles: tuple[Role, ...]
    text: str = ""
    objectives: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    order: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Record):
    """A hand-written page, `content/pages/<path>`; `text` is Markdown without front matter."""

    path: str
    text: str = ""
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedColumn:
    """A column of a form's sheets: the field that it fills, or `-`, and what answers mean."""

    header: str
    answers: dict[str, str] = field(default_factory=dict)
    field: str
    option: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedDecision:
    """Whether rows, known by these words, are of one person."""

    words: tuple[str, ...]
    same_person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReading(Record):
    """How the sheets of one form are read, `content/readings/<id>.yml`."""

    id: str
    lists: SheetSubject | None = None
    every_form: bool = False
    columns: tuple[SavedColumn, ...] = ()
    encoding: str | None = None
    worksheet: str | None = None
    date_order: DateOrderWord | None = None
    time_zone: str | None = None
    hidden_rows: HiddenRows | None = None
    people: tuple[SavedDecision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFigures(Record):
    """What was published of a closed date, `content/published/<cohort>/<due date>-<audience>.yml`.

    `figures` are the contents of the report of that date, for that audience, and never change.
    `withheld` names what too few people are behind, and `later` what the final report tells.
    """

    cohort: str
    due: date
    audience: PublishedAudience
    closed_on: date
    digest: str
    is_final: bool = False
    withheld: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    figures: dict[str, Any] = field(default_factory=dict)
