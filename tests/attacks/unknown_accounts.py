"""Runs under accounts of any number and kind, among copied marks: no issue is opened twice."""

import random
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import folder
from attacks.attack import Attack, Outcome
from dying_client import run_reminders
from peerloom import github, reminders
from peerloom.github.client import Client
from peerloom.program import load
from peerloom.records import Program
from stand_in import StandIn
from stand_in.server import BOT, Repository

HOME = "reading-circle/mentoring"
DUE = date(2026, 1, 26)
PAIRS = 3
RUNS = 4
# Whoever has write access; strangers and people who only read have none.
WRITERS = frozenset({"noor"})


def remind_as_anybody(tries: int, seed: int) -> Outcome:
    """Reminds in a row as accounts that GitHub names, misnames or does not know."""
    chance = random.Random(seed)
    failures: list[str] = []
    refused = 0
    with tempfile.TemporaryDirectory() as at, StandIn(HOME) as hub:
        program = _program(Path(at))
        for number in range(tries):
            hub.repositories[HOME] = Repository()
            hub.repositories[HOME].settings.people |= {"reader": ("read", 8)}
            hub.requests.clear()
            account = _account(chance, hub)
            for run in range(RUNS):
                _forge(chance, hub)
                if chance.random() < 0.3:
                    account = _account(chance, hub)
                day = DUE + timedelta(days=chance.choice((0, 0, run)))
                refused += _remind(program, hub, day, account)
            said = _harm(hub)
            if said:
                failures.append(f"try {number} of seed {seed}: {said}")
    note = f"{refused:,} of {tries * RUNS:,} runs opened nothing and said why"
    return Outcome(tries=tries, note=note, failures=tuple(failures))


def _account(chance: random.Random, hub: StandIn) -> dict[str, Any]:
    """A token's account, and the login by which a run asks for it where it must."""
    number = chance.randrange(1, 10**9)
    actions = {**BOT, "id": number}
    app = {"login": "our-app[bot]", "id": number, "type": "Bot"}
    hub.bots = {BOT["login"]: number, "our-app[bot]": number}
    kinds = ("actions", "actions", "app", "app unsaid", "misnamed", "unnamed", "person")
    match chance.choice(kinds):
        case "actions":
            return {"is": actions, "login": BOT["login"]}
        case "app":
            return {"is": app, "login": "our-app[bot]"}
        case "app unsaid":
            hub.bots = {BOT["login"]: BOT["id"], "our-app[bot]": number}
            return {"is": app, "login": BOT["login"]}
        case "misnamed":
            hub.bots = {BOT["login"]: number + 1}
            return {"is": actions, "login": BOT["login"]}
        case "unnamed":
            hub.bots = {}
            return {"is": actions, "login": BOT["login"]}
    return {"is": {"login": "noor", "id": 5, "type": "User"}, "login": BOT["login"]}


def _forge(chance: random.Random, hub: StandIn) -> None:
    """A stranger, or somebody who may only read, copies a mark; the number may be a known one."""
    if chance.random() < 0.4:
        mark = _mark(chance.randrange(PAIRS))
        who = {"login": chance.choice(("mallory", "reader")), "type": "User"}
        who["id"] = chance.choice((666, BOT["id"]))
        labels = chance.choice(([], ["check-in"]))
        body = {"title": "Check-in", "body": f"{mark}\nmine", "labels": labels}
        hub.open_by(who, HOME, body)


def _mark(pair: int) -> reminders.Mark:
    return reminders.Mark(what="check-in", cohort="spring", pair=f"p{pair}", due=DUE)


def _remind(program: Program, hub: StandIn, day: date, account: dict[str, Any]) -> bool:
    """One run; whether it opened nothing because it did not know whose the issues are."""
    hub.account = account["is"]
    before = len(hub.repositories[HOME].issues)
    with suppress(github.GitHubError):
        own = Client(hub.token, hub.url, login=account["login"])
        run_reminders(program, hub, day, own)
    return before == len(hub.repositories[HOME].issues)


def _program(at: Path) -> Program:
    program = load(folder.write(at, folder.MINIMAL)).program
    (pair,) = program.pairs.values()
    pairs = {("spring", f"p{n}"): replace(pair, id=f"p{n}") for n in range(PAIRS)}
    return replace(program, pairs=pairs)


def _harm(hub: StandIn) -> str:
    """What is there twice, or is too much."""
    found: Counter[str] = Counter()
    written = 0
    for issue in hub.repositories[HOME].issues.values():
        mark = reminders.read_mark(issue["body"])
        is_ours = issue["user"]["type"] == "Bot" or issue["user"]["login"] in WRITERS
        written += is_ours
        if mark and is_ours and issue["state"] == "open":
            found[mark.pair] += 1
    doubled = sum(n - 1 for n in found.values())
    if doubled:
        return f"{doubled} doubled"
    return f"{written} opened, {PAIRS} due" if written > 2 * PAIRS else ""


ATTACK = Attack(name="unknown-accounts", command="chaos", run=remind_as_anybody, few=40)
