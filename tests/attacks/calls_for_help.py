"""Calls for help in runs that die: coordinators are told once, and the public nothing."""

import random
from contextlib import suppress
from datetime import date
from typing import Any

from attacks.attack import Attack, Outcome
from attacks.pull_requests import BASE, Reviewer
from dying_client import DyingClient, Killed
from peerloom import github, source
from peerloom import review as reviews
from stand_in import StandIn
from stand_in.server import Repository

HOME, PRIVATE = "reading-circle/mentoring", "reading-circle/coordinators"
_PATH = "content/check-ins/spring/ada-grace/2026-02-23-grace.yml"
# Where somebody in need may put the file by mistake.
_WRONG_PATHS = (
    _PATH.replace("-grace", "-ada"),
    _PATH.replace("-grace", "-Grace"),
    _PATH.replace("ada-grace/", "ada-bob/"),
    _PATH.replace("2026-02-23-", ""),
)
_PLAIN: dict[str, Any] = {
    "cohort": "spring",
    "pair": "ada-grace",
    "due": "2026-02-23",
    "participant": "grace",
    "answered_on": "2026-02-24",
    "met": True,
    "ratings": {"useful": 4, "relationship": 4},
    "fit": "good",
    "next_steps": "Write a test.",
}
_WORD = "zqcallzq"
_CALLS: tuple[dict[str, Any], ...] = (
    {"support_wanted": True},
    {"support_wanted": True, "support_note": f"{_WORD} I feel unsafe."},
    {"support_note": f"{_WORD} please call me"},
    {"fit": "not_good"},
    {"challenges": f"{_WORD}: my mentor threatens me."},
    {"next_steps": "I am afraid, he hit me."},
    {"next_steps": "I want to kill myself."},
    {"support_wanted": True, "fit": "not_good", "challenges": f"{_WORD} ::error ##[error]"},
)
_SAID = {
    "may merge": "the rules hold",
    "not allowed": "it changes what is not its author's to change",
    "has mistakes": "something must be corrected",
}
_LAST_REQUEST = 14
_SENT_ON = date(2026, 2, 24)


def call_for_help(tries: int, seed: int) -> Outcome:
    """Reviews check-ins in runs that die at a random request, each of which is run again."""
    chance = random.Random(seed)
    killed, called = 0, 0
    failures: list[str] = []
    with StandIn(HOME, PRIVATE) as hub:
        reviewers = {key: _make_reviewer(*key) for key in _settings()}
        for number in range(tries):
            key = chance.choice(list(reviewers))
            call = chance.choice((*_CALLS, {}, {}, {}))
            called += bool(call)
            hub.repositories = {HOME: Repository(), PRIVATE: Repository()}
            hub.requests.clear()
            path = chance.choice((_PATH, _PATH, *_WRONG_PATHS))
            found = reviewers[key].review(
                {path: source.dump(_PLAIN | call)}, "grace", received=_SENT_ON
            )
            pull_request = hub.pull_as(("grace", 3), HOME, found.head)
            dies_at, after = chance.randrange(_LAST_REQUEST), chance.random() < 0.5
            try:
                _post(found, hub, DyingClient(hub, dies_at, after=after), pull_request)
            except Killed:
                killed += 1
            with suppress(Killed):
                _post(found, hub, DyingClient(hub), pull_request)
            plain = reviewers[key[0], "by hand"].review(
                {path: source.dump(_PLAIN)}, "grace", received=_SENT_ON
            )
            wrong = list(_wrongs(hub, pull_request, call, key, plain))
            if wrong:
                failures.append(f"try {number} of seed {seed}: {key}, {call}: {', '.join(wrong)}")
    note = f"{called:,} with a call, {killed:,} runs killed"
    return Outcome(tries=tries, note=note, failures=tuple(failures))


def _settings() -> list[tuple[str, str]]:
    return [(seen, merge) for seen in ("private", "public") for merge in ("by hand", "when clean")]


def _make_reviewer(visibility: str, merge: str) -> Reviewer:
    program = BASE["content/program.yml"].replace(
        "visibility: private", f"visibility: {visibility}"
    )
    program += f"merge: {merge}\ncoordinators_repository: {PRIVATE}\n"
    return Reviewer(BASE | {"content/program.yml": program})


def _post(found: reviews.Review, hub: StandIn, client: DyingClient, pull_request: int) -> None:
    """As `peerloom review --post`: coordinators first, then the pull request."""
    if found.coordinators:
        github.tell_coordinators(found.calls, client, found.coordinators, hub.slept.append)
    comment = reviews.review_as_markdown(found)
    account = github.Account(number=int(hub.account["id"]), login=hub.account["login"])
    merge = github.choose_merge(client, HOME, {})
    github.post_review(
        found, comment, client, HOME, pull_request, account=account, merge=merge, received=None
    )


def _wrongs(
    hub: StandIn,
    pull_request: int,
    call: dict[str, Any],
    key: tuple[str, str],
    plain: reviews.Review,
) -> list[str]:
    is_call = bool(call)
    home, private = hub.repositories[HOME], hub.repositories[PRIVATE]
    merges_itself = key == ("private", "when clean") and not is_call and plain.is_fine
    found: dict[str, bool] = {
        f"coordinators told {len(private.issues)} times": len(private.issues) != is_call,
        "merged": bool(home.merged) != merges_itself,
        "public": any(_WORD in str(v) for v in (home.comments, home.statuses, home.issues)),
    }
    if not merges_itself:
        said = [comment["body"] for comment in home.comments.values()]
        labels = {label["name"] for label in home.issues[pull_request]["labels"]}
        # Members of a private repository may read the next steps, and the page shows them.
        is_seen = key[0] == "private" and "next_steps" in call
        found["comment differs"] = not is_seen and said != [reviews.review_as_markdown(plain)]
        found["labels differ"] = labels != set(plain.labels)
        status = {status["description"].partition(";")[0] for _, status in home.statuses}
        found["status differs"] = status != {_SAID[plain.verdict]}
    return [what for what, holds in found.items() if holds]


ATTACK = Attack(name="calls-for-help", command="chaos", run=call_for_help, few=40)
