"""Which plan and kind of owner on GitHub allow what a program can use: one table.

It is printed in part by `peerloom doctor` and in whole in `docs/plans.md`. Facts are as sure as
GitHub's documentation, as what people reported, or not verified at all, and say which.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from peerloom.doctor.facts import Facts

# Who owns a repository, by which plan, and who can read it.
Setup = Literal["public", "personal", "free organization", "Team", "Enterprise"]
Sureness = Literal["documented", "reported", "not verified"]

SETUPS: dict[Setup, str] = {
    "public": "Public repository",
    "personal": "Private, a person's free account",
    "free organization": "Private, a free organization",
    "Team": "Private, Team plan",
    "Enterprise": "Private, Enterprise plan",
}


@dataclass(frozen=True, slots=True)
class PlanFact:
    """What a plan allows of something. A `limit` is what a program must do without there."""

    text: str
    sureness: Sureness = "documented"
    is_limit: bool = False

    def __str__(self) -> str:
        """The fact, and that nobody has verified it where that is so."""
        return self.text + (" (not verified)" if self.sureness == "not verified" else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """Something that GitHub allows by plan, and what a program does without paying for it.

    It `needs_plan` where private repositories have it on paid plans alone; GitHub's answers then
    tell whether a repository has it. Where it is a `switch`, that field of the facts tells it.
    """

    what: str
    facts: dict[Setup, PlanFact]
    free_way: str
    needs_plan: bool = False
    switch: Literal["allows_forking", "may_open_pull_requests"] | None = None


def _no(text: str = "no", sureness: Sureness = "documented") -> PlanFact:
    return PlanFact(text, sureness, is_limit=True)


_YES = PlanFact("yes")
_YES_PROBABLY = PlanFact("yes", "not verified")
_ROUNDED = "each job is rounded up to a whole one"

PLAN_ROWS: tuple[PlanRow, ...] = (
    PlanRow(
        what="Pages, for a public site",
        facts={
            "public": _YES,
            "personal": _no(),
            "free organization": _no(),
            "Team": PlanFact("yes; everybody can read the site"),
            "Enterprise": _YES,
        },
        free_way="the workflow 'site' publishes to a second, public repository: the variable "
        "SITE_REPOSITORY names it, and the secret SITE_TOKEN opens it",
        needs_plan=True,
    ),
    PlanRow(
        what="Pages that only members can read",
        facts={
            "public": _no(),
            "personal": _no(),
            "free organization": _no(),
            "Team": _no(),
            "Enterprise": PlanFact("yes, on Enterprise Cloud"),
        },
        free_way="members download the site from the newest run of the workflow 'site', which "
        "builds it twice a day and when somebody starts it, or read 'peerloom serve' on their own "
        "computer",
    ),
    PlanRow(
        what="Environments, with secrets of their own",
        facts={
            "public": _YES_PROBABLY,
            "personal": _no(),
            "free organization": _no(),
            "Team": _YES_PROBABLY,
            "Enterprise": _YES_PROBABLY,
        },
        free_way="keep the secret SITE_TOKEN in the repository itself",
        needs_plan=True,
    ),
    PlanRow(
        what="Protected branches and rulesets",
        facts={
            "public": _YES_PROBABLY,
            "personal": _no(),
            "free organization": _no(),
            "Team": _YES_PROBABLY,
            "Enterprise": _YES_PROBABLY,
        },
        free_way="let nobody but coordinators write; all others send forms, or pull requests from "
        "forks",
        needs_plan=True,
    ),
    PlanRow(
        what="CODEOWNERS",
        facts={
            "public": _YES_PROBABLY,
            "personal": _no("no: the file is there, and asks nobody"),
            "free organization": _no("no: the file is there, and asks nobody"),
            "Team": _YES_PROBABLY,
            "Enterprise": _YES_PROBABLY,
        },
        free_way="the review labels what changes more than content 'for a maintainer'",
        needs_plan=True,
    ),
    PlanRow(
        what="People who can read, and not write",
        facts={
            "public": PlanFact("everybody reads"),
            "personal": _no("no: whoever is invited can write", "reported"),
            "free organization": PlanFact("yes, outside collaborators, at no cost", "reported"),
            "Team": PlanFact("yes; each takes a paid seat", "reported", is_limit=True),
            "Enterprise": PlanFact("yes; each takes a paid seat", "not verified", is_limit=True),
        },
        free_way="move the repository to a free organization, or make it public",
    ),
    PlanRow(
        what="Forks, for pull requests without write access",
        facts={
            "public": _YES_PROBABLY,
            "personal": PlanFact("as set in the repository", "not verified"),
            "free organization": _no("off, until an owner allows it"),
            "Team": _no("off, until an owner allows it"),
            "Enterprise": _no("off, until an owner allows it"),
        },
        free_way="switch it on in the settings of organization and repository; the issue forms "
        "need no fork",
        switch="allows_forking",
    ),
    PlanRow(
        what="Secrets of the organization",
        facts={
            "public": _YES_PROBABLY,
            "personal": _no("there is no organization", "not verified"),
            "free organization": _no("they do not reach private repositories"),
            "Team": _YES_PROBABLY,
            "Enterprise": _YES_PROBABLY,
        },
        free_way="keep each secret in the repository, which every plan allows",
    ),
    PlanRow(
        what="Minutes of Actions in a month",
        facts={
            "public": PlanFact("as many as you need", "not verified"),
            "personal": _no(f"2,000; {_ROUNDED}", "not verified"),
            "free organization": _no(f"2,000; {_ROUNDED}", "not verified"),
            "Team": _no(f"3,000; {_ROUNDED}", "not verified"),
            "Enterprise": _no(f"50,000; {_ROUNDED}", "not verified"),
        },
        free_way="make the repository public",
    ),
    PlanRow(
        what="Pull requests that Actions open",
        facts={
            "public": _no("off in an organization, until an owner allows it"),
            "personal": PlanFact("as set in the repository", "not verified"),
            "free organization": _no("off, until an owner allows it"),
            "Team": _no("off, until an owner allows it"),
            "Enterprise": _no("off, until an owner allows it"),
        },
        free_way="'peerloom doctor --fix' allows it where the organization does; else a run names "
        "its branch, and one click opens the pull request",
        switch="may_open_pull_requests",
    ),
)


def find_setup(facts: Facts) -> Setup | None:
    """Return how a repository is owned and paid for; `None` where GitHub does not tell."""
    if facts.visibility == "public":
        return "public"
    if facts.is_personal:
        return "personal"
    plan = (facts.plan or "").casefold()
    if plan.startswith("enterprise"):
        return "Enterprise"
    if plan in ("team", "business"):
        return "Team"
    return "free organization" if plan == "free" or facts.needs_plan else None


def list_limits(facts: Facts) -> Iterator[str]:
    """Yield a line for each thing that a repository's plan withholds, with what is free of charge.

    Nothing is yielded of what GitHub's answers show to be there.
    """
    setup = find_setup(facts)
    if setup is None:
        return
    for row in PLAN_ROWS:
        has_it = row.needs_plan and not facts.needs_plan
        is_on = row.switch is not None and bool(getattr(facts, row.switch))
        fact = row.facts[setup]
        if fact.is_limit and not has_it and not is_on:
            yield f"{row.what}: {fact}. Free of charge: {row.free_way}"


_HEAD = """# What GitHub's plans allow

A program runs on a free plan. What a plan withholds, and what a program does instead without
paying, is in this table; `peerloom doctor` prints the lines that concern your repository. It is
about repositories on github.com. What is "not verified" is common knowledge that we have not found
in GitHub's documentation. Plans change, and GitHub's own pages come first. GitHub gives its Team
plan to nonprofits and to schools at no or little cost.

"""


def plans_as_markdown() -> str:
    """Return the page of plans."""
    titles = ["", *SETUPS.values(), "Without paying"]
    lines = [_as_cells(titles), _as_cells([":--"] * len(titles))]
    for row in PLAN_ROWS:
        facts = [str(row.facts[setup]) for setup in SETUPS]
        lines.append(_as_cells([row.what, *facts, row.free_way]))
    return _HEAD + "".join(lines)


def _as_cells(texts: list[str]) -> str:
    return f"| {' | '.join(texts)} |\n"
