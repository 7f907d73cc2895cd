"""Pull requests that share commits, opened, pushed, closed and reopened in any order by anybody."""

import random
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import folder
from attacks.attack import Attack, Outcome
from commits import Commits
from peerloom import git, github, review
from peerloom.git import Repository
from peerloom.github.client import Client
from peerloom.review import PullRequest
from stand_in import StandIn
from stand_in.server import Repository as Hosted

HOME = "reading-circle/mentoring"
GRACE, MALLORY = ("grace", 3), ("mallory", 666)
EVENTS = 9
TODAY = date(2026, 3, 1)
_FIRST = "content/check-ins/spring/ada-grace"
_CLEAN = "cohort: spring\npair: ada-grace\ndue: {0}\nparticipant: grace\nanswered_on: {0}\n"
DAYS = ("2026-02-09", "2026-02-23")


@dataclass
class Life:
    """A repository, the proposals that its commits make, and what happened so far."""

    hub: StandIn
    own: Client
    heads: dict[str, PullRequest]
    happened: list[str]

    @property
    def hosted(self) -> Hosted:
        return self.hub.repositories[HOME]

    def open(self) -> list[int]:
        """The pull requests that are open, the oldest first."""
        return [n for n in sorted(self.hosted.pulls) if self.hosted.issues[n]["state"] == "open"]


def share_heads(tries: int, seed: int) -> Outcome:
    """Lets things happen to pull requests, and looks after each whose word a commit's status is."""
    chance = random.Random(seed)
    failures: list[str] = []
    shared = 0
    with tempfile.TemporaryDirectory() as at, StandIn(HOME) as hub:
        heads = _heads(Path(at))
        for number in range(tries):
            hub.repositories[HOME] = Hosted()
            hub.requests.clear()
            life = Life(hub, Client(hub.token, hub.url), heads, [])
            for _ in range(EVENTS):
                before = _judged(life)
                _happen(life, chance)
                shared += _is_shared(life)
                said = _harm(life, before)
                if said:
                    failures.append(f"try {number} of seed {seed}: {said}: {life.happened}")
                    break
    return Outcome(tries=tries, note=f"{shared:,} times a commit was shared", failures=(*failures,))


def _heads(at: Path) -> dict[str, PullRequest]:
    """Check-ins of Grace's, by commit."""
    commits = Commits(at / "origin.git")
    grace = "content/participants/grace.yml"
    base = folder.MINIMAL | {grace: folder.MINIMAL[grace] + "github: grace\ngithub_id: 3\n"}
    main = commits.commit("main", base)
    there = Repository(commits.folder)
    found = {}
    for day in DAYS:
        sha = commits.commit(day, {f"{_FIRST}/{day}-grace.yml": _CLEAN.format(day)}, main)
        found[sha] = git.read_pull_request(there, main, sha)
    return found


def _happen(life: Life, chance: random.Random) -> None:
    """Something happens, and the review that it starts runs."""
    what = chance.choice(("open", "open", "push", "close", "reopen", "retarget", "review"))
    numbers, pulls = life.open(), life.hosted.pulls
    closed = sorted(pulls.keys() - set(numbers))
    head = chance.choice(sorted(life.heads))
    if what == "open":
        who = chance.choice((GRACE, MALLORY))
        base = chance.choice(("main", "main", "main", "side"))
        fork = chance.choice(("", None))
        number = life.hub.pull_as(who, HOME, head, base=base, fork=fork)
    elif what == "reopen" and closed:
        number = chance.choice(closed)
        life.hosted.issues[number] |= {"state": "open", "closed_at": None}
    elif what != "reopen" and numbers:
        number = chance.choice(numbers)
    else:
        return
    old = pulls[number]["head_sha"]
    if what == "push":
        pulls[number]["head_sha"] = head
    elif what == "close":
        life.hosted.issues[number]["state"] = "closed"
    elif what == "retarget":
        pulls[number]["base"] = chance.choice(("main", "side"))
    life.happened.append(f"{what} {number}")
    # Of a push, the commit that was left is looked at, too.
    for each in dict.fromkeys((old, pulls[number]["head_sha"])):
        _review(life, number, each)


def _review(life: Life, number: int, head: str) -> None:
    """As `peerloom review --post` does."""
    account = life.own.account()
    judged = github.choose_pull_request(life.own, HOME, number, head, account)
    if judged is not None:
        assert judged.author is not None
        found = review.review_pull_request(
            life.heads[head], judged.author.login, judged.author.number, TODAY
        )
        merge = github.choose_merge(life.own, HOME, {"GITHUB_OUTPUT": "/dev/null"})
        text = review.review_as_markdown(found)
        number = judged.number
        received = github.find_received_day(
            life.own, HOME, (head,), account, "Europe/Lisbon", number=number
        )
        github.post_review(
            found, text, life.own, HOME, number, account=account, merge=merge, received=received
        )


def _statuses(life: Life) -> dict[str, dict[str, Any]]:
    """The newest status of each commit."""
    return dict(life.hosted.statuses)


def _having(life: Life, head: str) -> list[int]:
    """The open pull requests to the default branch with a commit, the oldest first."""
    pulls = life.hosted.pulls
    return [n for n in life.open() if pulls[n]["head_sha"] == head and pulls[n]["base"] == "main"]


def _judged(life: Life) -> dict[str, tuple[int, str]]:
    """The pull request that each commit's status rightly speaks of, and what it says."""
    said = _statuses(life)
    found = {}
    for head in life.heads:
        having = _having(life, head)
        state = said.get(head, {}).get("state", "")
        holds = [n for n in having if state == _right(life, n)]
        if holds:
            speaks = int(said[head].get("target_url", f"/{holds[0]}").rsplit("/", 1)[1])
            found[head] = (speaks, state)
    return found


def _right(life: Life, number: int) -> str:
    """What a status must say of a pull request: Grace may send her check-in, Mallory may not."""
    is_graces = life.hosted.issues[number]["user"]["login"] == "grace"
    return "success" if is_graces else "failure"


def _is_shared(life: Life) -> bool:
    return any(len(_having(life, head)) > 1 for head in life.heads)


def _harm(life: Life, before: dict[str, tuple[int, str]]) -> str:
    """A status that another's doing changed, or that is nobody's who has the commit."""
    said = _statuses(life)
    for head in life.heads:
        having = _having(life, head)
        state = said.get(head, {}).get("state", "")
        holds, was = before.get(head, (0, ""))
        if holds in having and state != was:
            return f"#{holds} was {was} and is {state}"
        if having and not any(state == _right(life, n) for n in having):
            return f"{state or 'no status'} at a commit of {having}"
        for number in having:
            if not _comments(life, number):
                return f"#{number} is told nothing"
    return ""


def _comments(life: Life, number: int) -> list[str]:
    at = life.hosted.issues[number]["url"]
    return [c["body"] for c in life.hosted.comments.values() if c["issue_url"] == at]


ATTACK = Attack(name="shared-heads", command="chaos", run=share_heads, few=25)
