"""Author × path × kind of change: the policy, held to a description of its own."""

import atexit
import functools
import itertools
import shutil
import tempfile
from datetime import date
from pathlib import Path
from unittest import mock

import pytest

import folder
from attacks.pull_requests import Reviewer
from commits import Commits, Content
from peerloom import git
from peerloom import review as reviews
from peerloom.program import Loaded, Snapshot, examine_snapshot

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 3, 1)

# login and number; grace and bob are participants, ada was seen, noor coordinates, and lea does so
# in the cohort of spring alone.
AUTHORS = {
    "noor": ("noor", 1),
    "ada": ("ada-renamed", 2),
    "grace": ("Grace", 3),
    "bob": ("bob", 4),
    "newcomer": ("newcomer", 9),
    "lea": ("lea", 8),
    "recycled": ("grace", 99),
}

PERSON = """\
id: {0}
name: {0}
cohorts:
  - cohort: spring
    role: {1}
github: {0}
github_id: {2}
consent:
  given_on: 2026-01-02
  show: public
  quote: true
"""
CHECK_IN = """\
cohort: spring
pair: {0}
due: {1}
participant: {2}
answered_on: {1}
met: false
"""
PAIR = """\
id: {0}
cohort: spring
mentor: {1}
mentee: {2}
status: active
started_on: 2026-01-14
agreement:
  agreed_on: 2026-01-14
  expectations:
    - by: {1}
      text: A plan.
stories:
  - by: {1}
    text: It helped.
"""
CIRCLE = """\
id: {0}
cohort: spring
kind: circle
name: {0}
status: active
started_on: 2026-01-14
facilitators: [{1}]
members: [{2}]
"""
COHORT = """\
id: {0}
name: {0}
starts: 2026-01-12
ends: 2026-06-28
applications:
  opens: {1}
  closes: {2}
"""
EVENT = "id: {0}\ntitle: {0}\nkind: social\non: 2026-03-12\nsetting: online\n"
RESOURCE = "id: {0}\ntitle: {0}\nkind: book\n"
SURVEY = (
    "id: {0}\ntitle: {0}\nwaves: [before]\nitems:\n  - id: one\n    text: One?\n    kind: text\n"
)
RESPONSE = "survey: start\ncohort: {0}\ncode: k7\n"
_ONLY_NAMED = PERSON.format("{0}", "mentee", 0).replace("github: {0}\ngithub_id: 0\n", "{1}")
NOTE = "coordinator_notes: [{on: 2026-02-20, text: Rather call.}]\n"
MODULE = "---\ntitle: {0}\nminutes: 5\nroles: [mentor]\n---\n\nText.\n"

BASE: dict[str, str] = folder.MINIMAL | {
    "content/cohorts/spring.yml": folder.MINIMAL["content/cohorts/spring.yml"]
    + "surveys: [start, shared]\ncoordinators: [lea]\ncoordinator_ids: {lea: 8}\n",
    "content/cohorts/early.yml": COHORT.format("early", "2026-03-02", "2026-03-20"),
    "content/cohorts/late.yml": COHORT.format("late", "2026-01-02", "2026-02-28")
    + "surveys: [shared]\n",
    "content/cohorts/choosing.yml": COHORT.format("choosing", "2026-02-01", "2026-03-20")
    + "selects: true\n",
    "content/participants/ada.yml": PERSON.format("ada", "mentor", 2),
    "content/participants/grace.yml": PERSON.format("grace", "mentee", 3),
    "content/participants/bob.yml": PERSON.format("bob", "mentor", 4),
    "content/participants/cem.yml": PERSON.format("cem", "mentee", 5),
    "content/participants/hal.yml": _ONLY_NAMED.format("hal", ""),
    "content/participants/gil.yml": PERSON.format("gil", "mentor", 7).replace(
        "    role: mentor\n", "    role: mentor\n  - cohort: late\n    role: mentor\n"
    ),
    "content/pairs/spring/ada-grace.yml": PAIR.format("ada-grace", "ada", "grace"),
    "content/pairs/spring/bob-cem.yml": PAIR.format("bob-cem", "bob", "cem"),
    "content/check-ins/spring/ada-grace/2026-01-26-grace.yml": CHECK_IN.format(
        "ada-grace", "2026-01-26", "grace"
    ),
    "content/check-ins/spring/ada-grace/2026-02-09-grace.yml": CHECK_IN.format(
        "ada-grace", "2026-02-09", "grace"
    ),
    "content/check-ins/spring/ada-grace/2026-02-09-ada.yml": CHECK_IN.format(
        "ada-grace", "2026-02-09", "ada"
    ),
    "content/circles/spring/table.yml": CIRCLE.format("table", "ada", "grace"),
    "content/circles/spring/desk.yml": CIRCLE.format("desk", "bob", "cem"),
    "content/surveys/shared.yml": SURVEY.format("shared"),
    "content/events/dinner.yml": EVENT.format("dinner") + "cohorts: [spring]\n",
    "content/events/opening.yml": EVENT.format("opening"),
    "content/resources/guide.yml": RESOURCE.format("guide"),
    "content/surveys/start.yml": SURVEY.format("start"),
    "content/training/listening.md": MODULE.format("Listening"),
    "content/pages/about.md": "# About\n",
    "content/pages/us.png": "x",
    "content/notes.txt": "x\n",
    "tools/tool.py": "x\n",
    ".github/workflows/review.yml": "x\n",
    "README.md": "x\n",
}

_PEOPLE = "content/participants"
_ALSO_LATE = "  - cohort: late\n    role: mentee\n"
_ANSWERS = "content/check-ins/spring/ada-grace"
_ANSWER = f"{_ANSWERS}/2026-02-09-grace.yml"
_PAIR = "content/pairs/spring/ada-grace.yml"
_CIRCLE = "content/circles/spring/table.yml"

# A thing: the path of a new one and its text, the path of one that is there, and what of it
# is replaced by what.
THINGS: dict[str, tuple[tuple[str, str] | None, tuple[str, str, str] | None]] = {
    "grace's words": (None, (f"{_PEOPLE}/grace.yml", "name: grace", "name: Grace")),
    "grace's cohorts": (None, (f"{_PEOPLE}/grace.yml", "role: mentee", "role: mentor")),
    "grace's number": (None, (f"{_PEOPLE}/grace.yml", "github_id: 3", "github_id: 33")),
    "ada's login of today": (None, (f"{_PEOPLE}/ada.yml", "github: ada", "github: ada-renamed")),
    "a note on grace": (None, (f"{_PEOPLE}/grace.yml", "consent:", NOTE + "consent:")),
    "grace's booking link": (
        None,
        (f"{_PEOPLE}/grace.yml", "consent:", "booking_url: https://meet.example.org\nconsent:"),
    ),
    "newcomer's sign-up with a note": (
        (f"{_PEOPLE}/newcomer.yml", PERSON.format("newcomer", "mentee", 9) + NOTE),
        None,
    ),
    "newcomer's sign-up": (
        (f"{_PEOPLE}/newcomer.yml", PERSON.format("newcomer", "mentee", 9)),
        None,
    ),
    "an early sign-up": (
        (
            f"{_PEOPLE}/newcomer.yml",
            PERSON.format("newcomer", "mentee", 9).replace("cohort: spring", "cohort: early"),
        ),
        None,
    ),
    "a late sign-up": (
        (
            f"{_PEOPLE}/newcomer.yml",
            PERSON.format("newcomer", "mentee", 9).replace("cohort: spring", "cohort: late"),
        ),
        None,
    ),
    "a sign-up that decides itself": (
        (
            f"{_PEOPLE}/newcomer.yml",
            PERSON.format("newcomer", "mentee", 9).replace("cohort: spring", "cohort: choosing"),
        ),
        None,
    ),
    "an application": (
        (
            f"{_PEOPLE}/newcomer.yml",
            PERSON.format("newcomer", "mentee", 9).replace(
                "cohort: spring", "cohort: choosing\n    state: applied"
            ),
        ),
        None,
    ),
    "a name like grace's": (
        (
            f"{_PEOPLE}/newcomer.yml",
            PERSON.format("newcomer", "mentee", 9).replace(
                "name: newcomer", "name: Gr\u0430\u0441\u0435"
            ),
        ),
        (f"{_PEOPLE}/ada.yml", "name: ada", "name: Gr\u0430\u0441\u0435"),
    ),
    "a sign-up of nobody": (
        (f"{_PEOPLE}/dora.yml", PERSON.format("dora", "mentee", 6).replace("github: dora\n", "")),
        None,
    ),
    "grace's check-in": (
        (f"{_ANSWERS}/2026-02-23-grace.yml", CHECK_IN.format("ada-grace", "2026-02-23", "grace")),
        (f"{_ANSWERS}/2026-02-09-grace.yml", "met: false", "met: true"),
    ),
    "grace's old check-in": (
        None,
        (f"{_ANSWERS}/2026-01-26-grace.yml", "met: false", "met: true"),
    ),
    "grace's late check-in": (
        (
            f"{_ANSWERS}/2026-02-23-grace.yml",
            CHECK_IN.format("ada-grace", "2026-02-23", "grace").replace(
                "answered_on: 2026-02-23", "answered_on: 2026-03-01"
            ),
        ),
        None,
    ),
    "grace's early check-in": (
        (
            f"{_ANSWERS}/2026-03-23-grace.yml",
            CHECK_IN.format("ada-grace", "2026-03-23", "grace").replace(
                "answered_on: 2026-03-23", "answered_on: 2026-03-01"
            ),
        ),
        None,
    ),
    "grace's day": (None, (_ANSWER, "answered_on: 2026-02-09", "answered_on: 2026-02-04")),
    "grace's meetings": (None, (_ANSWER, "met: false", "met: true\nmeetings: [{on: 2026-01-13}]")),
    "grace's receipt": (
        None,
        (_ANSWER, "met:", "received_on: 2026-02-09\nreceived_by: coordinator\nmet:"),
    ),
    "the program's receipt": (
        None,
        (_ANSWER, "met:", "received_on: 2026-02-09\nreceived_by: github\nmet:"),
    ),
    "pair's goals": (None, (_PAIR, "stories:", "goals: [{id: a, title: A}]\nstories:")),
    "pair's status": (None, (_PAIR, "status: active", "status: paused")),
    "pair's former id": (None, (_PAIR, "stories:", "former: [{id: bob-cem}]\nstories:")),
    "pair's mentor": (None, (_PAIR, "mentor: ada", "mentor: bob")),
    "ada's story": (None, (_PAIR, "It helped.", "It did not.")),
    "ada's expectation": (None, (_PAIR, "A plan.", "Nothing.")),
    "an expectation of ada's, as grace's": (
        None,
        (_PAIR, "- by: ada\n      text: A plan", "- by: grace\n      text: A plan"),
    ),
    "grace's expectation": (
        None,
        (_PAIR, "  expectations:\n", "  expectations:\n    - {by: grace, text: Time.}\n"),
    ),
    "no agreement": (
        None,
        (_PAIR, BASE[_PAIR][BASE[_PAIR].index("agreement") : BASE[_PAIR].index("stories")], ""),
    ),
    "a new pair": (
        ("content/pairs/spring/ada-cem.yml", PAIR.format("ada-cem", "ada", "cem")),
        None,
    ),
    "circle's meetings": (
        None,
        (_CIRCLE, "facilitators:", "meetings: [{on: 2026-02-12}]\nfacilitators:"),
    ),
    "circle's meeting of today": (
        None,
        (_CIRCLE, "facilitators:", "meetings: [{on: 2026-03-01}]\nfacilitators:"),
    ),
    "circle's people": (None, (_CIRCLE, "members: [grace]", "members: [grace, cem]")),
    "a new circle": (("content/circles/spring/new.yml", CIRCLE.format("new", "ada", "cem")), None),
    "an event": (
        ("content/events/walk.yml", EVENT.format("walk")),
        ("content/events/opening.yml", "online", "hybrid"),
    ),
    "a resource": (
        ("content/resources/book.yml", RESOURCE.format("book")),
        ("content/resources/guide.yml", "kind: book", "kind: guide"),
    ),
    "a resource by grace": (
        ("content/resources/own.yml", RESOURCE.format("own") + "suggested_by: grace\n"),
        None,
    ),
    "a module": (
        ("content/training/asking.md", MODULE.format("Asking")),
        ("content/training/listening.md", "Text", "Words"),
    ),
    "a page": (("content/pages/new.md", "# New\n"), ("content/pages/about.md", "About", "Us")),
    "a picture": (("content/pages/new.png", "x"), ("content/pages/us.png", "x", "y")),
    "the program": (None, ("content/program.yml", "[noor]", "[noor, newcomer, grace]")),
    "readings": (("content/readings/form.yml", "id: form\n"), None),
    "another cohort": (
        ("content/cohorts/autumn.yml", COHORT.format("autumn", "2026-03-02", "2026-03-20")),
        ("content/cohorts/early.yml", "name: early", "name: Early"),
    ),
    "the cohort's coordinators": (
        None,
        ("content/cohorts/spring.yml", "[lea]", "[lea, grace, newcomer]"),
    ),
    "the coordinators' numbers": (None, ("content/cohorts/spring.yml", "lea: 8", "lea: 9")),
    "grace in two cohorts": (
        None,
        (f"{_PEOPLE}/grace.yml", "    role: mentee\n", "    role: mentee\n" + _ALSO_LATE),
    ),
    "gil of two cohorts": (None, (f"{_PEOPLE}/gil.yml", "name: gil", "name: Gil")),
    "a person without an account": (
        (f"{_PEOPLE}/dora.yml", _ONLY_NAMED.format("dora", "")),
        (f"{_PEOPLE}/hal.yml", "name: hal", "name: Hal"),
    ),
    "a login for a person": (
        (f"{_PEOPLE}/dora.yml", _ONLY_NAMED.format("dora", "github: dora\n")),
        (f"{_PEOPLE}/hal.yml", "consent:", "github: hal\nconsent:"),
    ),
    "a coordinator's login for a person": (
        (f"{_PEOPLE}/dora.yml", _ONLY_NAMED.format("dora", "github: NOOR\n")),
        (f"{_PEOPLE}/hal.yml", "consent:", "github: noor\nconsent:"),
    ),
    "an event of the cohort": (
        ("content/events/walk.yml", EVENT.format("walk") + "cohorts: [spring]\nhosts: [bob]\n"),
        ("content/events/dinner.yml", "online", "hybrid"),
    ),
    "an event of two cohorts": (
        ("content/events/walk.yml", EVENT.format("walk") + "cohorts: [spring, late]\n"),
        ("content/events/dinner.yml", "[spring]", "[spring, late]"),
    ),
    "answers of the cohort": (
        ("content/responses/start/spring/k7.yml", RESPONSE.format("spring")),
        None,
    ),
    "answers of another cohort": (
        ("content/responses/start/late/k7.yml", RESPONSE.format("late")),
        None,
    ),
    "a follow-up": (
        (
            "content/follow-ups/spring/ada-grace.yml",
            "cohort: spring\npair: ada-grace\nentries:\n"
            "  - {signal: fit, on: 2026-02-20, reason: We talked}\n",
        ),
        None,
    ),
    "published figures": (
        (
            "content/published/spring/2026-01-26-public.yml",
            "cohort: spring\ndue: 2026-01-26\naudience: public\nclosed_on: 2026-02-01\n"
            "digest: 6cb7393d\n",
        ),
        None,
    ),
    "a survey of all": (None, ("content/surveys/shared.yml", "One?", "Two?")),
    "a pair of another cohort": (
        (
            "content/pairs/late/gil-bob.yml",
            PAIR.format("gil-bob", "gil", "bob").replace("spring", "late"),
        ),
        None,
    ),
    "a cohort": (None, ("content/cohorts/spring.yml", "name: Spring", "name: Autumn")),
    "a survey": (
        ("content/surveys/end.yml", SURVEY.format("end")),
        ("content/surveys/start.yml", "One?", "Two?"),
    ),
    "no record": (("content/x.txt", "x"), ("content/notes.txt", "x", "y")),
    "a tool": (("tools/new.py", "x"), ("tools/tool.py", "x", "y")),
    "a workflow": ((".github/workflows/x.yml", "x"), (".github/workflows/review.yml", "x", "y")),
    "the readme": (None, ("README.md", "x", "y")),
}

# What each may, said a second time and by hand: new things, then changes of those there.
# y: yes, c: a coordinator decides, m: a maintainer decides, n: no. A coordinator may all of it, a
# taken login nothing.
MAY = """
                        ada  grace bob  newcomer lea
grace's words            -n   -y   -n   -n   -y
grace's cohorts          -n   -c   -n   -n   -y
grace's number           -n   -n   -n   -n   -n
ada's login of today     -y   -n   -n   -n   -n
a note on grace          -n   -n   -n   -n   -y
grace's booking link     -n   -y   -n   -n   -y
newcomer's sign-up with a note  n-   n-   n-   n-   n-
newcomer's sign-up       n-   n-   n-   y-   n-
an early sign-up         n-   n-   n-   c-   n-
a late sign-up           n-   n-   n-   c-   n-
a sign-up that decides itself  n-   n-   n-   c-   n-
an application           n-   n-   n-   y-   n-
a name like grace's      nc   nn   nn   cn   ny
a sign-up of nobody      n-   n-   n-   n-   n-
grace's check-in         nn   yy   nn   nn   yy
grace's old check-in     -n   -c   -n   -n   -y
grace's late check-in    n-   y-   n-   n-   y-
grace's early check-in   n-   c-   n-   n-   y-
grace's day              -n   -c   -n   -n   -y
grace's meetings         -n   -c   -n   -n   -y
grace's receipt          -n   -n   -n   -n   -y
the program's receipt    -n   -n   -n   -n   -m
pair's goals             -y   -y   -n   -n   -y
pair's status            -c   -c   -n   -n   -y
pair's former id         -n   -n   -n   -n   -y
pair's mentor            -n   -n   -n   -n   -y
ada's story              -y   -n   -n   -n   -y
ada's expectation        -y   -n   -n   -n   -y
an expectation of ada's, as grace's  -n   -n   -n   -n   -y
grace's expectation      -n   -y   -n   -n   -y
no agreement             -y   -n   -n   -n   -y
a new pair               n-   n-   n-   n-   y-
circle's meetings        -y   -c   -n   -n   -y
circle's meeting of today  -y   -y   -n   -n   -y
circle's people          -c   -c   -n   -n   -y
a new circle             n-   n-   n-   n-   y-
an event                 yc   yc   yc   cc   cc
a resource               yc   yc   yc   cc   cc
a resource by grace      n-   y-   n-   n-   n-
a module                 cc   cc   cc   cc   cc
a page                   cc   cc   cc   cc   cc
a picture                cc   cc   cc   cc   cc
the program              -n   -n   -n   -n   -n
a cohort                 -n   -n   -n   -n   -y
a survey                 nn   nn   nn   nn   ny
no record                nn   nn   nn   nn   nn
readings                 n-   n-   n-   n-   n-
another cohort           nn   nn   nn   nn   nn
the cohort's coordinators  -n   -n   -n   -n   -n
the coordinators' numbers  -n   -n   -n   -n   -n
grace in two cohorts     -n   -c   -n   -n   -n
gil of two cohorts       -n   -n   -n   -n   -n
a person without an account  nn   nn   nn   nn   yy
a login for a person     nn   nn   nn   nn   yy
a coordinator's login for a person  nn   nn   nn   nn   nn
an event of the cohort   nc   nc   yc   nc   yy
an event of two cohorts  yc   yc   yc   cc   cc
answers of the cohort    n-   n-   n-   n-   y-
a follow-up              n-   n-   n-   n-   y-
published figures        n-   n-   n-   n-   y-
answers of another cohort  n-   n-   n-   n-   n-
a survey of all          -n   -n   -n   -n   -n
a pair of another cohort  n-   n-   n-   n-   n-
"""
OUTSIDE = ("a tool", "a workflow", "the readme")
WORDS = {
    "y": "yes",
    "c": "a coordinator decides",
    "m": "a maintainer decides",
    "n": "no",
}
# What belongs to the cohort of spring alone: lea may have it deleted or moved, as noor may.
RENAMED = ("content/cohorts", "content/surveys")
OF_SPRING = (
    *(f"{_PEOPLE}/{id_}.yml" for id_ in ("ada", "grace", "hal")),
    *(f"content/{kind}/spring" for kind in ("check-ins", "pairs", "circles", "cohorts")),
    "content/surveys/start.yml",
    "content/events/dinner.yml",
)
BY_HAND = ("delete", "rename", "mode")
NEVER = ("link", "submodule", "capital letters", "accents", "another's inside")


def expected(author: str, thing: str, manner: str) -> str:
    """What the author is answered, by the second description."""
    if author == "recycled":
        return "no"
    if thing in OUTSIDE:
        return "a maintainer decides"
    if manner in NEVER:
        return "no"
    if manner in BY_HAND:
        old = THINGS[thing][1]
        is_theirs = author == "lea" and old is not None and old[0].startswith(OF_SPRING)
        # Under another name it is another cohort, and a survey that no cohort uses.
        is_theirs &= manner != "rename" or not old[0].startswith(RENAMED)
        return "a maintainer decides" if author == "noor" or is_theirs else "no"
    if author == "noor":
        return "a maintainer decides" if thing == "the program's receipt" else "yes"
    names, *rows = MAY.strip().splitlines()
    row = next(row for row in rows if row.startswith(f"{thing}  "))
    letters = row.removeprefix(thing).split()[names.split().index(author)]
    return WORDS[letters[("new", "edit").index(manner)]]


def changed(thing: str, manner: str) -> dict[str, Content] | None:
    """What a commit does, if the thing can be changed so; only the last path's answer counts."""
    new, old = THINGS[thing]
    if manner == "new":
        return {new[0]: new[1]} if new else None
    path, text = new or (old[0], BASE[old[0]])  # type: ignore[index]
    match manner:
        case "link":
            return {path: ("120000", "/etc/passwd")}
        case "submodule":
            return {path: ("160000", "1" * 40)}
        case "capital letters":
            return {_shouted(path): text} if _has_neighbors(path) else None
        case "accents":
            return {_accented(path): text} if _has_neighbors(path) else None
        case "another's inside":
            return _of_another(path, text)
    if old is None:
        return None
    path, was, becomes = old
    assert was in BASE[path]
    return {
        "edit": {path: BASE[path].replace(was, becomes)},
        "delete": {path: None},
        "rename": {path: None, path.replace(".", "-moved.", 1): BASE[path]},
        "mode": {path: ("100755", BASE[path])},
    }[manner]


def _has_neighbors(path: str) -> bool:
    """Whether a name beside it could be confused with a file that is there."""
    return path.count("/") > 1 and path.startswith("content/")


def _shouted(path: str) -> str:
    above, _, name = path.rpartition("/")
    return f"{above.replace('content', 'Content', 1)}/{name}"


def _accented(path: str) -> str:
    """A folder with a character that is not seen."""
    above, _, name = path.rpartition("/")
    return f"{above}\u200b/{name}"


def _of_another(path: str, text: str) -> dict[str, Content] | None:
    """The record at a path, with the inside of another that is there."""
    above = path.rpartition("/")[0]
    inside = {
        "content/participants": BASE[f"{_PEOPLE}/cem.yml"],
        "content/pairs/spring": BASE["content/pairs/spring/bob-cem.yml"],
        "content/circles/spring": BASE["content/circles/spring/desk.yml"],
        _ANSWERS: text.replace("participant: grace", "participant: ada"),
        "content/events": BASE["content/events/opening.yml"] + "minutes: 5\n",
        "content/resources": BASE["content/resources/guide.yml"] + "minutes: 5\n",
    }.get(above)
    its_own = {"content/events/opening.yml", "content/resources/guide.yml"}
    return {path: inside} if inside is not None and path not in its_own else None


MANNERS = ("new", "edit", *BY_HAND, *NEVER)
CASES = {
    (thing, manner): files
    for thing, manner in itertools.product(THINGS, MANNERS)
    if (files := changed(thing, manner)) is not None
}


@functools.cache
def repository() -> Commits:
    """One repository with a branch for each case; it lives as long as the tests."""
    where = Path(tempfile.mkdtemp(prefix="peerloom-policy-"))
    atexit.register(shutil.rmtree, where)
    made = Commits(where)
    base = made.commit("main", BASE)
    made.commit_all({f"case-{n}": (base, files, ()) for n, files in enumerate(CASES.values())})
    return made


def received(case: tuple[str, str]) -> date:
    """The day on which GitHub had a case's head."""
    return date(2026, 2, 23) if case == ("grace's check-in", "new") else TODAY


class RememberingRepository(git.Repository):
    """The repository of all cases, which asks Git once for what they have in common."""

    find_commit = functools.cache(git.Repository.find_commit)
    list_files = functools.cache(git.Repository.list_files)


@functools.cache
def remembering_repository() -> git.Repository:
    """What the reviews read of it."""
    return RememberingRepository(repository().folder)


@functools.cache
def proposed(case: tuple[str, str]) -> reviews.PullRequest:
    """The pull request of a case."""
    branch = f"case-{list(CASES).index(case)}"
    return git.read_pull_request(remembering_repository(), "main", branch)


_examined: dict[object, Loaded] = {}


def examine_once(snapshot: Snapshot, today: date) -> Loaded:
    """What is found in the same files on the same day, whoever proposes them."""
    key = frozenset(snapshot.files.items()), snapshot.found, today
    if key not in _examined:
        _examined[key] = examine_snapshot(snapshot, today)
    return _examined[key]


@functools.cache
def reviewed(author: str, case: tuple[str, str]) -> reviews.Review:
    """What `peerloom review` finds in a case when this author proposes it."""
    login, number = AUTHORS[author]
    with mock.patch("peerloom.review.make_review.examine_snapshot", examine_once):
        return reviews.review_pull_request(
            proposed(case), login, number, TODAY, received=received(case)
        )


@pytest.mark.xdist_group("review-policy")
@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(case).replace(" ", "-"))
@pytest.mark.parametrize("author", AUTHORS)
def test_the_policy_answers_as_its_second_description(author: str, case: tuple[str, str]) -> None:
    found = reviewed(author, case)
    assert found.answer == expected(author, *case), [c.change for c in found.changes]
    assert found.verdict != "may merge" or found.answer == "yes"
    assert found.is_fine == (found.answer != "no" and found.verdict != "has mistakes")


@pytest.mark.xdist_group("review-policy")
def test_each_row_of_the_policy_is_reached_by_a_case() -> None:
    everything = itertools.starmap(reviewed, itertools.product(AUTHORS, CASES))
    reached = {row.name for each in everything for c in each.changes for row in c.deciding_rows}
    # Three thousand files are made in a test of their own.
    assert {row.name for row in reviews.POLICY} - reached == {"too large"}


def test_the_table_in_the_documents_is_the_one_in_the_code(request: pytest.FixtureRequest) -> None:
    file = ROOT / "docs/review.md"
    begin, end = "<!-- policy -->\n", "<!-- end of policy -->"
    above, _, rest = file.read_text(encoding="utf-8").partition(begin)
    table, _, below = rest.partition(end)
    fresh = f"\n{reviews.policy_table()}\n"
    if request.config.getoption("--bless"):
        file.write_text(above + begin + fresh + end + below, encoding="utf-8", newline="")
        table = fresh
    assert table == fresh, "docs/review.md is not as the policy; if that is right, run: make bless"


@pytest.mark.parametrize("key", ["goals", "agreement", "stories"])
def test_what_a_pair_had_reached_is_a_coordinator_s_to_change_once_it_is_over(key: str) -> None:
    pair = "content/pairs/spring/ada-grace.yml"
    over = PAIR.format("ada-grace", "ada", "grace").replace("status: active", "status: completed")
    over += "ended_on: 2026-02-20\nend_reason: goal_reached\n"
    changed = {
        "goals": over + "goals:\n  - id: another\n    title: Another\n",
        "agreement": over.replace("agreed_on: 2026-01-14", "agreed_on: 2026-01-15"),
        "stories": over.replace("text: It helped.", "text: It helped a lot."),
    }[key]
    assert changed != over
    found = Reviewer(BASE | {pair: over}).review({pair: changed}, "ada")
    assert found.answer == ("yes" if key == "stories" else "a coordinator decides")


COHORT_FILE = "content/cohorts/spring.yml"


def test_naming_oneself_a_coordinator_gives_no_right_in_the_same_pull_request() -> None:
    named = BASE[COHORT_FILE].replace("[lea]", "[lea, bob]").replace("lea: 8", "lea: 8, bob: 4")
    changes = {COHORT_FILE: named, _PAIR: BASE[_PAIR].replace("status: active", "status: paused")}
    found = Reviewer(BASE).review(changes, "bob")
    assert [each.answer for each in found.changes] == ["no", "no"]
    later = Reviewer(BASE | {COHORT_FILE: named}).review({_PAIR: changes[_PAIR]}, "bob")
    assert (later.answer, later.author.cohorts) == ("yes", {"spring"})


def test_whoever_took_over_the_login_of_a_cohort_s_coordinator_has_no_right() -> None:
    changed = {_PAIR: BASE[_PAIR].replace("status: active", "status: paused")}
    pull_request = reviews.with_texts(Reviewer(BASE).unchanged, changed)
    found = reviews.review_pull_request(pull_request, "lea", 88, TODAY)
    assert (found.author.role, found.answer) == ("recycled", "no")
    renamed = reviews.review_pull_request(pull_request, "lea-renamed", 8, TODAY)
    assert renamed.answer == "yes"


def test_a_cohort_s_coordinator_can_make_nobody_a_coordinator_by_an_account() -> None:
    base = BASE | {"content/program.yml": BASE["content/program.yml"].replace("noor: 1", "x: 7")}
    # No number of noor's is known, so the one in a participant's record would be believed.
    hal = BASE[f"{_PEOPLE}/hal.yml"].replace("consent:", "github: noor\ngithub_id: 8\nconsent:")
    assert Reviewer(base).review({f"{_PEOPLE}/hal.yml": hal}, "lea").answer == "no"


def test_what_a_cohort_s_coordinator_sends_for_more_than_the_cohort_is_never_green() -> None:
    page = {"content/pages/about.md": "# We\n"}
    theirs = {_PAIR: BASE[_PAIR].replace("status: active", "status: paused")}
    everybody_s = {"content/events/dinner.yml": EVENT.format("dinner")}
    reviewer = Reviewer(BASE)
    for changes, state in ((page, "pending"), (everybody_s, "pending"), (theirs, "success")):
        assert reviewer.review(changes, "lea").status_state == state
    mixed = reviewer.review(page | theirs, "lea")
    assert mixed.status_state == "pending"
    assert "a coordinator of the program" in mixed.describe_status(None)
    assert "A coordinator of the program decides about this" in reviews.review_as_markdown(mixed)
    assert reviewer.review(page, "grace").status_state == "success"
    assert reviewer.review(page, "noor").status_state == "success"


def test_a_record_that_could_not_be_read_is_no_cohort_s_alone() -> None:
    hal = f"{_PEOPLE}/hal.yml"
    broken = BASE[hal].replace("cohort: spring", "cohort: [late")
    assert Reviewer(BASE | {hal: broken}).review({hal: BASE[hal]}, "lea").answer == "no"
    found = Reviewer(BASE).review({hal: broken}, "lea")
    assert (found.answer, found.verdict) == ("yes", "has mistakes")


def test_a_comment_says_whose_coordinators_decide() -> None:
    paused = {_PAIR: BASE[_PAIR].replace("status: active", "status: paused")}
    page = {"content/pages/about.md": "# We\n"}
    both = "A coordinator of Spring, or of the program, decides about this."
    one = "A coordinator decides about this."
    reviewer = Reviewer(BASE)
    assert both in reviews.review_as_markdown(reviewer.review(paused, "grace"))
    assert one in reviews.review_as_markdown(reviewer.review(page, "grace"))
    assert one in reviews.review_as_markdown(reviewer.review(paused | page, "grace"))
    program = {"content/program.yml": BASE["content/program.yml"] + "contact: https://x.example\n"}
    refused = reviews.review_as_markdown(reviewer.review(program, "lea"))
    assert "ask a coordinator of the program" in refused


def test_matches_that_a_cohort_s_coordinator_had_proposed_need_nobody_else() -> None:
    new = {"content/pairs/spring/ada-cem.yml": PAIR.format("ada-cem", "ada", "cem")}
    reviewer = Reviewer(BASE)
    for login, answer in (("lea", "yes"), ("noor", "yes"), ("grace", "a coordinator decides")):
        assert reviews.ask_a_coordinator(reviewer.review(new, login)).answer == answer
