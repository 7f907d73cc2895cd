"""Sign-ups at any time and under any name: what is out of time or like another's is looked at."""

import random
import unicodedata
from datetime import date, timedelta

from attacks.attack import Attack, Outcome
from attacks.pull_requests import BASE, TODAY, Reviewer
from peerloom import source

_SPRING = "content/cohorts/spring.yml"
_KNOWN = ("Ada Example", "Grace Example", "Bob Sample", "Cem Muster", "Dee Muster")
_FRESH = ("Ana Quintero", "Zofia Wrona", "王小明", "Ольга Смирнова", "Ngozi Eze", "Ivo Petrov")
# Letters that are seen as another: Cyrillic, Greek, Cherokee, Latin with
# marks, mathematical and wide ones, and signs that are typed for it.
_SEEN_AS = {
    "a": "\u0430\u03b1\u00e1\u0251\uff41@",
    "A": "\u0410\u0391\U0001d400\u00c0\u13aa",
    "b": "\uff42\u044c",
    "B": "\u0412\u0392\uff22\u13f4",
    "c": "\u0441\u03f2\uff43",
    "C": "\u0421\uff23\u13df",
    "D": "\U0001d403\uff24\u13a0",
    "e": "\u0435\u00e9\uff453",
    "E": "\u0415\u0395\uff25\u13ac\uab7c",
    "G": "\u050c\uff27\u13c0",
    "l": "I1\u04cf",
    "m": "\u217f",
    "M": "\u041c\u039c\u13b7",
    "o": "0\u043e\u03bf",
    "p": "\u0440\u03c1",
    "r": "\u0433\uff52",
    "s": "\u0455\uff53$",
    "S": "\u0405\uff33\u13da",
    "t": "\uff54",
    "u": "\u057d\uff55",
    "x": "\u0445\u03c7",
}


def sign_up_uninvited(tries: int, seed: int) -> Outcome:
    """Signs up by chance, and counts what may merge and should not, and the other way round."""
    chance = random.Random(seed)
    reviewers: dict[tuple[int, int, int], Reviewer] = {}
    honest = 0
    failures: list[str] = []
    for number in range(tries):
        window = (chance.choice((-60, 1)), chance.choice((-30, -1, 0, 30)), chance.choice((-1, 60)))
        if window not in reviewers:
            reviewers[window] = _make_reviewer(*window)
        is_disguised = chance.random() < 0.6
        name = _disguised(chance.choice(_KNOWN), chance) if is_disguised else chance.choice(_FRESH)
        found = reviewers[window].review({"content/participants/eve-new.yml": _record(name)}, "eve")
        is_in_time = window[0] <= 0 <= min(window[1:])
        is_honest = is_in_time and not is_disguised
        honest += is_honest
        expected = "may merge" if is_honest else "needs a coordinator"
        # An application window that closes before it opens is the cohort's own mistake.
        if found.verdict != expected:
            failures.append(
                f"try {number} of seed {seed}: {name!r} ({name.encode('unicode_escape')!r}), "
                f"window {window}: {found.verdict}"
            )
    return Outcome(tries=tries, note=f"{honest:,} of them honest", failures=tuple(failures))


def _make_reviewer(opens: int, closes: int, ends: int) -> Reviewer:
    """A program whose cohort takes applications and ends so many days from today."""

    def day(days: int) -> date:
        return TODAY + timedelta(days)

    cohort = {
        "id": "spring",
        "name": "Spring",
        "starts": day(-70).isoformat(),
        "ends": day(ends).isoformat(),
        "applications": {"opens": day(opens).isoformat(), "closes": day(closes).isoformat()},
    }
    people = {path: text for path, text in BASE.items() if "/participants/" in path}
    program = "content/program.yml"
    return Reviewer({program: BASE[program], **people, _SPRING: source.dump(cohort)})


def _record(name: str) -> str:
    return source.dump(
        {
            "id": "eve-new",
            "name": name,
            "github": "eve",
            "github_id": 9,
            "cohorts": [{"cohort": "spring", "role": "mentee"}],
            "consent": {"given_on": "2026-02-01", "show": "public"},
        }
    )


def _disguised(name: str, chance: random.Random) -> str:
    """A name that a reader takes for the one it is made of."""
    letters = [
        chance.choice(_SEEN_AS[letter]) if letter in _SEEN_AS and chance.random() < 0.5 else letter
        for letter in name
    ]
    disguised = "".join(letters)
    match chance.randrange(6):
        case 0:
            disguised = disguised.upper()
        case 1:
            disguised = "  ".join(reversed(disguised.split(" ")))
        case 2:
            disguised = disguised.replace("m", "rn")
        case 3:
            disguised = unicodedata.normalize("NFD", disguised).replace(" ", "-")
        case 4:
            disguised += chance.choice((".", " 2", "\u0301", " ."))
        case _:
            pass
    return disguised


ATTACK = Attack(name="uninvited-sign-ups", command="fuzz", run=sign_up_uninvited, few=150)
