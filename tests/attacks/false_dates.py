"""Answers that lie about their days: what was sent late is never on time, nor merges itself."""

import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from click.testing import CliRunner

import folder
from attacks.attack import Attack, Outcome
from commits import Commits
from peerloom import git
from peerloom import review as reviews
from peerloom.arrival_days import MOST_AT_ONCE
from peerloom.cli.command import peerloom
from peerloom.git import with_days_from_git
from peerloom.program import examine_snapshot
from peerloom.progress.pair_history import pair_history
from peerloom.records import Program
from peerloom.review.policy.row import OPEN_DAYS
from stand_in import Origin, StandIn
from stand_in.server import Repository

HOME = "reading-circle/mentoring"
GRACE = "content/participants/grace.yml"
FOLDER = "content/check-ins/spring/ada-grace"
ZONES = ("Pacific/Auckland", "Europe/Lisbon", "America/Los_Angeles")
FIRST, GRACE_DAYS, DUES = date(2026, 1, 26), 5, 8
BEGAN = date(2026, 1, 14)
WHO = {"login": "grace", "id": 3, "type": "User"}
GITHUB = "GitHub <noreply@github.com>"
LATER = date(2027, 1, 1)


@dataclass(slots=True)
class _Try:
    """One repository with one pair, what went wrong with it, and the chance that it is made by."""

    number: int
    chance: random.Random
    hub: StandIn
    root: Path
    commits: Commits = field(init=False)
    zone: str = field(init=False)
    wrongs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.commits = Commits(self.root / f"{self.number}.git")
        self.zone = self.chance.choice(ZONES)
        base = dict(folder.MINIMAL)
        base[GRACE] += "github: grace\ngithub_id: 3\n"
        program = base["content/program.yml"].replace("Europe/Lisbon", self.zone)
        base["content/program.yml"] = f"{program}merge: when clean\n"
        self.write("main", base, None, _at(BEGAN))

    def write(
        self,
        branch: str,
        files: dict[str, str],
        parent: str | None,
        when: datetime,
        by: str = GITHUB,
    ) -> str:
        """A commit of Grace's, whose dates lie, that somebody commits at a moment."""
        lie = _at(BEGAN + timedelta(self.chance.randrange(-400, 100)))
        self.commits.author = f"Grace <grace@example.org> {int(lie.timestamp())} +0000"
        self.commits.committer = f"{by} {int(when.timestamp())} +0000"
        return self.commits.commit(branch, files, parent)

    def day(self, moment: datetime) -> date:
        """The day in the program's time zone."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def moment(self, due: date) -> datetime:
        """When something comes, from before its due date to long after it."""
        days = self.chance.choice((-3, 0, 4, 5, 6, 8, 29, 31, 60)) + self.chance.random()
        return _at(due) + timedelta(days)

    def wrong(self, message: str) -> None:
        """Something that did harm."""
        self.wrongs.append(f"try {self.number}: {message}")

    def program(self, history: Path | None = None) -> Program:
        """The program on main, with all that Git tells of it; perhaps by another clone."""
        found = git.begin_pull_request(git.Repository(self.commits.folder), "main")
        program = examine_snapshot(found.before, LATER).program
        return with_days_from_git(program, history or self.commits.folder, LATER)


def lie_about_days(tries: int, seed: int) -> Outcome:
    """Sends answers with invented days in every way there is, and counts what is believed."""
    chance = random.Random(seed)
    seen: Counter[str] = Counter()
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as at, StandIn(HOME) as hub:
        for number in range(tries):
            one = _Try(number, chance, hub, Path(at))
            way = _WAYS[number % len(_WAYS)]
            seen[way.__name__.removeprefix("_")] += 1
            way(one)
            failures += [f"{wrong} (seed {seed})" for wrong in one.wrongs]
    return Outcome(tries=tries, note=_note(seen), failures=tuple(failures))


def _note(seen: Counter[str]) -> str:
    return ", ".join(f"{n:,} {what.replace('_', ' ')}" for what, n in sorted(seen.items()))


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _path(due: date, who: str = "grace") -> str:
    return f"{FOLDER}/{due}-{who}.yml"


def _record(due: date, said: date, more: str = "", who: str = "grace") -> str:
    return (
        f"cohort: spring\npair: ada-grace\ndue: {due}\nparticipant: {who}\n"
        f"answered_on: {said}\n{more}"
    )


def _state(program: Program, due: date) -> str:
    (pair,) = program.pairs.values()
    owed = pair_history(program, pair, LATER).owed_check_ins
    return next(a.state for a in owed if (a.due, a.participant) == (due, "grace"))


# An answer proposed on GitHub.


def _sent_by_pull_request(one: _Try) -> None:
    chance = one.chance
    due = FIRST + timedelta(14 * chance.randrange(DUES))
    sent = one.moment(due)
    received = one.day(sent)
    said = chance.choice((due, received, received - timedelta(2), date(2020, 1, 1), FIRST))
    met = chance.choice((None, due, BEGAN - timedelta(1), received + timedelta(1)))
    more = f"met: true\nmeetings: [{{on: {met}}}]\n" if met else "met: true\n"
    is_forged = chance.random() < 0.2
    if is_forged:
        more += f"received_on: {due}\nreceived_by: {chance.choice(('github', 'coordinator'))}\n"
    number = _opened(one, {_path(due): _record(due, said, more)}, sent, due)
    told = _reviewed(one, number, sent)
    is_late = received > due + timedelta(GRACE_DAYS)
    is_odd = abs((said - received).days) > 1 or bool(met and not BEGAN <= met <= received)
    is_merged = bool(_repository(one).merged)
    if (is_late or is_odd or is_forged) and is_merged:
        one.wrong(f"said {said}, met {met}, came {received} for {due}, and merged itself")
    if (is_odd or is_forged) and "the rules hold; received" in told:
        one.wrong(f"said {said}, met {met}, came {received} for {due}, and nobody decides")
    if is_forged and not told.startswith("it changes"):
        one.wrong(f"says itself when it came in, and is told: {told}")
    if not is_forged:
        _taken_in(one, number, sent, due, is_late=is_late, is_merged=is_merged)


def _taken_in(
    one: _Try, number: int, sent: datetime, due: date, *, is_late: bool, is_merged: bool
) -> None:
    """Somebody merges it, if nobody did, and what is true is written into the record."""
    one.hub.now = sent + timedelta(days=one.chance.randrange(2, 20))
    if not is_merged:
        one.hub.merge(HOME, number)
    if is_late and _state(one.program(), due) == "on_time":
        one.wrong(f"came late for {due}, and Git says that it was on time")
    if one.chance.random() < 0.5:
        if one.chance.random() < 0.5:  # it is read again, much later, and that changes nothing
            _reviewed(one, number, one.hub.now)
        _run(one, "receive", "--today", str(one.hub.now.date()))
        truth = "late" if is_late else "on_time"
        state = _state(one.program(), due)
        if state != truth:
            one.wrong(f"sent {sent} for {due}, and is {state}")


def _opened(one: _Try, files: dict[str, str], sent: datetime, due: date) -> int:
    """A pull request whose head came at a moment; perhaps with another one, on time, before."""
    hub = one.hub
    hub.repositories[HOME] = Repository(origin=Origin(one.commits.folder))
    hub.now = sent
    if is_early := one.chance.random() < 0.4:
        hub.now = min(sent, _at(due)) - timedelta(hours=12)
        early = {path: _record(due, one.day(hub.now)) for path in files}
        one.write("topic", early, "main", hub.now)
    else:
        one.write("topic", files, "main", sent, "Grace <grace@example.org>")
    value = {"title": "Update", "body": "", "head": "topic", "base": "main"}
    number = hub.propose_as(WHO, HOME, value)
    if is_early:
        _repository(one).settings.workflows = {}
        is_noted = one.chance.random() < 0.5
        if is_noted:
            text = one.commits.git("show", "main:content/program.yml").replace(
                "when clean", "by hand"
            )
            base = one.write("by-hand", {"content/program.yml": text + "\n"}, "main", hub.now)
            _reviewed(one, number, hub.now, base)
        hub.now = sent
        one.write("topic", files, "topic", sent, "Grace <grace@example.org>")
    return number


def _reviewed(one: _Try, number: int, when: datetime, base: str = "main") -> str:
    """What the status says after a review that ran at a moment, perhaps long after the push."""
    hub = one.hub
    hub.now = max(hub.now, when)
    head = one.commits.git("rev-parse", "topic")
    today = max(one.day(hub.now), hub.now.date())
    arguments = ["--base", base, "--head", head, "--author", "grace", "--author-id", "3"]
    _run(one, "review", *arguments, "--post", str(number), "--today", str(today))
    return str(_repository(one).statuses[-1][1]["description"])


def _repository(one: _Try) -> Repository:
    return one.hub.repositories[HOME]


def _run(one: _Try, *arguments: str) -> str:
    command = ["-C", str(one.commits.folder), *arguments]
    runner = CliRunner(env=one.hub.environment)
    done = runner.invoke(peerloom, command, catch_exceptions=False)
    if done.exit_code:
        one.wrong(f"{arguments[0]} ends with {done.exit_code}: {done.output[-200:]}")
    return done.stdout


# An answer that was counted, and is changed.


def _changed_afterwards(one: _Try) -> None:
    chance = one.chance
    due = FIRST + timedelta(14 * chance.randrange(DUES))
    first = due + timedelta(chance.choice((-1, 3, 8)))
    # The author's own day may be invented, and then it is long after the due date.
    said = chance.choice((first, due + timedelta(50)))
    note = f"received_on: {first}\nreceived_by: github\n" if chance.random() < 0.7 else ""
    before = _record(due, said, f"met: true\n{note}")
    one.write("main", {_path(due): before}, "main", _at(first))
    days = chance.choice((10, 29, 31, 60)) + chance.random()
    again = _at(due) + timedelta(days)
    received = one.day(again)
    what = chance.choice(("level", "level", "day", "receipt", "moved"))
    files: dict[str, str | None] = {
        "level": {_path(due): f"{before}goals: [{{goal: first-package, level: 2}}]\n"},
        "day": {
            _path(due): before.replace(f"answered_on: {said}", f"answered_on: {due - timedelta(9)}")
        },
        "receipt": {
            _path(due): before.replace(note, "") + f"received_on: {due}\nreceived_by: github\n"
        },
        "moved": {
            _path(due): None,
            _path(due + timedelta(14)): before.replace(
                f"due: {due}", f"due: {due + timedelta(14)}"
            ),
        },
    }[what]
    one.write("topic", files, "main", again, "Grace <grace@example.org>")  # type: ignore[arg-type]
    found = git.read_pull_request(git.Repository(one.commits.folder), "main", "topic")
    told = reviews.review_pull_request(found, "grace", 3, max(received, said), received=received)
    is_old = received > due + timedelta(OPEN_DAYS)
    may = what == "level" and not is_old
    if told.answer == "yes" and not may:
        one.wrong(f"{what} of an answer for {due} that came {first} is changed {received}")
    if what in ("receipt", "moved") and told.answer != "no":
        one.wrong(f"{what} of an answer is for {told.answer}")
    if may and told.answer != "yes":
        one.wrong(f"an honest change for {due} on {received} is for {told.answer}")


# Answers of which nothing but the history tells.


def _told_by_git(one: _Try) -> None:
    chance = one.chance
    truths: dict[date, date] = {}
    dues = [FIRST + timedelta(14 * n) for n in range(DUES)]
    sends = sorted((one.moment(due), due) for due in dues)
    for when, due in sends:
        one.write("main", {"README.md": f"{when}"}, "main", when - timedelta(minutes=2))
        _merged(one, due, when)
        truths[due] = one.day(when)
    program = one.program()
    for due, came in truths.items():
        is_late = came > due + timedelta(GRACE_DAYS)
        state = _state(program, due)
        if state not in ("late" if is_late else "on_time", "answered"):
            one.wrong(f"merged {came} for {due}, and is {state}")
    if chance.random() < 0.5:
        _without_history(one, dues)


def _merged(one: _Try, due: date, when: datetime) -> None:
    """Grace's answer comes onto main as GitHub merges it, or as her own commit, with its dates."""
    files = {_path(due): _record(due, due - timedelta(one.chance.randrange(300)))}
    match one.chance.choice(("squash", "merge", "forward")):
        case "squash":
            one.write("main", files, "main", when)
        case "merge":
            lie = _at(due) - timedelta(one.chance.randrange(400))
            head = one.write("topic", files, "main", lie, "Grace <grace@example.org>")
            one.commits.author = one.commits.committer = f"{GITHUB} {int(when.timestamp())} +0000"
            one.commits.commit("main", files, "main", head)
        case "forward":
            lie = when - timedelta(one.chance.choice((1, 2, 8, 30, 400)))
            one.commits.author = f"Grace <grace@example.org> {int(lie.timestamp())} +0000"
            one.commits.committer = one.commits.author
            one.commits.commit("main", files, "main")


def _without_history(one: _Try, dues: list[date]) -> None:
    """The newest commit alone tells nothing of any answer."""
    clone = one.root / f"{one.number}-shallow"
    url = one.commits.folder.as_uri()
    one.commits.git("clone", "--quiet", "--depth", "1", url, str(clone))
    program = one.program(clone)
    told = [due for due in dues if _state(program, due) != "answered"]
    if told:
        one.wrong(f"one commit tells when {len(told)} answers came in")


def _brought_all_at_once(one: _Try) -> None:
    """Answers kept elsewhere are taken in: in one commit, or in a history written anew."""
    chance = one.chance
    dues = [FIRST + timedelta(14 * n) for n in range(DUES)]
    files = {
        _path(due, who): _record(due, due, who=who) for due in dues for who in ("ada", "grace")
    }
    now = _at(chance.choice(dues)) + timedelta(chance.random())
    assert len(files) > MOST_AT_ONCE
    match chance.choice(("one commit", "anew", "from the start")):
        case "one commit":
            one.write("main", files, "main", now)
        case "anew":
            for number, (path, text) in enumerate(files.items()):
                one.write("main", {path: text}, "main", now + timedelta(seconds=number))
        case "from the start":
            whole = git.begin_pull_request(git.Repository(one.commits.folder), "main").before.files
            kept = {path: data.decode() for path, data in whole.items()}
            one.write("main", kept | files, None, now)
    program = one.program()
    told = [due for due in dues if _state(program, due) != "answered"]
    if told:
        one.wrong(f"answers taken in together are dated: {', '.join(map(str, told))}")


_WAYS = (_sent_by_pull_request, _changed_afterwards, _told_by_git, _brought_all_at_once)

ATTACK = Attack(name="false-dates", command="fuzz", run=lie_about_days, few=24)
