"""Programs made up at random, with what is true of them kept apart from their records.

What happens is decided first, tallied, and only then written down as records, some of it
badly: late, by one of the two alone, or without a day.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

COHORT = "made-up"
STARTS, ENDS = date(2025, 1, 6), date(2025, 6, 29)
# After grace, and after the closing survey.
OVER = date(2025, 9, 30)
_ANSWERS = ("both", "either", "mentor", "mentee")
_REASONS = ("time", "poor_fit", "moved_or_changed_role")
_Record = dict[str, Any]


class _Dumper(yaml.SafeDumper):
    """YAML in which every value is written out, however often it is used."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@dataclass(kw_only=True)
class Truth:
    """What happened, with its day; not how it was written down."""

    meetings: list[tuple[date, int | None]] = field(default_factory=list)
    undated_meetings: list[date] = field(default_factory=list)
    outcomes: list[tuple[date, str]] = field(default_factory=list)
    calls: list[date] = field(default_factory=list)
    statuses: dict[str, list[tuple[date, str]]] = field(default_factory=dict)
    goals_set: list[date] = field(default_factory=list)
    final_levels: Counter[int] = field(default_factory=Counter)
    differ: int = 0
    ratings: dict[date, list[int]] = field(default_factory=dict)
    modules_done: list[date] = field(default_factory=list)
    attendances: list[tuple[date, bool]] = field(default_factory=list)
    circle_meetings: list[tuple[date, int, int]] = field(default_factory=list)
    joined_and_left: list[tuple[str, str, date, date]] = field(default_factory=list)
    wave_answers: list[tuple[str, date]] = field(default_factory=list)
    changes: list[int] = field(default_factory=list)

    def status_on(self, pair: str, day: date) -> str | None:
        """The status of a pair on a day; None before it existed."""
        known = [status for since, status in self.statuses[pair] if since <= day]
        return known[-1] if known else None


class _Maker:
    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.random, self.truth = root, random.Random(seed), Truth()
        self.answers = _ANSWERS[seed % len(_ANSWERS)]
        self.weeks = self.random.choice((2, 3, 4))
        self.grace = self.random.choice((0, 3, 7))

    def make(self) -> Truth:
        self.write_settings()
        pairs = [self.plan_people(number) for number in range(self.random.randint(3, 14))]
        for people in pairs:
            self.make_pair(*people)
        everybody = [who for pair in pairs for who in pair if not who.startswith("-")]
        self.make_circle(everybody[:5])
        self.make_event(everybody)
        self.make_responses(len(everybody))
        return self.truth

    # The frame

    def write_settings(self) -> None:
        self.write(
            "program.yml",
            {
                "name": "Made Up",
                "repository": "made/up",
                "visibility": "private",
                "time_zone": "Europe/Lisbon",
                "languages": ["en"],
            },
        )
        self.write(
            f"cohorts/{COHORT}.yml",
            {
                "id": COHORT,
                "name": "Made Up",
                "starts": STARTS,
                "ends": ENDS,
                "check_ins": {
                    "every_weeks": self.weeks,
                    "grace_days": self.grace,
                    "answers": self.answers,
                },
                "surveys": ["feeling"],
                "training": ["listening"],
            },
        )
        self.write(
            "surveys/feeling.yml",
            {
                "id": "feeling",
                "title": "Feeling",
                "waves": ["before", "after"],
                "items": [
                    {
                        "id": "sure",
                        "text": "I know what I do next.",
                        "kind": "scale",
                        "scale": {"lowest": 1, "highest": 5},
                    }
                ],
            },
        )
        text = "---\ntitle: Listening\nminutes: 20\nroles: [mentor, mentee]\n---\nListen.\n"
        path = self.root / "content/training/listening.md"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")

    def plan_people(self, number: int) -> tuple[str, str]:
        return f"mentor-{number:02}", f"mentee-{number:02}"

    # People and pairs

    def make_person(self, id_: str, role: str, left_on: date | None) -> None:
        joined = STARTS + timedelta(days=self.random.choice((0, 0, 0, 9)))
        part: _Record = {"cohort": COHORT, "role": role, "joined": joined}
        if left_on:
            part["left_on"] = left_on
        person: _Record = {"id": id_, "name": id_.replace("-", " ").title(), "cohorts": [part]}
        person["consent"] = {"given_on": STARTS - timedelta(days=9), "show": "members"}
        if self.random.random() < 0.7:
            done = min(STARTS + timedelta(days=self.random.randint(0, 60)), left_on or date.max)
            person["training"] = [{"module": "listening", "completed_on": done}]
            if role in ("mentor", "mentee"):
                self.truth.modules_done.append(done)
        self.truth.joined_and_left.append((id_, role, joined, left_on or date.max))
        self.write(f"participants/{id_}.yml", person)

    def make_pair(self, mentor: str, mentee: str) -> None:
        id_ = f"{mentor}-{mentee}"
        are_peers = self.answers in ("both", "either") and self.random.random() < 0.2
        proposed = STARTS + timedelta(days=self.random.randint(0, 20))
        started = proposed + timedelta(days=self.random.randint(0, 20))
        fate = self.random.choice(("never", "early", "completed", "open", "paused"))
        ended = ENDS - timedelta(days=self.random.randint(0, 5))
        if fate == "early":
            ended = started + timedelta(days=self.random.randint(5, 90))
        pair: _Record = {"id": id_, "cohort": COHORT, "proposed_on": proposed}
        pair |= {"peers": [mentor, mentee]} if are_peers else {"mentor": mentor, "mentee": mentee}
        left_on = ended if fate == "early" and self.random.random() < 0.5 else None
        for who, role in ((mentor, "mentor"), (mentee, "mentee")):
            self.make_person(who, "either" if are_peers else role, left_on)
        history = [(proposed, "proposed")]
        if fate == "never":
            pair["status"] = "proposed"
        else:
            pair["started_on"] = started
            history.append((started, "active"))
            pause = self.pause_pair(pair, started, ended) if fate == "paused" else None
            if pause:
                history += [(pause[0], "paused"), (pause[1] + timedelta(days=1), "active")]
            pair["status"] = {"early": "ended_early", "completed": "completed"}.get(fate, "active")
            if pair["status"] != "active":
                pair["ended_on"] = ended
                history.append((ended, pair["status"]))
                if fate == "early":
                    pair["end_reason"] = self.random.choice(_REASONS)
            last = ended if pair["status"] != "active" else ENDS
            self.live(pair, started, last, pause)
        self.truth.statuses[id_] = history
        self.write(f"pairs/{COHORT}/{id_}.yml", pair)

    def pause_pair(self, pair: _Record, started: date, ended: date) -> tuple[date, date]:
        first = started + timedelta(days=self.random.randint(10, 40))
        last = min(first + timedelta(days=self.random.randint(0, 30)), ended - timedelta(days=9))
        pair["pauses"] = [{"starts": first, "ends": last}]
        return first, last

    def live(
        self, pair: _Record, started: date, last: date, pause: tuple[date, date] | None
    ) -> None:
        """Decide what a pair does until its last day, and what of it is written down."""
        people = pair.get("peers") or [pair["mentor"], pair["mentee"]]
        goal_set = min(started + timedelta(days=self.random.randint(0, 30)), last)
        pair["goals"] = [{"id": "finish", "title": f"Finish {pair['id']}", "set_on": goal_set}]
        self.truth.goals_set.append(goal_set)
        level, levels = -2, {}
        met_since = started
        for number in range(1, 60):
            due = STARTS + timedelta(weeks=self.weeks * number)
            if due > ENDS or not started <= due <= last:
                continue
            if pause and pause[0] <= due <= pause[1]:
                continue
            level = min(level + self.random.choice((0, 1)), 2)
            met_since = self.write_period(pair, people, due, met_since, goal_set, level, levels)
        self.tally_levels(pair, levels)

    def write_period(
        self,
        pair: _Record,
        people: list[str],
        due: date,
        met_since: date,
        goal_set: date,
        level: int,
        levels: dict[str, int],
    ) -> date:
        """What happened before a due date, as some of the two report it."""
        asked = self.list_asked(pair, people)
        answering = [who for who in asked if self.random.random() < 0.8]
        span = (due - met_since).days
        met_on = met_since + timedelta(days=self.random.randint(1, span)) if span > 1 else None
        is_dated = self.random.random() < 0.8
        minutes = self.random.choice((None, 30, 45))
        said = None
        outcomes: list[tuple[date, str]] = []
        for who in answering:
            late_by = self.random.choice((-1, 0, 0, self.grace, self.grace + 1, self.grace + 20))
            answered = due + timedelta(days=late_by)
            check_in: _Record = {
                "cohort": COHORT,
                "pair": pair["id"],
                "due": due,
                "participant": who,
                "answered_on": answered,
            }
            is_received = self.random.random() < 0.9
            if is_received:
                check_in |= {"received_on": answered, "received_by": "coordinator"}
            state = "on_time" if late_by <= self.grace else "late"
            outcomes.append((answered, state if is_received else "undated"))
            if met_on and met_on <= answered:
                check_in["met"] = True
                said = "undated" if not is_dated and said != "dated" else "dated"
                if is_dated:
                    meeting = {"on": met_on} | ({"minutes": minutes} if minutes else {})
                    check_in["meetings"] = [meeting]
            rating = self.random.randint(1, 5)
            check_in["ratings"] = {"useful": rating}
            self.truth.ratings.setdefault(due, []).append(rating)
            if answered >= goal_set:
                own = level if "mentor" in pair or who == people[0] else min(level + 1, 2)
                check_in["goals"] = [{"goal": "finish", "level": own}]
                levels[who] = own
            if self.random.random() < 0.1:
                check_in["support_wanted"] = True
                self.truth.calls.append(answered)
            self.write(f"check-ins/{COHORT}/{pair['id']}/{due}-{who}.yml", check_in)
        self.tally_answers(due, asked, answering, outcomes)
        if said == "undated":
            self.truth.undated_meetings.append(due)
        elif said == "dated" and met_on:
            self.truth.meetings.append((met_on, minutes))
        return due

    def list_asked(self, pair: _Record, people: list[str]) -> list[str]:
        only = pair.get(self.answers) if self.answers in ("mentor", "mentee") else None
        return [only] if only else people

    def tally_answers(
        self,
        due: date,
        asked: list[str],
        answering: list[str],
        outcomes: list[tuple[date, str]],
    ) -> None:
        if self.answers == "either":
            first = min(zip(outcomes, answering, strict=True), default=None, key=_by_day_and_person)
            self.truth.outcomes.append((due, first[0][1] if first else "missing"))
            return
        self.truth.outcomes += [(due, outcome) for _, outcome in outcomes]
        self.truth.outcomes += [(due, "missing")] * (len(asked) - len(answering))

    def tally_levels(self, pair: _Record, levels: dict[str, int]) -> None:
        if not levels:
            return
        if "peers" in pair:
            words = set(levels.values())
            if len(words) > 1:
                self.truth.differ += 1
                return
            self.truth.final_levels[words.pop()] += 1
            return
        # Both of a pair say the same of a date, and later dates have no lower level.
        self.truth.final_levels[max(levels.values())] += 1

    # What happens beside pairs

    def make_circle(self, people: list[str]) -> None:
        meetings = []
        for number in range(self.random.randint(0, 5)):
            on = STARTS + timedelta(weeks=3 * number + 2)
            attended = [who for who in people if self.random.random() < 0.7]
            meetings.append({"on": on, "minutes": 60, "attended": attended})
            self.truth.circle_meetings.append((on, 60, len(attended)))
        circle = {
            "id": "table",
            "cohort": COHORT,
            "kind": "circle",
            "name": "Table",
            "status": "active",
            "started_on": STARTS,
            "facilitators": people[:1],
            "members": people[1:],
            "meetings": meetings,
        }
        self.write(f"circles/{COHORT}/table.yml", circle)

    def make_event(self, everybody: list[str]) -> None:
        on = STARTS + timedelta(days=self.random.randint(1, 100))
        guest = "a-guest"
        elsewhere = [{"cohort": "elsewhere", "role": "mentor"}]
        self.write(
            f"participants/{guest}.yml", {"id": guest, "name": "A Guest", "cohorts": elsewhere}
        )
        other = {"id": "elsewhere", "name": "Elsewhere", "starts": STARTS, "ends": ENDS}
        self.write("cohorts/elsewhere.yml", other)
        there = {
            who for who, _, joined, left_on in self.truth.joined_and_left if joined <= on < left_on
        }
        attended = [who for who in everybody if who in there and self.random.random() < 0.5]
        self.truth.attendances += [(on, True)] * len(attended) + [(on, False)]
        event = {
            "id": "evening",
            "title": "Evening",
            "kind": "social",
            "on": on,
            "setting": "online",
            "cohorts": [COHORT, "elsewhere"],
            "attended": [*attended, guest],
        }
        self.write("events/evening.yml", event)

    def make_responses(self, people: int) -> None:
        for number in range(people):
            code = f"c{number:04}"
            waves = []
            before = self.random.randint(1, 4)
            if self.random.random() < 0.9:
                on = STARTS + timedelta(days=self.random.randint(0, 10))
                waves.append({"wave": "before", "answered_on": on, "answers": {"sure": before}})
            if self.random.random() < 0.7:
                on = ENDS + timedelta(days=self.random.randint(0, 30))
                after = min(before + self.random.randint(0, 2), 5)
                waves.append({"wave": "after", "answered_on": on, "answers": {"sure": after}})
                if len(waves) == 2:
                    self.truth.changes.append(after - before)
            self.truth.wave_answers += [(w["wave"], w["answered_on"]) for w in waves]
            if waves:
                response = {"survey": "feeling", "cohort": COHORT, "code": code, "waves": waves}
                self.write(f"responses/feeling/{COHORT}/{code}.yml", response)

    def write(self, path: str, record: _Record) -> None:
        file = self.root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(record, Dumper=_Dumper, sort_keys=False)
        file.write_text(text, encoding="utf-8")


def _by_day_and_person(outcome: tuple[tuple[date, str], str]) -> tuple[date, str]:
    (day, _), person = outcome
    return day, person


def make_program(root: Path, seed: int) -> Truth:
    """Write a program into a folder and return what is true of it; the same for the same seed."""
    return _Maker(root, seed).make()
