"""A cohort of pairs lived through on GitHub: sixteen weeks, by forms, forks, merges, a real Git.

People answer early, late, twice, wrongly, for others and never; a coordinator merges what the
status allows, some days later; runs die at random requests. What must be there at the end is worked
out a second time from the people alone.
"""

import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, get_args

import pytest

import folder
from commits import Commits
from dying_client import DyingClient, Killed, run_reminders
from peerloom import git, github, reminders, review, source
from peerloom.github.client import Client
from peerloom.github.submit_forms import list_waiting_issues, submit_form
from peerloom.issue_forms.replies import REPLY_MARK
from peerloom.program import examine_snapshot
from stand_in import Origin, StandIn
from stand_in.server import BOT

HOME = "reading-circle/mentoring"
STARTS = date(2026, 1, 12)
DUES = [STARTS + timedelta(weeks=5 * n) for n in range(1, 4)]
DAYS = 16 * 7 + 47

How = Literal["form", "wrong form", "form twice", "file", "for another", "never"]
_FORM = """\
### Which check-in

spring/{pair}/{due}

### Did you meet?

{met}

### When you met

_No response_

### Where your goals stand

_No response_

### Next steps

{steps}

### Next meeting

_No response_
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person does about one date: how, on which day, how long the merge takes."""

    pair: str
    due: date
    who: str
    how: How
    sent: date
    lag: int

    @property
    def path(self) -> str:
        return f"content/check-ins/spring/{self.pair}/{self.due}-{self.who}.yml"

    @property
    def merged(self) -> date:
        """When the first record of it is on main; never for what nobody may send."""
        if self.how in ("never", "for another"):
            return date.max
        mended = 2 if self.how == "wrong form" else 0
        return self.sent + timedelta(days=mended + self.lag)

    def form(self, steps: str, met: str = "We met") -> str:
        return _FORM.format(pair=self.pair, due=self.due, steps=steps, met=met)


def planned(chance: random.Random, pairs: int) -> list[Answer]:
    hows: list[How] = ["form"] * 5 + ["file"] * 3
    hows += ["wrong form", "form twice", "for another", "never"]
    when = [-2, -1, 0, 0, 1, 2, 4, 6, 9, 13, 20, 33]
    return [
        Answer(
            f"p{n:02}",
            due,
            f"{side}{n:02}",
            chance.choice(hows),
            due + timedelta(days=chance.choice(when)),
            chance.randrange(3),
        )
        for n in range(pairs)
        for due in DUES
        for side in "me"
    ]


def program(pairs: int) -> dict[str, Any]:
    files = {"content/program.yml": folder.MINIMAL["content/program.yml"]}
    dates = ", ".join(map(str, DUES))
    files["content/cohorts/spring.yml"] = (
        f"id: spring\nname: Spring\nstarts: {STARTS}\nends: {STARTS + timedelta(weeks=16)}\n"
        f"check_ins:\n  dates: [{dates}]\n  grace_days: 5\n  answers: both\n"
    )
    for n in range(pairs):
        for side, role in (("m", "mentor"), ("e", "mentee")):
            id_ = f"{side}{n:02}"
            files[f"content/participants/{id_}.yml"] = (
                f"id: {id_}\nname: Example {id_}\ngithub: gh-{id_}\ngithub_id: {number(id_)}\n"
                f"cohorts:\n  - cohort: spring\n    role: {role}\n"
                "consent:\n  given_on: 2026-01-02\n  show: members\n"
            )
        files[f"content/pairs/spring/p{n:02}.yml"] = (
            f"id: p{n:02}\ncohort: spring\nmentor: m{n:02}\nmentee: e{n:02}\nstatus: active\n"
            f"started_on: {STARTS}\n"
        )
    return files


def number(who: str) -> int:
    return 1000 + int(who[1:]) * 2 + (who[0] == "e")


class Cohort:
    """The program on GitHub, and everybody in it."""

    def __init__(self, root: Path, hub: StandIn, chance: random.Random, pairs: int) -> None:
        self.hub, self.chance = hub, chance
        self.commits = Commits(root / "origin.git")
        self.commits.commit("main", program(pairs))
        self.repository = hub.repositories[HOME]
        self.repository.origin = Origin(self.commits.folder)
        self.there = git.Repository(self.commits.folder)
        self.plan = planned(chance, pairs)
        self.sent: dict[int, Answer] = {}
        self.waits: dict[tuple[str, date], int] = {}
        self.read: dict[str, Any] = {}
        self.killed = 0

    def live(self, today: date) -> None:
        self.hub.now = datetime(today.year, today.month, today.day, 4, tzinfo=UTC)
        for answer in self.plan:
            self._act(answer, today)
        self._run_dying(lambda hub: self._propose(hub, today))
        self._merge(today)
        now = self._now(today)
        assert now.is_clean, now.diagnostics[:3]
        self._run_dying(lambda hub: run_reminders(now.program, self.hub, today, hub))

    def _now(self, today: date) -> Any:
        """What is on main, read anew where somebody merged."""
        main = self.commits.git("rev-parse", "main")
        if main not in self.read:
            self.read = {
                main: examine_snapshot(git.begin_pull_request(self.there, main).before, today)
            }
        return self.read[main]

    def _run_dying(self, run: Any) -> None:
        """A run that may die, and the next one, which does not."""
        if self.chance.random() < 0.3:
            dies_at, after = self.chance.randrange(1, 25), self.chance.random() < 0.5
            with suppress(Killed):
                run(DyingClient(self.hub, dies_at, after=after))
                return
            self.killed += 1
        run(Client(self.hub.token, self.hub.url))

    def _act(self, answer: Answer, today: date) -> None:
        days = (today - answer.sent).days
        if days == 0 and answer.how in ("form", "form twice", "wrong form"):
            met = "Perhaps" if answer.how == "wrong form" else "We met"
            self._open(answer, answer.form("first", met))
        elif days == 2 and answer.how == "wrong form":
            issue = next(n for n, a in self.sent.items() if a is answer)
            edited = {"body": answer.form("first"), "updated_at": self.hub.time()}
            self.repository.issues[issue] |= edited
        elif days == 6 and answer.how == "form twice":
            self._open(answer, answer.form("second"))
        elif days == 0 and answer.how in ("file", "for another"):
            self._fork(answer, today)

    def _open(self, answer: Answer, body: str) -> None:
        who = f"gh-{answer.who}", number(answer.who)
        self.sent[self.hub.open_as(*who, HOME, "Check-in", body)] = answer

    def _fork(self, answer: Answer, today: date) -> None:
        """A file by the page that GitHub fills in; some send it for the other of their pair."""
        other = ("e" if answer.who[0] == "m" else "m") + answer.who[1:]
        by = other if answer.how == "for another" else answer.who
        text = (
            f"cohort: spring\npair: {answer.pair}\ndue: {answer.due}\nparticipant: {answer.who}\n"
            f"answered_on: {today}\nmet: true\nnext_steps: first\n"
        )
        branch = f"fork-{answer.pair}-{answer.due}-{answer.who}"
        head = self.commits.commit(branch, {answer.path: text}, "main")
        who = {"login": f"gh-{by}", "id": number(by), "type": "User"}
        value = {"title": "Add a file", "body": "", "head": branch, "base": "main"}
        at = self.hub.propose_as(who, HOME, value)
        self.sent[at] = answer
        found = review.review_pull_request(
            git.read_pull_request(self.there, "main", head), f"gh-{by}", number(by), today
        )
        hub = Client(self.hub.token, self.hub.url)
        said = review.review_as_markdown(found)
        merge = github.choose_merge(hub, HOME, {})
        github.post_review(
            found,
            said,
            hub,
            HOME,
            at,
            account=github.Account(number=BOT["id"], login=BOT["login"]),
            merge=merge,
            received=today,
        )

    def _propose(self, hub: Client, today: date) -> None:
        unchanged = git.begin_pull_request(self.there, "main")
        publisher = github.make_publisher(
            hub, HOME, unchanged, self.there.find_root_tree(unchanged.base), today
        )
        for each in list_waiting_issues(publisher):
            submit_form(publisher, each)

    def _merge(self, today: date) -> None:
        """The coordinator merges what the status allows, when she comes to it."""
        states = {sha: status["state"] for sha, status in self.repository.statuses}
        assert self.repository.origin is not None
        heads = self.repository.origin.refs("heads/")
        for at, pull in list(self.repository.pulls.items()):
            is_closed = self.repository.issues[at]["state"] == "closed"
            if is_closed or states.get(heads.get(f"refs/heads/{pull['head']}", "")) != "success":
                continue
            issue = pull["head"].removeprefix("issue-")
            answer = self.sent[int(issue)] if issue.isdigit() else self.sent[at]
            first = self.waits.setdefault((pull["head"], answer.due), today.toordinal())
            if today.toordinal() - first >= answer.lag:
                self.hub.merge(HOME, at)


@pytest.mark.xdist_group("cohort-on-github")
def test_a_cohort_lived_through_on_github_ends_as_worked_out(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    with StandIn(HOME) as hub:
        cohort = Cohort(tmp_path, hub, random.Random(4), pytestconfig.getoption("--pairs"))
        assert {answer.how for answer in cohort.plan} == set(get_args(How))
        for days in range(DAYS):
            cohort.live(STARTS + timedelta(days=days))
        assert cohort.killed > 20
        _issues_are_as_worked_out(cohort)
        _files_are_as_worked_out(cohort)
        _what_was_sent_is_as_worked_out(cohort)


def _issues_are_as_worked_out(cohort: Cohort) -> None:
    """One reminder for each date that was not answered early, closed; each step asked once."""
    stops: dict[tuple[str, date], date] = {}
    for answer in cohort.plan:
        key = answer.pair, answer.due
        stops[key] = max(answer.merged, stops.get(key, date.min))
    opened = {key for key, stop in stops.items() if key[1] - timedelta(days=3) < stop}
    asked = Counter(
        step
        for (_, due), stop in stops.items()
        for step in (3, 7, 14)
        if due + timedelta(days=step) < stop
    )
    issues = cohort.repository.issues.values()
    marks = {
        i["url"]: reminders.read_mark(i["body"] or "")
        for i in issues
        if i["user"]["id"] == BOT["id"]
    }
    ours = {url: mark for url, mark in marks.items() if mark}
    assert Counter((m.pair, m.due) for m in ours.values()) == Counter(opened)
    assert {i["state"] for i in issues if i["url"] in ours} == {"closed"}
    said = Counter(
        int(c["body"].partition("day=")[2].partition(" ")[0])
        for c in cohort.repository.comments.values()
        if c["issue_url"] in ours
    )
    assert said == asked


def _files_are_as_worked_out(cohort: Cohort) -> None:
    listed = cohort.commits.git("ls-tree", "-r", "--name-only", "main", "content/check-ins/")
    wanted = {a.path: a for a in cohort.plan if a.merged < date.max}
    assert set(listed.splitlines()) == wanted.keys()
    for path, answer in wanted.items():
        record = source.parse(cohort.commits.git("show", f"main:{path}").encode()).value
        assert record["next_steps"] == ("second" if answer.how == "form twice" else "first")
        assert record["answered_on"] == (answer.merged - timedelta(answer.lag)).isoformat()


def _what_was_sent_is_as_worked_out(cohort: Cohort) -> None:
    """Each issue and pull request got one comment, and closed unless nobody may merge it."""
    repository = cohort.repository
    comments = Counter(c["issue_url"] for c in repository.comments.values())
    hows = Counter(answer.how for answer in cohort.plan)
    by_form = hows["form"] + hows["wrong form"] + 2 * hows["form twice"]
    assert len(cohort.sent) == by_form + hows["file"] + hows["for another"]
    assert len(repository.pulls) == len(cohort.sent)
    for at in cohort.sent.keys() | repository.pulls.keys():
        assert comments[repository.issues[at]["url"]] == 1
    left = [n for n in repository.pulls if repository.issues[n]["state"] == "open"]
    assert sorted(cohort.sent[n].how for n in left) == ["for another"] * hows["for another"]
    assert sum(bool(p["merged_at"]) for p in repository.pulls.values()) == by_form + hows["file"]
    assert cohort.repository.origin.refs("heads/issue-") == {}
    forms = [n for n in cohort.sent if n not in repository.pulls]
    assert {repository.issues[n]["state"] for n in forms} == {"closed"}
    texts = [c["body"] for c in repository.comments.values()]
    assert sum(text.startswith(REPLY_MARK) for text in texts) == by_form
